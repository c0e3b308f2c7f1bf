//! Rows: a raw driver by hand, Peristyle, Diesel, sqlx, SeaORM and Toasty, asked the same on SQLite or on PostgreSQL.

mod by_diesel;
mod by_peristyle;
mod by_sea_orm;
mod by_sqlx;
mod place;
mod plain;
mod raw_postgres;
mod raw_sqlite;
mod report;
mod toasty;
mod versions;

use std::time::Duration;

use clap::Parser;
use scenarios::{Crowd, Engine, Failure};
use tokio::runtime::{Builder, Runtime};
use tools::Postgres;

use crate::place::Place;
use crate::report::{MakeCrowd, Named, NamedCrowd};

/// Measures rows and prints Markdown.
#[derive(Debug, Parser)]
struct Arguments {
    /// Samples of each contender
    #[arg(long, default_value_t = 31)]
    rounds: usize,
    /// SQLite's databases in files (WAL, synchronous = NORMAL) and not in memory
    #[arg(long, conflicts_with = "postgres")]
    file: bool,
    /// On a PostgreSQL server: the URL of one of its databases, which is left alone
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Only the questions whose name contains this
    #[arg(long, default_value = "")]
    only: String,
    /// Only the contenders whose name contains this, beside the first
    #[arg(long, default_value = "")]
    contender: String,
    /// Milliseconds that each crowd of 32 readers and one writer has, five times; 0 for none
    #[arg(long, default_value_t = 300)]
    crowd: u64,
}

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let place = match &arguments.postgres {
        Some(url) => Place::server(Postgres::new(url), "bench_rows_"),
        None if arguments.file => Place::File(tempfile::tempdir()?),
        None => Place::Memory,
    };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    println!("Machine: {}.", measure::machine());
    println!("Versions: {}.", versions::versions(place.engine()));
    println!(
        "{}: {}. {} interleaved samples.\n",
        place.words()?,
        place.settings(),
        arguments.rounds
    );
    let (held, cached);
    let mut contenders = match place.engine() {
        Engine::Sqlite => {
            (held, cached) =
                (raw_sqlite::open(&place, "held")?, raw_sqlite::open(&place, "cached")?);
            on_sqlite(&place, &runtime, [&held, &cached])?
        }
        Engine::Postgres => on_postgres(&place, &runtime)?,
    };
    match toasty::start(&place, "toasty") {
        Ok(toasty) => contenders.push(("Toasty", Box::new(toasty))),
        // It asks for a newer compiler than the others.
        Err(error) => println!("Toasty is left out: {error}\n"),
    }
    let mut first = true;
    contenders
        .retain(|(name, _)| std::mem::take(&mut first) || name.contains(&arguments.contender));
    let report =
        report::report(place.engine(), arguments.rounds, &arguments.only, &mut contenders)?;
    print!("{report}");
    drop(contenders);
    drop(runtime);
    if arguments.crowd > 0 && arguments.only.is_empty() {
        crowds(&arguments, place)?;
    }
    Ok(())
}

fn on_sqlite<'a>(
    place: &Place,
    runtime: &'a Runtime,
    [held, cached]: [&'a rusqlite::Connection; 2],
) -> Result<Vec<Named<'a>>, Failure> {
    Ok(vec![
        ("rusqlite, held", Box::new(raw_sqlite::Raw(raw_sqlite::Held::new(held)))),
        ("rusqlite, cached", Box::new(raw_sqlite::Raw(raw_sqlite::Cached::new(cached)))),
        ("Peristyle", Box::new(by_peristyle::Here::new(place)?)),
        ("Peristyle, async", Box::new(by_peristyle::Awaited::new(runtime, place)?)),
        ("Diesel", Box::new(by_diesel::at_once::Diesel::sqlite(place)?)),
        ("sqlx", Box::new(by_sqlx::Sqlx::sqlite(runtime, place)?)),
        ("SeaORM", Box::new(by_sea_orm::SeaOrm::new(runtime, place)?)),
    ])
}

fn on_postgres<'a>(place: &Place, runtime: &'a Runtime) -> Result<Vec<Named<'a>>, Failure> {
    Ok(vec![
        ("tokio-postgres, held", Box::new(raw_postgres::Raw::new(runtime, place)?)),
        ("Peristyle", Box::new(by_peristyle::Here::new(place)?)),
        ("Peristyle, async", Box::new(by_peristyle::Awaited::new(runtime, place)?)),
        ("Diesel", Box::new(by_diesel::at_once::Diesel::postgres(place)?)),
        ("diesel-async", Box::new(by_diesel::awaited::DieselAsync::new(runtime, place)?)),
        ("sqlx", Box::new(by_sqlx::Sqlx::postgres(runtime, place)?)),
        ("SeaORM", Box::new(by_sea_orm::SeaOrm::new(runtime, place)?)),
    ])
}

/// A crowd has files even where the rows were in memory: one in memory has one connection.
fn crowds(arguments: &Arguments, place: Place) -> Result<(), Failure> {
    let place = match place {
        Place::Memory => Place::File(tempfile::tempdir()?),
        place @ (Place::File(_) | Place::Server(..)) => place,
    };
    let runtime: Runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut contenders = in_crowds(&place, &runtime);
    if toasty::is_built() {
        contenders.push(("Toasty, tasks", made(|| toasty::start(&place, "toasty_crowd"))));
    }
    contenders.retain(|(name, _)| name.contains(&arguments.contender));
    let time = Duration::from_millis(arguments.crowd);
    println!("32 readers and one writer, {}:\n", place.words()?);
    println!("{}", report::crowds(time, 5, contenders)?);
    Ok(())
}

fn in_crowds<'a>(place: &'a Place, runtime: &'a Runtime) -> Vec<NamedCrowd<'a>> {
    match place.engine() {
        Engine::Sqlite => vec![
            ("rusqlite, cached, threads", made(|| raw_sqlite::RawCrowd::new(place))),
            ("Peristyle, threads", made(|| by_peristyle::HereCrowd::new(place))),
            ("Peristyle, tasks", made(|| by_peristyle::AwaitedCrowd::new(runtime, place))),
            ("Diesel, threads", made(|| by_diesel::at_once::DieselCrowd::new(place))),
            ("sqlx, tasks", made(|| by_sqlx::SqlxCrowd::sqlite(runtime, place))),
            ("SeaORM, tasks", made(|| by_sea_orm::SeaOrmCrowd::new(runtime, place))),
        ],
        Engine::Postgres => vec![
            ("tokio-postgres, held, tasks", made(|| raw_postgres::RawCrowd::new(runtime, place))),
            ("Peristyle, threads", made(|| by_peristyle::HereCrowd::new(place))),
            ("Peristyle, tasks", made(|| by_peristyle::AwaitedCrowd::new(runtime, place))),
            ("Diesel, threads", made(|| by_diesel::at_once::DieselCrowd::new(place))),
            (
                "diesel-async, tasks",
                made(|| by_diesel::awaited::DieselAsyncCrowd::new(runtime, place)),
            ),
            ("sqlx, tasks", made(|| by_sqlx::SqlxCrowd::postgres(runtime, place))),
            ("SeaORM, tasks", made(|| by_sea_orm::SeaOrmCrowd::new(runtime, place))),
        ],
    }
}

/// What makes a contender.
fn made<'a, C: Crowd + 'a>(make: impl FnOnce() -> Result<C, Failure> + 'a) -> MakeCrowd<'a> {
    Box::new(|| Ok(Box::new(make()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().expect("a runtime")
    }

    fn crowded(place: Place) {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let contenders = in_crowds(&place, &runtime);
        let lines = 2 + contenders.len();
        let table = report::crowds(Duration::from_millis(30), 1, contenders);
        assert_eq!(table.expect("crowds").to_string().lines().count(), lines);
    }

    #[test]
    fn everybody_answers_the_same_on_sqlite() {
        for place in [Place::Memory, Place::File(tempfile::tempdir().expect("a folder"))] {
            let runtime = runtime();
            let open = |name| raw_sqlite::open(&place, name).expect("the rows");
            let (held, cached) = (open("held"), open("cached"));
            let mut contenders = on_sqlite(&place, &runtime, [&held, &cached]).expect("contenders");
            let report = report::report(Engine::Sqlite, 1, "", &mut contenders);
            assert!(report.expect("answers").contains("| tree 100 × 10 × 10"));
        }
        crowded(Place::File(tempfile::tempdir().expect("a folder")));
    }

    #[test]
    fn everybody_answers_the_same_on_postgresql() {
        let Ok(url) = std::env::var("PERISTYLE_TEST_POSTGRES_URL") else {
            eprintln!("left out: PERISTYLE_TEST_POSTGRES_URL names no server");
            return;
        };
        let place = Place::server(Postgres::new(&url), "bench_test_rows_");
        let runtime = runtime();
        let mut contenders = on_postgres(&place, &runtime).expect("contenders");
        let report = report::report(Engine::Postgres, 1, "", &mut contenders);
        assert!(report.expect("answers").contains("| 20 points, together"));
        drop(contenders);
        crowded(place);
    }
}
