//! Foreign keys: <https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK>.

use peristyle_schema::{Action, ForeignKey, Name, Schema, Table};

use super::{key, local};
use crate::place::{Errors, Place};

fn place(table: &Table, key: &ForeignKey) -> Place {
    Place::part(table, &format!("the foreign key to `{}`", key.references.table), &key.columns)
}

/// What can be told of foreign keys from their own table.
pub(super) fn normalize(table: &mut Table, errors: &mut Errors) {
    let mut keys = std::mem::take(&mut table.foreign_keys);
    for foreign in &mut keys {
        foreign.references.table = local(foreign.references.table.clone());
        let place = place(table, foreign);
        key::columns(table, &foreign.columns, &place, errors);
        set_columns(foreign, &place, errors);
        for action in [foreign.on_delete, foreign.on_update] {
            check_action(action, foreign, table, &place, errors);
        }
    }
    table.foreign_keys = keys;
}

/// The columns that are set are some of the key's; all of them is what no list means.
fn set_columns(foreign: &mut ForeignKey, place: &Place, errors: &mut Errors) {
    if foreign.set_columns.is_empty() {
        return;
    }
    if !matches!(foreign.on_delete, Action::SetNull | Action::SetDefault) {
        errors.add(
            place,
            "set-columns",
            "names columns to set, and sets none when the referenced row is deleted",
            "say `on_delete = set_null` or `set_default`, or take `set_columns` away",
        );
    }
    for name in foreign.set_columns.iter().filter(|name| !foreign.columns.contains(name)) {
        errors.add(
            place,
            "set-columns",
            &format!("sets the column `{name}`, which is not one of its own"),
            "name columns of the foreign key",
        );
    }
    if foreign.columns.iter().all(|name| foreign.set_columns.contains(name)) {
        foreign.set_columns = Vec::new();
    }
}

/// Sees that the columns can take what an action puts into them.
fn check_action(
    action: Action,
    key: &ForeignKey,
    table: &Table,
    place: &Place,
    errors: &mut Errors,
) {
    let is_set = |name: &&Name| key.set_columns.is_empty() || key.set_columns.contains(name);
    let columns = key.columns.iter().filter(is_set).filter_map(|name| table.columns.get(name));
    for column in columns {
        if action == Action::SetNull && !column.nullable {
            errors.add(
                place,
                "set-null",
                &format!("sets `{}` to null, which is NOT NULL", column.name),
                "make the column optional, or choose `cascade` or `restrict`",
            );
        }
        if action == Action::SetDefault && column.default.is_none() && !column.nullable {
            errors.add(
                place,
                "set-default",
                &format!("sets `{}` to its default, and it has none", column.name),
                "give the column a default, or choose `set_null`, `cascade` or `restrict`",
            );
        }
    }
}

/// Fills in the referenced columns, and sees that they are a key.
pub(super) fn settle(schema: &mut Schema, errors: &mut Errors) {
    let keys: Vec<_> = schema.tables.keys().cloned().collect();
    for name in keys {
        let Some(table) = schema.tables.get(&name) else { continue };
        let mut foreign_keys = table.foreign_keys.clone();
        for foreign in &mut foreign_keys {
            let place = place(table, foreign);
            match schema.tables.get(&foreign.references.table) {
                Some(target) => check_target(foreign, target, &place, errors),
                // A table that somebody else keeps can be referenced by the names of its columns.
                None if foreign.references.columns.len() == foreign.columns.len() => {}
                None => errors.add(
                    &place,
                    "unknown-table",
                    "leads to a table that is not declared",
                    "name the referenced columns, or declare the table with `#[table(external)]`",
                ),
            }
        }
        if let Some(table) = schema.tables.get_mut(&name) {
            table.foreign_keys = foreign_keys;
        }
    }
}

fn check_target(foreign: &mut ForeignKey, target: &Table, place: &Place, errors: &mut Errors) {
    let to = &target.name;
    if foreign.references.columns.is_empty() {
        let columns = target.primary_key.as_ref().map_or(&[][..], |key| &key.columns);
        if columns.len() != foreign.columns.len() {
            let message = match columns.len() {
                0 => format!("names no column of `{to}`, which has no primary key"),
                n => {
                    let own = foreign.columns.len();
                    format!("has {own} columns, and the primary key of `{to}` has {n}")
                }
            };
            let help = "name the referenced columns, one for each";
            errors.add(place, "foreign-key-target", &message, help);
            return;
        }
        foreign.references.columns = columns.to_vec();
    }
    let referenced = &foreign.references.columns;
    if referenced.len() != foreign.columns.len() {
        let message =
            format!("leads from {} columns to {}", foreign.columns.len(), referenced.len());
        let help = "name one referenced column for each column";
        errors.add(place, "foreign-key-count", &message, help);
        return;
    }
    if target.external || target.options.partition_of.is_some() {
        return;
    }
    if let Some(unknown) = referenced.iter().find(|name| !target.columns.contains(name)) {
        if target.options.inherits.is_empty() {
            let message = format!("leads to `{to}.{unknown}`, which is not declared");
            errors.add(place, "unknown-column", &message, "name a column of that table");
        }
    } else if !key::is_key(target, referenced) {
        let list: Vec<&str> = referenced.iter().map(Name::as_str).collect();
        let list = list.join(", ");
        errors.add(
            place,
            "foreign-key-target",
            &format!("leads to `{to}` ({list}), which is neither its primary key nor unique"),
            "make these columns unique (without a `where`), or reference the primary key",
        );
    }
}
