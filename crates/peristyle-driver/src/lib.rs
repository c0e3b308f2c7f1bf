//! Connections: the only crate that speaks to a database.
//!
//! A [`Url`] says where, [`open`] connects, and a [`Connection`] runs SQL, reads the catalog and holds a migration's
//! transaction. What is peculiar to one database is in that database's module.

mod connection;
mod error;
pub mod postgres;
pub mod sqlite;
mod url;
mod value;

use peristyle_sql::DialectName;

pub use connection::{Access, Catalog, Connection, Interrupter, Options};
pub use error::{Blocker, Constraint, ConstraintKind, Error, Violation};
pub use url::{Engine, Url};
pub use value::{Rows, Value};

/// Connects to a database.
pub fn open(url: &Url, options: &Options) -> Result<Box<dyn Connection>, Error> {
    match url.engine() {
        Engine::Sqlite => Ok(Box::new(sqlite::Sqlite::open(url, options)?)),
        Engine::Postgres => Ok(Box::new(postgres::Postgres::open(url, options)?)),
        engine @ Engine::Libsql => Err(Error::Unsupported { engine }),
    }
}

/// A database of this dialect that holds nothing, belongs to the caller alone and is gone when the connection is dropped.
pub fn scratch(dialect: DialectName) -> Result<Box<dyn Connection>, Error> {
    match dialect {
        DialectName::Sqlite => Ok(Box::new(sqlite::Sqlite::scratch()?)),
        DialectName::Postgres => Ok(Box::new(postgres::Postgres::scratch()?)),
    }
}

/// The same on a server for development, on which databases may be made and dropped; a dialect without servers needs none.
pub fn scratch_on(server: &Url) -> Result<Box<dyn Connection>, Error> {
    match server.engine() {
        Engine::Sqlite => scratch(DialectName::Sqlite),
        Engine::Postgres => Ok(Box::new(postgres::Postgres::scratch_on(server)?)),
        engine @ Engine::Libsql => Err(Error::Unsupported { engine }),
    }
}
