use std::borrow::Cow;

use crate::statement::Statement;
use crate::{Connection, Result, Transaction};

/// What a statement runs through: a [`&Connection`](Connection), a [`&Transaction`](Transaction), a [`&Db`](crate::Db), or a
/// [`&Batch`](crate::Batch) that gathers several.
///
/// A query is the same value for all of them. Through a connection its result is there at once
/// (`query.all(&connection)?`); through a `Db` it is a future (`query.all(&db).await?`).
#[diagnostic::on_unimplemented(
    message = "a statement cannot run through `{Self}`",
    label = "expected `&Db`, `&Connection`, `&Transaction` or `&Batch`"
)]
pub trait Door {
    /// What the caller gets: a result, or a future of one.
    type Outcome<R: Send + 'static>;

    /// Does the work.
    #[doc(hidden)]
    fn perform<W: Work>(self, work: W) -> Self::Outcome<W::Output>;
}

/// Something to do on a connection, as a value that can move to another thread.
pub trait Work: Send + 'static {
    /// What comes of it.
    type Output: Send + 'static;

    /// Whether it writes.
    const ACCESS: Access;

    /// The one statement that [`run`](Self::run) runs, where it does nothing else with the database: it can be said before
    /// others are answered.
    #[doc(hidden)]
    fn statement(&self) -> Option<Cow<'_, Statement>> {
        None
    }

    /// Does it.
    fn run(self, connection: &Connection) -> Result<Self::Output>;
}

/// Whether work writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It only reads.
    Read,
    /// It may write.
    Write,
}

impl Door for &Connection {
    type Outcome<R: Send + 'static> = Result<R>;

    #[inline]
    fn perform<W: Work>(self, work: W) -> Result<W::Output> {
        work.run(self)
    }
}

impl Door for &Transaction<'_> {
    type Outcome<R: Send + 'static> = Result<R>;

    #[inline]
    fn perform<W: Work>(self, work: W) -> Result<W::Output> {
        work.run(self)
    }
}
