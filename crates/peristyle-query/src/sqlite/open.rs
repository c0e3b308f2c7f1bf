use std::time::Duration;

use peristyle_driver::sqlite::Sqlite;
use peristyle_driver::{Access, Engine as Kind, Options, Url};

use super::Engine;
use super::error;
use crate::{Error, Result};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reading and writing.
    Writer,
    /// Reading only.
    Reader,
}

/// How connections are opened.
#[derive(Debug, Clone)]
pub(crate) struct OpenOptions {
    pub(crate) busy_timeout: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5) }
    }
}

/// Reads the URL of a database; text without a scheme is the path of a SQLite file.
pub(crate) fn parse(url: &str) -> Result<Url> {
    let text = if url.contains(':') { url.to_owned() } else { format!("sqlite:{url}") };
    let parsed: Url = text.parse().map_err(unopened)?;
    match parsed.engine() {
        Kind::Sqlite => Ok(parsed),
        engine @ (Kind::Libsql | Kind::Postgres) => {
            Err(unopened(peristyle_driver::Error::Unsupported { engine }))
        }
    }
}

/// Opens a database as a migrator sees it; a file that does not exist is made.
pub(crate) fn connect(url: &Url, options: &OpenOptions) -> Result<Sqlite> {
    let options = Options { access: Access::Create, lock_timeout: options.busy_timeout };
    Sqlite::open(url, &options).map_err(unopened)
}

/// Sets what rows rely on: a file is in WAL mode, so that readers and one writer do not wait for each other, and who only
/// reads cannot write. (Foreign keys are enforced by the driver.)
pub(crate) fn engine(sqlite: Sqlite, url: &Url, role: Role) -> Result<Engine> {
    let raw = sqlite.into_raw();
    let settings = match (url.path(), role) {
        (None, _) => "",
        (Some(_), Role::Writer) if url.access() == Some(Access::Read) => "PRAGMA query_only = ON",
        (Some(_), Role::Writer) => "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
        (Some(_), Role::Reader) => "PRAGMA query_only = ON",
    };
    raw.execute_batch(settings).map_err(error::general)?;
    Ok(Engine::new(raw))
}

fn unopened(error: peristyle_driver::Error) -> Error {
    Error::Connection { reason: error.to_string() }
}
