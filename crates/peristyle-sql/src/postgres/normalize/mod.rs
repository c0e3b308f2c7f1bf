//! What PostgreSQL can hold of a declared schema, in the form in which its catalog gives it back.
//!
//! Everything but the texts of expressions and objects is exactly as the catalog has it; texts have one spelling, and those
//! that are simple are exactly as the server prints them.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{
    Definition, Diagnostic, Name, ObjectId, ObjectKind, QualifiedName, Schema, Table,
};

use super::facts::FACTS;
use super::quote;
use crate::place::{Errors, Place};

mod arguments;
mod column;
mod cursor;
mod default;
mod enumeration;
mod expr;
mod foreign_key;
mod grant;
mod head;
mod index;
mod json;
mod key;
mod name;
mod object;
mod options;
mod partition;

/// The declared enumerated types.
type Enums = BTreeMap<QualifiedName, peristyle_schema::EnumType>;

/// Brings a schema into the form in which the catalog gives it back; what cannot be held is an error each.
pub(super) fn normalize(schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
    let mut errors = Errors::default();
    let Schema { enums, tables, objects } = schema;
    let mut normalized = Schema::empty();
    for mut enumerated in enums.into_values() {
        enumerated.name = local(enumerated.name);
        enumerated.doc = documentation(enumerated.doc);
        normalized.insert_enum(enumerated);
    }
    enumeration::check(&normalized, tables.values(), &mut errors);
    for definition in objects.into_values() {
        if let Some(definition) = object::normalize(definition, &mut errors) {
            object::insert(&mut normalized, definition, &mut errors);
        }
    }
    for table in tables.into_values() {
        let table = normalize_table(table, &normalized.enums, &mut errors);
        normalized.insert_table(table);
    }
    key::name_constraints(&mut normalized);
    foreign_key::settle(&mut normalized, &mut errors);
    options::check(&normalized, &mut errors);
    object::check(&normalized, &mut errors);
    name::check(&normalized, &mut errors);
    namespaces(&mut normalized);
    errors.done(normalized)
}

fn normalize_table(mut table: Table, enums: &Enums, errors: &mut Errors) -> Table {
    table.settle(object::OWN);
    table.name = local(table.name);
    table.doc = documentation(table.doc);
    check_columns(&table, errors);
    let columns = std::mem::take(&mut table.columns);
    let shell = Table { columns: columns.clone(), ..table.clone() };
    for column in columns {
        let place = Place::column(&shell, &column);
        table.columns.insert(column::normalize(column, enums, &place, errors));
    }
    key::primary(&mut table, errors);
    column::check(&table, errors);
    key::uniques(&mut table, errors);
    key::checks(&mut table, errors);
    key::exclusions(&mut table, errors);
    index::normalize(&mut table, errors);
    foreign_key::normalize(&mut table, errors);
    options::normalize(&mut table, errors);
    partition::check_keys(&table, errors);
    table
}

fn check_columns(table: &Table, errors: &mut Errors) {
    let most = FACTS.max_columns.value;
    if table.columns.len() > most {
        errors.add(
            &Place::table(table),
            "too-many-columns",
            &format!("has {} columns; PostgreSQL holds at most {most}", table.columns.len()),
            "move some of them into a table of their own, or into one JSON column",
        );
    }
}

/// A name as the model has it: `public` is the namespace without a name.
fn local(mut name: QualifiedName) -> QualifiedName {
    if name.namespace.as_ref().is_some_and(|namespace| *namespace == "public") {
        name.namespace = None;
    }
    name
}

/// Documentation as a comment holds it; an empty one is none.
fn documentation(doc: Option<String>) -> Option<String> {
    doc.filter(|text| !text.is_empty())
}

/// A namespace is there when something stands in it: one that no object declares is declared by its use.
fn namespaces(schema: &mut Schema) {
    let tables = schema.tables.values().filter(|table| !table.external);
    let used: BTreeSet<Name> = tables
        .map(|table| &table.name)
        .chain(schema.enums.keys())
        .chain(schema.objects.values().filter_map(object::stands_in))
        .filter_map(|name| name.namespace.clone())
        .collect();
    for namespace in used {
        let id = ObjectId::new(ObjectKind::Namespace, namespace.clone());
        let sql = format!("CREATE SCHEMA {}", quote::quote(&namespace));
        schema.objects.entry(id.clone()).or_insert_with(|| Definition::new(id, sql));
    }
}

#[cfg(test)]
mod tests;
