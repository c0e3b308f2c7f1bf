//! The value of a row that brings none: who makes it, and how.

use peristyle_schema::{ColumnDefault, Expr, Literal};
use syn::Lit;

use super::options::Value;
use crate::error::{Error, nearest};
use crate::model::{ApplicationValue, DefaultDecl};

const WORDS: &[&str] = &["now", "uuid4", "uuid7", "cuid2"];

/// Reads `default = …`. A bare word is made by the database where every dialect can, else by the application.
pub(super) fn read(value: &Value, errors: &mut Vec<Error>) -> Option<DefaultDecl> {
    let read = match value {
        Value::Literal { literal, negative, .. } => constant(literal, *negative, value)
            .map(|literal| DefaultDecl::Database(ColumnDefault::Literal(literal))),
        Value::Call { name, text: Some(text), .. } if name == "sql" => {
            Ok(DefaultDecl::Database(ColumnDefault::Expr(Expr::new(text.value()))))
        }
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
        Value::Call { name, text: Some(text), .. } if name == "sql" => {
            Some(Expr::new(text.value()))
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
        Lit::Str(text) => Ok(Literal::Text(text.value())),
        Lit::ByteStr(bytes) => Ok(Literal::Bytes(bytes.value())),
        Lit::Bool(b) => Ok(Literal::Bool(b.value)),
        Lit::Int(digits) => {
            let text = signed(digits.base10_digits(), negative);
            Ok(text.parse().map_or(Literal::Number(text), Literal::Int))
        }
        Lit::Float(digits) => Ok(Literal::Number(signed(digits.base10_digits(), negative))),
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
        ["None"] => Ok(Database(ColumnDefault::Literal(Literal::Null))),
        [.., variant] if variant.starts_with(|c: char| c.is_uppercase()) => {
            Ok(DefaultDecl::Variant((*variant).to_owned()))
        }
        words => {
            let error = Error::new(
                "wrong-value",
                value.span(),
                format!("`{}` is not a default that is known", words.join("::")),
            );
            let near = words.last().and_then(|word| nearest(word, WORDS));
            Err(match near {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help(
                    "write a constant, `now`, `uuid4`, `uuid7`, `cuid2`, a variant of the column's enum, or `sql(\"…\")`",
                ),
            })
        }
    }
}
