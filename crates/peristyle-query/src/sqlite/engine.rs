use std::cell::RefCell;

use rusqlite::CachedStatement;

use super::cell::SqliteRow;
use super::encode::encode;
use super::error;
use super::words::SqliteWords;
use crate::render::render;
use crate::shapes::Shapes;
use crate::statement::Shape;
use crate::{Bind, Cell, DecodeError, Error, Reader, Result, Row, ValueError};

/// How many shapes a connection keeps the SQL of, and how many statements it keeps prepared.
const SHAPES: usize = 1024;
const STATEMENTS: usize = 256;

/// One SQLite connection with the SQL of the shapes it has met.
pub(crate) struct Engine {
    connection: rusqlite::Connection,
    shapes: RefCell<Shapes<String>>,
}

impl Engine {
    pub(super) fn new(connection: rusqlite::Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Self { connection, shapes: RefCell::new(Shapes::of(SHAPES)) }
    }

    /// The SQL of a shape.
    pub(crate) fn sql(&self, shape: &Shape) -> String {
        self.with_sql(shape, str::to_owned)
    }

    /// Uses the SQL of a shape: remembered, or rendered now.
    fn with_sql<T>(&self, shape: &Shape, using: impl FnOnce(&str) -> T) -> T {
        let mut shapes = self.shapes.borrow_mut();
        let at = match shapes.find(shape) {
            Some(at) => at,
            None => shapes.add(shape, render(shape, &SqliteWords)),
        };
        using(shapes.get(at).map_or("", String::as_str))
    }

    /// A statement of this shape, ready to take its values.
    #[inline]
    pub(crate) fn prepare<'c>(&'c self, shape: &'c Shape) -> Result<Prepared<'c>> {
        let statement = self.with_sql(shape, |sql| self.connection.prepare_cached(sql));
        Ok(Prepared { statement: statement.map_err(error::general)?, shape, parameters: 0 })
    }

    /// Runs statements that take no values and give no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(error::general)
    }

    /// Runs one short statement that takes no values and gives no rows, prepared once.
    pub(crate) fn command(&self, sql: &str) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql).map_err(error::general)?;
        statement.raw_execute().map(drop).map_err(error::general)
    }

    /// Begins a transaction. The write lock is taken now, so that no statement inside can meet a database that changed under
    /// it: every transaction is a serial one.
    pub(crate) fn begin(&self) -> Result<()> {
        self.command("BEGIN IMMEDIATE")
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }
}

/// A statement that takes values in order and then runs.
pub(crate) struct Prepared<'c> {
    statement: CachedStatement<'c>,
    shape: &'c Shape,
    parameters: usize,
}

impl Prepared<'_> {
    /// The value of the next parameter.
    #[inline]
    pub(crate) fn put(&mut self, value: &Bind<'_>) -> Result<(), ValueError> {
        self.parameters += 1;
        let encoded = encode(value)?;
        self.statement
            .raw_bind_parameter(self.parameters, encoded)
            .map_err(|error| ValueError::kind("a value that SQLite can hold", error.to_string()))
    }

    /// The error for a value that cannot be held.
    #[cold]
    pub(crate) fn refused(&self, column: Option<u16>, source: ValueError) -> Error {
        let of = self.shape.source();
        Error::Value { table: of.name, column: column.map(|at| of.column_name(at)), source }
    }

    /// Runs it and says how many rows were written.
    pub(crate) fn execute(&mut self) -> Result<u64> {
        let source = self.shape.source();
        let written = self.statement.raw_execute().map_err(|e| error::of_statement(e, source))?;
        Ok(written as u64)
    }

    /// Runs it and adds its rows to `rows`.
    pub(crate) fn fetch<T: Row>(&mut self, rows: &mut Vec<T>) -> Result<()> {
        let shape = self.shape;
        let mut answer = self.statement.raw_query();
        loop {
            match answer.next() {
                Ok(Some(row)) => match T::decode(&SqliteRow(row), 0) {
                    Ok(decoded) => rows.push(decoded),
                    Err(error) => return Err(unfit(error, row, shape)),
                },
                Ok(None) => return Ok(()),
                Err(failure) => return Err(error::of_statement(failure, shape.source())),
            }
        }
    }

    /// Runs it and gives its one row, if there is one.
    pub(crate) fn fetch_optional<T: Row>(&mut self) -> Result<Option<T>> {
        let shape = self.shape;
        let mut answer = self.statement.raw_query();
        let row = match answer.next() {
            Ok(Some(row)) => {
                T::decode(&SqliteRow(row), 0).map_err(|error| unfit(error, row, shape))?
            }
            Ok(None) => return Ok(None),
            Err(failure) => return Err(error::of_statement(failure, shape.source())),
        };
        // A row of one key has no second one that would have to be looked for.
        if shape.is_single() {
            return Ok(Some(row));
        }
        match answer.next().map_err(|e| error::of_statement(e, shape.source()))? {
            None => Ok(Some(row)),
            Some(_) => Err(Error::TooMany { table: shape.source().name }),
        }
    }
}

/// Says which cell of which row does not fit.
#[cold]
fn unfit(error: DecodeError, row: &rusqlite::Row<'_>, shape: &Shape) -> Error {
    let row = SqliteRow(row);
    let (position, source) = error.into_parts();
    let key = shape.key_positions(position).map(|positions| {
        let parts: Vec<String> = positions.iter().map(|at| row.cell(*at).describe()).collect();
        parts.join(", ")
    });
    let (table, column) = shape.column_at(position);
    Error::Decode { table, column, key, source }
}
