use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn one_row_comes_back_whole() -> Result<()> {
    let db = library();
    let author = Author::insert(NewAuthor::new("ada@example.org").name("Ada")).one(&db)?;
    assert_eq!(author.email, "ada@example.org");
    assert_eq!(author.name.as_deref(), Some("Ada"));
    assert_eq!(Author::get(&author.id).one(&db)?, author);
    Ok(())
}

#[test]
fn the_application_makes_a_cuid2_key() -> Result<()> {
    let db = library();
    let one = author(&db, "One");
    let two = author(&db, "Two");
    assert_eq!(one.id.key().len(), 24);
    assert_ne!(one.id, two.id);
    Ok(())
}

#[test]
fn a_given_key_is_kept() -> Result<()> {
    let db = library();
    let new = NewAuthor::new("ada@example.org").id(Id::<Author>::new("given"));
    assert_eq!(Author::insert(new).one(&db)?.id.key(), "given");
    Ok(())
}

#[test]
fn the_database_makes_defaults() -> Result<()> {
    let db = library();
    let before = Timestamp::now();
    let ada = author(&db, "Ada");
    assert_eq!(ada.karma, 0);
    let apart = ada.created_at.duration_since(before).as_secs().abs();
    assert!(apart < 60, "{} is not near {before}", ada.created_at);
    let book = Book::insert(book(&ada, "Notes", "12.50")).one(&db)?;
    assert_eq!((book.genre, book.in_print, book.rating), (Genre::Novel, true, 0.0));
    assert_eq!(book.tags, strings(&[]));
    Ok(())
}

#[test]
fn the_database_numbers_and_computes() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let one = Book::insert(book(&ada, "Notes", "1")).one(&db)?;
    let two = Book::insert(book(&ada, "More notes", "1")).one(&db)?;
    assert_eq!((*one.id.key(), *two.id.key()), (1, 2));
    assert_eq!(two.title_length, 10);
    Ok(())
}

#[test]
fn the_application_makes_uuids_and_times() -> Result<()> {
    let db = library();
    let token = NewToken::new(Time::constant(9, 30, 0, 0), 1i16, 0.5f32);
    let token = Token::insert(token).one(&db)?;
    assert_eq!(token.id.key().get_version_num(), 7);
    assert_eq!(token.secret.get_version_num(), 4);
    let line = LogLine::insert(NewLogLine::new("hello")).one(&db)?;
    assert!(line.at <= Timestamp::now());
    Ok(())
}

#[test]
fn a_nullable_column_with_a_default_has_three_states() -> Result<()> {
    let db = library();
    let by_default = Keyword::insert(NewKeyword::new("a", "t")).one(&db)?;
    assert_eq!(by_default.select.as_deref(), Some("none"));
    let null = NewKeyword { select: Some(None), ..NewKeyword::new("b", "t") };
    assert_eq!(Keyword::insert(null).one(&db)?.select, None);
    let given = Keyword::insert(NewKeyword::new("c", "t").select("some")).one(&db)?;
    assert_eq!(given.select.as_deref(), Some("some"));
    Ok(())
}

#[test]
fn many_rows_come_back_in_their_order() -> Result<()> {
    let db = library();
    let rows = (0..1000).map(|n| NewAuthor::new(format!("{n}@example.org")).karma(n));
    let authors = Author::insert_many(rows).all(&db)?;
    assert_eq!(authors.len(), 1000);
    assert!(authors.iter().zip(0..).all(|(author, n)| author.karma == n));
    assert_eq!(Author::all().count(&db)?, 1000);
    Ok(())
}

#[test]
fn no_rows_are_no_statement() -> Result<()> {
    let db = library();
    assert_eq!(Author::insert_many([]).all(&db)?, []);
    assert_eq!(Author::insert_many([]).run(&db)?, 0);
    Ok(())
}

#[test]
fn rows_that_leave_out_different_columns_go_together() -> Result<()> {
    let db = library();
    let rows = (0..9).map(|n| {
        let new = NewAuthor::new(format!("{n}@example.org"));
        if n % 3 == 0 { new.karma(n) } else { new }
    });
    let authors = Author::insert_many(rows).all(&db)?;
    let karma: Vec<i64> = authors.iter().map(|author| author.karma).collect();
    assert_eq!(karma, [0, 0, 0, 3, 0, 0, 6, 0, 0]);
    Ok(())
}

#[test]
fn many_rows_are_all_or_none() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let mut rows: Vec<NewAuthor> =
        (0..300).map(|n| NewAuthor::new(format!("{n}@example.org"))).collect();
    rows.push(NewAuthor::new("ada@example.org"));
    assert!(matches!(Author::insert_many(rows).run(&db), Err(Error::Unique { .. })));
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}

#[test]
fn run_says_how_many() -> Result<()> {
    let db = library();
    assert_eq!(Author::insert(NewAuthor::new("a@example.org")).run(&db)?, 1);
    let rows = (0..37).map(|n| NewAuthor::new(format!("{n}@example.org")));
    assert_eq!(Author::insert_many(rows).run(&db)?, 37);
    Ok(())
}

#[test]
fn a_table_without_key_takes_rows() -> Result<()> {
    let db = library();
    let rows = ["a", "b", "c"].map(NewLogLine::new);
    assert_eq!(LogLine::insert_many(rows).all(&db)?.len(), 3);
    Ok(())
}

#[test]
fn a_missing_parent_is_a_typed_error() {
    let db = library();
    let orphan = NewBook::new(Id::<Author>::new("nobody"), "Notes", decimal("1"));
    let error = Book::insert(orphan).one(&db).expect_err("refused");
    assert!(matches!(error, Error::ForeignKey { ref table, .. } if table == "books"), "{error}");
}

#[test]
fn a_new_row_can_be_cloned_and_printed() {
    let new = NewAuthor::new("ada@example.org").karma(3);
    assert_eq!(format!("{:?}", new.clone()), format!("{new:?}"));
    assert!(format!("{new:?}").contains("ada@example.org"));
}

#[test]
fn rows_that_a_query_gives() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    Book::insert(book(&ada, "Notes", "10")).run(&db)?;
    let copies = Book::all().filter(Book::PRICE.gt(decimal("5"))).select((
        Book::AUTHOR_ID,
        Book::TITLE.concat(" (copy)"),
        Book::PRICE * decimal("2"),
    ));
    let columns = (Book::AUTHOR_ID, Book::TITLE, Book::PRICE);
    let copied = Book::insert_from(columns, copies).all(&db)?;
    assert_eq!(copied.len(), 1);
    assert_eq!((copied[0].title.as_str(), copied[0].price), ("Notes (copy)", decimal("20")));
    let copies = Book::all().filter(Book::TITLE.eq("Notes")).select((
        Book::AUTHOR_ID,
        Book::TITLE.upper(),
        Book::PRICE,
    ));
    assert_eq!(Book::insert_from(columns, copies).run(&db)?, 1);
    assert_eq!(Book::all().count(&db)?, 3);
    Ok(())
}

#[test]
fn a_row_with_rows_that_belong_to_it() -> Result<()> {
    let db = library();
    let (ada, books): (Author, Vec<Book>) = Author::insert(NewAuthor::new("ada@example.org"))
        .with(|ada| vec![book(ada, "Notes", "10"), book(ada, "Sketches", "20")])
        .one(&db)?;
    assert!(books.len() == 2 && books.iter().all(|book| book.author_id == ada.id));
    // All or none: the second book has the title of the first.
    let refused = Author::insert(NewAuthor::new("eve@example.org"))
        .with::<Book, _>(|eve| vec![book(eve, "Same", "10"), book(eve, "Same", "20")])
        .one(&db);
    assert!(matches!(refused, Err(peristyle::Error::Unique { .. })), "{refused:?}");
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}

#[test]
fn many_rows_are_copied_as_they_are_made() -> Result<()> {
    let db = library();
    // Rows that bring different columns, text with everything in it, absent values.
    let rows = (0..3_000).map(|n| {
        let new = NewAuthor::new(format!("{n}\t\\N\n\r\"'\\.é@example.org"));
        match n % 1_000 {
            0..500 => new.name("\\N"),
            500..990 => new.karma(n),
            _ => new.born(Date::constant(1815, 12, 10)).karma(-5),
        }
    });
    assert_eq!(Author::copy(rows).run(&db)?, 3_000);
    let all = Author::all().order(Author::CREATED_AT.asc()).all(&db)?;
    let named = all.iter().filter(|author| author.name.as_deref() == Some("\\N")).count();
    let sum: i64 = all.iter().map(|author| author.karma).sum();
    assert_eq!((all.len(), named), (3_000, 1_500));
    assert_eq!(sum, (0..3_000).filter(|n| (500..990).contains(&(n % 1_000))).sum::<i64>() - 150);
    assert!(
        Author::all()
            .filter(
                Author::EMAIL.eq("2999\t\\N\n\r\"'\\.é@example.org") & Author::BORN.is_not_null()
            )
            .exists(&db)?
    );
    assert_eq!(Author::copy(Vec::new()).run(&db)?, 0);
    Ok(())
}

#[test]
fn rows_that_are_copied_are_all_or_none() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let new = |n: i64| NewAuthor::new(format!("{n}@example.org"));
    let twice = (0..2_000).map(move |n| new(n % 1_999));
    assert!(matches!(Author::copy(twice).run(&db), Err(Error::Unique { .. })));
    let checked = (0..2_000).map(move |n| new(n).karma(if n == 1_500 { -101 } else { 0 }));
    assert!(matches!(Author::copy(checked).run(&db), Err(Error::Check { .. })));
    assert_eq!(Author::all().all(&db)?, [ada]);
    assert!(!db.in_transaction());
    // In a transaction they are undone by themselves.
    db.transaction(|db| {
        author(db, "Eve");
        assert!(Author::copy((0..2_000).map(move |n| new(n % 9))).run(db).is_err());
        assert_eq!(Author::copy((0..20).map(new)).run(db)?, 20);
        Ok::<_, Error>(())
    })?;
    assert_eq!(Author::all().count(&db)?, 22);
    Ok(())
}

#[test]
fn every_kind_of_column_is_copied() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let new = |title: &str| {
        let details = Details {
            pages: 7,
            language: "x\ty".to_owned(),
            weight: Some(0.25),
            awards: vec![],
            signed: true,
        };
        book(&ada, title, "10.50")
            .genre(Genre::ScienceFiction)
            .tags(vec!["a\\b".to_owned()])
            .details(Json(details))
            .isbn(Isbn("i".to_owned()))
            .published("2024-05-01T09:30:00.5".parse::<DateTime>().expect("a time"))
            .cover(vec![0, 9, 10, 13, 92, 255])
            .in_print(false)
    };
    let one = Book::insert(new("One")).one(&db)?;
    assert_eq!(Book::copy(vec![new("Two")]).run(&db)?, 1);
    let two = Book::all().filter(Book::TITLE.eq("Two")).one(&db)?;
    assert_eq!(Book { id: one.id, title: one.title.clone(), ..two }, one);
    Token::copy((0..50_i16).map(|n| NewToken::new(Time::constant(1, 2, 3, 4_000), n, 0.5)))
        .run(&db)?;
    assert_eq!(Token::all().filter(Token::WEIGHT.eq(0.5)).count(&db)?, 50);
    Ok(())
}
