//! A SQLite database to try things on, spoken to without any of Peristyle's own runner.
//!
//! A test that used the product's runner to judge the product's runner would believe it too much. This one does what
//! SQLite's manual says: foreign keys off outside the transaction, everything in one, `foreign_key_check` at the end.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use peristyle_schema::{Change, Pair, Schema, TableEdit};
use peristyle_sql::{Answer, Cell, Dialect, DialectName, Role, Statement, dialect};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::cases::compare;

/// The dialect of the engine.
pub fn sqlite() -> &'static dyn Dialect {
    dialect(DialectName::Sqlite)
}

/// A database.
#[derive(Debug)]
pub struct Engine {
    connection: Connection,
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

impl Engine {
    /// A database in memory.
    pub fn memory() -> Self {
        Self { connection: Connection::open_in_memory().expect("SQLite opens a database") }
    }

    /// A database in a file.
    pub fn file(path: &Path) -> Self {
        Self { connection: Connection::open(path).expect("SQLite opens a file") }
    }

    /// Runs a script without any ceremony.
    pub fn script(&self, sql: &str) -> Result<(), Stopped> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| Stopped::Failed { sql: sql.to_owned(), message: error.to_string() })
    }

    /// Runs statements as a migration is run: all or nothing.
    pub fn migrate<'a>(
        &self,
        statements: impl IntoIterator<Item = &'a Statement>,
    ) -> Result<(), Stopped> {
        self.script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;")?;
        let mut ran = statements.into_iter().try_for_each(|statement| self.statement(statement));
        if ran.is_ok()
            && let Some(orphan) = self.query("PRAGMA foreign_key_check")?.1.into_iter().next()
        {
            ran = Err(Stopped::Orphan(orphan));
        }
        self.script(if ran.is_ok() { "COMMIT;" } else { "ROLLBACK;" })?;
        self.script("PRAGMA foreign_keys = ON;")?;
        ran
    }

    fn statement(&self, statement: &Statement) -> Result<(), Stopped> {
        match &statement.role {
            Role::Run | Role::Alone => {
                self.connection.execute(&statement.sql, ()).map(drop).map_err(|error| {
                    Stopped::Failed { sql: statement.sql.clone(), message: error.to_string() }
                })
            }
            Role::Guard { message } => match self.query(&statement.sql)?.1.into_iter().next() {
                None => Ok(()),
                Some(row) => Err(Stopped::Guarded { message: message.clone(), row }),
            },
        }
    }

    /// The columns and rows that a query returns; each value as the SQL literal that makes it.
    pub fn query(&self, sql: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Stopped> {
        let fail = |error: rusqlite::Error| Stopped::Failed {
            sql: sql.to_owned(),
            message: error.to_string(),
        };
        let mut statement = self.connection.prepare(sql).map_err(fail)?;
        let columns: Vec<String> =
            statement.column_names().into_iter().map(str::to_owned).collect();
        let width = columns.len();
        let mut rows = statement.query(()).map_err(fail)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(fail)? {
            let literals = (0..width).map(|at| row.get_ref(at).map(literal));
            out.push(literals.collect::<Result<_, _>>().map_err(fail)?);
        }
        Ok((columns, out))
    }

    /// The schema, by the database's own catalog.
    pub fn schema(&self) -> Result<Schema, String> {
        let answers: Result<Vec<Answer>, String> =
            sqlite().catalog().iter().map(|query| self.answer(query.sql)).collect();
        match sqlite().read_catalog(&answers?) {
            Ok((schema, _notes)) => Ok(schema),
            Err(diagnostics) => Err(lines(&diagnostics)),
        }
    }

    fn answer(&self, sql: &str) -> Result<Answer, String> {
        let fail = |error: rusqlite::Error| error.to_string();
        let mut statement = self.connection.prepare(sql).map_err(fail)?;
        let width = statement.column_count();
        let mut rows = statement.query(()).map_err(fail)?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(fail)? {
            let mut cells = Vec::new();
            for at in 0..width {
                cells.push(match row.get_ref(at).map_err(fail)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(n) => Cell::Integer(n),
                    ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Real(_) | ValueRef::Blob(_) => {
                        return Err(format!("a catalog holds no such value: {sql}"));
                    }
                });
            }
            answer.push(cells);
        }
        Ok(answer)
    }

    /// The names of the tables that belong to the user, in order.
    pub fn tables(&self) -> Vec<String> {
        self.names("type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_peristyle\\_%' ESCAPE '\\'")
    }

    /// The names of what Peristyle itself left in the database: kept tables, unfinished copies.
    pub fn leftovers(&self) -> Vec<String> {
        self.names("name LIKE '\\_peristyle\\_%' ESCAPE '\\'")
    }

    fn names(&self, condition: &str) -> Vec<String> {
        let sql = format!("SELECT name FROM sqlite_schema WHERE {condition} ORDER BY name");
        let mut statement = self.connection.prepare(&sql).expect("the catalog can be asked");
        let names = statement.query_map((), |row| row.get(0)).expect("the catalog answers");
        names.collect::<Result<_, _>>().expect("names are text")
    }

    /// The rows of every table, and the marks of those that number without repetition.
    pub fn contents(&self) -> Contents {
        let mut contents = Contents::new();
        for table in self.tables() {
            let sql = format!("SELECT * FROM {}", sqlite().quote(&table));
            contents.insert(table, self.sorted(&sql));
        }
        if !self.names("name = 'sqlite_sequence'").is_empty() {
            let marks = self.sorted(
                "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE '\\_peristyle\\_%' ESCAPE '\\'",
            );
            if !marks.rows.is_empty() {
                contents.insert("sqlite_sequence".to_owned(), marks);
            }
        }
        contents
    }

    fn sorted(&self, sql: &str) -> Rows {
        let (columns, mut rows) = self.query(sql).expect("a table can be read");
        rows.sort();
        Rows { columns, rows }
    }

    /// What SQLite itself finds wrong with the file or its foreign keys.
    pub fn ailments(&self) -> Vec<String> {
        let mut found = Vec::new();
        for sql in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
            let rows = self.query(sql).expect("a pragma answers").1;
            found.extend(rows.iter().map(|row| row.join(", ")).filter(|row| row != "'ok'"));
        }
        found
    }
}

/// The SQL literal that makes a value.
fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(n) => format!("{n:?}"),
        ValueRef::Text(text) => {
            format!("'{}'", String::from_utf8_lossy(text).replace('\'', "''"))
        }
        ValueRef::Blob(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            format!("X'{hex}'")
        }
    }
}

/// Diagnostics or changes, one a line.
pub fn lines<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

/// What keeps two schemas apart, a line for each fact; empty if nothing does.
pub fn difference(schemas: Pair<&Schema>) -> String {
    let mut out = String::new();
    for change in peristyle_schema::diff(schemas) {
        match change {
            Change::AlterTable { table, edits } => {
                for edit in edits {
                    out.push_str(&format!("{table}: {}\n", edit_in_words(&edit)));
                }
            }
            other => out.push_str(&format!("{other:?}\n")),
        }
    }
    out
}

/// An edit; of two columns only what differs.
fn edit_in_words(edit: &TableEdit) -> String {
    let TableEdit::AlterColumn(columns) = edit else { return format!("{edit:?}") };
    let lines = compare(&format!("{:#?}", columns.old), &format!("{:#?}", columns.new));
    let told: Vec<&str> =
        lines.lines().map(str::trim).filter(|line| line.starts_with(['-', '+'])).collect();
    format!("{}: {}", columns.old.name, told.join(" "))
}
