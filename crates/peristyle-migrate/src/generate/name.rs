//! The name of a migration, from what it changes.

use peristyle_schema::{Change, TableEdit};

/// Longest name that is made.
const LONGEST: usize = 60;

/// A name for these changes: `create_users`, `alter_bookings_add_note`.
pub(super) fn name(changes: &[Change]) -> String {
    let (first, rest) = match changes {
        [] => return "empty".to_owned(),
        [first, rest @ ..] => (first, rest),
    };
    let text = match rest {
        [] => one(first),
        rest if changes.iter().all(comes) => match (rest, tables(changes)) {
            ([second], _) => format!("{} and {}", one(first), subject(second)),
            (_, 0 | 1) => format!("{} and {} more", one(first), rest.len()),
            (_, tables) => format!("create {tables} tables"),
        },
        [second] => format!("{} and {}", one(first), one(second)),
        _ => format!("change {} and {} more", subject(first), rest.len()),
    };
    snake_case(&text)
}

/// Whether the change brings something new.
fn comes(change: &Change) -> bool {
    matches!(change, Change::CreateTable(_) | Change::CreateEnum(_) | Change::CreateObject(_))
}

fn tables(changes: &[Change]) -> usize {
    changes.iter().filter(|change| matches!(change, Change::CreateTable(_))).count()
}

fn one(change: &Change) -> String {
    match change {
        Change::AlterTable { table, edits } => match &edits[..] {
            [edit] => format!("alter {table} {}", of_edit(edit)),
            edits if edits.iter().all(|e| matches!(e, TableEdit::AddColumn(_))) => {
                let names: Vec<String> = edits.iter().map(of_edit).collect();
                format!("alter {table} {}", names.join(" "))
            }
            _ => format!("alter {table}"),
        },
        Change::RenameTable(names) => format!("rename {} to {}", names.old, names.new),
        Change::RenameEnum(names) => format!("rename {} to {}", names.old, names.new),
        Change::CreateTable(_) | Change::CreateEnum(_) | Change::CreateObject(_) => {
            format!("create {}", subject(change))
        }
        Change::DropTable(_) | Change::DropEnum(_) | Change::DropObject(_) => {
            format!("drop {}", subject(change))
        }
        Change::AlterEnum { .. } => format!("alter {}", subject(change)),
        Change::ReplaceObject(_) => format!("replace {}", subject(change)),
    }
}

fn subject(change: &Change) -> String {
    match change {
        Change::CreateTable(table) | Change::DropTable(table) => table.name.to_string(),
        Change::AlterTable { table, .. } => table.to_string(),
        Change::RenameTable(names) | Change::RenameEnum(names) => names.new.to_string(),
        Change::CreateEnum(of) | Change::DropEnum(of) => of.name.to_string(),
        Change::AlterEnum { name, .. } => name.to_string(),
        Change::CreateObject(of) | Change::DropObject(of) => of.id.name.to_string(),
        Change::ReplaceObject(pair) => pair.new.id.name.to_string(),
    }
}

fn of_edit(edit: &TableEdit) -> String {
    match edit {
        TableEdit::RenameColumn(names) => format!("rename {} to {}", names.old, names.new),
        TableEdit::AddColumn(column) => format!("add {}", column.name),
        TableEdit::DropColumn(column) => format!("drop {}", column.name),
        TableEdit::AlterColumn(pair) => format!("change {}", pair.new.name),
        TableEdit::SetPrimaryKey(_) => "primary key".to_owned(),
        TableEdit::AddUnique(_) => "add unique".to_owned(),
        TableEdit::DropUnique(_) => "drop unique".to_owned(),
        TableEdit::AddForeignKey(key) => format!("reference {}", key.references.table),
        TableEdit::DropForeignKey(key) => format!("release {}", key.references.table),
        TableEdit::AddCheck(_) => "add check".to_owned(),
        TableEdit::DropCheck(_) => "drop check".to_owned(),
        TableEdit::AddExclusion(_) => "add exclusion".to_owned(),
        TableEdit::DropExclusion(_) => "drop exclusion".to_owned(),
        TableEdit::AddIndex(index) => format!("add {}", index.name),
        TableEdit::DropIndex(index) => format!("drop {}", index.name),
        TableEdit::RenameIndex(names) => format!("rename {} to {}", names.old, names.new),
        TableEdit::SetOptions(_) => "storage".to_owned(),
        TableEdit::SetDoc(_) => "documentation".to_owned(),
    }
}

/// Words of any form as lower-case words joined by underscores; nothing if there are none.
pub(super) fn snake_case(text: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && after_lower {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('_') && !out.is_empty() {
            out.push('_');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    out.truncate(LONGEST);
    out.truncate(out.trim_end_matches('_').len());
    out
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Column, Table, Type};

    use super::*;

    #[test]
    fn names_say_what_changes() {
        let create = |name: &str| Change::CreateTable(Table::new(name));
        let add = TableEdit::AddColumn(Column::new("note", Type::Text));
        let alter = Change::AlterTable { table: "bookings".into(), edits: vec![add] };
        assert_eq!(name(&[create("users")]), "create_users");
        assert_eq!(name(&[create("users"), create("roles")]), "create_users_and_roles");
        assert_eq!(name(&[create("a"), create("b"), create("c")]), "create_3_tables");
        assert_eq!(name(std::slice::from_ref(&alter)), "alter_bookings_add_note");
        assert_eq!(name(&[create("a"), alter, create("c")]), "change_a_and_2_more");
    }

    #[test]
    fn any_words_become_a_name() {
        assert_eq!(snake_case("Add Telehealth!"), "add_telehealth");
        assert_eq!(snake_case("addTelehealth2X"), "add_telehealth2_x");
        assert_eq!(snake_case("  --é "), "");
        assert!(snake_case(&"long ".repeat(40)).len() <= LONGEST);
    }
}
