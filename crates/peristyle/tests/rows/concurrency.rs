//! Several doors to one file, synchronous and asynchronous.

use std::sync::Arc;
use std::time::Duration;

use peristyle::prelude::*;
use peristyle::{DbOptions, Error, Result, Threading, TimedOut};
use tempfile::TempDir;

use crate::database::create;
use crate::schema::*;

fn file() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("library.db").display());
    create(&Connection::open(&url).expect("the file is made"));
    (folder, url)
}

#[tokio::test]
async fn the_same_query_through_the_asynchronous_door() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::open(&url).await?;
    let ada = Author::insert(NewAuthor::new("ada@example.org")).one(&db).await?;
    assert_eq!(Author::get(&ada.id).one(&db).await?, ada);
    assert_eq!(Author::all().filter(Author::EMAIL.eq("ada@example.org")).count(&db).await?, 1);
    let changed = Author::update(&ada.id).set(Author::KARMA, 5).one(&db).await?;
    assert_eq!(changed.karma, 5);
    Book::insert(book(&ada, "A", "1")).run(&db).await?;
    let books = Book::AUTHOR.children_of([&ada]).load(&db).await?;
    assert_eq!(books.of(0).len(), 1);
    let page = Author::all().page(10, None, &db).await?;
    assert_eq!(page.rows, [changed]);
    assert_eq!(Author::delete(&ada.id).run(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_database_in_memory_has_an_asynchronous_door_too() -> Result<()> {
    let db = Db::open("sqlite::memory:").await?;
    db.run(|connection| {
        create(connection);
        Ok::<_, Error>(())
    })
    .await?;
    Author::insert(NewAuthor::new("a@example.org")).run(&db).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_transaction_is_one_hop_and_all_or_none() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::open(&url).await?;
    let failed: Result<()> = db
        .transaction(|db| {
            author(db, "Ada");
            Author::insert(NewAuthor::new("ada@example.org")).run(db)?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Error::Unique { .. })));
    assert_eq!(Author::all().count(&db).await?, 0);
    db.transaction(|db| Author::insert(NewAuthor::new("ada@example.org")).one(db)).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn readers_cannot_write() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::open(&url).await?;
    let refused = db.read(|db| Author::insert(NewAuthor::new("a@example.org")).run(db)).await;
    assert!(matches!(refused, Err(Error::Database { .. })), "{refused:?}");
    assert_eq!(Author::all().count(&db).await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bookings_of_one_place_exactly_one_wins() -> Result<()> {
    let (_folder, url) = file();
    let one = Db::open(&url).await?;
    let two = Db::open(&url).await?;
    let ada = Author::insert(NewAuthor::new("ada@example.org")).one(&one).await?;
    for round in 0..50 {
        let isbn = Isbn(format!("isbn {round}"));
        let take = |db: &Db, title: &str| {
            let title = format!("{title} {round}");
            Book::insert(book(&ada, &title, "1").isbn(isbn.clone())).one(db)
        };
        let (first, second) = tokio::join!(take(&one, "first"), take(&two, "second"));
        let lost = match (first, second) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            (first, second) => panic!("{first:?} {second:?}"),
        };
        assert!(
            matches!(&lost, Error::Unique { constraint: Some(name), .. } if name == "books_isbn_in_print"),
            "{lost:?}"
        );
    }
    assert_eq!(Book::all().count(&one).await?, 50);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_readers_and_a_writer() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::options().readers(4).open(&url).await?;
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for n in 0..100 {
                Author::insert(NewAuthor::new(format!("{n}@example.org")).karma(n))
                    .run(&db)
                    .await?;
            }
            Ok::<_, Error>(())
        }
    });
    let readers: Vec<_> = (0..32)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut before = 0;
                for _ in 0..20 {
                    let count = Author::all().count(&db).await?;
                    assert!(count >= before);
                    before = count;
                }
                Ok::<_, Error>(())
            })
        })
        .collect();
    for reader in readers {
        reader.await.expect("no panic")?;
    }
    writer.await.expect("no panic")?;
    assert_eq!(Author::all().count(&db).await?, 100);
    Ok(())
}

#[test]
fn threads_with_connections_of_their_own_lose_nothing() -> Result<()> {
    let (_folder, url) = file();
    let url = Arc::new(url);
    let counter = author(&Connection::open(&url)?, "Counter");
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (url, id) = (Arc::clone(&url), counter.id.clone());
            std::thread::spawn(move || -> Result<()> {
                let db = Connection::open(&url)?;
                for _ in 0..50 {
                    db.transaction(|db| {
                        let karma = Author::get(&id).one(db)?.karma;
                        Author::update(&id).set(Author::KARMA, karma + 1).run(db)
                    })?;
                }
                Ok(())
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic")?;
    }
    assert_eq!(Author::all().one(&Connection::open(&url)?)?.karma, 200);
    Ok(())
}

#[test]
fn a_writer_that_does_not_finish_makes_others_busy() -> Result<()> {
    let (_folder, url) = file();
    let holder = Connection::open(&url)?;
    let transaction = holder.begin()?;
    author(&transaction, "Ada");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let options = DbOptions::default().busy_timeout(Duration::from_millis(20));
        let db = options.open(&url).await?;
        let refused = Author::insert(NewAuthor::new("b@example.org")).run(&db).await;
        assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
        assert_eq!(Author::all().count(&db).await?, 0);
        Ok::<_, Error>(())
    })?;
    transaction.commit()?;
    assert_eq!(Author::all().count(&holder)?, 1);
    Ok(())
}

#[tokio::test]
async fn work_that_panics_is_an_error_and_the_connection_lives_on() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::open(&url).await?;
    let panicked: Result<()> = db
        .transaction(|db| {
            author(db, "Ada");
            panic!("on purpose");
        })
        .await;
    assert!(matches!(panicked, Err(Error::Interrupted { .. })), "{panicked:?}");
    Author::insert(NewAuthor::new("ada@example.org")).run(&db).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_dropped_future_leaves_no_connection_lost() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::options().readers(1).open(&url).await?;
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

#[tokio::test]
async fn short_reads_can_run_where_they_are_awaited() -> Result<()> {
    let (_folder, url) = file();
    let db = Db::options().threading(Threading::InlineReads).open(&url).await?;
    Author::insert(NewAuthor::new("a@example.org")).run(&db).await?;
    assert_eq!(Author::all().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_says_which() {
    let error = Db::open("sqlite:/no/such/folder/x.db").await.expect_err("refused");
    assert!(error.to_string().contains("/no/such/folder/x.db"), "{error}");
    let error = Db::open("mysql://localhost/x").await.expect_err("refused");
    assert!(error.to_string().contains("sqlite:path.db"), "{error}");
}

#[tokio::test]
async fn who_waits_for_a_connection_waits_no_longer_than_is_said() -> Result<()> {
    let options = Db::options().acquire_timeout(std::time::Duration::from_millis(20));
    let db = options.open("sqlite::memory:").await?;
    let (held, let_go) = std::sync::mpsc::channel::<()>();
    let long = tokio::spawn(db.run(move |_| {
        // It ends when the other end is dropped.
        let _ = let_go.recv();
        Ok::<_, peristyle::Error>(())
    }));
    while db.metrics().busy == 0 {
        tokio::task::yield_now().await;
    }
    let waited = db.run(|_| Ok::<_, peristyle::Error>(())).await;
    assert!(
        matches!(waited, Err(Error::Timeout { of: TimedOut::Connection { connections: 1 }, .. })),
        "{waited:?}"
    );
    drop(held);
    long.await.expect("no panic")?;
    db.run(|_| Ok::<_, peristyle::Error>(())).await?;
    let metrics = db.metrics();
    assert_eq!((metrics.busy, metrics.idle, metrics.leases, metrics.waits), (0, 1, 3, 1));
    Ok(())
}

#[test]
fn work_that_ran_into_another_transaction_is_run_again() -> Result<()> {
    let db = Connection::open("sqlite::memory:")?;
    db.execute_script("CREATE TABLE t (a INTEGER)")?;
    let tries = std::cell::Cell::new(0);
    let work = |db: &Connection| {
        tries.set(tries.get() + 1);
        db.execute_script("INSERT INTO t VALUES (1)")?;
        if tries.get() < 3 { Err(peristyle::Error::Busy) } else { Ok(tries.get()) }
    };
    assert_eq!(db.retrying(peristyle::Isolation::Serializable, work)?, 3);
    // What was tried in vain is undone.
    assert_eq!(peristyle::sql!("SELECT count(*) FROM t").one::<i64, _>(&db)?, 1);
    tries.set(0);
    let in_vain = db.retrying(peristyle::Isolation::Serializable, |_| {
        tries.set(tries.get() + 1);
        Err::<(), _>(peristyle::Error::Busy)
    });
    assert!(matches!(in_vain, Err(peristyle::Error::Busy)));
    assert_eq!(tries.get(), 6);
    tries.set(0);
    let refused = db.retrying(peristyle::Isolation::Serializable, |_| {
        tries.set(tries.get() + 1);
        Err::<(), _>(peristyle::Error::NotFound { table: "t" })
    });
    assert!(matches!(refused, Err(peristyle::Error::NotFound { .. })));
    assert_eq!(tries.get(), 1);
    Ok(())
}
