//! PostgreSQL's own programs.

use std::path::Path;
use std::process::Command;

use crate::{Error, output};

/// A PostgreSQL server, by the URL of one of its databases.
#[derive(Debug, Clone)]
pub struct Postgres {
    url: String,
}

impl Postgres {
    /// The server that this URL leads to.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }

    /// The URL of another database of the same server.
    pub fn database(&self, name: &str) -> String {
        let (main, query) = match self.url.split_once('?') {
            Some((main, query)) => (main, format!("?{query}")),
            None => (self.url.as_str(), String::new()),
        };
        let server = main.rsplit_once('/').map_or(main, |(server, _)| server);
        format!("{server}/{name}{query}")
    }

    /// Drops a database if it is there and makes it anew, empty.
    ///
    /// # Errors
    /// If the server will not.
    pub fn make_anew(&self, name: &str) -> Result<(), Error> {
        for statement in [
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name}"),
        ] {
            output(Command::new("psql").args(["-X", "-q", "-c", &statement, &self.url]))?;
        }
        Ok(())
    }

    /// Drops a database, whoever is connected to it.
    ///
    /// # Errors
    /// If the server will not.
    pub fn drop_database(&self, name: &str) -> Result<(), Error> {
        let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        output(Command::new("psql").args(["-X", "-q", "-c", &statement, &self.url])).map(drop)
    }

    /// `psql`, to run a script that stops at its first error.
    pub fn psql(&self, database: &str, script: &Path) -> Command {
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(script);
        command.arg(self.database(database));
        command
    }

    /// `pg_dump` of the schema alone.
    pub fn dump(&self, database: &str) -> Command {
        let mut command = Command::new("pg_dump");
        command.args(["--schema-only", "--no-owner"]).arg(self.database(database));
        command
    }

    /// The version of the server.
    ///
    /// # Errors
    /// If it does not answer.
    pub fn version(&self) -> Result<String, Error> {
        let mut command = Command::new("psql");
        command.args(["-X", "-A", "-t", "-c", "SHOW server_version", &self.url]);
        Ok(output(&mut command)?.trim().to_owned())
    }
}
