//! Where scratch databases are made: what is tried out is tried there, never on a database that somebody uses.

use peristyle_driver::{Connection, Url};
use peristyle_sql::DialectName;

use crate::Error;

/// Where scratch databases of a language are made.
///
/// SQLite's are in memory. PostgreSQL's are databases on a development server, made for the moment and dropped; without such a
/// server, the driver starts a throw-away one from the installed binaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scratch {
    /// The language.
    pub dialect: DialectName,
    /// The development server, if one is named.
    pub server: Option<Url>,
}

impl Scratch {
    /// Scratch databases of this language, on this server if one is named.
    pub fn new(dialect: DialectName, server: Option<Url>) -> Self {
        Self { dialect, server }
    }

    /// A database that holds nothing and is gone when the connection is dropped.
    pub(crate) fn open(&self) -> Result<Box<dyn Connection>, Error> {
        let opened = match &self.server {
            Some(server) if server.dialect()? == self.dialect => {
                peristyle_driver::scratch_on(server)
            }
            // Databases in memory need no server.
            Some(_) if self.dialect == DialectName::Sqlite => {
                peristyle_driver::scratch(self.dialect)
            }
            Some(server) => {
                return Err(Error::usage(
                    "dialect-mismatch",
                    format!("{server} cannot hold scratch databases of {}", self.dialect),
                    "name a PostgreSQL server with `--dev-url` or `dev_url`, or none: a throw-away one is started then",
                ));
            }
            None => peristyle_driver::scratch(self.dialect),
        };
        opened.map_err(Error::from)
    }
}

impl From<DialectName> for Scratch {
    fn from(dialect: DialectName) -> Self {
        Self { dialect, server: None }
    }
}

impl From<&Scratch> for Scratch {
    fn from(scratch: &Scratch) -> Self {
        scratch.clone()
    }
}
