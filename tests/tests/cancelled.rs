//! Random transactions of many tasks, with what goes wrong in production: futures that are dropped, closures that fail or panic, time
//! limits, too few connections, sessions that are ended and statements that are cancelled by somebody else. Behind it each transaction
//! has happened as a whole or not at all, and every connection is as good as new.
//!
//! `PERISTYLE_CANCELLED=500` sets how many rounds; `cargo xtask cancel` does the full number.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use peristyle::{Connection, Db, Error, Id, Isolation, Result, Table, sql};
use peristyle_tests::postgres::Database;
use peristyle_tests::random::Dice;

#[derive(Table, Debug, Clone, PartialEq)]
struct Account {
    #[key(auto)]
    id: Id<Account>,
    balance: i64,
}

/// A line of a transaction, which writes three.
#[derive(Table, Debug, Clone, PartialEq)]
#[unique(job, line)]
struct Entry {
    #[key(auto)]
    id: Id<Entry>,
    job: i64,
    line: i64,
}

/// How many rounds the normal run does.
const ROUNDS: u64 = 4;

const ACCOUNTS: i64 = 4;
const TASKS: u64 = 8;
const JOBS: u64 = 12;
const CONNECTIONS: usize = 3;

fn rounds() -> u64 {
    let asked = std::env::var("PERISTYLE_CANCELLED").ok();
    asked.map_or(ROUNDS, |rounds| rounds.parse().expect("a number"))
}

fn from() -> u64 {
    let asked = std::env::var("PERISTYLE_CANCELLED_FROM").ok();
    asked.map_or(0, |from| from.parse().expect("a number"))
}

/// What is known of a job whose future is over.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ended {
    Done,
    Undone,
    /// Nobody saw its end.
    Unknown,
}

/// How a job goes.
#[derive(Debug, Clone, Copy)]
enum Way {
    Plain,
    Fails,
    Panics,
    /// It goes on behind a part of it that fails.
    PartFails,
    PartFailsDeeper,
    TooLong,
    /// In the way of others, and run again where it can be.
    Retried,
    /// Its future is dropped after so many microseconds.
    Dropped(u64),
}

fn way(dice: &mut Dice) -> Way {
    match dice.below(10) {
        0 => Way::Fails,
        1 => Way::Panics,
        2 => Way::PartFails,
        3 => Way::PartFailsDeeper,
        4 => Way::TooLong,
        5 => Way::Retried,
        6 | 7 => Way::Dropped(dice.below(4000)),
        _ => Way::Plain,
    }
}

/// An error of our own.
fn refused() -> Error {
    Error::NotFound { table: "refused" }
}

/// Moves one unit, and writes three lines.
fn work(db: &Connection, job: i64, (one, other): (i64, i64)) -> Result<()> {
    let add = |account: i64, units: i64| {
        let id = Id::<Account>::new(account);
        Account::update(id).set(Account::BALANCE, Account::BALANCE + units).run(db)
    };
    Entry::insert(NewEntry::new(job, 0)).run(db)?;
    add(one, -1)?;
    Entry::insert(NewEntry::new(job, 1)).run(db)?;
    add(other, 1)?;
    Entry::insert(NewEntry::new(job, 2)).run(db)?;
    Ok(())
}

/// A part that fails, in a transaction of its own inside.
fn part_that_fails(db: &Connection, job: i64, deep: bool) -> Result<()> {
    let failed = db.transaction(|db| {
        Entry::insert(NewEntry::new(job, 7)).run(db)?;
        if deep {
            let inner = db.transaction(|db| {
                Entry::insert(NewEntry::new(job, 8)).run(db)?;
                // It is there already.
                Entry::insert(NewEntry::new(job, 7)).run(db).map(drop)
            });
            match inner {
                Err(Error::Unique { .. }) => {}
                other => return other,
            }
        }
        Err::<(), _>(refused())
    });
    match failed {
        Err(Error::NotFound { .. }) => Ok(()),
        other => other,
    }
}

async fn run_job(db: &Db, job: i64, way: Way, accounts: (i64, i64)) -> Ended {
    let done: Result<()> = match way {
        Way::Plain => db.transaction(move |db| work(db, job, accounts)).await,
        Way::Dropped(after) => {
            let pending = db.transaction(move |db| work(db, job, accounts));
            match tokio::time::timeout(Duration::from_micros(after), pending).await {
                Ok(done) => done,
                Err(_) => return Ended::Unknown,
            }
        }
        Way::Fails => {
            db.transaction(move |db| work(db, job, accounts).and_then(|()| Err(refused()))).await
        }
        Way::Panics => {
            db.transaction(move |db| {
                work(db, job, accounts)?;
                panic!("on purpose")
            })
            .await
        }
        Way::PartFails | Way::PartFailsDeeper => {
            let deep = matches!(way, Way::PartFailsDeeper);
            db.transaction(move |db| {
                part_that_fails(db, job, deep)?;
                work(db, job, accounts)?;
                part_that_fails(db, job, deep)
            })
            .await
        }
        Way::TooLong => {
            db.transaction_within(Duration::from_millis(15), move |db| {
                work(db, job, accounts)?;
                let endless = sql!("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n");
                endless.one::<i64, _>(db).map(drop)
            })
            .await
        }
        Way::Retried => {
            db.retrying(Isolation::Serializable, move |db| {
                Account::all().all(db)?;
                work(db, job, accounts)
            })
            .await
        }
    };
    match (way, done) {
        (Way::Fails | Way::Panics | Way::TooLong, Ok(())) => panic!("job {job} {way:?} succeeded"),
        (_, Ok(())) => Ended::Done,
        // The answer to a commit may have been lost.
        (_, Err(Error::Connection { .. })) => Ended::Unknown,
        (
            _,
            Err(
                Error::Timeout { .. }
                | Error::Conflict { .. }
                | Error::Busy
                | Error::Aborted
                | Error::NotFound { table: "refused" }
                | Error::Interrupted { .. },
            ),
        ) => Ended::Undone,
        // Cancelled by somebody else, also while it commits.
        (_, Err(Error::Database { code: Some(code), .. })) if code == "57014" => Ended::Undone,
        (_, Err(error)) => panic!("job {job} {way:?}: {error:?}"),
    }
}

/// A round: all jobs of all tasks.
async fn round(db: &Db, seed: u64) -> BTreeMap<i64, Ended> {
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                let dice = &mut Dice::of(seed.wrapping_mul(1000) + task);
                let mut ended = Vec::new();
                for number in 0..JOBS {
                    let job = (seed * 1000 + task * 100 + number) as i64;
                    let account = |dice: &mut Dice| dice.below(ACCOUNTS as u64) as i64 + 1;
                    let accounts = (account(dice), account(dice));
                    ended.push((job, run_job(&db, job, way(dice), accounts).await));
                }
                ended
            })
        })
        .collect();
    let mut ended = BTreeMap::new();
    for task in tasks {
        ended.extend(task.await.expect("a task does not panic"));
    }
    // What was dropped while it ran runs to its end.
    for _ in 0..2000 {
        if db.metrics().busy == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let metrics = db.metrics();
    assert_eq!(metrics.busy, 0, "round {seed}: a connection was not given back: {metrics:?}");
    assert!(metrics.idle <= metrics.connections, "round {seed}: {metrics:?}");
    ended
}

/// What must be true behind a round.
async fn check(db: &Db, seed: u64, ended: &BTreeMap<i64, Ended>) {
    // As many at once as there are connections, so that each of them is looked at.
    let connections = db.metrics().connections;
    let barrier = Arc::new(std::sync::Barrier::new(connections));
    let looks: Vec<_> = (0..connections)
        .map(|_| {
            let barrier = Arc::clone(&barrier);
            db.run(move |db| {
                barrier.wait();
                assert!(!db.in_transaction(), "a transaction was left open");
                let found = db.transaction(|db| {
                    let sum = Account::all().select(Account::BALANCE.sum()).one(db)?;
                    let entries = Entry::all().order(Entry::JOB.asc()).order(Entry::LINE.asc());
                    Ok::<_, Error>((sum, entries.select((Entry::JOB, Entry::LINE)).all(db)?))
                });
                // SQLite has one writer, who sees all of it.
                found
            })
        })
        .collect();
    for look in looks.into_iter().map(tokio::spawn).collect::<Vec<_>>() {
        let (sum, entries) = look.await.expect("no panic").expect("a usable connection");
        assert_eq!(sum, Some(0), "round {seed}: half of a transaction was done");
        let mut lines: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (job, line) in entries {
            lines.entry(job).or_default().push(line);
        }
        for (job, ended) in ended {
            let lines = lines.get(job).map_or(&[][..], Vec::as_slice);
            let whole = match lines {
                [] => false,
                [0, 1, 2] => true,
                half => panic!("round {seed}: of job {job} ({ended:?}) there is {half:?}"),
            };
            match ended {
                Ended::Done => assert!(whole, "round {seed}: job {job} was done and is lost"),
                Ended::Undone => assert!(!whole, "round {seed}: job {job} failed and is there"),
                Ended::Unknown => {}
            }
        }
    }
}

fn quiet_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.payload().downcast_ref::<&str>() != Some(&"on purpose") {
                before(panic);
            }
        }));
    });
}

const SQLITE: &str = "
CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
CREATE TABLE entries (id INTEGER PRIMARY KEY, job INTEGER NOT NULL, line INTEGER NOT NULL, UNIQUE (job, line));
INSERT INTO accounts (balance) VALUES (0), (0), (0), (0);";

const POSTGRES: &str = "
CREATE TABLE accounts (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE entries (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, job bigint NOT NULL, line bigint NOT NULL, UNIQUE (job, line));
INSERT INTO accounts (balance) VALUES (0), (0), (0), (0);";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_half_done_on_sqlite() {
    quiet_panics();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cancelled.db");
    let options = Db::options().acquire_timeout(Duration::from_millis(200));
    let db = options.open(&format!("sqlite:{}", path.display())).await.expect("a file");
    db.run(|db| db.execute_script(SQLITE)).await.expect("the tables");
    for seed in from()..from() + rounds() {
        let ended = round(&db, seed).await;
        check(&db, seed, &ended).await;
        // Nobody holds the lock.
        let other = rusqlite::Connection::open(&path).expect("the same file");
        other.busy_timeout(Duration::ZERO).expect("it is set");
        other.execute_batch("BEGIN IMMEDIATE; ROLLBACK").expect("the lock is free");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_half_done_on_postgres() {
    quiet_panics();
    let database = Database::fresh("cancelled");
    let url = database.url().secret().expect("a server").to_owned();
    let options =
        Db::options().connections(CONNECTIONS).acquire_timeout(Duration::from_millis(300));
    let db = options.open(&url).await.expect("a session");
    db.run(|db| db.execute_script(POSTGRES)).await.expect("the tables");
    for seed in from()..from() + rounds() {
        let stop = Arc::new(AtomicBool::new(false));
        let enemy = std::thread::spawn({
            let (url, stop) = (url.clone(), Arc::clone(&stop));
            move || interfere(&url, seed, &stop)
        });
        let jobs = tokio::spawn({
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            async move {
                let _stopped = Stopped(stop);
                round(&db, seed).await
            }
        });
        let ended = jobs.await.expect("no panic");
        enemy.join().expect("no panic");
        check(&db, seed, &ended).await;
        // Not where the runtime is: the witness has one of its own.
        let asked = tokio::task::spawn_blocking({
            let url = url.clone();
            move || left_behind(&url)
        });
        let (open, sessions) = asked.await.expect("no panic");
        assert_eq!(open, 0, "round {seed}: transactions are left open");
        assert!(sessions <= CONNECTIONS as i64, "round {seed}: {sessions} sessions");
    }
}

/// How many transactions are open on the database, and how many sessions others have there.
fn left_behind(url: &str) -> (i64, i64) {
    let row = postgres_client(url).query_one(
        "SELECT count(*) FILTER (WHERE state LIKE 'idle in transaction%'), count(*) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        &[],
    );
    let row = row.expect("an answer");
    (row.get(0), row.get(1))
}

/// Says so when it is dropped, also by a panic.
struct Stopped(Arc<AtomicBool>);

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn postgres_client(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).expect("a session")
}

/// Ends sessions and cancels statements of this database, until it is told to stop.
fn interfere(url: &str, seed: u64, stop: &AtomicBool) {
    let mut raw = postgres_client(url);
    let dice = &mut Dice::of(seed ^ 0xdead);
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(2 + dice.below(20)));
        // The end of a session is waited for, or it may come when all is over.
        let how = match dice.one_in(3) {
            true => "pg_terminate_backend(pid, 5000)",
            false => "pg_cancel_backend(pid)",
        };
        let sessions = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY pid";
        let sql = format!(
            "SELECT {how} FROM ({sessions} OFFSET {} LIMIT 1) AS one",
            dice.below(CONNECTIONS as u64)
        );
        raw.query(&sql, &[]).expect("it is allowed");
    }
    // What was cancelled last hears of it while it rests.
    std::thread::sleep(Duration::from_millis(200));
}
