//! A column that goes, and what is done with its values.

use peristyle_schema::{Column, Name, Pair, TableEdit};

use super::super::super::quote::quote;
use super::super::keep::ColumnToKeep;
use super::super::way::{Direction, Findings};
use super::Columns;
use crate::{Hazard, HazardKind, Statement, Step};

impl Columns<'_> {
    /// A column that goes.
    pub(super) fn drop(&self, column: &Column, findings: &mut Findings) -> Step {
        let former = self.work.former(&column.name);
        let subject = format!("{}.{former}", self.work.new.name);
        let (mut statements, hazards) = self.set_aside(column, &former, &subject, findings);
        statements.push(self.alter_table(&format!("DROP COLUMN {}", quote(&column.name))));
        Step {
            title: format!("drop column {subject}"),
            reason: None,
            causes: self.cause(TableEdit::DropColumn(column.clone())),
            statements,
            hazards,
        }
    }

    pub(super) fn set_aside(
        &self,
        column: &Column,
        former: &Name,
        subject: &str,
        findings: &mut Findings,
    ) -> (Vec<Statement>, Vec<Hazard>) {
        if column.generated.is_some() {
            return (Vec::new(), Vec::new());
        }
        let danger = |kind, message| vec![Hazard { kind, subject: subject.to_owned(), message }];
        if self.way.direction == Direction::Down {
            let message = format!("what came into {subject} since is dropped");
            return (Vec::new(), danger(HazardKind::DataLoss, message));
        }
        if let (Some(keep), Some(key)) = (&self.way.options.keep, self.work.row_key()) {
            let what = ColumnToKeep {
                table: Pair::new(self.work.was.clone(), self.work.new.name.clone()),
                former: former.clone(),
                column,
                key,
                now: None,
                only: None,
            };
            let (holder, statement) = findings.keeper.keep_column(keep, what);
            let message = format!("the values of {subject} are kept in {holder}");
            return (vec![statement], danger(HazardKind::DataKept, message));
        }
        findings.losses.push(format!("the values of {subject}"));
        let message = format!("the values of {subject} are dropped");
        (Vec::new(), danger(HazardKind::DataLoss, message))
    }
}
