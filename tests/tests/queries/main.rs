//! Random queries in the typed language against the same in plain SQL, run by the raw drivers: the same rows in the same order.
//!
//! `PERISTYLE_QUERIES=10000` sets how many, `PERISTYLE_QUERIES_POSTGRES=10000` how many on PostgreSQL, `PERISTYLE_QUERIES_FROM=<seed>` where
//! to begin; `cargo xtask queries` does the full count.

mod asking;
mod rows;
mod tables;
mod whole;

use peristyle::Connection;
use peristyle_sql::DialectName;
use peristyle_tests::postgres::Database;
use peristyle_tests::queries::data::fill;
use peristyle_tests::queries::tables::sql;
use peristyle_tests::queries::witness::Witness;
use peristyle_tests::random::Dice;

use self::asking::{Asking, Seen};

/// How many queries the normal run asks.
const QUERIES: u64 = 400;

/// How many queries ask the same rows.
const ROWS_LAST: u64 = 25;

/// How many differences are shown before the run gives up.
const SHOWN: usize = 5;

#[test]
fn random_queries_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("queries.db");
    let db = Connection::open(&format!("sqlite:{}", path.display())).expect("a file");
    db.execute_script(&sql(DialectName::Sqlite)).expect("the tables are made");
    let witness = rusqlite::Connection::open(&path).expect("the same file");
    witness.execute_batch("PRAGMA foreign_keys = ON").expect("as ours has them");
    hold(&db, Witness::Sqlite(Box::new(witness)), number("PERISTYLE_QUERIES"));
}

#[test]
fn random_queries_on_postgres() {
    let database = Database::fresh("queries");
    let url = database.url().secret().expect("a server").to_owned();
    let db = Connection::open(&url).expect("a session");
    db.execute_script(&sql(DialectName::Postgres)).expect("the tables are made");
    let witness = postgres::Client::connect(&url, postgres::NoTls).expect("another session");
    hold(&db, Witness::Postgres(Box::new(witness)), number("PERISTYLE_QUERIES_POSTGRES"));
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|number| number.parse().expect("a number"))
}

/// Asks so many queries, and fails if one of them gives something else than the witness.
fn hold(db: &Connection, mut witness: Witness, asked: Option<u64>) {
    let from = number("PERISTYLE_QUERIES_FROM").unwrap_or(0);
    let mut tally = Tally::default();
    let mut broken = Vec::new();
    for seed in from..from + asked.unwrap_or(QUERIES) {
        // A seed finds the same rows wherever the run began.
        if seed == from || seed % ROWS_LAST == 0 {
            let rows = seed / ROWS_LAST;
            fill(db, &mut Dice::of(rows.wrapping_mul(0x9e37_79b9))).expect("rows");
        }
        let dice = &mut Dice::of(seed);
        let mut asking = Asking { db, witness: &mut witness, dice };
        match asking.any() {
            Ok(seen) => tally.count(&seen),
            Err(difference) => broken.push(format!("seed {seed}: {difference}")),
        }
        if broken.len() == SHOWN {
            break;
        }
    }
    println!("{tally:?}");
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    assert!(tally.rows > tally.queries / 2, "the queries are too dull: {tally:?}");
    assert!(tally.refused * 5 < tally.queries, "too many queries fail: {tally:?}");
}

/// What was seen, so that a run that tries nothing is noticed.
#[derive(Debug, Default)]
struct Tally {
    queries: u64,
    rows: u64,
    refused: u64,
}

impl Tally {
    fn count(&mut self, seen: &Seen) {
        self.queries += 1;
        match seen {
            Seen::Rows(rows) => self.rows += rows,
            Seen::Refused => self.refused += 1,
        }
    }
}
