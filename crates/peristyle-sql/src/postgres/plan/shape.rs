//! What happens to one table, sorted by when it happens: constraints and indexes that go first and come last, columns that
//! move to another type, generated columns that are made again.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{
    Change, Check, Column, Definition, EnumType, ForeignKey, Index, Name, Pair, PrimaryKey,
    QualifiedName, TableEdit, Unique,
};

use super::graph::{Node, enum_name, of_object};
use super::types::Types;
use super::way::Work;
use crate::planning::reads;

/// What happens to one table.
#[derive(Default)]
pub(super) struct Shape {
    /// Columns whose type or collation changes, or whose type is made anew.
    pub(super) moved: BTreeSet<Name>,
    /// Columns that are dropped and added again, because how they are generated changes or what they are generated from.
    pub(super) regenerated: BTreeSet<Name>,
    /// Columns whose default is taken away for a while, because it calls a function that is made anew.
    pub(super) undefaulted: BTreeSet<Name>,
    /// Constraints and indexes that go, as the edits that drop them.
    pub(super) drops: Vec<Edit>,
    /// Constraints and indexes that come, as the edits that add them.
    pub(super) adds: Vec<Edit>,
    /// Constraints that stay with another name, validity or time of check.
    pub(super) kept: Vec<Pair<TableEdit>>,
    /// Whether the primary key only gets another name.
    pub(super) key_renamed: Option<Pair<PrimaryKey>>,
}

/// An edit, and whether it was asked for or only makes room for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// The edit.
    pub(super) edit: TableEdit,
    /// Whether what it drops comes back, or what it adds was there.
    pub(super) again: bool,
}

/// What is made anew that tables use.
pub(super) struct Anew<'a> {
    /// Enumerated types.
    pub(super) enums: &'a BTreeMap<QualifiedName, Pair<EnumType>>,
    /// Domains and composite types.
    pub(super) types: &'a Types<'a>,
    /// Functions that are dropped and made again.
    pub(super) functions: &'a [&'a Definition],
}

impl Shape {
    /// The shapes of all works. Foreign keys need them all: one goes and comes back when either of its ends moves.
    pub(super) fn all(works: &[Work<'_>], anew: &Anew<'_>) -> Vec<Self> {
        let mut shapes: Vec<Self> = works.iter().map(|work| Self::of(work, anew)).collect();
        for at in 0..works.len() {
            let again: Vec<ForeignKey> = works[at]
                .old
                .foreign_keys
                .iter()
                .filter(|key| works[at].new.foreign_keys.contains(key))
                .filter(|key| {
                    let own = key.columns.iter().any(|name| shapes[at].disturbs(name));
                    let target = works.iter().position(|w| w.new.name == key.references.table);
                    own || target.is_some_and(|target| {
                        key.references.columns.iter().any(|name| shapes[target].disturbs(name))
                            || shapes[target].drops_key(&key.references.columns)
                    })
                })
                .cloned()
                .collect();
            for key in again {
                shapes[at]
                    .again(TableEdit::DropForeignKey(key.clone()), TableEdit::AddForeignKey(key));
            }
        }
        shapes
    }

    fn of(work: &Work<'_>, anew: &Anew<'_>) -> Self {
        let mut shape = Self::default();
        for edit in &work.edits {
            if let TableEdit::AlterColumn(columns) = edit {
                shape.alter(columns);
            }
        }
        for column in &work.new.columns {
            let retyped = enum_name(&column.data_type).is_some_and(|n| anew.enums.contains_key(n))
                || anew.types.are_of(&column.data_type);
            if retyped && work.old.columns.contains(&column.name) {
                shape.moved.insert(column.name.clone());
            }
        }
        let generated: Vec<&Column> =
            work.new.columns.iter().filter(|column| column.generated.is_some()).collect();
        for column in &generated {
            let lives = work.old.columns.get(&column.name).is_some_and(|c| c.generated.is_some());
            let reads_moved = column.generated.as_ref().is_some_and(|generated| {
                shape.moved.iter().any(|name| generated.expr.mentions(name))
                    || calls(generated.expr.as_str(), anew.functions)
            });
            if lives && (reads_moved || shape.moved.contains(&column.name)) {
                shape.moved.remove(&column.name);
                shape.regenerated.insert(column.name.clone());
            }
        }
        for column in &work.old.columns {
            let default = column.default.as_ref().and_then(super::super::writer::default_value);
            if default.is_some_and(|value| calls(&value, anew.functions)) {
                shape.undefaulted.insert(column.name.clone());
            }
        }
        shape.constraints(work, anew);
        shape
    }

    fn alter(&mut self, columns: &Pair<Column>) {
        let Pair { old, new } = columns;
        let name = new.name.clone();
        match (&old.generated, &new.generated) {
            (None, None) => {
                if old.data_type != new.data_type || old.collation != new.collation {
                    self.moved.insert(name);
                }
            }
            // What was generated and stored stays as it is.
            (Some(was), None) if was.stored => {
                if old.data_type != new.data_type || old.collation != new.collation {
                    self.moved.insert(name);
                }
            }
            (Some(was), Some(is))
                if was == is
                    && old.data_type == new.data_type
                    && old.collation == new.collation => {}
            (Some(_), _) | (None, Some(_)) => {
                self.regenerated.insert(name);
            }
        }
    }

    fn constraints(&mut self, work: &Work<'_>, anew: &Anew<'_>) {
        let mut drops = Vec::new();
        let mut adds = Vec::new();
        for edit in &work.edits {
            match edit {
                TableEdit::DropUnique(_)
                | TableEdit::DropForeignKey(_)
                | TableEdit::DropCheck(_)
                | TableEdit::DropExclusion(_)
                | TableEdit::DropIndex(_) => drops.push(edit.clone()),
                TableEdit::AddUnique(_)
                | TableEdit::AddForeignKey(_)
                | TableEdit::AddCheck(_)
                | TableEdit::AddExclusion(_)
                | TableEdit::AddIndex(_) => adds.push(edit.clone()),
                TableEdit::SetPrimaryKey(keys) => match (&keys.old, &keys.new) {
                    (Some(old), Some(new)) if old.columns == new.columns => {
                        self.key_renamed = Some(Pair::new(old.clone(), new.clone()));
                    }
                    (old, new) => {
                        if old.is_some() {
                            drops.push(edit.clone());
                        }
                        if new.is_some() {
                            adds.push(edit.clone());
                        }
                    }
                },
                TableEdit::RenameColumn(_)
                | TableEdit::AddColumn(_)
                | TableEdit::DropColumn(_)
                | TableEdit::AlterColumn(_)
                | TableEdit::RenameIndex(_)
                | TableEdit::SetOptions(_)
                | TableEdit::SetDoc(_) => {}
            }
        }
        for add in std::mem::take(&mut adds) {
            let twin = drops
                .iter()
                .position(|drop| differs_in_passing(drop, &add) && !self.reads_disturbed(drop));
            match twin {
                Some(at) => self.kept.push(Pair::new(drops.remove(at), add)),
                None => adds.push(add),
            }
        }
        let edit = |edit| Edit { edit, again: false };
        self.drops.extend(drops.into_iter().map(edit));
        self.adds.extend(adds.into_iter().map(edit));
        self.in_the_way(work, anew);
    }

    /// What stands on columns that move goes first and comes back: the server would read its stored text with the new types.
    fn in_the_way(&mut self, work: &Work<'_>, anew: &Anew<'_>) {
        let Work { old, new, .. } = work;
        for check in old.checks.iter().filter(|check| new.checks.contains(check)) {
            let drop = TableEdit::DropCheck(check.clone());
            if self.reads_disturbed(&drop) || calls(check.expr.as_str(), anew.functions) {
                self.again(drop, TableEdit::AddCheck(check.clone()));
            }
        }
        for one in old.exclusions.iter().filter(|one| new.exclusions.contains(one)) {
            let drop = TableEdit::DropExclusion(one.clone());
            if self.reads_disturbed(&drop) || calls(one.rule.as_str(), anew.functions) {
                self.again(drop, TableEdit::AddExclusion(one.clone()));
            }
        }
        for unique in old.uniques.iter().filter(|unique| new.uniques.contains(unique)) {
            if unique.columns.iter().any(|name| self.regenerated.contains(name)) {
                let drop = TableEdit::DropUnique(unique.clone());
                self.again(drop, TableEdit::AddUnique(unique.clone()));
            }
        }
        for index in old.indexes.iter().filter(|index| new.indexes.get(&index.name) == Some(index))
        {
            let drop = TableEdit::DropIndex(index.clone());
            if self.reads_disturbed(&drop) || index_calls(index, anew.functions) {
                self.again(drop, TableEdit::AddIndex(index.clone()));
            }
        }
        let key = old.primary_key.as_ref().filter(|_| old.primary_key == new.primary_key);
        if let Some(key) = key
            && key.columns.iter().any(|name| self.regenerated.contains(name))
        {
            let keys = Pair::new(Some(key.clone()), Some(key.clone()));
            self.again(TableEdit::SetPrimaryKey(keys.clone()), TableEdit::SetPrimaryKey(keys));
        }
    }

    fn again(&mut self, drop: TableEdit, add: TableEdit) {
        self.drops.push(Edit { edit: drop, again: true });
        self.adds.push(Edit { edit: add, again: true });
    }

    /// Whether a column moves or is made again.
    pub(super) fn disturbs(&self, column: &Name) -> bool {
        self.moved.contains(column) || self.regenerated.contains(column)
    }

    /// Whether the text of a constraint or index reads a column that moves.
    fn reads_disturbed(&self, edit: &TableEdit) -> bool {
        let mut names = self.moved.iter().chain(&self.regenerated);
        match edit {
            TableEdit::DropCheck(check) => names.any(|name| check.expr.mentions(name)),
            TableEdit::DropExclusion(one) => names.any(|name| one.rule.mentions(name)),
            TableEdit::DropIndex(index) => {
                let has_text = index.filter.is_some()
                    || index.parts.iter().any(|part| {
                        part.operator_class.is_some()
                            || matches!(part.key, peristyle_schema::IndexKey::Expr(_))
                    });
                names
                    .any(|name| reads(index, name) && (has_text || self.regenerated.contains(name)))
            }
            TableEdit::DropUnique(unique) => {
                unique.columns.iter().any(|name| self.regenerated.contains(name))
            }
            TableEdit::DropForeignKey(key) => key.columns.iter().any(|name| self.disturbs(name)),
            TableEdit::RenameColumn(_)
            | TableEdit::AddColumn(_)
            | TableEdit::DropColumn(_)
            | TableEdit::AlterColumn(_)
            | TableEdit::SetPrimaryKey(_)
            | TableEdit::AddUnique(_)
            | TableEdit::AddForeignKey(_)
            | TableEdit::AddCheck(_)
            | TableEdit::AddExclusion(_)
            | TableEdit::AddIndex(_)
            | TableEdit::RenameIndex(_)
            | TableEdit::SetOptions(_)
            | TableEdit::SetDoc(_) => false,
        }
    }

    /// Whether a key over these columns goes, so that no foreign key can refer to it meanwhile.
    pub(super) fn drops_key(&self, columns: &[Name]) -> bool {
        let same = |held: &[Name]| {
            held.len() == columns.len() && held.iter().all(|name| columns.contains(name))
        };
        self.drops.iter().any(|drop| match &drop.edit {
            TableEdit::SetPrimaryKey(keys) => {
                keys.old.as_ref().is_some_and(|key| same(&key.columns))
            }
            TableEdit::DropUnique(unique) => same(&unique.columns),
            TableEdit::DropIndex(index) => {
                let keys: Vec<Name> = index
                    .parts
                    .iter()
                    .filter_map(|part| match &part.key {
                        peristyle_schema::IndexKey::Column(name) => Some(name.clone()),
                        peristyle_schema::IndexKey::Expr(_) => None,
                    })
                    .collect();
                index.unique && index.filter.is_none() && same(&keys)
            }
            _ => false,
        })
    }

    /// Whether anything changes.
    pub(super) fn is_empty(&self) -> bool {
        self.moved.is_empty()
            && self.regenerated.is_empty()
            && self.undefaulted.is_empty()
            && self.drops.is_empty()
            && self.adds.is_empty()
            && self.kept.is_empty()
            && self.key_renamed.is_none()
    }
}

/// Whether a text calls one of these functions.
fn calls(text: &str, functions: &[&Definition]) -> bool {
    if functions.is_empty() {
        return false;
    }
    let probe = Definition::new(
        peristyle_schema::ObjectId::new(peristyle_schema::ObjectKind::View, ""),
        text,
    );
    let named = of_object(&probe);
    functions.iter().any(|held| named.iter().any(|name| name.is(&Node::Object(held))))
}

fn index_calls(index: &Index, functions: &[&Definition]) -> bool {
    index.filter.iter().any(|filter| calls(filter.as_str(), functions))
        || index.parts.iter().any(|part| match &part.key {
            peristyle_schema::IndexKey::Expr(expr) => calls(expr.as_str(), functions),
            peristyle_schema::IndexKey::Column(_) => false,
        })
}

/// Whether a constraint that goes and one that comes are one: they differ in what can be changed in place.
fn differs_in_passing(drop: &TableEdit, add: &TableEdit) -> bool {
    match (drop, add) {
        (TableEdit::DropUnique(old), TableEdit::AddUnique(new)) => {
            Unique { name: new.name.clone(), ..old.clone() } == *new
        }
        (TableEdit::DropCheck(old), TableEdit::AddCheck(new)) => {
            let validated = old.not_valid || !new.not_valid;
            validated
                && Check { name: new.name.clone(), not_valid: new.not_valid, ..old.clone() } == *new
        }
        (TableEdit::DropForeignKey(old), TableEdit::AddForeignKey(new)) => {
            let validated = old.not_valid || !new.not_valid;
            let same = ForeignKey {
                name: new.name.clone(),
                not_valid: new.not_valid,
                deferrable: new.deferrable,
                ..old.clone()
            };
            validated && same == *new
        }
        (TableEdit::DropExclusion(old), TableEdit::AddExclusion(new)) => {
            old.rule == new.rule && old.deferrable == new.deferrable
        }
        _ => false,
    }
}

/// The change that an edit of a table is.
pub(super) fn cause(table: &QualifiedName, edits: Vec<TableEdit>) -> Change {
    Change::AlterTable { table: table.clone(), edits }
}
