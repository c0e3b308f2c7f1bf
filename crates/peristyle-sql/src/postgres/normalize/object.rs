//! Objects that are known by their text: the head is read for what the object is, what stands behind it is kept as it is.

use peristyle_schema::{Definition, Diagnostic, ObjectId, ObjectKind, QualifiedName, Schema};

use super::head::{self, Head};
use super::{documentation, grant};
use crate::place::{Errors, Place};

/// The word that marks a text as this dialect's.
pub(super) const OWN: &str = "postgres";

/// Whether objects of a kind share the list of names of tables.
pub(super) fn is_relation(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Sequence
        | ObjectKind::CompositeType => true,
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::VirtualTable
        | ObjectKind::Function
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => false,
    }
}

/// Whether objects of a kind share the list of names of types.
pub(super) fn is_type(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType => true,
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable
        | ObjectKind::Function
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => false,
    }
}

/// The name whose namespace an object stands in, if its own name has one.
pub(super) fn stands_in(definition: &Definition) -> Option<&QualifiedName> {
    match definition.id.kind {
        ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::Function
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex => Some(&definition.id.name),
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::VirtualTable
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => None,
    }
}

/// The object in the form of the catalog; none if it is another dialect's, or cannot be.
pub(super) fn normalize(mut definition: Definition, errors: &mut Errors) -> Option<Definition> {
    if definition.dialect.take().is_some_and(|dialect| dialect != OWN) {
        return None;
    }
    let kind = definition.id.kind;
    let place = Place::object(&definition, kind.words());
    if kind == ObjectKind::VirtualTable {
        errors.add(
            &place,
            "unsupported-object",
            "is of a kind that PostgreSQL does not have",
            "mark it as SQLite's, `object!(sqlite, \"…\")`, and use an index here: `method = \"gin\"` over `to_tsvector(…)` \
             searches text",
        );
        return None;
    }
    let Head { id, on, sql } = match head::read(&definition.sql) {
        Ok(head) if grant::holds_anyhow(&head) => return None,
        Ok(head) => head,
        Err(fault) => {
            report(fault, &place, errors);
            return None;
        }
    };
    if id.kind != kind {
        errors.add(
            &place,
            "bad-definition",
            &format!("has a statement that makes a {}", id.kind.words()),
            "declare it by its own statement",
        );
        return None;
    }
    if id.kind == ObjectKind::Namespace && id.name.name == "public" {
        return None;
    }
    definition.id = id;
    definition.on = on;
    definition.sql = sql;
    definition.doc = documentation(definition.doc);
    Some(definition)
}

fn report(fault: Diagnostic, place: &Place, errors: &mut Errors) {
    let at = fault.span.as_ref().map(|span| span.start);
    let at = at.map_or_else(String::new, |at| {
        format!(" (line {}, column {} of its SQL)", at.line, at.column)
    });
    let message = format!("cannot be read: {}{at}", fault.message);
    let help = fault
        .help
        .unwrap_or_else(|| "write the whole CREATE, GRANT or REVOKE statement".to_owned());
    errors.add(place, "bad-definition", &message, &help);
}

/// Adds an object; two of one identity are an error.
pub(super) fn insert(schema: &mut Schema, definition: Definition, errors: &mut Errors) {
    if schema.objects.contains_key(&definition.id) {
        let place = Place::object(&definition, definition.id.kind.words());
        errors.add(&place, "duplicate-name", "is declared twice", "take one of the two away");
    }
    schema.insert_object(definition);
}

/// Sees that what objects belong to is there.
pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    for definition in schema.objects.values() {
        let Some(on) = &definition.on else { continue };
        let object = |kind| schema.objects.contains_key(&ObjectId::new(kind, on.clone()));
        let table = schema.tables.contains_key(on);
        let kind = definition.id.kind;
        let (found, wanted) = match kind {
            ObjectKind::Trigger => (table || object(ObjectKind::View), "a table nor a view"),
            ObjectKind::Policy => (table, "a table"),
            ObjectKind::ViewIndex if table => {
                errors.add(
                    &Place::object(definition, kind.words()),
                    "bad-definition",
                    &format!("stands on `{on}`, which is a table"),
                    "declare it on the struct: `#[index(…)]`",
                );
                continue;
            }
            ObjectKind::ViewIndex => (object(ObjectKind::MaterializedView), "a materialized view"),
            // What a privilege is on may be another's.
            ObjectKind::Grant => (true, ""),
            ObjectKind::Namespace
            | ObjectKind::Extension
            | ObjectKind::CompositeType
            | ObjectKind::Domain
            | ObjectKind::RangeType
            | ObjectKind::Sequence
            | ObjectKind::VirtualTable
            | ObjectKind::Function
            | ObjectKind::View
            | ObjectKind::MaterializedView => (true, ""),
        };
        if !found {
            let neither = if wanted.contains(" nor ") { "neither" } else { "not" };
            errors.add(
                &Place::object(definition, kind.words()),
                "unknown-table",
                &format!("stands on `{on}`, which is {neither} {wanted} of the schema"),
                "correct the name behind ON, or declare what it stands on",
            );
        }
    }
}
