//! Names: those that two things share, and those that nobody may give.

use std::borrow::Cow;
use std::collections::BTreeMap;

use peristyle_schema::{Definition, Name, ObjectKind, QualifiedName, Schema, Table};

use super::super::catalog::{OWN_PREFIX, SYSTEM_PREFIX, starts_with};
use super::{Errors, Place, object};

pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    let mut relations = Taken::default();
    let mut triggers = Taken::default();
    for table in schema.tables.values() {
        let place = Place::table(table);
        qualified(&table.name, &place, errors);
        relations.take("table", Cow::Borrowed(&table.name.name), &place, errors);
        columns(table, errors);
    }
    let other = |held: &&Definition| held.dialect.as_ref().is_some_and(|of| *of != object::OWN);
    for definition in schema.objects.values().filter(|held| !other(held)) {
        let name = &definition.id.name;
        let kind = definition.id.kind.words();
        let place = Place::object(definition, kind);
        qualified(name, &place, errors);
        match definition.id.kind {
            ObjectKind::Trigger => triggers.take(kind, Cow::Borrowed(&name.name), &place, errors),
            ObjectKind::View | ObjectKind::VirtualTable => {
                relations.take(kind, Cow::Borrowed(&name.name), &place, errors);
            }
            ObjectKind::Namespace
            | ObjectKind::Extension
            | ObjectKind::CompositeType
            | ObjectKind::Domain
            | ObjectKind::RangeType
            | ObjectKind::Sequence
            | ObjectKind::ViewIndex
            | ObjectKind::Grant
            | ObjectKind::Function
            | ObjectKind::MaterializedView
            | ObjectKind::Policy => {}
        }
    }
    for table in schema.tables.values() {
        indexes(table, &mut relations, errors);
    }
}

fn columns(table: &Table, errors: &mut Errors) {
    let mut taken = Taken::default();
    for column in &table.columns {
        let place = Place::column(table, column);
        printable(&column.name, &place, errors);
        taken.take("column", Cow::Borrowed(&column.name), &place, errors);
    }
}

/// Indexes have one namespace with tables and views, over the whole database.
fn indexes<'a>(table: &'a Table, relations: &mut Taken<'a>, errors: &mut Errors) {
    for unique in &table.uniques {
        let place = Place::part(table, "a unique constraint", &unique.columns);
        let name = super::key::unique_name(table, unique);
        let twin = table.indexes.get(&name);
        if twin.is_none_or(|twin| !super::key::is_same(twin, unique)) {
            printable(&name, &place, errors);
            relations.take("index", Cow::Owned(name), &place, errors);
        }
    }
    for index in &table.indexes {
        let place = Place::part(table, "an index", &super::index::columns(index));
        printable(&index.name, &place, errors);
        reserved(&index.name, &place, errors);
        relations.take("index", Cow::Borrowed(&index.name), &place, errors);
    }
}

fn qualified(name: &QualifiedName, place: &Place, errors: &mut Errors) {
    if let Some(namespace) = &name.namespace {
        errors.add(
            place,
            "namespace-unsupported",
            &format!("is in the namespace `{namespace}`, and SQLite has no namespaces"),
            &format!("name it `{}`, or `{namespace}_{}`", name.name, name.name),
        );
    }
    printable(&name.name, place, errors);
    reserved(&name.name, place, errors);
}

fn printable(name: &Name, place: &Place, errors: &mut Errors) {
    if name.is_empty() || name.contains('\0') {
        let what = if name.is_empty() { "has an empty name" } else { "has a NUL in a name" };
        errors.add(place, "bad-name", what, "give it a name of letters, digits and underscores");
    }
}

fn reserved(name: &Name, place: &Place, errors: &mut Errors) {
    for (prefix, owner) in [(SYSTEM_PREFIX, "SQLite"), (OWN_PREFIX, "Peristyle")] {
        if starts_with(name, prefix) {
            errors.add(
                place,
                "reserved-name",
                &format!(
                    "has the name `{name}`: names that start with `{prefix}` belong to {owner}"
                ),
                "give it a name that starts otherwise",
            );
        }
    }
}

/// The names that are taken, in lower case, with what took each.
#[derive(Default)]
struct Taken<'a>(BTreeMap<String, (&'static str, Cow<'a, Name>)>);

impl<'a> Taken<'a> {
    fn take(
        &mut self,
        kind: &'static str,
        name: Cow<'a, Name>,
        place: &Place,
        errors: &mut Errors,
    ) {
        if let Some((held, holder)) = self.0.get(&name.to_ascii_lowercase()) {
            errors.add(
                place,
                "duplicate-name",
                &format!("brings the name `{name}`, which the {held} `{holder}` has already"),
                "rename one of the two; SQLite does not tell upper from lower case, and tables, views and indexes \
                 share one list of names",
            );
        }
        self.0.insert(name.to_ascii_lowercase(), (kind, name));
    }
}
