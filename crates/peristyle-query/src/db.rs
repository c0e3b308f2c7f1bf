use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use crate::batch::{Answers, Batch, Gathered};
use crate::door::{Access, Door, Work};
use crate::engine::{OpenOptions, Place, Role};
use crate::retry::Transient;
use crate::{Connection, Error, Isolation, Result, TimedOut};

/// The asynchronous door: on SQLite a database with one connection that writes and several that read, on PostgreSQL with
/// several that do both.
///
/// It is cheap to clone and meant to be shared. A statement, a whole [`transaction`](Self::transaction) or any other work
/// given to [`run`](Self::run) costs one hop to a thread that may block; no thread of the runtime waits for the database.
#[derive(Clone)]
pub struct Db(Arc<Shared>);

struct Shared {
    writer: Pool,
    /// None for a database in memory, which only its one connection sees, and where every connection reads and writes.
    readers: Option<Pool>,
    threading: Threading,
}

/// Where statements run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Threading {
    /// On tokio's threads for blocking work, one hop for each statement or closure.
    #[default]
    Blocking,
    /// Statements that read run where they are awaited: no hop, but a long one keeps a thread of the runtime. For
    /// databases whose reads are known to be short.
    InlineReads,
}

/// How a database is opened.
pub struct DbOptions {
    readers: usize,
    connections: usize,
    threading: Threading,
    open: OpenOptions,
    wait: Duration,
    prepare: Option<Prepare>,
}

/// What is done with a database before the first statement.
type Prepare = Box<dyn FnOnce(&mut dyn peristyle_driver::Connection) -> Result<()> + Send>;

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            readers: 4,
            connections: 10,
            threading: Threading::default(),
            open: OpenOptions::default(),
            wait: Duration::from_secs(30),
            prepare: None,
        }
    }
}

impl fmt::Debug for DbOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DbOptions")
            .field("readers", &self.readers)
            .field("connections", &self.connections)
            .field("threading", &self.threading)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

impl DbOptions {
    /// How many connections to a SQLite file read at the same time; 4 unless said otherwise, at least 1.
    #[must_use]
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How many connections to a PostgreSQL server there may be at the same time; 10 unless said otherwise, at least 1. Each
    /// is made when it is first needed, and again when it was lost.
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// Says that the URL leads to a pooler that lends out one of its sessions for each transaction (PgBouncer in transaction
    /// mode): then no statement is kept prepared under a name. `?pgbouncer=true` in the URL says the same.
    #[must_use]
    pub fn pooled(mut self, pooled: bool) -> Self {
        self.open.pooled = pooled;
        self
    }

    /// Where statements run.
    #[must_use]
    pub fn threading(mut self, threading: Threading) -> Self {
        self.threading = threading;
        self
    }

    /// How long to wait while another process is writing to a SQLite file; 5 seconds unless said otherwise. (On PostgreSQL
    /// that is the session's `lock_timeout`.)
    #[must_use]
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.open.busy_timeout = timeout;
        self
    }

    /// How long each statement may take before it is stopped, which is [`Error::Timeout`]; as long as it needs unless said otherwise.
    /// [`Db::within`] says it for one query, and [`Db::transaction_within`] for a transaction.
    #[must_use]
    pub fn statement_timeout(mut self, limit: Duration) -> Self {
        self.open.statement_timeout = Some(limit);
        self
    }

    /// How long a statement waits for a connection to become free before it is [`Error::Timeout`]; 30 seconds unless said
    /// otherwise.
    #[must_use]
    pub fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.wait = timeout;
        self
    }

    /// What is done with the database before the first statement: migrating it, that is.
    ///
    /// `Db::options().prepare(|database| MIGRATIONS.run(database)).open("sqlite:app.db").await?`
    #[must_use]
    pub fn prepare<T, E>(
        mut self,
        prepare: impl FnOnce(&mut dyn peristyle_driver::Connection) -> Result<T, E> + Send + 'static,
    ) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        self.prepare = Some(Box::new(|database| match prepare(database) {
            Ok(_) => Ok(()),
            Err(error) => Err(Error::Preparation { source: Box::new(error) }),
        }));
        self
    }

    /// Opens `sqlite:path`, `sqlite::memory:` or a plain path, where a file that does not exist is made; or connects to
    /// `postgres://user@host/database`.
    pub async fn open(self, url: &str) -> Result<Db> {
        let place = Place::parse(url)?;
        blocking(move || self.open_now(place)).await
    }

    fn open_now(self, place: Place) -> Result<Db> {
        let Self { readers, connections, threading, open, wait, prepare } = self;
        let times = Times { wait, statement: open.statement_timeout };
        let mut first = place.connect(&open)?;
        if let Some(prepare) = prepare {
            prepare(first.driver())?;
        }
        let writer = Connection::over(first.engine(Role::Writer)?);
        let connect = |role: Role| {
            let (place, open) = (place.clone(), open.clone());
            move || Ok(Connection::over(place.connect(&open)?.engine(role)?))
        };
        let (writers, readers) = match &place {
            Place::Postgres(_) => (connections, None),
            // A database in memory is seen by its one connection only.
            Place::Sqlite(url) => (1, url.path().map(|_| readers)),
        };
        let readers = match readers {
            None => None,
            Some(most) => {
                let connect = connect(Role::Reader);
                let all = (0..most).map(|_| connect()).collect::<Result<_>>()?;
                Some(Pool::new(all, most, times, Box::new(connect)))
            }
        };
        let writer = Pool::new(vec![writer], writers, times, Box::new(connect(Role::Writer)));
        Ok(Db(Arc::new(Shared { writer, readers, threading })))
    }
}

impl Db {
    /// Opens `sqlite:path`, `sqlite::memory:`, a plain path or `postgres://user@host/database` with the usual options.
    pub async fn open(url: &str) -> Result<Self> {
        DbOptions::default().open(url).await
    }

    /// The options, to change before opening.
    pub fn options() -> DbOptions {
        DbOptions::default()
    }

    /// Runs `work` on the connection that writes, in one hop.
    pub fn run<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.on(Access::Write, work)
    }

    /// Runs `work` on a connection that only reads, in one hop. (On PostgreSQL every connection can write.)
    pub fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.on(Access::Read, work)
    }

    /// Runs `work` in a transaction that can write, in one hop: all of it happens or, if it returns an error, none of it.
    pub fn transaction<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run(move |connection| connection.transaction(work))
    }

    /// Runs `work` in a transaction of this isolation, in one hop, and again from its beginning when it ran into another
    /// transaction: at most six times in all. See [`Connection::retrying`].
    pub fn retrying<T, E>(
        &self,
        isolation: Isolation,
        work: impl Fn(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: Transient + Send + 'static,
    {
        self.run(move |connection| connection.retrying(isolation, work))
    }

    /// Runs several statements in order, all of them or none, in one go: one hop, and on PostgreSQL one round trip, or two if
    /// one of them writes. See [`Connection::batch`].
    ///
    /// ```ignore
    /// let (user, posts) = db.batch(|batch| (User::get(1).one(batch), Post::all().limit(10).all(batch))).await?;
    /// ```
    pub fn batch<A: Answers>(&self, gather: impl FnOnce(&Batch) -> A) -> Pending<A::Out> {
        let gathered = Gathered::of(gather);
        self.on(gathered.access(), move |connection| gathered.run(connection))
    }

    /// What the connections are doing: those that write, or on PostgreSQL all.
    pub fn metrics(&self) -> PoolMetrics {
        self.0.writer.metrics()
    }

    /// What the connections are doing that only read; nothing where every connection can write.
    pub fn reader_metrics(&self) -> Option<PoolMetrics> {
        self.0.readers.as_ref().map(Pool::metrics)
    }

    pub(crate) fn on<T, E>(
        &self,
        access: Access,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let result = Arc::new(Mutex::new(None));
        let place = Arc::clone(&result);
        let work = Box::new(move |connection: &Connection| {
            let done = work(connection);
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
        });
        Pending { done: Box::pin(Arc::clone(&self.0).perform(access, work)), result }
    }
}

/// Work whose result goes where it is awaited. What runs it is compiled once, and not for each type of result.
type Task = Box<dyn FnOnce(&Connection) + Send>;

impl Shared {
    async fn perform(self: Arc<Self>, access: Access, work: Task) -> Result<()> {
        let pool = match (&self.readers, access) {
            (Some(readers), Access::Read) => readers,
            (Some(_) | None, _) => &self.writer,
        };
        let mut lease = pool.lease().await?;
        if access == Access::Read && self.threading == Threading::InlineReads {
            return lease.run(work);
        }
        blocking(move || lease.run(work)).await
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("threading", &self.0.threading).finish_non_exhaustive()
    }
}

impl Door for &Db {
    type Outcome<R: Send + 'static> = Pending<R>;

    fn perform<W: Work>(self, work: W) -> Pending<W::Output> {
        self.on(W::ACCESS, move |connection| work.run(connection))
    }
}

/// The result of a statement, to be awaited. Nothing happens before it is.
///
/// Dropping it while it waits for a connection means that nothing happens; work that has begun runs to its end.
#[must_use = "nothing happens until it is awaited"]
pub struct Pending<T, E = Error> {
    done: Pin<Box<dyn Future<Output = Result<()>> + Send>>,
    result: Arc<Mutex<Option<Result<T, E>>>>,
}

impl<T, E: From<Error>> Future for Pending<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(done) = self.done.as_mut().poll(context) else { return Poll::Pending };
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        Poll::Ready(match (done, result) {
            (Ok(()), Some(result)) => result,
            (Err(error), _) => Err(error.into()),
            (Ok(()), None) => Err(interrupted("the work has come to no end").into()),
        })
    }
}

#[cold]
fn interrupted(reason: &str) -> Error {
    Error::Interrupted { reason: reason.to_owned() }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

/// What the connections of a pool are doing, and did since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolMetrics {
    /// How many there may be.
    pub connections: usize,
    /// How many are at work.
    pub busy: usize,
    /// How many are open and at rest.
    pub idle: usize,
    /// How often one was asked for.
    pub leases: u64,
    /// How often it had to be waited for.
    pub waits: u64,
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
struct Times {
    /// Until a connection is free.
    wait: Duration,
    /// Until a statement is done.
    statement: Option<Duration>,
}

/// Connections that are lent to one piece of work at a time.
struct Pool {
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
    connect: Arc<Connect>,
    most: usize,
    times: Times,
    leases: AtomicU64,
    waits: AtomicU64,
}

/// How one more connection is made.
type Connect = dyn Fn() -> Result<Connection> + Send + Sync;

impl Pool {
    fn new(idle: Vec<Connection>, most: usize, times: Times, connect: Box<Connect>) -> Self {
        Self {
            idle: Arc::new(Mutex::new(idle)),
            free: Arc::new(Semaphore::new(most)),
            connect: connect.into(),
            most,
            times,
            leases: AtomicU64::new(0),
            waits: AtomicU64::new(0),
        }
    }

    fn metrics(&self) -> PoolMetrics {
        PoolMetrics {
            connections: self.most,
            busy: self.most.saturating_sub(self.free.available_permits()),
            idle: self.idle.lock().unwrap_or_else(PoisonError::into_inner).len(),
            leases: self.leases.load(Ordering::Relaxed),
            waits: self.waits.load(Ordering::Relaxed),
        }
    }

    /// The right to one of the connections, waited for if need be.
    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        let closed = || Error::Interrupted { reason: "the database is closed".to_owned() };
        self.leases.fetch_add(1, Ordering::Relaxed);
        match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => return Ok(permit),
            Err(TryAcquireError::Closed) => return Err(closed()),
            Err(TryAcquireError::NoPermits) => {}
        }
        self.waits.fetch_add(1, Ordering::Relaxed);
        let waiting = Arc::clone(&self.free).acquire_owned();
        match tokio::time::timeout(self.times.wait, waiting).await {
            Ok(permit) => permit.map_err(|_| closed()),
            Err(_) => {
                let of = TimedOut::Connection { connections: self.most };
                Err(Error::Timeout { waited: self.times.wait, of })
            }
        }
    }

    async fn lease(&self) -> Result<Lease> {
        let permit = self.permit().await?;
        let connection = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(Lease {
            connection,
            idle: Arc::clone(&self.idle),
            connect: Arc::clone(&self.connect),
            statement: self.times.statement,
            _permit: permit,
        })
    }
}

/// A connection on loan. It goes back when the loan ends, also when the work panics.
struct Lease {
    /// None where one has to be made first.
    connection: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
    connect: Arc<Connect>,
    /// How long its statements may take.
    statement: Option<Duration>,
    /// Given back after the connection is.
    _permit: OwnedSemaphorePermit,
}

impl Lease {
    fn run(&mut self, work: Task) -> Result<()> {
        // One that was lost while it was idle is replaced before anything is asked of it.
        self.connection.take_if(|connection| !connection.engine.is_alive());
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => (self.connect)()?,
        };
        connection.set_statement_timeout(self.statement);
        work(self.connection.insert(connection));
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take_if(|connection| connection.is_reusable()) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// Runs what may block on a thread for that.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(Error::Interrupted { reason: error.to_string() }),
    }
}
