//! Steps for the columns of tables that live on.

use peristyle_schema::{Column, ColumnDefault, Diagnostic, Identity, Name, Pair, TableEdit};

use super::super::quote::quote;
use super::super::writer;
use super::convert::{self, Conversion, Faith};
use super::keep::{ColumnToKeep, KeptColumn, sequence_of};
use super::shape::{Shape, cause};
use super::way::{Direction, Findings, Way, Work};
use super::{describe, fill, guard};
use crate::{Decision, Hazard, HazardKind, Statement, Step};

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
        for edit in &self.work.edits {
            if let TableEdit::DropColumn(column) = edit {
                steps.push(self.drop(column, findings));
            }
        }
        steps
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

    /// A column that comes, with what the rows that are there get in it.
    fn add(&self, column: &Column, findings: &mut Findings) -> Step {
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
            if let Some(value) = &rest {
                // A row that was kept has what it had, be it nothing.
                let only = kept.map(|kept| {
                    let key = way.key_names(kept);
                    format!("\nWHERE NOT {}", kept.restores(&work.new.name, &key))
                });
                statements.push(Statement::run(format!(
                    "UPDATE {}\nSET {name} = {value}{}",
                    work.sql_name(),
                    only.unwrap_or_default()
                )));
            }
            statements.extend(kept.map(KeptColumn::drop));
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

    fn nothing_known(&self, column: &Column, findings: &mut Findings) {
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

    /// The statements that let the database number a column that is there, from behind its greatest value.
    fn set_identity(&self, column: &Column) -> Vec<Statement> {
        let words = match column.identity {
            None => return Vec::new(),
            Some(Identity::ByDefault) => "ADD GENERATED BY DEFAULT AS IDENTITY",
            Some(Identity::Always) => "ADD GENERATED ALWAYS AS IDENTITY",
            Some(Identity::Serial) => return self.set_serial(column),
        };
        vec![self.alter_column(&column.name, words), self.set_position(column)]
    }

    fn set_serial(&self, column: &Column) -> Vec<Statement> {
        let table = &self.work.new.name;
        let sequence = super::super::quote::qualified(&peristyle_schema::QualifiedName {
            namespace: table.namespace.clone(),
            name: Name::new(format!("{}_{}_seq", table.name, column.name)),
        });
        let name = quote(&column.name);
        vec![
            Statement::run(format!(
                "CREATE SEQUENCE {sequence} AS {} OWNED BY {}.{name}",
                writer::type_words(&column.data_type),
                self.work.sql_name()
            )),
            self.alter_column(
                &column.name,
                &format!("SET DEFAULT nextval({}::regclass)", writer::text(&sequence)),
            ),
            self.set_position(column),
        ]
    }

    fn set_position(&self, column: &Column) -> Statement {
        let name = quote(&column.name);
        Statement::run(format!(
            "SELECT setval({}, max({name}))\nFROM {}\nHAVING max({name}) > 0",
            sequence_of(&self.work.new.name, &column.name),
            self.work.sql_name()
        ))
    }

    /// The statements that make a column a plain one again.
    fn drop_identity(&self, column: &Column) -> Vec<Statement> {
        match column.identity {
            None => Vec::new(),
            Some(Identity::ByDefault | Identity::Always) => {
                vec![self.alter_column(&column.name, "DROP IDENTITY")]
            }
            Some(Identity::Serial) => {
                let sequence = sequence_of(&self.work.new.name, &column.name);
                let table = writer::text(&self.work.sql_name());
                let name = writer::text(&column.name);
                // Whatever its sequence is called.
                vec![Statement::run(format!(
                    "DO $$\nDECLARE\n    sequence text := {sequence};\nBEGIN\n    \
                     EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT', {table}, {name});\n    \
                     EXECUTE format('DROP SEQUENCE %s', sequence);\nEND\n$$"
                ))]
            }
        }
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

    fn add_generated(&self, column: &Column, findings: &mut Findings) -> Step {
        let old = self.work.old.columns.get(&column.name);
        let mut statements = Vec::new();
        let mut hazards = Vec::new();
        if let Some(old) = old
            && old.generated.is_none()
            && self.way.direction == Direction::Up
        {
            // `regenerated` dropped its own values; what could be kept was kept before that.
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

    /// A column that goes.
    fn drop(&self, column: &Column, findings: &mut Findings) -> Step {
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

    fn set_aside(
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

    /// A column that stays and changes.
    fn alter(&self, columns: Pair<&Column>, findings: &mut Findings) -> Step {
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

    /// Whether only the manner in which the database numbers a column changes.
    fn only_manner(&self, columns: Pair<&Column>) -> bool {
        let is_identity = |column: &Column| {
            matches!(column.identity, Some(Identity::ByDefault | Identity::Always))
        };
        is_identity(columns.old) && is_identity(columns.new)
    }

    /// The statements that change the type; says whether NOT NULL was taken away for it.
    fn convert(&self, columns: Pair<&Column>, findings: &mut Findings, made: &mut Made) -> bool {
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
            Some(convert::over_values(new, &way.schemas.new.enums))
        } else {
            convert::conversion(columns, &way.schemas.new.enums)
        };
        let mut loosened = false;
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
        loosened &= !old.nullable;
        if loosened {
            made.statements.push(self.alter_column(&new.name, "DROP NOT NULL"));
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

    fn change_type(&self, columns: Pair<&Column>, name: &str, value: &str, made: &mut Made) {
        let Pair { old, new } = columns;
        let mut words = format!("TYPE {}", writer::type_words(&new.data_type));
        if old.collation != new.collation
            || (new.collation.is_some() && old.data_type != new.data_type)
        {
            let collation = match &new.collation {
                Some(collation) => writer::collation_words(collation),
                None => "pg_catalog.\"default\"".to_owned(),
            };
            words.push_str(&format!(" COLLATE {collation}"));
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
    fn faithful(
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
        let restored = kept.map(|kept| kept.restores(&work.new.name, &way.key_names(kept)));
        for (stray, says) in &conversion.strays {
            // A row that gets back what was kept of it need not be converted.
            let stray = match &restored {
                None => stray.clone(),
                Some(restored) => format!("({stray}) AND NOT {restored}"),
            };
            let message = format!(
                "{subject} becomes {}, and a value that is there {says}; correct those values, or say \
                 how to convert them with #[column(using = \"…\")]",
                writer::type_words(&columns.new.data_type)
            );
            made.statements.push(guard::of_stray(work, &name, &stray, message));
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

    /// No rule converts the values. On the way there somebody must say how; on the way home, what was kept comes back.
    fn unconvertible(&self, columns: Pair<&Column>, findings: &mut Findings) {
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
    fn lose(
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
            let words = writer::type_words(&columns.new.data_type);
            let what = ColumnToKeep {
                table: Pair::new(self.work.was.clone(), self.work.new.name.clone()),
                former: self.work.former(name),
                column: columns.old,
                key,
                now: Some(format!("({value})::{words}")),
                only: None,
            };
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

    /// NOT NULL comes or goes; rows without a value get what is known for them.
    fn nullability(
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
    fn fill_kept(
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
            let words = writer::type_words(&columns.new.data_type);
            let what = ColumnToKeep {
                table: Pair::new(self.work.was.clone(), self.work.new.name.clone()),
                former: self.work.former(name),
                column: columns.old,
                key,
                now: Some(format!("({value})::{words}")),
                only: Some(format!("{} IS NULL", quote(name))),
            };
            let (_, statement) = findings.keeper.keep_column(keep, what);
            made.statements.push(statement);
            return;
        }
        if !already {
            findings.losses.push(format!("{}: {says}", self.work.subject(name)));
        }
    }

    fn default_and_identity(&self, columns: Pair<&Column>, made: &mut Made) {
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
    fn defaults_again(&self) -> Vec<Step> {
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

    fn may_fail(&self, message: &str) -> Hazard {
        Hazard {
            kind: HazardKind::MayFail,
            subject: self.work.new.name.to_string(),
            message: format!("{}: {message}", self.work.new.name),
        }
    }
}

/// The steps by which columns are no longer generated, before what they read changes: some go and come again, some stay with
/// the values that they have.
pub(super) fn free(work: &Work<'_>, shape: &Shape) -> Vec<Step> {
    let alter = |title: String, reason: &str, what: String| Step {
        title,
        reason: Some(reason.to_owned()),
        causes: Vec::new(),
        statements: vec![Statement::run(format!("ALTER TABLE {} {what}", work.sql_name()))],
        hazards: Vec::new(),
    };
    let mut steps = Vec::new();
    for column in &work.old.columns {
        let name = &column.name;
        let Some(new) = work.new.columns.get(name) else { continue };
        let subject = work.subject(name);
        if shape.regenerated.contains(name) {
            let what = format!("DROP COLUMN {}", quote(name));
            steps.push(alter(
                format!("drop for now: column {subject}"),
                "it is generated anew",
                what,
            ));
        } else if column.generated.is_some() && new.generated.is_none() {
            let what = format!("ALTER COLUMN {} DROP EXPRESSION", quote(name));
            steps.push(alter(
                format!("{subject} is no longer generated"),
                "it keeps its values",
                what,
            ));
        }
    }
    steps
}

/// What a change of a column is made of.
#[derive(Default)]
struct Made {
    statements: Vec<Statement>,
    hazards: Vec<Hazard>,
    reason: Option<String>,
}

/// What all rows get in a column that comes, if it is one constant.
fn constant_fill(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<String> {
    if way.kept_column(work, &column.name).is_some() || column.identity.is_some() {
        return None;
    }
    let value = fill::explicit(way, work, column).or_else(|| match column.nullable {
        true => None,
        false => fill::known(way, work, column),
    })?;
    writer::is_constant(&value).then_some(value)
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
