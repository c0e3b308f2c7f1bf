//! What planning is in every dialect: which way a plan leads, what stays itself under another name, what changes in a table.

use peristyle_schema::{Change, Pair, Schema, Table, TableEdit, diff};

mod both_ways;
mod bound;
mod findings;
mod identity;
mod question;
mod references;
mod rename;

pub(crate) use both_ways::{OneWay, both_ways, owned};
pub(crate) use bound::{is_constrained, must_not_share, reads};
pub(crate) use findings::Findings;
pub(crate) use identity::Identity;
pub(crate) use question::what_rows_get;
pub(crate) use references::{dangling, parents_first};
pub(crate) use rename::{Renamed, Renaming};

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
