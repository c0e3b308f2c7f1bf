use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use peristyle_driver::postgres::ServerError;
use peristyle_driver::postgres::wire::{BINARY, IsNull, Message, Oid, Status, TEXT, Wire};

use super::cell::PostgresRow;
use super::encode::Values;
use super::error;
use super::kind::Kind;
use super::words::PostgresWords;
use crate::limit::{Deadline, Limits};
use crate::render::render;
use crate::shapes::Shapes;
use crate::statement::Shape;
use crate::transaction::Isolation;
use crate::{Bind, Cell as _, DecodeError, Error, Reader, Result, Row, ValueError};

/// How many statements a connection keeps prepared: each costs the server memory in its own process.
const STATEMENTS: usize = 256;

/// One PostgreSQL session with the statements that it has prepared.
pub(crate) struct Engine {
    pub(super) limits: Limits,
    /// The end of the time that what runs may take.
    pub(super) until: Cell<Option<Deadline>>,
    /// Whether the server was asked to stop what runs.
    pub(super) stopped: Cell<bool>,
    pub(super) wire: RefCell<Wire>,
    statements: RefCell<Shapes<Arc<Statement>>>,
    /// How many statements were prepared, for their names.
    prepared: Cell<u64>,
    /// Room for the values of the next statement.
    values: RefCell<Values>,
    names: Names,
    /// Whether a transaction was begun and the server's answer to that is not read yet.
    pub(super) beginning: Cell<bool>,
    /// Whether statements were said that run with the next one.
    queued: Cell<bool>,
    /// Whether the last failure was one of a statement that was prepared before its tables changed.
    pub(super) stale: Cell<bool>,
    /// Statements that were said and are not answered yet, in order.
    pub(super) under_way: RefCell<VecDeque<Arc<Statement>>>,
    /// Whether the answer to a BEGIN comes before theirs.
    pub(super) prelude: Cell<bool>,
    /// The arrays of types that are not known here.
    pub(super) arrays: RefCell<HashMap<Oid, Option<Oid>>>,
}

/// Whether statements are kept by name in the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Each statement is prepared once.
    Kept,
    /// None are: the next statement may meet another session of the server, behind a pooler that lends out one for each
    /// transaction.
    Never,
}

/// What is known of a statement.
pub(super) struct Statement {
    sql: String,
    /// Empty where names are not kept.
    name: String,
    /// The types of its parameters, as the server found them out.
    types: Vec<Oid>,
    /// How each parameter is written.
    parameters: Vec<Kind>,
    /// How each column is read.
    columns: Vec<Kind>,
    /// The formats in which its columns are asked for: one for all where they are the same.
    formats: Vec<i16>,
}

impl Statement {
    fn new(sql: String, name: String, types: Vec<Oid>, columns: &[Oid]) -> Self {
        let parameters = types.iter().map(|oid| Kind::of(*oid)).collect();
        let columns: Vec<Kind> = columns.iter().map(|oid| Kind::of(*oid)).collect();
        let formats = formats(columns.iter().map(|kind| kind.is_binary()));
        Self { sql, name, types, parameters, columns, formats }
    }
}

/// A list of formats: one for all where they are the same.
fn formats(binary: impl ExactSizeIterator<Item = bool> + Clone) -> Vec<i16> {
    if binary.clone().all(|binary| binary) {
        return vec![BINARY];
    }
    binary.map(|binary| if binary { BINARY } else { TEXT }).collect()
}

impl Engine {
    pub(super) fn new(wire: Wire, names: Names) -> Self {
        Self {
            limits: Limits::default(),
            until: Cell::new(None),
            stopped: Cell::new(false),
            wire: RefCell::new(wire),
            statements: RefCell::new(Shapes::of(STATEMENTS)),
            prepared: Cell::new(0),
            values: RefCell::default(),
            names,
            beginning: Cell::new(false),
            queued: Cell::new(false),
            stale: Cell::new(false),
            under_way: RefCell::default(),
            prelude: Cell::new(false),
            arrays: RefCell::default(),
        }
    }

    /// The SQL of a shape.
    pub(crate) fn sql(&self, shape: &Shape) -> String {
        render(shape, &PostgresWords)
    }

    /// A statement of this shape, ready to take its values.
    #[inline]
    pub(crate) fn prepare<'c>(&'c self, shape: &'c Shape) -> Result<Prepared<'c>> {
        if let Some(statement) = self.under_way.borrow_mut().pop_front() {
            let values = Values::default();
            return Ok(Prepared { engine: self, statement, shape, values, stage: Stage::Said });
        }
        let (statement, stage) = match self.known(shape) {
            Some(statement) => (statement, Stage::Known),
            None => (self.describe(shape)?, Stage::Fresh),
        };
        let mut values = self.values.take();
        values.clear();
        Ok(Prepared { engine: self, statement, shape, values, stage })
    }

    fn known(&self, shape: &Shape) -> Option<Arc<Statement>> {
        let mut statements = self.statements.borrow_mut();
        statements.find(shape).and_then(|at| statements.get(at).cloned())
    }

    /// The types of the parameters of a statement of this shape, as the server found them out.
    pub(super) fn types(&self, shape: &Shape) -> Result<Vec<Oid>> {
        let statement = match self.known(shape) {
            Some(statement) => statement,
            None => self.describe(shape)?,
        };
        Ok(statement.types.clone())
    }

    /// Prepares a statement: the server says of which types its parameters and columns are.
    #[cold]
    fn describe(&self, shape: &Shape) -> Result<Arc<Statement>> {
        let sql = render(shape, &PostgresWords);
        let declared = self.declared(shape)?;
        let mut wire = self.ready()?;
        let name = match self.names {
            Names::Never => String::new(),
            Names::Kept => {
                let number = self.prepared.get() + 1;
                self.prepared.set(number);
                format!("peristyle_{number}")
            }
        };
        if self.statements.borrow().is_full() {
            self.forget(&mut wire)?;
        }
        let said = |wire: &mut Wire| {
            wire.parse(&name, &sql, declared.iter().copied())?;
            wire.describe_statement(&name)?;
            wire.sync()
        };
        said(&mut wire).map_err(error::lost)?;
        let (mut types, mut columns) = (Vec::new(), Vec::new());
        self.answers(&mut wire, shape, |message| match message {
            Message::Parameters(oids) => types = oids,
            Message::Columns(described) => columns = described.iter().map(|c| c.oid).collect(),
            _ => {}
        })?;
        let statement = Arc::new(Statement::new(sql, name, types, &columns));
        self.statements.borrow_mut().add(shape, Arc::clone(&statement));
        Ok(statement)
    }

    /// Closes all prepared statements; the answers are skipped with those of the next statement.
    pub(super) fn forget(&self, wire: &mut Wire) -> Result<()> {
        let mut statements = self.statements.borrow_mut();
        for statement in statements.iter().filter(|statement| !statement.name.is_empty()) {
            wire.close_statement(&statement.name).map_err(error::lost)?;
        }
        statements.clear();
        Ok(())
    }

    /// The session, when everything that was asked before has been answered.
    pub(super) fn ready(&self) -> Result<std::cell::RefMut<'_, Wire>> {
        let mut wire = self.wire.borrow_mut();
        // Work that panicked while rows came in has left some of them.
        if wire.is_awaiting() && !self.beginning.get() {
            wire.finish().map_err(error::lost)?;
        }
        Ok(wire)
    }

    /// Reads the answers to what was asked, up to its end; an error among them is the result.
    fn answers(
        &self,
        wire: &mut Wire,
        shape: &Shape,
        mut each: impl FnMut(Message<'_>),
    ) -> Result<()> {
        let failed = self.listen(wire, |_, message| each(message))?;
        match failed {
            None => Ok(()),
            Some(refused) => Err(error::of_statement(&refused, shape.source())),
        }
    }

    /// Reads the answers to what was asked, up to its end, and gives the server's error if there is one among them.
    pub(super) fn listen(
        &self,
        wire: &mut Wire,
        mut each: impl FnMut(Status, Message<'_>),
    ) -> Result<Option<Box<ServerError>>> {
        let mut failed = None;
        loop {
            let status = wire.status();
            self.await_answer(wire)?;
            match wire.receive().map_err(error::lost)? {
                Message::Error(refused) => {
                    failed.get_or_insert(refused);
                    if wire.is_broken() {
                        return Ok(failed);
                    }
                }
                Message::CopyIn => {
                    wire.copy_fail("rows are not copied by statements").map_err(error::lost)?;
                }
                // The answer to the BEGIN that was said before.
                Message::Ready(_) if self.beginning.take() => {}
                Message::Ready(_) => return Ok(failed),
                message => each(status, message),
            }
        }
    }

    /// Runs statements that take no values and give no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        let mut wire = self.ready()?;
        wire.query(sql).map_err(error::lost)?;
        match self.listen(&mut wire, |_, _| {})? {
            None => Ok(()),
            Some(refused) => Err(error::general(&refused)),
        }
    }

    /// Begins a transaction. It is said together with the first statement, so that it takes no time of its own.
    pub(crate) fn begin(&self, isolation: Option<Isolation>) -> Result<()> {
        let mut wire = self.ready()?;
        let sql = match isolation {
            None => "BEGIN",
            Some(Isolation::ReadCommitted) => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Some(Isolation::RepeatableRead) => "BEGIN ISOLATION LEVEL REPEATABLE READ",
            Some(Isolation::Serializable) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        };
        wire.query(sql).map_err(error::lost)?;
        self.beginning.set(true);
        Ok(())
    }

    /// Commits the transaction. One in which a statement failed is undone, which is an error.
    pub(crate) fn commit(&self) -> Result<()> {
        if self.wire.borrow().status() == Status::Failed {
            self.batch("ROLLBACK")?;
            return Err(Error::Aborted);
        }
        self.batch("COMMIT")
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        let wire = self.wire.borrow();
        !wire.is_broken() && (self.beginning.get() || wire.status() != Status::Idle)
    }

    /// Whether the last statement failed because it was prepared before its tables changed, and not tried again.
    pub(crate) fn take_stale(&self) -> bool {
        self.stale.take()
    }

    /// Whether the server has not closed the session while nothing was asked of it.
    pub(crate) fn is_alive(&self) -> bool {
        self.wire.borrow_mut().is_alive()
    }

    /// Whether nothing can be run any more.
    pub(crate) fn is_broken(&self) -> bool {
        self.wire.borrow().is_broken()
    }
}

/// A statement that takes values in order and then runs.
pub(crate) struct Prepared<'c> {
    engine: &'c Engine,
    pub(super) statement: Arc<Statement>,
    shape: &'c Shape,
    values: Values,
    stage: Stage,
}

/// How far a statement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It was prepared just now.
    Fresh,
    /// It was prepared some time ago.
    Known,
    /// It was said together with others, and its answer comes next.
    Said,
}

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        // Its room is kept for the next one.
        self.engine.values.replace(std::mem::take(&mut self.values));
    }
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
        if self.stage == Stage::Said {
            return Ok(());
        }
        let kind = self.statement.parameters.get(self.values.len()).copied();
        self.values.push(value, kind.unwrap_or(Kind::Other))
    }

    /// The error for a value that cannot be held.
    #[cold]
    pub(crate) fn refused(&self, column: Option<u16>, source: ValueError) -> Error {
        let of = self.shape.source();
        Error::Value { table: of.name, column: column.map(|at| of.column_name(at)), source }
    }

    /// Says it without asking for an answer: it runs with the next statement that is run, all or none.
    pub(crate) fn queue(&mut self) -> Result<()> {
        let mut wire = self.engine.ready()?;
        self.engine.queued.set(true);
        self.say(&mut wire, 0)
    }

    /// Its SQL.
    pub(crate) fn sql(&self) -> String {
        self.statement.sql.clone()
    }

    /// Runs it and says how many rows were written.
    pub(crate) fn execute(&mut self) -> Result<u64> {
        let mut written = 0;
        self.run(0, |message, _| {
            if let Message::Complete(completion) = message {
                written += completion.changed;
            }
        })?;
        Ok(written)
    }

    /// Runs it and adds its rows to `rows`.
    pub(crate) fn fetch<T: Row>(&mut self, rows: &mut Vec<T>) -> Result<()> {
        self.decode(0, |row| rows.push(row))
    }

    /// Runs it and gives its one row, if there is one.
    pub(crate) fn fetch_optional<T: Row>(&mut self) -> Result<Option<T>> {
        // More than two rows need not come. (What writes is run to its end.)
        let limit = match self.shape {
            Shape::Select(_) if !self.shape.is_single() => 2,
            Shape::Select(_)
            | Shape::Insert(_)
            | Shape::Update(_)
            | Shape::Delete(_)
            | Shape::Raw(_)
            | Shape::Explain(_) => 0,
        };
        let mut found = None;
        let mut more = false;
        self.decode(limit, |row| match found {
            None => found = Some(row),
            Some(_) => more = true,
        })?;
        if more { Err(Error::TooMany { table: self.shape.source().name }) } else { Ok(found) }
    }

    /// Runs it and decodes its rows as they come in.
    fn decode<T: Row>(&mut self, limit: i32, mut each: impl FnMut(T)) -> Result<()> {
        let shape = self.shape;
        let mut wrong = None;
        self.run(limit, |message, statement| {
            if let Message::Row(row) = message
                && wrong.is_none()
            {
                let row = PostgresRow::new(row, &statement.columns);
                match T::decode(&row, 0) {
                    Ok(decoded) => each(decoded),
                    Err(error) => wrong = Some(unfit(error, &row, shape)),
                }
            }
        })?;
        wrong.map_or(Ok(()), Err)
    }

    /// Runs it. A statement that was prepared before its tables changed is prepared anew.
    fn run(&mut self, limit: i32, mut each: impl FnMut(Message<'_>, &Statement)) -> Result<()> {
        let engine = self.engine;
        if self.stage == Stage::Said {
            let statement = &self.statement;
            return engine.answer(self.shape, |message| each(message, statement));
        }
        let mut wire = engine.ready()?;
        let queued = engine.queued.take();
        engine.stale.set(false);
        self.say(&mut wire, limit)?;
        wire.sync().map_err(error::lost)?;
        let statement = &self.statement;
        let failed = engine.listen(&mut wire, |_, message| each(message, statement))?;
        let Some(refused) = failed else { return Ok(()) };
        let stale = (queued || self.stage == Stage::Known) && error::is_stale(&refused);
        if stale {
            engine.forget(&mut wire)?;
            engine.stale.set(true);
        }
        // Inside of a transaction nothing can be tried again, nor what ran together with others.
        if !stale || queued || wire.is_broken() || wire.status() != Status::Idle {
            return Err(error::of_statement(&refused, self.shape.source()));
        }
        drop(wire);
        let renewed = engine.describe(self.shape)?;
        if renewed.parameters != self.statement.parameters {
            // The values have been written for types of another kind.
            return Err(error::of_statement(&refused, self.shape.source()));
        }
        self.statement = renewed;
        self.stage = Stage::Fresh;
        self.run(limit, each)
    }

    pub(super) fn say(&self, wire: &mut Wire, limit: i32) -> Result<()> {
        let Statement { sql, name, types, formats: results, .. } = &*self.statement;
        let said = |wire: &mut Wire| {
            if name.is_empty() {
                wire.parse("", sql, types.iter().copied())?;
            }
            let formats = formats(self.values.are_binary());
            wire.bind(
                "",
                name,
                formats,
                self.values.iter(),
                |value, out| match value {
                    None => Ok(IsNull::Yes),
                    Some(bytes) => {
                        out.extend_from_slice(bytes);
                        Ok(IsNull::No)
                    }
                },
                results.iter().copied(),
            )?;
            wire.execute("", limit)
        };
        said(wire).map_err(error::lost)
    }
}

/// Says which cell of which row does not fit.
#[cold]
fn unfit(error: DecodeError, row: &PostgresRow<'_>, shape: &Shape) -> Error {
    let (position, source) = error.into_parts();
    let key = shape.key_positions(position).map(|positions| {
        let parts: Vec<String> = positions.iter().map(|at| row.cell(*at).describe()).collect();
        parts.join(", ")
    });
    let (table, column) = shape.column_at(position);
    Error::Decode { table, column, key, source }
}
