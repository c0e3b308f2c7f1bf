use serde::{Deserialize, Serialize};

use crate::{Expr, Name, QualifiedName};

/// The columns that identify a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// The constraint's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Its columns, in order.
    pub columns: Vec<Name>,
    /// Whether a number once given is never given again (`AUTOINCREMENT`, SQLite).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub autoincrement: bool,
}

/// A set of columns whose values no two rows share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// The constraint's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Its columns, in order.
    pub columns: Vec<Name>,
    /// Whether two nulls count as the same value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// Whether and when the check waits for the end of the transaction.
    #[serde(default)]
    pub deferrable: Deferrable,
}

/// A condition that every row fulfils.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The constraint's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The condition.
    pub expr: Expr,
    /// Whether tables that inherit from this one are left out (PostgreSQL).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// Whether rows from before it came may break it (PostgreSQL `NOT VALID`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
}

impl Check {
    /// A check without a name.
    pub fn new(expr: impl Into<Expr>) -> Self {
        Self { name: None, expr: expr.into(), no_inherit: false, not_valid: false }
    }
}

/// A rule that no two rows may break together (PostgreSQL `EXCLUDE`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The constraint's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The rule, as SQL text from the method on: `USING gist (room WITH =, during WITH &&) WHERE (NOT cancelled)`.
    pub rule: Expr,
    /// Whether and when the check waits for the end of the transaction.
    #[serde(default)]
    pub deferrable: Deferrable,
}

/// Columns whose values are a key of another table, or of the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The constraint's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The referencing columns, in order.
    pub columns: Vec<Name>,
    /// What they reference.
    pub references: Reference,
    /// What happens to the row when the referenced row is deleted.
    #[serde(default)]
    pub on_delete: Action,
    /// What happens to the row when the referenced key changes.
    #[serde(default)]
    pub on_update: Action,
    /// Whether and when the check waits for the end of the transaction.
    #[serde(default)]
    pub deferrable: Deferrable,
    /// How a partly null key is treated.
    #[serde(default)]
    pub matching: Match,
    /// The columns that `SET NULL` and `SET DEFAULT` set when the referenced row is deleted, if not all (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_columns: Vec<Name>,
    /// Whether rows from before it came may break it (PostgreSQL `NOT VALID`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
}

/// The key that a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reference {
    /// The referenced table.
    pub table: QualifiedName,
    /// The referenced columns; empty means the table's primary key, until `normalize` fills it in.
    pub columns: Vec<Name>,
}

/// A referential action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Action {
    /// Refuse, at the end of the statement or, if deferred, of the transaction.
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Do the same to the referencing rows.
    Cascade,
    /// Set the referencing columns to null.
    SetNull,
    /// Set the referencing columns to their defaults.
    SetDefault,
}

/// Whether a constraint's check can wait for the end of the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Deferrable {
    /// Checked at each statement.
    #[default]
    Not,
    /// Can be deferred, checked at each statement unless it is.
    InitiallyImmediate,
    /// Checked at the end of the transaction.
    InitiallyDeferred,
}

/// How a foreign key treats a partly null key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Match {
    /// One null is enough to pass.
    #[default]
    Simple,
    /// All columns are null or none is.
    Full,
}
