//! The project's own chores, started as `cargo xtask <chore>`.

mod demo;
mod house;
mod long;
mod postgres;
mod shell;
mod tests;

use std::process::ExitCode;

/// A chore: its name, what it does, and how.
struct Chore {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<(), String>,
}

const CHORES: &[Chore] = &[
    Chore { name: "demo", about: "show the main job on a fresh SQLite file", run: demo::run },
    Chore {
        name: "test",
        about: "check the formatting, lint, and run every test",
        run: tests::run,
    },
    Chore {
        name: "bless",
        about: "rewrite the SQL in tests/cases/*.md and of the tests of rows (--rows: of those alone); --sqlite or --postgres alone",
        run: long::bless,
    },
    Chore {
        name: "laws",
        about: "try the laws on 10,000 random pairs of schemas; --postgres on 2,000",
        run: long::laws,
    },
    Chore {
        name: "queries",
        about: "compare 10,000 random queries with plain SQL; --postgres there",
        run: long::queries,
    },
    Chore {
        name: "cancel",
        about: "200 rounds of transactions that are dropped, stopped, cancelled; --postgres there",
        run: long::cancel,
    },
    Chore {
        name: "kill",
        about: "kill -9 a migration and a rollback 1,000 times; --postgres 500 times",
        run: long::kill,
    },
    Chore {
        name: "stop",
        about: "stop a PostgreSQL server during a migration, 50 times",
        run: long::stop,
    },
    Chore {
        name: "race",
        about: "start 16 migrators at once, 50 times; --postgres 20 times",
        run: long::race,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chosen = arguments.first().and_then(|name| CHORES.iter().find(|c| c.name == name));
    let Some(chore) = chosen else {
        eprintln!("usage: cargo xtask <chore>\n");
        for chore in CHORES {
            eprintln!("  {:10} {}", chore.name, chore.about);
        }
        return ExitCode::from(2);
    };
    match (chore.run)(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cargo xtask {}: {message}", chore.name);
            ExitCode::FAILURE
        }
    }
}
