//! Names: those that two things share, those that are too long, and those that nobody may give.

use std::collections::BTreeMap;

use peristyle_schema::{Name, ObjectKind, QualifiedName, Schema, Table, naming};

use super::object;
use crate::place::{Errors, Place};

/// What the names of Peristyle's own tables start with.
const OWN_PREFIX: &str = "_peristyle";

pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    // Relations share one list of names in each namespace, and so do types; a table is a type too.
    let mut relations = Taken::default();
    let mut types = Taken::default();
    for table in schema.tables.values() {
        let place = Place::table(table);
        qualified(&table.name, &place, errors);
        relations.take("table", &table.name, &place, errors);
        types.take("table", &table.name, &place, errors);
        columns(table, errors);
    }
    for enumerated in schema.enums.values() {
        let place = Place::other(format!("the enumerated type `{}`", enumerated.name), None);
        qualified(&enumerated.name, &place, errors);
        types.take("enumerated type", &enumerated.name, &place, errors);
    }
    for definition in schema.objects.values() {
        let kind = definition.id.kind;
        let place = Place::object(definition, kind.words());
        if kind == ObjectKind::Grant {
            continue;
        }
        if kind != ObjectKind::Function {
            qualified(&definition.id.name, &place, errors);
        }
        if object::is_relation(kind) {
            relations.take(kind.words(), &definition.id.name, &place, errors);
        }
        if object::is_type(kind) {
            types.take(kind.words(), &definition.id.name, &place, errors);
        }
        if kind == ObjectKind::Namespace && definition.id.name.name.starts_with("pg_") {
            let message = "has a name that starts with `pg_`, which belongs to PostgreSQL";
            errors.add(&place, "reserved-name", message, "give it a name that starts otherwise");
        }
    }
    for table in schema.tables.values() {
        constraints(table, &mut relations, errors);
    }
}

fn columns(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        let place = Place::column(table, column);
        printable(&column.name, &place, errors);
        // <https://www.postgresql.org/docs/current/ddl-system-columns.html>
        if ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"].contains(&column.name.as_str()) {
            errors.add(
                &place,
                "reserved-name",
                "has the name of a column that every PostgreSQL table has by itself",
                "give it another name: `#[column(name = \"…\")]`",
            );
        }
    }
}

/// Constraints have one list of names in each table. Those that an index stands for share the relations' list too.
fn constraints(table: &Table, relations: &mut Taken, errors: &mut Errors) {
    let mut here = Taken::default();
    let in_namespace =
        |name: &Name| QualifiedName { namespace: table.name.namespace.clone(), name: name.clone() };
    let mut take = |what: &'static str, name: Option<&Name>, columns: &[Name], is_index: bool| {
        let Some(name) = name else { return };
        let place = Place::part(table, &format!("the {what} `{name}`"), columns);
        printable(name, &place, errors);
        if is_index {
            relations.take(what, &in_namespace(name), &place, errors);
        }
        if what != "index" {
            here.take(what, &in_namespace(name), &place, errors);
        }
    };
    if let Some(key) = &table.primary_key {
        take("primary key", key.name.as_ref(), &key.columns, true);
    }
    for unique in &table.uniques {
        take("unique constraint", unique.name.as_ref(), &unique.columns, true);
    }
    for exclusion in &table.exclusions {
        take("exclusion constraint", exclusion.name.as_ref(), &[], true);
    }
    for index in &table.indexes {
        take("index", Some(&index.name), &[], true);
    }
    for check in &table.checks {
        take("check", check.name.as_ref(), &[], false);
    }
    for key in &table.foreign_keys {
        take("foreign key", key.name.as_ref(), &key.columns, false);
    }
}

fn qualified(name: &QualifiedName, place: &Place, errors: &mut Errors) {
    printable(&name.name, place, errors);
    if let Some(namespace) = &name.namespace {
        printable(namespace, place, errors);
        if namespace.starts_with("pg_") || *namespace == "information_schema" {
            errors.add(
                place,
                "reserved-name",
                &format!("is in the namespace `{namespace}`, which belongs to PostgreSQL"),
                "put it into another namespace",
            );
        }
    }
    if name.name.starts_with(OWN_PREFIX) {
        errors.add(
            place,
            "reserved-name",
            &format!(
                "has the name `{}`: names that start with `{OWN_PREFIX}` belong to Peristyle",
                name.name
            ),
            "give it a name that starts otherwise",
        );
    }
}

fn printable(name: &Name, place: &Place, errors: &mut Errors) {
    if name.is_empty() || name.contains('\0') {
        let what = if name.is_empty() { "has an empty name" } else { "has a NUL in a name" };
        errors.add(place, "bad-name", what, "give it a name of letters, digits and underscores");
    }
    if name.len() > naming::MAX_BYTES {
        let most = naming::MAX_BYTES;
        errors.add(
            place,
            "long-name",
            &format!(
                "has the name `{name}` of {} bytes; PostgreSQL keeps {most} and cuts the rest",
                name.len()
            ),
            "give it a shorter name",
        );
    }
}

/// The names that are taken, with what took each.
#[derive(Default)]
struct Taken(BTreeMap<QualifiedName, &'static str>);

impl Taken {
    fn take(
        &mut self,
        what: &'static str,
        name: &QualifiedName,
        place: &Place,
        errors: &mut Errors,
    ) {
        if let Some(held) = self.0.insert(name.clone(), what) {
            errors.add(
                place,
                "duplicate-name",
                &format!("brings the name `{name}`, which {} {held} has already", article(held)),
                "rename one of the two: tables, views, sequences and indexes share one list of names in a namespace, tables \
                 and types another, and the constraints of a table a third",
            );
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}
