//! What the verbs must know of a database beyond its dialect: one room each, with the same questions.

mod postgres;
mod sqlite;

use std::time::Duration;

use peristyle_driver::{Connection, Error as DriverError, Rows, Value};
use peristyle_schema::{Name, QualifiedName, Schema};
use peristyle_sql::{DialectName, Statement};

use crate::Error;
use crate::script::Kind;

/// What the verbs must know of a database beyond its dialect.
pub(crate) trait Room: Sync {
    /// Why a statement that begins with this word cannot stand in a text of this kind, if it cannot.
    fn refused(&self, keyword: &str, kind: Kind) -> Option<&'static str>;

    /// Whether what a history leads to is written down beside it, because finding it out takes a server.
    fn writes_changes(&self) -> bool;

    /// How long to wait for a lock at a time, by one who waits so long in all.
    fn one_wait(&self, patience: Duration) -> Duration;

    /// One of our own tables, by its whole name.
    fn own_table(&self, name: &str) -> String;

    /// Gets ready for rows that are made up, inside a transaction.
    fn begin_filling(&self, connection: &mut dyn Connection) -> Result<(), Error>;

    /// Runs something that the database may refuse, so that the transaction goes on if it does.
    fn trying(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<Rows, DriverError>,
    ) -> Result<Rows, DriverError>;

    /// Runs something in a transaction in which foreign keys are enforced: committed if it works, undone if not.
    fn seeding(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// A query for one row of parameters `$1`, `$2`, … in the place of these columns of a table, under their names.
    fn proposal(&self, table: &QualifiedName, columns: &[&Name]) -> String;

    /// The tables that a statement begins to rebuild.
    fn rebuilt(&self, statement: &Statement) -> Option<QualifiedName>;

    /// Whether every query gives the same rows after a statement as before it, unless it names what the statement makes or
    /// renames. Where nobody knows, it does not.
    fn leaves_rows(&self, statement: &Statement) -> bool;

    /// The tables whose name begins so, in order.
    fn tables_like(
        &self,
        connection: &mut dyn Connection,
        prefix: &str,
    ) -> Result<Vec<Name>, Error>;

    /// Drops everything, our own tables too; says what went.
    fn drop_all(&self, connection: &mut dyn Connection) -> Result<Vec<String>, Error>;

    /// A value for a column of a type that only the dialect knows.
    fn native_value(&self, schema: &Schema, native: &str, number: i64) -> Value;

    /// The text of the rules that such a type has, if it has any.
    fn native_rules<'a>(&self, schema: &'a Schema, native: &str) -> Option<&'a str>;

    /// What stands in an `INSERT` before `VALUES`, so that every column takes the value it is given.
    fn insert_clause(&self) -> &'static str;

    /// Acts as if more numbers had been given out than there are rows, so that a proof sees whether that is remembered.
    fn raise_marks(&self, connection: &mut dyn Connection) -> Result<(), Error>;

    /// What numbers were given out that must not be given again.
    fn marks(&self, connection: &mut dyn Connection) -> Result<Vec<Mark>, Error>;
}

/// The last number that was given out for the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) table: QualifiedName,
    /// The column that is numbered, where more than one may be.
    pub(crate) column: Option<Name>,
    pub(crate) last: i64,
}

/// The room of this dialect.
pub(crate) fn of(name: DialectName) -> &'static dyn Room {
    match name {
        DialectName::Sqlite => &sqlite::Sqlite,
        DialectName::Postgres => &postgres::Postgres,
    }
}
