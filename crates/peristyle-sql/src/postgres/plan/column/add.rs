//! A column that comes, and what the rows that are there get in it.

use peristyle_schema::{Column, ColumnDefault, Diagnostic, TableEdit};

use super::super::super::quote::quote;
use super::super::super::writer;
use super::super::keep::KeptColumn;
use super::super::way::{Direction, Findings, Way, Work};
use super::super::{fill, guard};
use super::Columns;
use crate::{Statement, Step};

impl Columns<'_> {
    /// A column that comes, with what the rows that are there get in it.
    pub(super) fn add(&self, column: &Column, findings: &mut Findings) -> Step {
        let Self { way, work, .. } = self;
        let name = quote(&column.name);
        let kept = way.kept_column(work, &column.name);
        let explicit = fill::explicit(way, work, column);
        let default = fill::default_for_rows(way, work, column);
        let mut hazards = Vec::new();
        let mut statements = Vec::new();
        let mut reason = None;
        let from_server = column.identity.is_some();
        let plain = kept.is_none()
            && explicit.is_none()
            && (column.nullable || default.is_some() || from_server)
            && (default.is_some() || fill::default(column).is_none());
        if plain {
            statements.push(self.alter_table(&format!("ADD COLUMN {}", writer::column(column))));
        } else if let Some(value) = constant_fill(way, work, column) {
            // The server keeps a constant for all rows at once, without writing any of them.
            let mut filled = column.clone();
            filled.default = Some(ColumnDefault::Expr(value.clone().into()));
            statements.push(self.alter_table(&format!("ADD COLUMN {}", writer::column(&filled))));
            let wanted = column.default.as_ref().and_then(writer::default_value);
            statements.extend(match wanted {
                Some(wanted) if wanted == value => None,
                Some(wanted) => {
                    Some(self.alter_column(&column.name, &format!("SET DEFAULT {wanted}")))
                }
                None => Some(self.alter_column(&column.name, "DROP DEFAULT")),
            });
        } else {
            let mut bare = column.clone();
            bare.nullable = true;
            bare.default = None;
            bare.identity = None;
            statements.push(self.alter_table(&format!("ADD COLUMN {}", writer::column(&bare))));
            if let Some(kept) = kept {
                let key = way.key_names(kept);
                statements.push(kept.restore(&work.new.name, &key, column));
                reason = Some(format!("its values come back from {}", kept.holder));
            }
            let rest = explicit.or(default).or_else(|| match column.nullable {
                true => None,
                false => fill::known(way, work, column),
            });
            let drop = kept.map(KeptColumn::drop);
            // A row that was kept has what it had, be it nothing.
            let came_since = match kept {
                Some(kept) if column.nullable => {
                    let key = way.key_names(kept);
                    format!("\nWHERE NOT {}", kept.restores(&work.new.name, &key))
                }
                Some(_) => format!("\nWHERE {name} IS NULL"),
                None => String::new(),
            };
            let fill = rest.as_ref().map(|value| {
                Statement::run(format!(
                    "UPDATE {}\nSET {name} = {value}{came_since}",
                    work.sql_name()
                ))
            });
            match column.nullable {
                true => statements.extend(fill.into_iter().chain(drop)),
                false => statements.extend(drop.into_iter().chain(fill)),
            }
            if !column.nullable {
                if rest.is_none() && kept.is_none() {
                    self.nothing_known(column, findings);
                }
                statements.push(guard::of_missing(work, &column.name));
                hazards
                    .push(self.may_fail("rows without a value stop the migration and are shown"));
                statements.push(self.alter_column(&column.name, "SET NOT NULL"));
            }
            if let Some(value) = column.default.as_ref().and_then(writer::default_value) {
                statements.push(self.alter_column(&column.name, &format!("SET DEFAULT {value}")));
            }
            statements.extend(self.set_identity(column));
        }
        statements.extend(self.comment(None, column));
        Step {
            title: format!("add column {}.{}", work.new.name, column.name),
            reason,
            causes: self.cause(TableEdit::AddColumn(column.clone())),
            statements,
            hazards,
        }
    }

    pub(super) fn nothing_known(&self, column: &Column, findings: &mut Findings) {
        match self.way.direction {
            Direction::Up => findings.ask(fill::question(
                self.way,
                self.work,
                column,
                "is new and NOT NULL: what do the rows that are there get?",
            )),
            Direction::Down => findings.refuse(Diagnostic::error(
                "no-way-back",
                format!(
                    "nothing is known to put into {} again, which is NOT NULL and under a constraint",
                    self.work.subject(&column.name)
                ),
            )),
        }
    }
}

/// What all rows get in a column that comes, if it is one constant.
pub(super) fn constant_fill(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<String> {
    if way.kept_column(work, &column.name).is_some() || column.identity.is_some() {
        return None;
    }
    let value = fill::explicit(way, work, column).or_else(|| match column.nullable {
        true => None,
        false => fill::known(way, work, column),
    })?;
    writer::is_constant(&value).then_some(value)
}
