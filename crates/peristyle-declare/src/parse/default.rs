//! The value of a row that brings none: who makes it, and how.

use peristyle_schema::{ColumnDefault, Expr, Literal, Type};
use syn::Lit;

use super::value::Value;
use crate::error::{Error, did_you_mean};
use crate::model::{ApplicationValue, DefaultDecl};

const WORDS: &[&str] = &["now", "uuid4", "uuid7", "cuid2", "null"];

/// Reads `default = …`. A bare word is made by the database where every dialect can, else by the application.
pub(super) fn read(value: &Value, errors: &mut Vec<Error>) -> Option<DefaultDecl> {
    if let Some(sql) = value.text_of("sql") {
        return Some(DefaultDecl::Database(ColumnDefault::Expr(Expr::new(sql))));
    }
    let read = match value {
        Value::Literal { literal, negative, .. } => constant(literal, *negative, value)
            .map(|literal| DefaultDecl::Database(ColumnDefault::Literal(literal))),
        Value::Call { .. } => Err(Error::new(
            "wrong-value",
            value.span(),
            "an expression as a default is written `default = sql(\"…\")`",
        )),
        Value::Path { parts, .. } => {
            let words: Vec<&str> = parts.iter().map(String::as_str).collect();
            path(&words, value)
        }
    };
    read.map_err(|error| errors.push(error)).ok()
}

/// Reads what the application sets a column to at each update.
pub(super) fn on_update(value: &Value, errors: &mut Vec<Error>) -> Option<ApplicationValue> {
    if let Value::Path { parts, .. } = value {
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["now"] | ["app", "now"] => return Some(ApplicationValue::Now),
            _ => {}
        }
    }
    errors.push(
        Error::new("wrong-value", value.span(), "`on_update` takes `now`")
            .help("for anything else write a trigger: `#[trigger(\"CREATE TRIGGER …\")]`"),
    );
    None
}

/// An expression of the database: a text is SQL, any other literal is itself.
pub(super) fn expression(name: &str, value: &Value, errors: &mut Vec<Error>) -> Option<Expr> {
    if let Some(sql) = value.text_of("sql") {
        return Some(Expr::new(sql));
    }
    match value {
        Value::Literal { literal: Lit::Str(text), .. } => Some(Expr::new(text.value())),
        Value::Literal { literal: Lit::Int(n), negative, .. } => {
            Some(Expr::new(signed(n.base10_digits(), *negative)))
        }
        Value::Literal { literal: Lit::Float(n), negative, .. } => {
            Some(Expr::new(signed(n.base10_digits(), *negative)))
        }
        Value::Literal { literal: Lit::Bool(b), .. } => {
            Some(Expr::new(if b.value { "TRUE" } else { "FALSE" }))
        }
        other => {
            errors.push(Error::new(
                "wrong-value",
                other.span(),
                format!("`{name}` takes an SQL expression in double quotes: `{name} = \"'none'\"`"),
            ));
            None
        }
    }
}

fn constant(literal: &Lit, negative: bool, value: &Value) -> Result<Literal, Error> {
    match literal {
        Lit::Int(digits) => {
            let text = signed(digits.base10_digits(), negative);
            Ok(text.parse().map_or(Literal::Number(text), Literal::Int))
        }
        Lit::Float(digits) => Ok(Literal::Number(signed(digits.base10_digits(), negative))),
        Lit::Str(text) if !negative => Ok(Literal::Text(text.value())),
        Lit::ByteStr(bytes) if !negative => Ok(Literal::Bytes(bytes.value())),
        Lit::Bool(b) if !negative => Ok(Literal::Bool(b.value)),
        _ => Err(Error::new(
            "wrong-value",
            value.span(),
            "a default is a number, `true` or `false`, a text, bytes, a word such as `now`, or `sql(\"…\")`",
        )),
    }
}

fn signed(digits: &str, negative: bool) -> String {
    format!("{}{digits}", if negative { "-" } else { "" })
}

fn path(words: &[&str], value: &Value) -> Result<DefaultDecl, Error> {
    use ApplicationValue as App;
    use DefaultDecl::{Application, Database};
    match words {
        ["now"] | ["db", "now"] => Ok(Database(ColumnDefault::Now)),
        ["uuid4"] | ["db", "uuid4"] => Ok(Database(ColumnDefault::Uuid4)),
        ["db", "uuid7"] => Ok(Database(ColumnDefault::Uuid7)),
        ["app", "now"] => Ok(Application(App::Now)),
        ["app", "uuid4"] => Ok(Application(App::Uuid4)),
        ["uuid7"] | ["app", "uuid7"] => Ok(Application(App::Uuid7)),
        ["cuid2"] | ["app", "cuid2"] => Ok(Application(App::Cuid2)),
        ["db", "cuid2"] => {
            Err(Error::new("wrong-value", value.span(), "no database makes a CUID2")
                .help("write `default = cuid2`: the application makes it at each insert"))
        }
        ["null" | "None"] => Ok(Database(ColumnDefault::Literal(Literal::Null))),
        [.., variant] if variant.starts_with(char::is_uppercase) => {
            Ok(DefaultDecl::Variant((*variant).to_owned()))
        }
        words => {
            let message = format!("`{}` is not a default that is known", words.join("::"));
            let near = words.last().and_then(|word| did_you_mean(word, WORDS));
            Err(Error::new("wrong-value", value.span(), message)
                .help("write a constant, `now`, `uuid4`, `uuid7`, `cuid2`, a variant of the column's enum, or `sql(\"…\")`")
                .maybe_help(near))
        }
    }
}

/// Why a default cannot be the value of a type: what it is, and what would do. An expression is never judged.
pub(crate) fn misfit(default: &DefaultDecl, data_type: &Type) -> Option<(String, String)> {
    let wanted = wanted(data_type)?;
    let given = match default {
        DefaultDecl::Variant(variant) => format!("the variant `{variant}`"),
        DefaultDecl::Application(value) => match (value, data_type) {
            (ApplicationValue::Now, _) if is_time(data_type) => return None,
            (ApplicationValue::Cuid2, _) if is_text(data_type) => return None,
            (ApplicationValue::Uuid4 | ApplicationValue::Uuid7, _)
                if is_text(data_type) || *data_type == Type::Uuid =>
            {
                return None;
            }
            (value, _) => format!("`{}`", value.word()),
        },
        DefaultDecl::Database(ColumnDefault::Expr(_)) => return None,
        DefaultDecl::Database(ColumnDefault::Now) if is_time(data_type) => return None,
        DefaultDecl::Database(ColumnDefault::Now) => "`now`".to_owned(),
        DefaultDecl::Database(ColumnDefault::Uuid4 | ColumnDefault::Uuid7) => {
            if is_text(data_type) || *data_type == Type::Uuid {
                return None;
            }
            "a UUID".to_owned()
        }
        DefaultDecl::Database(ColumnDefault::Literal(literal)) => misfitting(literal, data_type)?,
    };
    Some((given, wanted.to_owned()))
}

/// What a constant is, if it is no value of the type.
fn misfitting(literal: &Literal, data_type: &Type) -> Option<String> {
    let fits = match literal {
        Literal::Null => true,
        Literal::Bool(_) => *data_type == Type::Boolean,
        Literal::Int(value) => match data_type {
            Type::SmallInt => i16::try_from(*value).is_ok(),
            Type::Integer => i32::try_from(*value).is_ok(),
            Type::BigInt | Type::Real | Type::Double | Type::Numeric(_) => true,
            _ => false,
        },
        Literal::Number(_) => matches!(data_type, Type::Real | Type::Double | Type::Numeric(_)),
        Literal::Text(text) => match data_type {
            Type::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
            Type::Uuid => is_uuid(text),
            _ => is_text(data_type) || is_time(data_type),
        },
        Literal::Bytes(_) => *data_type == Type::Bytes,
    };
    if fits {
        return None;
    }
    Some(match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => format!("`{value}`"),
        Literal::Int(value) => format!("`{value}`"),
        Literal::Number(value) => format!("`{value}`"),
        Literal::Text(text) => format!("the text {text:?}"),
        Literal::Bytes(_) => "a row of bytes".to_owned(),
    })
}

/// What a default of this type looks like; none for a type whose values are not known here.
fn wanted(data_type: &Type) -> Option<&'static str> {
    Some(match data_type {
        Type::Boolean => "write `true` or `false`",
        Type::SmallInt => "write a whole number from -32768 to 32767",
        Type::Integer => "write a whole number from -2147483648 to 2147483647",
        Type::BigInt => "write a whole number of 64 bits",
        Type::Real | Type::Double | Type::Numeric(_) => "write a number",
        Type::Text | Type::Varchar(_) | Type::Char(_) => "write a text in double quotes",
        Type::Bytes => "write bytes: `b\"…\"`",
        Type::Uuid => "write `uuid4`, `uuid7` or a UUID in double quotes",
        Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz => {
            "write `now` or a text in double quotes"
        }
        Type::Json => "write a JSON document in double quotes: `\"[]\"`",
        Type::Enum(_) | Type::Values(_) => "write a variant: `Status::Open`",
        Type::Interval | Type::Array(_) | Type::Native(_) => return None,
    })
}

fn is_text(data_type: &Type) -> bool {
    matches!(data_type, Type::Text | Type::Varchar(_) | Type::Char(_))
}

/// Whether values of the type are points in time.
pub(super) fn is_time(data_type: &Type) -> bool {
    matches!(data_type, Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}
