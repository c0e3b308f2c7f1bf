//! `kept`: what `--keep-data` has set aside.

use std::fmt::Write;

use peristyle_driver::{Access, Connection};
use peristyle_migrate::KeptTable;
use peristyle_schema::Diagnostic;
use peristyle_sql::Decision;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::prompt;
use crate::render::{FAINT, WARN, counted, plain, styled};
use crate::suggest::nearest;
use crate::target;

/// Lists or purges the data that migrations have set aside.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do with what was set aside.
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// List what was set aside
    List,
    /// Drop what was set aside: rollback cannot bring it back after that
    Purge(PurgeArgs),
}

/// What to purge.
#[derive(Debug, clap::Args)]
pub struct PurgeArgs {
    /// The numbers of the migrations that set it aside: `0007`
    #[arg(value_name = "NUMBER", required_unless_present = "all")]
    pub labels: Vec<String>,
    /// Everything that was set aside
    #[arg(long, conflicts_with = "labels")]
    pub all: bool,
    /// Drop it without being asked
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Serialize)]
struct Listed<'a> {
    database: String,
    kept: &'a [KeptTable],
}

#[derive(Serialize)]
struct Purged<'a> {
    database: String,
    purged: &'a [KeptTable],
}

/// Lists or purges.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    match &args.action {
        Action::List => {
            let mut connection = target::open(&database.url, Access::Read)?;
            let kept = peristyle_migrate::kept_list(connection.as_mut())?;
            context.output.data(&table(&kept));
            if kept.is_empty() {
                context.output.say(&format!("nothing is set aside in {}", database.url));
            }
            context.output.json(&Listed { database: database.url.to_string(), kept: &kept });
        }
        Action::Purge(purge) => {
            let mut connection = target::open(&database.url, Access::Write)?;
            let purged = run_purge(purge, connection.as_mut(), context)?;
            context.output.json(&Purged { database: database.url.to_string(), purged: &purged });
        }
    }
    Ok(Exit::Ok)
}

fn run_purge(
    args: &PurgeArgs,
    connection: &mut dyn Connection,
    context: &Context,
) -> Result<Vec<KeptTable>, Failure> {
    let kept = peristyle_migrate::kept_list(connection)?;
    for label in &args.labels {
        if !kept.iter().any(|table| table.label == *label) {
            return Err(unknown(label, &kept));
        }
    }
    let chosen: Vec<KeptTable> =
        kept.into_iter().filter(|table| args.all || args.labels.contains(&table.label)).collect();
    if chosen.is_empty() {
        context.output.say("nothing is set aside");
        return Ok(chosen);
    }
    if !args.yes && !confirmed(&chosen, context)? {
        context.output.say("nothing was dropped");
        return Ok(Vec::new());
    }
    let purged = peristyle_migrate::kept_purge(connection, &args.labels)?;
    for table in &purged {
        let rows = counted(usize::try_from(table.rows).unwrap_or(usize::MAX), "row");
        context.output.say(&format!(
            "{} {} of {}  {rows}",
            styled(WARN, "dropped"),
            table.subject,
            table.label
        ));
    }
    Ok(purged)
}

fn confirmed(chosen: &[KeptTable], context: &Context) -> Result<bool, Failure> {
    let subjects: Vec<&str> = chosen.iter().map(|table| table.subject.as_str()).collect();
    let question = format!("rollback will not bring this back: {}", subjects.join(", "));
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

fn unknown(label: &str, kept: &[KeptTable]) -> Failure {
    let help = match nearest(label, kept.iter().map(|table| table.label.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`peristyle kept list` shows the numbers".to_owned(),
    };
    Failure::usage(
        Diagnostic::error("unknown-kept", format!("nothing is set aside under `{label}`"))
            .help(help),
    )
}

fn table(kept: &[KeptTable]) -> String {
    let mut text = String::new();
    if !kept.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            styled(FAINT, format_args!("{:9}  {:>8}  what", "migration", "rows"))
        );
    }
    for table in kept {
        let _ = writeln!(
            text,
            "{:9}  {:>8}  {}",
            plain(&table.label),
            table.rows,
            plain(&table.subject)
        );
    }
    text
}
