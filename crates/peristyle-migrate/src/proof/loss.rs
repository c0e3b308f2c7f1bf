//! What a migration that somebody wrote loses: what was there before, is not there afterwards, and was not seen to come back.

use peristyle_schema::{Name, QualifiedName};
use peristyle_sql::Decision;

use super::mapping::{Mapping, TableMapping};
use super::snapshot::Snapshot;
use super::trial::Trial;
use crate::script::{Placed, may_remove_rows};
use crate::{Error, MigrationId};

/// What becomes of a migration that somebody wrote and that loses data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Losses {
    /// It is not proven: somebody must decide first.
    #[default]
    Refuse,
    /// It is proven, and its header says what it loses: `--allow-destructive`.
    Allow,
}

/// A question for each loss that nobody has decided on.
pub(super) fn allowed(id: &MigrationId, losses: &[String], decided: Losses) -> Result<(), Error> {
    if losses.is_empty() || decided == Losses::Allow {
        return Ok(());
    }
    let decision = |loss: &String| Decision {
        question: format!(
            "{id} loses data, and its way back does not restore it: {loss}: is that meant?"
        ),
        answers: vec![("--allow-destructive".to_owned(), "it is lost".to_owned())],
    };
    Err(Error::Undecided(losses.iter().map(decision).collect()))
}

/// Something that is gone after the way forward.
struct Gone {
    table: QualifiedName,
    /// The column, if it is not the rows themselves.
    column: Option<Name>,
    says: String,
}

impl Trial<'_> {
    /// What is lost of the rows that were there before: `after` the way forward and, where there is one, when it was taken `back`.
    pub(super) fn losses(
        &self,
        before: &Snapshot,
        after: &Snapshot,
        back: Option<&Snapshot>,
    ) -> Vec<String> {
        let mut gone = self.gone(before, after);
        let fewer = gone.iter().any(|gone| gone.column.is_none());
        gone.retain(|gone| !back.is_some_and(|back| came_back(gone, before, back)));
        let rows_came_back = fewer && !gone.iter().any(|gone| gone.column.is_none());
        let mut losses: Vec<String> = gone.into_iter().map(|gone| gone.says).collect();
        // Which rows a condition finds in a real database, made-up rows cannot tell.
        if !rows_came_back && losses.is_empty() {
            losses.extend(self.subject.up.iter().filter_map(removal));
        }
        losses
    }

    fn gone(&self, before: &Snapshot, after: &Snapshot) -> Vec<Gone> {
        let mut gone = Vec::new();
        for (name, table) in &self.subject.old.tables {
            let Some(held) = self.mapping.tables.get(name) else {
                let says = format!("table {name} is dropped");
                gone.push(Gone { table: name.clone(), column: None, says });
                continue;
            };
            let (old, new) = (before.count(name), after.count(&held.name));
            if new < old {
                let says =
                    format!("rows of {name} go ({} of the {old} that were tried)", old - new);
                gone.push(Gone { table: name.clone(), column: None, says });
            }
            for column in table.columns.iter().filter(|column| column.generated.is_none()) {
                let says = match held.columns.get(&column.name) {
                    None => format!("column {name}.{} is dropped", column.name),
                    Some(to)
                        if new >= old
                            && after.values(&held.name, to) < before.values(name, &column.name) =>
                    {
                        format!("values of {name}.{} become NULL", column.name)
                    }
                    Some(_) => continue,
                };
                gone.push(Gone { table: name.clone(), column: Some(column.name.clone()), says });
            }
        }
        gone
    }
}

/// Whether the rows of the trial show that it comes back: all of them do, and what is one value for all might be a default.
fn came_back(gone: &Gone, before: &Snapshot, back: &Snapshot) -> bool {
    let telling = match &gone.column {
        Some(column) => before.distinct(&gone.table, column) > 1,
        None => before.count(&gone.table) > 0,
    };
    let columns = before.columns(&gone.table).map(|name| (name.clone(), name.clone())).collect();
    let held = TableMapping { name: gone.table.clone(), columns };
    let whole = Mapping { tables: [(gone.table.clone(), held)].into() };
    telling && before.missing(back, &whole).is_empty()
}

/// A statement whose condition decides which rows go.
fn removal(placed: &Placed) -> Option<String> {
    let word = may_remove_rows(&placed.statement)?;
    let line = placed.span.as_ref().map(|span| format!(" in line {}", span.start.line));
    Some(format!(
        "its {word}{} may find rows that the trial did not have",
        line.unwrap_or_default()
    ))
}
