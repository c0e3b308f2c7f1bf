//! A database for each test, in one line: `let db = testing::connection(&MIGRATIONS, URL)?;`.
//!
//! The first test that asks migrates a template; every test gets a copy of it, which is gone at the test's end. A template
//! belongs to the migrations as they are, so that after a new one it is made anew, and any number of test processes may
//! run at the same time.

pub use peristyle_query::testing::{Isolated, Template};

use crate::{Connection, Db, Migrations, Result};

/// The template of these migrations at this URL: of a PostgreSQL server, of a SQLite file that need not exist, or
/// `sqlite::memory:`.
pub fn template(migrations: &Migrations, url: &str) -> Result<Template> {
    let migrations = *migrations;
    let folder = migrations.folder();
    // The files are a chain of hashes, so the last one stands for all.
    let last = folder.migrations().last().map(|migration| migration.checksum.to_string());
    Template::new(url, &last.unwrap_or_default(), move |database| migrations.run(database))
}

/// A migrated database for one test, through the synchronous door.
pub fn connection(migrations: &Migrations, url: &str) -> Result<Isolated<Connection>> {
    template(migrations, url)?.connection()
}

/// A migrated database for one test, through the asynchronous door.
pub async fn db(migrations: &Migrations, url: &str) -> Result<Isolated<Db>> {
    template(migrations, url)?.db().await
}

/// An open transaction on a migrated database for one test, which is rolled back at the test's end. See
/// [`Template::rolled_back`].
pub fn rolled_back(migrations: &Migrations, url: &str) -> Result<Isolated<Connection>> {
    template(migrations, url)?.rolled_back()
}
