//! Whether folder, declarations and database agree.

use peristyle_driver::Connection;
use peristyle_schema::{Change, Diagnostic};
use peristyle_sql::DialectName;

use crate::{Error, Folder, MigrationId, Source};

/// What to check. What is not given is not checked.
pub struct CheckRequest<'a> {
    /// The migration folder.
    pub folder: &'a Folder,
    /// The database's language.
    pub dialect: DialectName,
    /// The schema that the history must lead to.
    pub target: Option<&'a Source>,
    /// The database that must be what the history makes of it.
    pub connection: Option<&'a mut dyn Connection>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Files that are not what they were, and other differences between folder and history.
    pub faults: Vec<Diagnostic>,
    /// Migrations that the database does not have.
    pub pending: Vec<MigrationId>,
    /// What the database has otherwise than its history makes of it.
    pub drift: Drift,
    /// What the history lacks to reach the target.
    pub stale: Drift,
    /// What is worth knowing; nothing of it fails the check.
    pub notes: Vec<Diagnostic>,
}

/// How one schema differs from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// What would have to change.
    pub changes: Vec<Change>,
}

impl CheckReport {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
            && self.pending.is_empty()
            && self.drift.changes.is_empty()
            && self.stale.changes.is_empty()
    }
}

impl Drift {
    /// Each difference, in words.
    pub fn words(&self) -> Vec<String> {
        crate::describe(&self.changes)
    }
}

/// Compares folder, declarations and database, and changes nothing.
pub fn check(_request: CheckRequest<'_>) -> Result<CheckReport, Error> {
    Err(crate::error::not_built())
}
