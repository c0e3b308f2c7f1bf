//! The transaction of a migration.

use std::time::{Duration, Instant};

use super::Postgres;
use super::catalog::PRINTING;
use super::wire::Status;
use crate::{Error, Value};

/// The number of the lock that every migration's transaction takes. It ends with the transaction, so it cannot be left behind,
/// by a pooler or otherwise.
pub(super) const LOCK: i64 = i64::from_be_bytes(*b"peristyl");

/// Pauses between tries: the first, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(500));

impl Postgres {
    /// Begins the transaction, with its lock; nothing in it depends on how the role, the database or the server are configured.
    ///
    /// The lock is tried again and again, each time in a new transaction: to wait for it would be a deadlock with the index that
    /// its holder may be building concurrently.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        let end = Instant::now() + self.lock_timeout;
        let mut pause = PAUSES.0;
        loop {
            match self.try_begin() {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => {
                    let _ = self.rollback();
                    return Err(error);
                }
            }
            let holder = self.lock_holder(LOCK);
            self.rollback()?;
            if Instant::now() + pause > end {
                return Err(Error::Locked(holder?));
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    /// Says whether the lock was free. The transaction is open in either case.
    fn try_begin(&mut self) -> Result<bool, Error> {
        let settings = self.settings("LOCAL");
        let fence = match self.fence() {
            // In a statement of its own, which sees what was committed before the lock was free.
            Some(fence) => {
                format!("; SELECT count(*) FROM public._peristyle_lease WHERE fence = {fence}")
            }
            None => String::new(),
        };
        let script = format!(
            "BEGIN; {settings}; SELECT pg_backend_pid()::bigint, pg_try_advisory_xact_lock({LOCK}){fence}"
        );
        self.wire.query(&script)?;
        let (rows, _) = self.answer(&script)?;
        let mut rows = rows.rows.into_iter();
        let first = rows.next().unwrap_or_default();
        if first.get(1) != Some(&Value::Integer(1)) {
            return Ok(false);
        }
        if self.fence().is_some() {
            let ours = rows.next().unwrap_or_default().first() == Some(&Value::Integer(1));
            self.fenced(ours)?;
        }
        self.process = first.first().and_then(Value::as_integer);
        Ok(true)
    }

    /// What a migration's statements depend on, for the transaction (`LOCAL`) or the session (`SESSION`).
    pub(super) fn settings(&self, scope: &str) -> String {
        let lock = self.lock_timeout.as_millis();
        let printing = PRINTING.replace("SET LOCAL", &format!("SET {scope}"));
        format!(
            "{printing}; SET {scope} lock_timeout = {lock}; SET {scope} statement_timeout = 0; \
             SET {scope} idle_in_transaction_session_timeout = 0; SET {scope} row_security = off; \
             SET {scope} check_function_bodies = on"
        )
    }

    pub(super) fn commit(&mut self) -> Result<(), Error> {
        self.process = None;
        // The server answers COMMIT with ROLLBACK where a statement failed before, and calls that no error.
        if self.wire.status() == Status::Failed {
            self.rollback()?;
            return Err(Error::Conflict("a statement of the transaction had failed".to_owned()));
        }
        self.simple("COMMIT").inspect_err(|_| drop(self.rollback()))
    }

    pub(super) fn rollback(&mut self) -> Result<(), Error> {
        self.process = None;
        if self.wire.is_broken() || self.wire.status() == Status::Idle {
            return Ok(());
        }
        self.simple("ROLLBACK")
    }
}
