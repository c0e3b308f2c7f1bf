//! Domains and composite types that cannot be changed where they are, because columns hold their values.
//!
//! Such a type is made anew beside the one it was, and every column that holds it is converted, as with an enumerated type. That
//! is done where it is exact: nothing but columns of plain tables has the type, and all of it stands where the server lets it
//! move.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{
    Change, Column, Definition, Index, IndexKey, ObjectId, ObjectKind, Pair, QualifiedName, Schema,
    Table, Type,
};

use super::super::data_type::named as qualified;
use super::super::quote::quote;
use super::super::writer;
use super::enumeration::{Enums, aside};
use super::graph::{Node, mentions_of, of_object};
use super::stored::{asks_within, user_of};
use super::way::Findings;
use super::{alter_object, alter_type, describe};
use crate::{HazardKind, Statement, Step};

/// The domains and composite types that are made anew.
pub(super) struct Types<'a> {
    anew: BTreeMap<&'a ObjectId, Pair<&'a Definition>>,
}

impl<'a> Types<'a> {
    pub(super) fn plan(schemas: Pair<&'a Schema>, enums: &Enums<'_>) -> Self {
        let pairs = schemas.old.objects.iter().filter_map(|(id, held)| {
            let pair = Pair::new(held, schemas.new.objects.get(id)?);
            moves(pair, schemas, enums).then_some((id, pair))
        });
        Self { anew: pairs.collect() }
    }

    /// Whether an object is one of them.
    pub(super) fn hold(&self, id: &ObjectId) -> bool {
        self.anew.contains_key(id)
    }

    /// Whether a column's type, or what its lists are of, is one of them.
    pub(super) fn are_of(&self, data_type: &Type) -> bool {
        self.anew.keys().any(|id| is_of(data_type, &id.name))
    }

    /// What they are called.
    pub(super) fn names(&self) -> impl Iterator<Item = &QualifiedName> {
        self.anew.keys().map(|id| &id.name)
    }

    /// The steps before the columns are converted: each stands beside the one it was.
    pub(super) fn make_anew(&self, findings: &mut Findings) -> Vec<Step> {
        let mut steps = Vec::new();
        for (id, pair) in &self.anew {
            let hazards = alter_object::losses(*pair);
            let lost = hazards.iter().filter(|hazard| hazard.kind == HazardKind::DataLoss);
            findings.losses.extend(lost.map(|hazard| hazard.message.clone()));
            let aside = aside(&id.name);
            let mut statements = vec![Statement::run(format!(
                "ALTER {} {} RENAME TO {}",
                word(id.kind),
                qualified(&id.name),
                quote(&aside.name)
            ))];
            if id.kind == ObjectKind::Domain {
                // The server gives no check a name that another one has in the namespace.
                let drop = |check: String| {
                    let domain = qualified(&aside);
                    Statement::run(format!("ALTER DOMAIN {domain} DROP CONSTRAINT {check}"))
                };
                statements.extend(alter_type::checks(pair.old).into_iter().map(drop));
            }
            statements.push(Statement::run(&pair.new.sql));
            if let Some(doc) = &pair.new.doc {
                let comment = writer::comment_on_object(id, Some(doc));
                statements.extend(comment.map(Statement::run));
            }
            steps.push(Step {
                title: format!("make {} anew", describe::object(id)),
                reason: Some("columns hold its values, so it cannot change in place".to_owned()),
                causes: vec![Change::ReplaceObject(pair.map(Clone::clone))],
                statements,
                hazards,
            });
        }
        steps
    }

    /// The steps after it: what they were is dropped.
    pub(super) fn drop_former(&self) -> Vec<Step> {
        let step = |id: &&ObjectId| Step {
            title: format!("drop what {} was", describe::object(id)),
            reason: None,
            causes: Vec::new(),
            statements: vec![Statement::run(format!(
                "DROP {} {}",
                word(id.kind),
                qualified(&aside(&id.name))
            ))],
            hazards: Vec::new(),
        };
        self.anew.keys().map(step).collect()
    }
}

/// Whether a column's type, or what its lists are of, is this one.
pub(super) fn is_of(data_type: &Type, name: &QualifiedName) -> bool {
    match data_type {
        Type::Native(words) => *words == qualified(name),
        Type::Array(of) => is_of(of, name),
        _ => false,
    }
}

fn word(kind: ObjectKind) -> &'static str {
    if kind == ObjectKind::Domain { "DOMAIN" } else { "TYPE" }
}

/// Whether a type is made anew for its change.
fn moves(pair: Pair<&Definition>, schemas: Pair<&Schema>, enums: &Enums<'_>) -> bool {
    let Pair { old, new } = pair;
    let in_place = alter_object::can_alter(pair) && !asks_within(pair, schemas);
    let asked = match new.id.kind {
        ObjectKind::Domain => !in_place && alter_type::is_domain(old),
        // What its fields become must be known one by one, and a list has no place for that.
        ObjectKind::CompositeType => (!in_place || alter_object::retypes_field(pair))
            && alter_type::fields(&old.sql).is_some()
            && alter_type::fields(&new.sql).is_some()
            && !schemas.old.tables.values().flat_map(|table| &table.columns).any(
                |column| matches!(&column.data_type, Type::Array(of) if is_of(of, &old.id.name)),
            ),
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable
        | ObjectKind::Function
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => false,
    };
    asked
        && old.sql != new.sql
        && user_of(old, schemas.old).is_some()
        && !stands_on_changes(pair, schemas, enums)
        && !schemas.old.objects.values().any(|other| holds_values(other, old))
        && schemas.old.tables.values().all(|table| lets_move(table, old, schemas.old))
}

/// Whether another type, a sequence or an extension is made of it.
fn holds_values(other: &Definition, held: &Definition) -> bool {
    let stays = matches!(
        other.id.kind,
        ObjectKind::Domain | ObjectKind::CompositeType | ObjectKind::RangeType
    );
    let node = Node::Object(held);
    stays && other.id != held.id && of_object(other).iter().any(|named| named.is(&node))
}

/// Whether what its texts name comes, goes or changes at the same time.
fn stands_on_changes(pair: Pair<&Definition>, schemas: Pair<&Schema>, enums: &Enums<'_>) -> bool {
    let named: Vec<_> = of_object(pair.old).into_iter().chain(of_object(pair.new)).collect();
    let names = |node: &Node<'_>| named.iter().any(|named| named.is(node));
    let changes = |of: &Schema, other: &Schema| {
        of.objects.values().any(|held| {
            held.id != pair.new.id
                && other.objects.get(&held.id) != Some(held)
                && names(&Node::Object(held))
        })
    };
    let comes = |schema: &Schema, other: &Schema| {
        schema.enums.values().any(|held| {
            (!other.enums.contains_key(&held.name) || enums.anew.contains_key(&held.name))
                && names(&Node::Enum(held))
        })
    };
    changes(schemas.old, schemas.new)
        || changes(schemas.new, schemas.old)
        || comes(schemas.old, schemas.new)
        || comes(schemas.new, schemas.old)
}

/// Whether a table has nothing of a type but columns that can move: what reads such a column goes first and comes back.
fn lets_move(table: &Table, held: &Definition, schema: &Schema) -> bool {
    let node = Node::Object(held);
    let uses = |table: &Table| mentions_of(&Node::Table(table)).iter().any(|named| named.is(&node));
    if !uses(table) {
        return true;
    }
    let is_moved =
        |column: &Column| is_of(&column.data_type, &held.id.name) && column.generated.is_none();
    let moved: BTreeSet<_> =
        table.columns.iter().filter(|c| is_moved(c)).map(|column| column.name.clone()).collect();
    let mut rest = table.clone();
    for name in &moved {
        if let Some(column) = rest.columns.get_mut(name) {
            column.data_type = Type::Text;
            column.default = None;
        }
    }
    let reads = |text: &peristyle_schema::Expr| moved.iter().any(|name| text.mentions(name));
    rest.checks.retain(|check| !reads(&check.expr));
    rest.exclusions.retain(|one| !reads(&one.rule));
    let stays = |index: &&Index| {
        let parts = index.parts.iter().any(|part| match &part.key {
            IndexKey::Expr(expr) => reads(expr),
            IndexKey::Column(_) => false,
        });
        !parts && !index.filter.as_ref().is_some_and(reads)
    };
    rest.indexes = table.indexes.iter().filter(stays).cloned().collect();
    // A column that is computed from one that moves is made again, if its own type stays.
    for column in table.columns.iter().filter(|column| column.generated.is_some()) {
        if let Some(column) = rest.columns.get_mut(&column.name) {
            column.generated = column.generated.take().filter(|generated| !reads(&generated.expr));
        }
    }
    let is_family = |other: &Table| {
        let options = &other.options;
        options.partition_of.as_ref().is_some_and(|of| of.table == table.name)
            || options.inherits.contains(&table.name)
    };
    let options = &table.options;
    let plain = options.partition_by.is_none()
        && options.partition_of.is_none()
        && options.inherits.is_empty()
        && !schema.tables.values().any(is_family);
    plain && !uses(&rest)
}
