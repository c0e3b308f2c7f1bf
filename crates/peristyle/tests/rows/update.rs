use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn one_row_by_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let changed = Author::update(&ada.id).set(Author::NAME, "Countess").one(&db)?;
    assert_eq!(changed.name.as_deref(), Some("Countess"));
    assert_eq!(changed.email, ada.email);
    assert_eq!(Author::get(&ada.id).one(&db)?, changed);
    Ok(())
}

#[test]
fn by_composite_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let since = Date::constant(2020, 1, 1);
    for club in ["Chess", "Go"] {
        Membership::insert(NewMembership::new(ada.id.clone(), club, since)).run(&db)?;
    }
    let later = Date::constant(2021, 1, 1);
    let key = (ada.id.clone(), "Go".to_owned());
    assert_eq!(Membership::update(&key).set(Membership::SINCE, later).run(&db)?, 1);
    assert_eq!(Membership::all().filter(Membership::SINCE.eq(later)).one(&db)?.club, "Go");
    Ok(())
}

#[test]
fn to_null() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let changed = Author::update(&ada.id).set(Author::NAME, None).one(&db)?;
    assert_eq!(changed.name, None);
    Ok(())
}

#[test]
fn by_filter_with_an_expression() -> Result<()> {
    let db = library();
    dozen(&db);
    let changed = Author::update_all()
        .filter(Author::KARMA.ge(10))
        .set(Author::KARMA, Author::KARMA * 10 + 1)
        .all(&db)?;
    let mut karma: Vec<i64> = changed.iter().map(|author| author.karma).collect();
    karma.sort_unstable();
    assert_eq!(karma, [101, 111]);
    assert_eq!(Author::update_all().set(Author::NAME, Author::EMAIL).run(&db)?, 12);
    Ok(())
}

#[test]
fn expressions_see_the_row_as_it_was() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let changed = Author::update(&ada.id)
        .set(Author::NAME, Author::EMAIL)
        .set(Author::EMAIL, Author::NAME.coalesce("?"))
        .one(&db)?;
    assert_eq!((changed.name.as_deref(), &*changed.email), (Some("ada@example.org"), "Ada"));
    Ok(())
}

#[test]
fn a_patch_changes_what_it_gives() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let patch = AuthorPatch { karma: Some(7), name: Some(None), ..AuthorPatch::default() };
    let changed = Author::update(&ada.id).patch(patch).one(&db)?;
    assert_eq!((changed.karma, changed.name), (7, None));
    assert_eq!(changed.email, "ada@example.org");
    Ok(())
}

#[test]
fn an_empty_patch_changes_nothing_and_gives_the_row() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    assert_eq!(Author::update(&ada.id).patch(AuthorPatch::default()).one(&db)?, ada);
    let nobody = Id::<Author>::new("nobody");
    let none = Author::update(&nobody).patch(AuthorPatch::default()).one(&db);
    assert!(matches!(none, Err(Error::NotFound { .. })));
    Ok(())
}

#[test]
fn on_update_is_set_at_every_update() -> Result<()> {
    let db = library();
    let old = Timestamp::constant(1_000_000_000, 0);
    let ada =
        Author::insert(NewAuthor::new("a@example.org").updated_at(old).created_at(old)).one(&db)?;
    assert_eq!(ada.updated_at, old);
    let changed = Author::update(&ada.id).set(Author::KARMA, 1).one(&db)?;
    assert!(changed.updated_at > old);
    assert_eq!(changed.created_at, old);
    let set = Author::update(&ada.id).set(Author::UPDATED_AT, old).one(&db)?;
    assert_eq!(set.updated_at, old);
    Ok(())
}

#[test]
fn the_last_value_set_counts() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let changed = Author::update(&ada.id)
        .set(Author::KARMA, 1)
        .set(Author::NAME, "Between")
        .set(Author::KARMA, Author::KARMA + 5)
        .filter(Author::EMAIL.eq("ada@example.org"))
        .one(&db)?;
    assert_eq!((changed.karma, changed.name.as_deref()), (5, Some("Between")));
    Ok(())
}

#[test]
fn no_row_is_not_found() {
    let db = library();
    let nobody = Id::<Author>::new("nobody");
    assert_eq!(Author::update(&nobody).set(Author::KARMA, 1).run(&db).ok(), Some(0));
    let none = Author::update(&nobody).set(Author::KARMA, 1).one(&db);
    assert!(matches!(none, Err(Error::NotFound { table: "authors" })));
}

#[test]
fn one_of_several_changes_none() -> Result<()> {
    let db = library();
    dozen(&db);
    let several = Author::update_all().set(Author::KARMA, 50).one(&db);
    assert!(matches!(several, Err(Error::TooMany { .. })));
    assert_eq!(Author::all().filter(Author::KARMA.eq(50)).count(&db)?, 0);
    Ok(())
}

#[test]
fn a_condition_makes_an_update_safe_against_others() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let claim =
        || Author::update(&ada.id).filter(Author::KARMA.eq(0)).set(Author::KARMA, 1).run(&db);
    assert_eq!(claim()?, 1);
    assert_eq!(claim()?, 0);
    Ok(())
}
