use peristyle::prelude::*;
use peristyle::{Cursor, Error, Result};

use crate::schema::*;

/// All rows, page by page, with the cursor going through text as it would through a client.
fn walk(db: &Connection, query: &Query<Author>, rows: u32) -> Result<Vec<String>> {
    let mut all = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = query.clone().page(rows, cursor.take(), db)?;
        assert!(page.rows.len() <= rows as usize);
        all.extend(page.rows.into_iter().map(|author| author.email));
        let Some(next) = page.next else { return Ok(all) };
        cursor = Some(next.to_string().parse()?);
    }
}

fn whole(db: &Connection, query: &Query<Author>) -> Result<Vec<String>> {
    Ok(query.clone().all(db)?.into_iter().map(|author| author.email).collect())
}

#[test]
fn pages_together_are_the_whole() -> Result<()> {
    let db = library();
    dozen(&db);
    let by_key = |query: Query<Author>| query.order(Author::ID.asc());
    let orders = [
        Author::all().order(Author::KARMA.asc()),
        Author::all().order(Author::KARMA.desc()),
        by_key(Author::all().order(Author::NAME.asc())),
        by_key(Author::all().order(Author::NAME.desc())),
        by_key(Author::all().order(Author::NAME.desc()).order(Author::KARMA.asc())),
        by_key(Author::all()),
        by_key(Author::all().order(Author::CREATED_AT.desc())),
    ];
    for query in orders {
        for rows in [1, 2, 5, 12, 100] {
            assert_eq!(walk(&db, &query, rows)?, whole(&db, &query)?, "{query:?} by {rows}");
        }
    }
    Ok(())
}

#[test]
fn the_key_breaks_ties() -> Result<()> {
    let db = library();
    let rows = (0..50).map(|n| NewAuthor::new(format!("{n}@example.org")).karma(n % 3));
    Author::insert_many(rows).run(&db)?;
    let mut walked = walk(&db, &Author::all().order(Author::KARMA.asc()), 7)?;
    assert_eq!(walked.len(), 50);
    walked.sort();
    walked.dedup();
    assert_eq!(walked.len(), 50);
    Ok(())
}

#[test]
fn pages_and_filters_go_together() -> Result<()> {
    let db = library();
    dozen(&db);
    let query =
        Author::all().filter(Author::KARMA.lt(3) | Author::KARMA.gt(8)).order(Author::KARMA.desc());
    assert_eq!(walk(&db, &query, 2)?, whole(&db, &query)?);
    Ok(())
}

#[test]
fn rows_written_in_between_shift_nothing() -> Result<()> {
    let db = library();
    dozen(&db);
    let query = || Author::all().order(Author::KARMA.asc());
    let first = query().page(5, None, &db)?;
    Author::insert(NewAuthor::new("early@example.org").karma(-5)).run(&db)?;
    let second = query().page(5, first.next, &db)?;
    let karma: Vec<i64> = second.rows.iter().map(|author| author.karma).collect();
    assert_eq!(karma, [5, 6, 7, 8, 9]);
    Ok(())
}

#[test]
fn after_a_row() -> Result<()> {
    let db = library();
    let authors = dozen(&db);
    let next = Author::all().after(&authors[9]).order(Author::KARMA.asc()).all(&db)?;
    assert_eq!(next, authors[10..]);
    Ok(())
}

#[test]
fn an_empty_table_is_one_empty_page() -> Result<()> {
    let db = library();
    let page = Author::all().page(10, None, &db)?;
    assert!(page.rows.is_empty() && page.next.is_none());
    Ok(())
}

#[test]
fn a_cursor_of_another_order_is_refused() -> Result<()> {
    let db = library();
    dozen(&db);
    let page = Author::all().order(Author::KARMA.asc()).page(5, None, &db)?;
    let other = Author::all().order(Author::KARMA.desc()).page(5, page.next, &db);
    assert!(matches!(other, Err(Error::Cursor { .. })), "{other:?}");
    Ok(())
}

#[test]
fn nonsense_is_no_cursor() {
    for text in ["", "0", "zz", "7b7d", "ff", "é"] {
        assert!(matches!(text.parse::<Cursor>(), Err(Error::Cursor { .. })), "{text}");
    }
}
