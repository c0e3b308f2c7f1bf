//! SQLite, by `rusqlite`.

mod error;
mod migration;
pub mod statement;

use std::time::Duration;

use peristyle_sql::{Dialect, DialectName};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{OpenFlags, ToSql};

use crate::{Access, Connection, Error, Interrupter, Options, Rows, Url, Value};

pub use self::error::from_rusqlite;
pub use rusqlite;

use self::migration::Migration;

/// A connection to a SQLite database.
#[derive(Debug)]
pub struct Sqlite {
    raw: rusqlite::Connection,
    url: Url,
    migration: Migration,
}

impl Sqlite {
    /// Opens a SQLite database with foreign keys enforced, and makes sure that it is one.
    pub fn open(url: &Url, options: &Options) -> Result<Self, Error> {
        let raw = match url.path() {
            None => rusqlite::Connection::open_in_memory(),
            Some(path) => {
                let access = match (url.access(), options.access) {
                    (Some(Access::Read), _) | (_, Access::Read) => Access::Read,
                    (Some(asked), Access::Write | Access::Create) => asked,
                    (None, access) => access,
                };
                openable(url, access)?;
                rusqlite::Connection::open_with_flags(path, flags(access))
            }
        };
        let raw = raw.map_err(|e| error::opening(e, url))?;
        raw.busy_timeout(options.lock_timeout).map_err(|e| error::opening(e, url))?;
        raw.pragma_update(None, "foreign_keys", true).map_err(|e| error::opening(e, url))?;
        // The first read of the file: it fails here, and not later, on a file that is not a database.
        raw.query_row("PRAGMA schema_version", [], |_| Ok(()))
            .map_err(|e| error::opening(e, url))?;
        Ok(Self { raw, url: url.clone(), migration: Migration::default() })
    }

    /// A database in memory that holds nothing.
    pub fn scratch() -> Result<Self, Error> {
        Self::open(&Url::memory(), &Options::default())
    }

    /// The connection underneath.
    pub fn raw(&self) -> &rusqlite::Connection {
        &self.raw
    }

    /// The connection underneath, to change.
    pub fn raw_mut(&mut self) -> &mut rusqlite::Connection {
        &mut self.raw
    }

    /// Gives the connection underneath away.
    pub fn into_raw(self) -> rusqlite::Connection {
        self.raw
    }

    fn pragma(&self, sql: &'static str) -> Result<i64, Error> {
        self.raw.query_row(sql, [], |row| row.get(0)).map_err(from_rusqlite)
    }
}

fn flags(access: Access) -> OpenFlags {
    let access = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Says why a file cannot be opened where SQLite would only say that it cannot.
fn openable(url: &Url, access: Access) -> Result<(), Error> {
    let Some(path) = url.path() else { return Ok(()) };
    let refuse = |reason: &str| {
        Err(Error::CannotOpen { url: url.clone(), reason: reason.to_owned(), state: None })
    };
    if path.is_dir() {
        return refuse("it is a folder");
    }
    if path.exists() {
        return Ok(());
    }
    match access {
        Access::Read | Access::Write => refuse("there is no such file"),
        Access::Create => match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                refuse("the folder to make it in does not exist")
            }
            Some(_) | None => Ok(()),
        },
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

/// Text that is not UTF-8, which SQLite allows, comes as bytes.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Bytes(bytes.to_vec()),
        },
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl Connection for Sqlite {
    fn dialect(&self) -> &'static dyn Dialect {
        peristyle_sql::dialect(DialectName::Sqlite)
    }

    fn url(&self) -> &Url {
        &self.url
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let run = || {
            if params.is_empty() {
                // Not kept: a schema's statements run once, and a kept one would be prepared again after every change.
                let mut statement = self.raw.prepare(sql)?;
                let mut rows = statement.query([])?;
                while rows.next()?.is_some() {}
            } else {
                let mut statement = self.raw.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(params))?;
                while rows.next()?.is_some() {}
            }
            Ok(self.raw.changes())
        };
        run().map_err(from_rusqlite)
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Rows, Error> {
        let run = || {
            let mut statement = self.raw.prepare(sql)?;
            let columns: Vec<String> =
                statement.column_names().into_iter().map(str::to_owned).collect();
            let mut cursor = statement.query(rusqlite::params_from_iter(params))?;
            let mut rows = Vec::new();
            while let Some(row) = cursor.next()? {
                let read = (0..columns.len()).map(|at| row.get_ref(at).map(value));
                rows.push(read.collect::<rusqlite::Result<Vec<Value>>>()?);
            }
            Ok(Rows { columns, rows })
        };
        run().map_err(from_rusqlite)
    }

    fn batch(&mut self, script: &str) -> Result<(), Error> {
        self.raw.execute_batch(script).map_err(from_rusqlite)
    }

    fn catalog_version(&mut self) -> Result<Option<i64>, Error> {
        self.pragma("PRAGMA schema_version").map(Some)
    }

    fn set_lock_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.raw.busy_timeout(timeout).map_err(from_rusqlite)
    }

    fn begin_migration(&mut self) -> Result<(), Error> {
        self.migration.begin(&self.raw)
    }

    fn check_migration(&mut self) -> Result<(), Error> {
        self.migration.check(&self.raw)
    }

    fn commit_migration(&mut self) -> Result<(), Error> {
        self.migration.commit(&self.raw)
    }

    fn rollback_migration(&mut self) -> Result<(), Error> {
        self.migration.rollback(&self.raw)
    }

    fn savepoint(&mut self, name: &str) -> Result<(), Error> {
        self.batch(&format!("SAVEPOINT {}", self.dialect().quote(name)))
    }

    fn rollback_to_savepoint(&mut self, name: &str) -> Result<(), Error> {
        let name = self.dialect().quote(name);
        self.batch(&format!("ROLLBACK TO {name}; RELEASE {name}"))
    }

    fn release_savepoint(&mut self, name: &str) -> Result<(), Error> {
        let name = self.dialect().quote(name);
        self.batch(&format!("RELEASE {name}"))
    }

    fn interrupter(&self) -> Interrupter {
        let handle = self.raw.get_interrupt_handle();
        Interrupter::new(move || handle.interrupt())
    }
}
