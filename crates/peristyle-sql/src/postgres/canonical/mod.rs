//! Texts in the words in which a live server prints them.
//!
//! What stands in both schemas under one name with different texts is made for the moment in the server's temporary schema,
//! and read back with the catalog's own queries, so that the print is the one that the catalog would give. Nothing that
//! anybody else can see is made or locked; only a materialized view cannot be temporary, and is made without rows under a
//! name of ours. What the server refuses, because it needs what is not there yet, stays as it was declared: it is then a
//! difference, as it should be.
//!
//! A temporary table has the name of the declared one, so that an expression may call it by its name.

use peristyle_schema::{Name, Schema};

use crate::{Answer, Ask};

mod grant;
mod object;
mod table;

/// Where temporary things stand, as a condition of [`super::catalog::queries::within`].
const TEMPORARY: &str = "n.oid = pg_catalog.pg_my_temp_schema()";

/// Bodies of functions may speak of what is not there yet.
const UNCHECKED: &str = "SET LOCAL check_function_bodies = off";

pub(super) fn canonical(mut declared: Schema, live: &Schema, ask: &mut Ask<'_>) -> Schema {
    let names: Vec<_> = declared.tables.keys().cloned().collect();
    for name in &names {
        let Some(held) = live.tables.get(name) else { continue };
        let Some(mut table) = declared.tables.remove(name) else { continue };
        table::texts(&mut table, held, &declared, ask);
        table::partition(&mut table, held, &declared, ask);
        declared.insert_table(table);
    }
    object::texts(&mut declared, live, ask);
    declared
}

/// The first text of an answer's first row.
fn first(answer: &Answer) -> Option<&str> {
    match answer.first()?.first()? {
        crate::Cell::Text(text) => Some(text),
        crate::Cell::Null | crate::Cell::Integer(_) => None,
    }
}

/// A condition that finds a temporary relation.
fn is_temporary(name: &Name) -> String {
    format!("c.relname = {} AND c.relnamespace = pg_catalog.pg_my_temp_schema()", literal(name))
}

/// A text in quotes, whatever `standard_conforming_strings` says.
fn literal(text: &str) -> String {
    if text.contains('\\') {
        return format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"));
    }
    format!("'{}'", text.replace('\'', "''"))
}
