use serde::{Deserialize, Serialize};

use crate::{
    Check, Column, Definition, EnumType, EnumValue, Exclusion, ForeignKey, Index, Name, Pair,
    PrimaryKey, QualifiedName, Table, TableOptions, Unique,
};

/// One step from one schema to another. It carries both sides, so that it can always be inverted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A table comes, with its constraints and indexes.
    CreateTable(Table),
    /// A table goes.
    DropTable(Table),
    /// A table gets another name; everything that refers to it follows.
    RenameTable(Pair<QualifiedName>),
    /// A table is changed.
    AlterTable {
        /// The table, by the name it has after renames.
        table: QualifiedName,
        /// What changes, in order.
        edits: Vec<TableEdit>,
    },
    /// An enumerated type comes.
    CreateEnum(EnumType),
    /// An enumerated type goes.
    DropEnum(EnumType),
    /// An enumerated type gets another name.
    RenameEnum(Pair<QualifiedName>),
    /// An enumerated type's values change.
    AlterEnum {
        /// The type, by the name it has after renames.
        name: QualifiedName,
        /// What changes, in order.
        edits: Vec<EnumEdit>,
    },
    /// An object known by its text comes.
    CreateObject(Definition),
    /// An object known by its text goes.
    DropObject(Definition),
    /// An object known by its text gets another text.
    ReplaceObject(Pair<Definition>),
}

/// One edit of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableEdit {
    /// A column gets another name; constraints, indexes and foreign keys follow.
    RenameColumn(Pair<Name>),
    /// A column comes.
    AddColumn(Column),
    /// A column goes.
    DropColumn(Column),
    /// A column's type, nullability, default or other attribute changes; its name does not.
    AlterColumn(Pair<Column>),
    /// The primary key comes, goes or changes.
    SetPrimaryKey(Pair<Option<PrimaryKey>>),
    /// A unique constraint comes.
    AddUnique(Unique),
    /// A unique constraint goes.
    DropUnique(Unique),
    /// A foreign key comes.
    AddForeignKey(ForeignKey),
    /// A foreign key goes.
    DropForeignKey(ForeignKey),
    /// A check comes.
    AddCheck(Check),
    /// A check goes.
    DropCheck(Check),
    /// An exclusion constraint comes.
    AddExclusion(Exclusion),
    /// An exclusion constraint goes.
    DropExclusion(Exclusion),
    /// An index comes.
    AddIndex(Index),
    /// An index goes.
    DropIndex(Index),
    /// An index gets another name.
    RenameIndex(Pair<Name>),
    /// The way the table is stored changes.
    SetOptions(Pair<TableOptions>),
    /// The table's documentation changes.
    SetDoc(Pair<Option<String>>),
}

/// One edit of an enumerated type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnumEdit {
    /// A value gets another text; rows that hold it follow.
    RenameValue(Pair<Name>),
    /// The list of values changes: values come, go or change places.
    SetValues(Pair<Vec<EnumValue>>),
    /// The type's documentation changes.
    SetDoc(Pair<Option<String>>),
}
