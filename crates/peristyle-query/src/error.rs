use crate::ValueError;

/// What can go wrong with a statement.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A row with the same unique key exists.
    #[error("{table}: a row with this {} exists already ({})", .columns.join(" and "), .constraint.as_deref().unwrap_or("a unique key"))]
    Unique {
        /// The constraint's name, where the table's declaration has it.
        constraint: Option<String>,
        /// The table.
        table: String,
        /// The columns of the key; empty where the database does not say.
        columns: Vec<String>,
    },
    /// A row that is referenced does not exist, or a row that is to go is still referenced.
    #[error(
        "{table}: a foreign key does not hold: a referenced row is missing, or the row is still referenced"
    )]
    ForeignKey {
        /// The constraint's name, where the database says it: SQLite does not.
        constraint: Option<String>,
        /// The table that the statement wrote to.
        table: String,
    },
    /// A row is in the way by an exclusion constraint: one that overlaps it, say.
    #[error("{table}: a row that excludes this one exists already ({constraint})")]
    Exclusion {
        /// The constraint's name.
        constraint: String,
        /// The table.
        table: String,
    },
    /// A row does not fulfil a check.
    #[error("{table}: the row does not fulfil the check `{name}`")]
    Check {
        /// The table that the statement wrote to.
        table: String,
        /// The constraint's name, or its condition where it has no name.
        name: String,
    },
    /// No value for a column that must have one.
    #[error("{table}.{column} must have a value")]
    NotNull {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// There is no such row.
    #[error("{table}: there is no such row")]
    NotFound {
        /// The table or view.
        table: &'static str,
    },
    /// There is more than one row where one was asked for.
    #[error("{table}: there is more than one such row")]
    TooMany {
        /// The table or view.
        table: &'static str,
    },
    /// A value in the database does not fit its Rust type.
    #[error("{table}.{column}{}: {source}", .key.as_ref().map(|key| format!(" of row {key}")).unwrap_or_default())]
    Decode {
        /// The table or view.
        table: &'static str,
        /// The column.
        column: String,
        /// The row's key, where the answer holds it.
        key: Option<String>,
        /// What is wrong.
        source: ValueError,
    },
    /// A value that the database cannot hold as it is.
    #[error("{table}{}: {source}", .column.map(|column| format!(".{column}")).unwrap_or_default())]
    Value {
        /// The table or view.
        table: &'static str,
        /// The column, where the statement sets one.
        column: Option<&'static str>,
        /// What is wrong.
        source: ValueError,
    },
    /// Somebody else is writing, and did not finish in time.
    #[error(
        "the database is busy: another connection is writing; try again, or wait longer with `busy_timeout`"
    )]
    Busy,
    /// The transaction ran into another one and was undone. Run again from its beginning, it will find what that one left.
    #[error("the transaction ran into another one; run it again from its beginning: {message}")]
    Conflict {
        /// What the database says.
        message: String,
    },
    /// The transaction was undone and not committed, because a statement in it had failed.
    #[error(
        "nothing was committed: a statement of the transaction had failed; let its error end the transaction, or run it in a transaction of its own inside"
    )]
    Aborted,
    /// A page's cursor that does not belong to this query.
    #[error("this cursor does not belong to this query: {reason}; ask for the first page again")]
    Cursor {
        /// Why not.
        reason: String,
    },
    /// The database cannot be reached or opened.
    #[error("{reason}")]
    Connection {
        /// Which one, and why.
        reason: String,
    },
    /// What was to be done before the first statement failed.
    #[error("the database could not be prepared: {source}")]
    Preparation {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Anything else that the database says.
    #[error("the database says: {message}")]
    Database {
        /// The database's own code: an SQLSTATE, or SQLite's extended result code.
        code: Option<String>,
        /// Its words.
        message: String,
    },
    /// Something took longer than it may.
    #[error("{}", of.words(*waited))]
    Timeout {
        /// How long it might take.
        waited: std::time::Duration,
        /// What.
        of: TimedOut,
    },
    /// Work given to another thread did not come back: it panicked, or the runtime shut down.
    #[error("the work was not finished: {reason}")]
    Interrupted {
        /// What happened.
        reason: String,
    },
}

/// The result of a statement.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What took longer than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimedOut {
    /// No connection became free.
    Connection {
        /// How many there are.
        connections: usize,
    },
    /// A statement, or all of them in a piece of work, was not done. It was stopped and has changed nothing.
    Statement,
}

impl TimedOut {
    fn words(self, waited: std::time::Duration) -> String {
        match self {
            Self::Connection { connections } => format!(
                "no connection became free within {waited:?}; all {connections} are in use: a transaction may be held too long, or there are too few"
            ),
            Self::Statement => format!(
                "it was not done within {waited:?} and was stopped: `explain` says how the database goes about it"
            ),
        }
    }
}
