//! Renames, in an order in which every name is free when it is taken.

use peristyle_schema::{Change, EnumEdit, Name, Pair, QualifiedName, Schema, TableEdit};

use super::Identity;
use crate::facts::Case;

/// The old schema after its renames, and the renames.
pub(crate) struct Renamed {
    /// The old schema, with everything that lives on under its new name.
    pub(crate) schema: Schema,
    /// What was renamed, in order.
    pub(crate) renames: Vec<Renaming>,
    /// Tables that go and had to make room first.
    tables: Vec<Pair<QualifiedName>>,
    /// Columns that go and had to make room first, with their table's new name.
    columns: Vec<(QualifiedName, Pair<Name>)>,
}

/// One rename as it is executed, and the rename that was asked for if this completes it.
pub(crate) struct Renaming {
    /// What is executed.
    pub(crate) change: Change,
    /// What was asked for.
    pub(crate) cause: Option<Change>,
}

impl Renamed {
    /// Renames what lives on under another name. What goes while its name is taken by something else makes room under a
    /// name of ours until it is dropped. `case` says which names the database takes for one.
    pub(crate) fn new(schemas: Pair<&Schema>, identity: &Identity, case: Case) -> Self {
        let mut renamed = Self {
            schema: schemas.old.clone(),
            renames: Vec::new(),
            tables: Vec::new(),
            columns: Vec::new(),
        };
        renamed.rename_enums(schemas, identity, case);
        renamed.rename_tables(schemas, identity, case);
        for table in schemas.old.tables.values() {
            if let Some(name) = identity.table(&table.name)
                && let Some(target) = schemas.new.tables.get(name)
            {
                let moves = moves(
                    table.columns.iter().map(|c| &c.name),
                    target.columns.iter().map(|c| &c.name),
                    |column| identity.column(&table.name, column).cloned(),
                    case,
                );
                renamed.rename_columns(name, moves);
            }
        }
        renamed
    }

    /// The name that a column that goes had before it made room.
    pub(crate) fn former_column<'a>(&'a self, table: &QualifiedName, column: &'a Name) -> &'a Name {
        let held = self.columns.iter().find(|(of, names)| of == table && names.new == *column);
        held.map_or(column, |(_, names)| &names.old)
    }

    /// The name that a table that goes had before it made room.
    pub(crate) fn former_table<'a>(&'a self, table: &'a QualifiedName) -> &'a QualifiedName {
        let held = self.tables.iter().find(|names| names.new == *table);
        held.map_or(table, |names| &names.old)
    }

    fn rename_enums(&mut self, schemas: Pair<&Schema>, identity: &Identity, case: Case) {
        let renames = moves(
            schemas.old.enums.keys(),
            schemas.new.enums.keys(),
            |name| identity.enumerated(name).cloned(),
            case,
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
                // Values are texts, and case always tells texts apart.
                Case::Folded,
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

    fn rename_tables(&mut self, schemas: Pair<&Schema>, identity: &Identity, case: Case) {
        let moves = moves(
            schemas.old.tables.keys(),
            schemas.new.tables.keys(),
            |name| identity.table(name).cloned(),
            case,
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

/// A name that can be put aside and compared.
trait Renamable: Clone + PartialEq {
    /// A name of ours beside this one, in the same namespace.
    fn aside(&self, prefix: &str) -> Self;

    /// The name as the database compares it.
    fn compared(&self, case: Case) -> Self;
}

impl Renamable for Name {
    fn aside(&self, prefix: &str) -> Self {
        Self::new(format!("{prefix}{self}"))
    }

    fn compared(&self, case: Case) -> Self {
        match case {
            Case::Ignored => Self::new(self.to_ascii_lowercase()),
            Case::Folded => self.clone(),
        }
    }
}

impl Renamable for QualifiedName {
    fn aside(&self, prefix: &str) -> Self {
        Self { namespace: self.namespace.clone(), name: self.name.aside(prefix) }
    }

    fn compared(&self, case: Case) -> Self {
        Self {
            namespace: self.namespace.as_ref().map(|name| name.compared(case)),
            name: self.name.compared(case),
        }
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

/// The renames that lead from the old names to those they live on under, in order.
///
/// A ring of renames goes over a name of ours. So does a rename that only changes the case where names are compared without
/// it: SQLite will not rename a table to its own name in another case.
fn moves<'a, N: Renamable + 'a>(
    old: impl Iterator<Item = &'a N>,
    new: impl Iterator<Item = &'a N>,
    target: impl Fn(&N) -> Option<N>,
    case: Case,
) -> Vec<Move<N>> {
    let wanted: Vec<N> = new.map(|name| name.compared(case)).collect();
    let mut held: Vec<N> = Vec::new();
    let mut waiting: Vec<Move<N>> = Vec::new();
    for name in old {
        held.push(name.compared(case));
        match target(name) {
            Some(target) if target == *name => {}
            Some(target) => {
                let names = Pair::new(name.clone(), target);
                let cause = Some(names.clone());
                waiting.push(Move { names, kind: MoveKind::Arrives, cause });
            }
            None if wanted.contains(&name.compared(case)) => {
                let names = Pair::new(name.clone(), name.aside("_peristyle_old_"));
                waiting.push(Move { names, kind: MoveKind::MakesRoom, cause: None });
            }
            None => {}
        }
    }
    let mut moves = Vec::new();
    while !waiting.is_empty() {
        let is_free = |step: &Move<N>| !held.contains(&step.names.new.compared(case));
        let step = match waiting.iter().position(is_free) {
            Some(at) => waiting.remove(at),
            None => {
                let first = &mut waiting[0];
                let between = first.names.old.aside("_peristyle_was_");
                let names = Pair::new(first.names.old.clone(), between.clone());
                first.names.old = between;
                Move { names, kind: MoveKind::Detours, cause: None }
            }
        };
        let left = step.names.old.compared(case);
        held.retain(|name| *name != left);
        held.push(step.names.new.compared(case));
        moves.push(step);
    }
    moves
}
