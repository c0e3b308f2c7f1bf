//! The statements of renames.

use peristyle_schema::{Change, EnumEdit, Name, Pair, QualifiedName, Table, TableEdit, naming};

use super::super::quote::{qualified, quote};
use super::super::writer;
use super::keep::sequence_of;
use super::way::Work;
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

/// The steps by which sequences that number columns follow the renames of these: so a database that was renamed is the same
/// as one that was made under the new names. A sequence that somebody named otherwise keeps its name.
pub(super) fn sequences(works: &[Work<'_>]) -> Vec<Step> {
    let mut waiting: Vec<(Pair<QualifiedName>, &Work<'_>, &Name)> = Vec::new();
    for work in works {
        let numbered = |table: &Table, name: &Name| {
            table.columns.get(name).is_some_and(|column| column.identity.is_some())
        };
        let namespace = &work.new.name.namespace;
        for column in work.old.columns.iter().map(|column| &column.name) {
            let names = Pair::new(
                sequence(namespace, &work.was.name, &work.former(column)),
                sequence(namespace, &work.new.name.name, column),
            );
            if let Pair { old: Some(old), new: Some(new) } = names
                && old != new
                && numbered(work.old, column)
                && numbered(work.new, column)
            {
                waiting.push((Pair::new(old, new), work, column));
            }
        }
    }
    let mut steps = Vec::new();
    // A name is free when what had it has left it; a ring of names is left as it is.
    while let Some(at) = (0..waiting.len())
        .find(|at| !waiting.iter().any(|(names, ..)| names.old == waiting[*at].0.new))
    {
        let (names, work, column) = waiting.remove(at);
        steps.push(rename_sequence(&names, work, column));
    }
    steps
}

/// The name that the server gives the sequence of a column; a long one is cut by rules of its own.
fn sequence(namespace: &Option<Name>, table: &Name, column: &Name) -> Option<QualifiedName> {
    let name = format!("{table}_{column}_seq");
    (name.len() <= naming::MAX_BYTES)
        .then(|| QualifiedName { namespace: namespace.clone(), name: Name::new(name) })
}

fn rename_sequence(names: &Pair<QualifiedName>, work: &Work<'_>, column: &Name) -> Step {
    let sql = names.as_ref().map(qualified);
    let body = format!(
        "\nBEGIN\n    IF {}::regclass = to_regclass({}) AND to_regclass({}) IS NULL THEN\n        \
         ALTER SEQUENCE {} RENAME TO {};\n    END IF;\nEND\n",
        sequence_of(&work.new.name, column),
        writer::text(&sql.old),
        writer::text(&sql.new),
        sql.old,
        quote(&names.new.name)
    );
    let tag = if body.contains("$$") { "$peristyle$" } else { "$$" };
    Step {
        title: format!("{}: the sequence of column {column} is renamed too", work.new.name),
        reason: None,
        causes: Vec::new(),
        statements: vec![Statement::run(format!("DO {tag}{body}{tag}"))],
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
