use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn get_by_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    assert_eq!(Author::get(&ada.id).one(&db)?, ada);
    assert_eq!(Author::get(ada.id.clone()).optional(&db)?, Some(ada));
    Ok(())
}

#[test]
fn get_by_composite_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let since = Date::constant(2020, 2, 29);
    let member = Membership::insert(NewMembership::new(ada.id.clone(), "Chess", since)).one(&db)?;
    let key = (ada.id.clone(), "Chess".to_owned());
    assert_eq!(Membership::get(&key).one(&db)?, member);
    assert!(!Membership::get((ada.id, "Go".to_owned())).exists(&db)?);
    Ok(())
}

#[test]
fn a_key_that_is_not_there() -> Result<()> {
    let db = library();
    let nobody = Id::<Author>::new("nobody");
    assert!(matches!(Author::get(&nobody).one(&db), Err(Error::NotFound { table: "authors" })));
    assert_eq!(Author::get(&nobody).optional(&db)?, None);
    assert_eq!(Author::get(&nobody).count(&db)?, 0);
    Ok(())
}

#[test]
fn one_of_several_is_too_many() -> Result<()> {
    let db = library();
    dozen(&db);
    let several = || Author::all().filter(Author::KARMA.lt(2));
    assert!(matches!(several().one(&db), Err(Error::TooMany { table: "authors" })));
    assert!(matches!(several().optional(&db), Err(Error::TooMany { .. })));
    assert!(several().order(Author::KARMA.desc()).first(&db)?.is_some_and(|a| a.karma == 1));
    Ok(())
}

#[test]
fn order_limit_and_offset() -> Result<()> {
    let db = library();
    dozen(&db);
    let karma = |query: Query<Author>| -> Result<Vec<i64>> {
        Ok(query.all(&db)?.iter().map(|author| author.karma).collect())
    };
    assert_eq!(karma(Author::all().order(Author::KARMA.desc()).limit(3))?, [11, 10, 9]);
    assert_eq!(karma(Author::all().order(Author::KARMA.asc()).offset(10))?, [10, 11]);
    assert_eq!(karma(Author::all().order(Author::KARMA.asc()).limit(2).offset(4))?, [4, 5]);
    assert_eq!(karma(Author::all().limit(0))?.len(), 0);
    Ok(())
}

#[test]
fn several_orders_count_one_after_the_other() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows = Author::all().order(Author::NAME.desc()).order(Author::KARMA.desc()).all(&db)?;
    let karma: Vec<i64> = rows.iter().map(|author| author.karma).collect();
    assert_eq!(karma, [10, 8, 6, 4, 2, 0, 11, 9, 7, 5, 3, 1]);
    Ok(())
}

#[test]
fn count_and_exists() -> Result<()> {
    let db = library();
    dozen(&db);
    assert_eq!(Author::all().count(&db)?, 12);
    assert_eq!(Author::all().filter(Author::NAME.is_null()).count(&db)?, 6);
    assert_eq!(Author::all().limit(5).count(&db)?, 5);
    assert_eq!(Author::all().order(Author::KARMA.asc()).offset(10).count(&db)?, 2);
    assert!(Author::all().filter(Author::KARMA.eq(3)).exists(&db)?);
    assert!(!Author::all().filter(Author::KARMA.eq(33)).exists(&db)?);
    Ok(())
}

#[test]
fn a_query_keeps_its_type_whatever_is_added() -> Result<()> {
    fn search(name: Option<&str>, least: Option<i64>, newest: bool) -> Query<Author> {
        let mut query = Author::all().filter(name.map(|name| Author::NAME.eq(name)));
        if let Some(least) = least {
            query = query.filter(Author::KARMA.ge(least));
        }
        if newest { query.order(Author::KARMA.desc()).limit(1) } else { query }
    }
    let db = library();
    dozen(&db);
    assert_eq!(search(None, None, false).count(&db)?, 12);
    assert_eq!(search(Some("Author 04"), None, false).one(&db)?.karma, 4);
    assert_eq!(search(None, Some(5), false).count(&db)?, 7);
    assert_eq!(search(None, Some(5), true).one(&db)?.karma, 11);
    Ok(())
}

#[test]
fn a_query_can_be_run_again() -> Result<()> {
    let db = library();
    let query = Author::all().filter(Author::KARMA.ge(0));
    assert_eq!(query.clone().count(&db)?, 0);
    dozen(&db);
    assert_eq!(query.count(&db)?, 12);
    Ok(())
}

#[test]
fn some_columns() -> Result<()> {
    let db = library();
    dozen(&db);
    let rows: Vec<(i64, Option<String>)> = Author::all()
        .filter(Author::KARMA.le(1))
        .order(Author::KARMA.asc())
        .select((Author::KARMA, Author::NAME))
        .all(&db)?;
    assert_eq!(rows, [(0, Some("Author 00".to_owned())), (1, None)]);
    let email = Author::all().filter(Author::KARMA.eq(3)).select(Author::EMAIL).one(&db)?;
    assert_eq!(email, "3@example.org");
    Ok(())
}

#[test]
fn a_view_is_read_like_a_table() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let prices = ["19.99", "20", "20.01", "99"];
    let books = prices.iter().map(|price| book(&ada, &format!("At {price}"), price));
    Book::insert_many(books).run(&db)?;
    let expensive = ExpensiveBook::all().order(ExpensiveBook::PRICE.desc()).all(&db)?;
    let titles: Vec<&str> = expensive.iter().map(|book| book.title.as_str()).collect();
    assert_eq!(titles, ["At 99", "At 20.01"]);
    assert_eq!(ExpensiveBook::all().filter(ExpensiveBook::PRICE.lt(decimal("50"))).count(&db)?, 1);
    Ok(())
}

#[test]
fn names_that_are_keywords() -> Result<()> {
    let db = library();
    Keyword::insert(NewKeyword::new("k", "t").group_name("g")).one(&db)?;
    let found = Keyword::all()
        .filter(Keyword::KEY.eq("k") & Keyword::TYPE.eq("t") & Keyword::GROUP_NAME.eq("g"))
        .order(Keyword::SELECT.desc())
        .one(&db)?;
    assert_eq!(found.r#type, "t");
    Keyword::update("k").set(Keyword::GROUP_NAME, None::<String>).one(&db)?;
    assert_eq!(Keyword::delete("k").run(&db)?, 1);
    Ok(())
}
