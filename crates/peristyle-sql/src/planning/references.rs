//! Tables and what refers to them.

use std::collections::BTreeSet;

use peristyle_schema::{Diagnostic, Pair, QualifiedName, Schema, Table};

/// An error for each foreign key of the new schema that still refers to a table of the old one which goes.
pub(crate) fn dangling(schemas: Pair<&Schema>) -> Vec<Diagnostic> {
    let Pair { old, new } = schemas;
    let mut errors = Vec::new();
    for table in new.tables.values() {
        for key in &table.foreign_keys {
            let target = &key.references.table;
            if old.tables.contains_key(target) && !new.tables.contains_key(target) {
                errors.push(
                    Diagnostic::error(
                        "still-referenced",
                        format!("table {target} goes, and {} still refers to it", table.name),
                    )
                    .at(table.span.get().cloned())
                    .help(format!("drop the foreign key of {} too, or keep {target}", table.name)),
                );
            }
        }
    }
    errors
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
