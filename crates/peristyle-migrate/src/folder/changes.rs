//! The changes that each migration makes, in a file beside it: so the schema that a history leads to is known without a server.
//!
//! Such a file proves nothing by itself. What its changes lead to must have the fingerprint that the header of its migration
//! names, which the chain of hashes covers; where it has not, the history is replayed.

use std::path::{Path, PathBuf};

use peristyle_schema::{
    Change, Column, Definition, Diagnostic, EnumEdit, EnumType, EnumValue, Hint, Index, Schema,
    Table, TableEdit, Type,
};

use super::file::whole;
use super::{Folder, MigrationId};

/// The folder inside the migration folder.
pub(super) const FOLDER: &str = "schema";

/// The file of a migration's changes.
pub(crate) fn path(folder: &Path, id: &MigrationId) -> PathBuf {
    folder.join(FOLDER).join(format!("{id}.json"))
}

/// The text of the file: JSON, one change a line.
pub(crate) fn text(changes: &[Change]) -> String {
    let lines: Vec<String> = changes
        .iter()
        .map(|change| {
            serde_json::to_string(&plain(change.clone()))
                .expect("a change holds only strings, numbers and lists of them")
        })
        .collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

impl Folder {
    /// The declared schema that the first so many migrations lead to, as far as the files beside them tell it truly.
    pub(crate) fn declared(&self, count: usize) -> Option<Schema> {
        let mut schema = Schema::empty();
        for migration in self.migrations.get(..count)? {
            schema.apply_all(&self.changes_of(&migration.id)?.ok()?);
        }
        self.says(count, &schema).then_some(schema)
    }

    /// The changes that the file beside a migration holds; nothing if there is no such file.
    fn changes_of(&self, id: &MigrationId) -> Option<Result<Vec<Change>, String>> {
        let text = self.changes.get(id.as_str())?;
        Some(serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    /// What is wrong with the files beside the migrations: the first that cannot be read, or that does not lead to the schema
    /// its migration names.
    pub(crate) fn change_faults(&self) -> Vec<Diagnostic> {
        let mut schema = Schema::empty();
        for (at, migration) in self.migrations.iter().enumerate() {
            let Some(read) = self.changes_of(&migration.id) else { return Vec::new() };
            let file = path(&self.path, &migration.id);
            let fault = |message: String| {
                vec![Diagnostic::error("edited-changes", message).at(whole(&file)).help(
                    "restore it from version control; it is written together with its migration",
                )]
            };
            match read {
                Ok(changes) => schema.apply_all(&changes),
                Err(reason) => {
                    return fault(format!("{} cannot be read: {reason}", file.display()));
                }
            }
            if migration.header.seal.is_some() && !self.says(at + 1, &schema) {
                return fault(format!(
                    "{} does not lead to the schema that {} names",
                    file.display(),
                    migration.id
                ));
            }
        }
        Vec::new()
    }
}

/// The change without the advice and the places in source files that it was made from.
fn plain(change: Change) -> Change {
    match change {
        Change::CreateTable(of) => Change::CreateTable(table(of)),
        Change::DropTable(of) => Change::DropTable(table(of)),
        Change::AlterTable { table, edits } => {
            Change::AlterTable { table, edits: edits.into_iter().map(edit).collect() }
        }
        Change::CreateEnum(of) => Change::CreateEnum(enumerated(of)),
        Change::DropEnum(of) => Change::DropEnum(enumerated(of)),
        Change::AlterEnum { name, edits } => {
            let edits = edits.into_iter().map(|edit| match edit {
                EnumEdit::SetValues(lists) => EnumEdit::SetValues(lists.map(values)),
                edit @ (EnumEdit::RenameValue(_) | EnumEdit::SetDoc(_)) => edit,
            });
            Change::AlterEnum { name, edits: edits.collect() }
        }
        Change::CreateObject(of) => Change::CreateObject(object(of)),
        Change::DropObject(of) => Change::DropObject(object(of)),
        Change::ReplaceObject(pair) => Change::ReplaceObject(pair.map(object)),
        change @ (Change::RenameTable(_) | Change::RenameEnum(_)) => change,
    }
}

fn edit(edit: TableEdit) -> TableEdit {
    match edit {
        TableEdit::AddColumn(of) => TableEdit::AddColumn(column(of)),
        TableEdit::DropColumn(of) => TableEdit::DropColumn(column(of)),
        TableEdit::AlterColumn(pair) => TableEdit::AlterColumn(pair.map(column)),
        TableEdit::AddIndex(of) => TableEdit::AddIndex(index(of)),
        TableEdit::DropIndex(of) => TableEdit::DropIndex(index(of)),
        edit @ (TableEdit::RenameColumn(_)
        | TableEdit::SetPrimaryKey(_)
        | TableEdit::AddUnique(_)
        | TableEdit::DropUnique(_)
        | TableEdit::AddForeignKey(_)
        | TableEdit::DropForeignKey(_)
        | TableEdit::AddCheck(_)
        | TableEdit::DropCheck(_)
        | TableEdit::AddExclusion(_)
        | TableEdit::DropExclusion(_)
        | TableEdit::RenameIndex(_)
        | TableEdit::SetOptions(_)
        | TableEdit::SetDoc(_)) => edit,
    }
}

fn table(mut table: Table) -> Table {
    table.was = Hint::NONE;
    table.span = Hint::NONE;
    table.columns = table.columns.into_iter().map(column).collect();
    table.indexes = table.indexes.into_iter().map(index).collect();
    table
}

fn column(mut column: Column) -> Column {
    column.was = Hint::NONE;
    column.fill = Hint::NONE;
    column.using = Hint::NONE;
    column.span = Hint::NONE;
    if let Type::Values(list) = column.data_type {
        column.data_type = Type::Values(values(list));
    }
    column
}

fn index(mut index: Index) -> Index {
    index.concurrently = Hint::NONE;
    index.constraint = Hint::NONE;
    index
}

fn enumerated(mut of: EnumType) -> EnumType {
    of.was = Hint::NONE;
    of.values = values(of.values);
    of
}

fn values(mut values: Vec<EnumValue>) -> Vec<EnumValue> {
    values.iter_mut().for_each(|value| value.was = Hint::NONE);
    values
}

fn object(mut object: Definition) -> Definition {
    object.span = Hint::NONE;
    object
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Change, Pair, Position, Schema, Span, Table, diff};

    use super::text;

    #[test]
    fn a_line_a_change_without_places_in_sources() {
        let mut new = Schema::empty();
        for name in ["a", "b"] {
            let mut table = Table::new(name);
            let start = Position { line: 7, column: 1 };
            let span = Span { file: "/home/me/schema.rs".into(), start, end: start };
            table.span = Some(span).into();
            new.insert_table(table);
        }
        let changes = diff(Pair::new(&Schema::empty(), &new));
        let written = text(&changes);
        assert_eq!(written.lines().count(), 4, "{written}");
        assert!(!written.contains("schema.rs"), "{written}");
        let read: Vec<Change> = serde_json::from_str(&written).expect("changes");
        assert_eq!(read, changes);
        assert_eq!(text(&[]), "[]\n");
    }
}
