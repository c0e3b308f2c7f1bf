use serde::{Deserialize, Serialize};

use crate::{Hint, QualifiedName, Span};

/// The kinds of objects that are known by their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ObjectKind {
    /// A table that a module of the database implements (SQLite `CREATE VIRTUAL TABLE`).
    VirtualTable,
    /// A function or procedure.
    Function,
    /// A view.
    View,
    /// A view whose rows are stored.
    MaterializedView,
    /// A trigger.
    Trigger,
    /// A row-level security policy.
    Policy,
}

/// What identifies an object: its kind and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObjectId {
    /// Its kind.
    pub kind: ObjectKind,
    /// Its name.
    pub name: QualifiedName,
}

/// An object that is known by its text: the `CREATE` statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// What identifies it.
    pub id: ObjectId,
    /// The table or view it belongs to, for a trigger or a policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<QualifiedName>,
    /// The whole `CREATE` statement, without a closing semicolon.
    pub sql: String,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub span: Hint<Span>,
}
