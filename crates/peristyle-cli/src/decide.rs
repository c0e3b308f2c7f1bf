//! The flags by which a person decides, and asking for them on a terminal.

use clap::Args;
use peristyle_migrate::{Choices, DroppedData, Error, parse_fill};
use peristyle_schema::Diagnostic;
use peristyle_sql::Decision;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::prompt;

/// What a person has decided about a plan.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Decisions")]
pub struct Decisions {
    /// What was renamed: `users.name:full_name` for a column, `people:users` for a table
    #[arg(long, value_name = "OLD:NEW")]
    pub rename: Vec<String>,
    /// What the rows that are there get in a column that needs a value: `users.nickname:''`
    #[arg(long, value_name = "TABLE.COLUMN:SQL")]
    pub fill: Vec<String>,
    /// Let data go that has no place any more; with `--keep-data`, only what cannot be set aside
    #[arg(long)]
    pub allow_destructive: bool,
    /// Set data aside that has no place any more, so that the way back restores it
    #[arg(long)]
    pub keep_data: bool,
    /// Build and drop indexes of tables that are there without blocking writers (PostgreSQL)
    #[arg(long)]
    pub concurrently: bool,
}

impl Decisions {
    /// The decisions as the planner takes them.
    pub fn choices(&self) -> Result<Choices, Failure> {
        let renames = self.rename.iter().map(|text| {
            text.parse().map_err(|error: peristyle_schema::RenameError| {
                Failure::usage(Diagnostic::error("bad-rename", error.to_string()))
            })
        });
        let fills = self.fill.iter().map(|text| parse_fill(text).map_err(Failure::from));
        Ok(Choices {
            renames: renames.collect::<Result<_, _>>()?,
            fills: fills.collect::<Result<_, _>>()?,
            dropped: match (self.allow_destructive, self.keep_data) {
                (true, true) => DroppedData::KeepElseLose,
                (false, true) => DroppedData::Keep,
                (true, false) => DroppedData::Lose,
                (false, false) => DroppedData::Refuse,
            },
            concurrently: self.concurrently,
        })
    }

    /// Takes a flag that a person chose, as it would stand on the command line.
    fn take(&mut self, flag: &str) -> Result<(), Failure> {
        let (name, value) = flag.split_once(' ').unwrap_or((flag, ""));
        match name {
            "--rename" => self.rename.push(value.to_owned()),
            "--fill" => self.fill.push(value.to_owned()),
            "--allow-destructive" => self.allow_destructive = true,
            "--keep-data" => self.keep_data = true,
            _ => {
                let message = format!("`{flag}` cannot be decided here");
                return Err(Failure::usage(
                    Diagnostic::error("decision-elsewhere", message)
                        .help("do what it says, then run the command again"),
                ));
            }
        }
        Ok(())
    }
}

/// Tries until nothing is left to decide: asks on a terminal, and elsewhere ends with the flags to decide with.
pub fn settle<T>(
    decisions: &Decisions,
    context: &mut Context,
    mut attempt: impl FnMut(&Choices, &mut Context) -> Result<T, Error>,
) -> Result<T, Failure> {
    let mut decisions = decisions.clone();
    loop {
        match attempt(&decisions.choices()?, context) {
            Err(Error::Undecided(open)) if prompt::possible(&context.output) => {
                for decision in &open {
                    match prompt::decide(decision)? {
                        Some(flag) => decisions.take(&flag)?,
                        None => return Err(undecided(vec![decision.clone()])),
                    }
                }
            }
            other => return other.map_err(Failure::from),
        }
    }
}

fn undecided(decisions: Vec<Decision>) -> Failure {
    Failure { exit: Exit::DecisionNeeded, diagnostics: Vec::new(), decisions }
}
