//! The trial itself: up, down and up again in a scratch database, without rows and with them.

use std::collections::BTreeMap;

use peristyle_driver::{Connection, Error as DriverError};
use peristyle_schema::{Change, Pair, QualifiedName, Schema, Table, diff};
use peristyle_sql::{Dialect, Reversible};

use super::filling::create_external;
use super::mapping::Mapping;
use super::round::{Round, catalog, run_part};
use super::{Proof, summary};
use crate::replay::Replay;
use crate::rows::Budget;
use crate::script::Placed;
use crate::{Error, external};

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
    /// The same in the words of the server of the proof.
    pub(crate) catalog: Schema,
}

/// Tries a migration on a scratch database that is in the state before it, and leaves that state.
pub(crate) fn run(replay: &mut Replay, subject: &Subject<'_>) -> Result<Outcome, Error> {
    let trial = undone(replay, subject, |connection| Trial::without_rows(connection, subject))?;
    trial.with_rows(replay)
}

/// Runs something in a transaction that is then rolled back. A savepoint would do the same, but SQLite takes longer and longer
/// over each statement behind one. What cannot be in a transaction is run on a database of its own.
fn undone<T>(
    replay: &mut Replay,
    subject: &Subject<'_>,
    run: impl FnOnce(&mut dyn Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut own = None;
    let replay = match subject.stands_alone() {
        true => own.insert(replay.again()?),
        false => replay,
    };
    let connection = replay.connection.as_mut();
    connection.begin_migration()?;
    let outcome = create_external(connection, subject.external).and_then(|()| run(connection));
    connection.rollback_migration()?;
    outcome
}

/// A migration on trial, and where it leads.
pub(super) struct Trial<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) new: Schema,
    pub(super) changes: Vec<Change>,
    pub(super) mapping: Mapping,
    pub(super) dialect: &'static dyn Dialect,
    /// How long the rounds look for rows.
    pub(super) budget: Budget,
}

impl<'a> Trial<'a> {
    /// The round without rows; it also learns where a migration leads that somebody wrote.
    ///
    /// A planned migration on nothing has no such round: the other one goes the same way.
    fn without_rows(
        connection: &mut dyn Connection,
        subject: &'a Subject<'a>,
    ) -> Result<Self, Error> {
        let needed = subject.planned.is_none() || !subject.old.tables.is_empty();
        if needed {
            run_part(connection, subject.up)?;
        }
        let (new, changes) = match &subject.planned {
            Some(planned) => {
                let new = external::without(planned.new.clone(), subject.external);
                (new, planned.changes.to_vec())
            }
            None => {
                let new = catalog(connection, subject)?;
                let changes = diff(Pair::new(subject.old, &new));
                (new, changes)
            }
        };
        let mapping = Mapping::new(subject.old, &changes);
        let dialect = connection.dialect();
        let budget = Budget::default();
        let trial = Self { subject, new, changes, mapping, dialect, budget };
        if needed && subject.has_way_back() {
            run_part(connection, subject.down)?;
            trial.same_catalog(connection, subject.old, "down")?;
            run_part(connection, subject.up)?;
        }
        Ok(trial)
    }

    /// The rounds with rows: in every table; if the migration's own checks refuse such rows, in the tables that it does not
    /// touch; if need be, in none.
    fn with_rows(&self, replay: &mut Replay) -> Result<Outcome, Error> {
        let mut except = BTreeMap::new();
        for attempt in 0.. {
            let round = undone(replay, self.subject, |connection| self.round(connection, &except));
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

    fn outcome(&self, round: Round) -> Outcome {
        let text = summary::summary(&summary::Counts {
            reversible: round.reversible,
            rows: (round.rows, round.tables),
            new_rows: (round.new_rows, round.new_tables),
            without_rows: &round.without_rows,
            losses: &round.losses,
            existing_tables: self.subject.old.tables.len(),
        });
        let proof = Proof {
            reversible: round.reversible,
            rows: round.rows + round.new_rows,
            tables: round.tables + round.new_tables,
            without_rows: round.without_rows,
            losses: round.losses,
            summary: text,
        };
        Outcome { proof, new: self.new.clone(), catalog: round.reached }
    }
}

impl Subject<'_> {
    /// Whether a statement of it runs outside of any transaction.
    fn stands_alone(&self) -> bool {
        self.up.iter().chain(self.down).any(Placed::stands_alone)
    }

    pub(super) fn has_way_back(&self) -> bool {
        match &self.planned {
            Some(planned) => planned.reversible != Reversible::No,
            None => !self.down.is_empty(),
        }
    }
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
