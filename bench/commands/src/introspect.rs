//! Reading a database's tables back out of it.

use tools::{Error, output, timed};

use crate::contest::{Contender, Contest};
use crate::migrate::execute;
use crate::project::{Projects, Tools, remove_database, write};
use crate::typescript;

/// A database made by Peristyle's migration, read back as declarations of each tool.
///
/// # Errors
/// If the database cannot be made.
pub fn introspection<'a>(
    tools: &'a Tools,
    projects: &'a Projects,
    tables: usize,
) -> Result<Contest<'a>, Error> {
    projects.generate(tools)?;
    let script = projects.peristyle.join("up.sql");
    projects.up_script(&script)?;
    for folder in [&projects.peristyle, &projects.drizzle] {
        let database = folder.join("dev.db");
        remove_database(&database)?;
        output(&mut execute(&database, &script)?)?;
    }
    let pulled = projects.drizzle.join("pull.config.ts");
    let configuration = typescript::CONFIGURATION.replace("./drizzle", "./pulled");
    write(&pulled, &configuration)?;
    Ok(Contest {
        title: format!("introspection, {tables} tables"),
        contenders: vec![
            Contender::new("peristyle inspect --format rust", || {
                let mut command = tools.peristyle.command(&projects.peristyle);
                command.args([
                    "inspect",
                    "sqlite:dev.db",
                    "--dialect",
                    "sqlite",
                    "--format",
                    "rust",
                ]);
                timed(&mut command)
            }),
            Contender::new("peristyle inspect --format sql", || {
                let mut command = tools.peristyle.command(&projects.peristyle);
                command.args([
                    "inspect",
                    "sqlite:dev.db",
                    "--dialect",
                    "sqlite",
                    "--format",
                    "sql",
                ]);
                timed(&mut command)
            }),
            Contender::new("drizzle-kit pull", || {
                let folder = projects.drizzle.join("pulled");
                if folder.exists() {
                    std::fs::remove_dir_all(&folder)
                        .map_err(|reason| Error::file(&folder, reason))?;
                }
                let mut command = tools.node.drizzle_kit(&projects.drizzle);
                command.args(["pull", "--config", "pull.config.ts"]);
                timed(&mut command)
            }),
        ],
        aims: Vec::new(),
    })
}
