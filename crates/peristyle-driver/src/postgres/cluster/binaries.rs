//! Finding the programs of a PostgreSQL server.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Error;

/// The programs of one version of PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binaries {
    /// The version: 15 for PostgreSQL 15.
    pub version: u32,
    /// The folder that they are in; nothing if they are found by their names alone.
    pub folder: Option<PathBuf>,
}

/// Where packages install servers, a folder for each version: Debian, Red Hat, Homebrew.
const PLACES: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
];

impl Binaries {
    /// The programs that are found by their names, else the newest of those that packages install.
    pub fn find() -> Result<Self, Error> {
        if let Some(found) = Self::in_folder(None) {
            return Ok(found);
        }
        Self::installed().into_iter().max().ok_or_else(|| {
            let places: Vec<String> =
                PLACES.iter().map(|(place, name)| format!("{place}/{name}*/bin")).collect();
            Error::NoServer(format!(
                "`postgres` and `initdb` are neither found by their names nor in {}; install Debian's package `postgresql` (Homebrew's: `postgresql@17`), or name a server for development",
                places.join(", ")
            ))
        })
    }

    /// The programs in this folder, if a server's are there.
    pub fn in_folder(folder: Option<&Path>) -> Option<Self> {
        let folder = folder.map(Path::to_owned);
        let unknown = Self { version: 0, folder };
        let said =
            unknown.command("postgres").arg("--version").stderr(Stdio::null()).output().ok()?;
        let initdb = unknown
            .command("initdb")
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !said.status.success() || !initdb.is_ok_and(|status| status.success()) {
            return None;
        }
        Some(Self { version: version(&String::from_utf8_lossy(&said.stdout))?, ..unknown })
    }

    /// Every version that a package installed, in any order.
    pub fn installed() -> Vec<Self> {
        let mut found = Vec::new();
        for (place, prefix) in PLACES {
            for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else {
                    continue;
                };
                if rest.starts_with(|first: char| first.is_ascii_digit()) {
                    found.extend(Self::in_folder(Some(&entry.path().join("bin"))));
                }
            }
        }
        found
    }

    /// One of the programs.
    pub fn program(&self, name: &str) -> OsString {
        match &self.folder {
            Some(folder) => folder.join(name).into(),
            None => name.into(),
        }
    }

    pub(super) fn command(&self, name: &str) -> Command {
        Command::new(self.program(name))
    }
}

/// `postgres (PostgreSQL) 15.14 (Debian …)`, `… 18beta1`
fn version(said: &str) -> Option<u32> {
    let (_, rest) = said.split_once("(PostgreSQL) ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(version("postgres (EnterpriseDB) 9"), None);
    }
}
