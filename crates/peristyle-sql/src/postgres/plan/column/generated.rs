//! Columns that are generated, or are no longer.

use peristyle_schema::{Column, Pair, TableEdit};

use super::super::super::quote::quote;
use super::super::super::writer;
use super::super::way::{Direction, Findings};
use super::super::{describe, guard};
use super::Columns;
use crate::{Hazard, HazardKind, Statement, Step};

impl Columns<'_> {
    /// The steps by which columns are no longer generated, before what they read changes: some go, for good or to come again,
    /// some stay with the values that they have.
    pub(in super::super) fn free(&self, findings: &mut Findings) -> Vec<Step> {
        let mut steps = Vec::new();
        for column in self.dropped().filter(|column| self.goes_early(column)) {
            steps.push(self.drop(column, findings));
        }
        for columns in self.both() {
            let Pair { old, new } = columns;
            let name = &new.name;
            let subject = self.work.subject(name);
            if self.shape.regenerated.contains(name) {
                let is_kept = old.generated.is_none()
                    && self.way.direction == Direction::Up
                    && self.can_keep();
                let former = self.work.former(name);
                let (mut statements, hazards) = match is_kept {
                    true => self.set_aside(old, &former, &subject, findings),
                    false => (Vec::new(), Vec::new()),
                };
                statements.push(self.alter_table(&format!("DROP COLUMN {}", quote(name))));
                steps.push(Step {
                    title: format!("drop for now: column {subject}"),
                    reason: Some("it is generated anew".to_owned()),
                    causes: Vec::new(),
                    statements,
                    hazards,
                });
            } else if old.generated.is_some() && new.generated.is_none() {
                let mut freed = old.clone();
                freed.generated = None;
                let edit = TableEdit::AlterColumn(Pair::new(old.clone(), freed));
                steps.push(Step {
                    title: format!("{}: {}", self.work.new.name, describe::edit(&edit)),
                    reason: None,
                    causes: self.cause(TableEdit::AlterColumn(columns.map(Clone::clone))),
                    statements: vec![self.alter_column(name, "DROP EXPRESSION")],
                    hazards: Vec::new(),
                });
            }
        }
        steps
    }

    /// Whether a column that goes is generated from one that moves, which the server does not let move under it.
    pub(super) fn goes_early(&self, column: &Column) -> bool {
        column.generated.as_ref().is_some_and(|generated| {
            self.shape.moved.iter().any(|name| generated.expr.mentions(name))
        })
    }

    /// Whether dropped values are asked for and can be told apart.
    pub(super) fn can_keep(&self) -> bool {
        self.way.options.keep.is_some() && self.work.row_key().is_some()
    }

    pub(super) fn add_generated(&self, column: &Column, findings: &mut Findings) -> Step {
        let old = self.work.old.columns.get(&column.name);
        let mut statements = Vec::new();
        let mut hazards = Vec::new();
        if let Some(old) = old
            && old.generated.is_none()
            && self.way.direction == Direction::Up
            && !self.can_keep()
        {
            let subject = self.work.subject(&column.name);
            let message = format!("{subject}: its own values give way to generated ones");
            findings.losses.push(message.clone());
            hazards.push(Hazard { kind: HazardKind::DataLoss, subject, message });
        }
        if column.generated.is_some() {
            statements.push(self.alter_table(&format!("ADD COLUMN {}", writer::column(column))));
            statements.extend(self.comment(None, column));
        } else {
            let mut bare = column.clone();
            bare.nullable = true;
            statements.push(self.alter_table(&format!("ADD COLUMN {}", writer::column(&bare))));
            if let Some(generated) = old.and_then(|old| old.generated.as_ref()) {
                statements.push(Statement::run(format!(
                    "UPDATE {}\nSET {} = {}",
                    self.work.sql_name(),
                    quote(&column.name),
                    generated.expr
                )));
            }
            if let Some(kept) = self.way.kept_column(self.work, &column.name) {
                let key = self.way.key_names(kept);
                statements.push(kept.restore(&self.work.new.name, &key, column));
                statements.push(kept.drop());
            }
            if !column.nullable {
                statements.push(guard::of_missing(self.work, &column.name));
                statements.push(self.alter_column(&column.name, "SET NOT NULL"));
            }
            statements.extend(self.comment(None, column));
        }
        let causes = match old {
            None => self.cause(TableEdit::AddColumn(column.clone())),
            Some(old) if old == column => Vec::new(),
            Some(old) => self.cause(TableEdit::AlterColumn(Pair::new(old.clone(), column.clone()))),
        };
        let verb = if old.is_some() { "generate again" } else { "add column" };
        Step {
            title: format!("{verb} {}.{}", self.work.new.name, column.name),
            reason: None,
            causes,
            statements,
            hazards,
        }
    }
}
