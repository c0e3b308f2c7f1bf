use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use peristyle_schema::{Diagnostic, Schema};
use peristyle_sql::{Cell, Dialect};

use crate::{Error, Rows, Url, Value};

/// How to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What may be done with the database.
    pub access: Access,
    /// How long to wait for a lock before giving up with [`Error::Locked`].
    pub lock_timeout: Duration,
}

/// What may be done with a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Access {
    /// Read only; the database must exist.
    Read,
    /// Read and write; the database must exist.
    #[default]
    Write,
    /// Read and write; a database that does not exist is made.
    Create,
}

impl Default for Options {
    /// Reads and writes an existing database, and waits five seconds for a lock.
    fn default() -> Self {
        Self { access: Access::default(), lock_timeout: Duration::from_secs(5) }
    }
}

impl Options {
    /// These options for reading only.
    pub fn read() -> Self {
        Self { access: Access::Read, ..Self::default() }
    }

    /// These options for a database that may not exist yet.
    pub fn create() -> Self {
        Self { access: Access::Create, ..Self::default() }
    }
}

/// What a live database says of itself.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Its schema, normalized.
    pub schema: Schema,
    /// What the schema cannot hold, and other things worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// A connection to a database.
///
/// Placeholders are written `$1`, `$2`, … in the order of the parameters: every database takes that form.
pub trait Connection: Send {
    /// The language that the database speaks.
    fn dialect(&self) -> &'static dyn Dialect;

    /// Which database it is connected to.
    fn url(&self) -> &Url;

    /// Runs one statement and says how many rows it changed.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error>;

    /// Runs one query and returns all its rows.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Rows, Error>;

    /// Runs a script of any number of statements.
    fn batch(&mut self, script: &str) -> Result<(), Error>;

    /// Something that changes whenever the catalog does, so that an unchanged catalog need not be read again. `None` means
    /// that the database has no such thing.
    fn catalog_version(&mut self) -> Result<Option<i64>, Error>;

    /// Changes how long this connection waits for a lock.
    fn set_lock_timeout(&mut self, timeout: std::time::Duration) -> Result<(), Error>;

    /// Takes the lease that only one migrator of a database has, and keeps it until [`Connection::release`]. It expires by
    /// itself if its holder is gone. A database whose transactions shut out other writers needs none.
    fn lease(&mut self, owner: &str) -> Result<(), Error> {
        let _ = owner;
        Ok(())
    }

    /// Gives the lease back.
    fn release(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Runs one statement outside of any transaction, or makes sure that it was run before: what an interrupted run left
    /// behind is cleared away first.
    fn run_alone(&mut self, sql: &str) -> Result<(), Error> {
        self.execute(sql, &[]).map(drop)
    }

    /// Begins a migration: takes the lock that only one migrator can have, and lets tables be rebuilt without their
    /// foreign keys acting.
    fn begin_migration(&mut self) -> Result<(), Error>;

    /// Checks what the migration did: the foreign keys that point to nothing now and did not when it began are
    /// [`Error::ForeignKeys`].
    fn check_migration(&mut self) -> Result<(), Error>;

    /// Commits a migration. If it fails, nothing of the migration remains.
    fn commit_migration(&mut self) -> Result<(), Error>;

    /// Undoes all that was done since [`Connection::begin_migration`].
    fn rollback_migration(&mut self) -> Result<(), Error>;

    /// Marks a point to return to inside a migration.
    fn savepoint(&mut self, name: &str) -> Result<(), Error>;

    /// Undoes all that was done since the savepoint, and forgets it.
    fn rollback_to_savepoint(&mut self, name: &str) -> Result<(), Error>;

    /// Forgets the savepoint; what was done since stays a part of the transaction.
    fn release_savepoint(&mut self, name: &str) -> Result<(), Error>;

    /// A handle by which another thread can stop the statement that is running.
    fn interrupter(&self) -> Interrupter;

    /// The declared schema in the words in which this database would print it, so that it can be compared with `live`, its
    /// catalog. Nothing stays changed.
    fn canonical(&mut self, declared: Schema, live: &Schema) -> Result<Schema, Error> {
        let _ = live;
        Ok(declared)
    }

    /// Reads the catalog into a schema.
    fn catalog(&mut self) -> Result<Catalog, Error> {
        let dialect = self.dialect();
        let mut answers = Vec::new();
        for question in dialect.catalog() {
            let rows = self.query(question.sql, &[])?.rows;
            answers.push(rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect());
        }
        let (schema, notes) = dialect.read_catalog(&answers).map_err(Error::Catalog)?;
        Ok(Catalog { schema, notes })
    }
}

/// A catalog holds text and integers; anything else in one is shown as text.
pub(crate) fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(value) => Cell::Integer(value),
        Value::Text(value) => Cell::Text(value),
        Value::Real(value) => Cell::Text(value.to_string()),
        Value::Bytes(value) => Cell::Text(String::from_utf8_lossy(&value).into_owned()),
    }
}

/// Stops the statement that a connection is running, from another thread.
#[derive(Clone)]
pub struct Interrupter(Arc<dyn Fn() + Send + Sync>);

impl Interrupter {
    /// An interrupter that calls this.
    pub fn new(interrupt: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(interrupt))
    }

    /// Stops the running statement, which fails with [`Error::Interrupted`].
    pub fn interrupt(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}
