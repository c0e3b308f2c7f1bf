//! The room of SQLite.

use std::time::Duration;

use peristyle_driver::{Connection, Error as DriverError, Rows, Value};
use peristyle_schema::{Name, QualifiedName, Schema};
use peristyle_sql::{DialectName, Role, Statement, dialect};

use super::{Mark, Room};
use crate::Error;
use crate::script::Kind;

pub(super) struct Sqlite;

/// The name that a rebuild gives the new table until the old one is gone.
const NEW: &str = "_peristyle_new_";

impl Room for Sqlite {
    fn refused(&self, keyword: &str, kind: Kind) -> Option<&'static str> {
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(keyword));
        if is(&["ATTACH", "DETACH", "VACUUM"]) {
            return Some("it reaches outside the database or cannot be undone");
        }
        if kind == Kind::Script {
            return None;
        }
        if is(&["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"]) {
            return Some("a migration runs in one transaction, with its row in the history");
        }
        is(&["PRAGMA"]).then_some("a migration runs with settings that it must not change")
    }

    fn writes_changes(&self) -> bool {
        false
    }

    fn one_wait(&self, patience: Duration) -> Duration {
        patience
    }

    fn own_table(&self, name: &str) -> String {
        dialect(DialectName::Sqlite).quote(name)
    }

    fn begin_filling(&self, _: &mut dyn Connection) -> Result<(), Error> {
        Ok(())
    }

    fn trying(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<Rows, DriverError>,
    ) -> Result<Rows, DriverError> {
        run(connection)
    }

    fn seeding(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<(), Error>,
    ) -> Result<(), Error> {
        connection.batch("BEGIN")?;
        let ran = run(connection);
        let ended = match &ran {
            Ok(()) => connection.batch("COMMIT"),
            Err(_) => connection.batch("ROLLBACK"),
        };
        match (ran, ended) {
            (Ok(()), Ok(())) => Ok(()),
            (Ok(()), Err(error)) => {
                // Deferred foreign keys are checked by the commit; what it refuses stays open.
                connection.batch("ROLLBACK")?;
                Err(error.into())
            }
            // Some errors (disk full) have rolled back already; the first error is the one to tell.
            (Err(error), Ok(()) | Err(_)) => Err(error),
        }
    }

    fn proposal(&self, _: &QualifiedName, columns: &[&Name]) -> String {
        let dialect = dialect(DialectName::Sqlite);
        let values = columns.iter().enumerate();
        let values = values.map(|(n, name)| format!("${} AS {}", n + 1, dialect.quote(name)));
        format!("SELECT {}", values.collect::<Vec<_>>().join(", "))
    }

    fn rebuilt(&self, statement: &Statement) -> Option<QualifiedName> {
        let head = match &statement.role {
            Role::Run => statement.sql.get(..statement.sql.find('(')?)?,
            Role::Guard { .. } | Role::Alone => return None,
        };
        let mut words = head.split_whitespace();
        let create = words.next()?.eq_ignore_ascii_case("create")
            && words.next()?.eq_ignore_ascii_case("table");
        let name = head.find(NEW).filter(|_| create).map(|at| &head[at + NEW.len()..])?;
        let name = name.trim_end().trim_end_matches('"').replace("\"\"", "\"");
        Some(QualifiedName::local(name))
    }

    fn leaves_rows(&self, _statement: &Statement) -> bool {
        // No statement stands alone there, so nothing need be known before it runs.
        false
    }

    fn tables_like(
        &self,
        connection: &mut dyn Connection,
        prefix: &str,
    ) -> Result<Vec<Name>, Error> {
        let rows = connection.query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, length($1)) = $1 ORDER BY name",
            &[prefix.into()],
        )?;
        Ok(rows.rows.iter().filter_map(|row| row.first()?.as_text().map(Name::from)).collect())
    }

    fn drop_all(&self, connection: &mut dyn Connection) -> Result<Vec<String>, Error> {
        // Views and triggers first, so that nothing dangles; a virtual table takes its shadow tables along.
        const OBJECTS: &str = "SELECT type, name FROM sqlite_schema
            WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type IN ('view', 'trigger', 'table')
            ORDER BY type = 'table', sql NOT LIKE 'create virtual%', name";
        let mut dropped = Vec::new();
        while let Some(row) = connection.query(&format!("{OBJECTS} LIMIT 1"), &[])?.rows.first() {
            let [kind, name] = &row[..] else { break };
            let (kind, name) =
                (kind.as_text().unwrap_or_default(), name.as_text().unwrap_or_default());
            let quoted = connection.dialect().quote(name);
            connection.execute(&format!("DROP {kind} {quoted}"), &[])?;
            dropped.push(format!("{kind} {name}"));
        }
        Ok(dropped)
    }

    /// By the affinity of the type's name: <https://sqlite.org/datatype3.html#determination_of_column_affinity>.
    fn native_value(&self, _: &Schema, native: &str, number: i64) -> Value {
        let native = native.to_ascii_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| native.contains(word));
        if has(&["INT"]) {
            Value::Integer(number)
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Value::Text(format!("text {number}"))
        } else if native.is_empty() || has(&["BLOB"]) {
            Value::Bytes(number.to_be_bytes().to_vec())
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Value::Real(number as f64 + 0.5)
        } else {
            Value::Integer(number)
        }
    }

    fn native_rules<'a>(&self, _: &'a Schema, _: &str) -> Option<&'a str> {
        None
    }

    fn insert_clause(&self) -> &'static str {
        ""
    }

    fn raise_marks(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        if !self.tables_like(connection, "sqlite_sequence")?.is_empty() {
            connection.execute("UPDATE sqlite_sequence SET seq = seq + 10", &[])?;
        }
        Ok(())
    }

    fn marks(&self, connection: &mut dyn Connection) -> Result<Vec<Mark>, Error> {
        if self.tables_like(connection, "sqlite_sequence")?.is_empty() {
            return Ok(Vec::new());
        }
        let rows = connection.query("SELECT name, seq FROM sqlite_sequence ORDER BY name", &[])?;
        Ok(rows
            .rows
            .iter()
            .filter_map(|row| {
                let table = QualifiedName::local(row[0].as_text()?);
                Some(Mark { table, column: None, last: row[1].as_integer()? })
            })
            .collect())
    }
}
