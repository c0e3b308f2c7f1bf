//! Constant values in SQLite's words.

use peristyle_schema::Literal;

pub(super) use crate::literal::text;

/// A constant. A number is written as it is; see that it is one first.
pub(super) fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".to_owned(),
        Literal::Bool(true) => "1".to_owned(),
        Literal::Bool(false) => "0".to_owned(),
        Literal::Int(number) => number.to_string(),
        Literal::Number(number) => number.clone(),
        Literal::Text(value) => text(value),
        Literal::Bytes(value) => bytes(value),
    }
}

/// Bytes: `X'00FF'`.
pub(super) fn bytes(value: &[u8]) -> String {
    let digits: String = value.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("X'{digits}'")
}
