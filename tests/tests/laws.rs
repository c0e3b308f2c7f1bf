//! The laws, on random pairs of schemas with rows in them.
//!
//! `PERISTYLE_LAWS=10000` sets how many pairs, `PERISTYLE_LAWS_POSTGRES=2000` how many on PostgreSQL, `PERISTYLE_LAWS_FROM=<seed>` where to begin; `cargo xtask laws` does the
//! full count. A pair that breaks a law is made as small as it can be and printed, unless `PERISTYLE_LAWS_SMALL=0` asks for the seeds alone, which is much faster.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use peristyle_migrate::{
    Body, Choices, DroppedData, GenerateRequest, Generated, Source, Writing, generate,
};
use peristyle_schema::{Pair, Schema};
use peristyle_sql::DialectName;
use peristyle_tests::declarations;
use peristyle_tests::laws::{Broken, Dropped, Seen, hold};
use peristyle_tests::random::{Pairing, pair, shrink};

/// How many pairs the normal run tries.
const PAIRS: u64 = 150;

/// How many pairs the normal run tries on PostgreSQL.
const POSTGRES_PAIRS: u64 = 40;

/// How many kinds of broken pairs are made small and shown before the run gives up.
const SHOWN: usize = 5;

#[test]
fn the_laws_hold_for_random_pairs() {
    let count = number("PERISTYLE_LAWS").unwrap_or(PAIRS);
    let tally = laws(DialectName::Sqlite, count);
    assert!(count < 100 || tally.rebuilds > 0, "no table was rebuilt: the pairs are too dull");
}

#[test]
fn the_laws_hold_on_postgres() {
    laws(DialectName::Postgres, number("PERISTYLE_LAWS_POSTGRES").unwrap_or(POSTGRES_PAIRS));
}

/// Tries so many pairs and fails if one of them breaks a law.
fn laws(dialect: DialectName, count: u64) -> Tally {
    let from = number("PERISTYLE_LAWS_FROM").unwrap_or(0);
    let small = number("PERISTYLE_LAWS_SMALL").is_none_or(|wish| wish > 0);
    let next = AtomicU64::new(from);
    let tally = Mutex::new(Tally::default());
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get().min(8));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let enough = tally.lock().is_ok_and(|t| t.shown.len() >= SHOWN);
                    if seed >= from + count || enough {
                        return;
                    }
                    for dropped in [Dropped::Lose, Dropped::Keep] {
                        let (pairing, pair) = pair(dialect, seed);
                        let outcome = hold(dialect, pairing, &pair, dropped);
                        if let Err(broken) = &outcome {
                            println!("seed {seed}: {}", broken.kind());
                        }
                        // To make a pair small takes long: of each kind of failure, one is.
                        let shows = outcome.as_ref().err().filter(|broken| {
                            small && tally.lock().is_ok_and(|mut t| t.shown.insert(broken.kind()))
                        });
                        let told =
                            shows.map(|broken| report(dialect, seed, pairing, dropped, broken));
                        if let Ok(mut tally) = tally.lock() {
                            tally.count(pairing, outcome, told);
                        }
                    }
                }
            });
        }
    });
    let tally = tally.into_inner().expect("no worker panicked");
    println!("{dialect}: {}", tally.summary());
    assert!(tally.broken == 0, "{}\n\n{}", tally.summary(), tally.reports.join("\n\n"));
    tally
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[derive(Default)]
struct Tally {
    journeys: usize,
    changes: usize,
    rebuilds: usize,
    kinds: BTreeMap<String, usize>,
    broken: usize,
    /// The kinds of failures that were seen.
    shown: BTreeSet<String>,
    reports: Vec<String>,
}

impl Tally {
    fn count(&mut self, pairing: Pairing, outcome: Result<Seen, Broken>, told: Option<String>) {
        self.journeys += 1;
        *self.kinds.entry(format!("{pairing:?}")).or_default() += 1;
        match outcome {
            Ok(seen) => {
                self.changes += seen.changes;
                self.rebuilds += seen.rebuilds;
                if let Some(what) = seen.left_out {
                    *self.kinds.entry(format!("left out, with {what}:")).or_default() += 1;
                }
                if let Some(reversible) = seen.reversible {
                    *self.kinds.entry(format!("Reversible: {reversible:?}")).or_default() += 1;
                }
            }
            Err(_) => self.broken += 1,
        }
        self.reports.extend(told);
    }

    fn summary(&self) -> String {
        let kinds: Vec<String> =
            self.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        format!(
            "{} journeys, {} changes, {} rebuilds ({}); {} broken",
            self.journeys,
            self.changes,
            self.rebuilds,
            kinds.join(", "),
            self.broken
        )
    }
}

/// The smallest pair that breaks the same law in the same way, as declarations.
fn report(
    dialect: DialectName,
    seed: u64,
    pairing: Pairing,
    dropped: Dropped,
    broken: &Broken,
) -> String {
    let (_, pair) = pair(dialect, seed);
    let alike = |other: &Broken| other.kind() == broken.kind();
    let least = shrink(pair, |pair| {
        hold(dialect, pairing, pair, dropped).as_ref().err().is_some_and(alike)
    });
    let told =
        hold(dialect, pairing, &least, dropped).err().map(|b| b.to_string()).unwrap_or_default();
    format!(
        "seed {seed}, {pairing:?}, {dropped:?}: {told}\n--- old\n{}\n--- new\n{}",
        declarations::print(&least.old),
        declarations::print(&least.new)
    )
}

/// How many pairs the normal run lets the product prove.
const PROOFS: u64 = 25;

/// The product's own proof, with rows of its own making, accepts what the laws accept: nobody is refused a good migration.
#[test]
fn what_is_planned_is_proven() {
    let count = number("PERISTYLE_PROOFS").unwrap_or(PROOFS);
    let from = number("PERISTYLE_LAWS_FROM").unwrap_or(0);
    let mut refused = Vec::new();
    let (mut proven, mut rows) = (0, 0);
    for seed in from..from + count {
        let (pairing, pair) = pair(DialectName::Sqlite, seed);
        if pairing == Pairing::Strangers {
            continue;
        }
        match prove(&pair) {
            Ok(more) => (proven, rows) = (proven + 1, rows + more),
            Err(message) => {
                let alike =
                    |pair: &Pair<Schema>| prove(pair).is_err_and(|e| kin(&e) == kin(&message));
                let least = if refused.len() < SHOWN { shrink(pair, alike) } else { pair };
                refused.push(format!(
                    "seed {seed}: {message}\n--- old\n{}\n--- new\n{}",
                    declarations::print(&least.old),
                    declarations::print(&least.new)
                ));
            }
        }
    }
    let refusals = refused.len();
    println!("{proven} pairs proven with {rows} rows, {refusals} refused");
    assert!(rows > proven, "proofs without rows prove little");
    assert!(refusals == 0, "{refusals} refused, {proven} proven\n\n{}", refused.join("\n\n"));
}

/// What two messages have in common if they tell of the same kind of failure: their first words.
fn kin(message: &str) -> &str {
    &message[..message.find([':', '\n']).unwrap_or(message.len())]
}

/// Generates both migrations of a pair, each proven by the product, and says how many rows went through the second.
fn prove(pair: &Pair<Schema>) -> Result<usize, String> {
    let mut rows = 0;
    let project = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, schema) in [("old", &pair.old), ("new", &pair.new)] {
        let snapshot = project.path().join("schema.json");
        let text = serde_json::to_string(schema).map_err(|e| e.to_string())?;
        std::fs::write(&snapshot, text).expect("a snapshot can be written");
        let request = GenerateRequest {
            folder: &project.path().join("migrations"),
            target: &Source::Snapshot(snapshot),
            scratch: DialectName::Sqlite.into(),
            name: Some(name.to_owned()),
            purpose: None,
            ticket: None,
            choices: Choices { dropped: DroppedData::Lose, ..Choices::default() },
            body: Body::Planned,
            writing: Writing::Write,
            sidecars: &[],
        };
        let generated = generate(&request, &mut |_| {});
        match generated.map_err(|error| format!("{name} {error}"))? {
            Generated::Migration(made) => rows = made.proof.map_or(0, |proof| proof.rows),
            Generated::Nothing { .. } => {}
        }
    }
    Ok(rows)
}
