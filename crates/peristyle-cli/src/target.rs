//! The database that a command means, opened as far as the command needs it.

use std::time::Duration;

use clap::Args;
use peristyle_driver::{Access, Connection, Options, Url};
use peristyle_sql::DialectName;

use crate::failure::Failure;

/// How long to wait for others.
#[derive(Debug, Clone, Args)]
pub struct LockArgs {
    /// How many seconds to wait while another process migrates the database
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    pub lock_timeout: u32,
}

impl LockArgs {
    /// How long to wait.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.lock_timeout.into())
    }
}

/// Opens a database.
pub fn open(url: &Url, access: Access) -> Result<Box<dyn Connection>, Failure> {
    connect(url, &Options { access, ..Options::default() })
}

/// Opens a database to write to it, made if it is not there.
pub fn create(url: &Url, lock: &LockArgs) -> Result<Box<dyn Connection>, Failure> {
    connect(url, &Options { access: Access::Create, lock_timeout: lock.timeout() })
}

/// Opens a database to look at it. One that is not there yet is looked at as the empty database it would be.
pub fn look(url: &Url, dialect: DialectName) -> Result<Box<dyn Connection>, Failure> {
    if is_absent(url) {
        let scratch = peristyle_driver::scratch(dialect);
        return scratch.map_err(|error| Failure::from(peristyle_migrate::Error::from(error)));
    }
    connect(url, &Options::read())
}

/// Whether the database is a file that is not there, in a folder that is.
pub fn is_absent(url: &Url) -> bool {
    url.path().is_some_and(|path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        !path.exists() && folder.is_none_or(|folder| folder.is_dir())
    })
}

fn connect(url: &Url, options: &Options) -> Result<Box<dyn Connection>, Failure> {
    let opened = peristyle_driver::open(url, options);
    opened.map_err(|error| Failure::from(peristyle_migrate::Error::from(error)))
}
