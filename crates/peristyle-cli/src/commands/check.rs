//! `check`: whether declarations, migrations and database agree.

use peristyle_driver::Connection;
use peristyle_migrate::{CheckReport, CheckRequest, Folder, MigrationId, Source};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::Project;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint;
use crate::render::{GOOD, STRONG, counted, plain, styled};
use crate::target;

/// Compares declarations, migrations and, where one is named or there, the database. Changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Compare declarations and migrations only
    #[arg(long, conflicts_with_all = ["env", "url"])]
    pub no_database: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    ok: bool,
    database: Option<String>,
    faults: &'a [Diagnostic],
    pending: &'a [MigrationId],
    drift: Vec<String>,
    stale: Vec<String>,
    lint: &'a [Diagnostic],
    diagnostics: &'a [Diagnostic],
}

/// Checks; exit code 3 if anything was found, 4 if only rules are broken that the project has turned on.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let folder = Folder::open(&project.migrations)?;
    let declarations = Source::Declarations(project.schema.clone());
    let mut connection = if args.no_database { None } else { database(&project, context)? };
    let shown = connection.as_ref().map(|connection| connection.url().to_string());
    let mut report = peristyle_migrate::check(CheckRequest {
        folder: &folder,
        scratch: project.scratch()?,
        sidecars: &project.sidecars,
        target: Some(&declarations),
        connection: connection.as_mut().map(|connection| &mut **connection as &mut dyn Connection),
    })?;
    report.faults.extend(project.headers.faults(&folder));
    let lint = lint::findings(&project)?;
    let broken = lint.iter().any(Diagnostic::is_error);
    context.output.notes(&lint);
    tell(&report, shown.as_deref(), context);
    if report.is_clean() && !broken {
        context.output.say(&styled(GOOD, "everything agrees"));
    }
    context.output.json(&Report {
        ok: report.is_clean() && !broken,
        database: shown,
        faults: &report.faults,
        pending: &report.pending,
        drift: report.drift.words(),
        stale: report.stale.words(),
        lint: &lint,
        diagnostics: &report.notes,
    });
    Ok(match (report.is_clean(), broken) {
        (true, false) => Exit::Ok,
        (true, true) => Exit::LintErrors,
        (false, _) => Exit::CheckFailed,
    })
}

/// The database to compare with. One that nobody asked for by name may be missing.
fn database(project: &Project, context: &Context) -> Result<Option<Box<dyn Connection>>, Failure> {
    let asked_for = project.is_named();
    let database = match project.database() {
        Ok(database) => database,
        Err(_) if !asked_for => {
            context.output.say("no database is named: declarations and migrations are compared");
            return Ok(None);
        }
        Err(failure) => return Err(failure),
    };
    if !asked_for && target::is_absent(&database.url) {
        let words = "is not there yet: declarations and migrations are compared";
        context.output.say(&format!("{} {words}", database.url));
        return Ok(None);
    }
    target::open(&database.url, peristyle_driver::Access::Read).map(Some)
}

fn tell(report: &CheckReport, database: Option<&str>, context: &mut Context) {
    let output = &mut context.output;
    output.notes(&report.notes);
    output.notes(&report.faults);
    let pending: Vec<String> = report.pending.iter().map(ToString::to_string).collect();
    let database = database.unwrap_or("the database");
    let findings = [
        (
            format!("{} pending in {database}", counted(pending.len(), "migration")),
            pending,
            "peristyle migrate",
        ),
        (
            format!("{database} is not what its history makes of it; it would need"),
            report.drift.words(),
            "peristyle diff, or undo the change by hand",
        ),
        (
            "the declarations are ahead of the migrations".to_owned(),
            report.stale.words(),
            "peristyle generate",
        ),
    ];
    for (heading, lines, next) in findings {
        if lines.is_empty() {
            continue;
        }
        output.data(&format!("{}\n", styled(STRONG, heading)));
        for line in lines {
            output.data(&format!("  {}\n", plain(&line)));
        }
        output.say(&format!("next: {next}"));
    }
}
