//! From a live database straight to a schema, without a migration file.

use std::time::Duration;

use peristyle_driver::Connection;

use crate::{Choices, Error, Loaded, Planned, Progress, Running};

/// How to push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushOptions {
    /// What somebody has decided.
    pub choices: Choices,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
}

impl Default for PushOptions {
    fn default() -> Self {
        Self {
            choices: Choices::default(),
            running: Running::Run,
            lock_timeout: Duration::from_secs(30),
        }
    }
}

/// What was pushed.
#[derive(Debug, Clone)]
pub struct Pushed {
    /// The plan; empty if the database was there already.
    pub planned: Planned,
    /// How long it took.
    pub took: Duration,
}

/// Makes the database what the target says, in one transaction that is committed only if its catalog says the same.
pub fn push(
    _connection: &mut dyn Connection,
    _target: Loaded,
    _options: &PushOptions,
    _progress: Progress<'_>,
) -> Result<Pushed, Error> {
    Err(crate::error::not_built())
}
