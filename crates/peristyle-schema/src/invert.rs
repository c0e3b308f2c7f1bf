use crate::{Change, EnumEdit, TableEdit};

impl Change {
    /// The change that leads back.
    #[must_use]
    pub fn invert(self) -> Self {
        match self {
            Self::CreateTable(table) => Self::DropTable(table),
            Self::DropTable(table) => Self::CreateTable(table),
            Self::RenameTable(names) => Self::RenameTable(names.swap()),
            Self::AlterTable { table, edits } => Self::AlterTable {
                table,
                edits: edits.into_iter().rev().map(TableEdit::invert).collect(),
            },
            Self::CreateEnum(enumerated) => Self::DropEnum(enumerated),
            Self::DropEnum(enumerated) => Self::CreateEnum(enumerated),
            Self::RenameEnum(names) => Self::RenameEnum(names.swap()),
            Self::AlterEnum { name, edits } => Self::AlterEnum {
                name,
                edits: edits.into_iter().rev().map(EnumEdit::invert).collect(),
            },
            Self::CreateObject(definition) => Self::DropObject(definition),
            Self::DropObject(definition) => Self::CreateObject(definition),
            Self::ReplaceObject(definitions) => Self::ReplaceObject(definitions.swap()),
        }
    }

    /// The changes that lead back from the end of `changes` to its start.
    #[must_use]
    pub fn invert_all(changes: Vec<Self>) -> Vec<Self> {
        changes.into_iter().rev().map(Self::invert).collect()
    }
}

impl TableEdit {
    /// The edit that leads back.
    #[must_use]
    pub fn invert(self) -> Self {
        match self {
            Self::RenameColumn(names) => Self::RenameColumn(names.swap()),
            Self::AddColumn(column) => Self::DropColumn(column),
            Self::DropColumn(column) => Self::AddColumn(column),
            Self::AlterColumn(columns) => Self::AlterColumn(columns.swap()),
            Self::SetPrimaryKey(keys) => Self::SetPrimaryKey(keys.swap()),
            Self::AddUnique(unique) => Self::DropUnique(unique),
            Self::DropUnique(unique) => Self::AddUnique(unique),
            Self::AddForeignKey(key) => Self::DropForeignKey(key),
            Self::DropForeignKey(key) => Self::AddForeignKey(key),
            Self::AddCheck(check) => Self::DropCheck(check),
            Self::DropCheck(check) => Self::AddCheck(check),
            Self::AddExclusion(exclusion) => Self::DropExclusion(exclusion),
            Self::DropExclusion(exclusion) => Self::AddExclusion(exclusion),
            Self::AddIndex(index) => Self::DropIndex(index),
            Self::DropIndex(index) => Self::AddIndex(index),
            Self::RenameIndex(names) => Self::RenameIndex(names.swap()),
            Self::SetOptions(options) => Self::SetOptions(options.swap()),
            Self::SetDoc(docs) => Self::SetDoc(docs.swap()),
        }
    }
}

impl EnumEdit {
    /// The edit that leads back.
    #[must_use]
    pub fn invert(self) -> Self {
        match self {
            Self::RenameValue(names) => Self::RenameValue(names.swap()),
            Self::SetValues(values) => Self::SetValues(values.swap()),
            Self::SetDoc(docs) => Self::SetDoc(docs.swap()),
        }
    }
}
