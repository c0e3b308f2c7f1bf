//! All rows of a database, to be compared with all rows later.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_driver::{Connection, Value};
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

    /// How many rows a table has.
    pub(super) fn count(&self, table: &QualifiedName) -> usize {
        self.tables.get(table).map_or(0, Vec::len)
    }

    /// The columns of a table that has rows.
    pub(super) fn columns(&self, table: &QualifiedName) -> impl Iterator<Item = &Name> {
        self.tables.get(table).and_then(|rows| rows.first()).into_iter().flat_map(Row::keys)
    }

    /// How many rows of a table have a value in a column.
    pub(super) fn values(&self, table: &QualifiedName, column: &Name) -> usize {
        self.column(table, column).filter(|value| **value != Value::Null).count()
    }

    /// How many values of a column are not equal to one another.
    pub(super) fn distinct(&self, table: &QualifiedName, column: &Name) -> usize {
        self.column(table, column).map(ToString::to_string).collect::<BTreeSet<_>>().len()
    }

    fn column<'a>(
        &'a self,
        table: &QualifiedName,
        column: &'a Name,
    ) -> impl Iterator<Item = &'a Value> {
        self.tables.get(table).into_iter().flatten().filter_map(move |row| row.get(column))
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
