//! `rollback`: applied migrations, taken back.

use peristyle_driver::Access;
use peristyle_migrate::{Folder, RollbackOptions, Running, Until, parse_fill};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use super::migrate::{RunReport, script};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress;
use crate::render::counted;
use crate::target::{self, LockArgs};

/// Takes the last migrations back, each in one transaction with its row of the history.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many migrations to take back
    #[arg(long, value_name = "COUNT", default_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
    /// The migration that is to be the last one, by name or number
    #[arg(long, value_name = "MIGRATION", conflicts_with = "steps")]
    pub to: Option<String>,
    /// Take all of them back
    #[arg(long, conflicts_with_all = ["steps", "to"])]
    pub all: bool,
    /// Print the SQL instead of running it
    #[arg(long)]
    pub dry_run: bool,
    /// What rows get that a guard stops for because they have no value: `users.nickname:''`
    #[arg(long, value_name = "TABLE.COLUMN:SQL")]
    pub fill: Vec<String>,
    /// How long to wait for others.
    #[command(flatten)]
    pub lock: LockArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    dry_run: bool,
    undone: Vec<RunReport<'a>>,
    diagnostics: &'a [Diagnostic],
}

/// Rolls back, or prints what would be.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let folder = Folder::open(&project.migrations)?;
    folder.sound()?;
    let until = until(args, &folder)?;
    let (mut connection, running) = if args.dry_run {
        (target::look(&database.url, project.dialect)?, Running::Dry)
    } else {
        (target::open(&database.url, Access::Write)?, Running::Run)
    };
    let options = RollbackOptions {
        until,
        running,
        lock_timeout: args.lock.timeout(),
        dev_server: project.dev_server()?,
        fills: args.fill.iter().map(|text| parse_fill(text)).collect::<Result<_, _>>()?,
    };
    let output = &context.output;
    let mut progress = |event| progress::tell(output, &event);
    let rolled =
        peristyle_migrate::rollback(connection.as_mut(), &folder, &options, &mut progress)?;
    context.output.notes(&rolled.notes);
    if args.dry_run {
        context.output.data(&script(&rolled.undone));
    }
    let count = counted(rolled.undone.len(), "migration");
    context.output.say(&match (rolled.undone.is_empty(), args.dry_run) {
        (true, _) => format!("nothing to take back in {}", database.url),
        (false, true) => format!("{count} would be taken back in {}", database.url),
        (false, false) => format!("{count} taken back in {}", database.url),
    });
    context.output.json(&Report {
        database: database.url.to_string(),
        dry_run: args.dry_run,
        undone: rolled.undone.iter().map(RunReport::from).collect(),
        diagnostics: &rolled.notes,
    });
    Ok(Exit::Ok)
}

fn until(args: &Args, folder: &Folder) -> Result<Until, Failure> {
    match &args.to {
        Some(to) => Ok(Until::Migration(folder.find(to)?.id.clone())),
        None if args.all => Ok(Until::Start),
        None => Ok(Until::Steps(args.steps as usize)),
    }
}
