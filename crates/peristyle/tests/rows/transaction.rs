use peristyle::prelude::*;
use peristyle::{Error, Result};

use crate::schema::*;

fn count(db: &Connection) -> Result<u64> {
    Author::all().count(db)
}

#[test]
fn what_is_committed_stays() -> Result<()> {
    let db = library();
    let made = db.transaction(|db| Author::insert(NewAuthor::new("a@example.org")).one(db))?;
    assert_eq!(Author::all().one(&db)?, made);
    assert!(!db.in_transaction());
    Ok(())
}

#[test]
fn an_error_undoes_everything() -> Result<()> {
    let db = library();
    let failed: Result<()> = db.transaction(|db| {
        author(db, "Ada");
        author(db, "Eve");
        Author::insert(NewAuthor::new("ada@example.org")).run(db)?;
        Ok(())
    });
    assert!(matches!(failed, Err(Error::Unique { .. })));
    assert_eq!(count(&db)?, 0);
    assert!(!db.in_transaction());
    Ok(())
}

#[test]
fn an_error_of_the_application_undoes_too() -> Result<()> {
    #[derive(Debug)]
    enum Mine {
        Refused,
        Database(#[expect(dead_code, reason = "only its presence counts")] Error),
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Self {
            Self::Database(error)
        }
    }
    let db = library();
    let failed: Result<(), Mine> = db.transaction(|db| {
        author(db, "Ada");
        Err(Mine::Refused)
    });
    assert!(matches!(failed, Err(Mine::Refused)));
    assert_eq!(count(&db)?, 0);
    Ok(())
}

#[test]
fn a_guard_rolls_back_when_it_is_dropped() -> Result<()> {
    let db = library();
    {
        let transaction = db.begin()?;
        Author::insert(NewAuthor::new("a@example.org")).run(&transaction)?;
        assert_eq!(count(&transaction)?, 1);
    }
    assert_eq!(count(&db)?, 0);
    let transaction = db.begin()?;
    author(&transaction, "Ada");
    transaction.rollback()?;
    assert_eq!(count(&db)?, 0);
    let transaction = db.begin()?;
    author(&transaction, "Ada");
    transaction.commit()?;
    assert_eq!(count(&db)?, 1);
    Ok(())
}

#[test]
fn a_savepoint_undoes_its_own_part() -> Result<()> {
    let db = library();
    db.transaction(|db| {
        author(db, "Outer");
        let inner: Result<()> = db.transaction(|db| {
            author(db, "Inner");
            let innermost: Result<()> = db.transaction(|db| {
                author(db, "Innermost");
                Err(Error::Busy)
            });
            assert!(innermost.is_err());
            assert_eq!(count(db)?, 2);
            Err(Error::Busy)
        });
        assert!(inner.is_err());
        author(db, "Later");
        Ok::<_, Error>(())
    })?;
    let names = Author::all().order(Author::NAME.asc()).select(Author::NAME).all(&db)?;
    assert_eq!(names, [Some("Later".to_owned()), Some("Outer".to_owned())]);
    Ok(())
}

#[test]
fn a_committed_savepoint_goes_with_its_transaction() -> Result<()> {
    let db = library();
    let outer = db.begin()?;
    let inner = outer.begin()?;
    author(&inner, "Ada");
    inner.commit()?;
    assert_eq!(count(&outer)?, 1);
    outer.rollback()?;
    assert_eq!(count(&db)?, 0);
    Ok(())
}

#[test]
fn a_panic_undoes_and_leaves_the_connection_usable() -> Result<()> {
    let db = library();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<()> = db.transaction(|db| {
            author(db, "Ada");
            panic!("on purpose");
        });
    }));
    assert!(panicked.is_err());
    assert!(!db.in_transaction());
    assert_eq!(count(&db)?, 0);
    author(&db, "Eve");
    assert_eq!(count(&db)?, 1);
    Ok(())
}

#[test]
fn many_rows_inside_a_transaction_take_a_savepoint() -> Result<()> {
    let db = library();
    db.transaction(|db| {
        author(db, "4999");
        let rows = (0..5_000).map(|n| NewAuthor::new(format!("{n}@example.org")));
        assert!(Author::insert_many(rows).run(db).is_err());
        assert_eq!(count(db)?, 1);
        Ok::<_, Error>(())
    })?;
    assert_eq!(count(&db)?, 1);
    Ok(())
}
