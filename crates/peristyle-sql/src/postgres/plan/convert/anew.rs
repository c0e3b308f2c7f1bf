//! Values of a domain or a composite type that is made anew.

use peristyle_schema::{Column, Definition, ObjectKind, Pair, Schema, Type};

use super::super::super::quote::quote;
use super::super::super::writer;
use super::super::{alter_type, types};
use super::{Conversion, GIVEN_AS_A_WHOLE, by_text};

/// How the values of a column become those of its type as it is made anew; none if its type is none of these.
pub(super) fn conversion(column: &Column, schemas: Pair<&Schema>) -> Option<Conversion> {
    let new = schemas.new.objects.values().find(|held| {
        let kind = matches!(held.id.kind, ObjectKind::Domain | ObjectKind::CompositeType);
        kind && types::is_of(&column.data_type, &held.id.name)
    })?;
    let old = schemas.old.objects.get(&new.id)?;
    let name = quote(&column.name);
    match new.id.kind {
        ObjectKind::CompositeType => fields(&name, column, Pair::new(old, new)),
        _ => Some(domain(&name, column)),
    }
}

/// Whether a column's type is a domain that takes no null any more as it is made anew.
pub(in super::super) fn wants_value(column: &Column, schemas: Pair<&Schema>) -> bool {
    let Type::Native(_) = column.data_type else { return false };
    schemas.new.objects.values().any(|new| {
        let is_of =
            new.id.kind == ObjectKind::Domain && types::is_of(&column.data_type, &new.id.name);
        let took_null =
            || schemas.old.objects.get(&new.id).is_none_or(|old| !alter_type::is_not_null(old));
        is_of && alter_type::is_not_null(new) && took_null()
    })
}

/// A value goes over its text, which must be the same text again.
fn domain(name: &str, column: &Column) -> Conversion {
    let value = by_text(name, column);
    let stray = match &column.data_type {
        Type::Array(_) => format!("{value}::text[] <> {name}::text[]"),
        _ => format!("({value})::text <> {name}::text"),
    };
    let words = writer::type_words(&column.data_type);
    Conversion {
        strays: vec![(stray, format!("is not the same as the new {words}"))],
        may_fail: true,
        ..Conversion::plain(value)
    }
}

/// A value is made of its fields: those that stay are taken by name, a new one has no value. A value without any is not no value.
fn fields(name: &str, column: &Column, held: Pair<&Definition>) -> Option<Conversion> {
    let Pair { old, new } = held.map(|held| alter_type::fields(&held.sql));
    let (old, new) = (old?, new?);
    let mut strays = Vec::new();
    let mut parts = Vec::with_capacity(new.len());
    for (field, words) in &new {
        let was = format!("({name}).{field}");
        parts.push(match old.iter().find(|(other, _)| other == field) {
            None => "NULL".to_owned(),
            Some((_, held)) if held == words => was,
            Some(_) => {
                let value = format!("{was}::text::{words}");
                let stray = format!("({value})::text <> {was}::text");
                strays.push((
                    stray,
                    format!("has in its field {field} what is not the same as {words}"),
                ));
                value
            }
        });
    }
    let words = writer::type_words(&column.data_type);
    let made = format!("ROW({})::{words}", parts.join(", "));
    let value = format!("CASE WHEN {name} {GIVEN_AS_A_WHOLE} THEN {made} END");
    let may_fail = !strays.is_empty();
    Some(Conversion { strays, may_fail, given: GIVEN_AS_A_WHOLE, ..Conversion::plain(value) })
}
