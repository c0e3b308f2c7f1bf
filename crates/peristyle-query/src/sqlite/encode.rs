//! Values on their way into SQLite.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use peristyle_driver::sqlite::statement::Given;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::{Bind, ValueError};

/// How many significant digits of a number SQLite keeps exactly.
const DIGITS: u32 = 15;

/// A value as SQLite holds it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Encoded<'a> {
    /// As it is.
    Plain(Given<'a>),
    /// As text that was written for it.
    Written(String),
}

impl Encoded<'_> {
    /// It, on its way into a statement.
    #[inline]
    pub(super) fn given(&self) -> Given<'_> {
        match self {
            Self::Plain(given) => *given,
            Self::Written(text) => Given::Text(text),
        }
    }
}

/// A value as SQLite holds it.
#[inline]
pub(super) fn encode<'a>(value: &'a Bind<'_>) -> Result<Encoded<'a>, ValueError> {
    Ok(Encoded::Plain(match value {
        Bind::Null => Given::Null,
        Bind::Bool(value) => Given::Integer(i64::from(*value)),
        Bind::Int(value) => Given::Integer(*value),
        Bind::Real(value) => Given::Real(*value),
        Bind::Text(text) | Bind::Json(text) => Given::Text(text),
        Bind::Bytes(bytes) => Given::Blob(bytes),
        Bind::Decimal(value) => decimal(*value)?,
        Bind::Uuid(value) => return Ok(Encoded::Written(value.hyphenated().to_string())),
        Bind::Date(value) => return date(*value).map(Encoded::Written),
        Bind::Time(value) => return Ok(Encoded::Written(time(*value))),
        Bind::DateTime(value) => return datetime(*value).map(Encoded::Written),
        Bind::Timestamp(value) => {
            let mut written = datetime(Offset::UTC.to_datetime(*value))?;
            written.push('Z');
            return Ok(Encoded::Written(written));
        }
        Bind::List(values) => return list(values).map(Encoded::Written),
        Bind::Failed(error) => return Err(error.clone()),
    }))
}

/// An integer where it is one, else the nearest floating-point number, whose shortest form is the number itself.
fn decimal(value: Decimal) -> Result<Given<'static>, ValueError> {
    let plain = value.normalize();
    let digits = plain.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    // Zeros at the end of a whole number are digits to SQLite only beyond 64 bits.
    if plain.scale() == 0
        && let Some(whole) = plain.to_i64()
    {
        return Ok(Given::Integer(whole));
    }
    match plain.to_string().parse::<f64>() {
        Ok(number) if digits <= DIGITS => Ok(Given::Real(number)),
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
    let mut array = String::with_capacity(2 + 8 * values.len());
    write_list(&mut array, values)?;
    Ok(array)
}

fn write_list(out: &mut String, values: &[Bind<'_>]) -> Result<(), ValueError> {
    out.push('[');
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_element(out, value)?;
    }
    out.push(']');
    Ok(())
}

fn write_element(out: &mut String, value: &Bind<'_>) -> Result<(), ValueError> {
    if let Bind::List(parts) = value {
        return write_list(out, parts);
    }
    match encode(value)?.given() {
        Given::Null => out.push_str("null"),
        // Writing to a string cannot fail.
        Given::Integer(value) => drop(write!(out, "{value}")),
        Given::Real(value) => out.push_str(&serde_json::Value::from(value).to_string()),
        Given::Text(text) => out.push_str(&serde_json::to_string(text)?),
        Given::Blob(bytes) => {
            return Err(ValueError::kind(
                "values that JSON can hold in a list",
                format!("{} bytes; join comparisons with `|` instead", bytes.len()),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(value: &str) -> Result<Given<'static>, ValueError> {
        decimal(value.parse().expect("a decimal number"))
    }

    #[test]
    fn a_decimal_of_fifteen_digits_is_kept_and_a_longer_one_refused() {
        assert_eq!(stored("12.50"), Ok(Given::Real(12.5)));
        assert_eq!(stored("100"), Ok(Given::Integer(100)));
        assert_eq!(stored("0.123456789012345"), Ok(Given::Real(0.123_456_789_012_345)));
        assert_eq!(stored("9007199254740993"), Ok(Given::Integer(9_007_199_254_740_993)));
        assert!(matches!(stored("0.1234567890123456"), Err(ValueError::Digits { most: 15, .. })));
        assert!(matches!(stored("12345678901234.56"), Err(ValueError::Digits { .. })));
        assert!(matches!(stored("79228162514264337593543950335"), Err(ValueError::Digits { .. })));
    }

    #[test]
    fn instants_have_a_fixed_width() {
        let written = |text: &str| {
            encode(&Bind::Timestamp(text.parse().expect("an instant"))).map(|output| match output {
                Encoded::Written(text) => text,
                Encoded::Plain(other) => format!("{other:?}"),
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
