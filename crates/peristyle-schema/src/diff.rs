//! What changes between two schemas.

use crate::{Change, EnumEdit, EnumType, Hint, Index, Name, Pair, Schema, Table, TableEdit};

/// The changes that lead from the old schema to the new one.
///
/// It cannot fail and knows no dialect: both sides must have been normalized by the same one. The law is that applying
/// the changes to the old schema gives the new one. They come in this order, each kind by name, so that no change
/// needs what a later one brings:
///
/// 1. objects that go (views and triggers read tables),
/// 2. renames of enumerated types and tables, then of columns: the rest is in the new names,
/// 3. enumerated types that come or change,
/// 4. tables that come, then tables that change, then tables that go,
/// 5. enumerated types that go,
/// 6. objects that come or change.
///
/// Tables owned by another application ([`Table::external`]) are on neither side: they never change here.
pub fn diff(schemas: Pair<&Schema>) -> Vec<Change> {
    let mut old = owned(schemas.old, schemas.new);
    let new = owned(schemas.new, schemas.new);
    let mut changes = Vec::new();

    for (id, definition) in &old.objects {
        if !new.objects.contains_key(id) {
            changes.push(Change::DropObject(definition.clone()));
        }
    }

    rename_enums(&old, &new, &mut changes);
    rename_tables(&old, &new, &mut changes);
    old.apply_all(&changes);
    // A column's rename reaches the foreign keys of other tables, so all are made before any table is compared.
    for (name, table) in &new.tables {
        let edits = old.tables.get(name).map(|held| column_renames(held, table));
        if let Some(edits) = edits.filter(|edits| !edits.is_empty()) {
            let change = Change::AlterTable { table: name.clone(), edits };
            old.apply(&change);
            changes.push(change);
        }
    }

    for (name, enumerated) in &new.enums {
        match old.enums.get(name) {
            None => changes.push(Change::CreateEnum(enumerated.clone())),
            Some(held) => {
                let edits = enum_edits(held, enumerated);
                if !edits.is_empty() {
                    changes.push(Change::AlterEnum { name: name.clone(), edits });
                }
            }
        }
    }
    for (name, table) in &new.tables {
        if !old.tables.contains_key(name) {
            changes.push(Change::CreateTable(table.clone()));
        }
    }
    for (name, table) in &new.tables {
        if let Some(held) = old.tables.get(name) {
            let mut edits = Vec::new();
            table_edits(held, table, &mut edits);
            if !edits.is_empty() {
                changes.push(Change::AlterTable { table: name.clone(), edits });
            }
        }
    }
    for (name, table) in &old.tables {
        if !new.tables.contains_key(name) {
            changes.push(Change::DropTable(table.clone()));
        }
    }
    for (name, enumerated) in &old.enums {
        if !new.enums.contains_key(name) {
            changes.push(Change::DropEnum(enumerated.clone()));
        }
    }
    for (id, definition) in &new.objects {
        match old.objects.get(id) {
            None => changes.push(Change::CreateObject(definition.clone())),
            Some(held) if held != definition => {
                changes.push(Change::ReplaceObject(Pair::new(held.clone(), definition.clone())))
            }
            Some(_) => {}
        }
    }
    changes
}

/// The part of a schema that the declarations own: without the tables that `new` declares as another's.
fn owned(schema: &Schema, new: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema.tables.retain(|name, table| {
        !table.external && !new.tables.get(name).is_some_and(|declared| declared.external)
    });
    schema
}

fn rename_enums(old: &Schema, new: &Schema, changes: &mut Vec<Change>) {
    let claims = new.enums.values().map(|enumerated| (&enumerated.name, &enumerated.was));
    changes.extend(renames(old.enums.keys(), claims).into_iter().map(Change::RenameEnum));
}

fn rename_tables(old: &Schema, new: &Schema, changes: &mut Vec<Change>) {
    let claims = new.tables.values().map(|table| (&table.name, &table.was));
    changes.extend(renames(old.tables.keys(), claims).into_iter().map(Change::RenameTable));
}

fn column_renames(old: &Table, new: &Table) -> Vec<TableEdit> {
    let held = old.columns.iter().map(|column| &column.name);
    let claims = new.columns.iter().map(|column| (&column.name, &column.was));
    renames(held, claims).into_iter().map(TableEdit::RenameColumn).collect()
}

/// The renames that former names ask for, in an order in which each name is free when it is taken.
///
/// A former name counts only while the new one is not there: it stays in the declaration when the rename is long done.
/// So a chain of renames works (`b` becomes `c`, then `a` becomes `b`), and so does a new thing that takes the name a
/// renamed one had; but two things cannot exchange their names, because that would happen again each time.
fn renames<'a, N: PartialEq + Clone + 'a>(
    old: impl Iterator<Item = &'a N>,
    new: impl Iterator<Item = (&'a N, &'a Hint<N>)>,
) -> Vec<Pair<N>> {
    let mut held: Vec<&N> = old.collect();
    let mut waiting: Vec<(&N, &N)> =
        new.filter_map(|(name, was)| was.get().map(|was| (was, name))).collect();
    let mut renames: Vec<Pair<N>> = Vec::new();
    while let Some(at) = waiting.iter().position(|(was, name)| {
        held.contains(was) && !held.contains(name) && !renames.iter().any(|done| done.new == **was)
    }) {
        let (was, name) = waiting.remove(at);
        held.retain(|other| *other != was);
        held.push(name);
        renames.push(Pair::new(was.clone(), name.clone()));
    }
    renames
}

fn enum_edits(old: &EnumType, new: &EnumType) -> Vec<EnumEdit> {
    let mut edits = Vec::new();
    let mut values = old.values.clone();
    for value in &new.values {
        if let Some(was) = value.was.get()
            && !values.iter().any(|held| held.name == value.name)
            && values.iter().any(|held| held.name == *was)
            && !new.values.iter().any(|held| held.name == *was)
        {
            let names = Pair::new(was.clone(), value.name.clone());
            crate::apply::rename_value(&mut values, &names);
            edits.push(EnumEdit::RenameValue(names));
        }
    }
    if values != new.values {
        edits.push(EnumEdit::SetValues(Pair::new(values, new.values.clone())));
    }
    if old.doc != new.doc {
        edits.push(EnumEdit::SetDoc(Pair::new(old.doc.clone(), new.doc.clone())));
    }
    edits
}

/// The edits that make `old` into `new`, after renames. What goes comes before what comes, and constraints go before
/// the columns they stand on.
fn table_edits(old: &Table, new: &Table, edits: &mut Vec<TableEdit>) {
    let same_index = |a: &Index, b: &Index| {
        let mut twin = a.clone();
        twin.name = b.name.clone();
        twin == *b
    };
    let mut renamed_indexes: Vec<Pair<Name>> = Vec::new();
    for index in &new.indexes {
        if !old.indexes.contains(&index.name)
            && let Some(held) = old.indexes.iter().find(|held| {
                same_index(held, index)
                    && !new.indexes.contains(&held.name)
                    && !renamed_indexes.iter().any(|names| names.old == held.name)
            })
        {
            renamed_indexes.push(Pair::new(held.name.clone(), index.name.clone()));
        }
    }
    for index in &old.indexes {
        let goes = new.indexes.get(&index.name) != Some(index)
            && !renamed_indexes.iter().any(|names| names.old == index.name);
        if goes {
            edits.push(TableEdit::DropIndex(index.clone()));
        }
    }
    gone(&old.exclusions, &new.exclusions, edits, TableEdit::DropExclusion);
    gone(&old.checks, &new.checks, edits, TableEdit::DropCheck);
    gone(&old.foreign_keys, &new.foreign_keys, edits, TableEdit::DropForeignKey);
    gone(&old.uniques, &new.uniques, edits, TableEdit::DropUnique);
    let keys_differ = old.primary_key != new.primary_key;
    if keys_differ && old.primary_key.is_some() && new.primary_key.is_none() {
        edits.push(TableEdit::SetPrimaryKey(Pair::new(old.primary_key.clone(), None)));
    }
    for column in &old.columns {
        if !new.columns.contains(&column.name) {
            edits.push(TableEdit::DropColumn(column.clone()));
        }
    }
    for column in &new.columns {
        match old.columns.get(&column.name) {
            None => edits.push(TableEdit::AddColumn(column.clone())),
            Some(held) if held != column => {
                edits.push(TableEdit::AlterColumn(Pair::new(held.clone(), column.clone())));
            }
            Some(_) => {}
        }
    }
    if keys_differ && new.primary_key.is_some() {
        edits.push(TableEdit::SetPrimaryKey(Pair::new(
            old.primary_key.clone(),
            new.primary_key.clone(),
        )));
    }
    gone(&new.uniques, &old.uniques, edits, TableEdit::AddUnique);
    gone(&new.foreign_keys, &old.foreign_keys, edits, TableEdit::AddForeignKey);
    gone(&new.checks, &old.checks, edits, TableEdit::AddCheck);
    gone(&new.exclusions, &old.exclusions, edits, TableEdit::AddExclusion);
    edits.extend(renamed_indexes.iter().cloned().map(TableEdit::RenameIndex));
    for index in &new.indexes {
        let comes = old.indexes.get(&index.name) != Some(index)
            && !renamed_indexes.iter().any(|names| names.new == index.name);
        if comes {
            edits.push(TableEdit::AddIndex(index.clone()));
        }
    }
    if old.options != new.options {
        edits.push(TableEdit::SetOptions(Pair::new(old.options.clone(), new.options.clone())));
    }
    if old.doc != new.doc {
        edits.push(TableEdit::SetDoc(Pair::new(old.doc.clone(), new.doc.clone())));
    }
}

/// Pushes an edit for everything in `from` that `to` does not hold, counting twins.
fn gone<T: PartialEq + Clone>(
    from: &[T],
    to: &[T],
    edits: &mut Vec<TableEdit>,
    edit: impl Fn(T) -> TableEdit,
) {
    for (at, item) in from.iter().enumerate() {
        let twins_before = from[..at].iter().filter(|twin| *twin == item).count();
        if to.iter().filter(|twin| *twin == item).count() <= twins_before {
            edits.push(edit(item.clone()));
        }
    }
}
