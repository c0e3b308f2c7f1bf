//! `migrate` of an empty database.

use std::path::Path;
use std::process::Command;

use tools::{Error, Shell, timed};

use crate::contest::{Aim, Contender, Contest};
use crate::project::{Projects, Tools, remove_database};

/// `migrate` from empty against the same SQL in one transaction, run by SQLite's own shell and by its bare library.
///
/// # Errors
/// If the migration cannot be made or read.
pub fn from_empty<'a>(
    tools: &'a Tools,
    projects: &'a Projects,
    tables: usize,
) -> Result<Contest<'a>, Error> {
    projects.generate(tools)?;
    let script = projects.peristyle.join("up.sql");
    projects.up_script(&script)?;
    let (own, bare) = (projects.peristyle.join("dev.db"), projects.peristyle.join("bare.db"));
    let theirs = projects.drizzle.join("dev.db");
    let shell_script = script.clone();
    let shell_database = bare.clone();
    Ok(Contest {
        title: format!("migrate, empty database, {tables} tables"),
        contenders: vec![
            Contender::new("peristyle migrate", move || {
                remove_database(&own)?;
                timed(tools.peristyle.command(&projects.peristyle).arg("migrate"))
            }),
            Contender::new("sqlite3 shell, one transaction", move || {
                remove_database(&shell_database)?;
                timed(&mut Shell.command(&shell_database, &shell_script))
            }),
            Contender::new("rusqlite execute_batch, one transaction", move || {
                remove_database(&bare)?;
                timed(&mut execute(&bare, &script)?)
            }),
            Contender::new("drizzle-kit migrate", move || {
                remove_database(&theirs)?;
                timed(tools.node.drizzle_kit(&projects.drizzle).arg("migrate"))
            }),
        ],
        aims: vec![Aim::AtMost(1.3, 1)],
    })
}

/// This program, asked to run a script: a process that does nothing else, on Peristyle's own version of SQLite.
///
/// # Errors
/// If this program cannot be found.
pub fn execute(database: &Path, script: &Path) -> Result<Command, Error> {
    let program = std::env::current_exe().map_err(|reason| Error::file(Path::new("."), reason))?;
    let mut command = Command::new(program);
    command.arg("--execute").args([database, script]);
    Ok(command)
}
