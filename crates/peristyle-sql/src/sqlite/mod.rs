//! The room of SQLite.

/// SQLite 3.37 and later.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;
