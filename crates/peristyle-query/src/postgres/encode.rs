//! Values on their way into PostgreSQL.

use std::ops::Range;

use super::kind::{Kind, Scalar};
use super::{array, numeric, time};
use crate::{Bind, ValueError};

/// The values for a statement's parameters, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Values {
    bytes: Vec<u8>,
    each: Vec<Encoded>,
}

/// Where a value stands, and in which form.
#[derive(Debug, Clone)]
struct Encoded {
    binary: bool,
    /// Nothing for NULL.
    range: Option<Range<usize>>,
}

impl Values {
    /// Forgets all values and keeps their room.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.each.clear();
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.each.len()
    }

    /// Adds a value for a parameter of this kind.
    #[inline]
    pub(super) fn push(&mut self, value: &Bind<'_>, kind: Kind) -> Result<(), ValueError> {
        let start = self.bytes.len();
        let form = match value {
            Bind::Null => {
                self.each.push(Encoded { binary: true, range: None });
                return Ok(());
            }
            Bind::Failed(error) => return Err(error.clone()),
            value => write(value, kind, &mut self.bytes),
        };
        match form {
            Ok(binary) => {
                self.each.push(Encoded { binary, range: Some(start..self.bytes.len()) });
                Ok(())
            }
            Err(error) => {
                self.bytes.truncate(start);
                Err(error)
            }
        }
    }

    /// Whether each is in binary form.
    pub(super) fn are_binary(&self) -> impl ExactSizeIterator<Item = bool> + Clone {
        self.each.iter().map(|value| value.binary)
    }

    /// Each in order; nothing for NULL.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Option<&[u8]>> {
        self.each.iter().map(|value| value.range.clone().map(|range| &self.bytes[range]))
    }
}

/// Writes a value in binary form where there is one for it, else as text; says whether it is binary.
fn write(value: &Bind<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<bool, ValueError> {
    let start = out.len();
    let binary = match (kind, value) {
        (Kind::One(scalar), value) => binary(value, scalar, out)?,
        (Kind::Array(scalar, element), Bind::List(values)) => {
            binary_array(values, scalar, element, out)?
        }
        (Kind::Array(..) | Kind::Other, _) => false,
    };
    if !binary {
        out.truncate(start);
        out.extend(text(value)?.into_bytes());
    }
    Ok(binary)
}

fn binary_array(
    values: &[Bind<'_>],
    scalar: Scalar,
    element: u32,
    out: &mut Vec<u8>,
) -> Result<bool, ValueError> {
    array::write_head(values.len(), values.iter().any(Bind::is_null), element, out);
    for value in values {
        if value.is_null() {
            out.extend((-1i32).to_be_bytes());
            continue;
        }
        let start = out.len();
        out.extend([0; 4]);
        if !binary(value, scalar, out)? {
            return Ok(false);
        }
        write_length(start, out)?;
    }
    Ok(true)
}

/// Writes a value as a field of a row that is copied in binary form, its length before it; `false` if it has no binary form.
pub(super) fn binary_field(
    value: &Bind<'_>,
    kind: Kind,
    out: &mut Vec<u8>,
) -> Result<bool, ValueError> {
    match value {
        Bind::Null => {
            out.extend((-1i32).to_be_bytes());
            return Ok(true);
        }
        Bind::Failed(error) => return Err(error.clone()),
        _ => {}
    }
    let start = out.len();
    out.extend([0; 4]);
    let is_binary = match (kind, value) {
        (Kind::One(scalar), value) => binary(value, scalar, out)?,
        (Kind::Array(scalar, element), Bind::List(values)) => {
            binary_array(values, scalar, element, out)?
        }
        (Kind::Array(..) | Kind::Other, _) => false,
    };
    if is_binary {
        write_length(start, out)?;
    }
    Ok(is_binary)
}

/// Writes a value as a field of a row that is copied as text.
pub(super) fn text_field(value: &Bind<'_>, out: &mut Vec<u8>) -> Result<(), ValueError> {
    if value.is_null() {
        out.extend_from_slice(b"\\N");
        return Ok(());
    }
    for byte in text(value)?.into_bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte => out.push(byte),
        }
    }
    Ok(())
}

/// Writes the length of what was written behind a place for it.
fn write_length(start: usize, out: &mut [u8]) -> Result<(), ValueError> {
    let length = i32::try_from(out.len() - start - 4)
        .map_err(|_| ValueError::kind("at most 2 GB", "more"))?;
    out[start..start + 4].copy_from_slice(&length.to_be_bytes());
    Ok(())
}

/// Writes a value in a type's binary form. Where the value is of another kind than the type, it says so and writes nothing
/// that counts: the server reads it from text, or refuses it.
#[inline]
fn binary(value: &Bind<'_>, scalar: Scalar, out: &mut Vec<u8>) -> Result<bool, ValueError> {
    match (scalar, value) {
        (Scalar::Bool, Bind::Bool(value)) => out.push(u8::from(*value)),
        (Scalar::Int8, Bind::Int(value)) => out.extend(value.to_be_bytes()),
        (Scalar::Int4, Bind::Int(value)) => {
            let value = i32::try_from(*value).map_err(|_| range(*value, "a 32-bit integer"))?;
            out.extend(value.to_be_bytes());
        }
        (Scalar::Int2, Bind::Int(value)) => {
            let value = i16::try_from(*value).map_err(|_| range(*value, "a 16-bit integer"))?;
            out.extend(value.to_be_bytes());
        }
        (Scalar::Oid, Bind::Int(value)) => {
            let value = u32::try_from(*value).map_err(|_| range(*value, "a 32-bit number"))?;
            out.extend(value.to_be_bytes());
        }
        (Scalar::Float8, Bind::Real(value)) => out.extend(value.to_be_bytes()),
        (Scalar::Float4, Bind::Real(value)) => out.extend((*value as f32).to_be_bytes()),
        (Scalar::Numeric, Bind::Decimal(value)) => numeric::write(*value, out),
        (Scalar::Numeric, Bind::Int(value)) => numeric::write((*value).into(), out),
        (Scalar::Text, Bind::Text(value)) => out.extend(checked(value)?.as_bytes()),
        (Scalar::Bytes, Bind::Bytes(value)) => out.extend_from_slice(value),
        (Scalar::Uuid, Bind::Uuid(value)) => out.extend(value.as_bytes()),
        (Scalar::Date, Bind::Date(value)) => out.extend(time::days(*value).to_be_bytes()),
        (Scalar::Time, Bind::Time(value)) => out.extend(time::micros_of_day(*value).to_be_bytes()),
        (Scalar::Timestamp, Bind::DateTime(value)) => {
            out.extend(time::civil_micros(*value).to_be_bytes());
        }
        (Scalar::TimestampTz, Bind::Timestamp(value)) => {
            out.extend(time::micros(*value).to_be_bytes());
        }
        (Scalar::Json | Scalar::Jsonb, value) => {
            if scalar == Scalar::Jsonb {
                // The version of the form.
                out.push(1);
            }
            match value {
                Bind::Json(document) => out.extend(document.as_bytes()),
                // What is compared with an element of a document is the element as a document.
                value => out.extend(json(value)?.to_string().into_bytes()),
            }
        }
        (
            Scalar::Bool
            | Scalar::Int2
            | Scalar::Int4
            | Scalar::Int8
            | Scalar::Oid
            | Scalar::Float4
            | Scalar::Float8
            | Scalar::Numeric
            | Scalar::Text
            | Scalar::Bytes
            | Scalar::Uuid
            | Scalar::Date
            | Scalar::Time
            | Scalar::Timestamp
            | Scalar::TimestampTz,
            _,
        ) => return Ok(false),
    }
    Ok(true)
}

fn range(value: i64, expected: &'static str) -> ValueError {
    ValueError::Range { value: value.to_string(), expected }
}

/// PostgreSQL's text holds every character but one.
#[inline]
fn checked(text: &str) -> Result<&str, ValueError> {
    if text.as_bytes().contains(&0) {
        return Err(ValueError::kind(
            "text without the character NUL, which PostgreSQL does not hold",
            format!("{text:?}"),
        ));
    }
    Ok(text)
}

/// A value as the server reads it from text, whatever its settings are.
fn text(value: &Bind<'_>) -> Result<String, ValueError> {
    Ok(match value {
        Bind::Null => String::new(),
        Bind::Bool(value) => value.to_string(),
        Bind::Int(value) => value.to_string(),
        Bind::Real(value) => real(*value),
        Bind::Text(value) | Bind::Json(value) => checked(value)?.to_owned(),
        Bind::Bytes(value) => {
            let mut text = String::with_capacity(2 + 2 * value.len());
            text.push_str("\\x");
            for byte in value.iter() {
                for digit in [byte >> 4, byte & 15] {
                    text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
                }
            }
            text
        }
        Bind::Uuid(value) => value.hyphenated().to_string(),
        Bind::Decimal(value) => value.to_string(),
        Bind::Date(value) => time::date_text(*value),
        Bind::Time(value) => time::time_text(*value),
        Bind::DateTime(value) => time::datetime_text(*value, ""),
        Bind::Timestamp(value) => time::timestamp_text(*value),
        Bind::List(values) => {
            let mut inner = String::new();
            for value in values {
                let element = match value {
                    Bind::Null => None,
                    value => Some(text(value)?),
                };
                array::write_text(element.as_deref(), &mut inner);
            }
            format!("{{{inner}}}")
        }
        Bind::Failed(error) => return Err(error.clone()),
    })
}

fn real(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else {
        // The shortest text that reads as the same number.
        format!("{value:?}")
    }
}

/// A value as a JSON document, in the form from which the server reads the value again.
fn json(value: &Bind<'_>) -> Result<serde_json::Value, ValueError> {
    use serde_json::Value as J;
    Ok(match value {
        Bind::Null => J::Null,
        Bind::Bool(value) => J::from(*value),
        Bind::Int(value) => J::from(*value),
        Bind::Real(value) if value.is_finite() => J::from(*value),
        Bind::Json(document) => serde_json::from_str(document)?,
        Bind::List(values) => J::Array(values.iter().map(json).collect::<Result<_, _>>()?),
        Bind::Text(value) => J::from(checked(value)?),
        Bind::Real(_)
        | Bind::Bytes(_)
        | Bind::Uuid(_)
        | Bind::Decimal(_)
        | Bind::Date(_)
        | Bind::Time(_)
        | Bind::DateTime(_)
        | Bind::Timestamp(_)
        | Bind::Failed(_) => J::from(text(value)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(value: &Bind<'_>, oid: u32) -> Result<(bool, Vec<u8>), ValueError> {
        let mut values = Values::default();
        values.push(value, Kind::of(oid))?;
        let binary = values.are_binary().next().expect("a value");
        let bytes = values.iter().next().expect("a value").expect("no NULL").to_vec();
        Ok((binary, bytes))
    }

    #[test]
    fn each_kind_has_the_bytes_that_the_server_sends() {
        let instant = Bind::Timestamp("2000-01-01T00:00:01Z".parse().expect("an instant"));
        let cases: [(Bind<'_>, u32, &[u8]); 16] = [
            (Bind::Bool(true), 16, &[1]),
            (Bind::Int(-2), 21, &[255, 254]),
            (Bind::Int(1), 23, &[0, 0, 0, 1]),
            (Bind::Int(1), 20, &[0, 0, 0, 0, 0, 0, 0, 1]),
            (Bind::Real(1.5), 700, &[0x3f, 0xc0, 0, 0]),
            (Bind::Real(1.5), 701, &[0x3f, 0xf8, 0, 0, 0, 0, 0, 0]),
            (Bind::Int(7), 1700, &[0, 1, 0, 0, 0, 0, 0, 0, 0, 7]),
            (Bind::Text("é".into()), 25, "é".as_bytes()),
            (Bind::Text("é".into()), 1043, "é".as_bytes()),
            (Bind::Bytes(vec![0, 255].into()), 17, &[0, 255]),
            (
                Bind::Uuid(uuid::Uuid::from_u128(1)),
                2950,
                &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            ),
            (Bind::Date(jiff::civil::date(2000, 1, 2)), 1082, &[0, 0, 0, 1]),
            (Bind::Time(jiff::civil::time(0, 0, 0, 1_000)), 1083, &[0, 0, 0, 0, 0, 0, 0, 1]),
            (instant, 1184, &[0, 0, 0, 0, 0, 15, 0x42, 0x40]),
            (Bind::Json("{}".into()), 3802, b"\x01{}"),
            (Bind::Text("a\"b".into()), 3802, b"\x01\"a\\\"b\""),
        ];
        for (value, oid, bytes) in cases {
            assert_eq!(encoded(&value, oid), Ok((true, bytes.to_vec())), "{value:?}");
        }
    }

    #[test]
    fn lists_are_arrays() {
        let list = Bind::List(vec![Bind::Int(1), Bind::Null]);
        let (binary, bytes) = encoded(&list, 1016).expect("an array");
        assert!(binary);
        let mut expected = vec![0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 1];
        expected.extend([0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255]);
        assert_eq!(bytes, expected);
        // Of a type that is not known, or of elements of another kind: text.
        let words = Bind::List(vec![Bind::Text("sci-fi".into()), Bind::Null]);
        let text = (false, br#"{"sci-fi",NULL}"#.to_vec());
        assert_eq!(encoded(&words, 90_000), Ok(text.clone()));
        assert_eq!(encoded(&words, 2951), Ok(text));
        let keys = Bind::List(vec![Bind::List(vec![Bind::Text("a".into()), Bind::Int(1)])]);
        assert_eq!(encoded(&keys, 3802), Ok((true, b"\x01[[\"a\",1]]".to_vec())));
    }

    #[test]
    fn what_is_of_another_kind_goes_as_text() {
        let instant = Bind::Timestamp("2024-05-01T09:30:00.5Z".parse().expect("an instant"));
        for (value, oid, text) in [
            (Bind::Text("10.0.0.1".into()), 869, "10.0.0.1"),
            (Bind::Uuid(uuid::Uuid::nil()), 25, "00000000-0000-0000-0000-000000000000"),
            (Bind::Int(7), 25, "7"),
            (Bind::Bytes(vec![0, 171].into()), 25, "\\x00ab"),
            (Bind::Real(f64::INFINITY), 1700, "Infinity"),
            (Bind::Real(0.1), 1700, "0.1"),
            (instant, 1082, "2024-05-01 09:30:00.500000+00"),
        ] {
            assert_eq!(encoded(&value, oid), Ok((false, text.as_bytes().to_vec())), "{value:?}");
        }
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        assert!(matches!(encoded(&Bind::Int(70_000), 21), Err(ValueError::Range { .. })));
        assert!(matches!(encoded(&Bind::Int(1 << 40), 23), Err(ValueError::Range { .. })));
        assert!(matches!(encoded(&Bind::Int(-1), 26), Err(ValueError::Range { .. })));
        assert!(matches!(encoded(&Bind::Text("a\0b".into()), 25), Err(ValueError::Kind { .. })));
        assert_eq!(encoded(&Bind::Failed(ValueError::Null), 25), Err(ValueError::Null));
        let mut values = Values::default();
        assert!(values.push(&Bind::Text("a\0".into()), Kind::of(25)).is_err());
        values.push(&Bind::Bool(false), Kind::of(16)).expect("a value");
        assert_eq!(values.iter().collect::<Vec<_>>(), [Some(&[0u8][..])]);
    }
}
