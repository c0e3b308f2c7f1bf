use std::cell;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use peristyle_driver::postgres::wire::Row;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::kind::{Kind, Scalar};
use super::{array, numeric, time};
use crate::{Cell, Fit, Reader, Value, ValueError};

/// A row of PostgreSQL's answer. Rows are read from the first column to the last, so it remembers how far it came.
pub(super) struct PostgresRow<'r> {
    whole: Row<'r>,
    kinds: &'r [Kind],
    /// The next column, and what is left of the row from there on.
    next: cell::Cell<(usize, Row<'r>)>,
}

/// One cell of it.
#[derive(Clone, Copy)]
pub(super) struct PostgresCell<'r> {
    kind: Kind,
    value: Option<&'r [u8]>,
}

impl<'r> PostgresRow<'r> {
    pub(super) fn new(row: Row<'r>, kinds: &'r [Kind]) -> Self {
        Self { whole: row, kinds, next: cell::Cell::new((0, row)) }
    }
}

impl<'r> Reader<'r> for PostgresRow<'r> {
    type Cell = PostgresCell<'r>;

    #[inline]
    fn cell(&self, position: usize) -> PostgresCell<'r> {
        let (mut next, mut rest) = self.next.get();
        if position < next {
            (next, rest) = (0, self.whole);
        }
        // A position outside of the answer reads as null: the statement asked for every column that is decoded.
        let value = rest.nth(position - next).flatten();
        self.next.set((position + 1, rest));
        PostgresCell { kind: self.kinds.get(position).copied().unwrap_or(Kind::Other), value }
    }
}

/// A value that is there, by its form.
enum Form<'r> {
    Binary(Scalar, &'r [u8]),
    Array(Scalar, &'r [u8]),
    Text(&'r str),
}

impl<'r> PostgresCell<'r> {
    /// A cell of the elements of an array.
    fn element(kind: Kind, value: Option<&'r [u8]>) -> Self {
        Self { kind, value }
    }

    #[inline]
    fn form(self) -> Fit<Form<'r>> {
        let bytes = self.value.ok_or_else(|| Box::new(ValueError::Null))?;
        match self.kind {
            Kind::One(Scalar::Text) | Kind::Other => Ok(Form::Text(utf8(bytes)?)),
            Kind::One(scalar) => Ok(Form::Binary(scalar, bytes)),
            Kind::Array(scalar, _) => Ok(Form::Array(scalar, bytes)),
        }
    }

    #[cold]
    fn unlike(self, expected: &'static str) -> Box<ValueError> {
        Box::new(match self.value {
            None => ValueError::Null,
            Some(_) => ValueError::kind(expected, self.words()),
        })
    }

    /// What is there, in words.
    fn words(self) -> String {
        let what = match self.kind {
            Kind::Other => "the text",
            Kind::Array(..) => "an array of",
            Kind::One(scalar) => match scalar {
                Scalar::Bool => "the truth value",
                Scalar::Int2 | Scalar::Int4 | Scalar::Int8 | Scalar::Oid => "the integer",
                Scalar::Float4 | Scalar::Float8 | Scalar::Numeric => "the number",
                Scalar::Text => return format!("the text {:?}", self.describe()),
                Scalar::Bytes => {
                    return format!("{} bytes", self.value.map_or(0, <[u8]>::len));
                }
                Scalar::Uuid => "the UUID",
                Scalar::Date => "the date",
                Scalar::Time => "the time",
                Scalar::Timestamp | Scalar::TimestampTz => "the date and time",
                Scalar::Json | Scalar::Jsonb => "the document",
            },
        };
        format!("{what} {}", self.describe())
    }

    /// A value in its binary form, or as text, by these two ways of reading.
    #[inline]
    fn read<T>(
        self,
        expected: &'static str,
        binary: impl FnOnce(Scalar, &'r [u8]) -> Option<T>,
        text: impl FnOnce(&'r str) -> Option<T>,
    ) -> Fit<T> {
        match self.form()? {
            Form::Binary(scalar, bytes) => binary(scalar, bytes),
            Form::Text(found) => {
                return text(found).ok_or_else(|| Box::new(ValueError::malformed(expected, found)));
            }
            Form::Array(..) => None,
        }
        .ok_or_else(|| self.unlike(expected))
    }

    /// A number in its binary form; the error says which one does not fit.
    fn outside(self, expected: &'static str) -> Box<ValueError> {
        Box::new(ValueError::Range { value: self.describe(), expected })
    }
}

fn utf8(bytes: &[u8]) -> Fit<&str> {
    std::str::from_utf8(bytes)
        .map_err(|_| ValueError::kind("text", "bytes that are not UTF-8").into())
}

#[inline]
fn int2(bytes: &[u8]) -> Option<i16> {
    bytes.try_into().ok().map(i16::from_be_bytes)
}

#[inline]
fn int4(bytes: &[u8]) -> Option<i32> {
    bytes.try_into().ok().map(i32::from_be_bytes)
}

#[inline]
fn int8(bytes: &[u8]) -> Option<i64> {
    bytes.try_into().ok().map(i64::from_be_bytes)
}

impl<'r> Cell<'r> for PostgresCell<'r> {
    #[inline]
    fn is_null(self) -> bool {
        self.value.is_none()
    }

    #[inline]
    fn bool(self) -> Fit<bool> {
        self.read(
            "true or false",
            |scalar, bytes| match (scalar, bytes) {
                (Scalar::Bool, [value]) => Some(*value != 0),
                _ => None,
            },
            |text| match text {
                "t" | "true" => Some(true),
                "f" | "false" => Some(false),
                _ => None,
            },
        )
    }

    #[inline]
    fn int(self) -> Fit<i64> {
        self.read(
            "an integer",
            |scalar, bytes| match scalar {
                Scalar::Int8 => int8(bytes),
                Scalar::Int4 => int4(bytes).map(i64::from),
                Scalar::Int2 => int2(bytes).map(i64::from),
                Scalar::Oid => int4(bytes).map(|oid| i64::from(oid.cast_unsigned())),
                Scalar::Numeric => {
                    use rust_decimal::prelude::ToPrimitive;
                    numeric::read(bytes)
                        .filter(Decimal::is_integer)
                        .and_then(|whole| whole.to_i64())
                }
                _ => None,
            },
            |text| text.parse().ok(),
        )
    }

    #[inline]
    fn real(self) -> Fit<f64> {
        self.read(
            "a number",
            |scalar, bytes| match scalar {
                Scalar::Float8 => int8(bytes).map(|bits| f64::from_bits(bits.cast_unsigned())),
                Scalar::Float4 => {
                    int4(bytes).map(|bits| f64::from(f32::from_bits(bits.cast_unsigned())))
                }
                Scalar::Int8 => int8(bytes).map(|value| value as f64),
                Scalar::Int4 => int4(bytes).map(f64::from),
                Scalar::Int2 => int2(bytes).map(f64::from),
                Scalar::Numeric => {
                    numeric::read(bytes).and_then(|value| value.to_string().parse().ok())
                }
                _ => None,
            },
            |text| text.parse().ok(),
        )
    }

    #[inline]
    fn text(self) -> Fit<&'r str> {
        match self.form()? {
            Form::Text(text) => Ok(text),
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("text")),
        }
    }

    #[inline]
    fn bytes(self) -> Fit<&'r [u8]> {
        match (self.kind, self.value) {
            (Kind::One(Scalar::Bytes), Some(bytes)) => Ok(bytes),
            _ => Err(self.unlike("bytes")),
        }
    }

    fn uuid(self) -> Fit<Uuid> {
        self.read(
            "a UUID",
            |scalar, bytes| match scalar {
                Scalar::Uuid => Uuid::from_slice(bytes).ok(),
                _ => None,
            },
            |text| Uuid::try_parse(text).ok(),
        )
    }

    fn decimal(self) -> Fit<Decimal> {
        let words = "an exact decimal number of at most 28 digits";
        match self.form()? {
            Form::Binary(Scalar::Numeric, bytes) => {
                numeric::read(bytes).ok_or_else(|| self.outside(words))
            }
            Form::Binary(Scalar::Int2 | Scalar::Int4 | Scalar::Int8, _) => {
                self.int().map(Decimal::from)
            }
            Form::Text(text) => {
                text.parse().map_err(|_| Box::new(ValueError::malformed(words, text)))
            }
            Form::Binary(..) | Form::Array(..) => Err(self.unlike(words)),
        }
    }

    fn date(self) -> Fit<Date> {
        let words = "a date from the years -9999 to 9999";
        match self.form()? {
            Form::Binary(Scalar::Date, bytes) => {
                int4(bytes).and_then(time::date).ok_or_else(|| self.outside(words))
            }
            Form::Text(text) => {
                text.parse().map_err(|_| Box::new(ValueError::malformed("a date", text)))
            }
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("a date")),
        }
    }

    fn time(self) -> Fit<Time> {
        let words = "a time of day before 24:00";
        match self.form()? {
            Form::Binary(Scalar::Time, bytes) => {
                int8(bytes).and_then(time::time).ok_or_else(|| self.outside(words))
            }
            Form::Text(text) => {
                text.parse().map_err(|_| Box::new(ValueError::malformed("a time", text)))
            }
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("a time of day")),
        }
    }

    fn datetime(self) -> Fit<DateTime> {
        let words = "a date and time from the years -9999 to 9999";
        match self.form()? {
            Form::Binary(Scalar::Timestamp, bytes) => {
                int8(bytes).and_then(time::datetime).ok_or_else(|| self.outside(words))
            }
            Form::Text(text) => {
                text.parse().map_err(|_| Box::new(ValueError::malformed("a date and time", text)))
            }
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("a date and time without zone")),
        }
    }

    fn timestamp(self) -> Fit<Timestamp> {
        let words = "an instant from the years -9999 to 9999";
        match self.form()? {
            Form::Binary(Scalar::TimestampTz, bytes) => {
                int8(bytes).and_then(time::timestamp).ok_or_else(|| self.outside(words))
            }
            Form::Text(text) => {
                text.parse().map_err(|_| Box::new(ValueError::malformed("an instant", text)))
            }
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("an instant")),
        }
    }

    #[inline]
    fn json(self) -> Fit<&'r str> {
        match self.form()? {
            Form::Binary(Scalar::Jsonb, [1, document @ ..])
            | Form::Binary(Scalar::Json, document) => utf8(document),
            Form::Text(text) => Ok(text),
            Form::Binary(..) | Form::Array(..) => Err(self.unlike("a JSON document")),
        }
    }

    fn list<V: Value>(self) -> Fit<Vec<V>> {
        let words = "an array of one dimension";
        match self.form()? {
            Form::Array(scalar, bytes) => {
                let elements = array::read(bytes).ok_or_else(|| self.unlike(words))?;
                let kind = Kind::One(scalar);
                elements.into_iter().map(|value| V::read(Self::element(kind, value))).collect()
            }
            Form::Text(text) => {
                let elements = array::read_text(text).ok_or_else(|| self.unlike(words))?;
                let read = |element: &Option<String>| {
                    let value = element.as_deref().map(str::as_bytes);
                    V::read(PostgresCell::element(Kind::Other, value))
                };
                elements.iter().map(read).collect()
            }
            Form::Binary(..) => Err(self.unlike(words)),
        }
    }

    fn describe(self) -> String {
        let bytes = match self.value {
            None => return "NULL".to_owned(),
            Some(bytes) => bytes,
        };
        let hex = || bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let described = match self.kind {
            Kind::Other | Kind::One(Scalar::Text | Scalar::Json) => {
                Some(String::from_utf8_lossy(bytes).into_owned())
            }
            Kind::One(Scalar::Jsonb) => bytes.get(1..).map(|b| String::from_utf8_lossy(b).into()),
            Kind::One(Scalar::Bool) => self.bool().ok().map(|value| value.to_string()),
            Kind::One(Scalar::Int2 | Scalar::Int4 | Scalar::Int8 | Scalar::Oid) => {
                self.int().ok().map(|value| value.to_string())
            }
            Kind::One(Scalar::Float4 | Scalar::Float8) => {
                self.real().ok().map(|value| value.to_string())
            }
            Kind::One(Scalar::Numeric) => numeric::read(bytes).map(|value| value.to_string()),
            Kind::One(Scalar::Uuid) => Uuid::from_slice(bytes).ok().map(|value| value.to_string()),
            Kind::One(Scalar::Date) => int4(bytes).and_then(time::date).map(time::date_text),
            Kind::One(Scalar::Time) => int8(bytes).and_then(time::time).map(time::time_text),
            Kind::One(Scalar::Timestamp) => {
                int8(bytes).and_then(time::datetime).map(|at| time::datetime_text(at, ""))
            }
            Kind::One(Scalar::TimestampTz) => {
                int8(bytes).and_then(time::timestamp).map(time::timestamp_text)
            }
            Kind::One(Scalar::Bytes) | Kind::Array(..) => None,
        };
        described.unwrap_or_else(hex)
    }
}
