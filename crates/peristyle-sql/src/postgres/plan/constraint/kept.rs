//! Constraints and indexes that stay with another name, validity or time of check.

use peristyle_schema::{Deferrable, Name, Pair, PrimaryKey, QualifiedName, TableEdit, naming};

use super::super::super::quote::{qualified, quote};
use super::super::super::writer;
use super::super::guard;
use super::super::shape::{Shape, cause};
use super::super::way::Work;
use super::may_fail;
use crate::{Statement, Step};

/// A rename, and what else changes with it.
struct Kept<'a> {
    table: &'a QualifiedName,
    names: Pair<Name>,
    holds: Holds,
    /// The step, but for the rename.
    step: Step,
}

/// What has a name. Names of indexes are shared by all tables of a namespace, those of constraints are a table's own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A constraint that no index stands on.
    Constraint,
    /// A constraint and its index.
    IndexedConstraint,
    /// An index.
    Index,
}

impl Kept<'_> {
    fn is_renamed(&self) -> bool {
        self.names.old != self.names.new
    }

    /// Whether this rename must wait until the other one has left its name.
    fn waits_for(&self, other: &Kept<'_>) -> bool {
        let has_index = |kept: &Kept<'_>| kept.holds != Holds::Constraint;
        let is_constraint = |kept: &Kept<'_>| kept.holds != Holds::Index;
        let of_indexes =
            has_index(self) && has_index(other) && self.table.namespace == other.table.namespace;
        let of_constraints =
            is_constraint(self) && is_constraint(other) && self.table == other.table;
        other.is_renamed() && self.names.new == other.names.old && (of_indexes || of_constraints)
    }

    fn rename(&self, old: &Name, new: &Name) -> Statement {
        let (old_name, new_name) = (quote(old), quote(new));
        Statement::run(match self.holds {
            Holds::Constraint | Holds::IndexedConstraint => format!(
                "ALTER TABLE {} RENAME CONSTRAINT {old_name} TO {new_name}",
                qualified(self.table)
            ),
            Holds::Index => {
                let held =
                    QualifiedName { namespace: self.table.namespace.clone(), name: old.clone() };
                format!("ALTER INDEX {} RENAME TO {new_name}", qualified(&held))
            }
        })
    }
}

/// The steps that change the name, the validity or the time of check of constraints that stay, and the names of indexes, in an
/// order in which every name is free when it is taken. A ring of names goes over a name of ours.
pub(in super::super) fn kept(both: &[(&Work<'_>, &Shape)]) -> Vec<Step> {
    let mut waiting: Vec<Kept<'_>> =
        both.iter().flat_map(|(work, shape)| of_table(work, shape)).collect();
    let mut steps = Vec::new();
    while !waiting.is_empty() {
        let free = (0..waiting.len()).find(|at| {
            let others = waiting.iter().enumerate().filter(|(other, _)| other != at);
            others.map(|(_, other)| other).all(|other| !waiting[*at].waits_for(other))
        });
        let Some(at) = free else {
            let first = &mut waiting[0];
            let aside = Name::new(format!("_peristyle_was_{}", first.names.old));
            steps.push(Step {
                title: format!("{}: rename {} for now", first.table, first.names.old),
                reason: Some("its name is taken by something else now".to_owned()),
                causes: Vec::new(),
                statements: vec![first.rename(&first.names.old, &aside)],
                hazards: Vec::new(),
            });
            first.names.old = aside;
            continue;
        };
        let kept = waiting.remove(at);
        let rename = kept.is_renamed().then(|| kept.rename(&kept.names.old, &kept.names.new));
        let mut step = kept.step;
        step.statements.splice(0..0, rename);
        steps.push(step);
    }
    steps
}

fn of_table<'a>(work: &'a Work<'_>, shape: &Shape) -> Vec<Kept<'a>> {
    let table = &work.new.name;
    let mut all = Vec::new();
    if let Some(keys) = &shape.key_renamed {
        let name = |key: &PrimaryKey, fallback: Name| key.name.clone().unwrap_or(fallback);
        let names = Pair::new(
            name(&keys.old, naming::primary_key(&work.was)),
            name(&keys.new, naming::primary_key(table)),
        );
        let edit = TableEdit::SetPrimaryKey(keys.clone().map(Some));
        let title = format!("{table}: rename the primary key to {}", names.new);
        let step = plain(title, work, vec![edit]);
        all.push(Kept { table, names, holds: Holds::IndexedConstraint, step });
    }
    for pair in &shape.kept {
        all.extend(constraint(work, pair));
    }
    for edit in &work.edits {
        if let TableEdit::RenameIndex(names) = edit {
            let title = format!("rename index {} to {}", names.old, names.new);
            let step = plain(title, work, vec![edit.clone()]);
            all.push(Kept { table, names: names.clone(), holds: Holds::Index, step });
        }
    }
    all
}

fn constraint<'a>(work: &'a Work<'_>, pair: &Pair<TableEdit>) -> Option<Kept<'a>> {
    let Pair { old: drop, new: add } = pair;
    let table = &work.new.name;
    let old = writer::constraint_name(work.old, drop)?;
    let new = writer::constraint_name(work.new, add)?;
    let what = if old == new { format!("change {new}") } else { format!("rename {old} to {new}") };
    let mut step = plain(format!("{table}: {what}"), work, vec![drop.clone(), add.clone()]);
    let (validates, holds) = match (drop, add) {
        (TableEdit::DropForeignKey(old), TableEdit::AddForeignKey(key)) => {
            if old.deferrable != key.deferrable {
                step.statements.push(Statement::run(format!(
                    "ALTER TABLE {} ALTER CONSTRAINT {} {}",
                    qualified(table),
                    quote(&new),
                    deferrable(key.deferrable)
                )));
            }
            let validates = old.not_valid && !key.not_valid;
            if validates {
                step.statements.extend(guard::of_foreign_key(&work.own_rows(), work.new, key));
            }
            (validates, Holds::Constraint)
        }
        (TableEdit::DropCheck(old), TableEdit::AddCheck(check)) => {
            let validates = old.not_valid && !check.not_valid;
            if validates {
                step.statements.push(guard::of_check(&work.checked_rows(check), work.new, check));
            }
            (validates, Holds::Constraint)
        }
        _ => (false, Holds::IndexedConstraint),
    };
    if validates {
        step.statements.push(Statement::run(format!(
            "ALTER TABLE {} VALIDATE CONSTRAINT {}",
            qualified(table),
            quote(&new)
        )));
        step.hazards.push(may_fail(work, "rows that break it stop the migration and are shown"));
    }
    Some(Kept { table, names: Pair::new(old, new), holds, step })
}

fn plain(title: String, work: &Work<'_>, edits: Vec<TableEdit>) -> Step {
    Step {
        title,
        reason: None,
        causes: vec![cause(&work.new.name, edits)],
        statements: Vec::new(),
        hazards: Vec::new(),
    }
}

fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::Not => "NOT DEFERRABLE",
        Deferrable::InitiallyImmediate => "DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => "DEFERRABLE INITIALLY DEFERRED",
    }
}
