//! The reader against the engine itself: what SQLite makes of a statement, its pragmas say; the reader must say the same.

use peristyle_schema::{Diagnostic, Schema};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{QUERIES, read};
use crate::{Answer, Cell};

mod corpus;
mod details;
mod pragmas;

/// Asks the catalog's questions.
pub(in crate::sqlite) fn answers(engine: &Connection) -> Vec<Answer> {
    QUERIES.iter().map(|query| answer(engine, query.sql)).collect()
}

fn answer(engine: &Connection, sql: &str) -> Answer {
    let mut query = engine.prepare(sql).unwrap();
    let width = query.column_count();
    let rows = query.query_map([], |row| {
        (0..width)
            .map(|at| {
                Ok(match row.get_ref(at)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(number) => Cell::Integer(number),
                    other => Cell::Text(other.as_str().unwrap_or_default().to_owned()),
                })
            })
            .collect()
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// A database made by a script, and its schema.
fn schema(script: &str) -> (Connection, Schema, Vec<Diagnostic>) {
    let engine = Connection::open_in_memory().unwrap();
    engine.execute_batch(script).unwrap_or_else(|error| panic!("{error}\n{script}"));
    let (schema, notes) = read(&answers(&engine)).unwrap_or_else(|e| panic!("{e:?}\n{script}"));
    (engine, schema, notes)
}
