//! Enumerated types: SQLite has none, so each column that is of one carries its values.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{EnumType, EnumValue, QualifiedName, Schema, Span, Table, Type};

use super::{Errors, Place};

/// The declared enumerated types.
pub(super) type Enums = BTreeMap<QualifiedName, EnumType>;

pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    for enumerated in schema.enums.values() {
        let span = schema.tables.values().find_map(|table| used_at(table, &enumerated.name));
        let place = Place::other(format!("the enumerated type `{}`", enumerated.name), span);
        values(&enumerated.values, &place, errors);
    }
}

/// Where a table first uses an enumerated type; the type itself has no place of its own.
fn used_at(table: &Table, name: &QualifiedName) -> Option<Span> {
    let column = table.columns.iter().find(|c| c.data_type == Type::Enum(name.clone()))?;
    column.span.get().or(table.span.get()).cloned()
}

/// Sees that a list of values is one.
pub(super) fn values(values: &[EnumValue], place: &Place, errors: &mut Errors) {
    if values.is_empty() {
        errors.add(place, "empty-enum", "has no value", "give it at least one value");
    }
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(&value.name) {
            errors.add(
                place,
                "duplicate-value",
                &format!("has the value `{}` twice", value.name),
                "remove one, or store it under another text",
            );
        }
        if value.name.contains('\0') {
            errors.add(place, "bad-text", "has a value with a NUL in it", "remove the NUL");
        }
    }
}
