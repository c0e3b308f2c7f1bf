//! Values on their way into SQLite.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::{Bind, ValueError};

/// How many significant digits of a number SQLite keeps exactly.
const DIGITS: u32 = 15;

/// A value as SQLite holds it.
pub(super) fn encode<'a>(value: &'a Bind<'_>) -> Result<ToSqlOutput<'a>, ValueError> {
    Ok(match value {
        Bind::Null => ToSqlOutput::Borrowed(ValueRef::Null),
        Bind::Bool(value) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*value))),
        Bind::Int(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
        Bind::Real(value) => ToSqlOutput::Borrowed(ValueRef::Real(*value)),
        Bind::Text(text) | Bind::Json(text) => {
            ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
        }
        Bind::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        Bind::Uuid(value) => text(value.hyphenated().to_string()),
        Bind::Decimal(value) => ToSqlOutput::Owned(decimal(*value)?),
        Bind::Date(value) => text(date(*value)?),
        Bind::Time(value) => text(time(*value)),
        Bind::DateTime(value) => text(datetime(*value)?),
        Bind::Timestamp(value) => {
            let mut written = datetime(Offset::UTC.to_datetime(*value))?;
            written.push('Z');
            text(written)
        }
        Bind::List(values) => text(list(values)?),
        Bind::Failed(error) => return Err(error.clone()),
    })
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Text(text))
}

/// An integer where it is one, else the nearest floating-point number, whose shortest form is the number itself.
fn decimal(value: Decimal) -> Result<Owned, ValueError> {
    let plain = value.normalize();
    let digits = plain.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    // Zeros at the end of a whole number are digits to SQLite only beyond 64 bits.
    if plain.scale() == 0
        && let Some(whole) = plain.to_i64()
    {
        return Ok(Owned::Integer(whole));
    }
    match plain.to_string().parse::<f64>() {
        Ok(number) if digits <= DIGITS => Ok(Owned::Real(number)),
        Ok(_) | Err(_) => Err(ValueError::Digits { value: value.to_string(), most: DIGITS }),
    }
}

/// Text order is time order only for years of four digits.
fn date(value: Date) -> Result<String, ValueError> {
    if !(0..=9999).contains(&value.year()) {
        return Err(ValueError::Range {
            value: value.to_string(),
            expected: "the years 0 to 9999",
        });
    }
    Ok(format!("{:04}-{:02}-{:02}", value.year(), value.month(), value.day()))
}

fn time(value: Time) -> String {
    let mut written = String::with_capacity(15);
    write_time(&mut written, value);
    written
}

fn datetime(value: DateTime) -> Result<String, ValueError> {
    let mut written = date(value.date())?;
    written.reserve_exact(17);
    written.push('T');
    write_time(&mut written, value.time());
    Ok(written)
}

fn write_time(out: &mut String, value: Time) {
    let micros = value.subsec_nanosecond() / 1_000;
    // Writing to a string cannot fail.
    let _ =
        write!(out, "{:02}:{:02}:{:02}.{micros:06}", value.hour(), value.minute(), value.second());
}

/// A list as a JSON array, so that a list of any length is one parameter.
fn list(values: &[Bind<'_>]) -> Result<String, ValueError> {
    let mut array = Vec::with_capacity(values.len());
    for value in values {
        array.push(element(value)?);
    }
    serde_json::to_string(&array).map_err(ValueError::from)
}

fn element(value: &Bind<'_>) -> Result<serde_json::Value, ValueError> {
    use serde_json::Value as J;
    if let Bind::List(parts) = value {
        return parts.iter().map(element).collect::<Result<_, _>>().map(J::Array);
    }
    let encoded = encode(value)?;
    let plain = match &encoded {
        ToSqlOutput::Owned(owned) => ValueRef::from(owned),
        ToSqlOutput::Borrowed(borrowed) => *borrowed,
        _ => ValueRef::Null,
    };
    match plain {
        ValueRef::Null => Ok(J::Null),
        ValueRef::Integer(value) => Ok(J::from(value)),
        ValueRef::Real(value) => Ok(J::from(value)),
        ValueRef::Text(text) => Ok(J::from(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Blob(bytes) => Err(ValueError::kind(
            "values that JSON can hold in a list",
            format!("{} bytes; join comparisons with `|` instead", bytes.len()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(value: &str) -> Result<Owned, ValueError> {
        decimal(value.parse().expect("a decimal number"))
    }

    #[test]
    fn a_decimal_of_fifteen_digits_is_kept_and_a_longer_one_refused() {
        assert_eq!(stored("12.50"), Ok(Owned::Real(12.5)));
        assert_eq!(stored("100"), Ok(Owned::Integer(100)));
        assert_eq!(stored("0.123456789012345"), Ok(Owned::Real(0.123_456_789_012_345)));
        assert_eq!(stored("9007199254740993"), Ok(Owned::Integer(9_007_199_254_740_993)));
        assert!(matches!(stored("0.1234567890123456"), Err(ValueError::Digits { most: 15, .. })));
        assert!(matches!(stored("12345678901234.56"), Err(ValueError::Digits { .. })));
        assert!(matches!(stored("79228162514264337593543950335"), Err(ValueError::Digits { .. })));
    }

    #[test]
    fn instants_have_a_fixed_width() {
        let written = |text: &str| {
            encode(&Bind::Timestamp(text.parse().expect("an instant"))).map(|output| match output {
                ToSqlOutput::Owned(Owned::Text(text)) => text,
                other => format!("{other:?}"),
            })
        };
        assert_eq!(written("2024-05-01T09:30:00Z").as_deref(), Ok("2024-05-01T09:30:00.000000Z"));
        assert_eq!(
            written("2024-05-01T11:30:00.1234567+02:00").as_deref(),
            Ok("2024-05-01T09:30:00.123456Z")
        );
        assert!(matches!(written("-000001-01-01T00:00:00Z"), Err(ValueError::Range { .. })));
    }
}
