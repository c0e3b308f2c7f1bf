//! Where each column's values are after a change.

use std::collections::BTreeMap;

use peristyle_schema::{
    Change, Column, Name, ObjectId, ObjectKind, QualifiedName, Schema, TableEdit, Type,
};

/// Where the tables and columns of one schema are in another, as far as they stay.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapping {
    /// By old name: the new name, and the columns.
    pub(super) tables: BTreeMap<QualifiedName, TableMapping>,
}

/// Where a table's columns are.
#[derive(Debug, Clone)]
pub(super) struct TableMapping {
    pub(super) name: QualifiedName,
    /// By old name: the new name.
    pub(super) columns: BTreeMap<Name, Name>,
}

impl Mapping {
    /// Follows the changes from a schema.
    pub(super) fn new(old: &Schema, changes: &[Change]) -> Self {
        let mut mapping = Self {
            tables: old
                .tables
                .iter()
                .map(|(n, t)| (n.clone(), identity(n, t.columns.iter())))
                .collect(),
        };
        for change in changes {
            match change {
                Change::DropTable(table) => {
                    mapping.tables.retain(|_, held| held.name != table.name)
                }
                Change::RenameTable(names) => {
                    for held in mapping.tables.values_mut().filter(|held| held.name == names.old) {
                        held.name = names.new.clone();
                    }
                }
                Change::AlterTable { table, edits } => {
                    for held in mapping.tables.values_mut().filter(|held| held.name == *table) {
                        edits.iter().for_each(|edit| held.follow(edit));
                    }
                }
                Change::CreateTable(_)
                | Change::CreateEnum(_)
                | Change::DropEnum(_)
                | Change::RenameEnum(_)
                | Change::AlterEnum { .. }
                | Change::CreateObject(_)
                | Change::DropObject(_)
                | Change::ReplaceObject(_) => {}
            }
        }
        mapping
    }

    /// The same without the columns whose values may change on the way.
    pub(super) fn unchanged(&self, old: &Schema, new: &Schema) -> Self {
        let mut mapping = self.clone();
        for (name, held) in &mut mapping.tables {
            let (was, is) = (old.tables.get(name), new.tables.get(&held.name));
            held.columns.retain(|from, to| {
                let was = was.and_then(|table| table.columns.get(from));
                let is = is.and_then(|table| table.columns.get(to));
                let (Some(was), Some(is)) = (was, is) else { return false };
                keeps_values(was, is) && fields(old, &was.data_type) == fields(new, &is.data_type)
            });
        }
        mapping
    }
}

fn identity<'a>(name: &QualifiedName, columns: impl Iterator<Item = &'a Column>) -> TableMapping {
    let columns = columns.map(|column| (column.name.clone(), column.name.clone())).collect();
    TableMapping { name: name.clone(), columns }
}

impl TableMapping {
    fn follow(&mut self, edit: &TableEdit) {
        match edit {
            TableEdit::RenameColumn(names) => {
                for to in self.columns.values_mut().filter(|to| **to == names.old) {
                    *to = names.new.clone();
                }
            }
            TableEdit::DropColumn(column) => self.columns.retain(|_, to| *to != column.name),
            _ => {}
        }
    }
}

/// The text that says which fields the values of a type have, if they have any.
fn fields<'a>(schema: &'a Schema, data_type: &Type) -> Option<&'a str> {
    match data_type {
        Type::Native(words) => {
            let name: QualifiedName = words.parse().ok()?;
            let id = ObjectId::new(ObjectKind::CompositeType, name);
            schema.objects.get(&id).map(|held| held.sql.as_str())
        }
        Type::Array(of) => fields(schema, of),
        _ => None,
    }
}

/// Whether every value of the one column is the same value in the other.
fn keeps_values(old: &Column, new: &Column) -> bool {
    old.data_type == new.data_type
        && (new.nullable || !old.nullable)
        && old.generated.is_none()
        && new.generated.is_none()
}
