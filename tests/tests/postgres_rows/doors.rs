//! Several doors to one server, synchronous and asynchronous.

use std::time::Duration;

use peristyle::prelude::*;
use peristyle::{Error, Result, Threading};

use crate::database::template;
use crate::schema::*;

#[tokio::test]
async fn the_same_query_through_the_asynchronous_door() -> Result<()> {
    let db = template().db().await?;
    let ada = Author::insert(NewAuthor::new("ada@example.org")).one(&db).await?;
    assert_eq!(Author::get(&ada.id).one(&db).await?, ada);
    Book::insert(book(&ada, "A", "1")).run(&db).await?;
    let books = Book::AUTHOR.children_of([&ada]).load(&db).await?;
    assert_eq!(books.of(0).len(), 1);
    assert_eq!(Author::all().page(10, None, &db).await?.rows, [ada]);
    let failed: Result<()> = db
        .transaction(|db| {
            author(db, "Eve");
            Author::insert(NewAuthor::new("ada@example.org")).run(db)?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Error::Unique { .. })));
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_tasks_share_four_connections() -> Result<()> {
    let library = template().db().await?;
    let db = Db::options().connections(4).open(library.url().expect("a server")).await?;
    let tasks: Vec<_> = (0..32)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..20 {
                    let new = NewAuthor::new(format!("{task} {n}")).karma(n);
                    let author = Author::insert(new).one(&db).await?;
                    assert_eq!(Author::get(&author.id).one(&db).await?, author);
                }
                Ok::<_, Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic")?;
    }
    assert_eq!(Author::all().count(&db).await?, 640);
    let sessions = "CREATE OR REPLACE VIEW expensive_books AS SELECT count(*) AS id, ''::text AS title, 0.0::numeric(10, 2) AS price
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let watcher = Connection::open(library.url().expect("a server"))?;
    watcher.execute_script(sessions)?;
    let others = *ExpensiveBook::all().one(&watcher)?.id.key();
    assert!(others <= 5, "{others} sessions for 4 connections and the one of the test");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bookings_of_one_place_exactly_one_wins() -> Result<()> {
    let db = template().db().await?;
    let ada = Author::insert(NewAuthor::new("ada@example.org")).one(&db).await?;
    for round in 0..50 {
        let isbn = Isbn(format!("isbn {round}"));
        let take = |title: &str| {
            let title = format!("{title} {round}");
            Book::insert(book(&ada, &title, "1").isbn(isbn.clone())).one(&*db)
        };
        let (first, second) = tokio::join!(take("first"), take("second"));
        let lost = match (first, second) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            (first, second) => panic!("{first:?} {second:?}"),
        };
        assert!(
            matches!(&lost, Error::Unique { constraint: Some(name), .. } if name == "books_isbn_in_print"),
            "{lost:?}"
        );
    }
    assert_eq!(Book::all().count(&db).await?, 50);
    Ok(())
}

#[tokio::test]
async fn work_that_panics_is_an_error_and_leaves_no_transaction_open() -> Result<()> {
    let library = template().db().await?;
    let db = Db::options().connections(1).open(library.url().expect("a server")).await?;
    let panicked: Result<()> = db
        .transaction(|db| {
            author(db, "Ada");
            panic!("on purpose");
        })
        .await;
    assert!(matches!(panicked, Err(Error::Interrupted { .. })), "{panicked:?}");
    Author::insert(NewAuthor::new("ada@example.org")).run(&db).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    // A transaction that somebody opened in a script and forgot does not go back into the pool.
    db.run(|db| db.execute_script("BEGIN; DELETE FROM authors")).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_dropped_future_leaves_no_connection_lost() -> Result<()> {
    let library = template().db().await?;
    let db = Db::options().connections(1).open(library.url().expect("a server")).await?;
    for n in 0..40 {
        let slow = Author::all().count(&db);
        let _ = tokio::time::timeout(Duration::from_micros(n * 5), slow).await;
        let write = Author::insert(NewAuthor::new(format!("{n}@example.org"))).run(&db);
        let _ = tokio::time::timeout(Duration::from_micros(n * 5), write).await;
    }
    let written = Author::all().count(&db).await?;
    Author::insert(NewAuthor::new("last@example.org")).run(&db).await?;
    assert!(Author::all().count(&db).await? > written);
    Ok(())
}

/// Ends every other session of the database.
const END: &str = "DO $$ BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid(); END $$";

#[tokio::test]
async fn connections_that_were_lost_are_replaced() -> Result<()> {
    let library = template().db().await?;
    let url = library.url().expect("a server").to_owned();
    let db = Db::open(&url).await?;
    Author::insert(NewAuthor::new("a@example.org")).run(&db).await?;
    for _ in 0..3 {
        Connection::open(&url)?.execute_script(END)?;
        assert_eq!(Author::all().count(&db).await?, 1);
    }
    // In the middle of work it is an error, and the next work is good again.
    let lost: Result<u64> = db
        .transaction(move |db| {
            author(db, "Ada");
            Connection::open(&url)?.execute_script(END)?;
            Author::all().count(db)
        })
        .await;
    assert!(matches!(lost, Err(Error::Connection { .. })), "{lost:?}");
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn behind_a_pooler_nothing_is_kept_in_the_session() -> Result<()> {
    let library = template().db().await?;
    let url = library.url().expect("a server");
    let mark = if url.contains('?') { '&' } else { '?' };
    for (options, url) in [
        (Db::options().pooled(true), url.to_owned()),
        (Db::options(), format!("{url}{mark}pgbouncer=true")),
    ] {
        let db = options.connections(1).open(&url).await?;
        for n in 0..3 {
            let ada = Author::insert(NewAuthor::new(format!("{n} {url}"))).one(&db).await?;
            assert_eq!(Author::get(&ada.id).one(&db).await?, ada);
            // Another session has none of what this one prepared.
            db.run(|db| db.execute_script("DISCARD ALL")).await?;
        }
        db.run(|db| {
            db.execute_script(
                "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_prepared_statements WHERE name <> '') = 0; END $$",
            )
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn short_reads_can_run_where_they_are_awaited() -> Result<()> {
    let library = template().db().await?;
    let url = library.url().expect("a server");
    let db = Db::options().threading(Threading::InlineReads).open(url).await?;
    Author::insert(NewAuthor::new("a@example.org")).run(&db).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let url = "postgres://me:hunter2@127.0.0.1:1/app";
    let error = Db::open(url).await.expect_err("refused");
    let words = error.to_string();
    assert!(words.contains("127.0.0.1") && !words.contains("hunter2"), "{words}");
}
