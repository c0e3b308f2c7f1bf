//! Toasty, asked on its standard input and answering on its standard output: `rows-toasty memory | sqlite PATH | postgres URL`.
//!
//! It is a program of its own because its SQLite cannot be linked beside that of sqlx and Diesel.

mod contender;
mod model;

use std::sync::Arc;
use std::time::Duration;

use scenarios::{Crowd, Crowded, Engine, Failure, POOL, script, tasks};
use toasty::Db;
use tokio::runtime::{Builder, Runtime};

use crate::contender::Toasty;
use crate::model::{Guest, User};

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (engine, url) = match *words {
        ["memory"] => (Engine::Sqlite, "sqlite::memory:".to_owned()),
        ["sqlite", path] => (Engine::Sqlite, format!("sqlite:{path}")),
        ["postgres", url] => (Engine::Postgres, url.to_owned()),
        _ => return Err("memory, sqlite PATH or postgres URL was expected".into()),
    };
    let one = Builder::new_current_thread().enable_all().build()?;
    let many = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut db = one.block_on(connect(&url))?;
    match *words {
        ["memory"] => one.block_on(fill(&mut db))?,
        ["sqlite", _] => one.block_on(set_up(&mut db))?,
        _ => {}
    }
    let mut toasty = Toasty::new(&one, db);
    let mut crowd = Many { runtime: &many, url };
    scenarios::remote::serve(engine, &mut toasty, &mut crowd)
}

async fn connect(url: &str) -> Result<Db, Failure> {
    let mut builder = Db::builder();
    builder.models(toasty::models!(crate::*));
    if url.starts_with("postgres") {
        builder.max_pool_size(POOL);
    }
    Ok(builder.connect(url).await?)
}

/// A database in memory is filled by the one connection there is; it runs one statement at a time.
async fn fill(db: &mut Db) -> Result<(), Failure> {
    for statement in script(Engine::Sqlite).split(";\n") {
        let statement = statement.trim().trim_end_matches(';').trim();
        // Inside of a transaction of the script's own the pool would not know of it.
        let statement = statement.strip_prefix("BEGIN;").unwrap_or(statement).trim();
        if !statement.is_empty() && statement != "COMMIT" {
            toasty::sql::statement(statement).exec(db).await?;
        }
    }
    Ok(())
}

/// The settings that every contender's files have; journal_mode stays with the file.
async fn set_up(db: &mut Db) -> Result<(), Failure> {
    toasty::sql::statement("PRAGMA synchronous = NORMAL").exec(db).await?;
    Ok(())
}

/// 33 tasks on a pool, on a runtime of several threads.
struct Many<'r> {
    runtime: &'r Runtime,
    url: String,
}

impl Crowd for Many<'_> {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        let said = |error: toasty::Error| error.to_string();
        let db = Arc::new(self.runtime.block_on(connect(&self.url))?);
        let reading = Arc::clone(&db);
        let read = move |_: usize, key: i64| {
            let mut db = Db::clone(&reading);
            async move {
                let found = User::get_by_id(&mut db, key).await.map_err(said)?;
                if found.id == key { Ok(()) } else { Err("another user".to_owned()) }
            }
        };
        let writing = Arc::clone(&db);
        let write = move || {
            let mut db = Db::clone(&writing);
            async move {
                let guest = toasty::create!(Guest { name: "somebody", hair_color: "brown" });
                guest.exec(&mut db).await.map_err(said).map(drop)
            }
        };
        let crowded = tasks(self.runtime, time, read, write)?;
        let mut db = Db::clone(&db);
        self.runtime.block_on(Guest::all().delete().exec(&mut db))?;
        Ok(crowded)
    }
}
