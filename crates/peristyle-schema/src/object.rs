use serde::{Deserialize, Serialize};

use crate::{Hint, Name, QualifiedName, Span};

/// The kinds of objects that are known by their text, in an order in which each can be made after those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ObjectKind {
    /// A namespace (the SQL standard's schema).
    Namespace,
    /// An extension of the database.
    Extension,
    /// A type made of named fields.
    CompositeType,
    /// A type with a default and checks of its own.
    Domain,
    /// A type of ranges over another.
    RangeType,
    /// A generator of numbers that no column owns.
    Sequence,
    /// A table that a module of the database implements (SQLite `CREATE VIRTUAL TABLE`).
    VirtualTable,
    /// A function or procedure.
    Function,
    /// A view.
    View,
    /// A view whose rows are stored.
    MaterializedView,
    /// An index of a materialized view.
    ViewIndex,
    /// A trigger.
    Trigger,
    /// A row-level security policy.
    Policy,
    /// What a role may do with an object.
    Grant,
}

impl ObjectKind {
    /// What people call it: `materialized view`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Namespace => "schema",
            Self::Extension => "extension",
            Self::CompositeType => "composite type",
            Self::Domain => "domain",
            Self::RangeType => "range type",
            Self::Sequence => "sequence",
            Self::VirtualTable => "virtual table",
            Self::Function => "function",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::ViewIndex => "index",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
            Self::Grant => "grant",
        }
    }
}

/// What identifies an object: its kind and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObjectId {
    /// Its kind.
    pub kind: ObjectKind,
    /// Its name. A function's has the types of its arguments behind it: `total(integer, text)`.
    pub name: QualifiedName,
    /// The object it belongs to, where its name is only unique there (PostgreSQL: triggers, policies, grants). Before
    /// `normalize` it keeps apart what a declaration has under one name, such as the texts of a view for two dialects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<QualifiedName>,
}

impl ObjectId {
    /// The identity of an object whose name is unique in its namespace.
    pub fn new(kind: ObjectKind, name: impl Into<QualifiedName>) -> Self {
        Self { kind, name: name.into(), of: None }
    }
}

/// When a trigger fires, other than by what PostgreSQL calls the origin of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fires {
    /// Never: it is disabled.
    Never,
    /// Only for what replication brings.
    OnReplica,
    /// Whoever brings the change.
    Always,
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
    /// When a trigger fires, if not as triggers do by themselves (PostgreSQL `ALTER TABLE … DISABLE TRIGGER`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fires: Option<Fires>,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The dialect that the text is meant for, where it is not for all; `normalize` leaves out what is another's and clears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub span: Hint<Span>,
}

impl Definition {
    /// An object by its text.
    pub fn new(id: ObjectId, sql: impl Into<String>) -> Self {
        Self {
            id,
            on: None,
            sql: sql.into(),
            fires: None,
            doc: None,
            dialect: None,
            span: Hint::NONE,
        }
    }
}
