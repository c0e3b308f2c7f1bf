//! Steps for the constraints and indexes of tables that live on.

use peristyle_schema::{Pair, TableEdit, naming};

use super::super::quote::qualified;
use super::super::writer;
use super::shape::{Edit, Shape, cause};
use super::table::{add_foreign_key, drop_constraint, index_name};
use super::way::{Way, Work};
use super::{describe, guard};
use crate::{Hazard, HazardKind, Statement, Step};

mod kept;

pub(super) use kept::kept;

/// The steps that drop foreign keys. They come before every other drop: the keys that they refer to may go.
pub(super) fn drop_foreign_keys(work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let is_key = |drop: &&Edit| matches!(drop.edit, TableEdit::DropForeignKey(_));
    shape.drops.iter().filter(is_key).filter_map(|drop| drop_step(work, drop)).collect()
}

/// The steps that drop the other constraints and the indexes, but those that are dropped without blocking anybody.
pub(super) fn drops(way: &Way<'_>, work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let is_other = |drop: &&Edit| match &drop.edit {
        TableEdit::DropForeignKey(_) => false,
        TableEdit::DropIndex(index) => !is_concurrent(way, work, index, drop.again),
        _ => true,
    };
    shape.drops.iter().filter(is_other).filter_map(|drop| drop_step(work, drop)).collect()
}

/// The steps that drop indexes without blocking anybody, before anything else. The table has its former name.
pub(super) fn drops_concurrently(way: &Way<'_>, work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let mut steps = Vec::new();
    for drop in &shape.drops {
        if let TableEdit::DropIndex(index) = &drop.edit
            && is_concurrent(way, work, index, drop.again)
        {
            steps.push(Step {
                title: format!("drop index {}", index.name),
                reason: Some("nobody is blocked meanwhile".to_owned()),
                causes: vec![cause(&work.new.name, vec![drop.edit.clone()])],
                statements: vec![Statement::alone(format!(
                    "DROP INDEX CONCURRENTLY IF EXISTS {}",
                    index_name(&work.was, index)
                ))],
                hazards: Vec::new(),
            });
        }
    }
    steps
}

/// The steps that create indexes without blocking writers, after everything else.
pub(super) fn creates_concurrently(way: &Way<'_>, work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let mut steps = Vec::new();
    for add in &shape.adds {
        if let TableEdit::AddIndex(index) = &add.edit
            && is_concurrent(way, work, index, add.again)
        {
            steps.push(Step {
                title: format!("create index {} on {}", index.name, work.new.name),
                reason: Some("writers are not blocked meanwhile".to_owned()),
                causes: vec![cause(&work.new.name, vec![add.edit.clone()])],
                statements: vec![Statement::alone(writer::create_index(
                    &work.new.name,
                    index,
                    true,
                ))],
                hazards: Vec::new(),
            });
        }
    }
    steps
}

/// Whether an index is built and dropped outside of the transaction. A partitioned table has no such way.
fn is_concurrent(
    way: &Way<'_>,
    work: &Work<'_>,
    index: &peristyle_schema::Index,
    again: bool,
) -> bool {
    let asked = way.options.concurrently || index.concurrently.get().is_some();
    asked && !again && work.new.options.partition_by.is_none()
}

fn drop_step(work: &Work<'_>, drop: &Edit) -> Option<Step> {
    let table = &work.new.name;
    let sql = match &drop.edit {
        TableEdit::DropIndex(index) if index.constraint.get().is_some() => {
            drop_constraint(table, &index.name)
        }
        TableEdit::DropIndex(index) => {
            Statement::run(format!("DROP INDEX {}", index_name(table, index)))
        }
        TableEdit::SetPrimaryKey(keys) => {
            let name = keys.old.as_ref().and_then(|key| key.name.clone());
            drop_constraint(table, &name.unwrap_or_else(|| naming::primary_key(&work.was)))
        }
        edit => drop_constraint(table, &writer::constraint_name(work.old, edit)?),
    };
    // A key that is replaced is told where the new one comes.
    let causes = match &drop.edit {
        TableEdit::SetPrimaryKey(keys) if keys.new.is_some() => Vec::new(),
        _ if drop.again => Vec::new(),
        edit => vec![cause(table, vec![edit.clone()])],
    };
    let title = match &drop.edit {
        TableEdit::DropIndex(index) => format!("drop index {}", index.name),
        TableEdit::SetPrimaryKey(_) => format!("{table}: no primary key"),
        edit => format!("{table}: {}", describe::edit(edit)),
    };
    Some(Step {
        title,
        reason: drop.again.then(|| "it stands on what changes; it is made again".to_owned()),
        causes,
        statements: vec![sql],
        hazards: Vec::new(),
    })
}

/// The steps that add constraints, foreign keys and concurrent indexes apart.
pub(super) fn adds(way: &Way<'_>, work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let mut steps = Vec::new();
    for add in &shape.adds {
        let (mut statements, message) = match &add.edit {
            TableEdit::AddForeignKey(_) => continue,
            TableEdit::AddIndex(index) => {
                let guards = match index.unique {
                    true => vec![guard::of_unique_index(&work.own_rows(), work.new, index)],
                    false => Vec::new(),
                };
                if is_concurrent(way, work, index, add.again) {
                    // The rows are asked while the rest can still be undone.
                    steps.extend(ask(work, index, guards));
                    continue;
                }
                (guards, "rows that share a key stop the migration and are shown")
            }
            TableEdit::SetPrimaryKey(Pair { new: Some(key), .. }) => (
                vec![guard::of_key(&work.own_rows(), work.new, key)],
                "rows that share a key stop the migration and are shown",
            ),
            TableEdit::AddUnique(unique) => (
                vec![guard::of_unique_constraint(&work.own_rows(), work.new, unique)],
                "rows that share these values stop the migration and are shown",
            ),
            TableEdit::AddCheck(check) if !check.not_valid => (
                vec![guard::of_check(&work.checked_rows(check), work.new, check)],
                "rows that do not pass stop the migration and are shown",
            ),
            TableEdit::AddExclusion(_) => {
                (Vec::new(), "rows that exclude each other stop the migration")
            }
            _ => (Vec::new(), ""),
        };
        if add.again {
            statements.clear();
        }
        let hazards = match message {
            "" => Vec::new(),
            _ if statements.is_empty() && !matches!(add.edit, TableEdit::AddExclusion(_)) => {
                Vec::new()
            }
            message => vec![may_fail(work, message)],
        };
        let Some(sql) = add_sql(work, &add.edit) else { continue };
        statements.push(Statement::run(sql));
        let title = match &add.edit {
            TableEdit::AddIndex(index) => {
                format!("create index {} on {}", index.name, work.new.name)
            }
            edit => format!("{}: {}", work.new.name, describe::edit(edit)),
        };
        steps.push(Step {
            title,
            reason: add.again.then(|| "it was dropped for now".to_owned()),
            causes: if add.again {
                Vec::new()
            } else {
                vec![cause(&work.new.name, vec![add.edit.clone()])]
            },
            statements,
            hazards,
        });
    }
    steps
}

fn ask(work: &Work<'_>, index: &peristyle_schema::Index, guards: Vec<Statement>) -> Option<Step> {
    (!guards.is_empty()).then(|| Step {
        title: format!("ask whether the rows of {} allow {}", work.new.name, index.name),
        reason: None,
        causes: Vec::new(),
        statements: guards,
        hazards: vec![may_fail(work, "rows that share a key stop the migration and are shown")],
    })
}

fn add_sql(work: &Work<'_>, edit: &TableEdit) -> Option<String> {
    let table = work.new;
    let words = match edit {
        TableEdit::AddIndex(index) => {
            return Some(writer::create_index(&table.name, index, false));
        }
        TableEdit::SetPrimaryKey(keys) => writer::primary_key(table, keys.new.as_ref()?),
        TableEdit::AddUnique(unique) => writer::unique(table, unique),
        TableEdit::AddCheck(check) => writer::check(table, check),
        TableEdit::AddExclusion(exclusion) => writer::exclusion(table, exclusion),
        TableEdit::AddForeignKey(key) => writer::foreign_key(table, key),
        TableEdit::RenameColumn(_)
        | TableEdit::AddColumn(_)
        | TableEdit::DropColumn(_)
        | TableEdit::AlterColumn(_)
        | TableEdit::DropUnique(_)
        | TableEdit::DropForeignKey(_)
        | TableEdit::DropCheck(_)
        | TableEdit::DropExclusion(_)
        | TableEdit::DropIndex(_)
        | TableEdit::RenameIndex(_)
        | TableEdit::SetOptions(_)
        | TableEdit::SetDoc(_) => return None,
    };
    Some(format!("ALTER TABLE {} ADD {words}", qualified(&table.name)))
}

/// The steps that add foreign keys.
pub(super) fn add_foreign_keys(work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let step = |add: &Edit| match &add.edit {
        TableEdit::AddForeignKey(key) => {
            let mut step = add_foreign_key(work.new, key, Some(&work.own_rows()));
            if add.again {
                step.causes.clear();
                step.reason = Some("it was dropped for now".to_owned());
            }
            Some(step)
        }
        _ => None,
    };
    shape.adds.iter().filter_map(step).collect()
}

fn may_fail(work: &Work<'_>, message: &str) -> Hazard {
    Hazard {
        kind: HazardKind::MayFail,
        subject: work.new.name.to_string(),
        message: format!("{}: {message}", work.new.name),
    }
}
