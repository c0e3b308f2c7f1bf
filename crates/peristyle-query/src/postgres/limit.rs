//! Stopping a statement that takes too long.

use std::time::Duration;

use peristyle_driver::postgres::wire::Wire;

use super::engine::Engine;
use super::error;
use crate::limit::{Deadline, Limits};
use crate::{Error, Result};

/// The server's code for a statement that was cancelled.
const CANCELLED: &str = "57014";

/// How long the server may take to stop a statement before the session is given up.
const PATIENCE: Duration = Duration::from_secs(5);

impl Engine {
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
        if deadline.left().is_none() {
            return Err(deadline.error());
        }
        let before = self.until.replace(Some(deadline));
        let done = run();
        self.until.set(before);
        if !self.stopped.take() {
            return done;
        }
        if !self.is_broken() {
            self.wire.borrow().set_answer_timeout(None).map_err(error::lost)?;
        }
        match done {
            // It was done in the same moment. What is on its way to stop it must not meet the next statement.
            Ok(done) => match self.batch("") {
                Err(_) if self.in_transaction() => Err(deadline.error()),
                Err(_) | Ok(()) => Ok(done),
            },
            Err(Error::Database { code: Some(code), .. }) if code == CANCELLED => {
                Err(deadline.error())
            }
            Err(Error::Connection { .. }) => Err(deadline.error()),
            Err(other) => Err(other),
        }
    }

    /// Waits for the next answer. When the time for it is over, the server is asked, once, to stop what it does; its answer to
    /// that is waited for, so that the session can be used again.
    pub(super) fn await_answer(&self, wire: &mut Wire) -> Result<()> {
        let Some(deadline) = self.until.get() else { return Ok(()) };
        if self.stopped.get() {
            return Ok(());
        }
        let left = deadline.left().unwrap_or(Duration::from_millis(1));
        if wire.wait(left).map_err(error::lost)? {
            return Ok(());
        }
        self.stopped.set(true);
        // A server that cannot be reached for it is not waited for any longer than one that does not stop.
        let _ = wire.canceller().cancel();
        wire.set_answer_timeout(Some(PATIENCE)).map_err(error::lost)
    }
}
