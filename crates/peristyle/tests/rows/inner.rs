//! Queries inside of queries, several together, and under names of their own; and SQL by hand.

use peristyle::prelude::*;
use peristyle::{Result, Row, count, sql, value};

use crate::schema::*;

fn shelf(db: &Connection) -> Result<(Author, Author, Author)> {
    let (ada, eve, kim) = (author(db, "Ada"), author(db, "Eve"), author(db, "Kim"));
    Book::insert(book(&ada, "Notes", "10")).run(db)?;
    Book::insert(book(&ada, "Sketches", "30")).run(db)?;
    Book::insert(book(&eve, "Apples", "20")).run(db)?;
    Ok((ada, eve, kim))
}

fn emails(query: Query<Author>, db: &Connection) -> Result<Vec<String>> {
    query.order(Author::EMAIL.asc()).select(Author::EMAIL).all(db)
}

#[test]
fn one_of_the_values_of_a_query() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let dear = Book::all().filter(Book::PRICE.gt(decimal("15"))).select(Book::AUTHOR_ID);
    let found = emails(Author::all().filter(Author::ID.is_in(dear.clone())), &db)?;
    assert_eq!(found, ["ada@example.org", "eve@example.org"]);
    let found = emails(Author::all().filter(Author::ID.is_not_in(dear)), &db)?;
    assert_eq!(found, ["kim@example.org"]);
    Ok(())
}

#[test]
fn values_before_and_behind_an_inner_query_stay_in_order() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let dear = Book::all().filter(Book::PRICE.gt(decimal("15"))).select(Book::AUTHOR_ID);
    let found = emails(
        Author::all()
            .filter(Author::KARMA.eq(0))
            .filter(Author::ID.is_in(dear) & Author::NAME.ne("Eve"))
            .filter(Author::EMAIL.starts_with("a")),
        &db,
    )?;
    assert_eq!(found, ["ada@example.org"]);
    Ok(())
}

#[test]
fn a_correlated_query() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let books = || Book::all().inside::<Author>().filter(Book::AUTHOR_ID.eq(Author::ID));
    let found = emails(Author::all().filter(books().is_any()), &db)?;
    assert_eq!(found, ["ada@example.org", "eve@example.org"]);
    let found = emails(Author::all().filter(books().is_none()), &db)?;
    assert_eq!(found, ["kim@example.org"]);
    let dear = books().filter(Book::PRICE.gt(decimal("25")));
    assert_eq!(emails(Author::all().filter(dear.is_any()), &db)?, ["ada@example.org"]);
    Ok(())
}

#[test]
fn the_value_of_a_query() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let number =
        Book::all().inside::<Author>().filter(Book::AUTHOR_ID.eq(Author::ID)).select(count());
    let rows: Vec<(String, Option<i64>)> = Author::all()
        .order(Author::EMAIL.asc())
        .select((Author::EMAIL, number.scalar()))
        .all(&db)?;
    let numbers: Vec<Option<i64>> = rows.into_iter().map(|(_, number)| number).collect();
    assert_eq!(numbers, [Some(2), Some(1), Some(0)]);
    let dearest = Book::all().select(Book::PRICE.max());
    let title =
        Book::all().filter(Book::PRICE.eq(dearest.scalar())).select(Book::TITLE).one(&db)?;
    assert_eq!(title, "Sketches");
    Ok(())
}

#[test]
fn deletions_and_updates_with_inner_queries() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let writing = Book::all().select(Book::AUTHOR_ID);
    let changed = Author::update_all()
        .filter(Author::ID.is_in(writing.clone()))
        .set(Author::KARMA, Author::KARMA + 5)
        .run(&db)?;
    assert_eq!(changed, 2);
    let gone = Author::delete_all().filter(Author::ID.is_not_in(writing)).run(&db)?;
    assert_eq!(gone, 1);
    assert_eq!(Author::all().filter(Author::KARMA.eq(5)).count(&db)?, 2);
    Ok(())
}

#[test]
fn rows_of_both() -> Result<()> {
    let db = library();
    dozen(&db);
    let low = || Author::all().filter(Author::KARMA.lt(3)).select(Author::KARMA);
    let even = || Author::all().filter(Author::KARMA.is_in([0, 2, 4])).select(Author::KARMA);
    assert_eq!(low().union(even()).order(Author::KARMA.asc()).all(&db)?, [0, 1, 2, 4]);
    assert_eq!(low().union_all(even()).count(&db)?, 6);
    assert_eq!(low().intersect(even()).order(Author::KARMA.desc()).all(&db)?, [2, 0]);
    assert_eq!(low().except(even()).all(&db)?, [1]);
    assert_eq!(low().union(even()).order(Author::KARMA.asc()).limit(2).offset(1).all(&db)?, [1, 2]);
    assert!(low().union(even()).exists(&db)?);
    Ok(())
}

#[test]
fn what_is_put_together_is_read_from_the_left() -> Result<()> {
    let db = library();
    dozen(&db);
    let of = |values: &[i64]| {
        Author::all().filter(Author::KARMA.is_in(values.to_vec())).select(Author::KARMA)
    };
    let both = of(&[1, 2]).union(of(&[3])).intersect(of(&[2, 3]));
    assert_eq!(both.order(Author::KARMA.asc()).all(&db)?, [2, 3]);
    let first = of(&[5, 6, 7]).order(Author::KARMA.desc()).limit(1).union(of(&[1]));
    assert_eq!(first.order(Author::KARMA.asc()).all(&db)?, [1, 7]);
    let rest = of(&[1, 2, 3]).except(of(&[1])).except(of(&[2]));
    assert_eq!(rest.all(&db)?, [3]);
    Ok(())
}

#[test]
fn a_union_is_sorted_by_what_it_gives() -> Result<()> {
    let db = library();
    dozen(&db);
    let query = Author::all().select(Author::KARMA).union(Author::all().select(Author::KARMA));
    let refused = query.order(Author::NAME.asc()).all(&db).unwrap_err();
    assert!(matches!(refused, peristyle::Error::Value { .. }), "{refused}");
    Ok(())
}

#[derive(Row, Debug, Clone, PartialEq)]
struct Total {
    author_id: Id<Author>,
    books: i64,
}

#[test]
fn a_query_under_a_name() -> Result<()> {
    let db = library();
    let (ada, ..) = shelf(&db)?;
    let totals = || {
        Book::all()
            .filter(Book::PRICE.gt(decimal("5")))
            .group_by(Book::AUTHOR_ID)
            .select_as::<Total>()
            .from((Book::AUTHOR_ID, count()))
    };
    let many = totals().named().filter(Total::BOOKS.gt(1)).all(&db)?;
    assert_eq!(many, [Total { author_id: ada.id, books: 2 }]);
    let rows: Vec<(Option<String>, Option<i64>)> = Author::all()
        .with_rows(totals())
        .left_join_on::<Total, _>(Total::AUTHOR_ID.eq(Author::ID))
        .filter(Author::KARMA.eq(0))
        .order(Author::EMAIL.asc())
        .select((Author::NAME, Total::BOOKS))
        .all(&db)?;
    let numbers: Vec<Option<i64>> = rows.into_iter().map(|(_, books)| books).collect();
    assert_eq!(numbers, [Some(2), Some(1), None]);
    Ok(())
}

#[derive(Row, Debug, Clone, PartialEq)]
struct Level {
    employee_id: Id<Employee>,
    depth: i64,
}

#[test]
fn a_query_that_reads_itself() -> Result<()> {
    let db = library();
    let mia = Employee::insert(NewEmployee::new("Mia")).one(&db)?;
    let tom = Employee::insert(NewEmployee::new("Tom").boss_id(mia.id)).one(&db)?;
    let zoe = Employee::insert(NewEmployee::new("Zoe").boss_id(tom.id)).one(&db)?;
    let roots = Employee::all()
        .filter(Employee::BOSS_ID.is_null())
        .select_as::<Level>()
        .from((Employee::ID, value(0_i64)));
    let below = Employee::all()
        .join_on::<Level, _>(Employee::BOSS_ID.eq(Level::EMPLOYEE_ID))
        .select_as::<Level>()
        .from((Employee::ID, Level::DEPTH + 1));
    let levels = roots.recursive(below).order(Level::DEPTH.asc()).all(&db)?;
    let level = |employee: &Employee, depth| Level { employee_id: employee.id, depth };
    assert_eq!(levels, [level(&mia, 0), level(&tom, 1), level(&zoe, 2)]);
    Ok(())
}

#[test]
fn distinct_rows() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let authors = Book::all().select(Book::AUTHOR_ID).distinct().all(&db)?;
    assert_eq!(authors.len(), 2);
    Ok(())
}

#[test]
fn the_first_of_each() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let dearest: Vec<(Author, Book)> = Author::all()
        .join(Book::AUTHOR)
        .distinct_on(Author::EMAIL)
        .order(Author::EMAIL.asc())
        .order(Book::PRICE.desc())
        .filter(Book::PRICE.lt(decimal("100")))
        .all(&db)?;
    let titles: Vec<&str> = dearest.iter().map(|(_, book)| book.title.as_str()).collect();
    assert_eq!(titles, ["Sketches", "Apples"]);
    let query = Book::all().distinct_on(Book::AUTHOR_ID).order(Book::AUTHOR_ID.asc());
    assert_eq!(query.clone().count(&db)?, 2);
    assert_eq!(query.limit(1).all(&db)?.len(), 1);
    Ok(())
}

#[test]
fn rows_are_locked() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    db.transaction(|db| {
        let locked = Author::all().filter(Author::ID.eq(&ada.id)).for_update().all(db)?;
        assert_eq!(locked.len(), 1);
        let free = Author::all().for_update().skip_locked().limit(1).all(db)?;
        assert_eq!(free.len(), 1);
        assert_eq!(Author::all().for_share().no_wait().all(db)?.len(), 1);
        assert_eq!(Author::all().for_update().count(db)?, 1);
        assert!(Author::all().for_update().limit(1).exists(db)?);
        Ok::<_, peristyle::Error>(())
    })
}

#[test]
fn how_a_query_is_run() -> Result<()> {
    let db = library();
    let steps = Author::all().filter(Author::EMAIL.eq("ada@example.org")).explain(&db)?;
    assert!(!steps.is_empty());
    assert!(steps.join(" ").to_lowercase().contains("authors"), "{steps:?}");
    Ok(())
}

#[test]
fn sql_by_hand() -> Result<()> {
    let db = library();
    let (ada, ..) = shelf(&db)?;
    let least = decimal("15");
    let rows: Vec<(String, i64)> =
        sql!("SELECT title, title_length FROM books WHERE price > {least} ORDER BY title")
            .all(&db)?;
    assert_eq!(rows, [("Apples".to_owned(), 6), ("Sketches".to_owned(), 8)]);
    let rows: Vec<Book> =
        sql!("SELECT * FROM books WHERE author_id = {ada.id} ORDER BY id").all(&db)?;
    assert_eq!(rows.len(), 2);
    let name: Option<String> =
        sql!("SELECT name FROM authors WHERE email = {\"nobody\"}").optional(&db)?;
    assert_eq!(name, None);
    let number: i64 = sql!("SELECT count(*) FROM books").one(&db)?;
    assert_eq!(number, 3);
    let changed =
        sql!("UPDATE authors SET karma = {3_i64} + karma WHERE id = {&ada.id}").run(&db)?;
    assert_eq!(changed, 1);
    let braces: String = sql!("SELECT '{{}}'").one(&db)?;
    assert_eq!(braces, "{}");
    Ok(())
}

#[test]
fn sql_by_hand_inside_of_a_query() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let (low, high) = (5_i64, 7_i64);
    let titles = Book::all()
        .filter(Book::PRICE.gt(decimal("1")))
        .filter(sql!("title_length BETWEEN {low} AND {high}").condition())
        .filter(Book::TITLE.ne("x"))
        .order(Book::TITLE.asc())
        .select((Book::TITLE, sql!("title_length * 2").expr::<_, i64>()))
        .all(&db)?;
    assert_eq!(titles, [("Apples".to_owned(), 12), ("Notes".to_owned(), 10)]);
    Ok(())
}

#[test]
fn rows_are_left_out_behind_an_inner_query_too() -> Result<()> {
    let db = library();
    let (ada, eve) = (author(&db, "Ada"), author(&db, "Eve"));
    for (author, title) in [(&ada, "A"), (&ada, "B"), (&eve, "C")] {
        Book::insert(book(author, title, "1").tags(strings(&["x", "y"]))).run(&db)?;
    }
    let writing = || Author::all().filter(Book::AUTHOR.any());
    assert_eq!(writing().offset(1).all(&db)?.len(), 1);
    assert_eq!(writing().offset(2).count(&db)?, 0);
    assert!(!writing().offset(2).exists(&db)?);
    let tagged = || Book::all().filter(Book::TAGS.contains("x")).order(Book::ID.asc());
    let titles = tagged().limit(5).offset(1).select(Book::TITLE).all(&db)?;
    assert_eq!(titles, ["B", "C"]);
    assert_eq!(tagged().offset(2).count(&db)?, 1);
    let joined =
        Author::all().join_on::<Book, _>(Book::AUTHOR_ID.eq(Author::ID) & Book::AUTHOR.any());
    assert_eq!(joined.offset(1).all(&db)?.len(), 2);
    Ok(())
}
