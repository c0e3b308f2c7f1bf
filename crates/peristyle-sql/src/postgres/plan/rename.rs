//! The statements of renames.

use peristyle_schema::{Change, EnumEdit, Pair, QualifiedName, TableEdit};

use super::super::quote::{qualified, quote};
use super::super::writer;
use crate::planning::Renaming;
use crate::{Statement, Step};

/// The step that one rename is.
pub(super) fn step(Renaming { change, cause }: &Renaming) -> Step {
    let (title, sqls) = match change {
        Change::RenameTable(names) => {
            (format!("rename table {} to {}", names.old, names.new), move_sql("TABLE", names))
        }
        Change::RenameEnum(names) => {
            (format!("rename enum {} to {}", names.old, names.new), move_sql("TYPE", names))
        }
        Change::AlterTable { table, edits } => match edits.as_slice() {
            [TableEdit::RenameColumn(names)] => (
                format!("rename column {table}.{} to {}", names.old, names.new),
                vec![format!(
                    "ALTER TABLE {} RENAME COLUMN {} TO {}",
                    qualified(table),
                    quote(&names.old),
                    quote(&names.new)
                )],
            ),
            _ => (String::new(), Vec::new()),
        },
        Change::AlterEnum { name, edits } => match edits.as_slice() {
            [EnumEdit::RenameValue(names)] => (
                format!("rename value {} of {name} to {}", names.old, names.new),
                vec![format!(
                    "ALTER TYPE {} RENAME VALUE {} TO {}",
                    qualified(name),
                    writer::text(&names.old),
                    writer::text(&names.new)
                )],
            ),
            _ => (String::new(), Vec::new()),
        },
        Change::CreateTable(_)
        | Change::DropTable(_)
        | Change::CreateEnum(_)
        | Change::DropEnum(_)
        | Change::CreateObject(_)
        | Change::DropObject(_)
        | Change::ReplaceObject(_) => (String::new(), Vec::new()),
    };
    let reason = cause.is_none().then(|| "its name is taken by something else now".to_owned());
    Step {
        title,
        reason,
        causes: cause.iter().cloned().collect(),
        statements: sqls.into_iter().map(Statement::run).collect(),
        hazards: Vec::new(),
    }
}

/// A rename, in its namespace or into another one.
fn move_sql(word: &str, names: &Pair<QualifiedName>) -> Vec<String> {
    let mut sqls = Vec::new();
    let mut held = names.old.clone();
    if held.namespace != names.new.namespace {
        let target = names.new.namespace.as_ref().map_or_else(|| "public".to_owned(), |n| quote(n));
        sqls.push(format!("ALTER {word} {} SET SCHEMA {target}", qualified(&held)));
        held.namespace.clone_from(&names.new.namespace);
    }
    if held.name != names.new.name {
        sqls.push(format!(
            "ALTER {word} {} RENAME TO {}",
            qualified(&held),
            quote(&names.new.name)
        ));
    }
    sqls
}
