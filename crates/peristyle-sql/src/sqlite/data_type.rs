//! How a normalized type is written, and how a written type is read.
//!
//! SQLite takes any words for a type. Only the words that are written here are read as a type of the model; all others
//! stay as they are, so that nothing of somebody's database is rewritten unasked.

use peristyle_schema::{Check, Column, EnumValue, Expr, Hint, Name, Precision, Table, Type};

use super::{expression, literal, own_name, quote, tokens};
use crate::lexer::Kind;

/// The words of a normalized type; none for a column without a type.
pub(super) fn words(data_type: &Type) -> String {
    match data_type {
        Type::Boolean => "BOOLEAN".to_owned(),
        Type::SmallInt | Type::Integer | Type::BigInt => "INTEGER".to_owned(),
        Type::Real | Type::Double => "REAL".to_owned(),
        Type::Numeric(None) => "NUMERIC".to_owned(),
        Type::Numeric(Some(p)) => format!("NUMERIC({},{})", p.precision, p.scale),
        Type::Varchar(None) => "VARCHAR".to_owned(),
        Type::Varchar(Some(length)) => format!("VARCHAR({length})"),
        Type::Char(None) => "CHAR".to_owned(),
        Type::Char(Some(length)) => format!("CHAR({length})"),
        Type::Bytes => "BLOB".to_owned(),
        Type::Date => "DATE".to_owned(),
        Type::Time => "TIME".to_owned(),
        Type::Timestamp => "TIMESTAMP".to_owned(),
        Type::TimestampTz => "TIMESTAMPTZ".to_owned(),
        Type::Native(words) => words.clone(),
        // A normalized schema has none of the last three.
        Type::Text | Type::Uuid | Type::Json | Type::Values(_) => "TEXT".to_owned(),
        Type::Enum(_) | Type::Interval | Type::Array(_) => "TEXT".to_owned(),
    }
}

/// The type that these words stand for. It is written with the same words again, their case aside.
pub(super) fn read(text: &str) -> Type {
    let data_type = known(&text.to_ascii_uppercase());
    match data_type {
        Some(data_type) if words(&data_type).eq_ignore_ascii_case(text) => data_type,
        _ => Type::Native(text.to_owned()),
    }
}

fn known(upper: &str) -> Option<Type> {
    let (word, arguments) = match upper.split_once('(') {
        Some((word, rest)) => (word, rest.strip_suffix(')')?),
        None => (upper, ""),
    };
    let length =
        || if arguments.is_empty() { Some(None) } else { arguments.parse().ok().map(Some) };
    Some(match word {
        "BOOLEAN" => Type::Boolean,
        "INTEGER" => Type::BigInt,
        "REAL" => Type::Double,
        "NUMERIC" if arguments.is_empty() => Type::Numeric(None),
        "NUMERIC" => {
            let (precision, scale) = arguments.split_once(',')?;
            let (precision, scale) = (precision.parse().ok()?, scale.parse().ok()?);
            Type::Numeric(Some(Precision { precision, scale }))
        }
        "VARCHAR" => Type::Varchar(length()?),
        "CHAR" => Type::Char(length()?),
        "BLOB" => Type::Bytes,
        "DATE" => Type::Date,
        "TIME" => Type::Time,
        "TIMESTAMP" => Type::Timestamp,
        "TIMESTAMPTZ" => Type::TimestampTz,
        "TEXT" => Type::Text,
        _ => return None,
    })
}

/// The ending of the name of the check that holds the values of an enumerated type.
pub(super) const ENUM_SUFFIX: &str = "_enum";

/// The check that a column has for its type's sake; it is written with the column and not listed among the table's.
pub(super) fn check(column: &Column) -> Option<Check> {
    match &column.data_type {
        Type::Json => {
            let expr = format!("json_valid({})", quote::quote(&column.name));
            Some(Check::new(expr))
        }
        Type::Values(values) => {
            let list: Vec<String> = values.iter().map(|v| literal::text(&v.name)).collect();
            let expr = format!("{} IN ({})", quote::quote(&column.name), list.join(", "));
            let name = Name::new(format!("{}{ENUM_SUFFIX}", column.name));
            Some(Check { name: Some(name), ..Check::new(expr) })
        }
        _ => None,
    }
}

/// Reads a column's type off the check that holds it: a text with exactly the check that [`check`] writes is a JSON
/// document or a value of an enumerated type. The check is then no longer listed among the table's.
pub(super) fn recognise(table: &mut Table) {
    for read in [json, values] {
        let mut checks = std::mem::take(&mut table.checks);
        checks.retain(|check| {
            let Some((name, data_type)) = read(check) else { return true };
            let column = own_name::column(table, &name).and_then(|own| table.columns.get_mut(&own));
            match column {
                Some(column) if column.data_type == Type::Text => {
                    column.data_type = data_type;
                    false
                }
                _ => true,
            }
        });
        table.checks = checks;
    }
}

/// `json_valid(column)`, unnamed.
fn json(check: &Check) -> Option<(Name, Type)> {
    let inside = check.expr.as_str().strip_prefix("json_valid(")?.strip_suffix(')')?;
    let column = expression::as_column(&Expr::from(inside))?;
    check.name.is_none().then_some((column, Type::Json))
}

/// `column IN ('a', 'b')`, named as the check of an enumerated type is.
fn values(check: &Check) -> Option<(Name, Type)> {
    check.name.as_ref().filter(|name| name.ends_with(ENUM_SUFFIX))?;
    let tokens = tokens::significant(check.expr.as_str()).ok()?;
    let [column, is_in, open, list @ .., close] = tokens.as_slice() else { return None };
    if !is_in.is_word("IN") || !open.is_operator("(") || !close.is_operator(")") {
        return None;
    }
    let mut values: Vec<EnumValue> = Vec::new();
    for (at, token) in list.iter().enumerate() {
        match token.kind {
            Kind::Text if at % 2 == 0 => {
                let name = quote::unquote(token);
                if values.iter().any(|value| value.name == name) {
                    return None;
                }
                values.push(EnumValue { name, was: Hint::NONE });
            }
            Kind::Operator if at % 2 == 1 && token.text == "," => {}
            _ => return None,
        }
    }
    let is_name = matches!(column.kind, Kind::Word | Kind::Quoted);
    (is_name && list.len() % 2 == 1).then(|| (quote::unquote(column), Type::Values(values)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_words_are_read_as_our_types() {
        for (text, data_type) in [
            ("integer", Type::BigInt),
            ("NUMERIC(10,2)", Type::Numeric(Some(Precision { precision: 10, scale: 2 }))),
            ("varchar(40)", Type::Varchar(Some(40))),
            ("VARCHAR", Type::Varchar(None)),
            ("Timestamptz", Type::TimestampTz),
        ] {
            assert_eq!(read(text), data_type);
        }
        for text in [
            "",
            "INT",
            "BIGINT",
            "DOUBLE PRECISION",
            "NUMERIC(10)",
            "VARCHAR(040)",
            "VARCHAR(+4)",
            "INTEGER(4)",
            "TEXT(10)",
            "VARCHAR(255) UNSIGNED",
            "JSON",
            "DATETIME",
            "NUMERIC(10",
        ] {
            assert_eq!(read(text), Type::Native(text.to_owned()));
        }
    }
}
