//! Enumerated types: <https://www.postgresql.org/docs/current/datatype-enum.html>.

use std::collections::BTreeSet;

use peristyle_schema::{QualifiedName, Schema, Span, Table, Type, naming};

use super::local;
use crate::place::{Errors, Place};

pub(super) fn check<'a>(
    schema: &Schema,
    tables: impl Iterator<Item = &'a Table> + Clone,
    errors: &mut Errors,
) {
    for enumerated in schema.enums.values() {
        let span = tables.clone().find_map(|table| used_at(table, &enumerated.name));
        let place = Place::other(format!("the enumerated type `{}`", enumerated.name), span);
        if enumerated.values.is_empty() {
            errors.add(&place, "empty-enum", "has no value", "give it at least one value");
        }
        let mut seen = BTreeSet::new();
        for value in &enumerated.values {
            if !seen.insert(&value.name) {
                let message = format!("has the value `{}` twice", value.name);
                errors.add(
                    &place,
                    "duplicate-value",
                    &message,
                    "remove one, or store it under another text",
                );
            }
            if value.name.contains('\0') {
                errors.add(&place, "bad-text", "has a value with a NUL in it", "remove the NUL");
            }
            if value.name.len() > naming::MAX_BYTES {
                let message = format!(
                    "has the value `{}` of {} bytes; PostgreSQL holds at most {}",
                    value.name,
                    value.name.len(),
                    naming::MAX_BYTES
                );
                errors.add(&place, "long-name", &message, "store it under a shorter text");
            }
        }
    }
}

/// Where a table first uses an enumerated type; the type itself has no place of its own.
fn used_at(table: &Table, name: &QualifiedName) -> Option<Span> {
    let column = table.columns.iter().find(|column| is_of(&column.data_type, name))?;
    column.span.get().or(table.span.get()).cloned()
}

fn is_of(data_type: &Type, name: &QualifiedName) -> bool {
    match data_type {
        Type::Enum(held) => local(held.clone()) == *name,
        Type::Array(of) => is_of(of, name),
        _ => false,
    }
}
