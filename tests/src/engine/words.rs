//! What tests say of schemas.

use std::fmt;

use peristyle_schema::{Change, Pair, Schema, TableEdit};

use crate::cases::compare;

/// Diagnostics or changes, one a line.
pub fn lines<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

/// What keeps two schemas apart, a line for each fact; empty if nothing does.
pub fn difference(schemas: Pair<&Schema>) -> String {
    let mut out = String::new();
    for change in peristyle_schema::diff(schemas) {
        match change {
            Change::AlterTable { table, edits } => {
                for edit in edits {
                    out.push_str(&format!("{table}: {}\n", edit_in_words(&edit)));
                }
            }
            other => out.push_str(&format!("{other:?}\n")),
        }
    }
    out
}

/// An edit; of two columns only what differs.
fn edit_in_words(edit: &TableEdit) -> String {
    let TableEdit::AlterColumn(columns) = edit else { return format!("{edit:?}") };
    let lines = compare(&format!("{:#?}", columns.old), &format!("{:#?}", columns.new));
    let told: Vec<&str> =
        lines.lines().map(str::trim).filter(|line| line.starts_with(['-', '+'])).collect();
    format!("{}: {}", columns.old.name, told.join(" "))
}
