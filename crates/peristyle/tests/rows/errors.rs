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
fn a_check_is_named() {
    let db = library();
    let ada = author(&db, "Ada");
    let error = Book::insert(book(&ada, "A", "-1")).run(&db).expect_err("refused");
    let Error::Check { table, name } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), name.as_str()), ("books", "price_is_not_negative"));
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
