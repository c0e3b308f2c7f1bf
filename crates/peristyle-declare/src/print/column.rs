//! A column as a field.

use std::fmt::Write;

use peristyle_schema::{Column, ColumnDefault, ForeignKey, Identity, Literal, Table, Type};

use super::names::Names;
use crate::resolve::standard_type;

/// How a field's type is written: the Rust type, and the `type = …` that goes with it.
pub(super) struct Written {
    pub rust: String,
    pub stated: Option<String>,
}

pub(super) fn rust_type(names: &Names, table: &Table, column: &Column) -> Written {
    let plain = |rust: &str| Written { rust: rust.to_owned(), stated: None };
    match &column.data_type {
        Type::Boolean => plain("bool"),
        Type::SmallInt => plain("i16"),
        Type::Integer => plain("i32"),
        Type::BigInt => plain("i64"),
        Type::Real => plain("f32"),
        Type::Double => plain("f64"),
        Type::Numeric(_) => plain("Decimal"),
        Type::Text => plain("String"),
        Type::Bytes => plain("Vec<u8>"),
        Type::Uuid => plain("Uuid"),
        Type::Date => plain("Date"),
        Type::Time => plain("Time"),
        Type::Timestamp => plain("DateTime"),
        Type::TimestampTz => plain("Timestamp"),
        Type::Json => plain("Json<serde_json::Value>"),
        Type::Enum(name) => plain(names.enumerated(name)),
        Type::Values(_) => plain(names.inline_enum(table, column)),
        Type::Varchar(_) | Type::Char(_) | Type::Interval | Type::Array(_) => Written {
            rust: "String".to_owned(),
            stated: Some(format!("{:?}", column.data_type.to_string())),
        },
        Type::Native(text) => Written {
            rust: native(text).to_owned(),
            stated: Some(match standard_type(text) {
                Some(_) => format!("native({text:?})"),
                None => format!("{text:?}"),
            }),
        },
    }
}

/// The Rust type that the values of a type we do not know most probably have: SQLite's own rule of affinity
/// (<https://sqlite.org/datatype3.html#determination_of_column_affinity>).
fn native(text: &str) -> &'static str {
    let upper = text.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    if has(&["INT"]) {
        "i64"
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        "String"
    } else if has(&["BLOB"]) || text.is_empty() {
        "Vec<u8>"
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        "f64"
    } else {
        "String"
    }
}

/// The options of `#[column(…)]`, without name and type.
pub(super) fn options(column: &Column) -> Vec<String> {
    let mut options = Vec::new();
    if let Some(default) = &column.default {
        options.push(format!("default = {}", default_value(default)));
    }
    if let Some(collation) = &column.collation {
        options.push(format!("collate = {:?}", collation.as_str()));
    }
    if let Some(generated) = &column.generated {
        let how = if generated.stored { "stored" } else { "virtual" };
        options.push(format!("generated = {:?}, {how}", generated.expr.as_str()));
    }
    if let Type::Numeric(Some(digits)) = &column.data_type {
        options.push(format!("precision = {}", digits.precision));
        if digits.scale != 0 {
            options.push(format!("scale = {}", digits.scale));
        }
    }
    options
}

fn default_value(default: &ColumnDefault) -> String {
    match default {
        ColumnDefault::Now => "now".to_owned(),
        ColumnDefault::Uuid4 => "uuid4".to_owned(),
        ColumnDefault::Uuid7 => "db::uuid7".to_owned(),
        ColumnDefault::Expr(expr) => {
            plain_literal(expr.as_str()).unwrap_or_else(|| format!("sql({:?})", expr.as_str()))
        }
        ColumnDefault::Literal(literal) => match literal {
            Literal::Null => "None".to_owned(),
            Literal::Bool(value) => value.to_string(),
            Literal::Int(value) => value.to_string(),
            Literal::Number(text) if is_float(text) => text.clone(),
            Literal::Number(text) => format!("sql({text:?})"),
            Literal::Text(text) => format!("{text:?}"),
            Literal::Bytes(bytes) => {
                let mut out = String::from("b\"");
                for byte in bytes {
                    let _ = write!(out, "\\x{byte:02x}");
                }
                out.push('"');
                out
            }
        },
    }
}

/// Whether a number is written as Rust would write it.
fn is_float(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    syn::parse_str::<syn::LitFloat>(digits)
        .is_ok_and(|float| float.suffix().is_empty() && float.base10_digits() == digits)
}

/// An SQL expression that is a whole number or a text, as a Rust literal.
fn plain_literal(sql: &str) -> Option<String> {
    if let Ok(number) = sql.parse::<i64>() {
        return (number.to_string() == sql).then(|| sql.to_owned());
    }
    let inside = sql.strip_prefix('\'')?.strip_suffix('\'')?;
    let text = inside.replace("''", "\u{0}");
    (!text.contains('\'')).then(|| format!("{:?}", text.replace('\u{0}', "'")))
}

/// `auto`, `autoincrement` or nothing.
pub(super) fn key_word(table: &Table, column: &Column) -> Option<&'static str> {
    let key = table.primary_key.as_ref()?;
    match column.identity {
        _ if key.autoincrement => Some("autoincrement"),
        Some(Identity::ByDefault | Identity::Always) => Some("auto"),
        None => None,
    }
}

/// The options of a foreign key: name, actions, deferrability.
pub(super) fn rules(key: &ForeignKey) -> Vec<String> {
    use peristyle_schema::{Action, Deferrable};
    let mut rules = Vec::new();
    for (event, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        let word = match action {
            Action::NoAction => continue,
            Action::Restrict => "restrict",
            Action::Cascade => "cascade",
            Action::SetNull => "set_null",
            Action::SetDefault => "set_default",
        };
        rules.push(format!("{event} = {word}"));
    }
    match key.deferrable {
        Deferrable::Not => {}
        Deferrable::InitiallyImmediate => rules.push("deferrable = immediate".to_owned()),
        Deferrable::InitiallyDeferred => rules.push("deferrable = deferred".to_owned()),
    }
    if let Some(name) = &key.name {
        rules.push(format!("name = {:?}", name.as_str()));
    }
    rules
}
