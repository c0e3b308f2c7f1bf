use peristyle::prelude::*;
use peristyle::query::ValueError;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn unique_names_the_constraint_and_its_columns() {
    let db = library();
    author(&db, "Ada");
    let error = Author::insert(NewAuthor::new("ada@example.org")).one(&db).expect_err("refused");
    let Error::Unique { constraint, table, columns } = &error else { panic!("{error}") };
    assert_eq!(constraint.as_deref(), Some("authors_email_key"));
    assert_eq!((table.as_str(), columns.as_slice()), ("authors", &["email".to_owned()][..]));
    assert_eq!(
        error.to_string(),
        "authors: a row with this email exists already (authors_email_key)"
    );
}

#[test]
fn a_composite_unique_key_names_its_columns() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "A", "1")).run(&db)?;
    let error = Book::insert(book(&ada, "A", "1")).run(&db).expect_err("refused");
    let Error::Unique { constraint, columns, .. } = &error else { panic!("{error}") };
    assert_eq!(constraint.as_deref(), Some("books_author_id_title_key"));
    assert_eq!(columns, &["author_id", "title"]);
    Ok(())
}

#[test]
fn a_primary_key_and_a_partial_key_are_named() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let error = Author::insert(NewAuthor::new("x@example.org").id(ada.id.clone())).run(&db);
    assert!(
        matches!(&error, Err(Error::Unique { constraint: Some(name), .. }) if name == "authors_pkey"),
        "{error:?}"
    );
    let isbn = || Isbn("978".to_owned());
    Book::insert(book(&ada, "A", "1").isbn(isbn())).run(&db)?;
    let error = Book::insert(book(&ada, "B", "1").isbn(isbn())).run(&db);
    assert!(
        matches!(&error, Err(Error::Unique { constraint: Some(name), .. }) if name == "books_isbn_in_print"),
        "{error:?}"
    );
    Ok(())
}

#[test]
fn a_check_is_named() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let error = Book::insert(book(&ada, "A", "-1")).run(&db).expect_err("refused");
    let Error::Check { table, name } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), name.as_str()), ("books", "price_is_not_negative"));
    let error = Author::update(&ada.id).set(Author::KARMA, -101).run(&db).expect_err("refused");
    assert!(matches!(&error, Error::Check { name, .. } if name == "karma >= -100"), "{error}");
    Ok(())
}

#[test]
fn a_missing_value_names_table_and_column() -> Result<()> {
    let db = library();
    db.execute_script(
        "DROP TABLE log_lines; CREATE TABLE log_lines (message TEXT NOT NULL, at TEXT NOT NULL, extra TEXT NOT NULL)",
    )?;
    let error = LogLine::insert(NewLogLine::new("x")).run(&db).expect_err("refused");
    let Error::NotNull { table, column } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), column.as_str()), ("log_lines", "extra"));
    Ok(())
}

#[test]
fn a_null_where_none_is_expected() -> Result<()> {
    let db = library();
    db.execute_script(
        "DROP TABLE log_lines; CREATE TABLE log_lines (message TEXT, at TEXT);
         INSERT INTO log_lines VALUES (NULL, '2024-01-01T00:00:00Z')",
    )?;
    let error = LogLine::all().all(&db).expect_err("refused");
    let Error::Decode { table: "log_lines", column, key: None, source } = &error else {
        panic!("{error}")
    };
    assert_eq!((column.as_str(), source), ("message", &ValueError::Null));
    Ok(())
}

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
