//! `seed`: the first rows of a database.

use std::process::Command;

use peristyle_driver::Access;
use peristyle_migrate::Seeded;
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::{Database, FILE_NAME, Project};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::render::{GOOD, counted, styled};
use crate::target;

/// Runs the `.sql` files of the seed folder in the order of their names, in one transaction, and then the seed command.
///
/// Whether it may be run twice is the seed's to say: `INSERT … ON CONFLICT DO NOTHING`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What was sown, in an answer of `--json`.
#[derive(Debug, Serialize)]
pub struct SeedReport {
    scripts: Vec<ScriptReport>,
    command: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct ScriptReport {
    file: String,
    statements: usize,
}

#[derive(Serialize)]
struct Report {
    database: String,
    #[serde(flatten)]
    seed: SeedReport,
}

/// Seeds the database.
pub fn run(_: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    if project.seed.folder.is_none() && project.seed.command.is_none() {
        return Err(no_seed());
    }
    let seed = sow(&project, &database, context)?;
    context.output.json(&Report { database: database.url.to_string(), seed });
    Ok(Exit::Ok)
}

/// Runs the scripts and the command, if there are any, and tells what was done.
pub fn sow(
    project: &Project,
    database: &Database,
    context: &Context,
) -> Result<SeedReport, Failure> {
    let scripts = match &project.seed.folder {
        Some(folder) => peristyle_migrate::seed_scripts(folder)?,
        None => Vec::new(),
    };
    let mut seeded = Seeded::default();
    if !scripts.is_empty() {
        let mut connection = target::open(&database.url, Access::Write)?;
        seeded = peristyle_migrate::seed(connection.as_mut(), &scripts)?;
    }
    for script in &seeded.scripts {
        let count = counted(script.statements, "statement");
        context.output.say(&format!("{} {}  {count}", styled(GOOD, "ran"), script.path.display()));
    }
    if let Some(words) = &project.seed.command {
        start(words, project, database)?;
        context.output.say(&format!("{} {}", styled(GOOD, "ran"), words.join(" ")));
    }
    if seeded.scripts.is_empty() && project.seed.command.is_none() {
        context.output.say("there is nothing to seed with");
    }
    Ok(SeedReport {
        scripts: seeded
            .scripts
            .iter()
            .map(|script| ScriptReport {
                file: script.path.display().to_string(),
                statements: script.statements,
            })
            .collect(),
        command: project.seed.command.clone(),
    })
}

/// Runs the seed command in the project's folder, with the database's address in DATABASE_URL. What it prints goes to standard
/// error, so that standard output stays ours.
fn start(words: &[String], project: &Project, database: &Database) -> Result<(), Failure> {
    let failed = |why: String| {
        Failure::new(
            Exit::Failure,
            Diagnostic::error("seed-command", format!("`{}` {why}", words.join(" ")))
                .help(format!("it is `command` under [seed] in {FILE_NAME}")),
        )
    };
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let here =
        std::env::current_dir().map_err(|error| failed(format!("has no folder: {error}")))?;
    // The project of a file in this very folder has a root without a name.
    let folder = here.join(&project.root);
    let url = database.app.clone().anchored(&here);
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("DATABASE_URL", url.secret().map_or_else(|| url.to_string(), str::to_owned))
        .stdout(std::io::stderr())
        .status()
        .map_err(|error| failed(format!("could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed(format!("failed: {status}"))) }
}

fn no_seed() -> Failure {
    Failure::usage(
        Diagnostic::error("no-seed", "the project does not say how to seed").help(format!(
            "write `[seed]` with `folder = \"seeds\"` or a `command` into {FILE_NAME}"
        )),
    )
}
