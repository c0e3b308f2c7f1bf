//! `reset`: a disposable database, made anew.

use peristyle_migrate::{Folder, ResetReport, Running};
use peristyle_schema::Diagnostic;
use peristyle_sql::Decision;
use serde::Serialize;

use super::migrate::{self, Apply, RunReport};
use super::seed::{self, SeedReport};
use crate::config::{Database, Disposable, FILE_NAME};
use crate::context::Context;
use crate::decide::Decisions;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress;
use crate::prompt;
use crate::render::{WARN, counted, styled};
use crate::target::{self, LockArgs};

/// Drops everything in a database that its environment calls disposable, migrates it and seeds it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Drop everything without being asked
    #[arg(long, short)]
    pub yes: bool,
    /// How long to wait for others.
    #[command(flatten)]
    pub lock: LockArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    dropped: Vec<String>,
    applied: Vec<RunReport<'a>>,
    seed: SeedReport,
}

/// Resets the database. What could fail without it is tried before anything is dropped.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    if database.disposable == Disposable::No {
        return Err(not_disposable(&database));
    }
    Folder::open(&project.migrations)?.sound()?;
    if !args.yes && !confirmed(&database, context)? {
        context.output.say("nothing was dropped");
        return Ok(Exit::Ok);
    }
    let dropped = empty(&database, &args.lock, context)?;
    context.output.say(&format!(
        "{} {}",
        styled(WARN, "dropped"),
        counted(dropped.dropped.len(), "object")
    ));
    let decisions = Decisions::default();
    let run = Apply { to: None, running: Running::Run, lock: &args.lock, decisions: &decisions };
    let migrated = migrate::apply(&project, &database, &run, context)?;
    let seed = seed::sow(&project, &database, context)?;
    context.output.json(&Report {
        database: database.url.to_string(),
        dropped: dropped.dropped,
        applied: migrated.applied.iter().map(RunReport::from).collect(),
        seed,
    });
    Ok(Exit::Ok)
}

fn empty(database: &Database, lock: &LockArgs, context: &Context) -> Result<ResetReport, Failure> {
    let mut connection = target::create(&database.url, lock)?;
    let mut progress = |event| progress::tell(&context.output, &event);
    Ok(peristyle_migrate::reset(connection.as_mut(), lock.timeout(), &mut progress)?)
}

fn confirmed(database: &Database, context: &Context) -> Result<bool, Failure> {
    let question = format!("everything in {} will be dropped", database.url);
    if prompt::possible(&context.output) {
        return prompt::confirm(&format!("{question}. Go on?"));
    }
    let answers = vec![("--yes".to_owned(), "drop it".to_owned())];
    Err(Failure {
        exit: Exit::DecisionNeeded,
        diagnostics: Vec::new(),
        decisions: vec![Decision { question, answers }],
    })
}

fn not_disposable(database: &Database) -> Failure {
    let help = match &database.environment {
        Some(name) => format!(
            "write `disposable = true` under [environments.{name}] in {FILE_NAME} if all of it may go"
        ),
        None => format!("name an environment of {FILE_NAME} that says `disposable = true`"),
    };
    Failure::usage(
        Diagnostic::error("not-disposable", format!("{} is not called disposable", database.url))
            .help(help),
    )
}
