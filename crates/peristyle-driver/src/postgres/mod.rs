//! PostgreSQL, by its own protocol.

mod address;
mod alone;
mod blocker;
mod catalog;
pub mod cluster;
mod error;
mod lease;
mod migration;
mod scratch;
mod server_error;
mod value;
pub mod wire;

use std::time::Duration;

use peristyle_schema::Schema;
use peristyle_sql::{Dialect, DialectName};

use crate::{Access, Blocker, Catalog, Connection, Error, Interrupter, Options, Rows, Url, Value};

pub use self::address::{Address, Encryption, Host};
pub use self::error::from_server;
pub use self::server_error::ServerError;

use self::error::understood;
use self::wire::{Message, Status, Wire};

/// A connection to a PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    wire: Wire,
    url: Url,
    access: Access,
    lock_timeout: Duration,
    /// The server's process of an open migration; behind a pooler it is not that of the connection.
    process: Option<i64>,
    /// Who was in the way when the running statement was last looked after.
    blocker: Option<Box<Blocker>>,
    lease: Option<lease::Lease>,
    /// Dropped last: the database is in use until then.
    scratch: Option<scratch::Scratch>,
}

/// What a database has that does not exist.
const NO_SUCH_DATABASE: &str = "3D000";

/// Somebody else made it first.
const DUPLICATE_DATABASE: [&str; 2] = ["42P04", "23505"];

/// The database that every server has, to make others from.
const MAINTENANCE: &str = "postgres";

impl Postgres {
    /// Connects to a PostgreSQL database; with [`Access::Create`] one that is not there is made.
    pub fn open(url: &Url, options: &Options) -> Result<Self, Error> {
        let Some(address) = url.address() else {
            return Err(Error::Url {
                text: url.to_string(),
                reason: "it is not the URL of a PostgreSQL database".to_owned(),
            });
        };
        let wire = match Wire::connect(&session(&address)) {
            Err(error)
                if options.access == Access::Create && error.state() == Some(NO_SUCH_DATABASE) =>
            {
                create_database(&address)?;
                Wire::connect(&session(&address))?
            }
            connected => connected?,
        };
        Ok(Self {
            wire,
            url: url.clone(),
            access: options.access,
            lock_timeout: options.lock_timeout,
            process: None,
            blocker: None,
            lease: None,
            scratch: None,
        })
    }

    /// The session underneath.
    pub fn wire(&mut self) -> &mut Wire {
        &mut self.wire
    }

    /// The session underneath, to keep.
    pub fn into_wire(self) -> Wire {
        self.wire
    }

    /// The server's version, as it prints it: `15.14 (Debian 15.14-0+deb12u1)`.
    pub fn server_version(&self) -> &str {
        self.wire.parameter("server_version").unwrap_or_default()
    }

    /// Its number: 15.
    pub fn major_version(&self) -> Option<u32> {
        let digits = self.server_version().split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    }

    /// Whether reading must be enforced by a transaction around the next statement: a setting of the session would leak
    /// to others behind a pooler.
    fn reads_alone(&self) -> bool {
        self.access == Access::Read && self.wire.status() == Status::Idle
    }

    /// Runs one statement, and keeps its rows if they are wanted.
    fn run(&mut self, sql: &str, params: &[Value]) -> Result<(Rows, u64), Error> {
        let guarded = self.reads_alone();
        if guarded {
            self.wire.query("BEGIN READ ONLY")?;
        }
        let asked = self.ask(sql, params);
        if guarded {
            self.wire.query("COMMIT")?;
        }
        asked?;
        if guarded {
            self.until_ready("")?;
        }
        let answer = self.answer(sql);
        if guarded {
            // An error has undone the transaction already; the first one is what counts.
            let ended = self.until_ready("");
            let answer = answer?;
            ended?;
            return Ok(answer);
        }
        answer
    }

    /// Says a statement and its parameters, without waiting.
    fn ask(&mut self, sql: &str, params: &[Value]) -> Result<(), Error> {
        self.wire.parse("", sql, [])?;
        self.wire.bind("", "", [], params, value::write, [])?;
        self.wire.describe_portal("")?;
        self.wire.execute("", 0)?;
        self.wire.sync()
    }

    /// Reads the answer to one statement.
    fn answer(&mut self, sql: &str) -> Result<(Rows, u64), Error> {
        let mut rows = Rows::default();
        let mut oids = Vec::new();
        let mut changed = 0;
        let mut failed = None;
        self.attend()?;
        loop {
            match self.wire.receive()? {
                Message::Columns(columns) => {
                    oids = columns.iter().map(|column| column.oid).collect();
                    rows.columns = columns.into_iter().map(|column| column.name).collect();
                }
                Message::Row(row) => {
                    rows.rows
                        .push(row.zip(&oids).map(|(text, oid)| value::read(*oid, text)).collect());
                }
                Message::Complete(completion) => changed += completion.changed,
                Message::Error(error) => {
                    let error = match understood(*error, sql, self.major_version()) {
                        Error::Locked(_) => Error::Locked(self.blocker.take()),
                        error => error,
                    };
                    if self.wire.is_broken() {
                        return Err(error);
                    }
                    failed.get_or_insert(error);
                }
                Message::CopyIn => self.wire.copy_fail("COPY from the client is not done here")?,
                Message::Ready(_) => break,
                Message::ParseComplete
                | Message::BindComplete
                | Message::CloseComplete
                | Message::Parameters(_)
                | Message::NoData
                | Message::Suspended
                | Message::Empty
                | Message::CopyOut
                | Message::CopyData(_)
                | Message::CopyDone => {}
            }
        }
        match failed {
            Some(error) => Err(error),
            None => Ok((rows, changed)),
        }
    }

    /// Reads the answer to a script, and forgets its rows.
    fn until_ready(&mut self, script: &str) -> Result<(), Error> {
        self.answer(script).map(drop)
    }

    /// Runs a script whatever the access is.
    fn simple(&mut self, script: &str) -> Result<(), Error> {
        self.wire.query(script)?;
        self.until_ready(script)
    }
}

/// The session that our own connections begin: what a server prints in it must not depend on where it stands.
fn session(address: &Address) -> Address {
    let mut address = address.clone();
    address.settings.push(("TimeZone".to_owned(), "UTC".to_owned()));
    address
}

fn create_database(address: &Address) -> Result<(), Error> {
    let mut wire = Wire::connect(&address.with_database(MAINTENANCE))?;
    let dialect = peristyle_sql::dialect(DialectName::Postgres);
    let sql = format!("CREATE DATABASE {}", dialect.quote(&address.database));
    wire.query(&sql)?;
    match wire.finish()? {
        Some(error) if !DUPLICATE_DATABASE.contains(&error.state.as_str()) => {
            Err(from_server(*error, &sql))
        }
        Some(_) | None => Ok(()),
    }
}

impl Connection for Postgres {
    fn dialect(&self) -> &'static dyn Dialect {
        peristyle_sql::dialect(DialectName::Postgres)
    }

    fn url(&self) -> &Url {
        &self.url
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        self.run(sql, params).map(|(_, changed)| changed)
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Rows, Error> {
        self.run(sql, params).map(|(rows, _)| rows)
    }

    fn batch(&mut self, script: &str) -> Result<(), Error> {
        if !self.reads_alone() {
            return self.simple(script);
        }
        self.simple("BEGIN READ ONLY")?;
        let ran = self.simple(script);
        let ended = self.simple("COMMIT");
        ran.and(ended)
    }

    fn catalog_version(&mut self) -> Result<Option<i64>, Error> {
        Ok(None)
    }

    fn set_lock_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.lock_timeout = timeout;
        Ok(())
    }

    fn lease(&mut self, owner: &str) -> Result<(), Error> {
        self.take_lease(owner)
    }

    fn release(&mut self) -> Result<(), Error> {
        self.return_lease()
    }

    fn run_alone(&mut self, sql: &str) -> Result<(), Error> {
        self.alone(sql)
    }

    fn begin_migration(&mut self) -> Result<(), Error> {
        self.begin()
    }

    /// Constraints are enforced all the time, but those that are deferred.
    fn check_migration(&mut self) -> Result<(), Error> {
        self.simple("SET CONSTRAINTS ALL IMMEDIATE")
    }

    fn commit_migration(&mut self) -> Result<(), Error> {
        self.commit()
    }

    fn rollback_migration(&mut self) -> Result<(), Error> {
        self.rollback()
    }

    fn savepoint(&mut self, name: &str) -> Result<(), Error> {
        let name = self.dialect().quote(name);
        self.simple(&format!("SAVEPOINT {name}"))
    }

    fn rollback_to_savepoint(&mut self, name: &str) -> Result<(), Error> {
        let name = self.dialect().quote(name);
        self.simple(&format!("ROLLBACK TO {name}; RELEASE {name}"))
    }

    fn release_savepoint(&mut self, name: &str) -> Result<(), Error> {
        let name = self.dialect().quote(name);
        self.simple(&format!("RELEASE {name}"))
    }

    fn interrupter(&self) -> Interrupter {
        let canceller = self.wire.canceller();
        // A statement that cannot be stopped, because the server is not to be reached, ends when the server is gone.
        Interrupter::new(move || drop(canceller.cancel()))
    }

    fn canonical(&mut self, declared: Schema, live: &Schema) -> Result<Schema, Error> {
        self.canonical_texts(declared, live)
    }

    fn catalog(&mut self) -> Result<Catalog, Error> {
        self.read_catalog()
    }
}
