use std::fmt;

use peristyle_schema::Diagnostic;

use crate::postgres::ServerError;
use crate::{Engine, Url, Value};

/// Why a database did not do what it was asked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not the URL of a database.
    #[error("`{text}` is not a database URL: {reason}")]
    Url {
        /// The text, without its secrets.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database is of a kind that this build cannot connect to.
    #[error(
        "this build does not connect to {engine} yet; use SQLite (`sqlite:path.db`) or PostgreSQL (`postgres://user@host/name`)"
    )]
    Unsupported {
        /// Which kind.
        engine: Engine,
    },
    /// The database could not be opened.
    #[error("cannot open {url}: {reason}")]
    CannotOpen {
        /// Which database.
        url: Url,
        /// Why.
        reason: String,
        /// The server's SQLSTATE, if it was the server that refused.
        state: Option<String>,
    },
    /// There is no PostgreSQL server to try things on.
    #[error("no PostgreSQL server to try things on: {0}")]
    NoServer(String),
    /// The file is not a database.
    #[error("{url} is not a SQLite database (or it is encrypted or damaged)")]
    NotADatabase {
        /// Which file.
        url: Url,
    },
    /// A row broke a rule of its table.
    #[error("{0}")]
    Constraint(Constraint),
    /// Rows were left without the row that their foreign key points to.
    #[error("{}", violations(.0))]
    ForeignKeys(Vec<Violation>),
    /// Another connection holds the lock, and it was not released in time.
    #[error("the database is locked by {}; try again, or wait longer for the lock", holder(.0))]
    Locked(Option<Box<Blocker>>),
    /// The transaction collided with another one (a deadlock, or no order in which both could have run) and was undone; it
    /// can be tried again.
    #[error("{0}; the transaction collided with another and was undone: try again")]
    Conflict(String),
    /// The connection to the server is gone. What was being done may have been done or not.
    #[error("the connection to the server was lost: {0}")]
    Disconnected(String),
    /// The lease that only one migrator has went to another one.
    #[error("{0}")]
    LeaseLost(String),
    /// The database can only be read.
    #[error("the database is read-only: {0}")]
    ReadOnly(String),
    /// There is no room left to write to.
    #[error("the disk or the database is full")]
    Full,
    /// The database does not understand the statement.
    #[error("{message}")]
    Syntax {
        /// What the database says.
        message: String,
        /// Where in the statement, in bytes, if the database says.
        offset: Option<usize>,
    },
    /// The server is older than something that the statement says.
    #[error("{what} needs PostgreSQL {since}, and this server is PostgreSQL {server}")]
    TooOld {
        /// What it does not understand.
        what: &'static str,
        /// The version that does.
        since: u32,
        /// How the same is had without it.
        instead: &'static str,
        /// The server's version.
        server: u32,
        /// Where in the statement, in bytes, if the server says.
        offset: Option<usize>,
    },
    /// The statement was stopped by an [`Interrupter`](crate::Interrupter).
    #[error("interrupted")]
    Interrupted,
    /// The catalog could not be read into a schema.
    #[error("the database's catalog cannot be read: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Catalog(Vec<Diagnostic>),
    /// Switching off the enforcement of foreign keys had no effect; a table cannot be rebuilt safely so.
    #[error(
        "foreign keys could not be switched off; is a transaction already open on this connection?"
    )]
    ForeignKeysStayOn,
    /// Anything else that a server says.
    #[error("{0}")]
    Server(Box<ServerError>),
    /// Anything else the database says.
    #[error("{message}")]
    Database {
        /// What the database says.
        message: String,
        /// Its own number for it.
        code: Option<i32>,
    },
}

/// Who holds a lock that was not released in time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocker {
    /// Its process, as the server counts them; nothing for the holder of a lease.
    pub process: Option<i64>,
    /// What it calls itself.
    pub name: Option<String>,
    /// What it runs, or ran last.
    pub query: Option<String>,
    /// Since when, as the server tells time.
    pub since: Option<String>,
}

/// A rule of a table that a row broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Which kind of rule.
    pub kind: ConstraintKind,
    /// The table, if the database says.
    pub table: Option<String>,
    /// The columns, if the database says.
    pub columns: Vec<String>,
    /// The constraint's or index's name, or a check's text, if the database says.
    pub name: Option<String>,
    /// What the database says.
    pub message: String,
}

/// The kinds of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConstraintKind {
    /// Two rows share a primary key. PostgreSQL does not say which key of a table this is: there it is known by the name that it
    /// gets by itself, and one with another name is told as [`ConstraintKind::Unique`]. [`Constraint::name`] is right in any case.
    PrimaryKey,
    /// Two rows share a unique key.
    Unique,
    /// A value is missing.
    NotNull,
    /// A check does not hold.
    Check,
    /// A referenced row is missing, or a row is still referenced.
    ForeignKey,
    /// A value is not of its column's type.
    DataType,
    /// A trigger refused.
    Trigger,
    /// Another rule.
    Other,
}

/// A row without the row that its foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Violation {
    /// The table of the row.
    pub table: String,
    /// The row's number, where rows have one.
    pub rowid: Option<i64>,
    /// The table that lacks the row pointed to.
    pub parent: String,
    /// Which of the table's foreign keys, as the database counts them.
    pub key: i64,
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rowid {
            Some(rowid) => write!(f, "row {rowid} of {} has no row in {}", self.table, self.parent),
            None => write!(f, "a row of {} has no row in {}", self.table, self.parent),
        }
    }
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.process, &self.name) {
            (Some(process), Some(name)) => write!(f, "process {process} ({name})")?,
            (Some(process), None) => write!(f, "process {process}")?,
            (None, Some(name)) => f.write_str(name)?,
            (None, None) => f.write_str("another connection")?,
        }
        if let Some(since) = &self.since {
            write!(f, " since {since}")?;
        }
        if let Some(query) = &self.query {
            write!(f, ", which runs `{query}`")?;
        }
        Ok(())
    }
}

fn holder(blocker: &Option<Box<Blocker>>) -> String {
    blocker.as_ref().map_or_else(|| "another connection".to_owned(), ToString::to_string)
}

/// At most this many violations are spelled out.
const SHOWN: usize = 5;

fn violations(all: &[Violation]) -> String {
    let shown: Vec<String> = all.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(SHOWN);
    let tail = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("foreign keys point to nothing: {}{tail}", shown.join("; "))
}

impl Error {
    /// The server's SQLSTATE, where an error carries one.
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Server(error) => Some(&error.state),
            Self::CannotOpen { state, .. } => state.as_deref(),
            Self::Url { .. }
            | Self::Unsupported { .. }
            | Self::NoServer(_)
            | Self::NotADatabase { .. }
            | Self::Constraint(_)
            | Self::ForeignKeys(_)
            | Self::Locked(_)
            | Self::Conflict(_)
            | Self::Disconnected(_)
            | Self::LeaseLost(_)
            | Self::ReadOnly(_)
            | Self::Full
            | Self::Syntax { .. }
            | Self::TooOld { .. }
            | Self::Interrupted
            | Self::Catalog(_)
            | Self::ForeignKeysStayOn
            | Self::Database { .. } => None,
        }
    }

    /// Whether a constraint of this kind was broken.
    pub fn is_constraint(&self, kind: ConstraintKind) -> bool {
        matches!(self, Self::Constraint(broken) if broken.kind == kind)
    }

    /// Names the database that an error of opening is about.
    pub(crate) fn unexpected(what: &str, value: Option<&Value>) -> Self {
        let value = value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        Self::Database { message: format!("unexpected answer to {what}: {value}"), code: None }
    }
}
