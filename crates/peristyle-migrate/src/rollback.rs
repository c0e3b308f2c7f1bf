//! Taking migrations back.

use std::time::Duration;

use peristyle_driver::Connection;
use peristyle_schema::Diagnostic;

use crate::{Error, Folder, MigrationId, Progress, Run, Running};

/// How to roll back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollbackOptions {
    /// How far.
    pub until: Until,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
}

/// How far to roll back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// So many migrations.
    Steps(usize),
    /// Until this one is the last.
    Migration(MigrationId),
    /// All of them.
    Start,
}

impl Default for RollbackOptions {
    /// One step back.
    fn default() -> Self {
        Self {
            until: Until::Steps(1),
            running: Running::Run,
            lock_timeout: Duration::from_secs(30),
        }
    }
}

/// What was rolled back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolledBack {
    /// The migrations that were taken back, or would be, in order.
    pub undone: Vec<Run>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// Takes the last migrations back, each in one transaction with its row of the history.
pub fn rollback(
    _connection: &mut dyn Connection,
    _folder: &Folder,
    _options: &RollbackOptions,
    _progress: Progress<'_>,
) -> Result<RolledBack, Error> {
    Err(crate::error::not_built())
}
