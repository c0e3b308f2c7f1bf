//! Steps for the columns of tables that live on.

use peristyle_schema::{Column, Name, Pair, TableEdit};

use super::super::quote::quote;
use super::super::writer;
use super::fill;
use super::shape::{Shape, cause};
use super::way::{Direction, Findings, Way, Work};
use crate::{Hazard, HazardKind, Statement, Step};

mod add;
mod alter;
mod convert;
mod drop;
mod generated;
mod identity;

use add::constant_fill;

/// What the columns of one table are planned from.
pub(super) struct Columns<'a> {
    pub(super) way: &'a Way<'a>,
    pub(super) work: &'a Work<'a>,
    pub(super) shape: &'a Shape,
}

impl Columns<'_> {
    /// The steps for all columns: what comes, what changes, what goes. What goes may be read by what comes.
    pub(super) fn steps(&self, findings: &mut Findings) -> Vec<Step> {
        let mut steps = Vec::new();
        for column in self.added().filter(|column| column.generated.is_none()) {
            steps.push(self.add(column, findings));
        }
        let mut moved: Vec<Pair<&Column>> = self.both().filter(|c| self.is_moved(c)).collect();
        moved.sort_by(|a, b| a.new.name.cmp(&b.new.name));
        if self.way.direction == Direction::Down {
            moved.reverse();
        }
        for columns in moved {
            steps.push(self.alter(columns, findings));
        }
        for columns in self.both().filter(|columns| !self.is_moved(columns)) {
            let is_regenerated = self.shape.regenerated.contains(&columns.new.name);
            if columns.old != columns.new && !is_regenerated {
                steps.push(self.alter(columns, findings));
            }
        }
        let again: Vec<&Column> = self.regenerated().collect();
        for column in self.added().filter(|column| column.generated.is_some()).chain(again) {
            steps.push(self.add_generated(column, findings));
        }
        steps.extend(self.defaults_again());
        for column in self.dropped().filter(|column| !self.goes_early(column)) {
            steps.push(self.drop(column, findings));
        }
        steps
    }

    fn dropped(&self) -> impl Iterator<Item = &Column> {
        self.work.edits.iter().filter_map(|edit| match edit {
            TableEdit::DropColumn(column) => Some(column),
            TableEdit::RenameColumn(_)
            | TableEdit::AddColumn(_)
            | TableEdit::AlterColumn(_)
            | TableEdit::SetPrimaryKey(_)
            | TableEdit::AddUnique(_)
            | TableEdit::DropUnique(_)
            | TableEdit::AddForeignKey(_)
            | TableEdit::DropForeignKey(_)
            | TableEdit::AddCheck(_)
            | TableEdit::DropCheck(_)
            | TableEdit::AddExclusion(_)
            | TableEdit::DropExclusion(_)
            | TableEdit::AddIndex(_)
            | TableEdit::DropIndex(_)
            | TableEdit::RenameIndex(_)
            | TableEdit::SetOptions(_)
            | TableEdit::SetDoc(_) => None,
        })
    }

    fn added(&self) -> impl Iterator<Item = &Column> {
        let work = self.work;
        work.new.columns.iter().filter(|column| !work.old.columns.contains(&column.name))
    }

    fn both(&self) -> impl Iterator<Item = Pair<&Column>> {
        let work = self.work;
        work.new
            .columns
            .iter()
            .filter_map(|new| work.old.columns.get(&new.name).map(|old| Pair::new(old, new)))
    }

    fn regenerated(&self) -> impl Iterator<Item = &Column> {
        let work = self.work;
        work.new.columns.iter().filter(|column| self.shape.regenerated.contains(&column.name))
    }

    fn is_moved(&self, columns: &Pair<&Column>) -> bool {
        self.shape.moved.contains(&columns.new.name)
    }

    fn alter_table(&self, what: &str) -> Statement {
        Statement::run(format!("ALTER TABLE {} {what}", self.work.sql_name()))
    }

    fn alter_column(&self, column: &Name, what: &str) -> Statement {
        self.alter_table(&format!("ALTER COLUMN {} {what}", quote(column)))
    }

    fn cause(&self, edit: TableEdit) -> Vec<peristyle_schema::Change> {
        vec![cause(&self.work.new.name, vec![edit])]
    }

    fn comment(&self, old: Option<&Column>, column: &Column) -> Option<Statement> {
        let held = old.and_then(|old| old.doc.as_deref());
        (held != column.doc.as_deref()).then(|| {
            Statement::run(writer::comment_on_column(
                &self.work.new.name,
                &column.name,
                column.doc.as_deref(),
            ))
        })
    }

    fn may_fail(&self, message: &str) -> Hazard {
        Hazard {
            kind: HazardKind::MayFail,
            subject: self.work.new.name.to_string(),
            message: format!("{}: {message}", self.work.new.name),
        }
    }
}

/// Whether a change of this table updates rows, so that triggers must not see it.
pub(super) fn updates_rows(way: &Way<'_>, work: &Work<'_>) -> bool {
    work.edits.iter().any(|edit| match edit {
        TableEdit::AddColumn(column) => {
            column.generated.is_none()
                && constant_fill(way, work, column).is_none()
                && (way.kept_column(work, &column.name).is_some()
                    || fill::explicit(way, work, column).is_some()
                    || (!column.nullable && fill::default_for_rows(way, work, column).is_none()))
        }
        TableEdit::AlterColumn(columns) => {
            let tightened = columns.old.nullable && !columns.new.nullable;
            tightened
                || way.kept_column(work, &columns.new.name).is_some()
                || (columns.old.generated.is_some() && columns.new.generated.is_none())
        }
        _ => false,
    })
}
