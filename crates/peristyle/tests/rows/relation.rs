use peristyle::Result;
use peristyle::prelude::*;

use crate::schema::*;

#[test]
fn children_of_many_parents_in_one_statement() -> Result<()> {
    let db = library();
    let authors = dozen(&db);
    for (author, count) in authors.iter().zip(0..) {
        let rows = (0..count).map(|n| book(author, &format!("{n:02}"), "1"));
        Book::insert_many(rows).run(&db)?;
    }
    let books = Book::AUTHOR.children_of(&authors).order(Book::TITLE.desc()).load(&db)?;
    assert_eq!(books.rows().len(), 66);
    for ((author, books), count) in authors.iter().zip(books.iter()).zip(0..) {
        assert_eq!(books.len(), count);
        assert!(books.iter().all(|book| book.author_id == author.id));
        assert!(books.is_sorted_by(|a, b| a.title > b.title));
    }
    Ok(())
}

#[test]
fn two_references_to_one_table_are_told_apart() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let eve = author(&db, "Eve");
    Book::insert(book(&ada, "A", "1").editor_id(eve.id.clone())).run(&db)?;
    let both = [ada, eve];
    let written = Book::AUTHOR.children_of(&both).load(&db)?;
    let edited = Book::EDITOR.children_of(&both).load(&db)?;
    assert_eq!((written.of(0).len(), written.of(1).len()), (1, 0));
    assert_eq!((edited.of(0).len(), edited.of(1).len()), (0, 1));
    Ok(())
}

#[test]
fn children_can_be_filtered() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert_many([book(&ada, "A", "5"), book(&ada, "B", "50")]).run(&db)?;
    let cheap = Book::AUTHOR.children_of([&ada]).filter(Book::PRICE.lt(decimal("10"))).load(&db)?;
    assert_eq!(cheap.into_rows()[0].title, "A");
    Ok(())
}

#[test]
fn parents_of_many_children_in_one_statement() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let eve = author(&db, "Eve");
    let rows = [
        book(&ada, "A", "1"),
        book(&eve, "B", "1").editor_id(ada.id.clone()),
        book(&ada, "C", "1").editor_id(eve.id.clone()),
    ];
    let books = Book::insert_many(rows).all(&db)?;
    let authors = Book::AUTHOR.parents_of(&books).load(&db)?;
    let names: Vec<_> = authors.iter().map(|a| a.and_then(|a| a.name.as_deref())).collect();
    assert_eq!(names, [Some("Ada"), Some("Eve"), Some("Ada")]);
    assert_eq!(authors.rows().len(), 2);
    let editors = Book::EDITOR.parents_of(&books).load(&db)?;
    let names: Vec<_> = editors.iter().map(|a| a.and_then(|a| a.name.as_deref())).collect();
    assert_eq!(names, [None, Some("Ada"), Some("Eve")]);
    Ok(())
}

#[test]
fn a_parent_asked_for_twice_has_its_children_twice() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "A", "1")).run(&db)?;
    let books = Book::AUTHOR.children_of([&ada, &ada]).load(&db)?;
    assert_eq!((books.of(0).len(), books.of(1).len(), books.rows().len()), (1, 1, 1));
    Ok(())
}

#[test]
fn composite_references() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let since = Date::constant(2020, 1, 1);
    let clubs = ["Chess", "Go"].map(|club| NewMembership::new(ada.id.clone(), club, since));
    let members = Membership::insert_many(clubs).all(&db)?;
    let fees = ["Go", "Go", "Chess"].map(|club| NewFee::new(ada.id.clone(), club, decimal("10")));
    let fees = Fee::insert_many(fees).all(&db)?;
    let by_member = Fee::MEMBERSHIP.children_of(&members).load(&db)?;
    assert_eq!((by_member.of(0).len(), by_member.of(1).len()), (1, 2));
    let by_fee = Fee::MEMBERSHIP.parents_of(&fees).load(&db)?;
    assert_eq!(by_fee.of(2).map(|member| member.club.as_str()), Some("Chess"));
    Ok(())
}

#[test]
fn references_to_the_same_table() -> Result<()> {
    let db = library();
    let boss = Employee::insert(NewEmployee::new("Boss")).one(&db)?;
    let clerks = ["One", "Two"].map(|name| NewEmployee::new(name).boss_id(boss.id));
    let clerks = Employee::insert_many(clerks).all(&db)?;
    let team = Employee::BOSS.children_of([&boss]).load(&db)?;
    assert_eq!(team.rows(), clerks);
    let bosses = Employee::BOSS.parents_of([&boss, &clerks[1]]).load(&db)?;
    assert_eq!((bosses.of(0), bosses.of(1)), (None, Some(&boss)));
    Ok(())
}

#[test]
fn nobody_has_no_children() -> Result<()> {
    let db = library();
    let none: [&Author; 0] = [];
    assert!(Book::AUTHOR.children_of(none).load(&db)?.rows().is_empty());
    assert_eq!(Book::AUTHOR.children_of(none).load(&db)?.of(5), []);
    Ok(())
}
