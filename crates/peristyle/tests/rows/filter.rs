use peristyle::prelude::*;
use peristyle::{Predicate, Result};

use crate::schema::*;

/// The karma of the authors of a dozen that a condition leaves, in order.
#[track_caller]
fn left(condition: Predicate<Author>) -> Result<Vec<i64>> {
    let db = library();
    dozen(&db);
    let rows = Author::all().filter(condition).order(Author::KARMA.asc()).all(&db)?;
    Ok(rows.iter().map(|author| author.karma).collect())
}

#[test]
fn comparisons() -> Result<()> {
    assert_eq!(left(Author::KARMA.eq(3))?, [3]);
    assert_eq!(left(Author::KARMA.ne(3))?.len(), 11);
    assert_eq!(left(Author::KARMA.lt(2))?, [0, 1]);
    assert_eq!(left(Author::KARMA.le(2))?, [0, 1, 2]);
    assert_eq!(left(Author::KARMA.gt(9))?, [10, 11]);
    assert_eq!(left(Author::KARMA.ge(10))?, [10, 11]);
    Ok(())
}

#[test]
fn between_has_both_ends() -> Result<()> {
    assert_eq!(left(Author::KARMA.between(3, 5))?, [3, 4, 5]);
    assert_eq!(left(!Author::KARMA.between(1, 10))?, [0, 11]);
    Ok(())
}

#[test]
fn nulls() -> Result<()> {
    assert_eq!(left(Author::NAME.is_null())?, [1, 3, 5, 7, 9, 11]);
    assert_eq!(left(Author::NAME.is_not_null())?, [0, 2, 4, 6, 8, 10]);
    assert_eq!(left(Author::NAME.ne("Author 00"))?, [2, 4, 6, 8, 10]);
    Ok(())
}

#[test]
fn an_option_is_compared_with_null_as_a_value() -> Result<()> {
    assert_eq!(left(Author::NAME.is(None::<&str>))?.len(), 6);
    assert_eq!(left(Author::NAME.is(Some("Author 02")))?, [2]);
    assert_eq!(left(Author::NAME.is_not(Some("Author 02")))?.len(), 11);
    assert_eq!(left(Author::NAME.is_not(None::<String>))?.len(), 6);
    Ok(())
}

#[test]
fn lists() -> Result<()> {
    assert_eq!(left(Author::KARMA.is_in([1, 2, 99]))?, [1, 2]);
    assert_eq!(left(Author::KARMA.is_not_in(0..10))?, [10, 11]);
    assert_eq!(left(Author::NAME.is_in(["Author 00", "Author 08"]))?, [0, 8]);
    assert_eq!(left(Author::EMAIL.is_in(vec!["5@example.org".to_owned()]))?, [5]);
    Ok(())
}

#[test]
fn an_empty_list_holds_nothing() -> Result<()> {
    assert_eq!(left(Author::KARMA.is_in([] as [i64; 0]))?.len(), 0);
    assert_eq!(left(Author::KARMA.is_not_in([] as [i64; 0]))?.len(), 12);
    Ok(())
}

#[test]
fn a_list_of_thousands_is_one_parameter() -> Result<()> {
    assert_eq!(left(Author::KARMA.is_in(5..50_000))?, [5, 6, 7, 8, 9, 10, 11]);
    Ok(())
}

#[test]
fn lists_of_keys_and_enums() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let ids: Vec<Id<Author>> = vec![ada.id.clone()];
    assert_eq!(Author::all().filter(Author::ID.is_in(&ids)).one(&db)?, ada);
    Book::insert(book(&ada, "A", "1").genre(Genre::Essay)).run(&db)?;
    Book::insert(book(&ada, "B", "1").genre(Genre::ScienceFiction)).run(&db)?;
    let query = Book::all().filter(Book::GENRE.is_in([Genre::Essay, Genre::Novel]));
    assert_eq!(query.one(&db)?.title, "A");
    Ok(())
}

#[test]
fn text() -> Result<()> {
    assert_eq!(left(Author::NAME.like("Author 0_"))?.len(), 5);
    assert_eq!(left(Author::NAME.not_like("%0%"))?.len(), 0);
    assert_eq!(left(Author::EMAIL.starts_with("1"))?, [1, 10, 11]);
    assert_eq!(left(Author::EMAIL.ends_with("1@example.org"))?, [1, 11]);
    assert_eq!(left(Author::EMAIL.contains("11"))?, [11]);
    Ok(())
}

#[test]
fn text_takes_wildcards_literally() -> Result<()> {
    let db = library();
    for email in ["100%@example.org", "100x@example.org", "a_b@example.org", "aXb@example.org"] {
        Author::insert(NewAuthor::new(email)).run(&db)?;
    }
    let count = |condition| Author::all().filter(condition).count(&db);
    assert_eq!(count(Author::EMAIL.starts_with("100%"))?, 1);
    assert_eq!(count(Author::EMAIL.contains("_b"))?, 1);
    assert_eq!(count(Author::EMAIL.like("100\\%%"))?, 1);
    assert_eq!(count(Author::EMAIL.ends_with(""))?, 4);
    assert_eq!(count(Author::EMAIL.contains("axb"))?, 0);
    Ok(())
}

#[test]
fn and_or_not() -> Result<()> {
    let low = || Author::KARMA.lt(3);
    let named = || Author::NAME.is_not_null();
    assert_eq!(left(low() & named())?, [0, 2]);
    assert_eq!(left(low().and(named().not()))?, [1]);
    assert_eq!(left((low() | Author::KARMA.gt(9)) & Author::NAME.is_null())?, [1, 11]);
    assert_eq!(left(low() | Author::KARMA.gt(9) & Author::NAME.is_null())?, [0, 1, 2, 11]);
    assert_eq!(left(!(low() | Author::KARMA.gt(4)))?, [3, 4]);
    Ok(())
}

#[test]
fn several_filters_must_all_hold() -> Result<()> {
    let db = library();
    dozen(&db);
    let query = Author::all()
        .filter(Author::KARMA.gt(2))
        .filter(Author::KARMA.lt(9) | Author::KARMA.eq(11))
        .filter(Author::NAME.is_null());
    assert_eq!(query.count(&db)?, 4);
    Ok(())
}

#[test]
fn a_column_of_bool_is_a_condition() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "A", "1")).run(&db)?;
    Book::insert(book(&ada, "B", "1").in_print(false)).run(&db)?;
    assert_eq!(Book::all().filter(Book::IN_PRINT).one(&db)?.title, "A");
    assert_eq!(Book::all().filter(Book::IN_PRINT.eq(false)).one(&db)?.title, "B");
    Ok(())
}

#[test]
fn columns_are_compared_with_columns() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "12345", "5")).run(&db)?;
    Book::insert(NewBook::new(ada.id.clone(), "B", decimal("1")).editor_id(ada.id.clone()))
        .run(&db)?;
    assert_eq!(Book::all().filter(Book::AUTHOR_ID.eq(Book::EDITOR_ID)).one(&db)?.title, "B");
    assert_eq!(Book::all().filter(Book::TITLE_LENGTH.eq(Book::TITLE.length())).count(&db)?, 2);
    Ok(())
}

#[test]
fn expressions() -> Result<()> {
    assert_eq!(left((Author::KARMA + 1).eq(4))?, [3]);
    assert_eq!(left((Author::KARMA * 2 - 1).gt(20))?, [11]);
    assert_eq!(left((Author::KARMA - (Author::KARMA - 5)).eq(5))?.len(), 12);
    assert_eq!(left((-Author::KARMA).lt(-10))?, [11]);
    assert_eq!(left(Author::NAME.coalesce("nobody").eq("nobody"))?.len(), 6);
    assert_eq!(left(Author::NAME.lower().eq("author 04"))?, [4]);
    assert_eq!(left(Author::NAME.upper().starts_with("AUTHOR 1"))?, [10]);
    assert_eq!(left(Author::EMAIL.length().gt(13))?, [10, 11]);
    assert_eq!(left(Author::NAME.concat("!").eq("Author 06!"))?, [6]);
    Ok(())
}

#[test]
fn values_are_never_sql() -> Result<()> {
    let db = library();
    let nasty = "'; DROP TABLE authors; --";
    Author::insert(NewAuthor::new(nasty)).run(&db)?;
    assert_eq!(Author::all().filter(Author::EMAIL.eq(nasty)).count(&db)?, 1);
    assert_eq!(Author::all().filter(Author::EMAIL.is_in([nasty])).count(&db)?, 1);
    Ok(())
}

#[test]
fn decimals_dates_and_uuids_are_compared_as_what_they_are() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    for price in ["9.5", "10", "10.25", "100"] {
        Book::insert(book(&ada, price, price)).run(&db)?;
    }
    let cheap = Book::all().filter(Book::PRICE.between(decimal("9.50"), decimal("10.25")));
    assert_eq!(cheap.count(&db)?, 3);
    assert_eq!(Book::all().filter(Book::PRICE.is_in([decimal("100.00")])).count(&db)?, 1);
    Author::update(&ada.id).set(Author::BORN, Date::constant(1815, 12, 10)).run(&db)?;
    let born = Author::all().filter(Author::BORN.lt(Date::constant(1816, 1, 1)));
    assert_eq!(born.count(&db)?, 1);
    let early = Author::all().filter(Author::CREATED_AT.gt(Timestamp::UNIX_EPOCH));
    assert_eq!(early.count(&db)?, 1);
    Ok(())
}
