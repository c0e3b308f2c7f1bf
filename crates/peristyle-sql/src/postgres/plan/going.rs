//! Tables that go: in which order, and what makes room for what comes.

use std::collections::BTreeSet;

use peristyle_schema::{ForeignKey, Name, QualifiedName, Schema, Table, TableEdit};

use super::super::quote::{qualified, quote};
use super::shape::Shape;
use super::way::Work;
use super::{describe, table};
use crate::planning::parents_first;
use crate::{Statement, Step};

/// The tables in an order in which each goes after those that refer to it, are parts of it or inherit from it.
pub(super) fn children_first<'a>(tables: &[&'a Table]) -> Vec<&'a Table> {
    let mut waiting: Vec<&Table> = parents_first(tables.to_vec()).into_iter().rev().collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |table: &&Table| {
            !waiting.iter().any(|other| {
                let options = &other.options;
                let part = options.partition_of.as_ref().is_some_and(|p| p.table == table.name);
                part || options.inherits.contains(&table.name)
            })
        };
        let at = waiting.iter().position(is_free).unwrap_or(0);
        ordered.push(waiting.remove(at));
    }
    ordered
}

/// The tables that go before the columns of others change, and the rest. A part of a table that stays, or one that inherits from
/// it, loses with it the columns that it has of it; so its rows are set aside while it has them all.
pub(super) fn early<'a>(gone: &[&'a Table]) -> (Vec<&'a Table>, Vec<&'a Table>) {
    let mut early: BTreeSet<&QualifiedName> = BTreeSet::new();
    loop {
        let next = gone.iter().find(|table| {
            let goes = |name: &QualifiedName| gone.iter().any(|other| other.name == *name);
            let mut leads = table.foreign_keys.iter().map(|key| &key.references.table);
            !early.contains(&table.name)
                && (parents(table).any(|parent| !goes(parent) || early.contains(parent))
                    || leads.any(|target| early.contains(target)))
        });
        let Some(next) = next else { break };
        early.insert(&next.name);
    }
    gone.iter().copied().partition(|table| early.contains(&table.name))
}

/// The tables that a table has columns of.
pub(super) fn parents(table: &Table) -> impl Iterator<Item = &QualifiedName> {
    let whole = table.options.partition_of.iter().map(|partition| &partition.table);
    whole.chain(&table.options.inherits)
}

/// Foreign keys in a ring of tables that go: none of them could be dropped first.
pub(super) fn drop_rings(gone: &[&Table]) -> Vec<Step> {
    let mut left: Vec<&Table> = children_first(gone);
    let mut steps = Vec::new();
    let mut dropped = BTreeSet::new();
    while !left.is_empty() {
        let table = left.remove(0);
        // What leads to a table leads to each of its partitions.
        let leads_here = |key: &&ForeignKey| {
            let to = &key.references.table;
            let whole = table.options.partition_of.as_ref();
            *to == table.name || whole.is_some_and(|whole| whole.table == *to)
        };
        for other in &left {
            for key in other.foreign_keys.iter().filter(leads_here) {
                let edit = TableEdit::DropForeignKey(key.clone());
                let Some(name) = super::super::writer::constraint_name(other, &edit) else {
                    continue;
                };
                if !dropped.insert((&other.name, name.clone())) {
                    continue;
                }
                steps.push(Step {
                    title: format!("{}: {}", other.name, describe::edit(&edit)),
                    reason: Some("tables that refer to each other go".to_owned()),
                    causes: Vec::new(),
                    statements: vec![table::drop_constraint(&other.name, &name)],
                    hazards: Vec::new(),
                });
            }
        }
    }
    steps
}

/// Foreign keys from tables that go to tables that stay, where what they refer to goes or moves before they do.
pub(super) fn drop_keys(gone: &[&Table], both: &[(&Work<'_>, &Shape)]) -> Vec<Step> {
    let mut steps = Vec::new();
    for table in children_first(gone) {
        let in_the_way = table.foreign_keys.iter().filter(|key| {
            let target = both.iter().find(|(work, _)| work.new.name == key.references.table);
            let columns = &key.references.columns;
            target.is_some_and(|(_, shape)| {
                shape.drops_key(columns) || columns.iter().any(|name| shape.disturbs(name))
            })
        });
        for key in in_the_way {
            let edit = TableEdit::DropForeignKey(key.clone());
            let Some(name) = super::super::writer::constraint_name(table, &edit) else { continue };
            steps.push(Step {
                title: format!("{}: {}", table.name, describe::edit(&edit)),
                reason: Some(format!("{} goes, and so does what it refers to", table.name)),
                causes: Vec::new(),
                statements: vec![table::drop_constraint(&table.name, &name)],
                hazards: Vec::new(),
            });
        }
    }
    steps
}

/// The indexes of a table that goes make room where something that comes has taken their names: they share these with tables
/// and views, and a constraint's index has its name.
pub(super) fn make_room(table: &Table, new: &Schema) -> Option<Step> {
    let namespace = &table.name.namespace;
    let is_wanted = |name: &Name| {
        let tables = new.tables.values().filter(|other| other.name.namespace == *namespace);
        let mut indexes = tables.flat_map(index_names);
        let relation = QualifiedName { namespace: namespace.clone(), name: name.clone() };
        let mut objects = new.objects.keys().map(|id| &id.name);
        indexes.any(|other| other == *name)
            || new.tables.contains_key(&relation)
            || objects.any(|other| *other == relation)
    };
    let statements: Vec<Statement> = index_names(table)
        .into_iter()
        .filter(is_wanted)
        .map(|name| {
            let held = QualifiedName { namespace: namespace.clone(), name };
            Statement::run(format!(
                "ALTER INDEX {} RENAME TO {}",
                qualified(&held),
                quote(&format!("_peristyle_old_{}", held.name))
            ))
        })
        .collect();
    (!statements.is_empty()).then(|| Step {
        title: format!("make room for what takes the names of indexes of {}", table.name),
        reason: Some("their names are taken by something else now".to_owned()),
        causes: Vec::new(),
        statements,
        hazards: Vec::new(),
    })
}

/// The names of all indexes of a table, those of its constraints too.
fn index_names(table: &Table) -> Vec<Name> {
    let key = table.primary_key.iter().filter_map(|key| key.name.clone());
    let uniques = table.uniques.iter().filter_map(|unique| unique.name.clone());
    let exclusions = table.exclusions.iter().filter_map(|one| one.name.clone());
    let indexes = table.indexes.iter().map(|index| index.name.clone());
    key.chain(uniques).chain(exclusions).chain(indexes).collect()
}
