//! Constant values in PostgreSQL's words. `standard_conforming_strings` is on since 9.1, so a backslash is a backslash.

use peristyle_schema::Literal;

pub(super) use crate::literal::text;

/// A constant. A number is written as it is; see that it is one first.
pub(super) fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".to_owned(),
        Literal::Bool(true) => "true".to_owned(),
        Literal::Bool(false) => "false".to_owned(),
        Literal::Int(number) => number.to_string(),
        Literal::Number(number) => number.clone(),
        Literal::Text(value) => text(value),
        Literal::Bytes(value) => bytes(value),
    }
}

/// Bytes: `'\x00ff'::bytea`.
pub(super) fn bytes(value: &[u8]) -> String {
    let digits: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("'\\x{digits}'::bytea")
}
