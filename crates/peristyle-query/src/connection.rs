use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;

use crate::engine::{Engine, OpenOptions, Place, Role};
use crate::statement::Statement;
use crate::{Error, Isolation, Result, Row, Transaction};

/// The synchronous door: one connection, for scripts, tests and the inside of a transaction.
///
/// Every query runs through `&Connection` and gives its result at once: `User::all().all(&connection)?`.
pub struct Connection {
    pub(crate) engine: Engine,
    /// How many transactions and savepoints are open.
    pub(crate) depth: Cell<u32>,
    /// The statements that relations are loaded by, in order, where they are known before the rows that they belong to.
    pub(crate) ahead: RefCell<VecDeque<Statement>>,
}

impl Connection {
    /// Opens `sqlite:path`, `sqlite::memory:` or a plain path, where a file that does not exist is made; or connects to
    /// `postgres://user@host/database`.
    pub fn open(url: &str) -> Result<Self> {
        Self::open_prepared(url, |_| Ok::<_, Error>(()))
    }

    /// Opens a database and prepares it before the first statement: migrates it, that is.
    ///
    /// `Connection::open_prepared("sqlite::memory:", |database| MIGRATIONS.run(database))`
    pub fn open_prepared<T, E>(
        url: &str,
        prepare: impl FnOnce(&mut dyn peristyle_driver::Connection) -> Result<T, E>,
    ) -> Result<Self>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let place = Place::parse(url)?;
        let mut opened = place.connect(&OpenOptions::default())?;
        prepare(opened.driver()).map_err(|error| Error::Preparation { source: Box::new(error) })?;
        Ok(Self::over(opened.engine(Role::Writer)?))
    }

    pub(crate) fn over(engine: Engine) -> Self {
        Self { engine, depth: Cell::new(0), ahead: RefCell::default() }
    }

    /// Runs a script of SQL statements that take no values and give no rows.
    pub fn execute_script(&self, sql: &str) -> Result<()> {
        self.engine.batch(sql)
    }

    /// Begins a transaction that can write, or a savepoint inside of one.
    ///
    /// What it hands out rolls back when it is dropped without [`commit`](Transaction::commit).
    pub fn begin(&self) -> Result<Transaction<'_>> {
        Transaction::begin(self, None)
    }

    /// Begins a transaction of this isolation, or a savepoint inside of one, which has the isolation of the whole.
    pub fn begin_with(&self, isolation: Isolation) -> Result<Transaction<'_>> {
        Transaction::begin(self, Some(isolation))
    }

    /// Runs `work` in a transaction that can write, or in a savepoint inside of one: all of it happens or, if it returns
    /// an error, none of it.
    pub fn transaction<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.begin()?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Runs `work` in a transaction of this isolation, or in a savepoint inside of one.
    ///
    /// A transaction that ran into another one is [`Error::Conflict`]: run again, it finds what that one left.
    pub fn transaction_with<T, E: From<Error>>(
        &self,
        isolation: Isolation,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.begin_with(isolation)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        self.engine.in_transaction()
    }

    /// Begins a transaction that lasts as long as the connection.
    pub(crate) fn begin_for_good(&self) -> Result<()> {
        self.engine.begin(None)?;
        self.depth.set(1);
        Ok(())
    }

    /// Whether it can be lent to other work: nothing is open on it and it is not lost.
    pub(crate) fn is_reusable(&self) -> bool {
        self.depth.get() == 0 && !self.engine.is_broken() && !self.engine.in_transaction()
    }

    /// The one row of a statement, if there is one.
    #[inline]
    pub(crate) fn fetch_optional<T: Row>(&self, statement: &Statement) -> Result<Option<T>> {
        let mut prepared = self.engine.prepare(&statement.shape)?;
        prepared.put_all(&statement.binds)?;
        prepared.fetch_optional()
    }

    /// The rows of a statement.
    #[inline]
    pub(crate) fn fetch<T: Row>(&self, statement: &Statement) -> Result<Vec<T>> {
        let mut prepared = self.engine.prepare(&statement.shape)?;
        prepared.put_all(&statement.binds)?;
        let mut rows = Vec::new();
        prepared.fetch(&mut rows)?;
        Ok(rows)
    }

    /// How the database would run a statement, as it says it.
    pub(crate) fn explain(&self, statement: &Statement) -> Result<Vec<String>> {
        match &self.engine {
            Engine::Sqlite(_) => {
                let rows: Vec<(i64, i64, i64, String)> = self.fetch(statement)?;
                Ok(rows.into_iter().map(|(.., detail)| detail).collect())
            }
            Engine::Postgres(_) => self.fetch(statement),
        }
    }

    /// How many rows a statement wrote.
    pub(crate) fn execute(&self, statement: &Statement) -> Result<u64> {
        let mut prepared = self.engine.prepare(&statement.shape)?;
        prepared.put_all(&statement.binds)?;
        prepared.execute()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("depth", &self.depth.get()).finish_non_exhaustive()
    }
}
