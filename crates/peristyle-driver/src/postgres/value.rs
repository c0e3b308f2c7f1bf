//! Values in the server's text format.

use postgres_protocol::types;
use postgres_protocol::{IsNull, Oid};

use super::wire::WriteError;
use super::wire::bytes::BytesMut;
use crate::Value;

/// The numbers of types that are not read as text: <https://www.postgresql.org/docs/current/datatype-oid.html>.
mod oid {
    pub(super) const BOOL: u32 = 16;
    pub(super) const BYTEA: u32 = 17;
    pub(super) const INT8: u32 = 20;
    pub(super) const INT2: u32 = 21;
    pub(super) const INT4: u32 = 23;
    pub(super) const OID: u32 = 26;
    pub(super) const FLOAT4: u32 = 700;
    pub(super) const FLOAT8: u32 = 701;
}

/// The value that the server printed; what is not a number, a boolean or bytes stays the text it is.
pub(super) fn read(oid: Oid, text: Option<&[u8]>) -> Value {
    let Some(text) = text else { return Value::Null };
    let text = String::from_utf8_lossy(text);
    let value = match oid {
        oid::BOOL => Some(Value::Integer(i64::from(text == "t"))),
        oid::INT2 | oid::INT4 | oid::INT8 | oid::OID => text.parse().ok().map(Value::Integer),
        oid::FLOAT4 | oid::FLOAT8 => text.parse().ok().map(Value::Real),
        oid::BYTEA => hexadecimal(&text).map(Value::Bytes),
        _ => None,
    };
    value.unwrap_or_else(|| Value::Text(text.into_owned()))
}

/// `\x00ff`
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

/// Writes the value as the server reads it.
pub(super) fn write(value: &Value, out: &mut BytesMut) -> Result<IsNull, WriteError> {
    match value {
        Value::Null => return Ok(IsNull::Yes),
        Value::Integer(value) => types::text_to_sql(&value.to_string(), out),
        Value::Real(value) if value.is_infinite() => {
            types::text_to_sql(if *value > 0.0 { "Infinity" } else { "-Infinity" }, out);
        }
        Value::Real(value) => types::text_to_sql(&format!("{value:?}"), out),
        Value::Text(value) if value.contains('\0') => {
            return Err("PostgreSQL's text cannot hold the character NUL".into());
        }
        Value::Text(value) => types::text_to_sql(value, out),
        Value::Bytes(value) => {
            let hex: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
            types::text_to_sql(&format!("\\x{hex}"), out);
        }
    }
    Ok(IsNull::No)
}
