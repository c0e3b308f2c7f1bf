//! A column as a field.

use peristyle_schema::{Column, ColumnDefault, Expr, Identity, Literal, Table, Type};

use super::names::{self, Names};
use super::writer::{Writer, literal};
use crate::model::DefaultDecl;
use crate::parse::misfit;
use crate::resolve::standard_type;

/// How a field's type is written: the Rust type, and the `type = …` that goes with it.
pub(super) struct Written {
    pub rust: String,
    pub stated: Option<String>,
}

/// The Rust type of a column that is no `Id`.
pub(super) fn rust_type(
    out: &mut Writer,
    names: &Names,
    table: &Table,
    column: &Column,
) -> Written {
    let rust = match &column.data_type {
        Type::Array(of) => format!("Vec<{}>", item_type(out, names, of)),
        data_type => plain_type(out, names, table, column, data_type).to_owned(),
    };
    Written { rust, stated: stated(&column.data_type) }
}

/// The Rust type of the items of a list.
fn item_type<'a>(out: &mut Writer, names: &'a Names, of: &'a Type) -> &'a str {
    let mut ours = |name: &'static str| {
        out.uses(name);
        name
    };
    match of {
        Type::Boolean => "bool",
        Type::SmallInt => "i16",
        Type::Integer => "i32",
        Type::BigInt => "i64",
        Type::Real => "f32",
        Type::Double => "f64",
        Type::Numeric(_) => ours("Decimal"),
        Type::Bytes => ours("Bytes"),
        Type::Uuid => ours("Uuid"),
        Type::Date => ours("Date"),
        Type::Time => ours("Time"),
        Type::Timestamp => ours("DateTime"),
        Type::TimestampTz => ours("Timestamp"),
        Type::Enum(name) => names.enumerated(name),
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Interval
        | Type::Json
        | Type::Values(_)
        | Type::Array(_)
        | Type::Native(_) => "String",
    }
}

/// The Rust type of a column that is no list.
fn plain_type<'a>(
    out: &mut Writer,
    names: &'a Names,
    table: &'a Table,
    column: &'a Column,
    data_type: &'a Type,
) -> &'a str {
    let mut ours = |name: &'static str| {
        out.uses(name);
        name
    };
    match data_type {
        Type::Boolean => "bool",
        Type::SmallInt => "i16",
        Type::Integer => "i32",
        Type::BigInt => "i64",
        Type::Real => "f32",
        Type::Double => "f64",
        Type::Numeric(_) => ours("Decimal"),
        Type::Bytes => "Vec<u8>",
        Type::Uuid => ours("Uuid"),
        Type::Date => ours("Date"),
        Type::Time => ours("Time"),
        Type::Timestamp => ours("DateTime"),
        Type::TimestampTz => ours("Timestamp"),
        Type::Json => {
            ours("Json");
            "Json<serde_json::Value>"
        }
        Type::Enum(name) => names.enumerated(name),
        Type::Values(_) => names.inline_enum(table, column),
        Type::Native(text) => match native(text) {
            Guess::Ours(name) => ours(name),
            Guess::Rust(name) => name,
            Guess::Json => {
                ours("Json");
                "Json<serde_json::Value>"
            }
        },
        Type::Text | Type::Varchar(_) | Type::Char(_) | Type::Interval | Type::Array(_) => "String",
    }
}

/// The `type = …` of a type that no Rust type stands for.
fn stated(data_type: &Type) -> Option<String> {
    let text = match data_type {
        Type::Native(text) => text.clone(),
        Type::Varchar(_) | Type::Char(_) | Type::Interval => data_type.to_string(),
        Type::Array(of) => match of.as_ref() {
            Type::Numeric(Some(_))
            | Type::Varchar(_)
            | Type::Char(_)
            | Type::Interval
            | Type::Json
            | Type::Values(_)
            | Type::Array(_)
            | Type::Native(_) => data_type.to_string(),
            Type::Boolean
            | Type::SmallInt
            | Type::Integer
            | Type::BigInt
            | Type::Real
            | Type::Double
            | Type::Numeric(None)
            | Type::Text
            | Type::Bytes
            | Type::Uuid
            | Type::Date
            | Type::Time
            | Type::Timestamp
            | Type::TimestampTz
            | Type::Enum(_) => return None,
        },
        _ => return None,
    };
    // A word that would be read as another type is said to be the database's own.
    let understood = standard_type(&text).unwrap_or_else(|| Type::Native(text.clone()));
    Some(if understood == *data_type {
        literal(&text)
    } else {
        format!("native({})", literal(&text))
    })
}

/// What the values of a type that only the database knows most probably are.
#[derive(Debug, PartialEq)]
enum Guess {
    /// A type of the façade.
    Ours(&'static str),
    /// A type of Rust.
    Rust(&'static str),
    /// A document.
    Json,
}

/// Times with a precision are times. The rest follows SQLite's own rule of affinity
/// (<https://sqlite.org/datatype3.html#determination_of_column_affinity>), but for the words that only look like integers.
fn native(text: &str) -> Guess {
    let upper = text.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    let zoned = upper.ends_with("WITH TIME ZONE");
    if upper.starts_with("TIMESTAMP(") {
        Guess::Ours(if zoned { "Timestamp" } else { "DateTime" })
    } else if upper.starts_with("TIME(") && !zoned {
        Guess::Ours("Time")
    } else if upper == "JSON" {
        Guess::Json
    } else if has(&["INT"]) && !has(&["POINT", "INTERVAL", "RANGE"]) {
        Guess::Rust("i64")
    } else if has(&["BLOB"]) && !has(&["CHAR", "CLOB", "TEXT"]) || text.is_empty() {
        Guess::Rust("Vec<u8>")
    } else if has(&["REAL", "FLOA", "DOUB"]) && !has(&["CHAR", "CLOB", "TEXT"]) {
        Guess::Rust("f64")
    } else {
        Guess::Rust("String")
    }
}

/// The options of `#[column(…)]`, without name and type. A column that `#[key]` numbers does not say so again.
pub(super) fn options(
    names: &Names,
    table: &Table,
    column: &Column,
    numbered: bool,
) -> Vec<String> {
    let mut options = Vec::new();
    match column.identity {
        Some(Identity::ByDefault) if !numbered => options.push("identity = by_default".to_owned()),
        Some(Identity::Always) => options.push("identity = always".to_owned()),
        Some(Identity::Serial) => options.push("identity = serial".to_owned()),
        Some(Identity::ByDefault) | None => {}
    }
    if let Some(default) = &column.default {
        options.push(format!("default = {}", default_value(names, table, column, default)));
    }
    if let Some(collation) = &column.collation {
        options.push(format!("collate = {}", literal(collation)));
    }
    if let Some(generated) = &column.generated {
        options.push(format!("generated = {}", literal(generated.expr.as_str())));
        options.push(if generated.stored { "stored" } else { "virtual" }.to_owned());
    }
    if let Type::Numeric(Some(digits)) = &column.data_type {
        options.push(format!("precision = {}", digits.precision));
        if digits.scale != 0 {
            options.push(format!("scale = {}", digits.scale));
        }
    }
    options
}

fn default_value(names: &Names, table: &Table, column: &Column, default: &ColumnDefault) -> String {
    let constant = match default {
        ColumnDefault::Now => return "now".to_owned(),
        ColumnDefault::Uuid4 => return "uuid4".to_owned(),
        ColumnDefault::Uuid7 => return "db::uuid7".to_owned(),
        ColumnDefault::Expr(expr) => plain_constant(expr),
        ColumnDefault::Literal(literal) => Some(literal.clone()),
    };
    constant
        .and_then(|constant| rust_constant(names, table, column, &constant))
        .unwrap_or_else(|| format!("sql({})", literal(&sql(default))))
}

/// A constant as a Rust literal, where it is a value of the column's type.
fn rust_constant(
    names: &Names,
    table: &Table,
    column: &Column,
    constant: &Literal,
) -> Option<String> {
    if let (Type::Enum(_) | Type::Values(_), Literal::Text(text)) = (&column.data_type, constant) {
        return names.variant(table, column, text);
    }
    let declared = DefaultDecl::Database(ColumnDefault::Literal(constant.clone()));
    if misfit(&declared, &column.data_type).is_some() {
        return None;
    }
    match constant {
        Literal::Null => column.nullable.then(|| "null".to_owned()),
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Int(value) => Some(value.to_string()),
        Literal::Number(text) => names::is_number(text).then(|| text.clone()),
        Literal::Text(text) => Some(literal(text)),
        Literal::Bytes(bytes) => {
            let inside: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
            Some(format!("b\"{inside}\""))
        }
    }
}

/// An SQL expression that is a whole number or a text.
fn plain_constant(expr: &Expr) -> Option<Literal> {
    let sql = expr.as_str();
    if let Ok(number) = sql.parse::<i64>() {
        return (number.to_string() == sql).then_some(Literal::Int(number));
    }
    let inside = sql.strip_prefix('\'')?.strip_suffix('\'')?;
    let lone_quote = inside.replace("''", "").contains('\'');
    (!lone_quote).then(|| Literal::Text(inside.replace("''", "'")))
}

/// A default as the SQL of every dialect.
fn sql(default: &ColumnDefault) -> String {
    let constant = match default {
        ColumnDefault::Expr(expr) => return expr.to_string(),
        ColumnDefault::Now => return "CURRENT_TIMESTAMP".to_owned(),
        ColumnDefault::Uuid4 | ColumnDefault::Uuid7 => return "gen_random_uuid()".to_owned(),
        ColumnDefault::Literal(constant) => constant,
    };
    match constant {
        Literal::Null => "NULL".to_owned(),
        Literal::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Literal::Int(value) => value.to_string(),
        Literal::Number(text) => text.clone(),
        Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::Bytes(bytes) => {
            format!("X'{}'", bytes.iter().map(|b| format!("{b:02X}")).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Guess, native};

    #[test]
    fn types_that_are_no_numbers_are_texts() {
        for text in ["int4range", "int8multirange", "point", "interval(3)", "inet"] {
            assert_eq!(native(text), Guess::Rust("String"), "{text}");
        }
        assert_eq!(native("UNSIGNED BIG INT"), Guess::Rust("i64"));
        assert_eq!(native("timestamp(3) with time zone"), Guess::Ours("Timestamp"));
        assert_eq!(native("time(3) with time zone"), Guess::Rust("String"));
    }
}
