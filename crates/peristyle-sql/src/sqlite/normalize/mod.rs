//! What SQLite can hold of a declared schema, in the form in which its catalog gives it back.

use peristyle_schema::{Diagnostic, Schema, Table};

use super::facts::FACTS;
use super::{data_type, own_name, rowid};
use crate::place::{Errors, Place};

mod column;
mod default;
mod enumeration;
mod expr;
mod foreign_key;
mod generated;
mod index;
mod key;
mod name;
mod object;
mod options;

/// Brings a schema into the form in which the catalog gives it back; what cannot be held is an error each.
pub(super) fn normalize(schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
    let mut errors = Errors::default();
    let mut schema = schema;
    schema.tables.values_mut().for_each(|table| table.settle(object::OWN));
    name::check(&schema, &mut errors);
    enumeration::check(&schema, &mut errors);
    let Schema { enums, tables, objects } = schema;
    let mut normalized = Schema::empty();
    for table in tables.into_values() {
        normalized.insert_table(normalize_table(table, &enums, &mut errors));
    }
    own_name::settle_references(&mut normalized);
    foreign_key::check(&normalized, &mut errors);
    for definition in objects.into_values() {
        if let Some(definition) = object::normalize(definition, &mut errors) {
            normalized.insert_object(definition);
        }
    }
    own_name::settle_triggers(&mut normalized);
    object::check_triggers(&normalized, &mut errors);
    errors.done(normalized)
}

fn normalize_table(mut table: Table, enums: &enumeration::Enums, errors: &mut Errors) -> Table {
    check_columns(&table, errors);
    options::normalize(&mut table, errors);
    table.doc = None;
    let columns = std::mem::take(&mut table.columns);
    let names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
    let shell = table.clone();
    for column in columns {
        let place = Place::column(&shell, &column);
        table.columns.insert(column::normalize(column, &shell, enums, &place, errors));
    }
    generated::normalize(&mut table, &names, errors);
    key::primary(&mut table, errors);
    key::uniques(&mut table, errors);
    index::normalize(&mut table, &names, errors);
    expr::checks(&mut table, &names, errors);
    rowid::settle_nullability(&mut table);
    key::identity(&mut table, errors);
    foreign_key::normalize(&mut table, errors);
    data_type::recognise(&mut table);
    table
}

fn check_columns(table: &Table, errors: &mut Errors) {
    if table.external {
        return;
    }
    if table.columns.iter().all(|column| column.generated.is_some()) {
        let what =
            if table.columns.is_empty() { "has no column" } else { "has only generated columns" };
        errors.add(
            &Place::table(table),
            "table-without-columns",
            what,
            "give it at least one column that holds a value",
        );
    }
    let most = FACTS.max_columns.value;
    if table.columns.len() > most {
        errors.add(
            &Place::table(table),
            "too-many-columns",
            &format!("has {} columns; SQLite holds at most {most}", table.columns.len()),
            "move some of them into a table of their own, or into one JSON column",
        );
    }
}

#[cfg(test)]
mod tests;
