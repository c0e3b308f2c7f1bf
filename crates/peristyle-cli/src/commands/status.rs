//! `status`: the migrations, and what of them a database has.

use std::fmt::Write;

use peristyle_migrate::{Folder, State, Status, StatusEntry, StatusState};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan::reversible;
use crate::render::{FAINT, GOOD, WARN, plain, styled};
use crate::target;

/// Lists the migrations of the folder and of the database's history.
#[derive(Debug, clap::Args)]
pub struct Args {}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    exists: bool,
    migrations: Vec<Entry<'a>>,
    applied: usize,
    pending: usize,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    state: &'static str,
    purpose: Option<&'a str>,
    reversible: Option<&'static str>,
    applied_at: Option<&'a str>,
    applied_by: Option<&'a str>,
}

impl<'a> From<&'a StatusEntry> for Entry<'a> {
    fn from(entry: &'a StatusEntry) -> Self {
        let (state, applied) = match &entry.state {
            StatusState::Applied(applied) => {
                let word = match applied.state {
                    State::Done => "applied",
                    State::Running => "half applied",
                    State::Undoing => "half taken back",
                };
                (word, Some(applied))
            }
            StatusState::Pending => ("pending", None),
            StatusState::Missing(applied) => ("missing", Some(applied)),
        };
        Self {
            id: entry.id.as_str(),
            state,
            purpose: entry.purpose.as_deref(),
            reversible: entry.reversible.map(reversible),
            applied_at: applied.map(|a| a.finished.as_deref().unwrap_or(&a.started)),
            applied_by: applied.map(|a| a.owner.as_str()),
        }
    }
}

/// Prints the list. Files that are not what they were fail it.
pub fn run(_: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let folder = Folder::open(&project.migrations)?;
    let exists = !target::is_absent(&database.url);
    let mut connection = target::look(&database.url, project.dialect)?;
    let status = peristyle_migrate::status(connection.as_mut(), &folder)?;
    let report = report(&status, database.url.to_string(), exists);
    context.output.data(&table(&report.migrations));
    if !exists {
        context
            .output
            .say(&format!("{} is not there yet; `peristyle migrate` makes it", database.url));
    }
    context.output.say(&format!("{} applied, {} pending", report.applied, report.pending));
    context.output.notes(&status.faults);
    context.output.json(&report);
    Ok(if status.faults.is_empty() { Exit::Ok } else { Exit::CheckFailed })
}

fn report(status: &Status, database: String, exists: bool) -> Report<'_> {
    let migrations: Vec<Entry<'_>> = status.migrations.iter().map(Entry::from).collect();
    let count = |state| migrations.iter().filter(|entry| entry.state == state).count();
    Report {
        database,
        exists,
        applied: count("applied"),
        pending: count("pending"),
        migrations,
        diagnostics: &status.faults,
    }
}

/// The list as a table; nothing where there is nothing to list.
fn table(entries: &[Entry<'_>]) -> String {
    let width = entries.iter().map(|entry| entry.id.chars().count()).max().unwrap_or_default();
    let states = entries.iter().map(|entry| entry.state.len()).max().unwrap_or_default().max(8);
    let mut table = String::new();
    if !entries.is_empty() {
        let heading = format!(
            "{:width$}  {:states$}  {:8}  {:26}  purpose",
            "migration", "state", "way back", "applied"
        );
        let _ = writeln!(table, "{}", styled(FAINT, heading));
    }
    for entry in entries {
        let style = if entry.state == "applied" { GOOD } else { WARN };
        let state = styled(style, format_args!("{:states$}", entry.state));
        let (way, at) = (entry.reversible.unwrap_or("-"), entry.applied_at.unwrap_or("-"));
        let purpose = plain(entry.purpose.unwrap_or("-"));
        let _ = writeln!(table, "{:width$}  {state}  {way:8}  {at:26}  {purpose}", entry.id);
    }
    table
}
