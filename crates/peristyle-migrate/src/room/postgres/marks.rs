//! The sequences that number the rows of tables.

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Name, QualifiedName};

use super::Mark;
use crate::Error;

/// The sequences that a column owns, as identity or as serial, and that have given out a number.
const OWNED: &str = "
    FROM pg_catalog.pg_depend AS d
    JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.objid
    JOIN pg_catalog.pg_class AS c ON c.oid = d.refobjid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.deptype IN ('a', 'i') AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)";

/// Numbers between, so that a table that counted from its rows would be noticed.
const GAP: i64 = 10;

pub(super) fn raise(connection: &mut dyn Connection) -> Result<(), Error> {
    let sql = format!(
        "SELECT pg_catalog.setval(s.seqrelid::pg_catalog.regclass,
           LEAST(s.seqmax, GREATEST(s.seqmin, COALESCE(pg_catalog.pg_sequence_last_value(s.seqrelid), 0) + {GAP}))) {OWNED}"
    );
    connection.query(&sql, &[])?;
    Ok(())
}

pub(super) fn read(connection: &mut dyn Connection) -> Result<Vec<Mark>, Error> {
    let sql = format!(
        "SELECT n.nspname::text, c.relname::text, a.attname::text,
           pg_catalog.pg_sequence_last_value(s.seqrelid) {OWNED} ORDER BY 1, 2, 3"
    );
    let rows = connection.query(&sql, &[])?.rows;
    let mark = |row: &Vec<Value>| {
        let [namespace, table, column, last] = &row[..] else { return None };
        let (namespace, table) = (namespace.as_text()?, table.as_text()?);
        let table = match namespace {
            "public" => QualifiedName::local(table),
            other => QualifiedName::qualified(other, table),
        };
        Some(Mark { table, column: Some(Name::from(column.as_text()?)), last: last.as_integer()? })
    };
    Ok(rows.iter().filter_map(mark).collect())
}
