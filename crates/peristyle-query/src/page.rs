use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::door::{Access, Door, Work};
use crate::expr::{Direction, OrderTerm};
use crate::keyset::Start;
use crate::source::SourceRef;
use crate::{Bind, Connection, Error, Query, Result, Source, ValueError};

/// Some rows of a query, and where the next ones begin.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

/// A place in a query's order, as text that can be handed to a client and back.
///
/// It holds the values of the row that the page ended with, unencrypted. It is checked against the query that it is used
/// with, and its values are parameters and never SQL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor(Place);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    /// The columns sorted by, with their directions.
    o: Vec<String>,
    /// The values there.
    v: Vec<Scalar>,
}

/// A value as a cursor holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Scalar {
    N,
    B(bool),
    I(i64),
    R(f64),
    T(String),
    J(String),
    X(Vec<u8>),
    U(uuid::Uuid),
    D(rust_decimal::Decimal),
    Y(jiff::civil::Date),
    H(jiff::civil::Time),
    C(jiff::civil::DateTime),
    S(jiff::Timestamp),
}

impl Scalar {
    fn of(value: Bind<'_>) -> Result<Self, ValueError> {
        Ok(match value {
            Bind::Null => Self::N,
            Bind::Bool(value) => Self::B(value),
            Bind::Int(value) => Self::I(value),
            Bind::Real(value) => Self::R(value),
            Bind::Text(value) => Self::T(value.into_owned()),
            Bind::Json(value) => Self::J(value.into_owned()),
            Bind::Bytes(value) => Self::X(value.into_owned()),
            Bind::Uuid(value) => Self::U(value),
            Bind::Decimal(value) => Self::D(value),
            Bind::Date(value) => Self::Y(value),
            Bind::Time(value) => Self::H(value),
            Bind::DateTime(value) => Self::C(value),
            Bind::Timestamp(value) => Self::S(value),
            Bind::List(_) => return Err(ValueError::kind("a single value", "a list")),
            Bind::Failed(error) => return Err(error),
        })
    }

    fn into_bind(self) -> Bind<'static> {
        match self {
            Self::N => Bind::Null,
            Self::B(value) => Bind::Bool(value),
            Self::I(value) => Bind::Int(value),
            Self::R(value) => Bind::Real(value),
            Self::T(value) => Bind::Text(value.into()),
            Self::J(value) => Bind::Json(value.into()),
            Self::X(value) => Bind::Bytes(value.into()),
            Self::U(value) => Bind::Uuid(value),
            Self::D(value) => Bind::Decimal(value),
            Self::Y(value) => Bind::Date(value),
            Self::H(value) => Bind::Time(value),
            Self::C(value) => Bind::DateTime(value),
            Self::S(value) => Bind::Timestamp(value),
        }
    }
}

impl Cursor {
    fn behind<S: Source>(order: &[OrderTerm], row: &S) -> Result<Self> {
        let columns = columns::<S>(order)?;
        let values = columns.iter().map(|column| Scalar::of(row.bind(*column)));
        let values = values.collect::<Result<_, _>>().map_err(|source| Error::Value {
            table: S::SOURCE.name,
            column: None,
            source,
        })?;
        Ok(Self(Place { o: described::<S>(order)?, v: values }))
    }

    fn start<S: Source>(self, order: &[OrderTerm]) -> Result<Start> {
        let Place { o, v } = self.0;
        if o != described::<S>(order)? || v.len() != order.len() {
            return Err(Error::Cursor { reason: "it was made for another order".to_owned() });
        }
        let values = columns::<S>(order)?.into_iter().zip(v.into_iter().map(Scalar::into_bind));
        Ok(Start::from_values(values.collect()))
    }
}

/// The columns that are sorted by. A page cannot begin behind anything else.
fn columns<S: Source>(order: &[OrderTerm]) -> Result<Vec<u16>> {
    let column = |term: &OrderTerm| {
        term.column_of(SourceRef(S::SOURCE)).ok_or_else(|| Error::Cursor {
            reason: "pages are sorted by columns of their table alone".to_owned(),
        })
    };
    order.iter().map(column).collect()
}

fn described<S: Source>(order: &[OrderTerm]) -> Result<Vec<String>> {
    let columns = columns::<S>(order)?;
    let words = |(term, column): (&OrderTerm, u16)| {
        let name = S::SOURCE.column_name(column);
        match term.direction {
            Direction::Ascending => name.to_owned(),
            Direction::Descending => format!("{name} desc"),
        }
    };
    Ok(order.iter().zip(columns).map(words).collect())
}

impl fmt::Display for Cursor {
    /// Writes hexadecimal digits, which are at home in a URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(&self.0).map_err(|_| fmt::Error)?;
        json.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable = || Error::Cursor { reason: "it cannot be read".to_owned() };
        let digits = text.as_bytes();
        if !digits.len().is_multiple_of(2) {
            return Err(unreadable());
        }
        let bytes = digits.chunks_exact(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let bytes: Vec<u8> = bytes.collect::<Option<_>>().ok_or_else(unreadable)?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| unreadable())
    }
}

impl TryFrom<String> for Cursor {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl<S: Source> Query<S> {
    /// A page of so many rows in the query's order, behind `cursor` if there is one. The table's key breaks ties, so no
    /// row is missed or repeated.
    pub fn page<D: Door>(self, rows: u32, cursor: Option<Cursor>, door: D) -> D::Outcome<Page<S>> {
        door.perform(FetchPage { query: self, rows, cursor })
    }
}

struct FetchPage<S> {
    query: Query<S>,
    rows: u32,
    cursor: Option<Cursor>,
}

impl<S: Source> Work for FetchPage<S> {
    type Output = Page<S>;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Page<S>> {
        let Self { query, rows: wanted, cursor } = self;
        let order = query.order_with_key();
        columns::<S>(&order)?;
        let mut query = query.ordered_by(order.clone()).limit(u64::from(wanted) + 1);
        if let Some(cursor) = cursor {
            query.set_start(Some(cursor.start::<S>(&order)?));
        }
        let mut rows: Vec<S> = connection.fetch(&query.into_statement())?;
        let wanted = wanted as usize;
        if rows.len() <= wanted {
            return Ok(Page { rows, next: None });
        }
        rows.truncate(wanted);
        let next = rows.last().map(|last| Cursor::behind(&order, last)).transpose()?;
        Ok(Page { rows, next })
    }
}
