//! Changes in words.

use peristyle_schema::{Change, EnumEdit, TableEdit};

/// A line for each thing that the changes do: `add column users.nickname`.
pub fn describe(changes: &[Change]) -> Vec<String> {
    changes.iter().flat_map(change).collect()
}

fn change(change: &Change) -> Vec<String> {
    let one = |text: String| vec![text];
    match change {
        Change::CreateTable(table) => one(format!("create table {}", table.name)),
        Change::DropTable(table) => one(format!("drop table {}", table.name)),
        Change::RenameTable(names) => one(format!("rename table {} to {}", names.old, names.new)),
        Change::AlterTable { table, edits } => {
            edits.iter().map(|e| edit(&table.to_string(), e)).collect()
        }
        Change::CreateEnum(of) => one(format!("create enum {}", of.name)),
        Change::DropEnum(of) => one(format!("drop enum {}", of.name)),
        Change::RenameEnum(names) => one(format!("rename enum {} to {}", names.old, names.new)),
        Change::AlterEnum { name, edits } => edits
            .iter()
            .map(|edit| match edit {
                EnumEdit::RenameValue(names) => {
                    format!("rename value {} of enum {name} to {}", names.old, names.new)
                }
                EnumEdit::SetValues(_) => format!("change the values of enum {name}"),
                EnumEdit::SetDoc(_) => format!("change the documentation of enum {name}"),
            })
            .collect(),
        Change::CreateObject(of) => one(format!("create {} {}", of.id.kind.words(), of.id.name)),
        Change::DropObject(of) => one(format!("drop {} {}", of.id.kind.words(), of.id.name)),
        Change::ReplaceObject(pair) => {
            one(format!("replace {} {}", pair.new.id.kind.words(), pair.new.id.name))
        }
    }
}

fn edit(table: &str, edit: &TableEdit) -> String {
    match edit {
        TableEdit::RenameColumn(names) => {
            format!("rename column {table}.{} to {}", names.old, names.new)
        }
        TableEdit::AddColumn(column) => format!("add column {table}.{}", column.name),
        TableEdit::DropColumn(column) => format!("drop column {table}.{}", column.name),
        TableEdit::AlterColumn(pair) => {
            let (old, new) = (&pair.old, &pair.new);
            let mut what = Vec::new();
            if old.data_type != new.data_type {
                what.push(format!("type {} to {}", old.data_type, new.data_type));
            }
            if old.nullable != new.nullable {
                what.push(if new.nullable { "nullable" } else { "not null" }.to_owned());
            }
            if old.default != new.default {
                what.push("default".to_owned());
            }
            if old.generated != new.generated {
                what.push("generated expression".to_owned());
            }
            if old.collation != new.collation {
                what.push("collation".to_owned());
            }
            if old.identity != new.identity {
                what.push("identity".to_owned());
            }
            if what.is_empty() {
                what.push("documentation".to_owned());
            }
            format!("change column {table}.{}: {}", new.name, what.join(", "))
        }
        TableEdit::SetPrimaryKey(_) => format!("change the primary key of {table}"),
        TableEdit::AddUnique(unique) => {
            format!("add unique constraint on {table} ({})", unique.columns.join(", "))
        }
        TableEdit::DropUnique(unique) => {
            format!("drop unique constraint on {table} ({})", unique.columns.join(", "))
        }
        TableEdit::AddForeignKey(key) => format!(
            "add foreign key {table} ({}) to {}",
            key.columns.join(", "),
            key.references.table
        ),
        TableEdit::DropForeignKey(key) => format!(
            "drop foreign key {table} ({}) to {}",
            key.columns.join(", "),
            key.references.table
        ),
        TableEdit::AddCheck(check) => format!("add check to {table}: {}", check.expr),
        TableEdit::DropCheck(check) => format!("drop check of {table}: {}", check.expr),
        TableEdit::AddExclusion(exclusion) => {
            format!("add exclusion constraint to {table}: {}", exclusion.rule)
        }
        TableEdit::DropExclusion(exclusion) => {
            format!("drop exclusion constraint of {table}: {}", exclusion.rule)
        }
        TableEdit::AddIndex(index) => format!("add index {} on {table}", index.name),
        TableEdit::DropIndex(index) => format!("drop index {} of {table}", index.name),
        TableEdit::RenameIndex(names) => {
            format!("rename index {} of {table} to {}", names.old, names.new)
        }
        TableEdit::SetOptions(_) => format!("change how {table} is stored"),
        TableEdit::SetDoc(_) => format!("change the documentation of {table}"),
    }
}
