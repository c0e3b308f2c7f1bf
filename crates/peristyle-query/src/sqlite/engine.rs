use std::cell::{Cell, OnceCell, RefCell};

use peristyle_driver::sqlite::statement::{Row as RawRow, Session, Statement};

use super::cell::SqliteRow;
use super::clock::{Clock, INTERRUPTED};
use super::encode::encode;
use super::error;
use super::words::SqliteWords;
use crate::limit::{Deadline, Limits};
use crate::render::render;
use crate::shapes::Shapes;
use crate::statement::Shape;
use crate::{Bind, Cell as _, DecodeError, Error, Reader, Result, Row, ValueError};

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 512;

/// One SQLite connection with the statements of the shapes that it has met.
pub(crate) struct Engine {
    limits: Limits,
    clock: OnceCell<Clock>,
    /// Whether a transaction was begun that is not ended by us.
    begun: Cell<bool>,
    session: Session,
    shapes: RefCell<Shapes<Known>>,
}

/// What is kept of a shape.
struct Known {
    sql: String,
    /// The statement's number in the session.
    number: usize,
}

impl Engine {
    pub(super) fn new(connection: rusqlite::Connection) -> Self {
        Self {
            limits: Limits::default(),
            clock: OnceCell::new(),
            begun: Cell::new(false),
            session: Session::new(connection),
            shapes: RefCell::new(Shapes::of(STATEMENTS)),
        }
    }

    /// How long its statements may take.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Runs what is stopped when its time is over.
    #[inline]
    pub(crate) fn timed<T>(&self, run: impl FnOnce() -> Result<T>) -> Result<T> {
        match self.limits.deadline() {
            None => run(),
            Some(deadline) => self.until(deadline, run),
        }
    }

    fn until<T>(&self, deadline: Deadline, run: impl FnOnce() -> Result<T>) -> Result<T> {
        let Some(left) = deadline.left() else { return Err(deadline.error()) };
        let clock = match self.clock.get() {
            Some(clock) => clock,
            None => {
                let clock = Clock::over(self.session.connection())?;
                self.clock.get_or_init(|| clock)
            }
        };
        match clock.during(left, run) {
            Err(Error::Database { code: Some(code), .. }) if code == INTERRUPTED => {
                Err(deadline.error())
            }
            done => done,
        }
    }

    /// Some failures make SQLite roll the whole transaction back. What comes behind them must not be done by itself.
    fn check(&self) -> Result<()> {
        if self.begun.get() && !self.in_transaction() { Err(Error::Aborted) } else { Ok(()) }
    }

    /// The SQL of a shape.
    pub(crate) fn sql(&self, shape: &Shape) -> String {
        render(shape, &SqliteWords)
    }

    /// A statement of this shape, ready to take its values.
    #[inline]
    pub(crate) fn prepare<'c>(&'c self, shape: &'c Shape) -> Result<Prepared<'c>> {
        self.check()?;
        let mut shapes = self.shapes.borrow_mut();
        let at = match shapes.find(shape) {
            Some(at) => at,
            None => self.describe(shape, &mut shapes)?,
        };
        let (number, sql) = shapes.get(at).map_or((0, ""), |known| (known.number, &known.sql));
        let statement = self.session.statement(number, sql).map_err(error::general)?;
        Ok(Prepared { engine: self, statement, shape, parameters: 0 })
    }

    #[cold]
    fn describe(&self, shape: &Shape, shapes: &mut Shapes<Known>) -> Result<usize> {
        let sql = render(shape, &SqliteWords);
        if shapes.is_full() {
            self.session.forget();
        }
        let number = self.session.prepare(&sql).map_err(error::general)?;
        Ok(shapes.add(shape, Known { sql, number }))
    }

    /// Runs statements that take no values and give no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        self.check()?;
        self.session.connection().execute_batch(sql).map_err(error::general)
    }

    /// Runs one short statement that takes no values and gives no rows, prepared once.
    pub(crate) fn command(&self, sql: &str) -> Result<()> {
        self.check()?;
        let mut statement =
            self.session.connection().prepare_cached(sql).map_err(error::general)?;
        statement.raw_execute().map(drop).map_err(error::general)
    }

    /// Begins a transaction. The write lock is taken now, so that no statement inside can meet a database that changed under
    /// it: every transaction is a serial one.
    pub(crate) fn begin(&self) -> Result<()> {
        self.begun.set(false);
        self.command("BEGIN IMMEDIATE")?;
        self.begun.set(true);
        Ok(())
    }

    /// Commits the transaction.
    pub(crate) fn commit(&self) -> Result<()> {
        self.command("COMMIT")?;
        self.begun.set(false);
        Ok(())
    }

    /// Rolls the transaction back, if SQLite has not done so by itself.
    pub(crate) fn rollback(&self) -> Result<()> {
        let open = self.in_transaction();
        self.begun.set(false);
        if open { self.command("ROLLBACK") } else { Ok(()) }
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.session.connection().is_autocommit()
    }
}

/// A statement that takes values in order and then runs.
pub(crate) struct Prepared<'c> {
    engine: &'c Engine,
    statement: Statement<'c>,
    shape: &'c Shape,
    parameters: usize,
}

impl<'c> Prepared<'c> {
    /// What runs it.
    #[inline]
    pub(crate) fn engine(&self) -> &'c Engine {
        self.engine
    }

    /// The value of the next parameter.
    #[inline]
    pub(crate) fn put(&mut self, value: &Bind<'_>) -> Result<(), ValueError> {
        self.parameters += 1;
        let encoded = encode(value)?;
        self.statement
            .bind(self.parameters, encoded.given())
            .map_err(|error| ValueError::kind("a value that SQLite can hold", error.to_string()))
    }

    /// The error for a value that cannot be held.
    #[cold]
    pub(crate) fn refused(&self, column: Option<u16>, source: ValueError) -> Error {
        let of = self.shape.source();
        Error::Value { table: of.name, column: column.map(|at| of.column_name(at)), source }
    }

    /// Its SQL.
    pub(crate) fn sql(&self) -> String {
        render(self.shape, &SqliteWords)
    }

    /// Runs it and says how many rows were written.
    pub(crate) fn execute(&mut self) -> Result<u64> {
        let source = self.shape.source();
        self.statement.run().map_err(|e| error::of_statement(e, source))
    }

    /// Runs it and adds its rows to `rows`.
    pub(crate) fn fetch<T: Row>(&mut self, rows: &mut Vec<T>) -> Result<()> {
        let shape = self.shape;
        loop {
            match self.statement.step() {
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
        let failed = |failure| error::of_statement(failure, shape.source());
        let row = match self.statement.step().map_err(failed)? {
            Some(row) => T::decode(&SqliteRow(row), 0).map_err(|error| unfit(error, row, shape))?,
            None => return Ok(None),
        };
        // A row of one key has no second one that would have to be looked for.
        if shape.is_single() {
            return Ok(Some(row));
        }
        match self.statement.step().map_err(failed)? {
            None => Ok(Some(row)),
            Some(_) => Err(Error::TooMany { table: shape.source().name }),
        }
    }
}

/// Says which cell of which row does not fit.
#[cold]
fn unfit(error: DecodeError, row: RawRow<'_>, shape: &Shape) -> Error {
    let row = SqliteRow(row);
    let (position, source) = error.into_parts();
    let key = shape.key_positions(position).map(|positions| {
        let parts: Vec<String> = positions.iter().map(|at| row.cell(*at).describe()).collect();
        parts.join(", ")
    });
    let (table, column) = shape.column_at(position);
    Error::Decode { table, column, key, source }
}
