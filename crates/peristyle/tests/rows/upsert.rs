use peristyle::prelude::*;
use peristyle::{Incoming, Result};

use crate::schema::*;

#[test]
fn a_new_row_is_inserted() -> Result<()> {
    let db = library();
    let new = NewAuthor::new("ada@example.org").name("Ada");
    let row = Author::insert(new).or_update(Author::EMAIL_KEY).one(&db)?;
    assert_eq!(row.name.as_deref(), Some("Ada"));
    Ok(())
}

#[test]
fn an_existing_row_takes_what_is_given_and_keeps_its_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let new = NewAuthor::new("ada@example.org").name("Countess");
    let row = Author::insert(new).or_update(Author::EMAIL_KEY).one(&db)?;
    assert_eq!(row.id, ada.id);
    assert_eq!(row.name.as_deref(), Some("Countess"));
    assert_eq!(row.created_at, ada.created_at);
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}

#[test]
fn what_the_insert_leaves_out_is_kept() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let row = Author::insert(NewAuthor::new("ada@example.org").karma(3));
    let row = row.or_update(Author::EMAIL_KEY).one(&db)?;
    assert_eq!((row.name.as_deref(), row.karma), (Some("Ada"), 3));
    let token = NewToken::new(Time::midnight(), 1i16, 1.0f32);
    let token = Token::insert(token).one(&db)?;
    let again = NewToken::new(Time::midnight(), 2i16, 1.0f32).id(token.id);
    let again = Token::insert(again).or_update(Token::PRIMARY_KEY).one(&db)?;
    assert_eq!((again.secret, again.level), (token.secret, 2));
    Ok(())
}

#[test]
fn rows_that_leave_out_different_columns_go_together() -> Result<()> {
    let db = library();
    for name in ["Ada", "Eve"] {
        author(&db, name);
    }
    let rows = [
        NewAuthor::new("ada@example.org").karma(1),
        NewAuthor::new("eve@example.org").name("Eva"),
        NewAuthor::new("kim@example.org"),
    ];
    let rows = Author::insert_many(rows).or_update(Author::EMAIL_KEY).all(&db)?;
    let rows: Vec<_> = rows.iter().map(|row| (row.name.as_deref(), row.karma)).collect();
    assert_eq!(rows, [(Some("Ada"), 1), (Some("Eva"), 0), (None, 0)]);
    Ok(())
}

#[test]
fn a_column_is_made_null_by_naming_it() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let row = Author::insert(NewAuthor::new("ada@example.org"));
    let row = row.or_update_only(Author::EMAIL_KEY, Author::NAME).one(&db)?;
    assert_eq!(row.name, None);
    Ok(())
}

#[test]
fn only_some_columns() -> Result<()> {
    let db = library();
    author(&db, "Ada");
    let new = NewAuthor::new("ada@example.org").name("Countess").karma(9);
    let row = Author::insert(new).or_update_only(Author::EMAIL_KEY, (Author::KARMA,)).one(&db)?;
    assert_eq!((row.name.as_deref(), row.karma), (Some("Ada"), 9));
    Ok(())
}

#[test]
fn on_update_is_set() -> Result<()> {
    let db = library();
    let old = Timestamp::constant(1_000_000_000, 0);
    Author::insert(NewAuthor::new("a@example.org").updated_at(old)).run(&db)?;
    let row = Author::insert(NewAuthor::new("a@example.org").karma(1))
        .or_update(Author::EMAIL_KEY)
        .one(&db)?;
    assert!(row.updated_at > old);
    Ok(())
}

#[test]
fn an_existing_row_is_kept_and_given_back() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let new = NewAuthor::new("ada@example.org").name("Somebody else");
    assert_eq!(Author::insert(new.clone()).or_keep(Author::EMAIL_KEY).one(&db)?, ada);
    assert_eq!(Author::insert(new).or_keep(Author::EMAIL_KEY).run(&db)?, 0);
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}

#[test]
fn another_unique_key_still_refuses() {
    let db = library();
    let ada = author(&db, "Ada");
    let new = NewAuthor::new("other@example.org").id(ada.id);
    assert!(Author::insert(new).or_keep(Author::EMAIL_KEY).run(&db).is_err());
}

#[test]
fn on_the_primary_key() -> Result<()> {
    let db = library();
    Keyword::insert(NewKeyword::new("k", "old")).run(&db)?;
    let row =
        Keyword::insert(NewKeyword::new("k", "new")).or_update(Keyword::PRIMARY_KEY).one(&db)?;
    assert_eq!(row.r#type, "new");
    Ok(())
}

#[test]
fn on_a_composite_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let one = Book::insert(book(&ada, "Notes", "1")).one(&db)?;
    let two =
        Book::insert(book(&ada, "Notes", "2")).or_update(Book::AUTHOR_ID_TITLE_KEY).one(&db)?;
    assert_eq!((two.id, two.price), (one.id, decimal("2")));
    Ok(())
}

#[test]
fn on_a_partial_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let isbn = || Isbn("978".to_owned());
    Book::insert(book(&ada, "Old", "1").isbn(isbn()).in_print(false)).run(&db)?;
    Book::insert(book(&ada, "New", "1").isbn(isbn())).run(&db)?;
    let kept =
        Book::insert(book(&ada, "Newer", "1").isbn(isbn())).or_keep(Book::ISBN_KEY).run(&db)?;
    assert_eq!(kept, 0);
    assert_eq!(Book::all().count(&db)?, 2);
    Ok(())
}

#[test]
fn many_rows_of_which_some_exist() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows = || (6..18).map(|n| NewAuthor::new(format!("{n}@example.org")).karma(50));
    assert_eq!(Author::insert_many(rows()).or_keep(Author::EMAIL_KEY).run(&db)?, 6);
    assert_eq!(Author::all().filter(Author::KARMA.eq(50)).count(&db)?, 6);
    let rows = Author::insert_many(rows()).or_update(Author::EMAIL_KEY).all(&db)?;
    assert!(rows.len() == 12 && rows.iter().all(|author| author.karma == 50));
    assert_eq!(Author::all().count(&db)?, 18);
    Ok(())
}

#[test]
fn an_expression_over_the_row_that_is_there_and_the_new_one() -> Result<()> {
    let db = library();
    let new = || NewAuthor::new("ada@example.org").karma(5);
    let count_up = || {
        Author::insert(new())
            .or_set(
                Author::EMAIL_KEY,
                Author::KARMA,
                Author::KARMA.plus(Author::KARMA.of(Incoming)),
            )
            .or_set(Author::EMAIL_KEY, Author::NAME, "twice")
    };
    let first = count_up().one(&db)?;
    assert_eq!((first.karma, first.name), (5, None));
    let second = count_up().one(&db)?;
    assert_eq!((second.id, second.karma, second.name.as_deref()), (first.id, 10, Some("twice")));
    let both = Author::insert_many([new(), NewAuthor::new("eve@example.org")])
        .or_set(Author::EMAIL_KEY, Author::KARMA, Author::KARMA * 2 + 1)
        .all(&db)?;
    let karma: Vec<i64> = both.iter().map(|author| author.karma).collect();
    assert_eq!(karma, [21, 0]);
    Ok(())
}
