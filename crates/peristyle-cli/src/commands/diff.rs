//! `diff`: the SQL from one schema to another.

use clap::ValueEnum;
use peristyle_migrate::{Planned, Source};
use peristyle_schema::{Diagnostic, Pair};
use peristyle_sql::{DialectName, dialect};
use serde::Serialize;

use crate::context::Context;
use crate::decide::{self, Decisions};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan::PlanReport;

/// Prints the SQL from one schema to another, nothing if they are equal.
#[derive(Debug, clap::Args)]
#[command(after_help = "Sources: peristyle explain sources")]
pub struct Args {
    /// The schema to start from
    #[arg(long, value_name = "SRC")]
    pub from: String,
    /// The schema to reach
    #[arg(long, value_name = "SRC")]
    pub to: String,
    /// The language of the SQL: `sqlite` or `postgres`
    #[arg(long)]
    pub dialect: String,
    /// What to print
    #[arg(long, default_value = "sql")]
    pub format: Format,
    /// What a person has decided.
    #[command(flatten)]
    pub decisions: Decisions,
}

/// What `diff` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A script.
    Sql,
    /// The plan as JSON.
    Json,
}

#[derive(Serialize)]
struct Report<'a> {
    changes: Vec<String>,
    plan: PlanReport<'a>,
    diagnostics: &'a [Diagnostic],
}

/// Prints the way from one to the other.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let name = parse_dialect(&args.dialect)?;
    let sources = Pair::new(args.from.parse::<Source>()?, args.to.parse::<Source>()?);
    let scratch = context.scratch(name)?;
    let Pair { old, new } = peristyle_migrate::load_pair(sources.as_ref(), scratch)?;
    context.output.notes(&old.notes);
    context.output.notes(&new.notes);
    let schemas = Pair::new(old.schema, new.schema);
    let planned = decide::settle(&args.decisions, context, |choices, _| {
        peristyle_migrate::plan(schemas.clone(), name, choices, "diff")
    })?;
    context.output.notes(&planned.notes);
    print(&planned, args.format, name, context);
    Ok(Exit::Ok)
}

fn print(planned: &Planned, format: Format, name: DialectName, context: &mut Context) {
    let report = Report {
        changes: peristyle_migrate::describe(&planned.changes),
        plan: PlanReport::from(&planned.plan),
        diagnostics: &planned.notes,
    };
    context.output.json(&report);
    match format {
        Format::Json => context.output.data_json(&report),
        Format::Sql if planned.is_empty() => {}
        Format::Sql => context.output.data(&dialect(name).script(&planned.plan.up)),
    }
}

/// The dialect of this name.
pub fn parse_dialect(text: &str) -> Result<DialectName, Failure> {
    text.parse().map_err(Failure::usage)
}
