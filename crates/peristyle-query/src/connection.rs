use std::cell::Cell;
use std::fmt;

use crate::sqlite::{Engine, OpenOptions, Role, Target};
use crate::statement::Statement;
use crate::{Result, Row, Transaction};

/// The synchronous door: one connection, for scripts, tests and the inside of a transaction.
///
/// Every query runs through `&Connection` and gives its result at once: `User::all().all(&connection)?`.
pub struct Connection {
    pub(crate) engine: Engine,
    /// How many transactions and savepoints are open.
    pub(crate) depth: Cell<u32>,
}

impl Connection {
    /// Opens `sqlite:path`, `sqlite::memory:` or a plain path; a file that does not exist is made.
    pub fn open(url: &str) -> Result<Self> {
        Self::open_as(&Target::parse(url)?, Role::Writer, &OpenOptions::default())
    }

    pub(crate) fn open_as(target: &Target, role: Role, options: &OpenOptions) -> Result<Self> {
        Ok(Self { engine: target.open(role, options)?, depth: Cell::new(0) })
    }

    /// Runs a script of SQL statements that take no values and give no rows.
    pub fn execute_script(&self, sql: &str) -> Result<()> {
        self.engine.batch(sql)
    }

    /// Begins a transaction that can write, or a savepoint inside of one.
    ///
    /// What it hands out rolls back when it is dropped without [`commit`](Transaction::commit).
    pub fn begin(&self) -> Result<Transaction<'_>> {
        Transaction::begin(self)
    }

    /// Runs `work` in a transaction that can write, or in a savepoint inside of one: all of it happens or, if it returns
    /// an error, none of it.
    pub fn transaction<T, E: From<crate::Error>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.begin()?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        self.engine.in_transaction()
    }

    /// The rows of a statement, at most so many.
    pub(crate) fn fetch<T: Row>(&self, statement: &Statement, most: usize) -> Result<Vec<T>> {
        let mut prepared = self.engine.prepare(&statement.shape)?;
        prepared.put_all(&statement.binds)?;
        let mut rows = Vec::new();
        prepared.fetch(&mut rows, most)?;
        Ok(rows)
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
