use peristyle_schema::{Change, Diagnostic, Expr, Fingerprint, Name, Pair, QualifiedName};
use serde::{Deserialize, Serialize};

/// The SQL that leads from one schema to another and back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps forward.
    pub up: Vec<Step>,
    /// The steps back, computed from the inverted changes.
    pub down: Vec<Step>,
    /// Whether the steps back bring everything back.
    pub reversible: Reversible,
    /// What the steps back do not bring back, each in a few words; or why there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unrestored: Vec<String>,
    /// Whether the steps run in one transaction.
    pub transaction: Transaction,
    /// The schemas the plan leads between.
    pub between: Fingerprinted,
}

/// The fingerprints of the two schemas that a plan leads between.
pub type Fingerprinted = Pair<Fingerprint>;

/// A part of a plan that a person reads as one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it does, in one line: `add column users.nickname`.
    pub title: String,
    /// Why it is done the way it is, where that is not plain: `rebuilt, because SQLite cannot change a default`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The changes that it makes.
    pub causes: Vec<Change>,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
    /// What it endangers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<Hazard>,
}

/// One SQL statement of a step, without a closing semicolon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// What the runner does with it.
    #[serde(default)]
    pub role: Role,
}

/// What a runner does with a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Role {
    /// Executes it.
    #[default]
    Run,
    /// Queries it and stops the migration if a row comes back; the rows are shown. In a migration file it stands under a
    /// line `-- peristyle:guard <message>`.
    Guard {
        /// What a returned row means, in one sentence.
        message: String,
    },
    /// Executes it outside of any transaction, because the database demands that or because what it brings can only be used
    /// once it is committed. It can be run again after it was interrupted. In a migration file it stands under a line
    /// `-- peristyle:alone`.
    Alone,
}

impl Statement {
    /// A statement to execute.
    pub fn run(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), role: Role::Run }
    }

    /// A statement to execute outside of any transaction.
    pub fn alone(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), role: Role::Alone }
    }

    /// A query that must return nothing. The message becomes one line, as a migration file holds it.
    pub fn guard(sql: impl Into<String>, message: impl AsRef<str>) -> Self {
        let message = message.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        Self { sql: sql.into(), role: Role::Guard { message } }
    }
}

/// Something that a step endangers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hazard {
    /// Which kind of danger.
    pub kind: HazardKind,
    /// What it concerns: `users.nickname`.
    pub subject: String,
    /// What happens, in one sentence.
    pub message: String,
}

/// The kinds of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HazardKind {
    /// Data is dropped. Refused unless allowed, or kept aside.
    DataLoss,
    /// Data is dropped from its place but kept aside, so that the way back restores it.
    DataKept,
    /// A table is copied into a new one.
    Rebuild,
    /// The step can fail on the rows that are there.
    MayFail,
}

/// Whether a migration's way back brings everything back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reversible {
    /// Catalog and rows come back.
    Yes,
    /// The catalog comes back, some values do not.
    Partial,
    /// There is no way back.
    No,
}

/// Whether a plan's statements run in one transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Transaction {
    /// In one, together with the history row.
    One,
    /// Some stand alone ([`Role::Alone`]); those between them share one.
    Several,
}

/// What the caller has decided about a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// Whether dropped data is set aside, and under which label.
    pub keep: Option<Keep>,
    /// Values to fill existing rows with, by table and column: `--fill users.nickname:''`.
    pub fills: Vec<(QualifiedName, Name, Expr)>,
    /// Whether indexes of tables that are there are built without blocking writers, where the database can: `--concurrently`.
    pub concurrently: bool,
}

/// Dropped data is set aside in tables named `_peristyle_kept_<label>_…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// What tells this plan's kept tables from those of others: the migration's number.
    pub label: String,
}

/// Why there is no plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What somebody must decide first.
    pub decisions: Vec<Decision>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// A question that only a person can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The question.
    pub question: String,
    /// Each way to answer it: the exact flag, and what it means.
    pub answers: Vec<(String, String)>,
}
