//! From two schemas to a plan that somebody has agreed to.

use peristyle_schema::{
    Change, Column, Diagnostic, Pair, QualifiedName, Schema, Table, TableEdit, diff,
};
use peristyle_sql::{Decision, DialectName, HazardKind, Plan};

use crate::{Choices, DroppedData, Error};

/// A plan and what it was made from.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The two schemas.
    pub schemas: Pair<Schema>,
    /// What changes between them.
    pub changes: Vec<Change>,
    /// The SQL there and back.
    pub plan: Plan,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

impl Planned {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Plans the way from one schema to another, both as [`load`](crate::load) gives them. `label` names what is set aside.
///
/// What only a person can decide is [`Error::Undecided`], with the exact flags to decide by.
pub fn plan(
    mut schemas: Pair<Schema>,
    dialect: DialectName,
    choices: &Choices,
    label: &str,
) -> Result<Planned, Error> {
    choices.note_renames(&mut schemas.new)?;
    let changes = diff(schemas.as_ref());
    let options = choices.plan_options(label);
    let lost = |losses: &[Loss]| match choices.dropped {
        DroppedData::Refuse => {
            let keeping = Choices { dropped: DroppedData::Keep, ..choices.clone() };
            let options = keeping.plan_options(label);
            let plan = peristyle_sql::dialect(dialect).plan(schemas.as_ref(), &changes, &options);
            let rest = plan.map_or_else(|_| Vec::new(), |plan| data_losses(&plan));
            decisions(&changes, losses, &rest)
        }
        DroppedData::Keep => decisions(&changes, losses, losses),
        DroppedData::Lose | DroppedData::KeepElseLose => Vec::new(),
    };
    match peristyle_sql::dialect(dialect).plan(schemas.as_ref(), &changes, &options) {
        Ok(plan) => {
            let undecided = lost(&data_losses(&plan));
            if undecided.is_empty() {
                Ok(Planned { schemas, changes, plan, notes: Vec::new() })
            } else {
                Err(Error::Undecided(undecided))
            }
        }
        // A planner that stops at a question has not told what it would drop: ask all at once.
        Err(mut refusal) if !refusal.decisions.is_empty() => {
            if choices.dropped == DroppedData::Refuse {
                refusal.decisions.extend(lost(&dropped(&changes)));
            }
            Err(refusal.into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Data that would be lost: whose, and how.
struct Loss {
    subject: String,
    says: String,
}

/// What a plan loses on its way there.
fn data_losses(plan: &Plan) -> Vec<Loss> {
    let hazards = plan.up.iter().flat_map(|step| &step.hazards);
    let lost = hazards.filter(|hazard| hazard.kind == HazardKind::DataLoss);
    lost.map(|hazard| Loss { subject: hazard.subject.clone(), says: hazard.message.clone() })
        .collect()
}

/// A question for each thing whose data would be lost; `rest` is what cannot be set aside.
fn decisions(changes: &[Change], losses: &[Loss], rest: &[Loss]) -> Vec<Decision> {
    let mut seen = Vec::new();
    let mut decisions = Vec::new();
    let gone: Vec<String> = dropped(changes).into_iter().map(|loss| loss.subject).collect();
    for Loss { subject, says } in losses {
        if seen.contains(&subject) {
            continue;
        }
        seen.push(subject);
        let mut answers: Vec<(String, String)> = renames(changes, subject)
            .into_iter()
            .map(|rename| {
                let to = rename.rsplit(':').next().unwrap_or_default().to_owned();
                (format!("--rename {rename}"), format!("it is called {to} now; its data stays"))
            })
            .collect();
        if rest.iter().any(|loss| loss.subject == *subject) {
            answers.push((
                "--allow-destructive".into(),
                "it cannot be set aside and is lost; what can be is kept with --keep-data".into(),
            ));
        } else {
            answers.push((
                "--keep-data".into(),
                "its data is set aside; rollback brings it back".into(),
            ));
            answers.push(("--allow-destructive".into(), "its data is lost".into()));
        }
        let question = if gone.contains(subject) {
            format!("{subject} would go, with the data in it: is that meant?")
        } else {
            format!("{says}: is that meant?")
        };
        decisions.push(Decision { question, answers });
    }
    decisions
}

/// What the changes drop together with its data.
fn dropped(changes: &[Change]) -> Vec<Loss> {
    let loss = |subject: String| Loss { says: format!("{subject} is dropped"), subject };
    let mut losses = Vec::new();
    for change in changes {
        match change {
            Change::DropTable(table) => losses.push(loss(table.name.to_string())),
            Change::AlterTable { table, edits } => {
                let columns = dropped_columns(edits).filter(|column| column.generated.is_none());
                losses.extend(columns.map(|column| loss(format!("{table}.{}", column.name))));
            }
            _ => {}
        }
    }
    losses
}

fn dropped_columns(edits: &[TableEdit]) -> impl Iterator<Item = &Column> {
    edits.iter().filter_map(|edit| match edit {
        TableEdit::DropColumn(column) => Some(column),
        _ => None,
    })
}

/// What the subject may be called now: something of the same shape that comes where it goes.
fn renames(changes: &[Change], subject: &str) -> Vec<String> {
    let mut found = Vec::new();
    for change in changes {
        match change {
            Change::DropTable(gone) if gone.name.to_string() == subject => {
                found.extend(
                    created(changes)
                        .filter(|table| alike(gone, table))
                        .map(|table| format!("{}:{}", gone.name, table.name)),
                );
            }
            Change::AlterTable { table, edits } => {
                found.extend(column_renames(table, edits, subject));
            }
            _ => {}
        }
    }
    found
}

fn column_renames(table: &QualifiedName, edits: &[TableEdit], subject: &str) -> Vec<String> {
    let gone = dropped_columns(edits).find(|column| format!("{table}.{}", column.name) == subject);
    let Some(gone) = gone else { return Vec::new() };
    edits
        .iter()
        .filter_map(|edit| match edit {
            TableEdit::AddColumn(column) if column.data_type == gone.data_type => {
                Some(format!("{table}.{}:{}", gone.name, column.name))
            }
            _ => None,
        })
        .collect()
}

fn created(changes: &[Change]) -> impl Iterator<Item = &Table> {
    changes.iter().filter_map(|change| match change {
        Change::CreateTable(table) => Some(table),
        _ => None,
    })
}

/// Whether most columns of the one are columns of the other.
fn alike(gone: &Table, table: &Table) -> bool {
    let shared = gone
        .columns
        .iter()
        .filter(|column| {
            table.columns.get(&column.name).is_some_and(|c| c.data_type == column.data_type)
        })
        .count();
    shared * 2 > gone.columns.len()
}
