//! Expressions: functions, arithmetic, cases and casts.

use peristyle::prelude::*;
use peristyle::{Result, case, greatest, least, now, value};

use crate::schema::*;

#[test]
fn text() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let id = Author::ID.eq(&ada.id);
    let row = Author::all()
        .filter(id)
        .select((
            Author::NAME.upper(),
            Author::NAME.lower(),
            Author::NAME.length(),
            Author::NAME.concat("!"),
            Author::NAME.replace("d", "xx"),
        ))
        .one(&db)?;
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(row, (text("ADA"), text("ada"), Some(3), text("Ada!"), text("Axxa")));
    let row: (String, String) = Author::all()
        .select((Author::EMAIL.substring(1, 3), value("  x ".to_owned()).trim()))
        .one(&db)?;
    assert_eq!(row, ("ada".to_owned(), "x".to_owned()));
    Ok(())
}

#[test]
fn functions_of_functions_in_filters() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let found = |query: Query<Author>| query.exists(&db);
    assert!(found(Author::all().filter(Author::NAME.lower().eq("ada")))?);
    assert!(found(Author::all().filter(Author::NAME.lower().concat("x").eq("adax")))?);
    assert!(found(Author::all().filter(Author::EMAIL.length().gt(Author::NAME.length())))?);
    assert!(!found(Author::all().filter(Author::NAME.upper().trim().is_null()))?);
    Ok(())
}

#[test]
fn numbers() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "Notes", "10.50").rating(-2.5)).run(&db)?;
    let row: (f64, f64, f64, Decimal, i64) = Book::all()
        .select((
            Book::RATING.abs(),
            Book::RATING.round(),
            Book::RATING * 2.0 + 1.0,
            Book::PRICE - decimal("0.25"),
            Book::TITLE_LENGTH % 2,
        ))
        .one(&db)?;
    assert_eq!(row, (2.5, -3.0, -4.0, decimal("10.25"), 1));
    let negative: f64 = Book::all().select(-Book::RATING).one(&db)?;
    assert_eq!(negative, 2.5);
    Ok(())
}

#[test]
fn columns_of_two_tables_are_reckoned_with_each_other() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Author::update(&ada.id).set(Author::KARMA, 7).run(&db)?;
    Book::insert(book(&ada, "Notes", "10")).run(&db)?;
    let sum: i64 = Author::all()
        .join(Book::AUTHOR)
        .select(Author::KARMA.plus(Book::TITLE_LENGTH).times(2_i64))
        .one(&db)?;
    assert_eq!(sum, 24);
    Ok(())
}

#[test]
fn alternatives_to_null() -> Result<()> {
    let db = library();
    Author::insert(NewAuthor::new("nobody@example.org")).run(&db)?;
    let row: (String, Option<String>, Option<i64>) = Author::all()
        .select((
            Author::NAME.coalesce("unknown"),
            Author::NAME.or(Author::NAME),
            Author::KARMA.null_if(0),
        ))
        .one(&db)?;
    assert_eq!(row, ("unknown".to_owned(), None, None));
    Ok(())
}

#[test]
fn cases() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows: Vec<String> = Author::all()
        .filter(Author::KARMA.is_in([0, 5, 11]))
        .order(Author::KARMA.asc())
        .select(
            case::<_, String>()
                .when(Author::KARMA.gt(9), "high")
                .when(Author::KARMA.gt(4), "middle")
                .otherwise("low"),
        )
        .all(&db)?;
    assert_eq!(rows, ["low", "middle", "high"]);
    let rows: Vec<Option<i64>> = Author::all()
        .filter(Author::KARMA.is_in([0, 11]))
        .order(Author::KARMA.asc())
        .select(case::<_, i64>().when(Author::KARMA.gt(9), 1).end())
        .all(&db)?;
    assert_eq!(rows, [None, Some(1)]);
    Ok(())
}

#[test]
fn casts() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "12", "10").rating(2.0)).run(&db)?;
    let row: (i64, String, f64, Option<String>) = Book::all()
        .select((
            Book::TITLE.cast::<_, _, i64>(),
            Book::TITLE_LENGTH.cast::<_, _, String>(),
            Book::TITLE_LENGTH.cast::<_, _, f64>(),
            Book::ISBN.cast::<_, _, String>(),
        ))
        .one(&db)?;
    assert_eq!(row, (12, "2".to_owned(), 2.0, None));
    Ok(())
}

#[test]
fn dates() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let born = Date::constant(1815, 12, 10);
    Author::update(&ada.id).set(Author::BORN, born).run(&db)?;
    let row = Author::all()
        .select((
            Author::BORN.year(),
            Author::BORN.month(),
            Author::BORN.day(),
            Author::BORN.weekday(),
            Author::BORN.date(),
        ))
        .one(&db)?;
    assert_eq!(row, (Some(1815), Some(12), Some(10), Some(0), Some(born)));
    let today: Date = Author::all().select(Author::CREATED_AT.date()).one(&db)?;
    assert!(today.year() >= 2024);
    assert!(Author::all().filter(Author::CREATED_AT.le(now())).exists(&db)?);
    assert_eq!(Author::all().filter(Author::CREATED_AT.year().lt(2000)).count(&db)?, 0);
    Ok(())
}

#[test]
fn the_larger_and_the_smaller() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Author::update(&ada.id).set(Author::KARMA, 7).run(&db)?;
    let row: (i64, i64) = Author::all()
        .select((greatest(Author::KARMA, 10_i64), least(Author::KARMA, 10_i64)))
        .one(&db)?;
    assert_eq!(row, (10, 7));
    Ok(())
}

#[test]
fn values_and_conditions_as_columns() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let row: (i64, String, Option<bool>, bool) = Author::all()
        .select((
            value(5_i64),
            value("five".to_owned()),
            Author::BORN.gt(Date::constant(1900, 1, 1)).value(),
            Author::NAME.eq("Ada").is_true(),
        ))
        .one(&db)?;
    assert_eq!(row, (5, "five".to_owned(), None, true));
    Ok(())
}

#[test]
fn sorted_by_expressions() -> Result<()> {
    let db = library();
    dozen(&db);
    let names = Author::all()
        .filter(Author::KARMA.lt(4))
        .order(Author::NAME.asc().nulls_last())
        .order((Author::KARMA * -1).asc())
        .select((Author::NAME, Author::KARMA))
        .all(&db)?;
    let karma: Vec<i64> = names.iter().map(|(_, karma)| *karma).collect();
    assert_eq!(karma, [0, 2, 3, 1]);
    let first = Author::all().order(Author::NAME.desc().nulls_first()).first(&db)?.unwrap();
    assert_eq!(first.name, None);
    Ok(())
}

#[test]
fn a_column_that_is_true_is_a_condition() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "Notes", "10").in_print(false)).run(&db)?;
    Book::insert(book(&ada, "Sketches", "10")).run(&db)?;
    assert_eq!(Book::all().filter(Book::IN_PRINT).count(&db)?, 1);
    assert_eq!(Author::all().join(Book::AUTHOR).filter(Book::IN_PRINT).count(&db)?, 1);
    Ok(())
}

#[test]
fn what_may_be_null_is_an_option() -> Result<()> {
    let db = library();
    let rows = [NewAuthor::new("a"), NewAuthor::new("b").name("B").karma(2)];
    Author::insert_many(rows).run(&db)?;
    let by_email = || Author::all().order(Author::EMAIL.asc());
    // The alternative that is never null decides.
    let names: Vec<Option<String>> =
        by_email().select(Author::NAME.coalesce(Author::NAME)).all(&db)?;
    assert_eq!(names, [None, Some("B".to_owned())]);
    let names: Vec<String> =
        by_email().select(Author::NAME.coalesce(Author::NAME).coalesce(Author::EMAIL)).all(&db)?;
    assert_eq!(names, ["a", "B"]);
    // What is reckoned with null is null, on either side.
    let texts: Vec<(Option<String>, Option<String>)> = by_email()
        .select((Author::EMAIL.concat(Author::NAME), Author::EMAIL.replace("b", Author::NAME)))
        .all(&db)?;
    assert_eq!(texts, [(None, None), (Some("bB".to_owned()), Some("B".to_owned()))]);
    let length = Author::NAME.length();
    let numbers: Vec<Option<i64>> = by_email().select(Author::KARMA.plus(length)).all(&db)?;
    assert_eq!(numbers, [None, Some(3)]);
    let numbers: Vec<Option<i64>> =
        by_email().select(Author::KARMA.coalesce(0) + Author::NAME.length()).all(&db)?;
    assert_eq!(numbers, [None, Some(3)]);
    // The larger of null and another value is null, on both databases.
    let larger: Vec<(Option<String>, Option<String>)> = by_email()
        .select((greatest(Author::EMAIL, Author::NAME), least(Author::NAME, "Z")))
        .all(&db)?;
    assert_eq!(larger, [(None, None), (Some("b".to_owned()), Some("B".to_owned()))]);
    let cases: Vec<(Option<String>, Option<String>)> = by_email()
        .select((
            case().when(Author::KARMA.gt(0), Author::EMAIL).otherwise(Author::NAME),
            case().when(Author::KARMA.lt(9), Author::NAME).otherwise("many"),
        ))
        .all(&db)?;
    assert_eq!(cases, [(None, None), (Some("b".to_owned()), Some("B".to_owned()))]);
    Ok(())
}
