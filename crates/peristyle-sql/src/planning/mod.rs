//! What planning is in every dialect: which way a plan leads, what stays itself under another name, what changes in a table.

use std::collections::BTreeSet;

use peristyle_schema::{Change, Pair, QualifiedName, Schema, Table, TableEdit, diff};

mod identity;

pub(crate) use identity::Identity;

/// Whether a way leads to the declared schema or home from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the new schema. What is not known is asked for.
    Up,
    /// Home. What is not known is made up where that is harmless, and otherwise there is no way home.
    Down,
}

/// The edits between two tables of one name, without renames: those are done before.
pub(crate) fn edits(old: &Table, new: &Table) -> Vec<TableEdit> {
    if old == new {
        return Vec::new();
    }
    let alone = |table: &Table| {
        let mut table = table.clone();
        table.was = Default::default();
        table.external = false;
        let columns = std::mem::take(&mut table.columns).into_iter().map(|mut column| {
            column.was = Default::default();
            column
        });
        table.columns = columns.collect();
        let mut schema = Schema::empty();
        schema.insert_table(table);
        schema
    };
    let (old, new) = (alone(old), alone(new));
    diff(Pair::new(&old, &new))
        .into_iter()
        .flat_map(|change| match change {
            Change::AlterTable { edits, .. } => edits,
            _ => Vec::new(),
        })
        .collect()
}

/// The tables in an order in which each comes after those it refers to, as far as there is one.
pub(crate) fn parents_first(mut waiting: Vec<&Table>) -> Vec<&Table> {
    let mut names: BTreeSet<&QualifiedName> = waiting.iter().map(|table| &table.name).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|table| {
            table.foreign_keys.iter().all(|key| {
                key.references.table == table.name || !names.contains(&key.references.table)
            })
        });
        let table = waiting.remove(ready.unwrap_or(0));
        names.remove(&table.name);
        ordered.push(table);
    }
    ordered
}
