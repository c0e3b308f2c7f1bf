use peristyle_sql::DialectName;

/// A database engine that systems run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL, on a real server.
    Postgres,
}

impl Engine {
    /// SQLite.
    pub fn sqlite() -> Self {
        Self::Sqlite
    }

    /// PostgreSQL.
    pub fn postgres() -> Self {
        Self::Postgres
    }

    /// Its language.
    pub fn dialect(self) -> DialectName {
        match self {
            Self::Sqlite => DialectName::Sqlite,
            Self::Postgres => DialectName::Postgres,
        }
    }

    /// The folder of a system's migrations for it, in `migrations`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}
