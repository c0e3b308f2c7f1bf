//! What stands on an object with values that are stored, so that the object cannot make way.

use peristyle_schema::{Column, Definition, Diagnostic, ObjectKind, Pair, Schema, Type};

use super::graph::{self, Node, mentions_of, of_object};
use super::way::Findings;
use super::{alter_object, describe};

/// Whether a domain gets a stricter rule while columns hold its values inside of others, in lists or composite values: the
/// server does not look for them there, and says no.
pub(super) fn asks_within(pair: Pair<&Definition>, schemas: Pair<&Schema>) -> bool {
    pair.new.id.kind == ObjectKind::Domain
        && alter_object::asks_rows(pair)
        && [schemas.old, schemas.new].into_iter().any(|schema| holds_within(schema, pair.new))
}

/// Whether a schema has lists of an object's type, or a type that is made of it.
fn holds_within(schema: &Schema, held: &Definition) -> bool {
    let node = Node::Object(held);
    let is_list = |column: &Column| match &column.data_type {
        Type::Array(item) => graph::types_of(item).iter().any(|named| named.is(&node)),
        _ => false,
    };
    let is_made_of = |other: &Definition| {
        matches!(other.id.kind, ObjectKind::CompositeType | ObjectKind::RangeType)
            && of_object(other).iter().any(|named| named.is(&node))
    };
    schema.tables.values().flat_map(|table| &table.columns).any(is_list)
        || schema.objects.values().any(is_made_of)
}

/// What stands on an object and cannot make way for it: a table, or a type that may have its values inside.
pub(super) fn user_of(held: &Definition, old: &Schema) -> Option<String> {
    let node = Node::Object(held);
    let uses = |other: &Node<'_>| mentions_of(other).iter().any(|named| named.is(&node));
    let table = old.tables.values().find(|table| uses(&Node::Table(table)));
    let mut types =
        old.objects.values().filter(|other| other.id != held.id && is_type(other.id.kind));
    table.map(|table| format!("table {}", table.name)).or_else(|| {
        let found = types.find(|other| uses(&Node::Object(other)));
        found.map(|other| describe::object(&other.id))
    })
}

/// Whether values can be of it.
pub(super) fn is_type(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Domain | ObjectKind::CompositeType | ObjectKind::RangeType)
}

/// What is stored may stand on it, so it cannot be dropped and made again.
pub(super) fn refuse(held: &Definition, user: Option<String>, findings: &mut Findings) {
    let what = describe::object(&held.id);
    let help = match is_type(held.id.kind) {
        true => {
            "declare the new one under another name and give the columns that type: their values are converted over their text, \
             or by `#[column(using = \"…\")]`, and the old one is dropped when nothing has it any more"
        }
        false => {
            "declare a new one under another name, or write this migration by hand: `peristyle generate --empty`"
        }
    };
    let stands = user.map_or_else(
        || "what it holds would go with it".to_owned(),
        |user| format!("{user} stands on it"),
    );
    findings.refuse(
        Diagnostic::error(
            "cannot-change",
            format!("{what} cannot be changed in this way in place, and {stands}"),
        )
        .at(held.span.get().cloned())
        .help(help),
    );
}
