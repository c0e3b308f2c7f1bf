//! Whole commands, from the process's start to its end: Peristyle against drizzle-kit and the `sqlite3` shell.

mod contest;
mod generate;
mod introspect;
mod migrate;
mod postgres;
mod project;
mod rust;
mod shape;
mod start;
mod typescript;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use tools::{Node, Peristyle, Postgres, Shell};

use crate::contest::Contest;
use crate::project::{Projects, Tools};

/// Measures whole commands and prints Markdown.
#[derive(Debug, Parser)]
struct Arguments {
    /// The binary to measure [default: built now, in release mode, from this repository]
    #[arg(long, value_name = "FILE")]
    peristyle: Option<PathBuf>,
    /// Samples of each command; the slowest ones take a third
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// Only the questions whose title contains this
    #[arg(long, default_value = "")]
    only: String,
    /// The larger number of tables
    #[arg(long, default_value_t = 500)]
    tables: usize,
    /// Measures on this PostgreSQL server instead; three databases `peristyle_bench_…` are made in it anew
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Instead of measuring: runs the script on the database, as a bare process to be measured does
    #[arg(long, num_args = 2, value_names = ["DATABASE", "SCRIPT"], hide = true)]
    execute: Option<Vec<PathBuf>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let Some([database, script]) = arguments.execute.as_deref() {
        let connection = rusqlite::Connection::open(database)?;
        return Ok(connection.execute_batch(&fs::read_to_string(script)?)?);
    }
    measure_all(&arguments)
}

fn measure_all(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let shell = Shell.version()?;
    let peristyle = Peristyle::find(arguments.peristyle.clone())?;
    let tools = Tools { peristyle, node: Node::install()? };
    println!("Machine: {}.", measure::machine());
    println!(
        "Versions: {}, {}, sqlite3 shell {shell}, rusqlite on SQLite {}.",
        tools.peristyle.version()?,
        tools.node.versions()?,
        rusqlite::version()
    );
    println!("Medians of {} interleaved samples.\n", arguments.rounds);

    if let Some(url) = &arguments.postgres {
        return on_postgres(arguments, &tools, &Postgres::new(url));
    }
    let wanted = |title: &str| title.contains(&arguments.only);
    let (few, many) = (24, arguments.tables);
    let slow = arguments.rounds.div_ceil(3);
    let rounds = arguments.rounds;
    if wanted("start") {
        println!("{}", start::floor(&tools).hold(rounds));
    }
    for (tables, history, limit) in [
        (few, 1, Some(Duration::from_millis(20))),
        (many, 1, Some(Duration::from_millis(150))),
        (few, 30, None),
    ] {
        if wanted("nothing") {
            let projects = Projects::new(&tools.node, &format!("nothing-{history}"), tables)?;
            print(generate::nothing_to_do(&tools, &projects, tables, history, limit), rounds);
        }
    }
    for (tables, rounds) in [(few, rounds), (many, slow)] {
        if wanted("first") {
            let projects = Projects::new(&tools.node, "first", tables)?;
            print(Ok(generate::first(&tools, &projects, tables)), rounds);
        }
    }
    if wanted("migrate") {
        let projects = Projects::new(&tools.node, "migrate", many)?;
        print(migrate::from_empty(&tools, &projects, many), rounds);
    }
    if wanted("introspection") {
        let projects = Projects::new(&tools.node, "introspection", many)?;
        print(introspect::introspection(&tools, &projects, many), slow);
    }
    Ok(())
}

fn on_postgres(
    arguments: &Arguments,
    tools: &Tools,
    server: &Postgres,
) -> Result<(), Box<dyn Error>> {
    println!("Server: PostgreSQL {}.\n", server.version()?);
    let tables = arguments.tables;
    let projects = postgres::settled(tools, server, tables)?;
    let mut contests = vec![postgres::introspection(tools, server, &projects, tables)];
    contests.extend(postgres::nothing_to_do(tools, &projects, tables));
    contests.push(postgres::migrate(tools, server, &projects, tables));
    for contest in contests {
        if contest.title.contains(&arguments.only) {
            print(Ok(contest), arguments.rounds.div_ceil(3));
        }
    }
    Ok(())
}

/// Holds a contest and prints its table; one whose ground cannot be laid leaves its reason and does not stop the rest.
fn print(contest: Result<Contest<'_>, tools::Error>, rounds: usize) {
    match contest {
        Ok(contest) => println!("{}", contest.hold(rounds)),
        Err(error) => println!("Not measured: {error}\n"),
    }
}
