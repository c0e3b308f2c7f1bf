//! Stopping a statement that takes too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::error;
use crate::Result;

/// SQLite's code for a statement that was stopped.
pub(super) const INTERRUPTED: &str = "9";

/// After how many of its steps SQLite looks at the clock: some tens of microseconds.
const STEPS: i32 = 1000;

/// A connection's clock, at which SQLite looks while it runs a statement
/// (<https://sqlite.org/c3ref/progress_handler.html>).
pub(super) struct Clock {
    since: Instant,
    /// When what is running is to end, in microseconds; none for as long as it takes.
    until: Arc<AtomicU64>,
}

/// No end.
const NEVER: u64 = u64::MAX;

impl Clock {
    /// Sets up the clock of a connection.
    pub(super) fn over(connection: &Connection) -> Result<Self> {
        let since = Instant::now();
        let until = Arc::new(AtomicU64::new(NEVER));
        let seen = Arc::clone(&until);
        let is_over = move || {
            let until = seen.load(Ordering::Relaxed);
            until != NEVER && micros(since.elapsed()) > until
        };
        connection.progress_handler(STEPS, Some(is_over)).map_err(error::general)?;
        Ok(Self { since, until })
    }

    /// Runs what is stopped when this time is over.
    pub(super) fn during<T>(&self, time: Duration, run: impl FnOnce() -> T) -> T {
        /// Also where the work panics.
        struct Ended<'c>(&'c AtomicU64);

        impl Drop for Ended<'_> {
            fn drop(&mut self) {
                self.0.store(NEVER, Ordering::Relaxed);
            }
        }

        self.until.store(micros(self.since.elapsed() + time), Ordering::Relaxed);
        let _ended = Ended(&self.until);
        run()
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(NEVER - 1)
}
