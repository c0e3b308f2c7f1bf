//! The trial itself: up, down and up again in a scratch database, without rows and with them.

use std::collections::BTreeMap;

use peristyle_driver::{Connection, Error as DriverError};
use peristyle_schema::{Change, Pair, QualifiedName, Schema, Table, diff};
use peristyle_sql::{Dialect, Reversible};

use super::mapping::Mapping;
use super::snapshot::Snapshot;
use super::wish::wish;
use super::{Proof, summary};
use crate::rows::{Order, fill_order};
use crate::script::{self, Placed};
use crate::{Error, describe, room};

/// What is put on trial.
pub(crate) struct Subject<'a> {
    /// How it is called.
    pub(crate) name: String,
    pub(crate) up: &'a [Placed],
    pub(crate) down: &'a [Placed],
    pub(crate) old: &'a Schema,
    /// What is known beforehand of a planned migration; of one that somebody wrote, nothing is.
    pub(crate) planned: Option<Planned<'a>>,
    /// Tables of other applications, which must be there to be pointed to.
    pub(crate) external: &'a [Table],
}

/// What is known of a planned migration.
pub(crate) struct Planned<'a> {
    pub(crate) new: &'a Schema,
    pub(crate) changes: &'a [Change],
    pub(crate) reversible: Reversible,
    /// Whether the plan says that it can fail on the rows that are there.
    pub(crate) may_fail: bool,
}

/// What a trial has shown.
pub(crate) struct Outcome {
    pub(crate) proof: Proof,
    /// The schema that the migration leads to.
    pub(crate) new: Schema,
}

/// The rows that each table gets.
const ROWS: usize = 3;

/// The point to which the scratch database returns.
const START: &str = "peristyle_proof";

/// Tries a migration on a scratch database that is in the state before it, and leaves that state.
pub(crate) fn run(
    connection: &mut dyn Connection,
    subject: &Subject<'_>,
) -> Result<Outcome, Error> {
    connection.begin_migration()?;
    let outcome = create_external(connection, subject.external).and_then(|()| {
        let mut trial = Trial::without_rows(connection, subject)?;
        trial.with_rows(connection)
    });
    connection.rollback_migration()?;
    outcome
}

fn create_external(connection: &mut dyn Connection, external: &[Table]) -> Result<(), Error> {
    if external.is_empty() {
        return Ok(());
    }
    let mut schema = Schema::empty();
    for table in external {
        let mut table = table.clone();
        table.external = false;
        table.foreign_keys.retain(|key| external.iter().any(|t| t.name == key.references.table));
        schema.insert_table(table);
    }
    for statement in connection.dialect().create(&schema)? {
        connection.execute(&statement.sql, &[])?;
    }
    Ok(())
}

struct Trial<'a> {
    subject: &'a Subject<'a>,
    new: Schema,
    changes: Vec<Change>,
    mapping: Mapping,
    dialect: &'static dyn Dialect,
}

/// What one round with rows has shown.
struct Round {
    reversible: Reversible,
    rows: usize,
    tables: usize,
    new_rows: usize,
    new_tables: usize,
    without_rows: Vec<(QualifiedName, String)>,
}

impl<'a> Trial<'a> {
    /// The round without rows; it also learns where a migration leads that somebody wrote.
    fn without_rows(
        connection: &mut dyn Connection,
        subject: &'a Subject<'a>,
    ) -> Result<Self, Error> {
        connection.savepoint(START)?;
        let dialect = connection.dialect();
        run_part(connection, subject.up)?;
        let new = match &subject.planned {
            Some(planned) => without(planned.new.clone(), subject.external),
            None => catalog(connection, subject)?,
        };
        let changes = match &subject.planned {
            Some(planned) => planned.changes.to_vec(),
            None => diff(Pair::new(subject.old, &new)),
        };
        let mapping = Mapping::new(subject.old, &changes);
        let trial = Self { subject, new, changes, mapping, dialect };
        if subject.has_way_back() {
            run_part(connection, subject.down)?;
            trial.same_catalog(connection, subject.old, "down")?;
            run_part(connection, subject.up)?;
        }
        connection.rollback_to_savepoint(START)?;
        Ok(trial)
    }

    /// The rounds with rows: in every table; if the migration's own checks refuse such rows, in the tables that it does not
    /// touch; if need be, in none.
    fn with_rows(&mut self, connection: &mut dyn Connection) -> Result<Outcome, Error> {
        let mut except = BTreeMap::new();
        for attempt in 0.. {
            connection.savepoint(START)?;
            let round = self.round(connection, &except);
            connection.rollback_to_savepoint(START)?;
            match round {
                Ok(round) => return Ok(self.outcome(round)),
                Err(error) if attempt < 2 && self.is_about_rows(&error) => {
                    let reason = first_line(&error);
                    except = self.leave_out(attempt, &reason);
                }
                Err(error) => return Err(error),
            }
        }
        Err(Error::verification(&self.subject.name, vec!["no trial came to an end".to_owned()]))
    }

    /// Whether a failure says more of the made-up rows than of the migration.
    fn is_about_rows(&self, error: &Error) -> bool {
        let may_fail = self.subject.planned.as_ref().is_none_or(|planned| planned.may_fail);
        match error {
            Error::Guard(_) => true,
            Error::Statement(failure) => {
                may_fail && matches!(failure.error, DriverError::Constraint(_))
            }
            Error::Database(DriverError::ForeignKeys(_)) => may_fail,
            _ => false,
        }
    }

    fn leave_out(&self, attempt: usize, reason: &str) -> BTreeMap<QualifiedName, String> {
        let touched = |table: &QualifiedName| {
            attempt > 0 || self.changes.iter().any(|change| touches(change, table, &self.mapping))
        };
        let tables = self.subject.old.tables.keys();
        tables.filter(|t| touched(t)).map(|t| (t.clone(), reason.to_owned())).collect()
    }

    fn round(
        &self,
        connection: &mut dyn Connection,
        except: &BTreeMap<QualifiedName, String>,
    ) -> Result<Round, Error> {
        let old = self.subject.old;
        let room = room::of(self.dialect.name());
        let mut without_rows = self.fill_old(connection, except)?;
        room.raise_marks(connection)?;
        let before = Snapshot::take(connection, old)?;
        let marks = room.marks(connection)?;
        let own_before = room.tables_like(connection, OURS)?;

        run_part(connection, self.subject.up)?;
        self.same_catalog(connection, &self.new, "up")?;
        let after = Snapshot::take(connection, &self.new)?;
        let unchanged = self.mapping.unchanged(old, &self.new);
        let changed = before.missing(&after, &unchanged);
        if self.subject.planned.is_some() {
            self.verified("up", changed)?;
            self.same_marks(&marks, &room.marks(connection)?)?;
        }

        let created = self.fill_new(connection, &mut without_rows)?;
        let mut round = Round {
            reversible: Reversible::No,
            rows: before.rows(),
            tables: before.tables(),
            new_rows: created.0,
            new_tables: created.1,
            without_rows,
        };
        if !self.subject.has_way_back() {
            let nothing_happened = self.subject.planned.is_none()
                && *old == self.new
                && before.missing(&after, &self.mapping).is_empty();
            if nothing_happened {
                round.reversible = Reversible::Yes;
            }
            return Ok(round);
        }

        run_part(connection, self.subject.down)?;
        self.same_catalog(connection, old, "down")?;
        let back = Snapshot::take(connection, old)?;
        let lost = before.missing(&back, &Mapping::new(old, &[]));
        round.reversible = self.reversible(&before, &back, lost)?;
        if round.reversible == Reversible::Yes {
            let left = room.tables_like(connection, OURS)?;
            let left = left.iter().filter(|table| !own_before.contains(table));
            self.verified("down", left.map(|table| format!("{table} is left behind")).collect())?;
        }

        run_part(connection, self.subject.up)?;
        self.same_catalog(connection, &self.new, "up again")?;
        let again = Snapshot::take(connection, &self.new)?;
        if self.subject.planned.is_some() {
            self.verified("up again", back.missing(&again, &unchanged))?;
        }
        Ok(round)
    }

    /// Whether the way back brings everything back: as the plan says, which must be true, or as it was found.
    fn reversible(
        &self,
        before: &Snapshot,
        back: &Snapshot,
        lost: Vec<String>,
    ) -> Result<Reversible, Error> {
        let Some(planned) = &self.subject.planned else {
            return Ok(if lost.is_empty() { Reversible::Yes } else { Reversible::Partial });
        };
        match planned.reversible {
            Reversible::Yes => self.verified("down", lost)?,
            Reversible::Partial | Reversible::No => {
                let stays = self.mapping.unchanged(self.subject.old, &self.new);
                let own = Mapping {
                    tables: stays
                        .tables
                        .into_iter()
                        .map(|(name, mut held)| {
                            held.name = name.clone();
                            held.columns =
                                held.columns.into_keys().map(|c| (c.clone(), c)).collect();
                            (name, held)
                        })
                        .collect(),
                };
                self.verified("down", before.missing(back, &own))?;
            }
        }
        Ok(planned.reversible)
    }

    /// Fills the old tables; says which got no rows.
    fn fill_old(
        &self,
        connection: &mut dyn Connection,
        except: &BTreeMap<QualifiedName, String>,
    ) -> Result<Vec<(QualifiedName, String)>, Error> {
        const FILLING: &str = "peristyle_filling";
        let old = with_external(self.subject.old.clone(), self.subject.external);
        let wished =
            wish(&old, &with_external(self.new.clone(), self.subject.external), &self.mapping);
        connection.savepoint(FILLING)?;
        let order = |schema| Order { schema, enforced: &old, per_table: ROWS, except };
        let mut filled = fill_order(connection, &order(&wished))?;
        let fits = connection.check_migration().is_ok();
        if !fits || filled.unfilled.len() > except.len() {
            connection.rollback_to_savepoint(FILLING)?;
            connection.savepoint(FILLING)?;
            filled = fill_order(connection, &order(&old))?;
            connection.check_migration()?;
        }
        let mine = |name: &QualifiedName| self.subject.old.tables.contains_key(name);
        Ok(filled.unfilled.into_iter().filter(|(name, _)| mine(name)).collect())
    }

    /// Fills the tables that the migration has made, so that its way back is tried with rows in them.
    fn fill_new(
        &self,
        connection: &mut dyn Connection,
        without_rows: &mut Vec<(QualifiedName, String)>,
    ) -> Result<(usize, usize), Error> {
        let held: Vec<&QualifiedName> = self.mapping.tables.values().map(|t| &t.name).collect();
        let new = with_external(self.new.clone(), self.subject.external);
        let created =
            |name: &QualifiedName| self.new.tables.contains_key(name) && !held.contains(&name);
        let except: BTreeMap<QualifiedName, String> = new
            .tables
            .keys()
            .filter(|name| !created(name))
            .map(|name| (name.clone(), String::new()))
            .collect();
        if except.len() == new.tables.len() {
            return Ok((0, 0));
        }
        let order = Order { schema: &new, enforced: &new, per_table: ROWS, except: &except };
        let filled = fill_order(connection, &order)?;
        connection.check_migration()?;
        without_rows.extend(filled.unfilled.into_iter().filter(|(name, _)| created(name)));
        Ok((filled.rows.values().sum(), filled.rows.len()))
    }

    fn same_catalog(
        &self,
        connection: &mut dyn Connection,
        expected: &Schema,
        direction: &str,
    ) -> Result<(), Error> {
        let found = catalog(connection, self.subject)?;
        let differences = describe(&diff(Pair::new(&found, expected)));
        let missing = differences.iter().map(|words| format!("it would still have to {words}"));
        self.verified(direction, missing.collect())
    }

    fn same_marks(&self, before: &[(String, i64)], after: &[(String, i64)]) -> Result<(), Error> {
        let mut lost = Vec::new();
        for (table, mark) in before {
            let held = self.mapping.tables.get(&QualifiedName::local(table.as_str()));
            let Some(held) = held.filter(|held| numbers_rows(&self.new, &held.name)) else {
                continue;
            };
            let now = after.iter().find(|(name, _)| *name == *held.name.name).map(|(_, now)| *now);
            if now != Some(*mark) {
                lost.push(format!(
                    "{} would give out numbers again that it gave out before",
                    held.name
                ));
            }
        }
        self.verified("up", lost)
    }

    fn verified(&self, direction: &str, differences: Vec<String>) -> Result<(), Error> {
        if differences.is_empty() {
            return Ok(());
        }
        Err(Error::verification(format!("{}, {direction},", self.subject.name), differences))
    }

    fn outcome(&self, round: Round) -> Outcome {
        let text = summary::summary(&summary::Counts {
            reversible: round.reversible,
            rows: (round.rows, round.tables),
            new_rows: (round.new_rows, round.new_tables),
            without_rows: &round.without_rows,
            existing_tables: self.subject.old.tables.len(),
        });
        let proof = Proof {
            reversible: round.reversible,
            rows: round.rows + round.new_rows,
            tables: round.tables + round.new_tables,
            without_rows: round.without_rows,
            summary: text,
        };
        Outcome { proof, new: self.new.clone() }
    }
}

/// How all our own tables are named.
const OURS: &str = "_peristyle_";

impl Subject<'_> {
    fn has_way_back(&self) -> bool {
        match &self.planned {
            Some(planned) => planned.reversible != Reversible::No,
            None => !self.down.is_empty(),
        }
    }
}

/// Runs a part as the runner does.
fn run_part(connection: &mut dyn Connection, statements: &[Placed]) -> Result<(), Error> {
    script::run(connection, statements, &mut |_, _| {})?;
    connection.check_migration().map_err(Error::from)
}

fn catalog(connection: &mut dyn Connection, subject: &Subject<'_>) -> Result<Schema, Error> {
    Ok(without(connection.catalog()?.schema, subject.external))
}

fn without(mut schema: Schema, external: &[Table]) -> Schema {
    schema.tables.retain(|name, _| !external.iter().any(|table| table.name == *name));
    schema
}

fn with_external(mut schema: Schema, external: &[Table]) -> Schema {
    external.iter().for_each(|table| schema.insert_table(table.clone()));
    schema
}

fn numbers_rows(schema: &Schema, table: &QualifiedName) -> bool {
    let key = schema.tables.get(table).and_then(|table| table.primary_key.as_ref());
    key.is_some_and(|key| key.autoincrement)
}

fn touches(change: &Change, table: &QualifiedName, mapping: &Mapping) -> bool {
    let now = mapping.tables.get(table).map_or(table, |held| &held.name);
    match change {
        Change::AlterTable { table, .. } => table == now,
        Change::DropTable(dropped) => dropped.name == *table,
        _ => false,
    }
}

fn first_line(error: &Error) -> String {
    let text = match error {
        Error::Guard(failure) => failure.message.clone(),
        other => other.to_string(),
    };
    text.lines().next().unwrap_or_default().to_owned()
}
