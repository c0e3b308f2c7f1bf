//! What the rows cost beside the raw driver: `cargo run --release -p peristyle --example speed`.
//!
//! Both sides run in one process on databases of the same content, decode into the same struct and take turns; the ratio
//! is of the fastest tenth of the samples. The full comparison with other crates is in `bench/`.

use std::time::Instant;

use peristyle::prelude::*;
use peristyle::{Error, Result};
use rusqlite::Connection as Raw;

#[derive(Table, Debug, Clone, PartialEq)]
struct User {
    #[key]
    id: i64,
    name: String,
    hair_color: Option<String>,
}

const SCHEMA: &str =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, hair_color TEXT)";

fn users(count: i64) -> Vec<NewUser> {
    (0..count)
        .map(|n| NewUser::new(n, format!("User number {n}")).hair_color(format!("color {}", n % 7)))
        .collect()
}

/// One thing to do, ours and raw.
struct Race {
    name: &'static str,
    times: u32,
    ours: Box<dyn FnMut() -> Result<usize>>,
    raw: Box<dyn FnMut() -> rusqlite::Result<usize>>,
}

/// The fastest tenth: what the work costs when nothing else wants the processor.
fn fast(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 10]
}

impl Race {
    fn run(mut self) -> Result<()> {
        // Only what is asked for: `… --example speed -- point`.
        if std::env::args().nth(1).is_some_and(|asked| !self.name.contains(&asked)) {
            return Ok(());
        }
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        let mut sink = 0;
        for _ in 0..101 {
            let start = Instant::now();
            for _ in 0..self.times {
                sink += (self.ours)()?;
            }
            ours.push(start.elapsed().as_secs_f64() / f64::from(self.times));
            let start = Instant::now();
            for _ in 0..self.times {
                sink += (self.raw)().map_err(|e| Error::Interrupted { reason: e.to_string() })?;
            }
            raw.push(start.elapsed().as_secs_f64() / f64::from(self.times));
        }
        std::hint::black_box(sink);
        let (ours, raw) = (fast(ours), fast(raw));
        println!(
            "{:<34} {:>10.3} us {:>10.3} us {:>6.2}",
            self.name,
            ours * 1e6,
            raw * 1e6,
            ours / raw
        );
        Ok(())
    }
}

fn raw_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<User> {
    Ok(User { id: row.get(0)?, name: row.get(1)?, hair_color: row.get(2)? })
}

fn filled(rows: i64) -> Result<(Connection, Raw)> {
    let ours = Connection::open("sqlite::memory:")?;
    ours.execute_script(SCHEMA)?;
    User::insert_many(users(rows)).run(&ours)?;
    let raw = Raw::open_in_memory().expect("a database in memory");
    raw.execute_batch(SCHEMA).expect("the table");
    for user in users(rows) {
        raw.execute(
            "INSERT INTO users (id, name, hair_color) VALUES (?1, ?2, ?3)",
            (&user.id, &user.name, &user.hair_color),
        )
        .expect("a row");
    }
    Ok((ours, raw))
}

fn point() -> Result<Race> {
    let (ours, raw) = filled(10_000)?;
    let (mut a, mut b) = (0, 0);
    Ok(Race {
        name: "point select by key",
        times: 2000,
        ours: Box::new(move || {
            a = (a + 7919) % 10_000;
            Ok(User::get(a).one(&ours)?.name.len())
        }),
        raw: Box::new(move || {
            b = (b + 7919) % 10_000;
            let sql = "SELECT id, name, hair_color FROM users WHERE id = ?1";
            Ok(raw.prepare_cached(sql)?.query_row([b], raw_row)?.name.len())
        }),
    })
}

fn load(name: &'static str, rows: i64, times: u32) -> Result<Race> {
    let (ours, raw) = filled(rows)?;
    Ok(Race {
        name,
        times,
        ours: Box::new(move || Ok(User::all().all(&ours)?.len())),
        raw: Box::new(move || {
            let mut statement = raw.prepare_cached("SELECT id, name, hair_color FROM users")?;
            let mut users = Vec::new();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                users.push(raw_row(row)?);
            }
            Ok(users.len())
        }),
    })
}

fn filter() -> Result<Race> {
    let (ours, raw) = filled(10_000)?;
    Ok(Race {
        name: "filter of 3, order, limit 10",
        times: 500,
        ours: Box::new(move || {
            let query = User::all()
                .filter(User::ID.gt(100))
                .filter(User::NAME.gt("User number 2"))
                .filter(User::HAIR_COLOR.eq("color 3"))
                .order(User::ID.asc())
                .limit(10);
            Ok(query.all(&ours)?.len())
        }),
        raw: Box::new(move || {
            let sql = "SELECT id, name, hair_color FROM users \
                       WHERE id > ?1 AND name > ?2 AND hair_color = ?3 ORDER BY id LIMIT 10";
            let mut statement = raw.prepare_cached(sql)?;
            let rows = statement.query_map((100, "User number 2", "color 3"), raw_row)?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.len())
        }),
    })
}

fn insert(name: &'static str, rows: usize, times: u32) -> Result<Race> {
    let (ours, raw) = filled(0)?;
    let values = vec!["(?, ?, ?)"; rows].join(", ");
    let sql = format!("INSERT INTO users (id, name, hair_color) VALUES {values}");
    // Both sides are given the same rows, made inside of the measure.
    let fresh = move || users(rows as i64);
    Ok(Race {
        name,
        times,
        ours: Box::new(move || {
            ours.execute_script("DELETE FROM users")?;
            Ok(User::insert_many(fresh()).run(&ours)? as usize)
        }),
        raw: Box::new(move || {
            raw.execute_batch("DELETE FROM users")?;
            let users = fresh();
            let mut statement = raw.prepare_cached(&sql)?;
            for (at, user) in users.iter().enumerate() {
                statement.raw_bind_parameter(at * 3 + 1, user.id)?;
                statement.raw_bind_parameter(at * 3 + 2, &user.name)?;
                statement.raw_bind_parameter(at * 3 + 3, &user.hair_color)?;
            }
            statement.raw_execute()
        }),
    })
}

fn main() -> Result<()> {
    println!("{:<34} {:>13} {:>13} {:>6}", "", "peristyle", "rusqlite", "ratio");
    point()?.run()?;
    load("load of 1 row", 1, 2000)?.run()?;
    load("load of 100 rows", 100, 200)?.run()?;
    load("load of 10,000 rows", 10_000, 2)?.run()?;
    filter()?.run()?;
    insert("insert of 1 row", 1, 500)?.run()?;
    insert("insert of 10 rows", 10, 200)?.run()?;
    insert("insert of 100 rows", 100, 50)?.run()
}
