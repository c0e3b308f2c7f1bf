//! `adopt`: a database that is there becomes the beginning of a history.

use peristyle_driver::Access;
use peristyle_migrate::{AdoptRequest, Adopted, Baseline, OtherHistory, Source, Writing};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use super::pull;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress;
use crate::render::{GOOD, STRONG, counted, plain, styled};
use crate::target::{self, LockArgs};

/// Writes the migration that makes what a database is, and notes in the database that it has it. Touches no table and no row.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write the declarations from the database first
    #[arg(long)]
    pub pull: bool,
    /// With --pull: write over declarations that a person has written or changed
    #[arg(long, requires = "pull")]
    pub force: bool,
    /// What the first migration is for, in a sentence
    #[arg(long)]
    pub purpose: Option<String>,
    /// Which ticket it belongs to
    #[arg(long)]
    pub ticket: Option<String>,
    /// Print the migration instead of writing it, and note nothing in the database
    #[arg(long, conflicts_with = "pull")]
    pub dry_run: bool,
    /// How long to wait for others.
    #[command(flatten)]
    pub lock: LockArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    migration: Option<&'a str>,
    file: Option<String>,
    written: bool,
    pulled: Option<String>,
    differences: Vec<String>,
    others: Vec<Other<'a>>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct Other<'a> {
    table: &'a str,
    tool: &'a str,
    entries: u64,
}

/// Adopts; exit code 3 if the database is not what is declared.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let mut connection = target::open(&database.url, access)?;
    let mut pulled = None;
    if args.pull {
        let text = pull::pulled(connection.as_mut())?.text;
        if pull::write(&project.schema, &text, args.force)? {
            pulled = Some(project.schema.display().to_string());
            context.output.say(&format!("{} {}", styled(GOOD, "wrote"), project.schema.display()));
        }
    }
    let target = Source::Declarations(project.schema.clone());
    let request = AdoptRequest {
        folder: &project.migrations,
        target: &target,
        scratch: project.scratch()?,
        purpose: args.purpose.clone(),
        ticket: args.ticket.clone(),
        writing: if args.dry_run { Writing::Dry } else { Writing::Write },
        lock_timeout: args.lock.timeout(),
    };
    let output = &context.output;
    let adopted = peristyle_migrate::adopt(connection.as_mut(), &request, &mut |event| {
        progress::tell(output, &event);
    })?;
    let shown = database.url.to_string();
    match &adopted {
        Adopted::Differs { changes, notes } => {
            context.output.notes(notes);
            let differences = peristyle_migrate::describe(changes);
            let heading = format!("{shown} is not what the declarations say; it would need");
            context.output.data(&format!("{}\n", styled(STRONG, heading)));
            for line in &differences {
                context.output.data(&format!("  {}\n", plain(line)));
            }
            context.output.say("next: change the declarations, or write them anew with --pull");
            context.output.json(&Report {
                database: shown,
                migration: None,
                file: None,
                written: false,
                pulled,
                differences,
                others: Vec::new(),
                diagnostics: notes,
            });
            Ok(Exit::CheckFailed)
        }
        Adopted::Baseline(baseline) => {
            tell(baseline, args, &shown, context);
            context.output.json(&Report {
                database: shown,
                migration: Some(baseline.id.as_str()),
                file: Some(baseline.path.display().to_string()),
                written: !args.dry_run,
                pulled,
                differences: Vec::new(),
                others: baseline.others.iter().map(Other::from).collect(),
                diagnostics: &baseline.notes,
            });
            Ok(Exit::Ok)
        }
    }
}

impl<'a> From<&'a OtherHistory> for Other<'a> {
    fn from(other: &'a OtherHistory) -> Self {
        Self { table: &other.table, tool: other.tool, entries: other.entries }
    }
}

fn tell(baseline: &Baseline, args: &Args, database: &str, context: &mut Context) {
    let output = &mut context.output;
    output.notes(&baseline.notes);
    for other in &baseline.others {
        let entries = match other.entries {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        output.say(&format!(
            "found {}, the history of {}, with {entries}; it is left alone",
            other.table, other.tool
        ));
    }
    if let Some(proof) = &baseline.proof {
        output.say(&format!("{} {}", styled(GOOD, "proven"), plain(&proof.summary)));
    }
    if args.dry_run {
        output.data(&baseline.text);
        output.say(&format!("{} would be adopted", counted(1, "database")));
    } else {
        output.say(&format!("{} {database}: it has {}", styled(GOOD, "adopted"), baseline.id));
        output.data(&format!("{}\n", baseline.path.display()));
        output.say("next: change the declarations, then `peristyle generate`");
    }
}
