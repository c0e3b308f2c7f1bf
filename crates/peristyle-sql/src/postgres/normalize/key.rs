//! The primary key, unique constraints, checks and exclusions, and the names of all constraints.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{Check, Deferrable, Expr, Name, Schema, Table, naming};

use super::{expr, object};
use crate::lexer::Kind;
use crate::place::{Errors, Place};
use crate::postgres::tokens;

pub(super) fn primary(table: &mut Table, errors: &mut Errors) {
    let Some(key) = &mut table.primary_key else { return };
    // A number once given is never given again by any sequence.
    let numbered = std::mem::take(&mut key.autoincrement);
    let key = key.clone();
    let place = Place::part(table, "the primary key", &key.columns);
    columns(table, &key.columns, &place, errors);
    for name in &key.columns {
        let Some(column) = table.columns.get_mut(name) else { continue };
        column.nullable = false;
        if numbered && key.columns.len() == 1 && column.identity.is_none() {
            column.identity = Some(peristyle_schema::Identity::ByDefault);
        }
    }
}

/// Sees that the columns of a key are there, each once.
pub(super) fn columns(table: &Table, names: &[Name], place: &Place, errors: &mut Errors) {
    if names.is_empty() {
        errors.add(place, "empty-key", "has no column", "name its columns");
    }
    for (at, name) in names.iter().enumerate() {
        if names[..at].contains(name) {
            let message = format!("names the column `{name}` twice");
            errors.add(place, "duplicate-column", &message, "name it once");
        }
        known(table, name, place, errors);
    }
}

/// Whether a table has columns of another one.
pub(super) fn has_parents(table: &Table) -> bool {
    table.options.partition_of.is_some() || !table.options.inherits.is_empty()
}

/// Sees that a column is there. A table that has another's columns may name those.
pub(super) fn known(table: &Table, name: &Name, place: &Place, errors: &mut Errors) {
    if table.columns.contains(name) || has_parents(table) || table.external {
        return;
    }
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    errors.add(
        place,
        "unknown-column",
        &format!("names the unknown column `{name}`"),
        &format!("the table's columns are {}", columns.join(", ")),
    );
}

pub(super) fn uniques(table: &mut Table, errors: &mut Errors) {
    for unique in &table.uniques {
        let place = Place::part(table, "a unique constraint", &unique.columns);
        columns(table, &unique.columns, &place, errors);
    }
}

pub(super) fn checks(table: &mut Table, errors: &mut Errors) {
    let mut checks = std::mem::take(&mut table.checks);
    for check in &mut checks {
        let place = Place::part(table, "a check", &mentioned(table, &check.expr));
        check.expr = expr::normalize(&check.expr, &place, errors);
    }
    table.checks = checks;
}

fn mentioned(table: &Table, expr: &Expr) -> Vec<Name> {
    let columns = table.columns.iter().map(|column| &column.name);
    columns.filter(|name| expr.mentions(name)).cloned().collect()
}

/// An exclusion's rule begins with its access method, as the catalog has it; `btree` is what is meant where none is named.
pub(super) fn exclusions(table: &mut Table, errors: &mut Errors) {
    let mut exclusions = std::mem::take(&mut table.exclusions);
    for exclusion in &mut exclusions {
        let place =
            Place::part(table, "an exclusion constraint", &mentioned(table, &exclusion.rule));
        let mut text = exclusion.rule.as_str().trim();
        if let Some(rest) = text.get(..8).filter(|word| word.eq_ignore_ascii_case("EXCLUDE ")) {
            text = &text[rest.len()..];
        }
        let starts_with = |word: &str| {
            tokens::lex(text)
                .find(|t| !matches!(t.kind, Kind::Space | Kind::Comment))
                .is_some_and(|t| t.is_word(word))
        };
        let rule =
            if starts_with("USING") { text.to_owned() } else { format!("USING btree {text}") };
        exclusion.rule = expr::report(&exclusion.rule, expr::canonical(&rule), &place, errors);
    }
    table.exclusions = exclusions;
}

/// Gives every unnamed constraint the name that PostgreSQL would give it, kept apart by a number from those that are there.
pub(super) fn name_constraints(schema: &mut Schema) {
    let mut relations = relations(schema);
    for table in schema.tables.values_mut() {
        let relations = relations.entry(table.name.namespace.clone()).or_default();
        let mut here = given(table);
        let name = table.name.clone();
        if let Some(key) = &mut table.primary_key
            && key.name.is_none()
        {
            key.name = Some(free(naming::primary_key(&name), &mut here, Some(relations)));
        }
        for unique in &mut table.uniques {
            if unique.name.is_none() {
                let wanted = naming::unique(&name, &unique.columns);
                unique.name = Some(free(wanted, &mut here, Some(relations)));
            }
        }
        for exclusion in &mut table.exclusions {
            if exclusion.name.is_none() {
                let wanted = naming::exclusion(&name);
                exclusion.name = Some(free(wanted, &mut here, Some(relations)));
            }
        }
        let mut checks = std::mem::take(&mut table.checks);
        for check in &mut checks {
            if check.name.is_none() {
                check.name = Some(free(naming::check_of(table, check), &mut here, None));
            }
        }
        table.checks = checks;
        for key in &mut table.foreign_keys {
            if key.name.is_none() {
                key.name = Some(free(naming::foreign_key(&name, &key.columns), &mut here, None));
            }
        }
    }
}

/// The names of relations by namespace: tables, indexes, views and sequences share one list.
fn relations(schema: &Schema) -> BTreeMap<Option<Name>, BTreeSet<Name>> {
    let mut relations: BTreeMap<Option<Name>, BTreeSet<Name>> = BTreeMap::new();
    for table in schema.tables.values() {
        let held = relations.entry(table.name.namespace.clone()).or_default();
        held.insert(table.name.name.clone());
        held.extend(table.indexes.iter().map(|index| index.name.clone()));
        held.extend(table.primary_key.iter().filter_map(|key| key.name.clone()));
        held.extend(table.uniques.iter().filter_map(|unique| unique.name.clone()));
        held.extend(table.exclusions.iter().filter_map(|exclusion| exclusion.name.clone()));
    }
    for definition in schema.objects.values().filter(|d| object::is_relation(d.id.kind)) {
        let held = relations.entry(definition.id.name.namespace.clone()).or_default();
        held.insert(definition.id.name.name.clone());
    }
    relations
}

/// The constraint names that a table's declaration gives.
fn given(table: &Table) -> BTreeSet<Name> {
    let key = table.primary_key.iter().filter_map(|key| key.name.clone());
    key.chain(table.uniques.iter().filter_map(|unique| unique.name.clone()))
        .chain(table.exclusions.iter().filter_map(|exclusion| exclusion.name.clone()))
        .chain(table.checks.iter().filter_map(|check: &Check| check.name.clone()))
        .chain(table.foreign_keys.iter().filter_map(|key| key.name.clone()))
        .collect()
}

/// The wanted name, with the first number behind it that makes it free; it is taken then.
fn free(wanted: Name, here: &mut BTreeSet<Name>, relations: Option<&mut BTreeSet<Name>>) -> Name {
    let is_taken = |name: &Name| {
        here.contains(name) || relations.as_ref().is_some_and(|held| held.contains(name))
    };
    let mut name = wanted.clone();
    let mut number = 0_u32;
    while is_taken(&name) {
        number += 1;
        let number = number.to_string();
        let mut keep = wanted.len().min(naming::MAX_BYTES - number.len());
        while !wanted.is_char_boundary(keep) {
            keep -= 1;
        }
        name = Name::new(format!("{}{number}", &wanted[..keep]));
    }
    here.insert(name.clone());
    if let Some(relations) = relations {
        relations.insert(name.clone());
    }
    name
}

/// Whether these columns, in any order, are a key of the table that a foreign key can lead to.
pub(super) fn is_key(table: &Table, columns: &[Name]) -> bool {
    let same = |names: &[Name]| {
        names.len() == columns.len() && columns.iter().all(|column| names.contains(column))
    };
    let primary = table.primary_key.as_ref().is_some_and(|key| same(&key.columns));
    let unique = table
        .uniques
        .iter()
        .any(|unique| unique.deferrable == Deferrable::Not && same(&unique.columns));
    primary
        || unique
        || table.indexes.iter().any(|index| {
            index.unique
                && index.filter.is_none()
                && super::index::plain_columns(index).is_some_and(|names| same(&names))
        })
}
