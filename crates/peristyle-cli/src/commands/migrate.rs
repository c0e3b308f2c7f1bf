//! `migrate`: the migrations that a database does not have yet.

use peristyle_migrate::{Folder, MigrateOptions, Migrated, MigrationId, Run, Running};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::{Database, Project};
use crate::context::Context;
use crate::decide::{self, Decisions};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress;
use crate::render::counted;
use crate::target::{self, LockArgs};

/// Applies the pending migrations, each in one transaction with its row of the history.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The last migration to apply, by name or number [default: the last there is]
    #[arg(long, value_name = "MIGRATION")]
    pub to: Option<String>,
    /// Print the SQL instead of running it
    #[arg(long)]
    pub dry_run: bool,
    /// What rows get that a guard stops for because they have no value: `users.nickname:''`
    #[arg(long, value_name = "TABLE.COLUMN:SQL")]
    pub fill: Vec<String>,
    /// Let a migration written by hand, which is proven now, lose the data that its proof says it loses
    #[arg(long)]
    pub allow_destructive: bool,
    /// How long to wait for others.
    #[command(flatten)]
    pub lock: LockArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    dry_run: bool,
    applied: Vec<RunReport<'a>>,
    by_another: &'a [MigrationId],
    diagnostics: &'a [Diagnostic],
}

/// A migration that was run, or would be.
#[derive(Serialize)]
pub struct RunReport<'a> {
    id: &'a str,
    statements: &'a [String],
    milliseconds: f64,
}

impl<'a> From<&'a Run> for RunReport<'a> {
    fn from(run: &'a Run) -> Self {
        Self {
            id: run.id.as_str(),
            statements: &run.statements,
            milliseconds: (run.took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}

/// Applies, or prints what would be.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let running = if args.dry_run { Running::Dry } else { Running::Run };
    let decisions = Decisions {
        allow_destructive: args.allow_destructive,
        fill: args.fill.clone(),
        ..Decisions::default()
    };
    let run = Apply { to: args.to.as_deref(), running, lock: &args.lock, decisions: &decisions };
    let migrated = apply(&project, &database, &run, context)?;
    if args.dry_run {
        context.output.data(&script(&migrated.applied));
    }
    let count = counted(migrated.applied.len(), "migration");
    context.output.say(&match (migrated.applied.is_empty(), args.dry_run) {
        (true, _) => format!("nothing to do: {} has every migration", database.url),
        (false, true) => format!("{count} would be applied to {}", database.url),
        (false, false) => format!("{count} applied to {}", database.url),
    });
    context.output.json(&Report {
        database: database.url.to_string(),
        dry_run: args.dry_run,
        applied: migrated.applied.iter().map(RunReport::from).collect(),
        by_another: &migrated.by_another,
        diagnostics: &migrated.notes,
    });
    Ok(Exit::Ok)
}

/// How the pending migrations are applied.
pub struct Apply<'a> {
    /// The last one to apply.
    pub to: Option<&'a str>,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for others.
    pub lock: &'a LockArgs,
    /// What somebody has decided.
    pub decisions: &'a Decisions,
}

/// Applies the pending migrations to a database. A folder that cannot be used is refused before the database is touched.
pub fn apply(
    project: &Project,
    database: &Database,
    run: &Apply<'_>,
    context: &mut Context,
) -> Result<Migrated, Failure> {
    let folder = Folder::open(&project.migrations)?;
    folder.sound()?;
    // Whatever is not sealed yet would be, by being applied.
    let unsealed = folder.migrations().iter().filter(|m| m.header.seal.is_none());
    let faults: Vec<_> = unsealed.flat_map(|m| project.headers.unsealable(m)).collect();
    if !faults.is_empty() {
        return Err(Failure::all(Exit::CheckFailed, faults));
    }
    let Apply { to, running, lock, decisions } = *run;
    let to = to.map(|to| folder.find(to).map(|migration| migration.id.clone())).transpose()?;
    let mut connection = match running {
        Running::Run => target::create(&database.url, lock)?,
        Running::Dry => target::look(&database.url, project.dialect)?,
    };
    let options = MigrateOptions {
        to,
        running,
        lock_timeout: lock.timeout(),
        dev_server: project.dev_server()?,
        ..MigrateOptions::default()
    };
    decide::settle(decisions, context, |choices, context| {
        let options = MigrateOptions {
            losses: choices.dropped.losses(),
            fills: choices.fills.clone(),
            ..options.clone()
        };
        let mut progress = |event| progress::tell(&context.output, &event);
        peristyle_migrate::migrate(connection.as_mut(), &folder, &options, &mut progress)
    })
}

/// The statements of runs, each run under its name.
pub fn script(runs: &[Run]) -> String {
    let mut script = String::new();
    for run in runs {
        script.push_str(&format!("-- {}\n", run.id));
        for statement in &run.statements {
            script.push_str(statement);
            script.push_str(";\n");
        }
    }
    script
}
