//! The type of a column, and its values on their way into another one.

use peristyle_schema::{Column, Diagnostic, Identity, Name, Pair, Type};

use super::super::super::quote::quote;
use super::super::super::writer;
use super::super::convert::{self, Conversion, Faith};
use super::super::keep::{ColumnToKeep, sequence_of};
use super::super::way::{Direction, Findings};
use super::super::{fill, guard};
use super::Columns;
use super::alter::Made;
use crate::{Decision, Hazard, HazardKind, Statement};

impl Columns<'_> {
    /// The statements that change the type; says whether NOT NULL was taken away for it.
    pub(super) fn convert(
        &self,
        columns: Pair<&Column>,
        findings: &mut Findings,
        made: &mut Made,
    ) -> bool {
        if !self.is_moved(&columns) {
            return false;
        }
        let Pair { old, new } = columns;
        let Self { way, work, .. } = self;
        let name = quote(&new.name);
        let subject = work.subject(&new.name);
        let retyped = old.data_type == new.data_type && old.collation == new.collation;
        let using = new.using.get().filter(|_| retyped || old.data_type != new.data_type);
        let kept = way.kept_column(work, &new.name);
        let found = if retyped {
            Some(convert::over_values(new, way.schemas))
        } else {
            convert::conversion(columns, &way.schemas.new.enums)
        };
        if retyped && old.nullable && convert::wants_value(new, way.schemas) {
            made.statements.push(guard::of_missing(work, &new.name));
        }
        let mut loosened = false;
        // A row that gets back what was kept of it need not be converted, and perhaps cannot be; where no condition tells
        // which values can, it is emptied first.
        let mut emptied = false;
        let mut loss: Option<(String, bool)> = None;
        let (value, may_fail) = match (using, found) {
            (Some(using), _) if way.direction == Direction::Up => {
                let says = "its values are converted by an expression that cannot be turned round";
                loss = Some((says.to_owned(), true));
                let value = match retyped {
                    // The expression speaks of the type that was, whose values only text takes to the new one.
                    true => convert::by_text(&format!("({using})"), new),
                    false => format!("({using})"),
                };
                (value, true)
            }
            (_, Some(conversion)) => {
                let by_using = way.direction == Direction::Down
                    && old.using.get().is_some()
                    && old.data_type != new.data_type;
                if by_using && kept.is_none() && !conversion.strays.is_empty() {
                    findings.refuse(Diagnostic::error(
                        "no-way-back",
                        format!(
                            "{subject} was converted by an expression that cannot be turned round"
                        ),
                    ));
                }
                if conversion.faith == Faith::Meaning && way.direction == Direction::Up {
                    loss = Some(("values come back in their plainest form".to_owned(), false));
                }
                let may_fail = conversion.may_fail;
                emptied = kept.is_some() && may_fail && conversion.strays.is_empty();
                (self.faithful(columns, &conversion, made, &mut loosened), may_fail)
            }
            (_, None) => {
                self.unconvertible(columns, findings);
                loosened = true;
                (format!("NULL::{}", writer::type_words(&new.data_type)), false)
            }
        };
        if let Some((says, hazard)) = loss {
            self.lose(columns, &value, &says, hazard, findings, made);
        }
        if let Some(kept) = kept {
            let key = way.key_names(kept);
            made.statements.extend(kept.forget_changed(&work.new.name, &key, &new.name));
        }
        if old.default.is_some() && old.identity.is_none() {
            made.statements.push(self.alter_column(&new.name, "DROP DEFAULT"));
        }
        loosened |= emptied;
        loosened &= !old.nullable;
        if loosened {
            made.statements.push(self.alter_column(&new.name, "DROP NOT NULL"));
        }
        if let Some(kept) = kept.filter(|_| emptied) {
            let key = way.key_names(kept);
            made.statements.push(kept.empty(&work.new.name, &key, &new.name));
        }
        self.change_type(columns, &name, &value, made);
        if let Some(kept) = kept {
            let key = way.key_names(kept);
            made.statements.push(kept.restore(&work.new.name, &key, new));
            made.statements.push(kept.drop());
            made.reason = Some(format!("its values come back from {}", kept.holder));
        }
        if may_fail {
            made.hazards
                .push(self.may_fail("a value that the new type does not take stops the migration"));
        }
        loosened
    }

    pub(super) fn change_type(
        &self,
        columns: Pair<&Column>,
        name: &str,
        value: &str,
        made: &mut Made,
    ) {
        let Pair { old, new } = columns;
        let mut words = format!("TYPE {}", writer::type_words(&new.data_type));
        // Without a word for it, a column gets the collation of its new type.
        if let Some(collation) = &new.collation {
            words.push_str(&format!(" COLLATE {}", writer::collation_words(collation)));
        }
        let using = value != name;
        if using {
            words.push_str(&format!(" USING {value}"));
        }
        made.statements.push(self.alter_column(&new.name, &words));
        let types = columns.map(|column| &column.data_type);
        if !convert::keeps_rows(types, using) {
            let table = &self.work.new.name;
            made.hazards.push(Hazard {
                kind: HazardKind::Rebuild,
                subject: table.to_string(),
                message: format!(
                    "{table} is written anew for the new type; nothing else can read or write it meanwhile"
                ),
            });
            made.reason
                .get_or_insert_with(|| "every row is written anew for the new type".to_owned());
        }
        let widened = old.identity == Some(Identity::Serial)
            && new.identity == Some(Identity::Serial)
            && old.data_type != new.data_type;
        if widened {
            made.statements.push(Statement::run(format!(
                "DO $$\nBEGIN\n    EXECUTE format('ALTER SEQUENCE %s AS {}', {});\nEND\n$$",
                writer::type_words(&new.data_type),
                sequence_of(&self.work.new.name, &new.name)
            )));
        }
    }

    /// The converted value, behind guards for the values that it does not fit.
    pub(super) fn faithful(
        &self,
        columns: Pair<&Column>,
        conversion: &Conversion,
        made: &mut Made,
        loosened: &mut bool,
    ) -> String {
        let Self { way, work, .. } = self;
        let name = quote(&columns.new.name);
        let subject = work.subject(&columns.new.name);
        let kept = way.kept_column(work, &columns.new.name);
        let restored = match kept {
            Some(kept) => Some(kept.restores(&work.new.name, &way.key_names(kept))),
            None => self.filled(columns).map(|value| format!("{name} = {value}")),
        };
        for (stray, says) in &conversion.strays {
            // A row that gets back what was kept of it, or held nothing before, need not be converted.
            let stray = match &restored {
                None => stray.clone(),
                Some(restored) => format!("({stray}) AND NOT {restored}"),
            };
            let message = format!(
                "{subject} becomes {}, and a value that is there {says}; correct those values, or say \
                 how to convert them with #[column(using = \"…\")]",
                writer::type_words(&columns.new.data_type)
            );
            made.statements.push(guard::of_stray(work, &name, conversion, &stray, message));
        }
        if !conversion.strays.is_empty() {
            made.hazards
                .push(self.may_fail("values that do not fit stop the migration and are shown"));
        }
        if restored.is_none() || conversion.strays.is_empty() {
            return conversion.value.clone();
        }
        *loosened = true;
        let strays: Vec<String> =
            conversion.strays.iter().map(|(stray, _)| format!("WHEN {stray} THEN NULL")).collect();
        format!("CASE {} ELSE {} END", strays.join(" "), conversion.value)
    }

    /// A column whose values are set aside before they change, and what each becomes.
    pub(super) fn to_keep<'c>(
        &self,
        columns: Pair<&'c Column>,
        key: Vec<Name>,
        value: &str,
        only: Option<String>,
    ) -> ColumnToKeep<'c> {
        let words = writer::type_words(&columns.new.data_type);
        ColumnToKeep {
            table: Pair::new(self.work.was.clone(), self.work.new.name.clone()),
            former: self.work.former(&columns.new.name),
            column: columns.old,
            key,
            now: Some(format!("({value})::{words}")),
            only,
        }
    }

    /// What the way there has put into rows that held nothing, and may hold nothing again. A text that is no value of the
    /// type that comes back can only have come from there.
    fn filled(&self, columns: Pair<&Column>) -> Option<String> {
        let comes_back = self.way.direction == Direction::Down
            && !columns.old.nullable
            && columns.new.nullable
            && matches!(columns.old.data_type, Type::Text | Type::Varchar(_) | Type::Char(_));
        let value = comes_back.then(|| fill::explicit(self.way, self.work, columns.old)).flatten();
        let value = value.filter(|value| writer::is_constant(value))?;
        // A number can be put into a text, but not compared with one.
        Some(format!("CAST({value} AS {})", writer::type_words(&columns.old.data_type)))
    }

    /// No rule converts the values. On the way there somebody must say how; on the way home, what was kept comes back.
    pub(super) fn unconvertible(&self, columns: Pair<&Column>, findings: &mut Findings) {
        let subject = self.work.subject(&columns.new.name);
        let words = columns.map(|column| writer::type_words(&column.data_type));
        match self.way.direction {
            Direction::Up => findings.ask(Decision {
                question: format!(
                    "{subject} changes from {} to {}: how are its values converted?",
                    words.old, words.new
                ),
                answers: vec![(
                    "#[column(using = \"…\")]".to_owned(),
                    "an SQL expression that reads the column and gives the new value".to_owned(),
                )],
            }),
            Direction::Down if self.way.kept_column(self.work, &columns.new.name).is_some() => {}
            Direction::Down => findings.refuse(Diagnostic::error(
                "no-way-back",
                format!("{subject} cannot be converted back from {} to {}", words.old, words.new),
            )),
        }
    }

    /// Values change for good: they are set aside if that was asked for, and named if not.
    pub(super) fn lose(
        &self,
        columns: Pair<&Column>,
        value: &str,
        says: &str,
        hazard: bool,
        findings: &mut Findings,
        made: &mut Made,
    ) {
        let name = &columns.new.name;
        let subject = self.work.subject(name);
        let message = format!("{subject}: {says}");
        let key = self.work.row_key().filter(|key| !key.contains(name));
        if let (Some(keep), Some(key)) = (&self.way.options.keep, key) {
            let what = self.to_keep(columns, key, value, None);
            let (holder, statement) = findings.keeper.keep_column(keep, what);
            made.statements.push(statement);
            let message = format!("{message}; the old values are kept in {holder}");
            made.hazards.push(Hazard { kind: HazardKind::DataKept, subject, message });
            return;
        }
        findings.losses.push(message.clone());
        if hazard {
            made.hazards.push(Hazard { kind: HazardKind::DataLoss, subject, message });
        }
    }
}
