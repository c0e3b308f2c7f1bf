//! The room of PostgreSQL.

mod emptying;
mod marks;
mod values;

use std::time::Duration;

use peristyle_driver::{Connection, Error as DriverError, Rows, Value};
use peristyle_schema::{Name, QualifiedName, Schema};
use peristyle_sql::{DialectName, Statement, dialect};

use super::{Mark, Room};
use crate::Error;
use crate::script::Kind;
use crate::sql::{column_list, table_name};

pub(super) struct Postgres;

/// How long others may have to stand behind us.
const ONE_WAIT: Duration = Duration::from_secs(2);

/// What is undone where the database refuses something that was only tried.
const TRYING: &str = "_peristyle_trying";

impl Room for Postgres {
    fn refused(&self, keyword: &str, kind: Kind) -> Option<&'static str> {
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(keyword));
        if kind == Kind::Script {
            return None;
        }
        if is(&[
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "PREPARE",
        ]) {
            return Some("a migration runs in one transaction, with its row in the history");
        }
        is(&["SET", "RESET", "DISCARD", "LISTEN", "COPY"])
            .then_some("a migration runs with settings that it must not change")
    }

    fn writes_changes(&self) -> bool {
        true
    }

    /// Whoever waits for a table stands in the way of all who come later.
    fn one_wait(&self, patience: Duration) -> Duration {
        patience.min(ONE_WAIT)
    }

    /// Where the session's search path leads is nobody's business.
    fn own_table(&self, name: &str) -> String {
        let dialect = dialect(DialectName::Postgres);
        table_name(dialect, &QualifiedName::qualified("public", name))
    }

    fn begin_filling(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        connection.batch("SET CONSTRAINTS ALL DEFERRED").map_err(Error::from)
    }

    /// A statement that fails ends the transaction, unless it stands behind a savepoint.
    fn trying(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<Rows, DriverError>,
    ) -> Result<Rows, DriverError> {
        connection.savepoint(TRYING)?;
        match run(connection) {
            Ok(rows) => {
                connection.release_savepoint(TRYING)?;
                Ok(rows)
            }
            Err(error) => {
                connection.rollback_to_savepoint(TRYING)?;
                Err(error)
            }
        }
    }

    /// A migration's transaction, in which names and times mean what they mean there; but rows pass through the policies that
    /// the role is under.
    fn seeding(
        &self,
        connection: &mut dyn Connection,
        run: &mut dyn FnMut(&mut dyn Connection) -> Result<(), Error>,
    ) -> Result<(), Error> {
        connection.begin_migration()?;
        let ran = connection.batch("SET LOCAL row_security = on").map_err(Error::from);
        match ran.and_then(|()| run(connection)) {
            Ok(()) => connection.commit_migration().map_err(Error::from),
            Err(error) => {
                // The first error is the one to tell.
                drop(connection.rollback_migration());
                Err(error)
            }
        }
    }

    /// The table itself lends the parameters their types.
    fn proposal(&self, table: &QualifiedName, columns: &[&Name]) -> String {
        let dialect = dialect(DialectName::Postgres);
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        format!(
            "SELECT {} FROM {} WHERE false UNION ALL SELECT {}",
            column_list(dialect, columns.iter().copied()),
            table_name(dialect, table),
            marks.join(", ")
        )
    }

    /// An identity that is always generated takes a value only where it is told so.
    fn insert_clause(&self) -> &'static str {
        " OVERRIDING SYSTEM VALUE"
    }

    fn rebuilt(&self, _statement: &Statement) -> Option<QualifiedName> {
        // Tables are altered where they are.
        None
    }

    fn leaves_rows(&self, statement: &Statement) -> bool {
        leaves_rows(&statement.sql)
    }

    fn tables_like(
        &self,
        connection: &mut dyn Connection,
        prefix: &str,
    ) -> Result<Vec<Name>, Error> {
        let rows = connection.query(
            "SELECT tablename::text FROM pg_catalog.pg_tables
             WHERE schemaname = 'public' AND pg_catalog.starts_with(tablename::text, $1) ORDER BY tablename",
            &[prefix.into()],
        )?;
        Ok(rows.rows.iter().filter_map(|row| row.first()?.as_text().map(Name::from)).collect())
    }

    fn drop_all(&self, connection: &mut dyn Connection) -> Result<Vec<String>, Error> {
        emptying::drop_all(connection)
    }

    fn native_value(&self, schema: &Schema, native: &str, number: i64) -> Value {
        values::native(schema, native, number)
    }

    fn native_rules<'a>(&self, schema: &'a Schema, native: &str) -> Option<&'a str> {
        values::definition(schema, native).map(|definition| definition.sql.as_str())
    }

    fn raise_marks(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        marks::raise(connection)
    }

    fn marks(&self, connection: &mut dyn Connection) -> Result<Vec<Mark>, Error> {
        marks::read(connection)
    }
}

/// A type that is renamed leaves its values, a value that is renamed does not.
fn leaves_rows(sql: &str) -> bool {
    let words: Vec<String> =
        sql.split_whitespace().take(5).map(|word| word.to_ascii_uppercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words[..],
        ["CREATE" | "COMMENT", ..]
            | ["DROP", "INDEX", ..]
            | ["ALTER", "TYPE", _, "ADD", "VALUE"]
            | ["ALTER", "TYPE", _, "RENAME", "TO"]
    )
}

#[cfg(test)]
mod tests {
    use super::leaves_rows;

    #[test]
    fn what_may_change_rows_is_not_passed_over() {
        for sql in [
            "CREATE TYPE role AS ENUM ('member')",
            "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
            "DROP INDEX CONCURRENTLY IF EXISTS i",
            "ALTER TYPE role ADD VALUE IF NOT EXISTS 'guest'",
            "alter type role\n  rename to _was",
        ] {
            assert!(leaves_rows(sql), "{sql}");
        }
        for sql in [
            "ALTER TYPE role RENAME VALUE 'a' TO 'b'",
            "ALTER TYPE \"a role\" RENAME TO b",
            "ALTER TABLE t RENAME TO u",
            "UPDATE t SET a = 1",
            "DROP TABLE t",
            "CALL backfill()",
        ] {
            assert!(!leaves_rows(sql), "{sql}");
        }
    }
}
