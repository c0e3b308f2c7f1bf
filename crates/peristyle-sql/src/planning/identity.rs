//! What stays itself under another name.

use std::collections::BTreeMap;

use peristyle_schema::{Change, EnumEdit, Name, Pair, QualifiedName, Schema, TableEdit};

/// Which table and which column of the old schema lives on as which of the new one.
///
/// It is all that a plan takes from the changes: everything else follows from the two schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The tables that live on, by their old names.
    tables: BTreeMap<QualifiedName, TableIdentity>,
    /// The enumerated types that live on, by their old names.
    enums: BTreeMap<QualifiedName, EnumIdentity>,
}

/// An enumerated type that lives on, and its values that do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct EnumIdentity {
    names: Pair<QualifiedName>,
    values: Vec<Pair<Name>>,
}

/// A table that lives on, and its columns that do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TableIdentity {
    names: Pair<QualifiedName>,
    columns: Vec<Pair<Name>>,
}

impl Identity {
    /// Follows every table and column of `old` through the changes.
    pub(crate) fn follow(old: &Schema, changes: &[Change]) -> Self {
        let mut living: BTreeMap<QualifiedName, TableIdentity> = old
            .tables
            .values()
            .map(|table| {
                let columns =
                    table.columns.iter().map(|c| Pair::new(c.name.clone(), c.name.clone()));
                let names = Pair::new(table.name.clone(), table.name.clone());
                (table.name.clone(), TableIdentity { names, columns: columns.collect() })
            })
            .collect();
        let mut enums: BTreeMap<QualifiedName, EnumIdentity> = old
            .enums
            .values()
            .map(|held| {
                let values = held.values.iter().map(|v| Pair::new(v.name.clone(), v.name.clone()));
                let names = Pair::new(held.name.clone(), held.name.clone());
                (held.name.clone(), EnumIdentity { names, values: values.collect() })
            })
            .collect();
        for change in changes {
            match change {
                Change::DropTable(table) => {
                    living.remove(&table.name);
                }
                Change::RenameTable(names) => {
                    if let Some(mut table) = living.remove(&names.old) {
                        table.names.new = names.new.clone();
                        living.insert(names.new.clone(), table);
                    }
                }
                Change::AlterTable { table, edits } => {
                    if let Some(table) = living.get_mut(table) {
                        table.follow(edits);
                    }
                }
                Change::DropEnum(held) => {
                    enums.remove(&held.name);
                }
                Change::RenameEnum(names) => {
                    if let Some(mut held) = enums.remove(&names.old) {
                        held.names.new = names.new.clone();
                        enums.insert(names.new.clone(), held);
                    }
                }
                Change::AlterEnum { name, edits } => {
                    if let Some(held) = enums.get_mut(name) {
                        held.follow(edits);
                    }
                }
                Change::CreateTable(_)
                | Change::CreateEnum(_)
                | Change::CreateObject(_)
                | Change::DropObject(_)
                | Change::ReplaceObject(_) => {}
            }
        }
        Self::by_old_name(living.into_values(), enums.into_values())
    }

    /// The same seen from the other end.
    pub(crate) fn swap(&self) -> Self {
        let tables = self.tables.values().map(|table| TableIdentity {
            names: table.names.clone().swap(),
            columns: table.columns.iter().cloned().map(Pair::swap).collect(),
        });
        let enums = self.enums.values().map(|held| EnumIdentity {
            names: held.names.clone().swap(),
            values: held.values.iter().cloned().map(Pair::swap).collect(),
        });
        Self::by_old_name(tables, enums)
    }

    fn by_old_name(
        tables: impl Iterator<Item = TableIdentity>,
        enums: impl Iterator<Item = EnumIdentity>,
    ) -> Self {
        Self {
            tables: tables.map(|table| (table.names.old.clone(), table)).collect(),
            enums: enums.map(|held| (held.names.old.clone(), held)).collect(),
        }
    }

    /// The new name of an old enumerated type, if it lives on.
    pub(crate) fn enumerated(&self, old: &QualifiedName) -> Option<&QualifiedName> {
        self.enums.get(old).map(|held| &held.names.new)
    }

    /// The values of an old enumerated type that live on under another text.
    pub(crate) fn renamed_values(&self, old: &QualifiedName) -> Vec<Pair<Name>> {
        let values = self.enums.get(old).into_iter().flat_map(|held| &held.values);
        values.filter(|names| names.old != names.new).cloned().collect()
    }

    /// The new name of an old table, if it lives on.
    pub(crate) fn table(&self, old: &QualifiedName) -> Option<&QualifiedName> {
        self.find(old).map(|table| &table.names.new)
    }

    /// The new name of an old table's column, if both live on.
    pub(crate) fn column(&self, old_table: &QualifiedName, old: &Name) -> Option<&Name> {
        let table = self.find(old_table)?;
        table.columns.iter().find(|names| names.old == *old).map(|names| &names.new)
    }

    /// The old name of an old table's column, if it lives on, by its new name.
    pub(crate) fn former_column(&self, old_table: &QualifiedName, new: &Name) -> Option<&Name> {
        let table = self.find(old_table)?;
        table.columns.iter().find(|names| names.new == *new).map(|names| &names.old)
    }

    fn find(&self, old: &QualifiedName) -> Option<&TableIdentity> {
        self.tables.get(old)
    }
}

impl EnumIdentity {
    fn follow(&mut self, edits: &[EnumEdit]) {
        for edit in edits {
            match edit {
                EnumEdit::RenameValue(names) => {
                    let held = self.values.iter_mut().find(|value| value.new == names.old);
                    if let Some(held) = held {
                        held.new = names.new.clone();
                    }
                }
                EnumEdit::SetValues(lists) => {
                    let lives = |name: &Name| lists.new.iter().any(|value| value.name == *name);
                    self.values.retain(|names| lives(&names.new));
                }
                EnumEdit::SetDoc(_) => {}
            }
        }
    }
}

impl TableIdentity {
    fn follow(&mut self, edits: &[TableEdit]) {
        for edit in edits {
            match edit {
                TableEdit::RenameColumn(names) => {
                    let held = self.columns.iter_mut().find(|column| column.new == names.old);
                    if let Some(held) = held {
                        held.new = names.new.clone();
                    }
                }
                TableEdit::DropColumn(column) => {
                    self.columns.retain(|names| names.new != column.name);
                }
                TableEdit::AddColumn(_)
                | TableEdit::AlterColumn(_)
                | TableEdit::SetPrimaryKey(_)
                | TableEdit::AddUnique(_)
                | TableEdit::DropUnique(_)
                | TableEdit::AddForeignKey(_)
                | TableEdit::DropForeignKey(_)
                | TableEdit::AddCheck(_)
                | TableEdit::DropCheck(_)
                | TableEdit::AddExclusion(_)
                | TableEdit::DropExclusion(_)
                | TableEdit::AddIndex(_)
                | TableEdit::DropIndex(_)
                | TableEdit::RenameIndex(_)
                | TableEdit::SetOptions(_)
                | TableEdit::SetDoc(_) => {}
            }
        }
    }
}
