use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

#[test]
fn by_key() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    assert_eq!(Author::delete(&ada.id).run(&db)?, 1);
    assert_eq!(Author::delete(&ada.id).run(&db)?, 0);
    Ok(())
}

#[test]
fn the_row_comes_back_as_it_was() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    assert_eq!(Author::delete(&ada.id).one(&db)?, ada);
    assert!(matches!(Author::delete(&ada.id).one(&db), Err(Error::NotFound { .. })));
    Ok(())
}

#[test]
fn by_filter() -> Result<()> {
    let db = library();
    dozen(&db);
    assert_eq!(Author::delete_all().filter(Author::NAME.is_null()).run(&db)?, 6);
    let gone = Author::delete_all().filter(Author::KARMA.lt(4)).all(&db)?;
    assert_eq!(gone.len(), 2);
    assert_eq!(Author::all().count(&db)?, 4);
    assert_eq!(Author::delete_all().run(&db)?, 4);
    Ok(())
}

#[test]
fn one_of_several_deletes_none() -> Result<()> {
    let db = library();
    dozen(&db);
    assert!(matches!(Author::delete_all().one(&db), Err(Error::TooMany { .. })));
    assert_eq!(Author::all().count(&db)?, 12);
    Ok(())
}

#[test]
fn children_go_or_lose_their_parent() -> Result<()> {
    let db = library();
    let ada = author(&db, "Ada");
    let eve = author(&db, "Eve");
    Book::insert(book(&ada, "A", "1")).run(&db)?;
    let edited = Book::insert(book(&eve, "B", "1").editor_id(ada.id.clone())).one(&db)?;
    Author::delete(&ada.id).run(&db)?;
    let left = Book::all().one(&db)?;
    assert_eq!((left.id, left.editor_id), (edited.id, None));
    Ok(())
}

#[test]
fn a_referenced_row_is_kept() -> Result<()> {
    let db = library();
    let boss = Employee::insert(NewEmployee::new("Boss")).one(&db)?;
    Employee::insert(NewEmployee::new("Clerk").boss_id(boss.id)).run(&db)?;
    let error = Employee::delete(boss.id).run(&db).expect_err("refused");
    assert!(matches!(error, Error::ForeignKey { .. }), "{error}");
    Ok(())
}
