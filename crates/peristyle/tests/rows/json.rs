use peristyle::prelude::*;
use peristyle::{Error, Predicate, Result};

use crate::schema::*;

fn details(pages: u32, language: &str) -> Details {
    Details { pages, language: language.to_owned(), weight: None, awards: vec![], signed: false }
}

#[track_caller]
fn shelf() -> Result<(Library, Author)> {
    let db = library();
    let ada = author(&db, "Ada");
    let award = Award { name: "Booker".to_owned(), year: 1999 };
    let rows = [
        book(&ada, "A", "1").tags(strings(&["math", "logic"])).details(details(100, "en")),
        book(&ada, "B", "1").tags(strings(&["poetry"])).details(Details {
            weight: Some(0.5),
            awards: vec![award],
            signed: true,
            ..details(200, "fr")
        }),
        book(&ada, "C", "1"),
    ];
    Book::insert_many(rows).run(&db)?;
    Ok((db, ada))
}

#[track_caller]
fn titles(condition: Predicate<Book>) -> Result<Vec<String>> {
    let (db, _) = shelf()?;
    let rows = Book::all().filter(condition).order(Book::TITLE.asc()).all(&db)?;
    Ok(rows.into_iter().map(|book| book.title).collect())
}

#[test]
fn json_is_typed_both_ways() -> Result<()> {
    let (db, _) = shelf()?;
    let b = Book::all().filter(Book::TITLE.eq("B")).one(&db)?;
    assert_eq!(b.tags, strings(&["poetry"]));
    assert_eq!(b.details.as_ref().map(|d| d.awards[0].year), Some(1999));
    let c = Book::all().filter(Book::TITLE.eq("C")).one(&db)?;
    assert_eq!((c.tags.len(), c.details), (0, None));
    Ok(())
}

#[test]
fn a_list_contains_an_element() -> Result<()> {
    assert_eq!(titles(Book::TAGS.contains("math"))?, ["A"]);
    assert_eq!(titles(Book::TAGS.contains("poetry".to_owned()))?, ["B"]);
    assert_eq!(titles(Book::TAGS.contains("mat"))?, [] as [&str; 0]);
    assert_eq!(titles(Book::TAGS.contains("math") & Book::TAGS.contains("logic"))?, ["A"]);
    assert_eq!(titles(!Book::TAGS.contains("math"))?, ["B", "C"]);
    Ok(())
}

#[test]
fn a_list_contains_some_of_many() -> Result<()> {
    assert_eq!(titles(Book::TAGS.contains_all(["math", "logic"]))?, ["A"]);
    assert_eq!(titles(Book::TAGS.contains_all(["math", "poetry"]))?, [] as [&str; 0]);
    assert_eq!(titles(Book::TAGS.contains_any(["math", "poetry"]))?, ["A", "B"]);
    assert_eq!(titles(!Book::TAGS.contains_any(["math", "poetry"]) & Book::TITLE.gt("A"))?, ["C"]);
    assert_eq!(titles(Book::TAGS.contains_all([] as [&str; 0]))?, ["A", "B", "C"]);
    assert_eq!(titles(Book::TAGS.contains_any(Vec::<String>::new()))?, [] as [&str; 0]);
    assert_eq!(titles(Book::TITLE.contains_any(["B", "x"]))?, ["B"]);
    Ok(())
}

#[test]
fn something_is_there_or_not() -> Result<()> {
    assert_eq!(titles(Book::DETAILS.path("language").is_there())?, ["A", "B"]);
    assert_eq!(titles(Book::DETAILS.path("awards").path(0).is_there())?, ["B"]);
    assert_eq!(titles(!Book::DETAILS.path("awards").path(0).is_there())?, ["A", "C"]);
    Ok(())
}

#[test]
fn a_place_inside_of_a_document() -> Result<()> {
    assert_eq!(titles(Book::DETAILS.path("language").text().eq("fr"))?, ["B"]);
    assert_eq!(titles(Book::DETAILS.path("pages").integer().gt(100))?, ["B"]);
    assert_eq!(titles(Book::DETAILS.path("weight").number().lt(1.0))?, ["B"]);
    assert_eq!(titles(Book::DETAILS.path("signed").boolean().eq(true))?, ["B"]);
    assert_eq!(titles(Book::DETAILS.path("weight").number().is_null())?, ["A", "C"]);
    assert_eq!(
        titles(Book::DETAILS.path("awards").path(0).path("name").text().starts_with("Boo"))?,
        ["B"]
    );
    Ok(())
}

#[test]
fn a_list_inside_of_a_document_contains_a_document() -> Result<()> {
    let award = |year| Award { name: "Booker".to_owned(), year };
    assert_eq!(titles(Book::DETAILS.path("awards").contains(award(1999)))?, ["B"]);
    assert_eq!(titles(Book::DETAILS.path("awards").contains(award(2000)))?, [] as [&str; 0]);
    Ok(())
}

#[test]
fn the_elements_of_a_list_are_counted() -> Result<()> {
    assert_eq!(titles(Book::TAGS.elements().ge(2))?, ["A"]);
    assert_eq!(titles(Book::TAGS.elements().eq(0))?, ["C"]);
    Ok(())
}

#[test]
fn keys_with_odd_characters_are_found() -> Result<()> {
    assert_eq!(
        titles(Book::DETAILS.path("it's \"odd\".[0]").text().is_not_null())?,
        [] as [&str; 0]
    );
    let (db, _) = shelf()?;
    db.execute_script(
        r#"UPDATE books SET details = '{"pages":1,"language":"x","it''s":"so"}' WHERE title = 'C'"#,
    )?;
    let found = Book::all().filter(Book::DETAILS.path("it's").text().eq("so"));
    assert_eq!(found.one(&db)?.title, "C");
    Ok(())
}

#[test]
fn a_document_that_does_not_fit_names_table_column_and_key() -> Result<()> {
    let (db, _) = shelf()?;
    db.execute_script(r#"UPDATE books SET details = '{"pages":"many"}' WHERE title = 'B'"#)?;
    let error = Book::all().all(&db).expect_err("refused");
    let Error::Decode { table, column, key, .. } = &error else { panic!("{error}") };
    assert_eq!((*table, column.as_str(), key.as_deref()), ("books", "details", Some("2")));
    assert!(error.to_string().starts_with("books.details of row 2: JSON does not fit"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    Ok(())
}

#[test]
fn the_other_rows_can_still_be_read() -> Result<()> {
    let (db, _) = shelf()?;
    db.execute_script(r#"UPDATE books SET tags = '{}' WHERE title = 'B'"#)?;
    assert_eq!(Book::all().filter(Book::TITLE.ne("B")).all(&db)?.len(), 2);
    assert!(Book::all().filter(Book::TITLE.eq("B")).one(&db).is_err());
    Ok(())
}

#[test]
fn the_database_itself_refuses_text_that_is_no_json() -> Result<()> {
    let (db, _) = shelf()?;
    assert!(db.execute_script("UPDATE books SET tags = 'no json'").is_err());
    Ok(())
}

#[test]
fn json_is_updated_whole() -> Result<()> {
    let (db, _) = shelf()?;
    let changed = Book::update(Id::<Book>::new(1))
        .set(Book::TAGS, strings(&["x"]))
        .set(Book::DETAILS, Json(details(1, "de")))
        .one(&db)?;
    assert_eq!(changed.tags, strings(&["x"]));
    assert_eq!(changed.details.map(|d| d.0), Some(details(1, "de")));
    Ok(())
}
