use std::collections::BTreeMap;
use std::path::Path;

use peristyle_schema::{ObjectKind, QualifiedName, Schema};
use peristyle_sql::{Answer, Cell, Dialect, Role, Statement};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{Engine, Stopped, lines, sqlite};
use crate::facts::{self, Facts};

/// A SQLite database.
///
/// Migrations run as its manual says: foreign keys off outside the transaction, everything in one, `foreign_key_check`
/// at the end.
#[derive(Debug)]
pub struct SqliteEngine {
    connection: Connection,
}

impl SqliteEngine {
    /// A database in memory.
    pub fn memory() -> Self {
        Self { connection: Connection::open_in_memory().expect("SQLite opens a database") }
    }

    /// A database in a file.
    pub fn file(path: &Path) -> Self {
        Self { connection: Connection::open(path).expect("SQLite opens a file") }
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

    fn names(&self, condition: &str) -> Vec<String> {
        let sql = format!("SELECT name FROM sqlite_schema WHERE {condition} ORDER BY name");
        let mut statement = self.connection.prepare(&sql).expect("the catalog can be asked");
        let names = statement.query_map((), |row| row.get(0)).expect("the catalog answers");
        names.collect::<Result<_, _>>().expect("names are text")
    }
}

impl Engine for SqliteEngine {
    fn dialect(&self) -> &'static dyn Dialect {
        sqlite()
    }

    fn script(&self, sql: &str) -> Result<(), Stopped> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| Stopped::Failed { sql: sql.to_owned(), message: error.to_string() })
    }

    fn migrate(&self, statements: &[Statement]) -> Result<(), Stopped> {
        self.script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;")?;
        let mut ran = statements.iter().try_for_each(|statement| self.statement(statement));
        if ran.is_ok()
            && let Some(orphan) = self.query("PRAGMA foreign_key_check")?.1.into_iter().next()
        {
            ran = Err(Stopped::Orphan(orphan));
        }
        self.script(if ran.is_ok() { "COMMIT;" } else { "ROLLBACK;" })?;
        self.script("PRAGMA foreign_keys = ON;")?;
        ran
    }

    fn behind_the_back(&self, schema: &Schema, scripts: &[String]) -> Result<(), Stopped> {
        self.script("PRAGMA foreign_keys = OFF; BEGIN;")?;
        let triggers =
            schema.objects.values().filter(|object| object.id.kind == ObjectKind::Trigger);
        for trigger in triggers.clone() {
            self.script(&format!("DROP TRIGGER {};", sqlite().quote(&trigger.id.name.name)))?;
        }
        scripts.iter().try_for_each(|script| self.script(script))?;
        for trigger in triggers {
            self.script(&trigger.sql)?;
        }
        self.script("COMMIT; PRAGMA foreign_keys = ON;")?;
        match self.query("PRAGMA foreign_key_check")?.1.into_iter().next() {
            Some(orphan) => Err(Stopped::Orphan(orphan)),
            None => Ok(()),
        }
    }

    fn query(&self, sql: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Stopped> {
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

    fn schema(&self) -> Result<Schema, String> {
        let answers: Result<Vec<Answer>, String> =
            sqlite().catalog().iter().map(|query| self.answer(query.sql)).collect();
        match sqlite().read_catalog(&answers?) {
            Ok((schema, _notes)) => Ok(schema),
            Err(diagnostics) => Err(lines(&diagnostics)),
        }
    }

    fn in_its_words(&self, schema: Schema, live: &Schema) -> Schema {
        sqlite().canonical(schema, live, &mut |_, _| None)
    }

    fn tables(&self) -> Vec<QualifiedName> {
        let names = self.names("type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_peristyle\\_%' ESCAPE '\\'");
        names.into_iter().map(QualifiedName::local).collect()
    }

    fn leftovers(&self) -> Vec<String> {
        self.names("name LIKE '\\_peristyle\\_%' ESCAPE '\\'")
    }

    fn marks(&self) -> BTreeMap<String, i64> {
        if self.names("name = 'sqlite_sequence'").is_empty() {
            return BTreeMap::new();
        }
        let sql = "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE '\\_peristyle\\_%' ESCAPE '\\'";
        let mut statement = self.connection.prepare(sql).expect("the marks can be asked for");
        let marks = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
        marks.expect("SQLite answers").collect::<Result<_, _>>().expect("marks are numbers")
    }

    fn ailments(&self) -> Vec<String> {
        let mut found = Vec::new();
        for sql in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
            let rows = self.query(sql).expect("a pragma answers").1;
            found.extend(rows.iter().map(|row| row.join(", ")).filter(|row| row != "'ok'"));
        }
        found
    }

    fn facts(&self) -> Facts {
        facts::of_sqlite(self)
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
