//! The engines, behind one door: each in its own room.

use std::time::Duration;

use peristyle_driver::postgres::Postgres;
use peristyle_driver::sqlite::Sqlite;
use peristyle_driver::{Engine as Kind, Url};

use crate::limit::Limits;
use crate::postgres::{self, Names};
use crate::sqlite;
use crate::statement::Shape;
use crate::transaction::Isolation;
use crate::watch;
use crate::{Bind, Error, Result, Row, ValueError};

/// A connection's engine.
pub(crate) enum Engine {
    Sqlite(sqlite::Engine),
    Postgres(postgres::Engine),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reading and writing.
    Writer,
    /// Reading only.
    Reader,
}

/// How connections are opened.
#[derive(Debug, Clone)]
pub(crate) struct OpenOptions {
    /// How long to wait while another process is writing.
    pub(crate) busy_timeout: Duration,
    /// Whether the URL leads to a pooler that lends out sessions.
    pub(crate) pooled: bool,
    /// How long each statement may take.
    pub(crate) statement_timeout: Option<Duration>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), pooled: false, statement_timeout: None }
    }
}

/// Where a database is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Sqlite(Url),
    Postgres(Url),
}

/// A connection as a migrator sees it.
pub(crate) enum Opened<'p> {
    Sqlite(Sqlite, &'p Url),
    Postgres(Postgres, Names),
}

impl Place {
    /// Reads the URL of a database; text without a scheme is the path of a SQLite file.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let text = if url.contains(':') { url.to_owned() } else { format!("sqlite:{url}") };
        let parsed: Url = text.parse().map_err(unopened)?;
        match parsed.engine() {
            Kind::Sqlite => Ok(Self::Sqlite(parsed)),
            Kind::Postgres => Ok(Self::Postgres(parsed)),
            engine @ Kind::Libsql => Err(unopened(peristyle_driver::Error::Unsupported { engine })),
        }
    }

    /// Opens it; a SQLite file that does not exist is made.
    pub(crate) fn connect(&self, options: &OpenOptions) -> Result<Opened<'_>> {
        match self {
            Self::Sqlite(url) => Ok(Opened::Sqlite(sqlite::connect(url, options)?, url)),
            Self::Postgres(url) => {
                let pooled = options.pooled || postgres::is_pooled(url);
                let names = if pooled { Names::Never } else { Names::Kept };
                Ok(Opened::Postgres(postgres::connect(url)?, names))
            }
        }
    }
}

impl Opened<'_> {
    /// It, for running migrations.
    pub(crate) fn driver(&mut self) -> &mut dyn peristyle_driver::Connection {
        match self {
            Self::Sqlite(driver, _) => driver,
            Self::Postgres(driver, _) => driver,
        }
    }

    /// It, for rows.
    pub(crate) fn engine(self, role: Role) -> Result<Engine> {
        match self {
            Self::Sqlite(driver, url) => Ok(Engine::Sqlite(sqlite::engine(driver, url, role)?)),
            Self::Postgres(driver, names) => Ok(Engine::Postgres(postgres::engine(driver, names))),
        }
    }
}

fn unopened(error: peristyle_driver::Error) -> Error {
    Error::Connection { reason: error.to_string() }
}

impl Engine {
    /// The SQL of a shape.
    pub(crate) fn sql(&self, shape: &Shape) -> String {
        match self {
            Self::Sqlite(engine) => engine.sql(shape),
            Self::Postgres(engine) => engine.sql(shape),
        }
    }

    /// A statement of this shape, ready to take its values.
    #[inline]
    pub(crate) fn prepare<'c>(&'c self, shape: &'c Shape) -> Result<Prepared<'c>> {
        match self {
            Self::Sqlite(engine) => engine.prepare(shape).map(Prepared::Sqlite),
            // A lock may be in the way even of asking what a statement is.
            Self::Postgres(engine) => {
                engine.timed(|| engine.prepare(shape)).map(Prepared::Postgres)
            }
        }
    }

    /// Several statements are about to be said together, in one round trip; nothing where there are no round trips.
    ///
    /// In a `snapshot` they only read, and all see one state of the database.
    pub(crate) fn together(&self, snapshot: bool) -> Option<postgres::Together<'_>> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(engine) => Some(engine.together(snapshot)),
        }
    }

    /// Whether several statements are run in one round trip, which is worth something where there are any.
    pub(crate) fn takes_several(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(_) => true,
        }
    }

    /// Whether rows like the one that `shape` inserts can be given as a list for each column.
    pub(crate) fn takes_lists(&self, shape: &Shape) -> Result<bool> {
        match self {
            Self::Sqlite(_) => Ok(false),
            Self::Postgres(engine) => engine.takes_lists(shape),
        }
    }

    /// Begins to copy rows into the columns that `one` inserts one row into; nothing where rows are not copied.
    pub(crate) fn copy_in(
        &self,
        one: &Shape,
        as_text: bool,
    ) -> Result<Option<postgres::CopyIn<'_>>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(engine) => engine.copy_in(one, as_text).map(Some),
        }
    }

    /// Whether the last statement failed because it was prepared before its tables changed, and not tried again.
    pub(crate) fn take_stale(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(engine) => engine.take_stale(),
        }
    }

    /// How long its statements may take.
    pub(crate) fn limits(&self) -> &Limits {
        match self {
            Self::Sqlite(engine) => engine.limits(),
            Self::Postgres(engine) => engine.limits(),
        }
    }

    /// Runs statements that take no values and give no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.timed(|| engine.batch(sql)),
            Self::Postgres(engine) => engine.timed(|| engine.batch(sql)),
        }
    }

    /// Runs one short statement that takes no values and gives no rows.
    pub(crate) fn command(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.command(sql),
            Self::Postgres(engine) => engine.batch(sql),
        }
    }

    /// Begins a transaction that can write.
    pub(crate) fn begin(&self, isolation: Option<Isolation>) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.begin(),
            Self::Postgres(engine) => engine.begin(isolation),
        }
    }

    /// Begins a transaction that only reads, and sees the database as it is at its first statement.
    pub(crate) fn begin_reading(&self) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.command("BEGIN"),
            Self::Postgres(engine) => engine.begin(Some(Isolation::RepeatableRead)),
        }
    }

    /// Commits the transaction.
    pub(crate) fn commit(&self) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.commit(),
            Self::Postgres(engine) => engine.commit(),
        }
    }

    /// Rolls the transaction back, if the database has not done so by itself.
    pub(crate) fn rollback(&self) -> Result<()> {
        match self {
            Self::Sqlite(engine) => engine.rollback(),
            Self::Postgres(engine) if engine.in_transaction() => engine.batch("ROLLBACK"),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        match self {
            Self::Sqlite(engine) => engine.in_transaction(),
            Self::Postgres(engine) => engine.in_transaction(),
        }
    }

    /// Whether a connection that was idle is still there.
    pub(crate) fn is_alive(&self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(engine) => engine.is_alive(),
        }
    }

    /// Whether nothing can be run any more, because the connection is lost.
    pub(crate) fn is_broken(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(engine) => engine.is_broken(),
        }
    }
}

/// A statement that takes values in order and then runs.
pub(crate) enum Prepared<'c> {
    Sqlite(sqlite::Prepared<'c>),
    Postgres(postgres::Prepared<'c>),
}

impl Prepared<'_> {
    /// The value of the next parameter.
    #[inline]
    pub(crate) fn put(&mut self, value: &Bind<'_>) -> Result<(), ValueError> {
        match self {
            Self::Sqlite(prepared) => prepared.put(value),
            Self::Postgres(prepared) => prepared.put(value),
        }
    }

    /// The values of all parameters.
    #[inline]
    pub(crate) fn put_all(&mut self, values: &[Bind<'static>]) -> Result<()> {
        for value in values {
            self.put(value).map_err(|source| self.refused(None, source))?;
        }
        Ok(())
    }

    /// The error for a value that cannot be held.
    #[cold]
    pub(crate) fn refused(&self, column: Option<u16>, source: ValueError) -> Error {
        match self {
            Self::Sqlite(prepared) => prepared.refused(column, source),
            Self::Postgres(prepared) => prepared.refused(column, source),
        }
    }

    /// Runs it with the one that is run next, all or none, which then gives the answers of both.
    pub(crate) fn queue(&mut self) -> Result<()> {
        watch::statement(self, |prepared| match prepared {
            Self::Sqlite(prepared) => prepared.execute().map(drop),
            Self::Postgres(prepared) => prepared.queue(),
        })
    }

    /// Runs it and says how many rows were written.
    pub(crate) fn execute(&mut self) -> Result<u64> {
        watch::statement(self, |prepared| match prepared {
            Self::Sqlite(prepared) => prepared.engine().timed(|| prepared.execute()),
            Self::Postgres(prepared) => prepared.engine().timed(|| prepared.execute()),
        })
    }

    /// Runs it and adds its rows to `rows`.
    #[inline]
    pub(crate) fn fetch<T: Row>(&mut self, rows: &mut Vec<T>) -> Result<()> {
        watch::statement(self, |prepared| match prepared {
            Self::Sqlite(prepared) => prepared.engine().timed(|| prepared.fetch(rows)),
            Self::Postgres(prepared) => prepared.engine().timed(|| prepared.fetch(rows)),
        })
    }

    /// Runs it and gives its one row, if there is one.
    #[inline]
    pub(crate) fn fetch_optional<T: Row>(&mut self) -> Result<Option<T>> {
        watch::statement(self, |prepared| match prepared {
            Self::Sqlite(prepared) => prepared.engine().timed(|| prepared.fetch_optional()),
            Self::Postgres(prepared) => prepared.engine().timed(|| prepared.fetch_optional()),
        })
    }

    /// Its SQL.
    pub(crate) fn sql(&self) -> String {
        match self {
            Self::Sqlite(prepared) => prepared.sql(),
            Self::Postgres(prepared) => prepared.sql(),
        }
    }
}
