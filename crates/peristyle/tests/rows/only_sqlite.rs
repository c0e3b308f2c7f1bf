//! What is so on SQLite alone: the types of its values, its words, its files.

use peristyle::prelude::*;
use peristyle::query::ValueError;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn an_unknown_value_of_an_enum_says_which_there_are() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "A", "1")).run(&db)?;
    db.execute_script("PRAGMA ignore_check_constraints = ON; UPDATE books SET genre = 'opera'")?;
    let error = Book::all().one(&db).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "books.genre of row 1: `opera` is none of `novel`, `essay`, `sci-fi`"
    );
    Ok(())
}

#[test]
fn text_where_a_number_is_expected() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    db.execute_script("UPDATE authors SET karma = 'much'")?;
    let error = Author::get(&ada.id).one(&db).expect_err("refused");
    let expected =
        format!("authors.karma of row {}: expected an integer, found the text \"much\"", ada.id);
    assert_eq!(error.to_string(), expected);
    Ok(())
}

#[test]
fn a_selected_column_that_does_not_fit_is_named() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    db.execute_script("UPDATE authors SET karma = 'much'")?;
    let error = Author::all().select((Author::EMAIL, Author::KARMA)).all(&db).expect_err("refused");
    assert!(matches!(&error, Error::Decode { column, key: None, .. } if column == "karma"));
    let error = Author::all().select((Author::KARMA, Author::ID)).all(&db).expect_err("refused");
    assert!(matches!(&error, Error::Decode { column, key: Some(_), .. } if column == "karma"));
    Ok(())
}

#[test]
fn a_decimal_of_too_many_digits_is_refused() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let price = decimal("12345678901234.567");
    let error =
        Book::insert(NewBook::new(ada.id.clone(), "A", price)).one(&db).expect_err("refused");
    let Error::Value { table, column, source } = &error else { panic!("{error}") };
    assert_eq!((*table, *column), ("books", Some("price")));
    assert!(matches!(source, ValueError::Digits { most: 15, .. }));
    assert_eq!(Book::all().count(&db)?, 0);
    let error = Book::all().filter(Book::PRICE.eq(price)).all(&db).expect_err("refused");
    assert!(matches!(error, Error::Value { column: None, .. }), "{error}");
    Ok(())
}

#[test]
fn a_number_that_does_not_fit_its_type() -> Result<()> {
    let db = library();
    let token = NewToken::new(Time::constant(9, 30, 0, 0), 1i16, 0.5f32);
    let token = Token::insert(token).one(&db)?;
    db.execute_script("UPDATE tokens SET level = 70000")?;
    let error = Token::get(token.id).one(&db).expect_err("refused");
    assert!(error.to_string().ends_with("70000 does not fit a 16-bit integer"), "{error}");
    Ok(())
}

#[test]
fn a_table_that_is_not_there() {
    let db = Connection::open("sqlite::memory:").expect("a database");
    let error = Author::all().all(&db).expect_err("refused");
    assert!(matches!(&error, Error::Database { message, .. } if message.contains("authors")));
}

#[test]
fn a_database_that_is_not_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text.db");
    std::fs::write(
        &path,
        "this is no database, and it is long enough to be seen as none".repeat(20),
    )
    .expect("the file is written");
    let error = Connection::open(&path.display().to_string()).expect_err("refused");
    assert!(matches!(&error, Error::Connection { .. }), "{error}");
    let missing = folder.path().join("no/such/folder/x.db");
    let error = Connection::open(&missing.display().to_string()).expect_err("refused");
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[test]
fn a_check_without_a_name_is_its_condition() {
    let db = library();
    let ada = author(&db, "Ada");
    let error = Author::update(&ada.id).set(Author::KARMA, -101).run(&db).expect_err("refused");
    assert!(matches!(&error, Error::Check { name, .. } if name == "karma >= -100"), "{error}");
}

#[test]
fn what_sqlite_itself_writes_as_a_time_is_read() -> Result<()> {
    let db = library();
    db.execute_script(
        "INSERT INTO log_lines VALUES ('a', datetime('2024-05-01 09:30:00')), ('b', '2024-05-01T09:30:00.5Z')",
    )?;
    let lines = LogLine::all().order(LogLine::MESSAGE.asc()).all(&db)?;
    assert_eq!(lines[0].at.to_string(), "2024-05-01T09:30:00Z");
    assert_eq!(lines[1].at.to_string(), "2024-05-01T09:30:00.5Z");
    Ok(())
}

#[test]
fn decimals_of_fifteen_digits_are_exact() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let prices = [
        "0.1",
        "0.2",
        "0.3",
        "99999999.99",
        "123456789012.345",
        "0.00000000000001",
        "999999999999999",
    ];
    for price in prices {
        let book = Book::insert(book(&ada, price, price)).one(&db)?;
        assert_eq!(book.price, decimal(price));
        assert_eq!(Book::all().filter(Book::PRICE.eq(decimal(price))).one(&db)?.title, price);
    }
    Ok(())
}

#[test]
fn text_may_hold_every_character() -> Result<()> {
    let db = library();
    let line = LogLine::insert(NewLogLine::new("\0 zero")).one(&db)?;
    assert_eq!(line.message, "\0 zero");
    Ok(())
}
