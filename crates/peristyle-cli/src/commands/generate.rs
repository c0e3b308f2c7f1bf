//! `generate`: from what the migrations make to what the declarations say, as a proven file.

use std::path::Path;

use peristyle_migrate::{
    Body, Folder, GenerateRequest, Generated, GeneratedMigration, Proof, Source, Writing,
};
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::Project;
use crate::context::Context;
use crate::decide::{self, Decisions};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint;
use crate::plan::{self, PlanReport};
use crate::progress;
use crate::render::{FAINT, GOOD, STRONG, plain, styled};

/// Writes the next migration.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The migration's name, in snake_case [default: made from what changes]
    #[arg(long)]
    pub name: Option<String>,
    /// What it is for, in a sentence
    #[arg(long)]
    pub purpose: Option<String>,
    /// Which ticket it belongs to
    #[arg(long)]
    pub ticket: Option<String>,
    /// Write a file with empty parts, for SQL written by hand; then prove it with `--prove`
    #[arg(long, conflicts_with = "dry_run")]
    pub empty: bool,
    /// Prove the last file of the folder as it stands, and write what was proven into its header
    #[arg(long, conflicts_with_all = ["empty", "name", "purpose", "ticket", "dry_run"])]
    pub prove: bool,
    /// Print the file instead of writing it
    #[arg(long)]
    pub dry_run: bool,
    /// What a person has decided.
    #[command(flatten)]
    pub decisions: Decisions,
}

#[derive(Default, Serialize)]
struct Report<'a> {
    migration: Option<&'a str>,
    file: Option<String>,
    written: bool,
    changes: Vec<String>,
    plan: Option<PlanReport<'a>>,
    proof: Option<ProofReport<'a>>,
    text: Option<&'a str>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ProofReport<'a> {
    reversible: &'static str,
    rows: usize,
    tables: usize,
    without_rows: Vec<Unfilled<'a>>,
    losses: &'a [String],
    summary: &'a str,
}

#[derive(Serialize)]
struct Unfilled<'a> {
    table: String,
    reason: &'a str,
}

impl<'a> From<&'a Proof> for ProofReport<'a> {
    fn from(proof: &'a Proof) -> Self {
        let without_rows = proof
            .without_rows
            .iter()
            .map(|(table, reason)| Unfilled { table: table.to_string(), reason })
            .collect();
        Self {
            reversible: plan::reversible(proof.reversible),
            rows: proof.rows,
            tables: proof.tables,
            without_rows,
            losses: &proof.losses,
            summary: &proof.summary,
        }
    }
}

/// Generates, or proves what was written by hand.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    if args.prove {
        return prove(&project, &args.decisions, context);
    }
    let rules = &project.headers;
    let faults = rules.faults(&Folder::open(&project.migrations)?);
    if !faults.is_empty() {
        return Err(Failure::all(Exit::CheckFailed, faults));
    }
    let purpose = rules.purpose(args.purpose.as_deref());
    let ticket = rules.ticket(args.ticket.as_deref())?;
    let target = Source::Declarations(project.schema.clone());
    let scratch = project.scratch()?;
    let mut generated = decide::settle(&args.decisions, context, |choices, context| {
        let request = GenerateRequest {
            folder: &project.migrations,
            target: &target,
            scratch: scratch.clone(),
            name: args.name.clone(),
            purpose: purpose.clone(),
            ticket: ticket.clone(),
            choices: choices.clone(),
            body: if args.empty { Body::Empty } else { Body::Planned },
            sidecars: &project.sidecars,
            writing: if args.dry_run { Writing::Dry } else { Writing::Write },
        };
        let output = &context.output;
        peristyle_migrate::generate(&request, &mut |event| progress::tell(output, &event))
    })?;
    let lint = lint::warnings(&project)?;
    match &mut generated {
        Generated::Nothing { notes } => notes.extend(lint),
        Generated::Migration(migration) => migration.notes.extend(lint),
    }
    match generated {
        Generated::Nothing { notes } => {
            context.output.notes(&notes);
            context.output.say("nothing to do: the migrations lead to the declarations");
            context.output.json(&Report { diagnostics: &notes, ..Report::default() });
        }
        Generated::Migration(migration) => tell(&migration, args, context),
    }
    Ok(Exit::Ok)
}

fn tell(migration: &GeneratedMigration, args: &Args, context: &mut Context) {
    let output = &mut context.output;
    output.notes(&migration.notes);
    if let Some(plan) = &migration.plan {
        output.say(&plan::summary(&plan.up));
        if !args.dry_run {
            output.say(&plan::listing(&plan.up));
        }
    }
    if let Some(proof) = &migration.proof {
        output.say(&proof_words(proof));
    }
    let file = migration.path.display().to_string();
    if args.dry_run {
        output.say(&format!("{} {file}, which was not written:\n", styled(FAINT, "would be")));
        output.data(&migration.text);
    } else {
        output.say(&styled(GOOD, "wrote"));
        output.data(&format!("{file}\n"));
        output.say(next(args.empty, &migration.text));
    }
    output.json(&Report {
        migration: Some(migration.id.as_str()),
        file: Some(file),
        written: !args.dry_run,
        changes: peristyle_migrate::describe(&migration.changes),
        plan: migration.plan.as_ref().map(PlanReport::from),
        proof: migration.proof.as_ref().map(ProofReport::from),
        text: Some(&migration.text),
        diagnostics: &migration.notes,
    });
}

fn next(empty: bool, text: &str) -> &'static str {
    let mut header = text.lines().take_while(|line| *line != "-- peristyle:up");
    let open = header.any(|line| line.contains(": TODO: "));
    match (empty, open) {
        (true, false) => "next: write its two parts, then `peristyle generate --prove`",
        (true, true) => {
            "next: fill in its header, write its two parts, then `peristyle generate --prove`"
        }
        (false, false) => "next: read it, then `peristyle migrate`",
        (false, true) => "next: read it, fill in its header, then `peristyle generate --prove`",
    }
}

/// What was proven, and what could not be.
fn proof_words(proof: &Proof) -> String {
    let mut words = format!("{} {}\n", styled(GOOD, "proven"), plain(&proof.summary));
    for (table, reason) in &proof.without_rows {
        words.push_str(&format!(
            "  {} {table}: {}\n",
            styled(STRONG, "without rows:"),
            plain(reason)
        ));
    }
    words
}

/// Proves the last file of the folder.
fn prove(project: &Project, decisions: &Decisions, context: &mut Context) -> Result<Exit, Failure> {
    let folder = Folder::open(&project.migrations)?;
    let Some(last) = folder.migrations().last() else {
        return Err(nothing_to_prove(&project.migrations));
    };
    let faults = project.headers.unsealable(last);
    if !faults.is_empty() {
        return Err(Failure::all(Exit::CheckFailed, faults));
    }
    let file = last.path.display().to_string();
    if peristyle_migrate::seal_filled(&project.migrations)?.is_some() {
        context.output.say(&format!("{}; its statements stay proven", styled(GOOD, "sealed")));
        context.output.data(&format!("{file}\n"));
        context.output.json(&Report {
            migration: Some(last.id.as_str()),
            file: Some(file),
            written: true,
            ..Report::default()
        });
        return Ok(Exit::Ok);
    }
    let scratch = project.scratch()?;
    let proof = decide::settle(decisions, context, |choices, context| {
        let losses = choices.dropped.losses();
        let mut progress = |event| progress::tell(&context.output, &event);
        peristyle_migrate::prove(&project.migrations, &last.id, &scratch, losses, &mut progress)
    })?;
    context.output.say(&proof_words(&proof));
    context.output.data(&format!("{file}\n"));
    context.output.json(&Report {
        migration: Some(last.id.as_str()),
        file: Some(file),
        written: true,
        proof: Some(ProofReport::from(&proof)),
        ..Report::default()
    });
    Ok(Exit::Ok)
}

fn nothing_to_prove(folder: &Path) -> Failure {
    Failure::usage(
        Diagnostic::error(
            "nothing-to-prove",
            format!("there is no migration in {}", folder.display()),
        )
        .help("write one with `peristyle generate --empty --name what_it_does`"),
    )
}
