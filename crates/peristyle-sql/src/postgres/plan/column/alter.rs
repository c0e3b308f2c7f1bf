//! A column that stays and changes.

use peristyle_schema::{Column, Identity, Pair, TableEdit};

use super::super::super::quote::quote;
use super::super::super::writer;
use super::super::way::{Direction, Findings};
use super::super::{describe, fill, guard};
use super::Columns;
use crate::{Hazard, Statement, Step};

impl Columns<'_> {
    /// A column that stays and changes.
    pub(super) fn alter(&self, columns: Pair<&Column>, findings: &mut Findings) -> Step {
        let Pair { old, new } = columns;
        let mut made = Made::default();
        if old.identity != new.identity && !self.only_manner(columns) {
            made.statements.extend(self.drop_identity(old));
        }
        let loosened = self.convert(columns, findings, &mut made);
        self.nullability(columns, loosened, findings, &mut made);
        self.default_and_identity(columns, &mut made);
        made.statements.extend(self.comment(Some(old), new));
        let edit = TableEdit::AlterColumn(Pair::new(old.clone(), new.clone()));
        Step {
            title: format!("{}: {}", self.work.new.name, describe::edit(&edit)),
            reason: made.reason,
            causes: if old == new { Vec::new() } else { self.cause(edit) },
            statements: made.statements,
            hazards: made.hazards,
        }
    }

    /// NOT NULL comes or goes; rows without a value get what is known for them.
    pub(super) fn nullability(
        &self,
        columns: Pair<&Column>,
        loosened: bool,
        findings: &mut Findings,
        made: &mut Made,
    ) {
        let Pair { old, new } = columns;
        let Self { way, work, .. } = self;
        if new.nullable {
            if !old.nullable && !loosened {
                made.statements.push(self.alter_column(&new.name, "DROP NOT NULL"));
            }
            return;
        }
        if !old.nullable && !loosened {
            return;
        }
        let name = quote(&new.name);
        let mut may_lack = true;
        if new.generated.is_none() {
            match fill::known(way, work, new) {
                Some(value) => {
                    may_lack = !writer::is_constant(&value);
                    let says = "rows that held no value keep the value they were filled with";
                    if old.nullable && way.direction == Direction::Up {
                        self.fill_kept(columns, &value, says, findings, made);
                    }
                    made.statements.push(Statement::run(format!(
                        "UPDATE {}\nSET {name} = {value}\nWHERE {name} IS NULL",
                        work.sql_name()
                    )));
                }
                None if old.nullable && way.direction == Direction::Up => {
                    findings.ask(fill::question(
                        way,
                        work,
                        new,
                        "becomes NOT NULL: what do the rows that hold NULL get?",
                    ));
                }
                None => {}
            }
        }
        if may_lack {
            made.statements.push(guard::of_missing(work, &new.name));
            made.hazards
                .push(self.may_fail("rows without a value stop the migration and are shown"));
        }
        made.statements.push(self.alter_column(&new.name, "SET NOT NULL"));
    }

    /// Which rows held no value is kept, so that they hold none again at home.
    pub(super) fn fill_kept(
        &self,
        columns: Pair<&Column>,
        value: &str,
        says: &str,
        findings: &mut Findings,
        made: &mut Made,
    ) {
        let name = &columns.new.name;
        let already = made.statements.iter().any(|s| s.sql.starts_with("CREATE TABLE"));
        let key = self.work.row_key().filter(|key| !key.contains(name));
        let same_type = columns.old.data_type == columns.new.data_type;
        if let (Some(keep), Some(key), false, true) =
            (&self.way.options.keep, key, already, same_type)
        {
            let only = Some(format!("{} IS NULL", quote(name)));
            let what = self.to_keep(columns, key, value, only);
            let (_, statement) = findings.keeper.keep_column(keep, what);
            made.statements.push(statement);
            return;
        }
        if !already {
            findings.losses.push(format!("{}: {says}", self.work.subject(name)));
        }
    }

    pub(super) fn default_and_identity(&self, columns: Pair<&Column>, made: &mut Made) {
        let Pair { old, new } = columns;
        let moved = self.is_moved(&columns);
        let held = old.default.as_ref().and_then(writer::default_value);
        let wanted = new.default.as_ref().and_then(writer::default_value);
        if held != wanted || (moved && wanted.is_some()) {
            made.statements.push(match &wanted {
                Some(value) => self.alter_column(&new.name, &format!("SET DEFAULT {value}")),
                None => self.alter_column(&new.name, "DROP DEFAULT"),
            });
            if wanted.is_none() && moved {
                // It was dropped before the type changed.
                made.statements.pop();
            }
        }
        if old.identity != new.identity {
            if self.only_manner(columns) {
                let words = match new.identity {
                    Some(Identity::Always) => "SET GENERATED ALWAYS",
                    Some(Identity::ByDefault | Identity::Serial) | None => {
                        "SET GENERATED BY DEFAULT"
                    }
                };
                made.statements.push(self.alter_column(&new.name, words));
            } else {
                made.statements.extend(self.set_identity(new));
            }
        }
        // On the way home of a change of a column that is kept alone, its values come back here.
        if !moved && let Some(kept) = self.way.kept_column(self.work, &new.name) {
            let key = self.way.key_names(kept);
            made.statements.extend(kept.forget_changed(&self.work.new.name, &key, &new.name));
            made.statements.push(kept.restore(&self.work.new.name, &key, new));
            made.statements.push(kept.drop());
        }
    }

    /// Defaults that call a function that is made anew come off before that, and on again here.
    pub(super) fn defaults_again(&self) -> Vec<Step> {
        let columns = self.shape.undefaulted.iter().filter_map(|name| {
            let old = self.work.old.columns.get(name)?;
            let new = self.work.new.columns.get(name)?;
            (old.default == new.default && !self.shape.moved.contains(name)).then_some(new)
        });
        columns
            .filter_map(|column| {
                let value = column.default.as_ref().and_then(writer::default_value)?;
                Some(Step {
                    title: format!(
                        "{}: column {}: the default again",
                        self.work.new.name, column.name
                    ),
                    reason: Some("the function that it calls was made anew".to_owned()),
                    causes: Vec::new(),
                    statements: vec![
                        self.alter_column(&column.name, &format!("SET DEFAULT {value}")),
                    ],
                    hazards: Vec::new(),
                })
            })
            .collect()
    }
}

/// What a change of a column is made of.
#[derive(Default)]
pub(super) struct Made {
    pub(super) statements: Vec<Statement>,
    pub(super) hazards: Vec<Hazard>,
    pub(super) reason: Option<String>,
}
