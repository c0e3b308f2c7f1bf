//! Defaults, each as an expression that SQLite computes for a row that brings no value.

use peristyle_schema::{ColumnDefault, Expr, Literal, Type};

use super::super::expression::{self, Scope};
use super::super::{literal, tokens};
use super::{Errors, Place};
use crate::lexer::Kind;

/// A random UUID: its version stands in the third group, its variant in the fourth.
/// <https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4>
const UUID4: &str = "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' \
     || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

/// The current time in the fixed widths in which times are stored. SQLite counts milliseconds.
const NOW_INSTANT: &str = "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')";
const NOW_TIMESTAMP: &str = "strftime('%Y-%m-%dT%H:%M:%f000', 'now')";
const NOW_DATE: &str = "date('now')";
const NOW_TIME: &str = "strftime('%H:%M:%f000', 'now')";
const NOW_SECONDS: &str = "CAST(strftime('%s', 'now') AS INTEGER)";

/// A default in canonical form; none where it says no more than no default does. The type is the declared one.
pub(super) fn normalize(
    default: ColumnDefault,
    data_type: &Type,
    place: &Place,
    errors: &mut Errors,
) -> Option<ColumnDefault> {
    let text = match default {
        ColumnDefault::Literal(value) => constant(&value, data_type, place, errors)?,
        ColumnDefault::Now => now(data_type, place, errors)?.to_owned(),
        ColumnDefault::Uuid4 => uuid4(data_type, place, errors)?.to_owned(),
        ColumnDefault::Uuid7 => {
            errors.add(
                place,
                "unsupported-default",
                "wants a time-ordered UUID from SQLite, which cannot make one",
                "let the application make it: `default = app::uuid7`",
            );
            return None;
        }
        ColumnDefault::Expr(expr) => expr.as_str().to_owned(),
    };
    let expr = expression(&text, place, errors)?;
    (expr.as_str() != "NULL").then_some(ColumnDefault::Expr(expr))
}

fn constant(
    value: &Literal,
    data_type: &Type,
    place: &Place,
    errors: &mut Errors,
) -> Option<String> {
    let fault = match (value, data_type) {
        (Literal::Number(number), _) if !is_number(number) => {
            Some((format!("has the default `{number}`, which is no number"), "write a number"))
        }
        (Literal::Text(text), _) if text.contains('\0') => Some((
            "has a default with a NUL in it, which SQLite cannot write".to_owned(),
            "remove the NUL, or let the application set the value",
        )),
        (Literal::Text(text), Type::Values(values))
            if !values.iter().any(|value| value.name == text.as_str()) =>
        {
            Some((
                format!("has the default `{text}`, which is none of its values"),
                "use one of the values of its type",
            ))
        }
        _ => None,
    };
    if let Some((message, help)) = fault {
        errors.add(place, "bad-default", &message, help);
        return None;
    }
    Some(literal::literal(value))
}

fn is_number(text: &str) -> bool {
    match tokens::significant(text).as_deref() {
        Ok([number]) => number.kind == Kind::Number,
        Ok([sign, number]) => {
            (sign.is_operator("-") || sign.is_operator("+")) && number.kind == Kind::Number
        }
        _ => false,
    }
}

fn now(data_type: &Type, place: &Place, errors: &mut Errors) -> Option<&'static str> {
    match data_type {
        Type::TimestampTz | Type::Text | Type::Varchar(_) => Some(NOW_INSTANT),
        Type::Timestamp => Some(NOW_TIMESTAMP),
        Type::Date => Some(NOW_DATE),
        Type::Time => Some(NOW_TIME),
        Type::BigInt => Some(NOW_SECONDS),
        other => {
            errors.add(
                place,
                "unsupported-default",
                &format!("is of the type {other}, which holds no current time"),
                "make it a timestamp, a date or a time, or write the expression: `default = sql(\"…\")`",
            );
            None
        }
    }
}

fn uuid4(data_type: &Type, place: &Place, errors: &mut Errors) -> Option<&'static str> {
    match data_type {
        Type::Uuid | Type::Text | Type::Varchar(_) | Type::Char(_) | Type::Native(_) => Some(UUID4),
        other => {
            errors.add(
                place,
                "unsupported-default",
                &format!("is of the type {other}, which holds no UUID"),
                "make it a `Uuid` or text",
            );
            None
        }
    }
}

/// An expression that reads nothing: SQLite computes a default before there is a row.
fn expression(text: &str, place: &Place, errors: &mut Errors) -> Option<Expr> {
    let expr = match expression::canonical_in(text, Scope::Nothing) {
        Ok(expr) => expr,
        Err(error) => {
            let message = format!("has a default that is no expression: {}", error.message);
            errors.add(place, "bad-default", &message, error.help.as_deref().unwrap_or_default());
            return None;
        }
    };
    if expression::holds_query(&expr) {
        errors.add(
            place,
            "bad-default",
            "has a default with a query in it, which SQLite does not allow",
            "let the application or a trigger set the value",
        );
    } else if let Some(name) = expression::columns(&expr).first() {
        errors.add(
            place,
            "bad-default",
            &format!("has a default that reads `{name}`, and a default can read no column"),
            &format!(
                "write '{name}' in single quotes if it is text, or make this a generated column"
            ),
        );
    }
    Some(expr)
}
