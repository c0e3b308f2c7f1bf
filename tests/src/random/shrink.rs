//! Makes a failing pair smaller, as long as it fails.

use peristyle_schema::{Expr, Name, Pair, QualifiedName, RowSecurity, Schema, Table};

use super::mutate::forget;
use super::table::toggle_rowid;

/// The smallest pair that still `fails`, found by leaving out one thing after the other.
pub fn shrink(pair: Pair<Schema>, fails: impl Fn(&Pair<Schema>) -> bool) -> Pair<Schema> {
    let mut least = pair;
    loop {
        let smaller = candidates(&least).into_iter().find(|candidate| fails(candidate));
        match smaller {
            Some(smaller) => least = smaller,
            None => return least,
        }
    }
}

/// Every pair that lacks one thing.
fn candidates(pair: &Pair<Schema>) -> Vec<Pair<Schema>> {
    let mut found = Vec::new();
    let mut add = |change: &dyn Fn(&mut Schema)| {
        for sides in [(true, true), (true, false), (false, true)] {
            let mut smaller = pair.clone();
            if sides.0 {
                change(&mut smaller.old);
            }
            if sides.1 {
                change(&mut smaller.new);
            }
            if smaller != *pair {
                found.push(smaller);
            }
        }
    };
    for name in pair.old.tables.keys().chain(pair.new.tables.keys()) {
        add(&|schema| without_table(schema, name));
    }
    for id in pair.old.objects.keys().chain(pair.new.objects.keys()) {
        add(&|schema| drop(schema.objects.remove(id)));
    }
    for (name, table) in pair.old.tables.iter().chain(&pair.new.tables) {
        let edit = |schema: &mut Schema, edit: &dyn Fn(&mut Table)| {
            if let Some(table) = schema.tables.get_mut(name) {
                edit(table);
            }
        };
        for column in &table.columns {
            add(&|schema| without_column(schema, name, &column.name));
            add(&|schema| {
                edit(schema, &|table| {
                    if let Some(column) = table.columns.get_mut(&column.name) {
                        column.default = None;
                    }
                });
            });
            add(&|schema| {
                edit(schema, &|table| {
                    if let Some(column) = table.columns.get_mut(&column.name) {
                        column.collation = None;
                    }
                });
            });
        }
        for index in &table.indexes {
            add(&|schema| edit(schema, &|table| drop(table.indexes.remove(&index.name))));
        }
        for check in &table.checks {
            add(&|schema| edit(schema, &|table| table.checks.retain(|c| c != check)));
        }
        for key in &table.foreign_keys {
            add(&|schema| edit(schema, &|table| table.foreign_keys.retain(|k| k != key)));
        }
        for unique in &table.uniques {
            add(&|schema| edit(schema, &|table| table.uniques.retain(|u| u != unique)));
        }
        for exclusion in &table.exclusions {
            add(&|schema| edit(schema, &|table| table.exclusions.retain(|e| e != exclusion)));
        }
        add(&|schema| edit(schema, &|table| table.options.strict = false));
        add(&|schema| edit(schema, &|table| table.options.unlogged = false));
        add(&|schema| edit(schema, &|table| table.options.storage.clear()));
        add(&|schema| edit(schema, &|table| table.options.row_security = RowSecurity::Off));
        add(&|schema| edit(schema, &without_docs));
        if table.options.without_rowid {
            add(&|schema| edit(schema, &toggle_rowid));
        }
    }
    found
}

fn without_docs(table: &mut Table) {
    table.doc = None;
    table.columns.iter_mut().for_each(|column| column.doc = None);
}

fn without_table(schema: &mut Schema, name: &QualifiedName) {
    schema.tables.remove(name);
    schema.tables.retain(|_, table| {
        table.options.partition_of.as_ref().is_none_or(|partition| partition.table != *name)
    });
    schema.tables.retain(|_, table| !table.options.inherits.contains(name));
    for table in schema.tables.values_mut() {
        table.foreign_keys.retain(|key| key.references.table != *name);
    }
    schema.objects.retain(|_, object| !Expr::new(object.sql.as_str()).mentions(&name.name));
}

fn without_column(schema: &mut Schema, table: &QualifiedName, column: &Name) {
    for other in schema.tables.values_mut() {
        other.foreign_keys.retain(|key| {
            !(key.references.table == *table && key.references.columns.contains(column))
        });
    }
    if let Some(held) = schema.tables.get_mut(table) {
        if held.primary_key.as_ref().is_some_and(|key| key.columns.contains(column)) {
            held.primary_key = None;
            held.options.without_rowid = false;
            for column in held.columns.iter_mut() {
                column.identity = None;
            }
        }
        forget(held, column);
    }
    schema.objects.retain(|_, object| !Expr::new(object.sql.as_str()).mentions(column));
}
