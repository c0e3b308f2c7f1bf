//! `push`: a database brought to the declarations without a migration.

use peristyle_migrate::{PushOptions, Pushed, Running, Source};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::context::Context;
use crate::decide::{self, Decisions};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan::{self, PlanReport};
use crate::progress;
use crate::render::{GOOD, counted, styled};
use crate::target::{self, LockArgs};

/// Brings a database to the declarations, in one transaction; for trying things out, not for production.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the SQL instead of running it
    #[arg(long)]
    pub dry_run: bool,
    /// How long to wait for others.
    #[command(flatten)]
    pub lock: LockArgs,
    /// What a person has decided.
    #[command(flatten)]
    pub decisions: Decisions,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    dry_run: bool,
    changes: Vec<String>,
    plan: PlanReport<'a>,
    diagnostics: &'a [Diagnostic],
}

/// Pushes, or prints what would be run.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let source = Source::Declarations(project.schema.clone());
    let loaded = peristyle_migrate::load(&source, project.scratch()?)?;
    let (mut connection, running) = if args.dry_run {
        (target::look(&database.url, project.dialect)?, Running::Dry)
    } else {
        (target::create(&database.url, &args.lock)?, Running::Run)
    };
    let pushed = decide::settle(&args.decisions, context, |choices, context| {
        let options =
            PushOptions { choices: choices.clone(), running, lock_timeout: args.lock.timeout() };
        let output = &context.output;
        let mut progress = |event| progress::tell(output, &event);
        peristyle_migrate::push(connection.as_mut(), loaded.clone(), &options, &mut progress)
    })?;
    tell(&pushed, args, &database.url.to_string(), context);
    context.output.json(&Report {
        database: database.url.to_string(),
        dry_run: args.dry_run,
        changes: peristyle_migrate::describe(&pushed.planned.changes),
        plan: PlanReport::from(&pushed.planned.plan),
        diagnostics: &pushed.planned.notes,
    });
    Ok(Exit::Ok)
}

fn tell(pushed: &Pushed, args: &Args, database: &str, context: &mut Context) {
    let output = &mut context.output;
    output.notes(&pushed.planned.notes);
    if pushed.planned.is_empty() {
        output.say(&format!("nothing to do: {database} is what the declarations say"));
        return;
    }
    let steps = &pushed.planned.plan.up;
    output.say(&plan::summary(steps));
    let count = counted(steps.len(), "step");
    if args.dry_run {
        output.data(&plan::script(steps));
        output.say(&format!("{count} would be run on {database}"));
    } else {
        let took = progress::duration(pushed.took);
        output.say(&format!("{} {count} on {database}  {took}", styled(GOOD, "ran")));
    }
}
