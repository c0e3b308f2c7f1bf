//! Several statements in one go.

use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn each_statement_gives_its_result() -> Result<()> {
    let db = library();
    let (ada, eve) = (author(&db, "Ada"), author(&db, "Eve"));
    Book::insert(book(&ada, "Notes", "10")).run(&db)?;
    let (found, titles, count, none, any) = db.batch(|batch| {
        (
            Author::get(&ada.id).one(batch),
            Book::all().select(Book::TITLE).all(batch),
            Author::all().count(batch),
            Author::all().filter(Author::EMAIL.eq("nobody")).optional(batch),
            Author::all().filter(Author::NAME.eq("Eve")).exists(batch),
        )
    })?;
    assert_eq!((found, titles, count, none, any), (ada, vec!["Notes".to_owned()], 2, None, true));
    assert_eq!(Author::get(&eve.id).one(&db)?, eve);
    Ok(())
}

#[test]
fn any_number_of_them_is_a_list() -> Result<()> {
    let db = library();
    let all: Vec<Author> = (0..30).map(|n| author(&db, &format!("Author {n}"))).collect();
    let ask = |batch: &peristyle::Batch| -> Vec<peristyle::Later<Author>> {
        all.iter().map(|author| Author::get(&author.id).one(batch)).collect()
    };
    assert_eq!(db.batch(ask)?, all);
    assert!(db.batch(|_| Vec::<peristyle::Later<u64>>::new())?.is_empty());
    db.batch(|_| ())?;
    Ok(())
}

#[test]
fn what_is_written_is_seen_by_those_behind_it() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let (inserted, karma, deleted, left) = db.batch(|batch| {
        (
            Author::insert(NewAuthor::new("new@example.org").karma(3)).one(batch),
            Author::update_all().set(Author::KARMA, Author::KARMA + 1).run(batch),
            Author::delete(&ada.id).run(batch),
            Author::all().select((Author::EMAIL, Author::KARMA)).all(batch),
        )
    })?;
    assert_eq!((inserted.karma, karma, deleted), (3, 2, 1));
    assert_eq!(left, [("new@example.org".to_owned(), 4)]);
    assert!(!db.in_transaction());
    Ok(())
}

#[test]
fn one_that_fails_undoes_all() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let failed = db.batch(|batch| {
        (
            Author::insert(NewAuthor::new("new@example.org")).run(batch),
            Author::insert(NewAuthor::new(ada.email.clone())).run(batch),
            Author::all().count(batch),
        )
    });
    assert!(matches!(failed, Err(Error::Unique { .. })), "{failed:?}");
    assert_eq!(Author::all().count(&db)?, 1);
    let gone = author(&db, "Eve");
    Author::delete(&gone.id).run(&db)?;
    // One that is missing undoes what the others wrote, too.
    let missing = db.batch(|batch| {
        (
            Author::insert(NewAuthor::new("new@example.org")).run(batch),
            Author::get(&gone.id).one(batch),
        )
    });
    assert!(matches!(missing, Err(Error::NotFound { table: "authors" })), "{missing:?}");
    assert_eq!(Author::all().all(&db)?, [ada]);
    assert!(!db.in_transaction());
    Ok(())
}

#[test]
fn a_failure_while_reading_leaves_the_connection_as_it_was() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    author(&db, "Eve");
    let failed = db.batch(|batch| {
        (
            Author::all().count(batch),
            Author::all().one(batch),
            Author::all().all(batch),
            Author::get(&ada.id).one(batch),
        )
    });
    assert!(matches!(failed, Err(Error::TooMany { table: "authors" })), "{failed:?}");
    assert_eq!(Author::get(&ada.id).one(&db)?, ada);
    assert_eq!(db.batch(|batch| Author::all().count(batch))?, 2);
    Ok(())
}

#[test]
fn what_is_more_than_one_statement_runs_in_its_turn() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let (kept, many, tree, page) = db.batch(|batch| {
        (
            Author::insert(NewAuthor::new(ada.email.clone())).or_keep(Author::EMAIL_KEY).one(batch),
            Author::insert_many((0..40).map(|n| NewAuthor::new(format!("{n}@example.org"))))
                .run(batch),
            Author::all().filter(Author::ID.eq(&ada.id)).with(Book::AUTHOR).all(batch),
            Author::all().order(Author::EMAIL.asc()).page(2, None, batch),
        )
    })?;
    assert_eq!((kept, many, tree), (ada.clone(), 40, vec![(ada, vec![])]));
    assert_eq!(page.rows.len(), 2);
    Ok(())
}

#[test]
fn inside_a_transaction_it_is_undone_by_itself() -> Result<()> {
    let db = library();
    db.transaction(|db| {
        author(db, "Ada");
        let failed = db.batch(|batch| {
            (
                Author::insert(NewAuthor::new("new@example.org")).run(batch),
                Author::insert(NewAuthor::new("new@example.org")).run(batch),
            )
        });
        assert!(matches!(failed, Err(Error::Unique { .. })), "{failed:?}");
        assert_eq!(db.batch(|batch| Author::all().count(batch))?, 1);
        Ok::<_, Error>(())
    })?;
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}
