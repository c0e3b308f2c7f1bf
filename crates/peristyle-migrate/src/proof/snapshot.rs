//! All rows of a database, to be compared with all rows later.

use std::collections::BTreeMap;

use peristyle_driver::Connection;
use peristyle_schema::{Name, QualifiedName, Schema};

use super::mapping::Mapping;
use crate::Error;
use crate::rows::{Row, read};

/// All rows of a database, by table.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot {
    tables: BTreeMap<QualifiedName, Vec<Row>>,
}

/// At most this many rows of a table are told apart in words.
const SHOWN: usize = 3;

impl Snapshot {
    /// Reads every row of the schema's tables.
    pub(super) fn take(connection: &mut dyn Connection, schema: &Schema) -> Result<Self, Error> {
        let mut snapshot = Self::default();
        for (name, table) in &schema.tables {
            snapshot.tables.insert(name.clone(), read(connection, table)?);
        }
        Ok(snapshot)
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    /// How many tables have rows.
    pub(super) fn tables(&self) -> usize {
        self.tables.values().filter(|rows| !rows.is_empty()).count()
    }

    /// What of these rows is not where the mapping says, in words.
    pub(super) fn missing(&self, later: &Self, mapping: &Mapping) -> Vec<String> {
        let mut differences = Vec::new();
        for (name, held) in &mapping.tables {
            let (Some(old), Some(new)) = (self.tables.get(name), later.tables.get(&held.name))
            else {
                continue;
            };
            if old.len() != new.len() {
                differences.push(format!(
                    "{} had {} rows and has {}",
                    held.name,
                    old.len(),
                    new.len()
                ));
            }
            let columns: Vec<(&Name, &Name)> = held.columns.iter().collect();
            let mut left = texts(new, columns.iter().map(|(_, to)| *to));
            let gone =
                texts(old, columns.iter().map(|(from, _)| *from)).into_iter().filter(|row| {
                    match left.iter().position(|other| other == row) {
                        Some(at) => {
                            left.swap_remove(at);
                            false
                        }
                        None => true,
                    }
                });
            let gone: Vec<Vec<String>> = gone.take(SHOWN).collect();
            differences.extend(gone.iter().map(|row| lost(&held.name, &columns, row)));
        }
        differences
    }
}

/// Each row as texts that two rows share only if they are equal.
fn texts<'a>(rows: &[Row], columns: impl Iterator<Item = &'a Name> + Clone) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| {
            columns
                .clone()
                .map(|name| row.get(name).map(ToString::to_string).unwrap_or_default())
                .collect()
        })
        .collect()
}

fn lost(table: &QualifiedName, columns: &[(&Name, &Name)], row: &[String]) -> String {
    let cells: Vec<String> =
        columns.iter().zip(row).map(|((from, _), value)| format!("{from} = {value}")).collect();
    format!("a row of {table} is not the same any more: {}", cells.join(", "))
}
