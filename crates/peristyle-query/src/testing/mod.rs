//! A database for each test.
//!
//! A [`Template`] is migrated once, however many tests and processes use it; each test gets a copy of its own, which is
//! gone at the test's end, or works in a transaction that is rolled back. So tests run side by side and see nothing of each
//! other.

mod postgres;
mod sqlite;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use peristyle_driver::Url;

use crate::door::{Door, Work};
use crate::engine::{OpenOptions, Place, Role};
use crate::{Connection, Db, Error, Result};

/// A database that is prepared once and of which each test gets a copy.
///
/// On a PostgreSQL server the template is a database beside the one that the URL names, and copies are made by
/// `CREATE DATABASE … TEMPLATE`, for which the role needs `CREATEDB`. On SQLite it is a file beside the one that the URL
/// names, which need not exist; in memory every test prepares its own.
#[derive(Clone)]
pub struct Template {
    place: Place,
    /// What it holds, in short: templates that hold the same are one.
    fingerprint: String,
    prepare: Arc<Prepare>,
}

/// What makes a template out of an empty database.
type Prepare = dyn Fn(&mut dyn peristyle_driver::Connection) -> Result<()> + Send + Sync;

impl Template {
    /// A template at this URL that `prepare` makes out of an empty database.
    ///
    /// `fingerprint` stands for what `prepare` does: change it whenever that changes.
    pub fn new<T, E>(
        url: &str,
        fingerprint: &str,
        prepare: impl Fn(&mut dyn peristyle_driver::Connection) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<Self>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let place = Place::parse(url)?;
        let prepare =
            Arc::new(move |database: &mut dyn peristyle_driver::Connection| {
                match prepare(database) {
                    Ok(_) => Ok(()),
                    Err(error) => Err(Error::Preparation { source: Box::new(error) }),
                }
            });
        Ok(Self { place, fingerprint: short(fingerprint), prepare })
    }

    /// A copy for one test, through the synchronous door. It is gone when it is dropped.
    pub fn connection(&self) -> Result<Isolated<Connection>> {
        let copy = self.copy()?;
        let connection = match &copy.url {
            Some(url) => Connection::open(url)?,
            None => Connection::open_prepared("sqlite::memory:", &*self.prepare)?,
        };
        Ok(Isolated::new(connection, copy))
    }

    /// A copy for one test, through the asynchronous door. It is gone when it is dropped.
    pub async fn db(&self) -> Result<Isolated<Db>> {
        let template = self.clone();
        let copy = crate::db::blocking(move || template.copy()).await?;
        let db = match &copy.url {
            Some(url) => Db::open(url).await?,
            None => {
                let prepare = Arc::clone(&self.prepare);
                Db::options()
                    .prepare(move |database| prepare(database))
                    .open("sqlite::memory:")
                    .await?
            }
        };
        Ok(Isolated::new(db, copy))
    }

    /// An open transaction for one test, which is rolled back when it is dropped. A transaction inside of it is a savepoint.
    ///
    /// On PostgreSQL all such tests share one database, so they begin faster than with a copy; the numbers that it gives
    /// out for keys go on from test to test. After a statement that fails the transaction is good for nothing more: let
    /// it run in a [`transaction`](Connection::transaction) of its own where the test goes on.
    pub fn rolled_back(&self) -> Result<Isolated<Connection>> {
        let isolated = match &self.place {
            Place::Sqlite(_) => self.connection()?,
            Place::Postgres(server) => {
                let url = postgres::shared(server, &self.fingerprint, &*self.prepare)?;
                let options = OpenOptions::default();
                let engine =
                    Place::Postgres(url.clone()).connect(&options)?.engine(Role::Writer)?;
                Isolated::new(
                    Connection::over(engine),
                    Copy { url: secret(&url), end: End::Nothing },
                )
            }
        };
        isolated.begin_for_good()?;
        Ok(isolated)
    }

    fn copy(&self) -> Result<Copy> {
        match &self.place {
            Place::Postgres(server) => postgres::copy(server, &self.fingerprint, &*self.prepare),
            Place::Sqlite(url) => match url.path() {
                Some(path) => sqlite::copy(path, &self.fingerprint, &*self.prepare),
                None => Ok(Copy { url: None, end: End::Nothing }),
            },
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("place", &self.place)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

/// A database, or a transaction, that one test has for itself. It is used as the [`Connection`] or [`Db`] that it holds.
pub struct Isolated<D> {
    /// Closed before the copy ends.
    door: Option<D>,
    copy: Copy,
}

/// A copy of a template.
struct Copy {
    /// Where it is; none in memory.
    url: Option<String>,
    end: End,
}

/// What is done with a copy when its test is over.
enum End {
    Nothing,
    /// The database of this name is dropped.
    Database {
        server: Url,
        name: String,
    },
    /// The file is removed, and those that SQLite has beside it.
    File(std::path::PathBuf),
}

impl<D> Isolated<D> {
    fn new(door: D, copy: Copy) -> Self {
        Self { door: Some(door), copy }
    }

    /// Where the test's database is, with its secrets, for a program that opens it by itself; none for one in memory.
    pub fn url(&self) -> Option<&str> {
        self.copy.url.as_deref()
    }
}

impl<D> Deref for Isolated<D> {
    type Target = D;

    fn deref(&self) -> &D {
        match &self.door {
            Some(door) => door,
            // It is there from its making to its drop.
            None => unreachable!("the test's database was closed before its end"),
        }
    }
}

impl<'a, D> Door for &'a Isolated<D>
where
    &'a D: Door,
{
    type Outcome<R: Send + 'static> = <&'a D as Door>::Outcome<R>;

    fn perform<W: Work>(self, work: W) -> Self::Outcome<W::Output> {
        let door: &'a D = self;
        door.perform(work)
    }
}

impl<D> Drop for Isolated<D> {
    fn drop(&mut self) {
        drop(self.door.take());
        match &self.copy.end {
            End::Nothing => {}
            End::Database { server, name } => postgres::drop_database(server, name),
            End::File(path) => sqlite::remove(path),
        }
    }
}

impl<D: fmt::Debug> fmt::Debug for Isolated<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Isolated").field("door", &self.door).finish_non_exhaustive()
    }
}

/// At most 16 letters and digits that stand for a text.
fn short(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    if plain == text {
        return plain.to_lowercase();
    }
    // FNV-1a: a name for a template, not a secret.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn secret(url: &Url) -> Option<String> {
    url.secret().map(str::to_owned)
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A part of a name that no other copy has: the second, the process, and a number.
fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}_{}_{number}", now(), std::process::id())
}

/// Whether the copy whose name ends so was left behind by a process that was killed: no test takes a day.
fn is_stale(unique: &str) -> bool {
    let made = unique.split('_').next().and_then(|seconds| seconds.parse::<u64>().ok());
    made.is_some_and(|made| made.saturating_add(24 * 60 * 60) < now())
}

/// Templates that this process knows to be there, by what they are called.
static KNOWN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Makes sure, once in this process, that a template is there.
fn once(name: &str, make: impl FnOnce() -> Result<()>) -> Result<()> {
    // The lock is held while it is made, so that other threads wait for it rather than make it too.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if !known.contains(name) {
        make()?;
        known.insert(name.to_owned());
    }
    Ok(())
}

/// Forgets that a template is there.
fn forget(name: &str) {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_short_and_plain() {
        assert_eq!(short("5F1C9e"), "5f1c9e");
        assert_eq!(short("0001 users; 0002 posts").len(), 16);
        assert_ne!(short("0001 users; 0002 posts"), short("0001 users; 0002 post"));
        assert_ne!(short("0123456789abcdef0"), short("0123456789abcdef1"));
    }

    #[test]
    fn only_what_is_a_day_old_is_stale() {
        assert!(is_stale("1000_5_0") && is_stale("1000"));
        assert!(!is_stale(&unique()) && !is_stale("x_5_0") && !is_stale(""));
    }
}
