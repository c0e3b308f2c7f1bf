//! Renames, in an order in which every name is free when it is taken.

use peristyle_schema::{Change, Name, Pair, QualifiedName, Schema, TableEdit};

use crate::planning::Identity;

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
        renamed.rename_tables(schemas, identity);
        for table in schemas.old.tables.values() {
            if let Some(name) = identity.table(&table.name)
                && let Some(target) = schemas.new.tables.get(name)
            {
                let moves = moves(
                    table.columns.iter().map(|c| &c.name),
                    target.columns.iter().map(|c| &c.name),
                    |column| identity.column(&table.name, column).cloned(),
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

    fn rename_tables(&mut self, schemas: Pair<&Schema>, identity: &Identity) {
        let moves = moves(
            schemas.old.tables.keys().map(|name| &name.name),
            schemas.new.tables.keys().map(|name| &name.name),
            |name| {
                identity.table(&QualifiedName::local(name.clone())).map(|name| name.name.clone())
            },
        );
        for step in moves {
            let names = step.names.map(QualifiedName::local);
            if step.kind == MoveKind::MakesRoom {
                self.tables.push(names.clone());
            }
            let cause = step.cause.map(|names| names.map(QualifiedName::local));
            self.push(Change::RenameTable(names), cause.map(Change::RenameTable));
        }
    }

    fn rename_columns(&mut self, table: &QualifiedName, moves: Vec<Move>) {
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

/// One rename on the way.
struct Move {
    names: Pair<Name>,
    kind: MoveKind,
    cause: Option<Pair<Name>>,
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

/// The renames that lead from the old names to those they live on under, in order.
///
/// SQLite compares names without regard to case, and will not rename a table to its own name in another case; such a
/// rename, and a ring of renames, goes over a name of ours.
fn moves<'a>(
    old: impl Iterator<Item = &'a Name>,
    new: impl Iterator<Item = &'a Name>,
    target: impl Fn(&Name) -> Option<Name>,
) -> Vec<Move> {
    let wanted: Vec<String> = new.map(|name| name.to_ascii_lowercase()).collect();
    let mut held: Vec<String> = Vec::new();
    let mut waiting: Vec<Move> = Vec::new();
    for name in old {
        held.push(name.to_ascii_lowercase());
        match target(name) {
            Some(target) if target == *name => {}
            Some(target) => {
                let names = Pair::new(name.clone(), target);
                waiting.push(Move {
                    names: names.clone(),
                    kind: MoveKind::Arrives,
                    cause: Some(names),
                });
            }
            None if wanted.contains(&name.to_ascii_lowercase()) => {
                let room = Name::new(format!("_peristyle_old_{name}"));
                let names = Pair::new(name.clone(), room);
                waiting.push(Move { names, kind: MoveKind::MakesRoom, cause: None });
            }
            None => {}
        }
    }
    let mut moves = Vec::new();
    while !waiting.is_empty() {
        let is_free = |step: &Move| !held.contains(&step.names.new.to_ascii_lowercase());
        let step = match waiting.iter().position(is_free) {
            Some(at) => waiting.remove(at),
            None => {
                let first = &mut waiting[0];
                let between = Name::new(format!("_peristyle_was_{}", first.names.old));
                let names = Pair::new(first.names.old.clone(), between.clone());
                first.names.old = between;
                Move { names, kind: MoveKind::Detours, cause: None }
            }
        };
        held.retain(|name| *name != step.names.old.to_ascii_lowercase());
        held.push(step.names.new.to_ascii_lowercase());
        moves.push(step);
    }
    moves
}
