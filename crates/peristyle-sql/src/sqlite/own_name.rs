//! Names in the case of their definition: SQLite does not tell cases apart, a comparison of schemas does.

use std::collections::BTreeMap;

use peristyle_schema::{Name, ObjectKind, QualifiedName, Schema, Table};

/// The column's name as the table defines it.
pub(super) fn column(table: &Table, name: &str) -> Option<Name> {
    match table.columns.get(name) {
        Some(column) => Some(column.name.clone()),
        None => {
            let mut columns = table.columns.iter().map(|column| &column.name);
            columns.find(|column| column.eq_ignore_ascii_case(name)).cloned()
        }
    }
}

/// Puts the names of columns into the case in which the table defines them; unknown ones stay.
pub(super) fn settle_columns(table: &Table, names: &mut [Name]) {
    for name in names {
        if let Some(own) = column(table, name) {
            *name = own;
        }
    }
}

/// Puts the targets of all foreign keys into the case of their definition, and writes out the columns of those that mean
/// the primary key of their table.
pub(super) fn settle_references(schema: &mut Schema) {
    let own: BTreeMap<String, QualifiedName> =
        schema.tables.keys().map(|name| (name.name.to_ascii_lowercase(), name.clone())).collect();
    let names: Vec<QualifiedName> = schema.tables.keys().cloned().collect();
    for name in names {
        let Some(table) = schema.tables.get(&name) else { continue };
        let mut keys = table.foreign_keys.clone();
        for key in &mut keys {
            if let Some(target) = own.get(&key.references.table.name.to_ascii_lowercase()) {
                key.references.table = target.clone();
            }
            let Some(target) = schema.tables.get(&key.references.table) else { continue };
            settle_columns(target, &mut key.references.columns);
            if key.references.columns.is_empty()
                && let Some(primary) = &target.primary_key
                && primary.columns.len() == key.columns.len()
            {
                key.references.columns.clone_from(&primary.columns);
            }
        }
        if let Some(table) = schema.tables.get_mut(&name) {
            table.foreign_keys = keys;
        }
    }
}

/// Names what each trigger stands on, a table or a view, in the case of its definition; an unknown name stays.
pub(super) fn settle_triggers(schema: &mut Schema) {
    let views = schema.objects.keys().filter(|id| id.kind == ObjectKind::View);
    let own: BTreeMap<String, QualifiedName> = (schema.tables.keys())
        .chain(views.map(|id| &id.name))
        .map(|name| (name.name.to_ascii_lowercase(), name.clone()))
        .collect();
    for definition in schema.objects.values_mut() {
        let found = definition.on.as_ref().and_then(|on| own.get(&on.name.to_ascii_lowercase()));
        if let Some(target) = found {
            definition.on = Some(target.clone());
        }
    }
}
