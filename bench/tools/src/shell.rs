//! The `sqlite3` shell.

use std::path::Path;
use std::process::Command;

use crate::{Error, output};

/// The `sqlite3` shell on the PATH.
#[derive(Debug, Clone, Copy)]
pub struct Shell;

impl Shell {
    /// The shell's version.
    ///
    /// # Errors
    /// If it is not installed; the words say how to install it.
    pub fn version(self) -> Result<String, Error> {
        let answer = output(Command::new("sqlite3").arg("--version"));
        let line = answer.map_err(|error| match error {
            Error::NotStarted { program, reason, .. } => {
                Error::NotStarted { program, reason, advice: "Install it: apt-get install sqlite3" }
            }
            other => other,
        })?;
        Ok(line.split(' ').next().unwrap_or_default().to_owned())
    }

    /// The shell, to run the file of SQL at `script` on `database` and stop at the first error.
    pub fn command(self, database: &Path, script: &Path) -> Command {
        let mut command = Command::new("sqlite3");
        command
            .args(["-batch", "-bail"])
            .arg(database)
            .arg(format!(".read '{}'", script.display()));
        command
    }

    /// What the shell answers to `sql` on `database`, every value written as an SQL literal.
    ///
    /// # Errors
    /// If the shell or the SQL fails.
    pub fn ask(self, database: &Path, sql: &str) -> Result<String, Error> {
        output(Command::new("sqlite3").args(["-batch", "-bail", "-quote"]).arg(database).arg(sql))
    }
}
