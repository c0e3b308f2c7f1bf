//! The raw drivers, which know nothing of the query layer: what they say is what is right.

use std::fmt;

use peristyle::Date;
use peristyle_sql::DialectName;

/// What stands in a column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the kinds of tree")]
pub enum Kind {
    Int,
    Text,
    Real,
    Bool,
    Day,
}

/// Something in an answer, in one form for both ways.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(String);

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value that has this form.
pub trait Told {
    /// It in this form.
    fn told(&self) -> Cell;
}

impl Told for i64 {
    fn told(&self) -> Cell {
        Cell(self.to_string())
    }
}

impl Told for f64 {
    fn told(&self) -> Cell {
        // Nothing is told of a zero's sign.
        Cell(format!("{:?}", self + 0.0))
    }
}

impl Told for bool {
    fn told(&self) -> Cell {
        Cell(self.to_string())
    }
}

impl Told for String {
    fn told(&self) -> Cell {
        Cell(format!("{self:?}"))
    }
}

impl Told for Date {
    fn told(&self) -> Cell {
        Cell(format!("date {self}"))
    }
}

impl<T: peristyle::query::Keyed<Key: fmt::Display>> Told for peristyle::Id<T> {
    fn told(&self) -> Cell {
        Cell(self.to_string())
    }
}

impl<T: Told> Told for Option<T> {
    fn told(&self) -> Cell {
        self.as_ref().map_or_else(|| Cell("null".to_owned()), Told::told)
    }
}

/// The rows of an answer.
pub type Rows = Vec<Vec<Cell>>;

/// A connection by a raw driver.
pub enum Witness {
    /// To a SQLite file.
    Sqlite(Box<rusqlite::Connection>),
    /// To a PostgreSQL server.
    Postgres(Box<postgres::Client>),
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Witness").field(&self.dialect()).finish()
    }
}

impl Witness {
    /// What it speaks.
    pub fn dialect(&self) -> DialectName {
        match self {
            Self::Sqlite(_) => DialectName::Sqlite,
            Self::Postgres(_) => DialectName::Postgres,
        }
    }

    /// Runs statements that give nothing.
    pub fn run(&mut self, sql: &str) -> Result<(), String> {
        match self {
            Self::Sqlite(raw) => raw.execute_batch(sql).map_err(|error| error.to_string()),
            Self::Postgres(raw) => raw.batch_execute(sql).map_err(|error| words(&error)),
        }
    }

    /// The rows of a query, read as columns of these kinds; the error if there is one, or if a column holds something else.
    pub fn ask(&mut self, sql: &str, kinds: &[Kind]) -> Result<Rows, String> {
        match self {
            Self::Sqlite(raw) => sqlite(raw, sql, kinds).map_err(|error| error.to_string()),
            Self::Postgres(raw) => {
                let messages = raw.simple_query(sql).map_err(|error| words(&error))?;
                let mut rows = Vec::new();
                for message in messages {
                    if let postgres::SimpleQueryMessage::Row(row) = message {
                        let cell = |(at, kind): (usize, &Kind)| text(row.get(at), *kind);
                        rows.push(kinds.iter().enumerate().map(cell).collect::<Result<_, _>>()?);
                    }
                }
                Ok(rows)
            }
        }
    }
}

fn words(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string)
}

fn sqlite(raw: &rusqlite::Connection, sql: &str, kinds: &[Kind]) -> rusqlite::Result<Rows> {
    let mut statement = raw.prepare(sql)?;
    let mut answer = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = answer.next()? {
        let mut cells = Vec::new();
        for (at, kind) in kinds.iter().enumerate() {
            cells.push(match kind {
                Kind::Int => row.get::<_, Option<i64>>(at)?.told(),
                Kind::Text => row.get::<_, Option<String>>(at)?.told(),
                Kind::Real => row.get::<_, Option<f64>>(at)?.told(),
                Kind::Bool => row.get::<_, Option<i64>>(at)?.map(|truth| truth != 0).told(),
                Kind::Day => row
                    .get::<_, Option<String>>(at)?
                    .map_or_else(|| None::<i64>.told(), |day| Cell(format!("date {day}"))),
            });
        }
        rows.push(cells);
    }
    Ok(rows)
}

fn text(value: Option<&str>, kind: Kind) -> Result<Cell, String> {
    let Some(value) = value else { return Ok(None::<i64>.told()) };
    let wrong = |error: &dyn fmt::Display| format!("`{value}`: {error}");
    Ok(match kind {
        Kind::Int => value.parse::<i64>().map_err(|error| wrong(&error))?.told(),
        Kind::Text => value.to_owned().told(),
        Kind::Real => value.parse::<f64>().map_err(|error| wrong(&error))?.told(),
        Kind::Bool => (value == "t").told(),
        Kind::Day => Cell(format!("date {value}")),
    })
}
