//! How long statements may take.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::door::{Door, Work};
use crate::{Connection, Db, Error, Pending, Result, TimedOut, Transaction};

/// What the statements of a connection may take.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    /// Each of them.
    pub(crate) statement: Cell<Option<Duration>>,
    /// All of a piece of work together.
    work: Cell<Option<Deadline>>,
}

/// The end of the time that something may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// When it is.
    until: Instant,
    /// How long it is in all.
    limit: Duration,
}

impl Deadline {
    fn of(limit: Duration) -> Self {
        let now = Instant::now();
        // What ends in a hundred years has no end.
        let far = Duration::from_secs(60 * 60 * 24 * 365 * 100);
        Self { until: now + limit.min(far), limit }
    }

    /// What is left; nothing when it is over.
    pub(crate) fn left(self) -> Option<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// The error of what took longer.
    pub(crate) fn error(self) -> Error {
        Error::Timeout { waited: self.limit, of: TimedOut::Statement }
    }

    fn sooner(self, other: Option<Self>) -> Self {
        other.filter(|other| other.until < self.until).unwrap_or(self)
    }
}

impl Limits {
    /// Until when a statement that begins now may run.
    #[inline]
    pub(crate) fn deadline(&self) -> Option<Deadline> {
        match (self.statement.get(), self.work.get()) {
            (None, work) => work,
            (Some(limit), work) => Some(Deadline::of(limit).sooner(work)),
        }
    }
}

impl Connection {
    /// How long each statement may take from now on before it is stopped, which is [`Error::Timeout`]; none for as long as it
    /// takes, as at first.
    ///
    /// What waits for somebody else's lock counts on PostgreSQL; on SQLite that wait has a limit of its own (`busy_timeout`).
    pub fn set_statement_timeout(&self, limit: Option<Duration>) {
        self.engine.limits().statement.set(limit);
    }

    /// The same door, through which each query or write takes no longer than this: with all statements that it is made of.
    ///
    /// `User::all().with(Post::AUTHOR).all(connection.within(Duration::from_secs(2)))?`
    pub fn within(&self, limit: Duration) -> Within<&Self> {
        Within { door: self, limit }
    }

    /// Runs `work` in a transaction whose statements take no longer than this, all together: the one that does is stopped, and the
    /// transaction undone.
    pub fn transaction_within<T, E: From<Error>>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(|connection| connection.limited(limit, || work(connection)))
    }

    /// Does something that ends by then, or before it if there is a sooner end already.
    pub(crate) fn limited<T>(&self, limit: Duration, work: impl FnOnce() -> T) -> T {
        /// Also where the work panics.
        struct Restored<'c>(&'c Cell<Option<Deadline>>, Option<Deadline>);

        impl Drop for Restored<'_> {
            fn drop(&mut self) {
                self.0.set(self.1);
            }
        }

        let end = &self.engine.limits().work;
        let _restored = Restored(end, end.get());
        end.set(Some(Deadline::of(limit).sooner(end.get())));
        work()
    }
}

impl Db {
    /// The same door, through which each query or write takes no longer than this once it has a connection: with all statements
    /// that it is made of.
    ///
    /// `User::all().all(db.within(Duration::from_secs(2))).await?`
    pub fn within(&self, limit: Duration) -> Within<&Self> {
        Within { door: self, limit }
    }

    /// Runs `work` in a transaction whose statements take no longer than this, all together: the one that does is stopped, and the
    /// transaction undone.
    pub fn transaction_within<T, E>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run(move |connection| connection.transaction_within(limit, work))
    }
}

/// A door with a limit to how long something may take: see [`Connection::within`] and [`Db::within`].
#[derive(Debug, Clone, Copy)]
pub struct Within<D> {
    door: D,
    limit: Duration,
}

impl Door for Within<&Connection> {
    type Outcome<R: Send + 'static> = Result<R>;

    fn perform<W: Work>(self, work: W) -> Result<W::Output> {
        self.door.limited(self.limit, || work.run(self.door))
    }
}

impl Door for Within<&Transaction<'_>> {
    type Outcome<R: Send + 'static> = Result<R>;

    fn perform<W: Work>(self, work: W) -> Result<W::Output> {
        self.door.limited(self.limit, || work.run(self.door))
    }
}

impl Door for Within<&Db> {
    type Outcome<R: Send + 'static> = Pending<R>;

    fn perform<W: Work>(self, work: W) -> Pending<W::Output> {
        let limit = self.limit;
        self.door
            .on(W::ACCESS, move |connection| connection.limited(limit, || work.run(connection)))
    }
}
