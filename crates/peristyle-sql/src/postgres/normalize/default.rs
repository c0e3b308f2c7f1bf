//! Defaults, each in the words in which PostgreSQL prints it again, as far as that can be told without asking it.
//!
//! A constant gets the type of its column; one that is an expression already stays an expression, in one spelling. What the
//! server makes of it beyond that (`canonical` asks) differs only in the text.

use peristyle_schema::{ColumnDefault, Expr, Literal, Type};

use super::super::{data_type, tokens};
use super::{expr, json};
use crate::lexer::{Kind, Token};
use crate::place::{Errors, Place};

/// A default in the form of the catalog; none where it says no more than no default does.
pub(super) fn normalize(
    default: ColumnDefault,
    data_type: &Type,
    values: Option<&[peristyle_schema::EnumValue]>,
    place: &Place,
    errors: &mut Errors,
) -> Option<ColumnDefault> {
    let text = match default {
        ColumnDefault::Literal(literal) => {
            if let Some((message, help)) = fault(&literal, values) {
                errors.add(place, "bad-default", &message, help);
                return None;
            }
            constant(&literal, data_type)?
        }
        ColumnDefault::Now => now(data_type, place, errors)?.to_owned(),
        ColumnDefault::Uuid4 => uuid4(data_type, place, errors)?.to_owned(),
        ColumnDefault::Uuid7 => {
            errors.add(
                place,
                "unsupported-default",
                "wants a time-ordered UUID from PostgreSQL, which makes one from version 18 on only",
                "let the application make it: `default = app::uuid7`; on PostgreSQL 18: `default = sql(\"uuidv7()\")`",
            );
            return None;
        }
        ColumnDefault::Expr(text) => expression(&text, data_type, place, errors)?,
    };
    Some(ColumnDefault::Expr(Expr::new(text)))
}

/// What is wrong with a constant, and the way out.
fn fault(
    literal: &Literal,
    values: Option<&[peristyle_schema::EnumValue]>,
) -> Option<(String, &'static str)> {
    match literal {
        Literal::Number(number) if decimal(number).is_none() => {
            Some((format!("has the default `{number}`, which is no number"), "write a number"))
        }
        Literal::Text(text) if text.contains('\0') => Some((
            "has a default with a NUL in it, which PostgreSQL cannot hold".to_owned(),
            "remove the NUL, or make the column bytes",
        )),
        Literal::Text(text)
            if values.is_some_and(|values| values.iter().all(|v| v.name != text.as_str())) =>
        {
            Some((
                format!("has the default `{text}`, which is none of its values"),
                "use one of the values of its type",
            ))
        }
        Literal::Text(_)
        | Literal::Number(_)
        | Literal::Null
        | Literal::Bool(_)
        | Literal::Int(_)
        | Literal::Bytes(_) => None,
    }
}

/// A constant of a column's type, as `pg_get_expr` prints it.
pub(super) fn constant(literal: &Literal, data_type: &Type) -> Option<String> {
    Some(match literal {
        Literal::Null => return None,
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => integer(i128::from(*value)),
        Literal::Number(text) => number(text),
        Literal::Text(text) => typed_text(text, data_type),
        Literal::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("'\\x{digits}'::bytea")
        }
    })
}

/// A whole number. Its type is the smallest that holds it; a negative one or one that is not an `integer` is printed with its
/// type, because it would be read as something else.
fn integer(value: i128) -> String {
    let of = if i32::try_from(value).is_ok() {
        "integer"
    } else if i64::try_from(value).is_ok() {
        "bigint"
    } else {
        "numeric"
    };
    if value >= 0 && of == "integer" { value.to_string() } else { format!("'{value}'::{of}") }
}

/// A number as it is read: a whole one is an integer, any other is `numeric`, with its digits written out.
fn number(text: &str) -> String {
    let Some(digits) = decimal(text) else { return text.to_owned() };
    let written_whole = !text.contains(['.', 'e', 'E']);
    if written_whole && let Ok(value) = digits.parse::<i128>() {
        return integer(value);
    }
    numeric(&digits)
}

/// A `numeric` constant: bare only where it could be read as nothing else.
fn numeric(digits: &str) -> String {
    if digits.starts_with('-') || !digits.contains('.') {
        format!("'{digits}'::numeric")
    } else {
        digits.to_owned()
    }
}

/// The digits of a number without exponent, a sign before them if it is negative; none if it is no number, or one that no
/// `numeric` holds.
fn decimal(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    if !(-16_383..=131_072).contains(&exponent) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent);
    let length = i64::try_from(digits.len()).ok()?;
    let (whole, fraction) = if point <= 0 {
        let zeros = "0".repeat(usize::try_from(-point).ok()?);
        (String::new(), format!("{zeros}{digits}"))
    } else if point >= length {
        (format!("{digits}{}", "0".repeat(usize::try_from(point - length).ok()?)), String::new())
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        (whole.to_owned(), fraction.to_owned())
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let sign = if whole == "0" && fraction.bytes().all(|byte| byte == b'0') { "" } else { sign };
    Some(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}

/// A text constant of a column's type.
fn typed_text(text: &str, data_type: &Type) -> String {
    match data_type {
        Type::Boolean => match text.trim().to_ascii_lowercase().as_str() {
            "t" | "true" | "y" | "yes" | "on" | "1" => return "true".to_owned(),
            "f" | "false" | "n" | "no" | "off" | "0" => return "false".to_owned(),
            _ => {}
        },
        Type::Integer => {
            if let Ok(value) = text.trim().parse::<i32>() {
                return integer(i128::from(value));
            }
        }
        Type::Numeric(_) => {
            if let Some(digits) = decimal(text.trim()) {
                return numeric(&digits);
            }
        }
        Type::Uuid => {
            if let Some(uuid) = uuid(text) {
                return quoted(&uuid, "uuid");
            }
        }
        Type::Json => {
            if let Some(json) = json::canonical(text) {
                return quoted(&json, "jsonb");
            }
        }
        Type::SmallInt
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Bytes
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Enum(_)
        | Type::Values(_)
        | Type::Array(_)
        | Type::Native(_) => {}
    }
    quoted(text, &constant_type(data_type))
}

fn quoted(text: &str, data_type: &str) -> String {
    format!("'{}'::{data_type}", text.replace('\'', "''"))
}

/// A UUID in the form in which it is printed: <https://www.postgresql.org/docs/current/datatype-uuid.html>.
fn uuid(text: &str) -> Option<String> {
    let inner = text.trim();
    let inner = inner.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(inner);
    let digits: String =
        inner.chars().filter(|c| *c != '-').collect::<String>().to_ascii_lowercase();
    if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some([&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-"))
}

/// The type that a constant is printed with: that of its column without length or precision, which belong to the column.
fn constant_type(data_type: &Type) -> String {
    match data_type {
        Type::Varchar(_) => "character varying".to_owned(),
        Type::Char(_) => "bpchar".to_owned(),
        Type::Numeric(_) => "numeric".to_owned(),
        Type::Array(of) => format!("{}[]", element_type(of)),
        Type::Native(text) => native(text),
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Text
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Json
        | Type::Enum(_)
        | Type::Values(_) => data_type::sql(data_type),
    }
}

fn element_type(of: &Type) -> String {
    match of {
        Type::Array(of) => element_type(of),
        of => constant_type(of),
    }
}

/// A type in its own words without what stands in parentheses, but for `interval`, whose precision is part of the constant.
fn native(text: &str) -> String {
    let bare = match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) if open < close && !text.starts_with("interval") => {
            format!("{}{}", &text[..open], &text[close + 1..])
        }
        _ => text.to_owned(),
    };
    if bare == "bit" { "\"bit\"".to_owned() } else { bare }
}

fn now(data_type: &Type, place: &Place, errors: &mut Errors) -> Option<&'static str> {
    match data_type {
        Type::Timestamp | Type::TimestampTz | Type::Text | Type::Varchar(_) => Some("now()"),
        Type::Native(text) if text.starts_with("timestamp") => Some("now()"),
        Type::Date => Some("CURRENT_DATE"),
        Type::Time => Some("LOCALTIME"),
        Type::Native(text) if text.starts_with("time") => Some("CURRENT_TIME"),
        Type::BigInt => Some("EXTRACT(epoch FROM now())::bigint"),
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
        Type::Uuid => Some("gen_random_uuid()"),
        Type::Text | Type::Varchar(_) => Some("gen_random_uuid()::text"),
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

/// An expression; one that is a constant and nothing else gets the form of a constant.
fn expression(expr: &Expr, data_type: &Type, place: &Place, errors: &mut Errors) -> Option<String> {
    let spelled = match expr::canonical(expr.as_str()) {
        Ok(spelled) => spelled,
        Err(fault) => {
            let message = format!("has a default that is no expression: {}", fault.message);
            let help = fault.help.as_deref().unwrap_or("write one expression");
            errors.add(place, "bad-default", &message, help);
            return None;
        }
    };
    let text = spelled.as_str();
    let tokens = tokens::significant(text).unwrap_or_default();
    match tokens.as_slice() {
        [word] if word.is_word("NULL") => None,
        [word] if word.is_word("TRUE") || word.is_word("FALSE") => Some(word.text.to_lowercase()),
        [string] if string.kind == Kind::Text && string.text.starts_with('\'') => {
            Some(typed_text(&unquoted(string), data_type))
        }
        [digits] if digits.kind == Kind::Number && decimal(digits.text).is_some() => {
            Some(number(digits.text))
        }
        [sign, digits]
            if sign.is_operator("-")
                && digits.kind == Kind::Number
                && decimal(digits.text).is_some() =>
        {
            Some(number(&format!("-{}", digits.text)))
        }
        [string, cast, rest @ ..]
            if string.kind == Kind::Text
                && string.text.starts_with('\'')
                && cast.is_operator("::")
                && is_type(rest) =>
        {
            Some(cast_text(&unquoted(string), &text[cast.end()..]))
        }
        _ => Some(text.to_owned()),
    }
}

/// A text constant with the type that it was given, whatever its column is of.
fn cast_text(value: &str, type_text: &str) -> String {
    match data_type::read(type_text) {
        // A length or a precision cuts the constant: that cast stays.
        read if type_text.contains('(') || matches!(read, Type::Char(_)) => {
            quoted(value, type_text.trim())
        }
        read => typed_text(value, &read),
    }
}

/// Whether tokens can be a type's text and nothing more: names, dots, brackets, and numbers in parentheses.
fn is_type(tokens: &[Token<'_>]) -> bool {
    !tokens.is_empty()
        && tokens.iter().all(|token| match token.kind {
            Kind::Word | Kind::Quoted | Kind::Number => true,
            Kind::Operator => matches!(token.text, "." | "[" | "]" | "(" | ")" | ","),
            Kind::Space
            | Kind::Comment
            | Kind::Text
            | Kind::Blob
            | Kind::Parameter
            | Kind::Unclosed
            | Kind::Illegal => false,
        })
}

fn unquoted(token: &Token<'_>) -> String {
    token.text[1..token.text.len() - 1].replace("''", "'")
}
