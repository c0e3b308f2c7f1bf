use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;

use rusqlite::CachedStatement;

use super::cell::SqliteRow;
use super::encode::encode;
use super::error;
use super::words::SqliteWords;
use crate::render::render;
use crate::shape_hash::BuildShapeHasher;
use crate::statement::Shape;
use crate::{Bind, Cell, DecodeError, Error, Reader, Result, Row, ValueError};

/// How many shapes a connection keeps the SQL of, and how many statements it keeps prepared.
const SHAPES: usize = 1024;
const STATEMENTS: usize = 256;

/// One SQLite connection with the SQL of the shapes it has met.
pub(crate) struct Engine {
    connection: rusqlite::Connection,
    shapes: RefCell<Shapes>,
}

/// The shapes that a connection has met.
#[derive(Default)]
struct Shapes {
    /// By hash, where each stands in the list.
    places: HashMap<u64, usize, BuildShapeHasher>,
    list: Vec<Known>,
    /// The place of the one used last: a loop runs the same statement again and again.
    last: usize,
}

struct Known {
    shape: Shape,
    sql: String,
}

impl Engine {
    pub(super) fn new(connection: rusqlite::Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Self { connection, shapes: RefCell::default() }
    }

    /// The SQL of a shape.
    pub(crate) fn sql(&self, shape: &Shape) -> String {
        self.with_sql(shape, str::to_owned)
    }

    /// Uses the SQL of a shape: remembered, or rendered now.
    fn with_sql<T>(&self, shape: &Shape, using: impl FnOnce(&str) -> T) -> T {
        let mut shapes = self.shapes.borrow_mut();
        match shapes.list.get(shapes.last) {
            Some(last) if last.shape == *shape => using(&last.sql),
            Some(_) | None => using(shapes.find(shape)),
        }
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

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }
}

impl Shapes {
    /// The SQL of a shape that is not the last one.
    fn find(&mut self, shape: &Shape) -> &str {
        let hash = BuildShapeHasher::default().hash_one(shape);
        let found = self.places.get(&hash).copied();
        let known =
            found.filter(|at| self.list.get(*at).is_some_and(|known| known.shape == *shape));
        self.last = known.unwrap_or_else(|| self.add(hash, shape));
        self.list.get(self.last).map_or("", |known| &known.sql)
    }

    #[cold]
    fn add(&mut self, hash: u64, shape: &Shape) -> usize {
        if self.list.len() >= SHAPES {
            self.list.clear();
            self.places.clear();
        }
        let at = self.list.len();
        self.list.push(Known { shape: shape.clone(), sql: render(shape, &SqliteWords) });
        self.places.insert(hash, at);
        at
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

    /// The values of all parameters.
    pub(crate) fn put_all(&mut self, values: &[Bind<'static>]) -> Result<()> {
        for value in values {
            self.put(value).map_err(|source| self.refused(None, source))?;
        }
        Ok(())
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
                Ok(Some(row)) => match T::decode(&SqliteRow(row)) {
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
                T::decode(&SqliteRow(row)).map_err(|error| unfit(error, row, shape))?
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
    let key = shape.key_positions().map(|positions| {
        let parts: Vec<String> = positions.iter().map(|at| row.cell(*at).describe()).collect();
        parts.join(", ")
    });
    let (position, source) = error.into_parts();
    Error::Decode { table: shape.source().name, column: shape.column_name(position), key, source }
}
