//! Where the databases are, and the settings that all of them have.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use scenarios::{Engine, Failure, script};
use tempfile::TempDir;
use tools::Postgres;

/// Where the databases are: each contender has one of its own.
#[derive(Debug)]
pub enum Place {
    /// SQLite in memory.
    Memory,
    /// Files of SQLite, in a folder that goes when this does.
    File(TempDir),
    /// A PostgreSQL server; what was made on it goes when this does.
    Server(Server),
}

/// A server, and what was made on it.
#[derive(Debug)]
pub struct Server {
    server: Postgres,
    /// What the names of the databases begin with.
    prefix: &'static str,
    made: Mutex<Vec<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        for name in self.made.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            // What cannot be dropped is made anew by the next run.
            let _ = self.server.drop_database(name);
        }
    }
}

impl Place {
    /// A server, where the names of all databases begin with this.
    pub fn server(server: Postgres, prefix: &'static str) -> Self {
        Self::Server(Server { server, prefix, made: Mutex::default() })
    }

    /// What it is, in words.
    pub fn words(&self) -> Result<String, Failure> {
        Ok(match self {
            Self::Memory => "SQLite in memory".to_owned(),
            Self::File(_) => "SQLite in files".to_owned(),
            Self::Server(on) => format!("PostgreSQL {}", on.server.version()?),
        })
    }

    /// What is asked there.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Memory | Self::File(_) => Engine::Sqlite,
            Self::Server(..) => Engine::Postgres,
        }
    }

    /// The path of a contender's SQLite, new and empty.
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Memory | Self::Server(..) => PathBuf::from(":memory:"),
            Self::File(folder) => folder.path().join(format!("{name}.db")),
        }
    }

    /// The settings that every connection is given, whatever its library's own are.
    pub fn settings(&self) -> &'static str {
        match self {
            Self::Memory => "PRAGMA foreign_keys = ON",
            Self::File(_) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; \
                 PRAGMA busy_timeout = 5000"
            }
            Self::Server(..) => "SET search_path = public",
        }
    }

    /// The settings and the rows, as one script.
    pub fn script(&self) -> String {
        format!("{};\n{}", self.settings(), script(self.engine()))
    }

    /// A contender's database with all rows: the path of a file, or a URL.
    pub fn filled(&self, name: &str) -> Result<String, Failure> {
        match self {
            Self::Memory => Err("a database in memory is filled by its own connection".into()),
            Self::File(_) => {
                let path = self.path(name);
                let connection = rusqlite::Connection::open(&path)?;
                connection.execute_batch(&self.script())?;
                Ok(path.display().to_string())
            }
            Self::Server(Server { server, prefix, made }) => {
                let name = format!("{prefix}{}", name.replace('-', "_"));
                server.make_anew(&name)?;
                made.lock().unwrap_or_else(PoisonError::into_inner).push(name.clone());
                let folder = tempfile::tempdir()?;
                let file = folder.path().join("rows.sql");
                std::fs::write(&file, script(Engine::Postgres))?;
                tools::output(&mut server.psql(&name, &file))?;
                Ok(server.database(&name))
            }
        }
    }
}
