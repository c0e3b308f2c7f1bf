//! From declarations to a proven migration file.

mod name;

use std::path::{Path, PathBuf};

use peristyle_schema::{Change, Diagnostic};
use peristyle_sql::{DialectName, Plan};

use crate::{Choices, Error, MigrationId, Progress, Proof, Source};

/// What to generate.
#[derive(Debug, Clone)]
pub struct GenerateRequest<'a> {
    /// The migration folder.
    pub folder: &'a Path,
    /// Where the schema to reach comes from.
    pub target: &'a Source,
    /// The database's language.
    pub dialect: DialectName,
    /// The migration's name without its number; by default it is made from what changes.
    pub name: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Which ticket it belongs to.
    pub ticket: Option<String>,
    /// What somebody has decided.
    pub choices: Choices,
    /// Who writes the SQL.
    pub body: Body,
    /// Whether the file is written.
    pub writing: Writing,
}

/// Who writes a migration's SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Body {
    /// We do.
    #[default]
    Planned,
    /// Somebody does: the file has empty parts, to be filled and then proven by [`prove`](crate::prove).
    Empty,
}

/// Whether something is written or run, or only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Writing {
    /// It is.
    #[default]
    Write,
    /// It is only shown.
    Dry,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Generated {
    /// The history already leads to the target.
    Nothing {
        /// What is worth knowing.
        notes: Vec<Diagnostic>,
    },
    /// A migration.
    Migration(Box<GeneratedMigration>),
}

/// A migration that was generated.
#[derive(Debug, Clone)]
pub struct GeneratedMigration {
    /// Its name.
    pub id: MigrationId,
    /// Its file, written unless only shown.
    pub path: PathBuf,
    /// The text of the file.
    pub text: String,
    /// What changes.
    pub changes: Vec<Change>,
    /// The SQL there and back; none if somebody writes it.
    pub plan: Option<Plan>,
    /// What was proven; none if there is nothing yet to prove.
    pub proof: Option<Proof>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// Generates the migration that leads from the history to the target: plans it, proves it on a scratch database, and only then
/// writes it.
pub fn generate(
    _request: &GenerateRequest<'_>,
    _progress: Progress<'_>,
) -> Result<Generated, Error> {
    Err(crate::error::not_built())
}
