//! Renames, in an order in which every name is free when it is taken.

use peristyle_schema::{Change, EnumEdit, Name, Pair, QualifiedName, Schema, TableEdit};

use super::super::quote::{qualified, quote};
use super::super::writer;
use crate::planning::Identity;
use crate::{Statement, Step};

/// The old schema after its renames, and the renames.
pub(super) struct Renamed {
    /// The old schema, with everything that lives on under its new name.
    pub(super) schema: Schema,
    /// What was renamed, in order.
    pub(super) renames: Vec<Renaming>,
    /// Tables that go and had to make room first.
    tables: Vec<Pair<QualifiedName>>,
    /// Columns that go and had to make room first, with their table's new name.
    columns: Vec<(QualifiedName, Pair<Name>)>,
}

/// One rename as it is executed, and the rename that was asked for if this completes it.
pub(super) struct Renaming {
    /// What is executed.
    pub(super) change: Change,
    /// What was asked for.
    pub(super) cause: Option<Change>,
}

impl Renamed {
    /// Renames what lives on under another name. What goes while its name is taken by something else makes room under a
    /// name of ours until it is dropped.
    pub(super) fn new(schemas: Pair<&Schema>, identity: &Identity) -> Self {
        let mut renamed = Self {
            schema: schemas.old.clone(),
            renames: Vec::new(),
            tables: Vec::new(),
            columns: Vec::new(),
        };
        renamed.rename_enums(schemas, identity);
        renamed.rename_tables(schemas, identity);
        for table in schemas.old.tables.values() {
            if let Some(name) = identity.table(&table.name)
                && let Some(target) = schemas.new.tables.get(name)
            {
                let moves = moves(
                    table.columns.iter().map(|c| &c.name),
                    target.columns.iter().map(|c| &c.name),
                    |column| identity.column(&table.name, column).cloned(),
                    |prefix, name: &Name| Name::new(format!("{prefix}{name}")),
                );
                renamed.rename_columns(name, moves);
            }
        }
        renamed
    }

    /// The name that a column that goes had before it made room.
    pub(super) fn former_column<'a>(&'a self, table: &QualifiedName, column: &'a Name) -> &'a Name {
        let held = self.columns.iter().find(|(of, names)| of == table && names.new == *column);
        held.map_or(column, |(_, names)| &names.old)
    }

    /// The name that a table that goes had before it made room.
    pub(super) fn former_table<'a>(&'a self, table: &'a QualifiedName) -> &'a QualifiedName {
        let held = self.tables.iter().find(|names| names.new == *table);
        held.map_or(table, |names| &names.old)
    }

    fn rename_enums(&mut self, schemas: Pair<&Schema>, identity: &Identity) {
        let renames = moves(
            schemas.old.enums.keys(),
            schemas.new.enums.keys(),
            |name| identity.enumerated(name).cloned(),
            aside,
        );
        for step in renames {
            self.push(Change::RenameEnum(step.names), step.cause.map(Change::RenameEnum));
        }
        for name in schemas.old.enums.keys() {
            let Some(now) = identity.enumerated(name) else { continue };
            let values = identity.renamed_values(name);
            let steps = moves(
                schemas
                    .old
                    .enums
                    .get(name)
                    .into_iter()
                    .flat_map(|held| &held.values)
                    .map(|v| &v.name),
                // A value that goes makes no room: the type is made anew for it.
                std::iter::empty(),
                |value: &Name| {
                    values.iter().find(|names| names.old == *value).map(|names| names.new.clone())
                },
                |prefix, value: &Name| Name::new(format!("{prefix}{value}")),
            );
            for step in steps {
                let change = |names: Pair<Name>| Change::AlterEnum {
                    name: now.clone(),
                    edits: vec![EnumEdit::RenameValue(names)],
                };
                self.push(change(step.names), step.cause.map(change));
            }
        }
    }

    fn rename_tables(&mut self, schemas: Pair<&Schema>, identity: &Identity) {
        let moves = moves(
            schemas.old.tables.keys(),
            schemas.new.tables.keys(),
            |name| identity.table(name).cloned(),
            aside,
        );
        for step in moves {
            if step.kind == MoveKind::MakesRoom {
                self.tables.push(step.names.clone());
            }
            self.push(Change::RenameTable(step.names), step.cause.map(Change::RenameTable));
        }
    }

    fn rename_columns(&mut self, table: &QualifiedName, moves: Vec<Move<Name>>) {
        let rename = |names: Pair<Name>| Change::AlterTable {
            table: table.clone(),
            edits: vec![TableEdit::RenameColumn(names)],
        };
        for step in moves {
            if step.kind == MoveKind::MakesRoom {
                self.columns.push((table.clone(), step.names.clone()));
            }
            self.push(rename(step.names), step.cause.map(rename));
        }
    }

    fn push(&mut self, change: Change, cause: Option<Change>) {
        self.schema.apply(&change);
        self.renames.push(Renaming { change, cause });
    }
}

/// A name of ours beside one of theirs, in the same namespace.
fn aside(prefix: &str, name: &QualifiedName) -> QualifiedName {
    QualifiedName {
        namespace: name.namespace.clone(),
        name: Name::new(format!("{prefix}{}", name.name)),
    }
}

/// One rename on the way.
struct Move<N> {
    names: Pair<N>,
    kind: MoveKind,
    cause: Option<Pair<N>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MoveKind {
    /// It leads to the name that was asked for.
    Arrives,
    /// It leads to a name of ours, from where it goes on.
    Detours,
    /// It leads to a name of ours, where it waits to be dropped.
    MakesRoom,
}

/// The renames that lead from the old names to those they live on under, in order. A ring of renames goes over a name of ours.
fn moves<'a, N: Clone + PartialEq + 'a>(
    old: impl Iterator<Item = &'a N>,
    new: impl Iterator<Item = &'a N>,
    target: impl Fn(&N) -> Option<N>,
    aside: impl Fn(&str, &N) -> N,
) -> Vec<Move<N>> {
    let wanted: Vec<&N> = new.collect();
    let mut held: Vec<N> = Vec::new();
    let mut waiting: Vec<Move<N>> = Vec::new();
    for name in old {
        held.push(name.clone());
        match target(name) {
            Some(target) if target == *name => {}
            Some(target) => {
                let names = Pair::new(name.clone(), target);
                let cause = Some(names.clone());
                waiting.push(Move { names, kind: MoveKind::Arrives, cause });
            }
            None if wanted.contains(&name) => {
                let names = Pair::new(name.clone(), aside("_peristyle_old_", name));
                waiting.push(Move { names, kind: MoveKind::MakesRoom, cause: None });
            }
            None => {}
        }
    }
    let mut moves = Vec::new();
    while !waiting.is_empty() {
        let step = match waiting.iter().position(|step| !held.contains(&step.names.new)) {
            Some(at) => waiting.remove(at),
            None => {
                let first = &mut waiting[0];
                let between = aside("_peristyle_was_", &first.names.old);
                let names = Pair::new(first.names.old.clone(), between.clone());
                first.names.old = between;
                Move { names, kind: MoveKind::Detours, cause: None }
            }
        };
        held.retain(|name| *name != step.names.old);
        held.push(step.names.new.clone());
        moves.push(step);
    }
    moves
}

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
