//! Which edits `ALTER TABLE` can make, and which need the table to be rebuilt.
//!
//! <https://www.sqlite.org/lang_altertable.html>

use peristyle_schema::{Check, Column, ForeignKey, Name, Table, TableEdit, Type};

use super::fill;
use super::way::{Way, Work};

/// How a table's edits are made.
pub(super) enum Manner {
    /// Each by a statement of its own.
    InPlace,
    /// All at once, by copying the table; with the reasons.
    Rebuild(Vec<&'static str>),
}

/// How the edits of a table are made: in place only if every one of them can be.
pub(super) fn manner(way: &Way<'_>, work: &Work<'_>) -> Manner {
    let mut reasons: Vec<&'static str> = Vec::new();
    for edit in &work.edits {
        if let Some(reason) = obstacle(way, work, edit)
            && !reasons.contains(&reason)
        {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() { Manner::InPlace } else { Manner::Rebuild(reasons) }
}

/// Why SQLite cannot make this edit in place; `None` if it can.
fn obstacle(way: &Way<'_>, work: &Work<'_>, edit: &TableEdit) -> Option<&'static str> {
    match edit {
        TableEdit::RenameColumn(_) | TableEdit::SetDoc(_) | TableEdit::AddIndex(_) => None,
        TableEdit::AddColumn(column) => add_obstacle(way, work, column),
        TableEdit::DropColumn(column) => drop_obstacle(work.old, column),
        TableEdit::AlterColumn(_) => Some("SQLite cannot change a column in place"),
        TableEdit::SetPrimaryKey(_) => Some("SQLite cannot change a primary key in place"),
        TableEdit::AddUnique(_) | TableEdit::DropUnique(_) => {
            Some("SQLite cannot change a unique constraint in place")
        }
        TableEdit::AddForeignKey(key) if column_of_key(work, key).is_some() => None,
        TableEdit::AddForeignKey(_) | TableEdit::DropForeignKey(_) => {
            Some("SQLite cannot change a foreign key in place")
        }
        TableEdit::AddCheck(check) if column_of_check(work, check).is_some() => None,
        TableEdit::AddCheck(_) | TableEdit::DropCheck(_) => {
            Some("SQLite cannot change a check in place")
        }
        TableEdit::AddExclusion(_) | TableEdit::DropExclusion(_) => {
            Some("SQLite has no exclusion constraints")
        }
        TableEdit::DropIndex(index) => constraint_obstacle(work.old, &index.name),
        TableEdit::RenameIndex(names) => constraint_obstacle(work.old, &names.old),
        TableEdit::SetOptions(_) => Some("SQLite cannot change how a table is stored in place"),
    }
}

fn constraint_obstacle(table: &Table, index: &Name) -> Option<&'static str> {
    let held = table.indexes.get(index)?;
    held.constraint.get().map(|()| "SQLite cannot drop a unique constraint in place")
}

fn add_obstacle(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<&'static str> {
    let is_key =
        work.new.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name));
    if is_key {
        return Some("SQLite cannot add a key column in place");
    }
    if way.kept_column(work, &column.name).is_some() {
        return Some("its values come back from where they were kept");
    }
    match &column.generated {
        Some(generated) if generated.stored => {
            return Some("SQLite cannot add a stored generated column in place");
        }
        Some(_) if !column.nullable => {
            return Some("SQLite cannot add a NOT NULL generated column in place");
        }
        Some(_) => return None,
        None => {}
    }
    if fill::explicit(way, work, column).is_some() {
        return Some("the rows that are there get a value of their own");
    }
    if fill::default(column).is_some() && fill::default_for_rows(way, work, column).is_none() {
        return Some("the rows that are there must not all get the default");
    }
    match &column.default {
        Some(default) if !fill::has_constant_default(default) => {
            Some("SQLite cannot add a column whose default is not a constant in place")
        }
        _ if !column.nullable && fill::default(column).is_none() => {
            Some("SQLite cannot add a NOT NULL column without a default in place")
        }
        _ => None,
    }
}

/// SQLite drops a column only if nothing else in the table's text names it. Whether a check or a foreign key stands beside
/// the column (and would go with it) or at the table's end is not known here.
fn drop_obstacle(table: &Table, column: &Column) -> Option<&'static str> {
    let name = &column.name;
    let in_key = table.primary_key.iter().any(|key| key.columns.contains(name));
    let in_foreign_key = table.foreign_keys.iter().any(|key| key.columns.contains(name));
    let in_check = table.checks.iter().any(|check| check.expr.mentions(name))
        || matches!(column.data_type, Type::Json | Type::Values(_));
    let in_generated = table.columns.iter().any(|other| {
        other.generated.as_ref().is_some_and(|generated| generated.expr.mentions(name))
    });
    if in_key {
        Some("SQLite cannot drop a key column in place")
    } else if in_foreign_key {
        Some("SQLite cannot drop a column of a foreign key in place")
    } else if in_check {
        Some("SQLite cannot drop a column that a check reads in place")
    } else if in_generated {
        Some("SQLite cannot drop a column that a generated column reads in place")
    } else {
        None
    }
}

/// The added column that can carry this foreign key beside it.
pub(super) fn column_of_key<'a>(work: &'a Work<'_>, key: &ForeignKey) -> Option<&'a Name> {
    let [name] = key.columns.as_slice() else { return None };
    added(work).find(|column| *column == name)
}

/// The added column that can carry this check beside it: the only one that it reads.
pub(super) fn column_of_check<'a>(work: &'a Work<'_>, check: &Check) -> Option<&'a Name> {
    let mut read = work.new.columns.iter().filter(|column| check.expr.mentions(&column.name));
    let only = read.next()?;
    if read.next().is_some() {
        return None;
    }
    added(work).find(|column| **column == only.name)
}

fn added<'a>(work: &'a Work<'_>) -> impl Iterator<Item = &'a Name> {
    work.edits.iter().filter_map(|edit| match edit {
        TableEdit::AddColumn(column) => Some(&column.name),
        _ => None,
    })
}
