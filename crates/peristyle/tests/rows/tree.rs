//! Rows with what belongs to them.

use peristyle::Result;
use peristyle::prelude::*;

use crate::schema::*;

/// Ada with Notes and Sketches (Eve edits the first), Eve with Apples; Ada is in two clubs.
fn shelf(db: &Connection) -> Result<(Author, Author, Author)> {
    let (ada, eve, kim) = (author(db, "Ada"), author(db, "Eve"), author(db, "Kim"));
    Book::insert(book(&ada, "Notes", "10").editor_id(eve.id.clone())).run(db)?;
    Book::insert(book(&ada, "Sketches", "30")).run(db)?;
    Book::insert(book(&eve, "Apples", "20")).run(db)?;
    for club in ["Chess", "Go"] {
        let since = Date::constant(2020, 1, 1);
        Membership::insert(NewMembership::new(ada.id.clone(), club, since)).run(db)?;
        Fee::insert(NewFee::new(ada.id.clone(), club, decimal("5"))).run(db)?;
    }
    Ok((ada, eve, kim))
}

fn titles(books: &[Book]) -> Vec<&str> {
    books.iter().map(|book| book.title.as_str()).collect()
}

#[test]
fn children_of_each_row() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Author, Vec<Book>)> =
        Author::all().order(Author::EMAIL.asc()).with(Book::AUTHOR).all(&db)?;
    let numbers: Vec<usize> = rows.iter().map(|(_, books)| books.len()).collect();
    assert_eq!(numbers, [2, 1, 0]);
    assert!(rows.iter().all(|(author, books)| books.iter().all(|b| b.author_id == author.id)));
    Ok(())
}

#[test]
fn a_parent_is_there_if_the_reference_is_required() -> Result<()> {
    let db = library();
    let (ada, eve, _) = shelf(&db)?;
    let rows: Vec<(Book, Author, Option<Author>)> =
        Book::all().order(Book::TITLE.asc()).with(Book::AUTHOR).with(Book::EDITOR).all(&db)?;
    let people: Vec<_> = rows
        .iter()
        .map(|(_, author, editor)| (&author.id, editor.as_ref().map(|editor| &editor.id)))
        .collect();
    assert_eq!(people, [(&eve.id, None), (&ada.id, Some(&eve.id)), (&ada.id, None)]);
    Ok(())
}

#[test]
fn filter_order_and_limit_for_each_parent() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let dearest = Book::AUTHOR.children().order(Book::PRICE.desc()).limit(1);
    let rows = Author::all().order(Author::EMAIL.asc()).with(dearest).all(&db)?;
    let first: Vec<Vec<&str>> = rows.iter().map(|(_, books)| titles(books)).collect();
    assert_eq!(first, [vec!["Sketches"], vec!["Apples"], vec![]]);
    let cheap = Book::AUTHOR
        .children()
        .filter(Book::PRICE.lt(decimal("25")))
        .filter(Book::TITLE.ne("Apples"))
        .order(Book::TITLE.asc())
        .limit(5);
    let rows = Author::all().order(Author::EMAIL.asc()).with(cheap).all(&db)?;
    let cheap: Vec<Vec<&str>> = rows.iter().map(|(_, books)| titles(books)).collect();
    assert_eq!(cheap, [vec!["Notes"], vec![], vec![]]);
    Ok(())
}

#[test]
fn relations_of_relations() -> Result<()> {
    let db = library();
    let (ada, ..) = shelf(&db)?;
    type Member = (Membership, Vec<Fee>);
    type Written = (Book, Option<Author>);
    let rows: Vec<(Author, Vec<Member>, Vec<Written>)> = Author::all()
        .filter(Author::ID.eq(&ada.id))
        .with(Membership::AUTHOR.children().order(Membership::CLUB.desc()).with(Fee::MEMBERSHIP))
        .with(Book::AUTHOR.children().order(Book::TITLE.asc()).with(Book::EDITOR))
        .all(&db)?;
    let (_, members, books) = &rows[0];
    let clubs: Vec<(&str, usize)> =
        members.iter().map(|(member, fees)| (member.club.as_str(), fees.len())).collect();
    assert_eq!(clubs, [("Go", 1), ("Chess", 1)]);
    let editors: Vec<Option<&str>> = books
        .iter()
        .map(|(_, editor)| editor.as_ref().and_then(|editor| editor.name.as_deref()))
        .collect();
    assert_eq!(editors, [Some("Eve"), None]);
    Ok(())
}

#[test]
fn one_row_with_what_belongs_to_it() -> Result<()> {
    let db = library();
    let (ada, _, kim) = shelf(&db)?;
    let (author, books) = Author::get(&ada.id).with(Book::AUTHOR).one(&db)?;
    assert_eq!((author.id, books.len()), (ada.id, 2));
    let (_, books) = Author::get(&kim.id).with(Book::AUTHOR).optional(&db)?.unwrap();
    assert!(books.is_empty());
    let nobody = Author::get(Id::<Author>::new("nobody")).with(Book::AUTHOR).one(&db);
    assert!(matches!(nobody, Err(peristyle::Error::NotFound { table: "authors" })));
    let first = Author::all().order(Author::EMAIL.desc()).with(Book::AUTHOR).first(&db)?;
    assert_eq!(first.unwrap().0.id, kim.id);
    Ok(())
}

#[test]
fn a_table_that_references_itself() -> Result<()> {
    let db = library();
    let mia = Employee::insert(NewEmployee::new("Mia")).one(&db)?;
    let tom = Employee::insert(NewEmployee::new("Tom").boss_id(mia.id)).one(&db)?;
    let rows = Employee::all()
        .order(Employee::NAME.asc())
        .with(Employee::BOSS.children())
        .with(Employee::BOSS.parent())
        .all(&db)?;
    assert_eq!(rows, [(mia.clone(), vec![tom.clone()], None), (tom, vec![], Some(mia))]);
    Ok(())
}

#[test]
fn many_to_many() -> Result<()> {
    let db = library();
    let (ada, eve, _) = shelf(&db)?;
    // Who edits whom: authors and authors, by books.
    let rows: Vec<(Author, Vec<Author>)> = Author::all()
        .filter(Author::ID.eq(&ada.id))
        .with(Book::AUTHOR.through(Book::EDITOR).order(Book::TITLE.asc()))
        .all(&db)?;
    assert_eq!(rows, [(ada, vec![eve])]);
    Ok(())
}

#[test]
fn a_single_child() -> Result<()> {
    let db = library();
    let (ada, eve, _) = shelf(&db)?;
    let rows: Vec<(Author, Option<Book>)> =
        Author::all().filter(Author::ID.eq(&eve.id)).with(Book::AUTHOR.child()).all(&db)?;
    assert_eq!(rows[0].1.as_ref().map(|book| book.title.as_str()), Some("Apples"));
    let several = Author::get(&ada.id).with(Book::AUTHOR.child()).one(&db);
    assert!(matches!(several, Err(peristyle::Error::TooMany { table: "books" })));
    Ok(())
}

#[test]
fn counted_and_asked_for_without_loading() -> Result<()> {
    let db = library();
    shelf(&db)?;
    let rows: Vec<(Author, i64)> = Author::all()
        .order(Book::AUTHOR.count().desc())
        .select((Author::ROW, Book::AUTHOR.count()))
        .all(&db)?;
    let numbers: Vec<i64> = rows.iter().map(|(_, number)| *number).collect();
    assert_eq!(numbers, [2, 1, 0]);
    let emails = |query: Query<Author>| query.select(Author::EMAIL).all(&db);
    assert_eq!(emails(Author::all().filter(Book::AUTHOR.none()))?, ["kim@example.org"]);
    assert_eq!(Author::all().filter(Book::AUTHOR.any()).count(&db)?, 2);
    let dear = Book::AUTHOR.any_where(Book::PRICE.gt(decimal("25")));
    assert_eq!(emails(Author::all().filter(dear))?, ["ada@example.org"]);
    let many = Author::all().filter(Book::AUTHOR.count().gt(1)).count(&db)?;
    assert_eq!(many, 1);
    Ok(())
}

#[test]
fn no_rows_have_nothing() -> Result<()> {
    let db = library();
    let rows: Vec<(Author, Vec<Book>)> = Author::all().with(Book::AUTHOR).all(&db)?;
    assert!(rows.is_empty());
    Ok(())
}

#[test]
fn rows_that_reference_others_of_their_own_table_are_asked_for() -> Result<()> {
    let db = library();
    let boss = Employee::insert(NewEmployee::new("Boss")).one(&db)?;
    for name in ["Ann", "Bea"] {
        Employee::insert(NewEmployee::new(name).boss_id(boss.id)).run(&db)?;
    }
    let names = |query: Query<Employee>| -> Result<Vec<String>> {
        query.order(Employee::NAME.asc()).select(Employee::NAME).all(&db)
    };
    assert_eq!(names(Employee::all().filter(Employee::BOSS.any()))?, ["Boss"]);
    assert_eq!(names(Employee::all().filter(Employee::BOSS.none()))?, ["Ann", "Bea"]);
    let numbers: Vec<i64> =
        Employee::all().order(Employee::NAME.asc()).select(Employee::BOSS.count()).all(&db)?;
    assert_eq!(numbers, [0, 0, 2]);
    peristyle::alias!(Report);
    let reports = Employee::BOSS.child_as(Report);
    let named = reports.any_where(Employee::NAME.of(Report).eq("Ann"));
    assert_eq!(names(Employee::all().filter(named))?, ["Boss"]);
    Ok(())
}
