//! Foreign keys: <https://sqlite.org/foreignkeys.html>.

use peristyle_schema::{Action, ForeignKey, IndexKey, Match, Name, Schema, Table};

use super::{Errors, Place, key};

fn place(table: &Table, key: &ForeignKey) -> Place {
    Place::part(table, &format!("the foreign key to `{}`", key.references.table), &key.columns)
}

/// What can be told of foreign keys from their own table.
pub(super) fn normalize(table: &mut Table, errors: &mut Errors) {
    let mut keys = std::mem::take(&mut table.foreign_keys);
    for foreign in &mut keys {
        let place = place(table, foreign);
        key::columns(table, &mut foreign.columns, &place, errors);
        if foreign.matching == Match::Full {
            errors.add(
                &place,
                "match-full",
                "is MATCH FULL, which SQLite does not check",
                "take it away, and add a check that all of its columns are null or none is",
            );
        }
        if !foreign.set_columns.is_empty() {
            errors.add(
                &place,
                "set-columns",
                "sets some of its columns when the referenced row is deleted, and SQLite sets all of them",
                "take `set_columns` away, or use a trigger",
            );
        }
        if let Some(namespace) = &foreign.references.table.namespace {
            errors.add(
                &place,
                "namespace-unsupported",
                &format!("leads into the namespace `{namespace}`, and SQLite has no namespaces"),
                "reference a table of this database",
            );
        }
        for action in [foreign.on_delete, foreign.on_update] {
            check_action(action, foreign, table, &place, errors);
        }
    }
    table.foreign_keys = keys;
}

/// Sees that the columns can take what an action puts into them.
fn check_action(
    action: Action,
    key: &ForeignKey,
    table: &Table,
    place: &Place,
    errors: &mut Errors,
) {
    for column in key.columns.iter().filter_map(|name| table.columns.get(name)) {
        if action == Action::SetNull && !column.nullable {
            errors.add(
                place,
                "set-null",
                &format!("sets `{}` to null, which is NOT NULL", column.name),
                "make the column optional, or choose `cascade` or `restrict`",
            );
        }
        if action == Action::SetDefault && column.default.is_none() {
            errors.add(
                place,
                "set-default",
                &format!("sets `{}` to its default, and it has none", column.name),
                "give the column a default, or choose `set_null`, `cascade` or `restrict`",
            );
        }
    }
}

/// What can be told of foreign keys from the tables they lead to. SQLite would tell only when a row is written ("foreign
/// key mismatch").
pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    for table in schema.tables.values() {
        for key in &table.foreign_keys {
            if let Some(target) = schema.tables.get(&key.references.table) {
                check_target(key, target, &place(table, key), errors);
            }
        }
    }
}

fn check_target(key: &ForeignKey, target: &Table, place: &Place, errors: &mut Errors) {
    let referenced = &key.references.columns;
    let to = &target.name;
    if referenced.is_empty() {
        let columns = target.primary_key.as_ref().map_or(0, |primary| primary.columns.len());
        let message = match columns {
            0 => format!("names no column of `{to}`, which has no primary key"),
            n => {
                format!("has {} columns, and the primary key of `{to}` has {n}", key.columns.len())
            }
        };
        errors.add(
            place,
            "foreign-key-target",
            &message,
            "name the referenced columns, one for each",
        );
        return;
    }
    if referenced.len() != key.columns.len() {
        let message = format!("leads from {} columns to {}", key.columns.len(), referenced.len());
        errors.add(
            place,
            "foreign-key-count",
            &message,
            "name one referenced column for each column",
        );
        return;
    }
    if let Some(unknown) = referenced.iter().find(|name| !target.columns.contains(name)) {
        if !target.external {
            let message = format!("leads to `{to}.{unknown}`, which is not declared");
            errors.add(place, "unknown-column", &message, "name a column of that table");
        }
        return;
    }
    if !is_key(target, referenced) && !target.external {
        let list: Vec<&str> = referenced.iter().map(Name::as_str).collect();
        errors.add(
            place,
            "foreign-key-target",
            &format!(
                "leads to `{to}` ({}), which is neither its primary key nor unique",
                list.join(", ")
            ),
            "make these columns unique (without a `where`), or reference the primary key",
        );
    }
}

/// Whether these columns, in any order, are a key of the table that SQLite takes for the target of a foreign key.
fn is_key(table: &Table, columns: &[Name]) -> bool {
    let same = |names: &[&Name]| {
        names.len() == columns.len() && columns.iter().all(|column| names.contains(&column))
    };
    let primary = table.primary_key.as_ref();
    let unique = table.indexes.iter().filter(|index| index.unique && index.filter.is_none());
    primary.is_some_and(|key| same(&key.columns.iter().collect::<Vec<_>>()))
        || unique.into_iter().any(|index| {
            let names = index.parts.iter().map(|part| match &part.key {
                IndexKey::Column(name) if part.collation.is_none() => Some(name),
                IndexKey::Column(_) | IndexKey::Expr(_) => None,
            });
            names.collect::<Option<Vec<_>>>().is_some_and(|names| same(&names))
        })
}
