//! From changes to SQL.
//!
//! A plan is two ways between two schemas, there and home, each planned alike. On a way, the steps come in this order:
//!
//! 1. Values of enumerated types that come are added, and indexes that go concurrently are dropped, each by itself, outside of
//!    the transaction.
//! 2. Views, triggers, policies and functions that go are dropped, and those that stand on what changes: the server will not
//!    change the type of a column under a view. Those that come back are made again at the end, with their rights.
//! 3. Types, tables and columns are renamed. From here on everything that lives on has its new name. What goes while its name
//!    is taken by something that comes makes room first.
//! 4. Constraints and indexes that go are dropped, foreign keys first, and those that stand on columns that move to another
//!    type. Parts of tables that stay, and tables that inherit from them, are dropped while they have all their columns.
//! 5. What comes is made and what changes is changed, each after what it needs: namespaces, extensions, types, sequences,
//!    functions, tables without foreign keys to tables that are not there yet.
//! 6. Foreign keys come, when every table has its columns.
//! 7. Tables that go are dropped, children first; then types and functions that no table needs any more.
//! 8. Views, triggers, policies and rights are made, or made again.
//! 9. Indexes that are built without blocking writers come last, each by itself, outside of the transaction.
//!
//! Nothing is dropped with `CASCADE`: what goes is named. The way home is the same thing with the schemas exchanged. It knows
//! what the way there has set aside, and where nothing is known it makes up the plainest value if no constraint minds;
//! otherwise there is no way home, and the plan says so.

use std::collections::BTreeSet;

use peristyle_schema::{Change, Pair, QualifiedName, Schema, Table, TableEdit};

use super::facts::FACTS;
use super::quote::quote;
use crate::planning::{Identity, OneWay, Renamed, both_ways, dangling, owned};
use crate::{HazardKind, Plan, PlanOptions, Refusal, Statement, Step};

mod alter_object;
mod alter_type;
mod at_once;
mod column;
mod constraint;
mod convert;
mod describe;
mod enumeration;
mod fill;
mod going;
mod graph;
mod guard;
mod home;
mod keep;
pub(super) mod mentions;
mod must_go;
mod objects;
mod options;
mod rename;
mod shape;
mod stored;
mod table;
mod types;
mod way;

use column::Columns;
use enumeration::Enums;
use going::{children_first, drop_rings, make_room};
use graph::Node;
use must_go::Touched;
use objects::Objects;
use shape::{Anew, Shape};
use types::Types;
use way::{Direction, Findings, Way, Work, has_children, own_rows};

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
    let renamed = Renamed::new(way.schemas, way.identity, FACTS.names.value);
    let works = Work::all(&renamed, way);
    if way.direction == Direction::Up {
        dangling(way.schemas).into_iter().for_each(|error| findings.refuse(error));
    }
    home::refuse_orphans(way, &works, &mut findings);
    home::refuse_equal_rows(way, &works, &mut findings);
    options::refuse(way, &works, &renamed.schema, &mut findings);
    let enums = Enums::plan(way, &renamed);
    let types = Types::plan(way.schemas, &enums);
    let living: BTreeSet<&QualifiedName> = works.iter().map(|work| &work.new.name).collect();
    let gone: Vec<&Table> =
        renamed.schema.tables.values().filter(|table| !living.contains(&table.name)).collect();

    // What is touched depends on the shapes, and these on the functions that are made anew.
    let first = Anew { enums: &enums.anew, types: &types, functions: &[] };
    let shapes = Shape::all(&works, &first);
    let mut touched = touched(way, &works, &shapes, &gone, &renamed, &enums);
    touched.types.extend(types.names().cloned());
    let mut objects = Objects::plan(way.schemas, &touched, &types, &mut findings);
    let anew = Anew { enums: &enums.anew, types: &types, functions: &objects.dropped_functions };
    let shapes = Shape::all(&works, &anew);
    let both: Vec<(&Work<'_>, &Shape)> = works.iter().zip(&shapes).collect();

    both.iter().for_each(|(work, shape)| options::refuse_moved(work, shape, &mut findings));
    findings.steps.extend(enums.additions(way));
    findings.steps.extend(both.iter().flat_map(|(w, s)| constraint::drops_concurrently(way, w, s)));
    findings.steps.extend(objects.drops());
    findings.steps.extend(objects.homes(&renamed.renames));
    findings.steps.extend(renamed.renames.iter().map(rename::step));
    findings.steps.extend(rename::sequences(&works));
    findings.steps.extend(both.iter().flat_map(|(w, s)| constraint::drop_foreign_keys(w, s)));
    findings.steps.extend(drop_rings(&gone));
    findings.steps.extend(going::drop_keys(&gone, &both));
    let (first_gone, gone) = going::early(&gone);
    drop_tables(way, &first_gone, &renamed, &mut findings);
    findings.steps.extend(gone.iter().filter_map(|table| make_room(table, way.schemas.new)));
    findings.steps.extend(both.iter().flat_map(|(w, s)| constraint::drops(way, w, s)));
    findings.steps.extend(both.iter().flat_map(|(w, s)| undefault(w, s)));
    findings.steps.extend(at_once::step(way, &works, &renamed.schema));
    for (work, shape) in &both {
        let steps = Columns { way, work, shape }.free(&mut findings);
        findings.steps.extend(steps);
    }
    findings.steps.extend(objects.called_drops());
    findings.steps.extend(constraint::kept(&both));
    findings.steps.extend(enums.make_anew());
    let steps = types.make_anew(&mut findings);
    findings.steps.extend(steps);
    findings.steps.extend(enums.documents());
    let anew = Made { objects: &objects, enums: &enums, types: &types };
    make(way, &both, &anew, &gone, &renamed, &mut findings);
    findings
        .steps
        .extend(both.iter().flat_map(|(w, s)| constraint::creates_concurrently(way, w, s)));
    findings.steps.retain(|step| !step.statements.is_empty());
    if findings.refusal == Refusal::default() { Ok(findings) } else { Err(findings.refusal) }
}

/// What is made besides tables.
struct Made<'m, 'a> {
    objects: &'m Objects<'a>,
    enums: &'m Enums<'a>,
    types: &'m Types<'a>,
}

/// Makes what comes and changes what changes, each after what it needs, and drops what goes in between.
fn make<'a>(
    way: &Way<'a>,
    both: &[(&'a Work<'a>, &Shape)],
    made: &Made<'_, 'a>,
    gone: &[&Table],
    renamed: &Renamed,
    findings: &mut Findings,
) {
    let objects = made.objects;
    let comes = |table: &&&Table| !both.iter().any(|(work, _)| work.new.name == table.name);
    let changes = |work: &Work<'_>, shape: &Shape| !work.edits.is_empty() || !shape.is_empty();
    let mut nodes: Vec<Node<'a>> = objects.nodes();
    let lives = |name: &QualifiedName| {
        way.schemas.old.enums.keys().any(|was| way.identity.enumerated(was) == Some(name))
    };
    nodes.extend(way.schemas.new.enums.values().filter(|held| !lives(&held.name)).map(Node::Enum));
    let tables: Vec<&'a Table> = way.schemas.new.tables.values().collect();
    nodes.extend(tables.iter().filter(comes).map(|table| Node::Table(table)));
    nodes.extend(both.iter().filter(|(w, s)| changes(w, s)).map(|(w, _)| Node::Table(w.new)));
    let nodes = graph::in_order(nodes);
    let last_table = nodes.iter().rposition(|node| matches!(node, Node::Table(_)));
    let first_late = nodes.iter().position(Node::is_late).unwrap_or(nodes.len());

    let mut there: BTreeSet<&QualifiedName> = both.iter().map(|(work, _)| &work.new.name).collect();
    let mut waiting = Vec::new();
    let mut again = Vec::new();
    let mut keys_done = false;
    let mut dropped = false;
    for at in 0..=nodes.len() {
        let keys_now = last_table.is_none_or(|last| at > last);
        if keys_now && !keys_done {
            findings.steps.extend(objects::make_again(&mut again));
            findings.steps.append(&mut waiting);
            findings
                .steps
                .extend(both.iter().flat_map(|(w, s)| constraint::add_foreign_keys(w, s)));
            keys_done = true;
        }
        if at >= first_late && !dropped {
            findings.steps.extend(objects::make_again(&mut again));
            drop_gone(way, made, gone, renamed, findings);
            dropped = true;
        }
        let Some(node) = nodes.get(at) else { continue };
        if !matches!(node, Node::Object(_)) {
            findings.steps.extend(objects::make_again(&mut again));
        }
        match node {
            Node::Enum(held) => findings.steps.push(enumeration::create(held)),
            Node::Object(held) => {
                if let Some(step) = objects.step(held, &mut again) {
                    findings.steps.extend(objects::make_again(&mut again));
                    let lost = step.hazards.iter().filter(|h| h.kind == HazardKind::DataLoss);
                    findings.losses.extend(lost.map(|hazard| hazard.message.clone()));
                    findings.steps.push(step);
                }
            }
            Node::Table(table) => {
                match both.iter().find(|(work, _)| work.new.name == table.name) {
                    Some((work, shape)) => alter(way, work, shape, findings),
                    None => {
                        // Rows that come back may point at what went.
                        let restored = way.kept_table(&table.name).is_some();
                        there.insert(&table.name);
                        let inline = |key: &peristyle_schema::ForeignKey| {
                            !restored && !key.not_valid && there.contains(&key.references.table)
                        };
                        findings.steps.push(table::create(way, table, inline));
                        let later = table.foreign_keys.iter().filter(|key| !inline(key));
                        waiting.extend(later.map(|key| {
                            let rows = own_rows(table, has_children(way.schemas.new, &table.name));
                            table::add_foreign_key(table, key, restored.then_some(rows.as_str()))
                        }));
                    }
                }
            }
        }
    }
    findings.steps.extend(objects::make_again(&mut again));
}

fn alter(way: &Way<'_>, work: &Work<'_>, shape: &Shape, findings: &mut Findings) {
    let columns = Columns { way, work, shape };
    let steps = columns.steps(findings);
    findings.steps.extend(steps);
    findings.steps.extend(constraint::adds(way, work, shape));
    findings.steps.extend(options::steps(work));
}

fn drop_gone(
    way: &Way<'_>,
    made: &Made<'_, '_>,
    gone: &[&Table],
    renamed: &Renamed,
    findings: &mut Findings,
) {
    drop_tables(way, gone, renamed, findings);
    findings.steps.extend(made.types.drop_former());
    findings.steps.extend(made.enums.drop_former());
    let late = made.objects.late_drops();
    findings.steps.extend(enumeration::drops(way, &renamed.schema));
    findings.steps.extend(late);
}

fn drop_tables(way: &Way<'_>, gone: &[&Table], renamed: &Renamed, findings: &mut Findings) {
    for table in children_first(gone) {
        let was = renamed.former_table(&table.name).clone();
        let step = table::drop(way, &renamed.schema, table, &was, findings);
        findings.steps.push(step);
    }
}

/// Defaults that call a function that goes for now.
fn undefault(work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let columns = shape.undefaulted.iter().filter(|name| work.old.columns.contains(name));
    columns
        .map(|name| Step {
            title: format!("{}: column {name}: no default for now", work.new.name),
            reason: Some("the function that it calls is made anew".to_owned()),
            causes: Vec::new(),
            statements: vec![Statement::run(format!(
                "ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT",
                work.sql_name(),
                quote(name)
            ))],
            hazards: Vec::new(),
        })
        .collect()
}

/// What changes in tables and types, by the old names.
fn touched(
    way: &Way<'_>,
    works: &[Work<'_>],
    shapes: &[Shape],
    gone: &[&Table],
    renamed: &Renamed,
    enums: &Enums<'_>,
) -> Touched {
    let mut touched = Touched {
        gone: gone.iter().map(|table| renamed.former_table(&table.name).clone()).collect(),
        ..Touched::default()
    };
    for was in way.schemas.old.enums.keys() {
        if way.identity.enumerated(was).is_some_and(|name| enums.anew.contains_key(name)) {
            touched.types.insert(was.clone());
        }
    }
    for (work, shape) in works.iter().zip(shapes) {
        let dropped = work.edits.iter().filter_map(|edit| match edit {
            TableEdit::DropColumn(column) => Some(&column.name),
            _ => None,
        });
        let columns: Vec<String> = shape
            .moved
            .iter()
            .chain(&shape.regenerated)
            .chain(dropped)
            .map(|name| work.former(name).to_string())
            .collect();
        let remade = shape.regenerated.iter().map(|name| work.former(name).to_string());
        touched.remade.extend(remade.map(|column| (work.was.clone(), column)));
        if !columns.is_empty() || work.renames_columns() {
            touched.reshaped.insert(work.was.clone());
        }
        let former = work.old.columns.iter().map(|c| (work.former(&c.name), &c.name));
        let renamed = former.filter(|(was, now)| was != *now).map(|(was, _)| was.to_string());
        let reread = renamed.chain(columns.iter().cloned());
        touched.reread.extend(reread.map(|column| (work.was.clone(), column)));
        touched.columns.extend(columns.into_iter().map(|column| (work.was.clone(), column)));
        if work.edits.iter().any(|edit| matches!(edit, TableEdit::AddColumn(_))) {
            touched.widened.insert(work.was.clone());
        }
        if column::updates_rows(way, work) {
            touched.updated.insert(work.was.clone());
        }
    }
    reach_children(&mut touched, way.schemas.old);
    touched
}

/// What happens to a table's columns and rows happens to the tables that have them of it.
fn reach_children(touched: &mut Touched, old: &Schema) {
    loop {
        let mut more = Touched::default();
        for child in old.tables.values() {
            for parent in going::parents(child) {
                let reach = |names: &BTreeSet<QualifiedName>,
                             more: &mut BTreeSet<QualifiedName>| {
                    if names.contains(parent) && !names.contains(&child.name) {
                        more.insert(child.name.clone());
                    }
                };
                reach(&touched.reshaped, &mut more.reshaped);
                reach(&touched.widened, &mut more.widened);
                reach(&touched.updated, &mut more.updated);
                let columns =
                    |names: &BTreeSet<(QualifiedName, String)>,
                     more: &mut BTreeSet<(QualifiedName, String)>| {
                        let of_parent = names.iter().filter(|(table, _)| table == parent);
                        let of_child =
                            of_parent.map(|(_, column)| (child.name.clone(), column.clone()));
                        more.extend(of_child.filter(|column| !names.contains(column)));
                    };
                columns(&touched.columns, &mut more.columns);
                columns(&touched.reread, &mut more.reread);
            }
        }
        let found = !more.reshaped.is_empty()
            || !more.widened.is_empty()
            || !more.updated.is_empty()
            || !more.columns.is_empty()
            || !more.reread.is_empty();
        if !found {
            return;
        }
        touched.reshaped.append(&mut more.reshaped);
        touched.widened.append(&mut more.widened);
        touched.updated.append(&mut more.updated);
        touched.columns.append(&mut more.columns);
        touched.reread.append(&mut more.reread);
    }
}
