//! The transaction of a migration.

use super::Postgres;
use super::catalog::PRINTING;
use super::wire::Status;
use crate::Error;

impl Postgres {
    /// Begins the transaction; nothing in it depends on how the role, the database or the server are configured.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        let lock = self.lock_timeout.as_millis();
        self.simple(&format!(
            "BEGIN; {PRINTING}; SET LOCAL lock_timeout = {lock}; SET LOCAL statement_timeout = 0; \
             SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL row_security = off; \
             SET LOCAL check_function_bodies = on"
        ))
        .inspect_err(|_| drop(self.rollback()))
    }

    pub(super) fn commit(&mut self) -> Result<(), Error> {
        // The server answers COMMIT with ROLLBACK where a statement failed before, and calls that no error.
        if self.wire.status() == Status::Failed {
            self.rollback()?;
            return Err(Error::Conflict("a statement of the transaction had failed".to_owned()));
        }
        self.simple("COMMIT").inspect_err(|_| drop(self.rollback()))
    }

    pub(super) fn rollback(&mut self) -> Result<(), Error> {
        if self.wire.is_broken() || self.wire.status() == Status::Idle {
            return Ok(());
        }
        self.simple("ROLLBACK")
    }
}
