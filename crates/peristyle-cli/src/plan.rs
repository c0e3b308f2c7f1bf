//! A plan as a person and as a program reads it.

use std::fmt::Write;

use peristyle_sql::{Hazard, HazardKind, Plan, Reversible, Role, Statement, Step};
use serde::Serialize;

use crate::render::{FAINT, STRONG, WARN, counted, plain, styled};

/// A plan in an answer of `--json`.
#[derive(Debug, Serialize)]
pub struct PlanReport<'a> {
    /// The steps forward.
    pub up: Vec<StepReport<'a>>,
    /// The steps back.
    pub down: Vec<StepReport<'a>>,
    /// Whether the way back brings everything back: `yes`, `partial`, `no`.
    pub reversible: &'static str,
}

/// A step in an answer of `--json`.
#[derive(Debug, Serialize)]
pub struct StepReport<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    statements: Vec<StatementReport<'a>>,
    hazards: &'a [Hazard],
}

#[derive(Debug, Serialize)]
struct StatementReport<'a> {
    sql: &'a str,
    /// What it means if this query returns a row; such a statement is a check, not an action.
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a str>,
}

impl<'a> From<&'a Plan> for PlanReport<'a> {
    fn from(plan: &'a Plan) -> Self {
        Self {
            up: plan.up.iter().map(StepReport::from).collect(),
            down: plan.down.iter().map(StepReport::from).collect(),
            reversible: reversible(plan.reversible),
        }
    }
}

impl<'a> From<&'a Step> for StepReport<'a> {
    fn from(step: &'a Step) -> Self {
        Self {
            title: &step.title,
            reason: step.reason.as_deref(),
            statements: step.statements.iter().map(StatementReport::from).collect(),
            hazards: &step.hazards,
        }
    }
}

impl<'a> From<&'a Statement> for StatementReport<'a> {
    fn from(statement: &'a Statement) -> Self {
        let guard = match &statement.role {
            Role::Run | Role::Alone => None,
            Role::Guard { message } => Some(message.as_str()),
        };
        Self { sql: &statement.sql, guard }
    }
}

/// The word for whether there is a way back.
pub fn reversible(reversible: Reversible) -> &'static str {
    match reversible {
        Reversible::Yes => "yes",
        Reversible::Partial => "partial",
        Reversible::No => "no",
    }
}

/// What the steps do, one line each, with the reasons and the dangers below them.
pub fn summary(steps: &[Step]) -> String {
    let mut text = format!("{}\n", styled(STRONG, counted(steps.len(), "step")));
    for step in steps {
        let _ = writeln!(text, "  {}", plain(&step.title));
        if let Some(reason) = &step.reason {
            let _ = writeln!(text, "      {}", styled(FAINT, plain(reason)));
        }
        for hazard in &step.hazards {
            let line = format!("{}: {}", plain(&hazard.subject), plain(&hazard.message));
            let _ = writeln!(text, "      {} {line}", styled(WARN, word(hazard.kind)));
        }
    }
    text
}

fn word(kind: HazardKind) -> &'static str {
    match kind {
        HazardKind::DataLoss => "data loss",
        HazardKind::DataKept => "data kept",
        HazardKind::Rebuild => "rebuild",
        HazardKind::MayFail => "may fail",
    }
}

/// The statements of the steps, indented below a heading.
pub fn listing(steps: &[Step]) -> String {
    let mut text = String::new();
    for statement in steps.iter().flat_map(|step| &step.statements) {
        if let Role::Guard { message } = &statement.role {
            let line = format!("-- must return no row: {}", plain(message));
            let _ = writeln!(text, "    {}", styled(FAINT, line));
        }
        for line in plain(&statement.sql).lines() {
            let _ = writeln!(text, "    {line}");
        }
        let end = text.trim_end().len();
        text.replace_range(end.., ";\n");
    }
    text
}

/// The steps as they would be run; a check stands as a comment.
pub fn script(steps: &[Step]) -> String {
    let listing = listing(steps);
    let lines = listing.lines().map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines.map(|line| format!("{line}\n")).collect()
}
