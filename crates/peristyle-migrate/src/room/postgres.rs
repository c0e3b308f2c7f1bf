//! The room of PostgreSQL.

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Name, QualifiedName};
use peristyle_sql::Statement;

use super::Room;
use crate::Error;
use crate::script::Kind;

pub(super) struct Postgres;

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

    fn rebuilt(&self, _statement: &Statement) -> Option<QualifiedName> {
        // Tables are altered where they are.
        None
    }

    fn tables_like(
        &self,
        connection: &mut dyn Connection,
        prefix: &str,
    ) -> Result<Vec<Name>, Error> {
        let rows = connection.query(
            "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'public' AND starts_with(tablename::text, $1) ORDER BY tablename",
            &[prefix.into()],
        )?;
        Ok(rows.rows.iter().filter_map(|row| row.first()?.as_text().map(Name::from)).collect())
    }

    fn drop_all(&self, _connection: &mut dyn Connection) -> Result<Vec<String>, Error> {
        Err(Error::usage(
            "not-yet",
            "this build does not reset a PostgreSQL database yet",
            "drop the database and create it again",
        ))
    }

    fn native_value(&self, _native: &str, number: i64) -> Value {
        Value::Text(number.to_string())
    }

    fn raise_marks(&self, _connection: &mut dyn Connection) -> Result<(), Error> {
        Ok(())
    }

    fn marks(&self, _connection: &mut dyn Connection) -> Result<Vec<(String, i64)>, Error> {
        Ok(Vec::new())
    }
}
