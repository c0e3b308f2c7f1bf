//! A database for each test.

use peristyle::prelude::*;
use peristyle::testing::Template;
use peristyle::{Error, Result};

use crate::database::{SQL, server, template};
use crate::schema::*;

#[test]
fn copies_see_nothing_of_each_other_and_are_gone_at_their_end() -> Result<()> {
    let (one, two) = (template().connection()?, template().connection()?);
    author(&one, "Ada");
    assert_eq!((Author::all().count(&one)?, Author::all().count(&two)?), (1, 0));
    let url = one.url().expect("a server").to_owned();
    let also = Connection::open(&url)?;
    assert_eq!(Author::all().count(&also)?, 1);
    drop(one);
    assert!(matches!(Connection::open(&url), Err(Error::Connection { .. })));
    Ok(())
}

#[test]
fn a_rolled_back_test_leaves_nothing() -> Result<()> {
    for _ in 0..3 {
        let db = template().rolled_back()?;
        assert_eq!(Author::all().count(&db)?, 0);
        author(&db, "Ada");
        // What the application does in a transaction of its own is a savepoint here.
        db.transaction(|db| {
            author(db, "Eve");
            Ok::<_, Error>(())
        })?;
        assert_eq!(Author::all().count(&db)?, 2);
    }
    Ok(())
}

#[test]
fn many_threads_that_want_the_first_copy_make_one_template() -> Result<()> {
    let fingerprint = format!("{SQL}{}", std::process::id());
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let fingerprint = fingerprint.clone();
            std::thread::spawn(move || -> Result<u64> {
                // Templates of their own, as in processes of their own.
                let template = Template::new(server(), &fingerprint, |database| {
                    database.batch(SQL)?;
                    database.batch("INSERT INTO log_lines VALUES ('made', now())")
                })?;
                let db = template.connection()?;
                LogLine::insert(NewLogLine::new("mine")).run(&db)?;
                LogLine::all().count(&db)
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic")?, 2);
    }
    Ok(())
}

#[test]
fn what_prepares_the_template_may_fail_and_is_tried_again() -> Result<()> {
    let fingerprint = format!("fails {}", std::process::id());
    let broken =
        Template::new(server(), &fingerprint, |database| database.batch("SELECT nothing"))?;
    assert!(matches!(broken.connection(), Err(Error::Preparation { .. })));
    let mended = Template::new(server(), &fingerprint, |database| database.batch(SQL))?;
    assert_eq!(Author::all().count(&mended.connection()?)?, 0);
    Ok(())
}

#[test]
fn without_a_server_the_error_says_what_can_be_done() -> Result<()> {
    let nowhere = "postgres://me:hunter2@127.0.0.1:1/app";
    let template = Template::new(nowhere, SQL, |database| database.batch(SQL))?;
    let words = template.connection().expect_err("refused").to_string();
    assert!(
        words.contains("start a PostgreSQL server") && words.contains("sqlite::memory:"),
        "{words}"
    );
    assert!(!words.contains("hunter2"), "{words}");
    Ok(())
}
