//! What the verbs must know of a database beyond its dialect: one room each, with the same questions.

mod postgres;
mod sqlite;

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Name, QualifiedName};
use peristyle_sql::{DialectName, Statement};

use crate::Error;
use crate::script::Kind;

/// What the verbs must know of a database beyond its dialect.
pub(crate) trait Room: Sync {
    /// Why a statement that begins with this word cannot stand in a text of this kind, if it cannot.
    fn refused(&self, keyword: &str, kind: Kind) -> Option<&'static str>;

    /// The tables that a statement begins to rebuild.
    fn rebuilt(&self, statement: &Statement) -> Option<QualifiedName>;

    /// The tables whose name begins so, in order.
    fn tables_like(
        &self,
        connection: &mut dyn Connection,
        prefix: &str,
    ) -> Result<Vec<Name>, Error>;

    /// Drops everything, our own tables too; says what went.
    fn drop_all(&self, connection: &mut dyn Connection) -> Result<Vec<String>, Error>;

    /// A value for a column of a type that only the dialect knows.
    fn native_value(&self, native: &str, number: i64) -> Value;

    /// Acts as if more numbers had been given out than there are rows, so that a proof sees whether that is remembered.
    fn raise_marks(&self, connection: &mut dyn Connection) -> Result<(), Error>;

    /// What numbers were given out that must not be given again: by table, the last one.
    fn marks(&self, connection: &mut dyn Connection) -> Result<Vec<(String, i64)>, Error>;
}

/// The room of this dialect.
pub(crate) fn of(name: DialectName) -> &'static dyn Room {
    match name {
        DialectName::Sqlite => &sqlite::Sqlite,
        DialectName::Postgres => &postgres::Postgres,
    }
}
