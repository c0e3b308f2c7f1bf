//! A column: its type, default, collation and hints.

use peristyle_schema::{Column, Expr, Hint, Table, Type};

use super::super::{collation, data_type, expression, parse};
use super::enumeration::{self, Enums};
use super::{Errors, Place, default};

pub(super) fn normalize(
    mut column: Column,
    table: &Table,
    enums: &Enums,
    place: &Place,
    errors: &mut Errors,
) -> Column {
    column.doc = None;
    let declared =
        resolve(std::mem::replace(&mut column.data_type, Type::Text), enums, place, errors);
    column.default =
        column.default.and_then(|value| default::normalize(value, &declared, place, errors));
    column.data_type = reduce(declared);
    if table.options.strict {
        column.data_type = strict(column.data_type, place, errors);
    }
    column.collation = column.collation.as_ref().and_then(collation::of_column);
    column.fill = hint(column.fill, "fill", place, errors);
    column.using = hint(column.using, "using", place, errors);
    column
}

/// The type with its enumerated type's values and its own words read.
fn resolve(data_type: Type, enums: &Enums, place: &Place, errors: &mut Errors) -> Type {
    match data_type {
        Type::Enum(name) => match enums.get(&name) {
            Some(enumerated) => Type::Values(enumerated.values.clone()),
            None => {
                errors.add(
                    place,
                    "unknown-enum",
                    &format!("is of the enumerated type `{name}`, which is not declared"),
                    "declare the type, or correct its name",
                );
                Type::Text
            }
        },
        Type::Values(values) => {
            enumeration::values(&values, place, errors);
            Type::Values(values)
        }
        Type::Native(words) => native(&words, place, errors),
        Type::Interval => unsupported(
            "is a span of time, for which SQLite has no type",
            "declare a number of seconds or microseconds (`i64`), or text",
            place,
            errors,
        ),
        Type::Array(of) => unsupported(
            &format!("is a list of {of}, and SQLite has no lists"),
            "declare `Json<Vec<…>>`, or a table of its own for the items",
            place,
            errors,
        ),
        other => other,
    }
}

fn unsupported(message: &str, help: &str, place: &Place, errors: &mut Errors) -> Type {
    errors.add(place, "unsupported-type", message, help);
    Type::Text
}

fn native(text: &str, place: &Place, errors: &mut Errors) -> Type {
    match parse::type_words(text) {
        Some(words) => data_type::read(&words),
        None => unsupported(
            &format!("has the type `{text}`, which is no type that SQLite can read"),
            "write words and, in parentheses, one or two numbers: `VARCHAR(40)`",
            place,
            errors,
        ),
    }
}

/// The type under the one word that SQLite holds it by.
fn reduce(data_type: Type) -> Type {
    match data_type {
        Type::SmallInt | Type::Integer | Type::BigInt => Type::BigInt,
        Type::Real | Type::Double => Type::Double,
        Type::Text | Type::Uuid => Type::Text,
        Type::Boolean
        | Type::Numeric(_)
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Bytes
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Json
        | Type::Values(_)
        | Type::Native(_)
        | Type::Enum(_)
        | Type::Interval
        | Type::Array(_) => data_type,
    }
}

/// The type in a strict table, which knows six words: <https://sqlite.org/stricttables.html>.
fn strict(data_type: Type, place: &Place, errors: &mut Errors) -> Type {
    match data_type {
        Type::Boolean => Type::BigInt,
        Type::Numeric(_) => Type::Double,
        Type::Varchar(_) | Type::Char(_) => Type::Text,
        Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz => Type::Text,
        Type::Native(words) => {
            let known = ["INT", "ANY"].iter().any(|word| word.eq_ignore_ascii_case(&words));
            if known {
                return Type::Native(words);
            }
            unsupported(
                &format!(
                    "has the type `{words}`, and a STRICT table knows only INT, INTEGER, REAL, TEXT, BLOB and ANY"
                ),
                "use one of these, or take `strict` away from the table",
                place,
                errors,
            )
        }
        Type::BigInt | Type::SmallInt | Type::Integer => data_type,
        Type::Double | Type::Real | Type::Text | Type::Uuid | Type::Bytes => data_type,
        Type::Json | Type::Values(_) => data_type,
        Type::Enum(_) | Type::Interval | Type::Array(_) => data_type,
    }
}

fn hint(hint: Hint<Expr>, what: &str, place: &Place, errors: &mut Errors) -> Hint<Expr> {
    let Hint(Some(expr)) = hint else { return Hint::NONE };
    match expression::canonical(expr.as_str()) {
        Ok(expr) => Hint::some(expr),
        Err(error) => {
            let message = format!("has a `{what}` that is no expression: {}", error.message);
            errors.add(
                place,
                "bad-expression",
                &message,
                error.help.as_deref().unwrap_or_default(),
            );
            Hint::some(expr)
        }
    }
}
