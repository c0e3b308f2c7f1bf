//! Transactions that are run again when they ran into another one.

use std::thread;
use std::time::Duration;

use crate::{Connection, Error, Isolation, Result};

/// An error that may be one of those that another try can get past.
///
/// [`Error`] is one; an application's own error that wraps it says so in a line:
/// `fn is_transient(&self) -> bool { matches!(self, Self::Database(error) if error.is_transient()) }`.
pub trait Transient: From<Error> {
    /// Whether the same work may succeed if it is run again from its beginning.
    fn is_transient(&self) -> bool;
}

impl Error {
    /// Whether the same work may succeed if it is run again from its beginning: it ran into another transaction, or waited in
    /// vain for one.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Conflict { .. } | Self::Busy => true,
            Self::Unique { .. }
            | Self::ForeignKey { .. }
            | Self::Exclusion { .. }
            | Self::Check { .. }
            | Self::NotNull { .. }
            | Self::NotFound { .. }
            | Self::TooMany { .. }
            | Self::Decode { .. }
            | Self::Value { .. }
            | Self::Aborted
            | Self::Cursor { .. }
            | Self::Connection { .. }
            | Self::Preparation { .. }
            | Self::Database { .. }
            | Self::Timeout { .. }
            | Self::Interrupted { .. } => false,
        }
    }
}

impl Transient for Error {
    fn is_transient(&self) -> bool {
        Self::is_transient(self)
    }
}

/// How often work is tried in all.
const TRIES: u32 = 6;

/// The first pause; each one is twice as long as the one before it.
const PAUSE: Duration = Duration::from_millis(4);

impl Connection {
    /// Runs `work` in a transaction of this isolation, and again from its beginning when it ran into another transaction: at most
    /// six times in all, with growing pauses.
    ///
    /// `work` may run several times, so all that it does must be in the database. Inside of a transaction it runs once: what ran into
    /// another one is the whole.
    pub fn retrying<T, E: Transient>(
        &self,
        isolation: Isolation,
        work: impl Fn(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.transaction_with(isolation, &work) {
                Err(error) if error.is_transient() && !self.in_transaction() => {}
                done => return done,
            }
            thread::sleep(pause);
            pause *= 2;
        }
        self.transaction_with(isolation, work)
    }
}
