use std::ops::Deref;

use crate::{Connection, Result};

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
    pub(crate) fn begin(connection: &'c Connection) -> Result<Self> {
        let level = connection.depth.get();
        if level == 0 {
            // The write lock is taken now, so that no statement inside can meet a database that changed under it.
            connection.engine.command("BEGIN IMMEDIATE")?;
        } else {
            connection.engine.command(&format!("SAVEPOINT peristyle_{level}"))?;
        }
        connection.depth.set(level + 1);
        Ok(Self { connection, level, open: true })
    }

    /// Keeps what was done.
    pub fn commit(mut self) -> Result<()> {
        if self.level == 0 {
            self.connection.engine.command("COMMIT")?;
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
        // Some errors make SQLite roll the transaction back by itself.
        if !self.connection.in_transaction() {
            return Ok(());
        }
        if self.level == 0 {
            return self.connection.engine.command("ROLLBACK");
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
