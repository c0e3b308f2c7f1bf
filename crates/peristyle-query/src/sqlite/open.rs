use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::Engine;
use super::error;
use crate::{Error, Result};

/// What a URL points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A database in memory, seen by one connection.
    Memory,
    /// A file.
    File(PathBuf),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reading and writing.
    Writer,
    /// Reading only.
    Reader,
}

/// How connections are opened.
#[derive(Debug, Clone)]
pub(crate) struct OpenOptions {
    pub(crate) busy_timeout: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5) }
    }
}

impl Target {
    /// Reads `sqlite:path`, `sqlite://path`, `sqlite::memory:` or a plain path.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let path = match url.split_once(':') {
            Some(("sqlite", rest)) => rest.strip_prefix("//").unwrap_or(rest),
            Some((scheme, rest)) if rest.starts_with("//") => {
                return Err(Error::Connection {
                    url: redacted(url),
                    reason: format!(
                        "this build does not know the scheme `{scheme}`; use `sqlite:path` or `sqlite::memory:`"
                    ),
                });
            }
            Some(_) | None => url,
        };
        match path {
            ":memory:" => Ok(Self::Memory),
            "" => Err(Error::Connection {
                url: url.to_owned(),
                reason: "no file is named; use `sqlite:path` or `sqlite::memory:`".to_owned(),
            }),
            path => Ok(Self::File(PathBuf::from(path))),
        }
    }

    /// Opens a connection and sets what Peristyle relies on: foreign keys are enforced, a file is in WAL mode (readers
    /// and one writer do not wait for each other), and a busy database is waited for.
    pub(crate) fn open(&self, role: Role, options: &OpenOptions) -> Result<Engine> {
        let connection = match self {
            Self::Memory => Connection::open_in_memory(),
            Self::File(path) => Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_WRITE
                    | OpenFlags::SQLITE_OPEN_CREATE
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            ),
        }
        .map_err(|error| self.unopened(&error))?;
        connection.busy_timeout(options.busy_timeout).map_err(error::general)?;
        let settings = match (self, role) {
            (Self::Memory, _) => "PRAGMA foreign_keys = ON",
            (Self::File(_), Role::Writer) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON"
            }
            (Self::File(_), Role::Reader) => "PRAGMA query_only = ON; PRAGMA foreign_keys = ON",
        };
        connection.execute_batch(settings).map_err(|error| self.unopened(&error))?;
        Ok(Engine::new(connection))
    }

    fn unopened(&self, error: &rusqlite::Error) -> Error {
        let url = match self {
            Self::Memory => "sqlite::memory:".to_owned(),
            Self::File(path) => format!("sqlite:{}", Path::display(path)),
        };
        Error::Connection { url, reason: error.to_string() }
    }
}

/// A URL without what may be a secret: everything between the scheme and the host, and the query.
fn redacted(url: &str) -> String {
    let (scheme, rest) = url.split_once("//").unwrap_or(("", url));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split_once('?').map_or(rest, |(before, _)| before);
    format!("{scheme}//{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read() {
        let file = |path: &str| Target::File(PathBuf::from(path));
        assert_eq!(Target::parse("sqlite:dev.db").ok(), Some(file("dev.db")));
        assert_eq!(Target::parse("sqlite:///var/x.db").ok(), Some(file("/var/x.db")));
        assert_eq!(Target::parse("dev.db").ok(), Some(file("dev.db")));
        assert_eq!(Target::parse("sqlite::memory:").ok(), Some(Target::Memory));
        assert_eq!(Target::parse(":memory:").ok(), Some(Target::Memory));
        assert!(Target::parse("sqlite:").is_err());
    }

    #[test]
    fn an_unknown_scheme_is_named_and_its_password_is_not() {
        let error = Target::parse("postgres://me:secret@host/db?token=x").expect_err("refused");
        assert!(error.to_string().contains("`postgres`"), "{error}");
        assert!(!error.to_string().contains("secret") && !error.to_string().contains("token"));
    }
}
