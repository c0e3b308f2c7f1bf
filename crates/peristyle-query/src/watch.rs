//! What statements cost, told to whoever listens: a span of `tracing` for each, with its SQL and never its values.

use tracing::field::Empty;
use tracing::{Level, enabled};

use crate::engine::Prepared;
use crate::{Error, Result};

/// Runs a statement. Where somebody listens to `peristyle::statement` at the level of debugging, it is a span with its SQL, how long it took in
/// microseconds, and the kind of its error if it has one. (An error's words may hold values.)
#[inline]
pub(crate) fn statement<'c, T>(
    prepared: &mut Prepared<'c>,
    run: impl FnOnce(&mut Prepared<'c>) -> Result<T>,
) -> Result<T> {
    if enabled!(target: "peristyle::statement", Level::DEBUG) {
        told(prepared, run)
    } else {
        run(prepared)
    }
}

#[cold]
fn told<'c, T>(
    prepared: &mut Prepared<'c>,
    run: impl FnOnce(&mut Prepared<'c>) -> Result<T>,
) -> Result<T> {
    let span = tracing::debug_span!(
        target: "peristyle::statement",
        "statement",
        sql = prepared.sql(),
        micros = Empty,
        error = Empty
    );
    let _entered = span.enter();
    let begun = std::time::Instant::now();
    let done = run(prepared);
    span.record("micros", u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
    if let Err(error) = &done {
        span.record("error", kind(error));
    }
    done
}

/// The kind of an error, without its words.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Unique { .. } => "unique",
        Error::ForeignKey { .. } => "foreign key",
        Error::Exclusion { .. } => "exclusion",
        Error::Check { .. } => "check",
        Error::NotNull { .. } => "not null",
        Error::NotFound { .. } => "not found",
        Error::TooMany { .. } => "too many",
        Error::Decode { .. } => "decode",
        Error::Value { .. } => "value",
        Error::Busy => "busy",
        Error::Conflict { .. } => "conflict",
        Error::Aborted => "aborted",
        Error::Cursor { .. } => "cursor",
        Error::Connection { .. } => "connection",
        Error::Preparation { .. } => "preparation",
        Error::Database { .. } => "database",
        Error::Timeout { .. } => "timeout",
        Error::Interrupted { .. } => "interrupted",
    }
}
