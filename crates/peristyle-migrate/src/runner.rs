//! Applying migrations to a database.

use std::time::Duration;

use peristyle_driver::Connection;
use peristyle_schema::Diagnostic;

use crate::{Direction, Error, Folder, MigrationId, Progress};

/// How to migrate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrateOptions {
    /// The last migration to apply; all if none is named.
    pub to: Option<MigrationId>,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
    /// Who we are, for the history; by default the number of this process.
    pub owner: Option<String>,
}

impl Default for MigrateOptions {
    fn default() -> Self {
        Self { to: None, running: Running::Run, lock_timeout: Duration::from_secs(30), owner: None }
    }
}

/// Whether anything is run, or only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Running {
    /// It is run.
    #[default]
    Run,
    /// It is only shown.
    Dry,
}

/// A migration that was run, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its name.
    pub id: MigrationId,
    /// Which way it went.
    pub direction: Direction,
    /// The statements that it ran.
    pub statements: Vec<String>,
    /// How long it took; nothing if it was only shown.
    pub took: Duration,
}

/// What was migrated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The migrations that were applied, or would be, in order.
    pub applied: Vec<Run>,
    /// Those that another migrator applied meanwhile.
    pub by_another: Vec<MigrationId>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// Applies the migrations of the folder that the database does not have, each in one transaction with its row of the history.
pub fn migrate(
    _connection: &mut dyn Connection,
    _folder: &Folder,
    _options: &MigrateOptions,
    _progress: Progress<'_>,
) -> Result<Migrated, Error> {
    Err(crate::error::not_built())
}
