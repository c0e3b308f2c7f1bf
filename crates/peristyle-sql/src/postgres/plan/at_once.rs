//! Foreign keys that are checked at once for the length of a migration.
//!
//! A row that the transaction has written before is checked again by a deferred key whatever changes in it, and a table with
//! a check that is still to come can be neither altered nor dropped.

use peristyle_schema::{Deferrable, ForeignKey, QualifiedName, Schema};

use super::column;
use super::way::{Way, Work};
use crate::{Statement, Step};

/// The step that has deferred keys checked at once, where rows under one are written.
pub(super) fn step(way: &Way<'_>, works: &[Work<'_>], renamed: &Schema) -> Option<Step> {
    let written = works.iter().find(|work| {
        column::updates_rows(way, work)
            && [renamed, way.schemas.new].iter().any(|schema| is_deferred(schema, &work.new.name))
    })?;
    Some(Step {
        title: "foreign keys: deferred ones are checked at once for now".to_owned(),
        reason: Some(format!(
            "{} cannot be altered while a check of its rows is still to come",
            written.new.name
        )),
        causes: Vec::new(),
        statements: vec![Statement::run("SET CONSTRAINTS ALL IMMEDIATE".to_owned())],
        hazards: Vec::new(),
    })
}

/// Whether a deferred key leads from a table or to it.
fn is_deferred(schema: &Schema, table: &QualifiedName) -> bool {
    let leads = |from: &QualifiedName, key: &ForeignKey| {
        key.deferrable == Deferrable::InitiallyDeferred
            && (from == table || key.references.table == *table)
    };
    let mut tables = schema.tables.values();
    tables.any(|from| from.foreign_keys.iter().any(|key| leads(&from.name, key)))
}
