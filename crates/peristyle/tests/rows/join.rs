//! Rows of several tables side by side.

use peristyle::prelude::*;
use peristyle::{Result, alias};

use crate::schema::*;

/// Ada with two books, Eve with one that Ada edited, and Kim without any.
fn shelf(db: &Connection) -> Result<(Author, Author, Author)> {
    let (ada, eve, kim) = (author(db, "Ada"), author(db, "Eve"), author(db, "Kim"));
    Book::insert(book(&ada, "Notes", "10")).run(db)?;
    Book::insert(book(&ada, "Sketches", "30")).run(db)?;
    Book::insert(book(&eve, "Apples", "20").editor_id(ada.id.clone())).run(db)?;
    Ok((ada, eve, kim))
}

#[test]
fn a_parent_with_its_children() -> Result<()> {
    let db = library();
    let (ada, eve, _) = shelf(&db)?;
    let rows: Vec<(Author, Book)> = Author::all()
        .join_on::<Book, _>(Book::AUTHOR_ID.eq(Author::ID))
        .order(Book::TITLE.asc())
        .all(&db)?;
    let pairs: Vec<_> =
        rows.iter().map(|(author, book)| (&author.id, book.title.as_str())).collect();
    assert_eq!(pairs, [(&eve.id, "Apples"), (&ada.id, "Notes"), (&ada.id, "Sketches")]);
    Ok(())
}

#[test]
fn a_reference_is_followed_in_both_directions() -> Result<()> {
    let db = library();
    let (ada, _, _) = shelf(&db)?;
    let children: Vec<(Author, Book)> =
        Author::all().join(Book::AUTHOR).filter(Author::ID.eq(&ada.id)).all(&db)?;
    assert_eq!(children.len(), 2);
    let parents: Vec<(Book, Author)> =
        Book::all().join(Book::AUTHOR).filter(Author::ID.eq(&ada.id)).all(&db)?;
    assert_eq!(parents.len(), 2);
    assert!(parents.iter().all(|(book, author)| book.author_id == author.id));
    Ok(())
}

#[test]
fn a_left_join_gives_none_where_there_is_no_row() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Author, Option<Book>)> =
        Author::all().left_join(Book::AUTHOR).order(Author::EMAIL.asc()).all(&db)?;
    assert_eq!(rows.len(), 4);
    let without: Vec<_> =
        rows.iter().filter(|(_, book)| book.is_none()).map(|(a, _)| a.email.as_str()).collect();
    assert_eq!(without, ["kim@example.org"]);
    let missing = Author::all().left_join(Book::AUTHOR).filter(Book::ID.is_null());
    assert_eq!(missing.clone().count(&db)?, 1);
    assert!(missing.exists(&db)?);
    Ok(())
}

#[test]
fn columns_of_a_left_join_are_nullable() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(String, Option<String>, Option<i64>)> = Author::all()
        .left_join(Book::AUTHOR)
        .order(Author::EMAIL.asc())
        .order(Book::TITLE.asc())
        .select((Author::EMAIL, Book::TITLE.upper(), Book::TITLE.length()))
        .all(&db)?;
    let row = |email: &str, title: Option<&str>| {
        let length = title.map(|title| title.len() as i64);
        (email.to_owned(), title.map(str::to_owned), length)
    };
    assert_eq!(
        rows,
        [
            row("ada@example.org", Some("NOTES")),
            row("ada@example.org", Some("SKETCHES")),
            row("eve@example.org", Some("APPLES")),
            row("kim@example.org", None),
        ]
    );
    Ok(())
}

#[test]
fn a_right_join_and_a_full_join() -> Result<()> {
    let db = library();
    let (ada, ..) = shelf(&db)?;
    let rows: Vec<(Option<Book>, Author)> = Book::all()
        .filter(Book::TITLE.ne("Apples"))
        .right_join_on::<Author, _>(Book::AUTHOR_ID.eq(Author::ID) & Book::AUTHOR_ID.ne(&ada.id))
        .all(&db)?;
    // The filter takes away what the join has added.
    assert_eq!(rows.len(), 0);
    let rows: Vec<(Option<Book>, Author)> = Book::all().right_join(Book::AUTHOR).all(&db)?;
    assert_eq!(rows.iter().filter(|(book, _)| book.is_none()).count(), 1);
    let rows: Vec<(Option<Author>, Option<Membership>)> =
        Author::all().full_join(Membership::AUTHOR).all(&db)?;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|(author, member)| author.is_some() && member.is_none()));
    Ok(())
}

#[test]
fn the_same_table_twice() -> Result<()> {
    alias!(Editor);
    let db = library();
    let (ada, eve, _) = shelf(&db)?;
    let rows: Vec<(Id<Author>, String, Id<Author>)> = Book::all()
        .join(Book::AUTHOR)
        .join(Book::EDITOR.parent_as(Editor))
        .select((Author::ID, Book::TITLE, Author::ID.of(Editor)))
        .all(&db)?;
    assert_eq!(rows, [(eve.id, "Apples".to_owned(), ada.id)]);
    Ok(())
}

#[test]
fn a_table_with_itself() -> Result<()> {
    alias!(Boss);
    let db = library();
    let mia = Employee::insert(NewEmployee::new("Mia")).one(&db)?;
    let tom = Employee::insert(NewEmployee::new("Tom").boss_id(mia.id)).one(&db)?;
    let rows: Vec<(String, Option<String>)> = Employee::all()
        .left_join_on::<peristyle::query::As<Employee, Boss>, _>(
            Employee::BOSS_ID.eq(Employee::ID.of(Boss)),
        )
        .order(Employee::NAME.asc())
        .select((Employee::NAME, Employee::NAME.of(Boss)))
        .all(&db)?;
    assert_eq!(rows, [(mia.name.clone(), None), (tom.name, Some(mia.name))]);
    Ok(())
}

#[test]
fn three_tables() -> Result<()> {
    let db = library();
    let (ada, ..) = shelf(&db)?;
    let since = Date::constant(2020, 1, 1);
    Membership::insert(NewMembership::new(ada.id.clone(), "Chess", since)).run(&db)?;
    let rows: Vec<(Author, Book, Option<Membership>)> = Author::all()
        .join(Book::AUTHOR)
        .left_join(Membership::AUTHOR)
        .filter(Book::PRICE.gt(decimal("15")))
        .order(Book::PRICE.asc())
        .all(&db)?;
    let clubs: Vec<_> = rows
        .iter()
        .map(|(_, book, member)| (book.title.as_str(), member.as_ref().map(|m| m.club.as_str())))
        .collect();
    assert_eq!(clubs, [("Apples", None), ("Sketches", Some("Chess"))]);
    Ok(())
}

#[test]
fn conditions_on_two_tables_in_one() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let titles = Author::all()
        .join(Book::AUTHOR)
        .filter(Author::NAME.eq("Eve") | Book::TITLE.starts_with("Sk"))
        .filter(Book::TITLE.ne(Author::EMAIL))
        .order(Book::TITLE.asc())
        .select(Book::TITLE)
        .all(&db)?;
    assert_eq!(titles, ["Apples", "Sketches"]);
    Ok(())
}

#[test]
fn a_condition_of_one_table_in_a_query_of_two() -> Result<()> {
    fn known() -> peristyle::Predicate<Author> {
        Author::NAME.is_not_null() & Author::KARMA.ge(0)
    }
    let db = library();
    shelf(&db)?;
    assert_eq!(Author::all().filter(known()).count(&db)?, 3);
    assert_eq!(Author::all().join(Book::AUTHOR).filter(known().within()).count(&db)?, 3);
    Ok(())
}

#[test]
fn whole_rows_beside_columns() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Author, Option<String>, Option<Book>)> = Author::all()
        .left_join(Book::AUTHOR)
        .order(Author::EMAIL.desc())
        .select((Author::ROW, Book::TITLE, Book::ROW))
        .limit(2)
        .all(&db)?;
    assert_eq!(rows[0].1, None);
    assert_eq!(rows[1].1, rows[1].2.as_ref().map(|book| book.title.clone()));
    Ok(())
}

#[test]
fn a_view_is_joined() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Book, ExpensiveBook)> =
        Book::all().join_on::<ExpensiveBook, _>(ExpensiveBook::ID.eq(Book::ID)).all(&db)?;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].1.title, "Sketches");
    Ok(())
}
