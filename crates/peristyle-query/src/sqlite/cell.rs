use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use peristyle_driver::sqlite::statement::{Holds, Row};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{Cell, Fit, Reader, Value, ValueError};

/// A row of SQLite's answer.
pub(super) struct SqliteRow<'r>(pub(super) Row<'r>);

/// One cell of it.
#[derive(Clone, Copy)]
pub(super) struct SqliteCell<'r> {
    row: Row<'r>,
    at: usize,
}

impl<'r> Reader<'r> for SqliteRow<'r> {
    type Cell = SqliteCell<'r>;

    #[inline]
    fn cell(&self, position: usize) -> SqliteCell<'r> {
        SqliteCell { row: self.0, at: position }
    }
}

impl<'r> SqliteCell<'r> {
    #[cold]
    fn unlike(self, expected: &'static str) -> Box<ValueError> {
        Box::new(match self.row.holds(self.at) {
            Holds::Null => ValueError::Null,
            Holds::Integer => {
                ValueError::kind(expected, format!("the integer {}", self.describe()))
            }
            Holds::Real => ValueError::kind(expected, format!("the number {}", self.describe())),
            Holds::Text => ValueError::kind(expected, format!("the text {:?}", self.describe())),
            Holds::Blob => {
                let length = self.row.blob(self.at).map_or(0, <[u8]>::len);
                ValueError::kind(expected, format!("{length} bytes"))
            }
        })
    }

    /// Reads text with a parser that says no more than yes or no.
    fn parse<T>(self, expected: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Fit<T> {
        if self.row.text(self.at).is_none() {
            return Err(self.unlike(expected));
        }
        let text = self.text()?;
        parse(text).ok_or_else(|| ValueError::malformed(expected, text).into())
    }
}

impl<'r> Cell<'r> for SqliteCell<'r> {
    #[inline]
    fn is_null(self) -> bool {
        self.row.holds(self.at) == Holds::Null
    }

    #[inline]
    fn bool(self) -> Fit<bool> {
        match self.row.integer(self.at) {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            Some(_) | None => Err(self.unlike("0 or 1")),
        }
    }

    #[inline]
    fn int(self) -> Fit<i64> {
        self.row.integer(self.at).ok_or_else(|| self.unlike("an integer"))
    }

    #[inline]
    fn real(self) -> Fit<f64> {
        match self.row.real(self.at) {
            Some(value) => Ok(value),
            None => {
                let whole = self.row.integer(self.at);
                whole.map(|value| value as f64).ok_or_else(|| self.unlike("a number"))
            }
        }
    }

    #[inline]
    fn text(self) -> Fit<&'r str> {
        let Some(bytes) = self.row.text(self.at) else { return Err(self.unlike("text")) };
        std::str::from_utf8(bytes)
            .map_err(|_| ValueError::kind("text", "bytes that are not UTF-8").into())
    }

    #[inline]
    fn bytes(self) -> Fit<&'r [u8]> {
        self.row.blob(self.at).ok_or_else(|| self.unlike("bytes"))
    }

    fn uuid(self) -> Fit<Uuid> {
        self.parse("a UUID", |text| Uuid::try_parse(text).ok())
    }

    fn decimal(self) -> Fit<Decimal> {
        let words = "an exact decimal number";
        if let Some(value) = self.row.integer(self.at) {
            return Ok(Decimal::from(value));
        }
        // SQLite keeps a number of at most 15 significant digits so that its shortest form is the number itself.
        if let Some(value) = self.row.real(self.at) {
            return value.to_string().parse().map_err(|_| {
                ValueError::Range { value: value.to_string(), expected: words }.into()
            });
        }
        self.parse(words, |text| text.parse().ok())
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
        let Self { row, at } = self;
        let bytes = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match row.holds(at) {
            Holds::Null => "NULL".to_owned(),
            Holds::Integer => row.integer(at).unwrap_or_default().to_string(),
            Holds::Real => row.real(at).unwrap_or_default().to_string(),
            Holds::Text => String::from_utf8_lossy(row.text(at).unwrap_or_default()).into_owned(),
            Holds::Blob => bytes(row.blob(at).unwrap_or_default()),
        }
    }
}
