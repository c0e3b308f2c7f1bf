//! Copies of PostgreSQL databases.

use std::time::Duration;

use peristyle_driver::postgres::Postgres;
use peristyle_driver::{Connection, Options, Url, Value};
use peristyle_sql::{DialectName, dialect};

use super::{Copy, End, Prepare, forget, is_stale, now, once, secret, unique};
use crate::{Error, Result};

/// What the names of templates, of the databases for transactions, and of copies begin with.
const TEMPLATE: &str = "_peristyle_template_";
const SHARED: &str = "_peristyle_shared_";
const COPY: &str = "_peristyle_test_";

/// A template that was not made anew for so many seconds is dropped when another one is made.
const KEPT: u64 = 14 * 24 * 60 * 60;

/// The maintenance database of every server.
const MAINTENANCE: &str = "postgres";

/// A copy of the template on this server, which is made if it is not there.
pub(super) fn copy(server: &Url, fingerprint: &str, prepare: &Prepare) -> Result<Copy> {
    let template = format!("{TEMPLATE}{fingerprint}");
    let known = format!("{}{template}", server.secret().unwrap_or_default());
    let mut maintenance = maintenance(server)?;
    for attempt in 0..ATTEMPTS {
        once(&known, || make(server, &template, true, prepare))?;
        let name = format!("{COPY}{}", unique());
        let sql = format!("CREATE DATABASE {} TEMPLATE {}", quote(&name), quote(&template));
        let refused = match maintenance.execute(&sql, &[]) {
            Ok(_) => {
                let url = place(server, &name)?;
                let end = End::Database { server: server.clone(), name };
                return Ok(Copy { url: secret(&url), end });
            }
            Err(refused) => refused,
        };
        match refused.state() {
            // Somebody is connected to the template for the moment: a server's own worker, say.
            Some("55006") => std::thread::sleep(Duration::from_millis(20 << attempt.min(5))),
            // Somebody else dropped the template.
            Some("3D000") => forget(&known),
            _ => return Err(failed(server, &refused)),
        }
    }
    Err(Error::Busy)
}

/// How often a copy is tried.
const ATTEMPTS: u32 = 12;

/// The database in which transactions of tests are rolled back, which is made if it is not there.
pub(super) fn shared(server: &Url, fingerprint: &str, prepare: &Prepare) -> Result<Url> {
    let name = format!("{SHARED}{fingerprint}");
    let known = format!("{}{name}", server.secret().unwrap_or_default());
    once(&known, || make(server, &name, false, prepare))?;
    place(server, &name)
}

/// Makes a database and prepares it, unless it is there. One process does it at a time; the lock is gone with the
/// connection that holds it.
fn make(server: &Url, name: &str, sealed: bool, prepare: &Prepare) -> Result<()> {
    let failed = |error: peristyle_driver::Error| failed(server, &error);
    let mut lock = maintenance(server)?;
    let mut maker = maintenance(server)?;
    lock.batch("BEGIN").map_err(failed)?;
    let locked =
        "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1, 0))::text";
    lock.query(locked, &[Value::from(name)]).map_err(failed)?;
    if !is_ready(&mut maker, name).map_err(failed)? {
        sweep(&mut maker);
        // What a process that was killed while it made it left behind.
        maker
            .execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quote(name)), &[])
            .map_err(failed)?;
        maker
            .execute(&format!("CREATE DATABASE {} TEMPLATE template0", quote(name)), &[])
            .map_err(failed)?;
        let mut database =
            Postgres::open(&place(server, name)?, &Options::default()).map_err(failed)?;
        prepare(&mut database)?;
        drop(database);
        // A comment is what says that it is whole. Nobody may connect to a template, or it could not be copied.
        let ready =
            format!("COMMENT ON DATABASE {} IS 'made by peristyle at {}'", quote(name), now());
        maker.execute(&ready, &[]).map_err(failed)?;
        if sealed {
            let seal = format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", quote(name));
            maker.execute(&seal, &[]).map_err(failed)?;
        }
    }
    lock.batch("COMMIT").map_err(failed)
}

const COMMENTED: &str = "SELECT d.datname::text, s.description FROM pg_catalog.pg_database d \
     JOIN pg_catalog.pg_shdescription s ON s.objoid = d.oid AND s.classoid = 'pg_catalog.pg_database'::regclass";

fn is_ready(server: &mut Postgres, name: &str) -> Result<bool, peristyle_driver::Error> {
    let sql = format!("{COMMENTED} WHERE d.datname::text = $1");
    Ok(!server.query(&sql, &[Value::from(name)])?.rows.is_empty())
}

/// Drops what processes that were killed left behind, and templates of long ago. That it cannot be done stops nobody.
fn sweep(server: &mut Postgres) {
    let mut stale = Vec::new();
    let copies =
        "SELECT datname::text FROM pg_catalog.pg_database WHERE starts_with(datname::text, $1)";
    for row in server.query(copies, &[Value::from(COPY)]).map(|rows| rows.rows).unwrap_or_default()
    {
        let name = row.first().and_then(Value::as_text).unwrap_or_default();
        if name.strip_prefix(COPY).is_some_and(is_stale) {
            stale.push(name.to_owned());
        }
    }
    for row in server.query(COMMENTED, &[]).map(|rows| rows.rows).unwrap_or_default() {
        let [Value::Text(name), Value::Text(comment)] = row.as_slice() else { continue };
        let made =
            comment.strip_prefix("made by peristyle at ").and_then(|at| at.parse::<u64>().ok());
        let ours = name.starts_with(TEMPLATE) || name.starts_with(SHARED);
        if ours && made.is_some_and(|made| made.saturating_add(KEPT) < now()) {
            stale.push(name.clone());
        }
    }
    for name in stale {
        let _ = server.execute(&format!("DROP DATABASE IF EXISTS {}", quote(&name)), &[]);
    }
}

/// Drops a copy, whoever is still connected to it. What cannot be dropped now is swept later.
pub(super) fn drop_database(server: &Url, name: &str) {
    if let Ok(mut maintenance) = maintenance(server) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quote(name));
        let _ = maintenance.execute(&sql, &[]);
    }
}

/// A connection from which databases are made: to the one that the URL names, or to the server's own if there is none yet.
fn maintenance(server: &Url) -> Result<Postgres> {
    match Postgres::open(server, &Options::default()) {
        Err(error) if error.state() == Some("3D000") => {
            Postgres::open(&place(server, MAINTENANCE)?, &Options::default())
                .map_err(|error| failed(server, &error))
        }
        opened => opened.map_err(|error| failed(server, &error)),
    }
}

fn place(server: &Url, name: &str) -> Result<Url> {
    server.with_database(name).ok_or_else(|| Error::Connection {
        reason: format!("{server} is not the URL of a PostgreSQL server"),
    })
}

fn quote(name: &str) -> String {
    dialect(DialectName::Postgres).quote(name)
}

/// Says what can be done.
fn failed(server: &Url, error: &peristyle_driver::Error) -> Error {
    let help = match error.state() {
        Some("42501") => "give the role CREATEDB: each test gets a database of its own",
        Some(_) => "each test gets a database of its own on this server",
        None => {
            "start a PostgreSQL server there, name another one, or test on `sqlite::memory:`; each test gets a database of its own on it"
        }
    };
    Error::Connection { reason: format!("{error}; {help} (tests on {server})") }
}
