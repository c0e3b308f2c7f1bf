//! The copy of a table's rows into its new shape: for every column, where its values come from.

use peristyle_schema::{Column, Name, Pair};

use super::super::quote::quote;
use super::keep::{ColumnToKeep, stored};
use super::value::{self, Loss};
use super::way::{Direction, Findings, Way, Work, hidden_rowid, rowid_word};
use crate::{Hazard, HazardKind, Statement};

/// Where the values of a new table come from.
pub(super) struct Copy {
    /// Its columns that hold values of their own.
    pub(super) columns: Vec<Copied>,
    /// The words for the rowid on both sides, where it is carried over by itself.
    pub(super) rowid: Option<Pair<&'static str>>,
}

/// Where the values of one column come from.
pub(super) struct Copied {
    /// The column.
    pub(super) name: Name,
    /// The value, as an expression over the old table.
    pub(super) value: String,
    /// Whether the values can differ from what the old table held under this name.
    pub(super) touched: bool,
    /// Whether the value may be missing although the column wants one.
    pub(super) may_lack: bool,
    /// Where it is given one then, if not in the table itself.
    pub(super) place: Option<String>,
}

/// Values of a column that converting back will not give.
struct Lost {
    column: Name,
    /// What they become, unless nobody can change that later.
    now: Option<String>,
    loss: Loss,
}

/// What a copy needs around it.
#[derive(Default)]
pub(super) struct Around {
    /// Queries that must find nothing, before the copy.
    pub(super) guards: Vec<Statement>,
    /// Statements that set values aside, before the copy.
    pub(super) keeps: Vec<Statement>,
    /// Statements that make restoring quick, before the copy.
    pub(super) indexes: Vec<Statement>,
    /// Statements that drop what was restored, after the copy.
    pub(super) drops: Vec<Statement>,
    /// What is endangered.
    pub(super) hazards: Vec<Hazard>,
}

impl Copy {
    /// Plans the copy of one table.
    pub(super) fn plan(way: &Way<'_>, work: &Work<'_>, findings: &mut Findings) -> (Self, Around) {
        let mut around = Around::default();
        let mut columns = Vec::new();
        let mut losses = Vec::new();
        for column in stored(work.new) {
            let flow = match work.old.columns.get(&column.name) {
                None => value::added(way, work, column, findings, &mut around),
                Some(old) => {
                    value::carried(way, work, Pair::new(old, column), findings, &mut around)
                }
            };
            if let Some(loss) = flow.loss {
                let now = Some(flow.value.clone());
                losses.push(Lost { column: column.name.clone(), now, loss });
            }
            columns.push(Copied {
                name: column.name.clone(),
                value: flow.value,
                touched: flow.touched,
                may_lack: flow.may_lack,
                place: flow.place,
            });
        }
        let rowid = match (rowid_word(work.old), hidden_rowid(work.new)) {
            (Some(old), Some(new)) => Some(Pair::new(old, new)),
            _ => None,
        };
        let copy = Self { columns, rowid };
        for lost in losses {
            copy.lose(way, work, findings, &mut around, lost);
        }
        for column in work.new.columns.iter().filter(|column| column.generated.is_some()) {
            copy.overwritten(way, work, findings, &mut around, column);
        }
        (copy, around)
    }

    /// The `SELECT` over the old table that gives the rows of the new one.
    pub(super) fn select(&self, work: &Work<'_>) -> String {
        let values: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let name = quote(&column.name);
                if column.value == name { name } else { format!("{} AS {name}", column.value) }
            })
            .collect();
        format!("SELECT {} FROM {}", values.join(", "), work.sql_name())
    }

    /// What is known of one column.
    pub(super) fn get(&self, name: &Name) -> Option<&Copied> {
        self.columns.iter().find(|column| column.name == *name)
    }

    /// What tells the rows apart on both sides: the new primary key with its values, or else the rowid if it is carried
    /// over.
    pub(super) fn key(&self, work: &Work<'_>) -> Option<(Vec<(Name, String)>, &'static str)> {
        let key = work.new.primary_key.as_ref().map(|key| key.columns.as_slice()).unwrap_or(&[]);
        let values: Option<Vec<(Name, String)>> = key
            .iter()
            .map(|name| {
                let nullable = work.new.columns.get(name).is_none_or(|column| column.nullable);
                let column = self.get(name).filter(|_| !nullable)?;
                // A new key that takes the rowid's numbers tells the rows apart as the rowid did.
                let is_rowid = rowid_word(work.old) == Some(column.value.as_str());
                let is_known = is_rowid || work.old.columns.contains(name);
                is_known.then(|| (name.clone(), column.value.clone()))
            })
            .collect();
        match values {
            Some(values) if !values.is_empty() => Some((values, "")),
            _ => self.rowid.as_ref().map(|words| (Vec::new(), words.old)),
        }
    }

    /// A generated column takes the place of one with values of its own.
    fn overwritten(
        &self,
        way: &Way<'_>,
        work: &Work<'_>,
        findings: &mut Findings,
        around: &mut Around,
        column: &Column,
    ) {
        let held = work.old.columns.get(&column.name);
        if held.is_none_or(|held| held.generated.is_some()) || way.direction == Direction::Down {
            return;
        }
        let loss = Loss {
            says: "its own values give way to generated ones".to_owned(),
            only: None,
            hazard: true,
        };
        // Nobody can write to a generated column, so what its values are later does not matter.
        let lost = Lost { column: column.name.clone(), now: None, loss };
        self.lose(way, work, findings, around, lost);
    }

    /// Values change for good: they are set aside if that was asked for, and named if not.
    fn lose(
        &self,
        way: &Way<'_>,
        work: &Work<'_>,
        findings: &mut Findings,
        around: &mut Around,
        lost: Lost,
    ) {
        let Lost { column, now, loss } = lost;
        let subject = work.subject(&column);
        let message = format!("{subject}: {}", loss.says);
        if let (Some(keep), Some((key, rowid))) = (&way.options.keep, self.key(work))
            && way.direction == Direction::Up
        {
            let what = ColumnToKeep {
                table: Pair::new(work.was.clone(), work.new.name.clone()),
                value: quote(&column),
                column: work.former(&column),
                key,
                rowid,
                now,
                only: loss.only,
            };
            let (holder, statement) = findings.keeper.keep_column(keep, what);
            around.keeps.push(statement);
            let message = format!("{message}; the old values are kept in {holder}");
            around.hazards.push(Hazard { kind: HazardKind::DataKept, subject, message });
            return;
        }
        findings.losses.push(message.clone());
        if loss.hazard {
            around.hazards.push(Hazard { kind: HazardKind::DataLoss, subject, message });
        }
    }
}
