//! Steps for whole tables, and for those edits of a table that need no rebuild.

use std::collections::BTreeSet;

use peristyle_schema::{
    Change, Column, ForeignKey, Index, Name, Pair, QualifiedName, Schema, Table, TableEdit,
};

use super::super::quote::quote;
use super::super::writer;
use super::alter::{column_of_check, column_of_key};
use super::copy::Copy;
use super::guard;
use super::keep::ColumnToKeep;
use super::way::{Direction, Findings, Way, Work};
use crate::{Hazard, HazardKind, Statement, Step};

/// The step that creates a table, and the rows that come back into it.
pub(super) fn create(way: &Way<'_>, table: &Table, indexes: &[&Index]) -> Step {
    let mut statements = vec![Statement::run(writer::create_table(table))];
    let kept = way.kept_table(&table.name);
    if let Some(kept) = kept {
        statements.extend(kept.restore(table));
    }
    statements.extend(
        indexes.iter().map(|index| Statement::run(writer::create_index(&table.name, index))),
    );
    Step {
        title: format!("create table {}", table.name),
        reason: kept.map(|kept| format!("its rows come back from {}", kept.holder)),
        causes: vec![Change::CreateTable(table.clone())],
        statements,
        hazards: Vec::new(),
    }
}

/// The step that drops a table. `was` is the name it is known by.
pub(super) fn drop(
    way: &Way<'_>,
    table: &Table,
    was: &QualifiedName,
    findings: &mut Findings,
) -> Step {
    let mut statements = Vec::new();
    let loses = |kind, message: String| Hazard { kind, subject: was.to_string(), message };
    let hazard = match (way.direction, &way.options.keep) {
        (Direction::Up, Some(keep)) => {
            let (holder, keeping) = findings.keeper.keep_table(keep, table, was);
            statements.extend(keeping);
            loses(HazardKind::DataKept, format!("the rows of {was} are kept in {holder}"))
        }
        (Direction::Up, None) => {
            findings.losses.push(format!("the rows of {was}"));
            loses(HazardKind::DataLoss, format!("{was} is dropped with all its rows"))
        }
        (Direction::Down, _) => loses(
            HazardKind::DataLoss,
            format!("{was} is dropped with all rows that came into it since"),
        ),
    };
    if !table.unmodelled.is_empty() && way.direction == Direction::Up {
        findings.losses.push(format!("{} of {was}", table.unmodelled.join(", ")));
    }
    statements.push(Statement::run(format!("DROP TABLE {}", quote(&table.name.name))));
    let mut dropped = table.clone();
    dropped.name = was.clone();
    Step {
        title: format!("drop table {was}"),
        reason: None,
        causes: vec![Change::DropTable(dropped)],
        statements,
        hazards: vec![hazard],
    }
}

/// The steps for edits that are made in place; indexes have steps of their own.
pub(super) fn in_place(
    way: &Way<'_>,
    work: &Work<'_>,
    copy: &Copy,
    findings: &mut Findings,
) -> Vec<Step> {
    // What comes before what goes: a table is never without a column.
    let mut steps: Vec<Step> =
        added(work).into_iter().map(|column| add_column(work, column)).collect();
    for edit in &work.edits {
        if let TableEdit::DropColumn(column) = edit {
            let (mut statements, hazards) = drop_column(way, work, copy, column, findings);
            statements.push(Statement::run(format!(
                "ALTER TABLE {} DROP COLUMN {}",
                work.sql_name(),
                quote(&column.name)
            )));
            steps.push(Step {
                title: format!("drop column {}", work.subject(&work.former(&column.name))),
                reason: None,
                causes: vec![cause(work, vec![edit.clone()])],
                statements,
                hazards,
            });
        }
    }
    steps
}

/// The columns that come, in an order in which a generated one finds those that it reads.
fn added<'a>(work: &'a Work<'_>) -> Vec<&'a Column> {
    let mut waiting: Vec<&Column> = work
        .edits
        .iter()
        .filter_map(|edit| match edit {
            TableEdit::AddColumn(column) => Some(column),
            _ => None,
        })
        .collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|column| {
            column.generated.as_ref().is_none_or(|generated| {
                waiting
                    .iter()
                    .all(|other| other.name == column.name || !generated.expr.mentions(&other.name))
            })
        });
        ordered.push(waiting.remove(ready.unwrap_or(0)));
    }
    ordered
}

/// The step that adds a column, with the constraints that stand on it alone.
fn add_column(work: &Work<'_>, column: &Column) -> Step {
    let mut edits = vec![TableEdit::AddColumn(column.clone())];
    let (mut checks, mut keys) = (Vec::new(), Vec::new());
    for edit in &work.edits {
        match edit {
            TableEdit::AddCheck(check) if column_of_check(work, check) == Some(&column.name) => {
                checks.push(check.clone());
                edits.push(edit.clone());
            }
            TableEdit::AddForeignKey(key) if column_of_key(work, key) == Some(&column.name) => {
                keys.push(key.clone());
                edits.push(edit.clone());
            }
            _ => {}
        }
    }
    Step {
        title: format!("add column {}.{}", work.new.name, column.name),
        reason: None,
        causes: vec![cause(work, edits)],
        statements: vec![Statement::run(writer::add_column(work.new, column, &checks, &keys))],
        hazards: Vec::new(),
    }
}

/// What is done with the values of a column that goes: the statement that sets them aside, or the danger.
pub(super) fn drop_column(
    way: &Way<'_>,
    work: &Work<'_>,
    copy: &Copy,
    column: &Column,
    findings: &mut Findings,
) -> (Vec<Statement>, Vec<Hazard>) {
    if column.generated.is_some() {
        return (Vec::new(), Vec::new());
    }
    let name = work.former(&column.name);
    let subject = format!("{}.{name}", work.new.name);
    let danger = |kind, message| Hazard { kind, subject: subject.clone(), message };
    if way.direction == Direction::Down {
        let message = format!("what came into {subject} since is dropped");
        return (Vec::new(), vec![danger(HazardKind::DataLoss, message)]);
    }
    if let (Some(keep), Some((key, rowid))) = (&way.options.keep, copy.key(work)) {
        let what = ColumnToKeep {
            table: Pair::new(work.was.clone(), work.new.name.clone()),
            column: name,
            value: quote(&column.name),
            key,
            rowid,
            now: None,
            only: None,
        };
        let (holder, statement) = findings.keeper.keep_column(keep, what);
        let message = format!("the values of {subject} are kept in {holder}");
        return (vec![statement], vec![danger(HazardKind::DataKept, message)]);
    }
    findings.losses.push(format!("the values of {subject}"));
    let message = format!("the values of {subject} are dropped");
    (Vec::new(), vec![danger(HazardKind::DataLoss, message)])
}

/// Whether an edit of an index is made by a statement of its own, before or after the table's other edits.
pub(super) fn index_edit(work: &Work<'_>, edit: &TableEdit) -> bool {
    let free =
        |name: &Name| work.old.indexes.get(name).is_none_or(|index| index.constraint.is_none());
    match edit {
        TableEdit::AddIndex(_) => true,
        TableEdit::DropIndex(index) => free(&index.name),
        TableEdit::RenameIndex(names) => free(&names.old),
        _ => false,
    }
}

/// The steps that drop indexes. They come early: an index that comes may take the name of one that goes, on whatever table
/// that one was.
pub(super) fn drop_indexes(work: &Work<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for edit in work.edits.iter().filter(|edit| index_edit(work, edit)) {
        let (name, causes) = match edit {
            TableEdit::DropIndex(index) => (&index.name, vec![cause(work, vec![edit.clone()])]),
            TableEdit::RenameIndex(names) => (&names.old, Vec::new()),
            _ => continue,
        };
        steps.push(Step {
            title: format!("drop index {name}"),
            reason: None,
            causes,
            statements: vec![Statement::run(format!("DROP INDEX {}", quote(name)))],
            hazards: Vec::new(),
        });
    }
    steps
}

/// The steps that create indexes; a unique one asks first whether the rows allow it.
pub(super) fn create_indexes(work: &Work<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for edit in &work.edits {
        let (index, verb) = match edit {
            TableEdit::AddIndex(index) => (Some(index), "create"),
            TableEdit::RenameIndex(names) => (work.new.indexes.get(&names.new), "rename"),
            _ => continue,
        };
        if let Some(index) = index {
            let mut step =
                create_index(&work.new.name, index, vec![cause(work, vec![edit.clone()])]);
            if let ("rename", TableEdit::RenameIndex(names)) = (verb, edit) {
                step.title = format!("rename index {} to {}", names.old, names.new);
                step.reason = Some("SQLite cannot rename an index; it is made again".to_owned());
            } else if index.unique {
                step.statements.insert(0, guard::of_unique(&work.new.name, index));
                step.hazards.push(Hazard {
                    kind: HazardKind::MayFail,
                    subject: index.name.to_string(),
                    message: format!(
                        "rows of {} that share a key stop the migration and are shown",
                        work.new.name
                    ),
                });
            }
            steps.push(step);
        }
    }
    steps
}

/// The step that creates an index.
pub(super) fn create_index(table: &QualifiedName, index: &Index, causes: Vec<Change>) -> Step {
    Step {
        title: format!("create index {} on {table}", index.name),
        reason: None,
        causes,
        statements: vec![Statement::run(writer::create_index(table, index))],
        hazards: Vec::new(),
    }
}

/// The step that asks whether foreign keys that are new, or whose values may have changed, point at rows that exist.
pub(super) fn foreign_keys(work: &Work<'_>, copy: &Copy) -> Option<Step> {
    let touched =
        |name: &Name| copy.get(name).is_some_and(|column| column.touched && column.value != "NULL");
    let is_empty = |name: &Name| copy.get(name).is_some_and(|column| column.value == "NULL");
    let concerned = work.new.foreign_keys.iter().filter(|key| {
        let points_alike =
            |held: &ForeignKey| held.columns == key.columns && held.references == key.references;
        let is_new = !work.old.foreign_keys.iter().any(points_alike);
        !key.columns.iter().any(is_empty) && (is_new || key.columns.iter().any(touched))
    });
    let guards: Vec<Statement> =
        concerned.filter_map(|key| guard::of_foreign_key(work.new, key)).collect();
    orphans(&work.new.name, guards)
}

/// The same question for a table whose rows came back: what they refer to may have gone since.
pub(super) fn restored_foreign_keys(table: &Table) -> Option<Step> {
    let keys = table.foreign_keys.iter();
    orphans(&table.name, keys.filter_map(|key| guard::of_foreign_key(table, key)).collect())
}

fn orphans(table: &QualifiedName, guards: Vec<Statement>) -> Option<Step> {
    (!guards.is_empty()).then(|| Step {
        title: format!("ask whether every row that {table} refers to exists"),
        reason: Some("foreign keys are off while tables are rebuilt".to_owned()),
        causes: Vec::new(),
        statements: guards,
        hazards: vec![Hazard {
            kind: HazardKind::MayFail,
            subject: table.to_string(),
            message: format!(
                "rows of {table} that refer to nothing stop the migration and are shown"
            ),
        }],
    })
}

/// Every name that the old schema has taken for a table, an index or a view: they share one namespace.
pub(super) fn taken_names(schema: &Schema) -> BTreeSet<String> {
    let tables = schema.tables.keys().map(|name| &name.name);
    let indexes =
        schema.tables.values().flat_map(|table| table.indexes.iter()).map(|index| &index.name);
    let objects = schema.objects.keys().map(|id| &id.name.name);
    tables.chain(indexes).chain(objects).map(|name| name.to_ascii_lowercase()).collect()
}

fn cause(work: &Work<'_>, edits: Vec<TableEdit>) -> Change {
    Change::AlterTable { table: work.new.name.clone(), edits }
}
