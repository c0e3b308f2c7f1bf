use std::collections::{BTreeSet, HashSet};

use peristyle::Result;
use peristyle::prelude::*;

use crate::schema::*;

#[test]
fn every_type_comes_back_as_it_went() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let published = DateTime::constant(1843, 9, 1, 12, 30, 15, 250_000_000);
    let new = book(&ada, "Notes — ünïcödé 🦀", "1234567.89")
        .genre(Genre::ScienceFiction)
        .isbn(Isbn("978-3".to_owned()))
        .published(published)
        .cover(vec![0u8, 255, 1, 0])
        .rating(4.25)
        .in_print(false);
    let book = Book::insert(new).one(&db)?;
    assert_eq!(book.title, "Notes — ünïcödé 🦀");
    assert_eq!(book.price, decimal("1234567.89"));
    assert_eq!(book.genre, Genre::ScienceFiction);
    assert_eq!(book.isbn, Some(Isbn("978-3".to_owned())));
    assert_eq!(book.published, Some(published));
    assert_eq!(book.cover, Some(vec![0, 255, 1, 0]));
    assert_eq!((book.rating, book.in_print), (4.25, false));
    Ok(())
}

#[test]
fn times_and_small_numbers() -> Result<()> {
    let db = library();
    let opens = Time::constant(23, 59, 59, 999_999_000);
    let token = Token::insert(NewToken::new(opens, i16::MIN, 0.1f32)).one(&db)?;
    assert_eq!((token.opens, token.level, token.weight), (opens, i16::MIN, 0.1));
    assert_eq!(Token::all().filter(Token::SECRET.eq(token.secret)).one(&db)?, token);
    Ok(())
}

#[test]
fn instants_are_kept_to_the_microsecond() -> Result<()> {
    let db = library();
    let at: Timestamp = "2024-05-01T09:30:00.123456789+02:00".parse().expect("an instant");
    let line = LogLine::insert(NewLogLine::new("x").at(at)).one(&db)?;
    assert_eq!(line.at.to_string(), "2024-05-01T07:30:00.123456Z");
    Ok(())
}

#[test]
fn instants_sort_as_text_and_as_time() -> Result<()> {
    let db = library();
    let instants = [
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "2024-05-01T09:30:00.000001Z",
        "9999-12-30T00:00:00Z",
    ];
    for at in instants.iter().rev() {
        let at: Timestamp = at.parse().expect("an instant");
        LogLine::insert(NewLogLine::new("x").at(at)).run(&db)?;
    }
    let sorted = LogLine::all().order(LogLine::AT.asc()).all(&db)?;
    let sorted: Vec<String> = sorted.iter().map(|line| line.at.to_string()).collect();
    assert_eq!(sorted, instants);
    Ok(())
}

#[test]
fn ids_are_values_of_their_key() {
    let ada = Id::<Author>::new("ada");
    let eve = Id::<Author>::new("eve");
    assert!(ada < eve && ada == ada.clone());
    assert_eq!(ada.to_string(), "ada");
    assert_eq!(format!("{ada:?}"), "Id(\"ada\")");
    assert_eq!(HashSet::from([ada.clone(), eve.clone(), ada.clone()]).len(), 2);
    assert_eq!(BTreeSet::from([eve, ada.clone()]).first(), Some(&ada));
    let number = Id::<Book>::new(7);
    let copied = number;
    assert_eq!(number, copied);
    assert_eq!(serde_json::to_string(&(ada, number)).expect("JSON"), r#"["ada",7]"#);
    assert_eq!(serde_json::from_str::<Id<Book>>("7").expect("an id"), number);
}

#[test]
fn numbers_at_their_ends() -> Result<()> {
    let db = library();
    for karma in [i64::MAX, 0, -100] {
        let row = Author::insert(NewAuthor::new(format!("{karma}")).karma(karma)).one(&db)?;
        assert_eq!(row.karma, karma);
        assert_eq!(Author::all().filter(Author::KARMA.is_in([karma])).one(&db)?, row);
    }
    Ok(())
}

#[test]
fn text_of_a_megabyte() -> Result<()> {
    let db = library();
    let long = "é".repeat(500_000);
    let line = LogLine::insert(NewLogLine::new(long.clone())).one(&db)?;
    assert_eq!(line.message, long);
    Ok(())
}
