//! From changes to SQL.
//!
//! A plan is two ways between two schemas, there and home, each planned alike. On a way, the steps come in this order:
//!
//! 1. Views and triggers that read a table that changes are dropped, and those that go: SQLite checks the text of every
//!    view and trigger when a table is renamed, and a trigger would fire while rows are copied.
//! 2. Indexes that go are dropped: their names are free for what comes.
//! 3. Tables and columns are renamed. From here on everything that lives on has its new name. What goes while its name is
//!    taken by something that comes makes room first.
//! 4. Tables that come are created, so that others can refer to them.
//! 5. Tables that change are altered in place or rebuilt, each at most once.
//! 6. Foreign keys that are new, or whose values changed, are asked whether every row that they point at exists.
//! 7. Tables that go are dropped, children first: what referred to them no longer does.
//! 8. Indexes that come are created, on rows that are what they will be.
//! 9. Virtual tables, views and triggers are made, or made again.
//!
//! The way home is the same thing with the schemas exchanged. It knows what the way there has set aside, and where nothing
//! is known it makes up the plainest value if no constraint minds; otherwise there is no way home, and the plan says so.

use std::collections::BTreeSet;

use peristyle_schema::{Change, Diagnostic, Pair, QualifiedName, Schema, Table, TableEdit};

use super::expression;
use super::facts::FACTS;
use super::quote::quote;
use crate::planning::{
    Direction, Identity, OneWay, Renamed, Renaming, both_ways, dangling, owned, parents_first,
};
use crate::{Plan, PlanOptions, Refusal, Statement, Step};

mod alter;
mod convert;
mod copy;
mod describe;
mod fill;
mod guard;
mod home;
mod keep;
mod objects;
mod rebuild;
mod table;
mod value;
mod way;

use alter::Manner;
use copy::Copy;
use objects::Objects;
use way::{Findings, Way, Work};

pub(super) fn plan(
    schemas: Pair<&Schema>,
    changes: &[Change],
    options: &PlanOptions,
) -> Result<Plan, Refusal> {
    let owned = owned(schemas);
    let identity = Identity::follow(&owned.old, changes);
    let there = go(&Way {
        schemas: owned.as_ref(),
        identity: &identity,
        direction: Direction::Up,
        options,
        kept: &[],
    })?;
    let home = go(&Way {
        schemas: owned.as_ref().swap(),
        identity: &identity.swap(),
        direction: Direction::Down,
        options,
        kept: &there.keeper.kept,
    });
    Ok(both_ways(schemas, there.into(), home.map(OneWay::from)))
}

/// Plans one way.
fn go(way: &Way<'_>) -> Result<Findings, Refusal> {
    let mut findings = Findings::default();
    let mut renamed = Renamed::new(way.schemas, way.identity, FACTS.names.value);
    settle_expressions(&mut renamed.schema);
    let works = Work::all(&renamed, way);
    let manners: Vec<Manner> = works.iter().map(|work| alter::manner(way, work)).collect();
    refuse_unmodelled(&works, &manners, &mut findings);
    if way.direction == Direction::Up {
        dangling(way.schemas).into_iter().for_each(|error| findings.refuse(error));
    }
    home::refuse_orphans(way, &works, &mut findings);

    let living: BTreeSet<&QualifiedName> = works.iter().map(|work| &work.new.name).collect();
    let gone: Vec<&Table> =
        renamed.schema.tables.values().filter(|table| !living.contains(&table.name)).collect();
    let objects = Objects::plan(way, &touched(&works, &manners, &gone, &renamed));
    let taken = table::taken_names(way.schemas.old);

    let drops = objects.drops(way, &mut findings.losses);
    findings.steps.extend(drops);
    findings.steps.extend(works.iter().flat_map(table::drop_indexes));
    findings.steps.extend(renamed.renames.iter().map(rename_step));
    let mut last = Vec::new();
    let mut asked = Vec::new();
    create_tables(way, &living, &taken, &mut findings, &mut asked, &mut last);
    for (work, manner) in works.iter().zip(&manners) {
        alter_table(way, work, manner, &mut findings, &mut asked);
        last.extend(table::create_indexes(work));
    }
    findings.steps.extend(asked);
    for table in parents_first(gone).into_iter().rev() {
        let was = renamed.former_table(&table.name).clone();
        let step = table::drop(way, table, &was, &mut findings);
        findings.steps.push(step);
    }
    findings.steps.extend(last);
    findings.steps.extend(objects.creates());
    if findings.refusal == Refusal::default() { Ok(findings) } else { Err(findings.refusal) }
}

/// Creates the tables that come. An index whose name was taken before waits until it is free.
fn create_tables(
    way: &Way<'_>,
    living: &BTreeSet<&QualifiedName>,
    taken: &BTreeSet<String>,
    findings: &mut Findings,
    asked: &mut Vec<Step>,
    last: &mut Vec<Step>,
) {
    let comes = |table: &&Table| !living.contains(&table.name);
    for table in parents_first(way.schemas.new.tables.values().filter(comes).collect()) {
        let (wait, now): (Vec<_>, Vec<_>) = table
            .indexes
            .iter()
            .partition(|index| taken.contains(&index.name.to_ascii_lowercase()));
        findings.steps.push(table::create(way, table, &now));
        last.extend(
            wait.into_iter().map(|index| table::create_index(&table.name, index, Vec::new())),
        );
        if way.kept_table(&table.name).is_some() {
            asked.extend(table::restored_foreign_keys(table));
        }
    }
}

fn alter_table(
    way: &Way<'_>,
    work: &Work<'_>,
    manner: &Manner,
    findings: &mut Findings,
    asked: &mut Vec<Step>,
) {
    if work.edits.is_empty() {
        return;
    }
    let (copy, around) = Copy::plan(way, work, findings);
    asked.extend(table::foreign_keys(work, &copy));
    match manner {
        Manner::InPlace => {
            let steps = table::in_place(way, work, &copy, findings);
            findings.steps.extend(steps);
        }
        Manner::Rebuild(reasons) => {
            let step = rebuild::step(way, work, (copy, around), reasons, findings);
            findings.steps.push(step);
        }
    }
}

/// The tables, by their old names, whose views and triggers must go first. Adding a column or an index disturbs nobody.
fn touched(
    works: &[Work<'_>],
    manners: &[Manner],
    gone: &[&Table],
    renamed: &Renamed,
) -> BTreeSet<QualifiedName> {
    let mut touched: BTreeSet<QualifiedName> =
        gone.iter().map(|table| renamed.former_table(&table.name).clone()).collect();
    for (work, manner) in works.iter().zip(manners) {
        let is_renamed = work.was != work.new.name
            || renamed.renames.iter().any(|Renaming { change, .. }| {
                matches!(change, Change::AlterTable { table, .. } if *table == work.new.name)
            });
        let drops = work.edits.iter().any(|edit| matches!(edit, TableEdit::DropColumn(_)));
        if is_renamed || drops || matches!(manner, Manner::Rebuild(_)) {
            touched.insert(work.was.clone());
        }
    }
    touched
}

fn rename_step(Renaming { change, cause }: &Renaming) -> Step {
    let (title, sql) = match change {
        Change::RenameTable(names) => (
            format!("rename table {} to {}", names.old, names.new),
            format!("ALTER TABLE {} RENAME TO {}", quote(&names.old.name), quote(&names.new.name)),
        ),
        Change::AlterTable { table, edits } => match edits.as_slice() {
            [TableEdit::RenameColumn(names)] => (
                format!("rename column {table}.{} to {}", names.old, names.new),
                format!(
                    "ALTER TABLE {} RENAME COLUMN {} TO {}",
                    quote(&table.name),
                    quote(&names.old),
                    quote(&names.new)
                ),
            ),
            _ => (String::new(), String::new()),
        },
        _ => (String::new(), String::new()),
    };
    let reason = cause.is_none().then(|| "its name is taken by something else now".to_owned());
    Step {
        title,
        reason,
        causes: cause.iter().cloned().collect(),
        statements: vec![Statement::run(sql)],
        hazards: Vec::new(),
    }
}

/// Brings expressions into the canonical form again: a rename may have changed what must be quoted.
fn settle_expressions(schema: &mut Schema) {
    let settle = |expr: &mut peristyle_schema::Expr| {
        if let Ok(canonical) = expression::canonical(expr.as_str()) {
            *expr = canonical;
        }
    };
    for table in schema.tables.values_mut() {
        table.checks.iter_mut().for_each(|check| settle(&mut check.expr));
        for generated in table.columns.iter_mut().filter_map(|column| column.generated.as_mut()) {
            settle(&mut generated.expr);
        }
        for index in table.indexes.iter_mut() {
            index.filter.iter_mut().for_each(&settle);
            for part in &mut index.parts {
                if let peristyle_schema::IndexKey::Expr(expr) = &mut part.key {
                    settle(expr);
                }
            }
        }
    }
}

/// A table whose text holds what the model cannot is never rebuilt: the clause would be lost.
fn refuse_unmodelled(works: &[Work<'_>], manners: &[Manner], findings: &mut Findings) {
    for (work, manner) in works.iter().zip(manners) {
        if let Manner::Rebuild(reasons) = manner
            && !work.old.unmodelled.is_empty()
        {
            findings.refuse(
                Diagnostic::error(
                    "unmodelled-clause",
                    format!(
                        "table {} would have to be rebuilt ({}), and its text holds what Peristyle \
                         does not know how to write again: {}",
                        work.new.name,
                        reasons.join("; "),
                        work.old.unmodelled.join(", ")
                    ),
                )
                .at(work.new.span.get().cloned())
                .help("write this migration by hand with `peristyle generate --empty`"),
            );
        }
    }
}
