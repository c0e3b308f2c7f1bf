use peristyle_driver::sqlite::Sqlite;
use peristyle_driver::{Access, Options, Url};

use super::Engine;
use super::error;
use crate::engine::{OpenOptions, Role};
use crate::{Error, Result};

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
