//! Statements that take too long are stopped, and nothing else is.

use std::time::{Duration, Instant};

use peristyle::prelude::*;
use peristyle::{Error, Result, Sql, TimedOut, sql};

use crate::record;
use crate::schema::*;

const SHORT: Duration = Duration::from_millis(400);

/// A library whose statements are not compared: a statement that is stopped while it is prepared does not run.
#[track_caller]
fn unheard() -> Library {
    let db = library();
    record::stop();
    db
}

/// A statement that is never done.
fn endless() -> Sql {
    sql!("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n")
}

fn assert_stopped<T: std::fmt::Debug>(done: Result<T>, begun: Instant) {
    assert!(
        matches!(done, Err(Error::Timeout { waited: SHORT, of: TimedOut::Statement })),
        "{done:?}"
    );
    assert!(begun.elapsed() >= SHORT);
}

#[test]
fn a_query_is_stopped_when_its_time_is_over() -> Result<()> {
    let db = unheard();
    author(&db, "Ada");
    for _ in 0..3 {
        let begun = Instant::now();
        assert_stopped(endless().one::<i64, _>(db.within(SHORT)), begun);
        // The connection is as good as before, and a statement that is quick is not stopped.
        assert_eq!(Author::all().all(db.within(Duration::from_secs(60)))?.len(), 1);
    }
    Ok(())
}

#[test]
fn every_statement_of_a_connection_may_have_its_time() -> Result<()> {
    let db = unheard();
    db.set_statement_timeout(Some(SHORT));
    let begun = Instant::now();
    assert_stopped(endless().one::<i64, _>(&db), begun);
    // Each of them, not all together.
    let begun = Instant::now();
    while begun.elapsed() < SHORT * 2 {
        Author::all().count(&db)?;
    }
    db.set_statement_timeout(None);
    author(&db, "Ada");
    Ok(())
}

#[test]
fn a_transaction_that_takes_too_long_is_undone() -> Result<()> {
    let db = unheard();
    let begun = Instant::now();
    let done: Result<i64> = db.transaction_within(SHORT, |db| {
        author(db, "Ada");
        endless().one(db)
    });
    assert_stopped(done, begun);
    assert!(!db.in_transaction());
    assert_eq!(Author::all().count(&db)?, 0);
    // The end is that of all statements together: what begins behind it does not run.
    let done: Result<()> = db.transaction_within(SHORT, |db| {
        author(db, "Ada");
        std::thread::sleep(SHORT);
        Author::insert(NewAuthor::new("late@example.org")).run(db).map(drop)
    });
    assert_stopped(done, begun);
    assert_eq!(Author::all().count(&db)?, 0);
    db.transaction_within(Duration::from_secs(60), |db| {
        author(db, "Eve");
        Ok::<_, Error>(())
    })?;
    assert_eq!(Author::all().count(&db)?, 1);
    Ok(())
}

#[test]
fn what_is_done_behind_a_write_that_was_stopped_is_not_done_by_itself() -> Result<()> {
    let db = unheard();
    author(&db, "Ada");
    let done: Result<()> = db.transaction(|db| {
        author(db, "Eve");
        let write = sql!("INSERT INTO log_lines (message, at) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT 'x', created_at FROM authors, n");
        let stopped = write.run(db.within(SHORT));
        assert!(matches!(stopped, Err(Error::Timeout { .. })), "{stopped:?}");
        // The database has undone the transaction, or can only undo it now. A careless program goes on.
        let next = Author::insert(NewAuthor::new("next@example.org")).run(db);
        assert!(matches!(next, Err(Error::Aborted)), "{next:?}");
        let inner = db.transaction(|db| Author::all().count(db));
        assert!(inner.is_err(), "{inner:?}");
        Ok(())
    });
    assert!(matches!(done, Err(Error::Aborted)), "{done:?}");
    assert!(!db.in_transaction());
    assert_eq!(Author::all().select(Author::NAME).all(&db)?, [Some("Ada".to_owned())]);
    db.transaction(|db| {
        author(db, "Kim");
        Ok::<_, Error>(())
    })?;
    assert_eq!(Author::all().count(&db)?, 2);
    Ok(())
}
