use peristyle_sql::DialectName;
use peristyle_tests::postgres;

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

    /// Where its databases are made: beside this file, or on the server that all tests share.
    pub fn server(self) -> String {
        match self {
            Self::Sqlite => {
                let file = std::env::temp_dir().join("peristyle_systems.db");
                format!("sqlite:{}", file.display())
            }
            Self::Postgres => {
                let url = postgres::Server::shared().url();
                url.secret().expect("the URL of a server").to_owned()
            }
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
