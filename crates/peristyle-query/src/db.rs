use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use peristyle_driver::Url;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::door::{Access, Door, Work};
use crate::sqlite::{self, OpenOptions, Role};
use crate::{Connection, Error, Result};

/// The asynchronous door: a database with one connection that writes and several that read.
///
/// It is cheap to clone and meant to be shared. A statement, a whole [`transaction`](Self::transaction) or any other work
/// given to [`run`](Self::run) costs one hop to a thread that may block; no thread of the runtime waits for the database.
#[derive(Clone)]
pub struct Db(Arc<Shared>);

struct Shared {
    writer: Pool,
    /// Empty for a database in memory, which only its one connection sees.
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
    threading: Threading,
    open: OpenOptions,
    prepare: Option<Prepare>,
}

/// What is done with a database before the first statement.
type Prepare = Box<dyn FnOnce(&mut dyn peristyle_driver::Connection) -> Result<()> + Send>;

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            readers: 4,
            threading: Threading::default(),
            open: OpenOptions::default(),
            prepare: None,
        }
    }
}

impl fmt::Debug for DbOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DbOptions")
            .field("readers", &self.readers)
            .field("threading", &self.threading)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

impl DbOptions {
    /// How many connections read at the same time; 4 unless said otherwise, at least 1.
    #[must_use]
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// Where statements run.
    #[must_use]
    pub fn threading(mut self, threading: Threading) -> Self {
        self.threading = threading;
        self
    }

    /// How long to wait while another process is writing; 5 seconds unless said otherwise.
    #[must_use]
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.open.busy_timeout = timeout;
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

    /// Opens `sqlite:path`, `sqlite::memory:` or a plain path; a file that does not exist is made.
    pub async fn open(self, url: &str) -> Result<Db> {
        let url = sqlite::parse(url)?;
        blocking(move || self.open_now(&url)).await
    }

    fn open_now(self, url: &Url) -> Result<Db> {
        let mut driver = sqlite::connect(url, &self.open)?;
        if let Some(prepare) = self.prepare {
            prepare(&mut driver)?;
        }
        let writer = Connection::over(sqlite::engine(driver, url, Role::Writer)?);
        let writer = Pool::new(vec![writer]);
        let reader = || {
            let driver = sqlite::connect(url, &self.open)?;
            Ok(Connection::over(sqlite::engine(driver, url, Role::Reader)?))
        };
        // A database in memory is seen by its one connection only.
        let readers = match url.path() {
            None => None,
            Some(_) => Some(Pool::new((0..self.readers).map(|_| reader()).collect::<Result<_>>()?)),
        };
        Ok(Db(Arc::new(Shared { writer, readers, threading: self.threading })))
    }
}

impl Db {
    /// Opens `sqlite:path`, `sqlite::memory:` or a plain path with the usual options.
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

    /// Runs `work` on a connection that only reads, in one hop.
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

    fn on<T, E>(
        &self,
        access: Access,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let shared = Arc::clone(&self.0);
        Pending(Box::pin(async move {
            let pool = match (&shared.readers, access) {
                (Some(readers), Access::Read) => readers,
                (Some(_) | None, _) => &shared.writer,
            };
            let mut lease = pool.lease().await?;
            let inline = access == Access::Read && shared.threading == Threading::InlineReads;
            if inline {
                return lease.run(work);
            }
            blocking(move || Ok(lease.run(work))).await?
        }))
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
pub struct Pending<T, E = Error>(Pin<Box<dyn Future<Output = Result<T, E>> + Send>>);

impl<T, E> Future for Pending<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

/// Connections that are lent to one piece of work at a time.
struct Pool {
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Pool {
    fn new(connections: Vec<Connection>) -> Self {
        let free = Arc::new(Semaphore::new(connections.len()));
        Self { idle: Arc::new(Mutex::new(connections)), free }
    }

    async fn lease(&self) -> Result<Lease> {
        let gone = |reason: &str| Error::Interrupted { reason: reason.to_owned() };
        let permit = Arc::clone(&self.free)
            .acquire_owned()
            .await
            .map_err(|_| gone("the database is closed"))?;
        let connection = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = connection.ok_or_else(|| gone("a connection was lost"))?;
        Ok(Lease { connection: Some(connection), idle: Arc::clone(&self.idle), _permit: permit })
    }
}

/// A connection on loan. It goes back when the loan ends, also when the work panics.
struct Lease {
    connection: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
    /// Given back after the connection is.
    _permit: OwnedSemaphorePermit,
}

impl Lease {
    fn run<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.connection {
            Some(connection) => work(connection),
            None => Err(Error::Interrupted { reason: "a connection was lost".to_owned() }.into()),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// Runs what may block on a thread for that.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(Error::Interrupted { reason: error.to_string() }),
    }
}
