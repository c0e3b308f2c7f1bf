//! Databases to try things on, spoken to without any of Peristyle's own drivers and runners.
//!
//! A test that used the product's runner to judge the product's runner would believe it too much. These do what the
//! manual of each database says.

mod postgres;
mod sqlite;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use peristyle_schema::{QualifiedName, Schema};
use peristyle_sql::{Dialect, DialectName, Statement, dialect};

pub use postgres::PostgresEngine;
pub use sqlite::SqliteEngine;
pub use words::{difference, lines};

use crate::facts::Facts;

/// SQLite's dialect.
pub fn sqlite() -> &'static dyn Dialect {
    dialect(DialectName::Sqlite)
}

/// PostgreSQL's dialect.
pub fn postgres() -> &'static dyn Dialect {
    dialect(DialectName::Postgres)
}

/// A new, empty database of a dialect.
pub fn fresh(dialect: DialectName) -> Box<dyn Engine> {
    match dialect {
        DialectName::Sqlite => Box::new(SqliteEngine::memory()),
        DialectName::Postgres => Box::new(PostgresEngine::fresh()),
    }
}

/// A database.
pub trait Engine: fmt::Debug {
    /// The language that it speaks.
    fn dialect(&self) -> &'static dyn Dialect;

    /// Runs a script without any ceremony.
    fn script(&self, sql: &str) -> Result<(), Stopped>;

    /// Runs statements as a migration is run: all or nothing, but for those that stand alone.
    fn migrate(&self, statements: &[Statement]) -> Result<(), Stopped>;

    /// Runs scripts behind the back of triggers and foreign keys.
    fn behind_the_back(&self, schema: &Schema, scripts: &[String]) -> Result<(), Stopped>;

    /// The columns and rows that a query returns; each value as the SQL literal that makes it.
    fn query(&self, sql: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Stopped>;

    /// The schema, by the database's own catalog.
    fn schema(&self) -> Result<Schema, String>;

    /// A normalized schema in the words in which this database, which holds `live`, prints it.
    fn in_its_words(&self, schema: Schema, live: &Schema) -> Schema;

    /// The tables that belong to the user, in order.
    fn tables(&self) -> Vec<QualifiedName>;

    /// The names of what Peristyle itself left in the database: kept tables, unfinished copies.
    fn leftovers(&self) -> Vec<String>;

    /// Up to which number each table has numbered its rows, by the table's name.
    fn marks(&self) -> BTreeMap<String, i64>;

    /// What the database itself finds wrong.
    fn ailments(&self) -> Vec<String>;

    /// What the database says of itself, asked without Peristyle's catalog reader.
    fn facts(&self) -> Facts;

    /// The rows of every table.
    fn contents(&self) -> Contents {
        let mut contents = Contents::new();
        for table in self.tables() {
            let quoted = quoted(self.dialect(), &table);
            let (columns, mut rows) =
                self.query(&format!("SELECT * FROM {quoted}")).expect("a table can be read");
            rows.sort();
            contents.insert(table.to_string(), Rows { columns, rows });
        }
        contents
    }
}

/// A table's name as it stands in SQL.
pub fn quoted(dialect: &dyn Dialect, name: &QualifiedName) -> String {
    let local = dialect.quote(&name.name);
    match &name.namespace {
        Some(namespace) => format!("{}.{local}", dialect.quote(namespace)),
        None => local,
    }
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, sorted; each value as the SQL literal that makes it, its storage class with it.
    pub rows: Vec<Vec<String>>,
}

/// The rows of every table, by its name.
pub type Contents = BTreeMap<String, Rows>;

/// Why a script did not go through.
#[derive(Debug)]
pub enum Stopped {
    /// The database said no.
    Failed {
        /// The statement.
        sql: String,
        /// What was said.
        message: String,
    },
    /// A guard returned rows.
    Guarded {
        /// What the rows mean.
        message: String,
        /// The first of them.
        row: Vec<String>,
    },
    /// A foreign key points nowhere.
    Orphan(Vec<String>),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { sql, message } => write!(f, "{message}, in:\n{sql}"),
            Self::Guarded { message, row } => {
                write!(f, "a guard stopped it: {message}; the row ({})", row.join(", "))
            }
            Self::Orphan(row) => write!(f, "a foreign key points nowhere: {}", row.join(", ")),
        }
    }
}
