use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{Cell, Fit, Reader, Value, ValueError};

/// A row of SQLite's answer.
pub(super) struct SqliteRow<'r>(pub(super) &'r rusqlite::Row<'r>);

/// One cell of it.
#[derive(Clone, Copy)]
pub(super) struct SqliteCell<'r>(ValueRef<'r>);

impl<'r> Reader<'r> for SqliteRow<'r> {
    type Cell = SqliteCell<'r>;

    #[inline]
    fn cell(&self, position: usize) -> SqliteCell<'r> {
        // A position outside of the answer reads as null: the statement asked for every column that is decoded.
        SqliteCell(self.0.get_ref(position).unwrap_or(ValueRef::Null))
    }
}

impl<'r> SqliteCell<'r> {
    #[cold]
    fn unlike(self, expected: &'static str) -> Box<ValueError> {
        Box::new(match self.0 {
            ValueRef::Null => ValueError::Null,
            ValueRef::Integer(value) => ValueError::kind(expected, format!("the integer {value}")),
            ValueRef::Real(value) => ValueError::kind(expected, format!("the number {value}")),
            ValueRef::Text(text) => {
                ValueError::kind(expected, format!("the text {:?}", String::from_utf8_lossy(text)))
            }
            ValueRef::Blob(bytes) => ValueError::kind(expected, format!("{} bytes", bytes.len())),
        })
    }

    /// Reads text with a parser that says no more than yes or no.
    fn parse<T>(self, expected: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Fit<T> {
        match self.0 {
            ValueRef::Text(_) => {
                let text = self.text()?;
                parse(text).ok_or_else(|| ValueError::malformed(expected, text).into())
            }
            _ => Err(self.unlike(expected)),
        }
    }
}

impl<'r> Cell<'r> for SqliteCell<'r> {
    #[inline]
    fn is_null(self) -> bool {
        matches!(self.0, ValueRef::Null)
    }

    #[inline]
    fn bool(self) -> Fit<bool> {
        match self.0 {
            ValueRef::Integer(0) => Ok(false),
            ValueRef::Integer(1) => Ok(true),
            _ => Err(self.unlike("0 or 1")),
        }
    }

    #[inline]
    fn int(self) -> Fit<i64> {
        match self.0 {
            ValueRef::Integer(value) => Ok(value),
            _ => Err(self.unlike("an integer")),
        }
    }

    #[inline]
    fn real(self) -> Fit<f64> {
        match self.0 {
            ValueRef::Real(value) => Ok(value),
            ValueRef::Integer(value) => Ok(value as f64),
            _ => Err(self.unlike("a number")),
        }
    }

    #[inline]
    fn text(self) -> Fit<&'r str> {
        match self.0 {
            ValueRef::Text(bytes) => std::str::from_utf8(bytes)
                .map_err(|_| ValueError::kind("text", "bytes that are not UTF-8").into()),
            _ => Err(self.unlike("text")),
        }
    }

    #[inline]
    fn bytes(self) -> Fit<&'r [u8]> {
        match self.0 {
            ValueRef::Blob(bytes) => Ok(bytes),
            _ => Err(self.unlike("bytes")),
        }
    }

    fn uuid(self) -> Fit<Uuid> {
        self.parse("a UUID", |text| Uuid::try_parse(text).ok())
    }

    fn decimal(self) -> Fit<Decimal> {
        let words = "an exact decimal number";
        match self.0 {
            ValueRef::Integer(value) => Ok(Decimal::from(value)),
            // SQLite keeps a number of at most 15 significant digits so that its shortest form is the number itself.
            ValueRef::Real(value) => value.to_string().parse().map_err(|_| {
                ValueError::Range { value: value.to_string(), expected: words }.into()
            }),
            _ => self.parse(words, |text| text.parse().ok()),
        }
    }

    fn date(self) -> Fit<Date> {
        self.parse("a date like 2024-05-01", |text| text.parse().ok())
    }

    fn time(self) -> Fit<Time> {
        self.parse("a time like 09:30:00", |text| text.parse().ok())
    }

    fn datetime(self) -> Fit<DateTime> {
        self.parse("a date and time like 2024-05-01T09:30:00", |text| text.parse().ok())
    }

    fn timestamp(self) -> Fit<Timestamp> {
        self.parse("an instant like 2024-05-01T09:30:00.000000Z", |text| {
            text.parse().ok().or_else(|| {
                // What SQLite's own functions write has no zone and means UTC.
                let civil: DateTime = text.parse().ok()?;
                TimeZone::UTC.to_timestamp(civil).ok()
            })
        })
    }

    #[inline]
    fn json(self) -> Fit<&'r str> {
        self.text()
    }

    fn list<V: Value>(self) -> Fit<Vec<V>> {
        Err(self.unlike("an array, which SQLite does not have; `Json<Vec<…>>` holds a list"))
    }

    fn describe(self) -> String {
        match self.0 {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(value) => value.to_string(),
            ValueRef::Real(value) => value.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}
