//! What rows cost on PostgreSQL beside the raw driver: `cargo run --release -p peristyle-tests --example postgres_speed URL`.
//!
//! The raw side is the crate `postgres` (the synchronous door of tokio-postgres) with statements that it holds prepared.
//! Both sides run in one process on databases of the same content, decode into the same struct and take turns; the ratio
//! is of the fastest tenth of the samples.

use std::time::Instant;

use peristyle::prelude::*;
use peristyle::testing::{Isolated, Template};
use postgres::{Client, NoTls, Statement};

#[derive(Table, Debug, Clone, PartialEq)]
struct User {
    #[key]
    id: i64,
    name: String,
    hair_color: Option<String>,
}

const SCHEMA: &str =
    "CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, hair_color text)";

type Failure = Box<dyn std::error::Error>;

/// The raw driver on a database of its own, with what it holds prepared.
struct Raw {
    client: Client,
    point: Statement,
    load: Statement,
    insert: Statement,
    _database: Isolated<Connection>,
}

impl Raw {
    fn on(database: Isolated<Connection>) -> Result<Self, Failure> {
        let mut client = Client::connect(database.url().ok_or("a server's URL is needed")?, NoTls)?;
        let point = client.prepare("SELECT id, name, hair_color FROM users WHERE id = $1")?;
        let load = client.prepare("SELECT id, name, hair_color FROM users ORDER BY id LIMIT $1")?;
        let values: Vec<String> =
            (0..100).map(|n| format!("(${}, ${}, ${})", 3 * n + 1, 3 * n + 2, 3 * n + 3)).collect();
        let insert =
            format!("INSERT INTO users (id, name, hair_color) VALUES {}", values.join(", "));
        let insert = client.prepare(&insert)?;
        Ok(Self { client, point, load, insert, _database: database })
    }

    fn user(row: &postgres::Row) -> User {
        User { id: row.get(0), name: row.get(1), hair_color: row.get(2) }
    }
}

/// The fastest tenth, in microseconds: what the work costs when nothing else wants the processor.
fn fast(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 10] * 1e6
}

/// Runs both sides in turns and prints their ratio.
fn race(
    name: &str,
    times: usize,
    mut ours: impl FnMut(usize) -> Result<(), Failure>,
    mut raw: impl FnMut(usize) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (mut by_us, mut by_raw) = (Vec::new(), Vec::new());
    for n in 0..times {
        let start = Instant::now();
        ours(n)?;
        by_us.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        raw(n)?;
        by_raw.push(start.elapsed().as_secs_f64());
    }
    let (by_us, by_raw) = (fast(by_us), fast(by_raw));
    println!("{name:<16} {by_us:>9.1} us   raw {by_raw:>9.1} us   {:.2}", by_us / by_raw);
    Ok(())
}

fn users(from: i64, count: i64) -> impl Iterator<Item = NewUser> {
    (from..from + count)
        .map(|n| NewUser::new(n, format!("User number {n}")).hair_color(format!("color {}", n % 7)))
}

fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).ok_or("the URL of a server is needed")?;
    let template = Template::new(&url, SCHEMA, |database| database.batch(SCHEMA))?;
    let db = template.connection()?;
    User::insert_many(users(0, 10_000)).run(&db)?;
    let other = template.connection()?;
    User::insert_many(users(0, 10_000)).run(&other)?;
    let mut raw = Raw::on(other)?;
    race(
        "point",
        5_000,
        |n| {
            let id = (n as i64 * 7919) % 10_000;
            let user = User::get(id).one(&db)?;
            if user.id == id { Ok(()) } else { Err("another user".into()) }
        },
        |n| {
            let id = (n as i64 * 7919) % 10_000;
            let user = Raw::user(&raw.client.query_one(&raw.point, &[&id])?);
            if user.id == id { Ok(()) } else { Err("another user".into()) }
        },
    )?;
    for count in [10, 100, 1_000, 10_000_u32] {
        race(
            &format!("load {count}"),
            (200_000 / count as usize).clamp(100, 2_000),
            |_| {
                let query = User::all().order(User::ID.asc()).limit(u64::from(count));
                let all = query.all(&db)?;
                if all.len() == count as usize { Ok(()) } else { Err("too few".into()) }
            },
            |_| {
                let rows = raw.client.query(&raw.load, &[&i64::from(count)])?;
                let all: Vec<User> = rows.iter().map(Raw::user).collect();
                if all.len() == count as usize { Ok(()) } else { Err("too few".into()) }
            },
        )?;
    }
    let next = std::cell::Cell::new(1_000_000);
    race(
        "insert 100",
        300,
        |_| {
            let from = next.replace(next.get() + 100);
            // 64 rows and 36: in one transaction.
            User::insert_many(users(from, 100)).run(&db)?;
            Ok(())
        },
        |n| {
            let from = 2_000_000 + 100 * n as i64;
            let rows: Vec<(i64, String, Option<String>)> =
                users(from, 100).map(|new| (new.id, new.name, new.hair_color)).collect();
            let values: Vec<&(dyn postgres::types::ToSql + Sync)> = rows
                .iter()
                .flat_map(|(id, name, color)| {
                    [id as &(dyn postgres::types::ToSql + Sync), name, color]
                })
                .collect();
            raw.client.execute(&raw.insert, &values)?;
            Ok(())
        },
    )?;
    Ok(())
}
