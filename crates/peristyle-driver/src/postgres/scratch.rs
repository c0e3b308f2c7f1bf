//! Databases that hold nothing, belong to one connection and are gone with it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use peristyle_sql::DialectName;

use super::Postgres;
use super::cluster::{Cluster, ClusterOptions};
use crate::{Connection, Error, Options, Url, Value};

/// What their names begin with; then come the second in which it was made, the number of the process that made it, and a number.
const PREFIX: &str = "_peristyle_scratch_";

/// What a process that was killed left behind is dropped after this many seconds: nothing takes so long.
const STALE_AFTER: u64 = 24 * 60 * 60;

/// A database that is dropped at its end.
#[derive(Debug)]
pub(super) struct Scratch {
    server: Url,
    name: String,
}

impl Postgres {
    /// A database that holds nothing on this server, and is gone when the connection is dropped. The role must be allowed
    /// to make databases.
    pub fn scratch_on(server: &Url) -> Result<Self, Error> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut maintenance = Self::open(server, &Options::default())?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            if number == 0 {
                sweep(&mut maintenance, now);
            }
            let name = format!("{PREFIX}{now}_{}_{number}", std::process::id());
            let create = format!(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'",
                maintenance.dialect().quote(&name)
            );
            match maintenance.execute(&create, &[]) {
                Ok(_) => {
                    let scratch = Scratch { server: server.clone(), name };
                    return Self::open_scratch(scratch);
                }
                // Another machine's process with our number.
                Err(error) if error.state() == Some("42P04") => {}
                Err(error) if error.state() == Some("42501") => {
                    return Err(Error::NoServer(format!(
                        "{server} does not let this role make databases ({error}); give it CREATEDB, or name another server for development"
                    )));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// A database that holds nothing on a server of this process's own, which is started when the first one is wanted and
    /// ends with the process.
    pub fn scratch() -> Result<Self, Error> {
        Self::scratch_on(&own_server()?)
    }

    fn open_scratch(scratch: Scratch) -> Result<Self, Error> {
        let url = scratch
            .server
            .with_database(&scratch.name)
            .ok_or_else(|| Error::unexpected("the URL of a server", None))?;
        let mut opened = Self::open(&url, &Options::default())?;
        opened.scratch = Some(scratch);
        Ok(opened)
    }
}

/// The server of this process's own.
fn own_server() -> Result<Url, Error> {
    static OWN: Mutex<Option<Cluster>> = Mutex::new(None);
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = own.as_ref() {
        return Ok(cluster.url());
    }
    let cluster = Cluster::start(&ClusterOptions::default())?;
    Ok(own.insert(cluster).url())
}

impl Drop for Scratch {
    /// What cannot be dropped now is swept later.
    fn drop(&mut self) {
        let dialect = peristyle_sql::dialect(DialectName::Postgres);
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", dialect.quote(&self.name));
        if let Ok(mut server) = Postgres::open(&self.server, &Options::default()) {
            let _ = server.execute(&sql, &[]);
        }
    }
}

/// Drops what processes that were killed left behind long ago. That it cannot be done stops nobody.
fn sweep(server: &mut Postgres, now: u64) {
    let asked = server.query(
        "SELECT datname::text FROM pg_catalog.pg_database WHERE starts_with(datname::text, $1)",
        &[Value::from(PREFIX)],
    );
    for row in asked.map(|rows| rows.rows).unwrap_or_default() {
        let Some(name) = row.first().and_then(Value::as_text) else { continue };
        if is_stale(name, now) {
            let sql = format!("DROP DATABASE IF EXISTS {}", server.dialect().quote(name));
            let _ = server.execute(&sql, &[]);
        }
    }
}

fn is_stale(name: &str, now: u64) -> bool {
    let made = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split('_').next())
        .and_then(|seconds| seconds.parse::<u64>().ok());
    made.is_some_and(|made| made.saturating_add(STALE_AFTER) < now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_old_and_ours_is_swept() {
        let now = 1_000_000;
        for (name, stale) in [
            ("_peristyle_scratch_100_7_0", true),
            ("_peristyle_scratch_999999_7_0", false),
            ("_peristyle_scratch_9999999_7_0", false),
            ("_peristyle_scratch_", false),
            ("_peristyle_scratch_x_1_1", false),
            ("app_100_7_0", false),
        ] {
            assert_eq!(is_stale(name, now), stale, "{name}");
        }
    }
}
