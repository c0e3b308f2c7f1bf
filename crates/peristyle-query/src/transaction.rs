use std::ops::Deref;

use crate::{Connection, Result};

/// How much a transaction sees of others that run at the same time.
///
/// SQLite has one level, the strictest, and every transaction has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Each statement sees what was committed before it began. PostgreSQL's own default.
    ReadCommitted,
    /// All statements see what was committed before the first one. Writing to a row that changed since is
    /// [`Error::Conflict`](crate::Error::Conflict).
    RepeatableRead,
    /// As if transactions ran one after another. Where that cannot be, one of them is
    /// [`Error::Conflict`](crate::Error::Conflict).
    Serializable,
}

/// An open transaction, or a savepoint inside of one. It rolls back when it is dropped without [`commit`](Self::commit).
///
/// It is a [`Connection`] for every query, and [`Connection::begin`] on it begins a savepoint.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Transaction<'c> {
    connection: &'c Connection,
    /// How many were open before it.
    level: u32,
    open: bool,
}

impl<'c> Transaction<'c> {
    pub(crate) fn begin(connection: &'c Connection, isolation: Option<Isolation>) -> Result<Self> {
        let level = connection.depth.get();
        if level == 0 {
            connection.engine.begin(isolation)?;
        } else {
            connection.engine.command(&format!("SAVEPOINT peristyle_{level}"))?;
        }
        connection.depth.set(level + 1);
        Ok(Self { connection, level, open: true })
    }

    /// Begins one that only reads; none may be open.
    pub(crate) fn reading(connection: &'c Connection) -> Result<Self> {
        connection.engine.begin_reading()?;
        connection.depth.set(1);
        Ok(Self { connection, level: 0, open: true })
    }

    /// Keeps what was done.
    pub fn commit(mut self) -> Result<()> {
        if self.level == 0 {
            self.connection.engine.commit()?;
        } else {
            self.connection.engine.command(&format!("RELEASE peristyle_{}", self.level))?;
        }
        self.close();
        Ok(())
    }

    /// Undoes what was done.
    pub fn rollback(mut self) -> Result<()> {
        self.undo()
    }

    fn undo(&mut self) -> Result<()> {
        self.close();
        if self.level == 0 {
            return self.connection.engine.rollback();
        }
        // Some errors make the database roll the whole transaction back by itself.
        if !self.connection.in_transaction() {
            return Ok(());
        }
        let level = self.level;
        self.connection.engine.command(&format!("ROLLBACK TO peristyle_{level}"))?;
        self.connection.engine.command(&format!("RELEASE peristyle_{level}"))
    }

    fn close(&mut self) {
        self.open = false;
        self.connection.depth.set(self.level);
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // Nobody is left to tell; a connection whose rollback failed reports it at its next statement.
            let _ = self.undo();
        }
    }
}
