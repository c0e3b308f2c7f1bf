//! One round: up, down and up again, every row accounted for.

use std::collections::BTreeMap;

use peristyle_driver::Connection;
use peristyle_schema::{Name, Pair, QualifiedName, Schema, diff};
use peristyle_sql::Reversible;

use super::mapping::Mapping;
use super::snapshot::Snapshot;
use super::trial::{Subject, Trial};
use crate::room::Mark;
use crate::script::{self, Placed};
use crate::{Error, describe, external, room};

/// How all our own tables are named.
const OURS: &str = "_peristyle_";

/// What one round with rows has shown.
pub(super) struct Round {
    pub(super) reversible: Reversible,
    pub(super) rows: usize,
    pub(super) tables: usize,
    pub(super) new_rows: usize,
    pub(super) new_tables: usize,
    pub(super) without_rows: Vec<(QualifiedName, String)>,
    /// What a migration that somebody wrote loses, in words.
    pub(super) losses: Vec<String>,
    /// What the catalog said after the way forward.
    pub(super) reached: Schema,
}

impl Trial<'_> {
    /// Up, down and up again, with rows in every table but these.
    pub(super) fn round(
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
        let reached = self.same_catalog(connection, &self.new, "up")?;
        let after = Snapshot::take(connection, &self.new)?;
        let unchanged = self.mapping.unchanged(old, &self.new);
        let changed = before.missing(&after, &unchanged);
        if self.subject.planned.is_some() {
            self.verified("up", changed)?;
            self.same_marks(&marks, &room.marks(connection)?)?;
        }

        let (new_rows, new_tables, unfilled) = self.fill_new(connection, &after)?;
        without_rows.extend(unfilled);
        let mut round = Round {
            reversible: Reversible::No,
            rows: before.rows(),
            tables: before.tables(),
            new_rows,
            new_tables,
            without_rows,
            losses: Vec::new(),
            reached,
        };
        if !self.subject.has_way_back() {
            let nothing_happened = self.subject.planned.is_none()
                && *old == self.new
                && before.missing(&after, &self.mapping).is_empty();
            if nothing_happened {
                round.reversible = Reversible::Yes;
            }
            if self.subject.planned.is_none() {
                round.losses = self.losses(&before, &after, None);
            }
            return Ok(round);
        }

        run_part(connection, self.subject.down)?;
        self.same_catalog(connection, old, "down")?;
        let back = Snapshot::take(connection, old)?;
        let lost = before.missing(&back, &Mapping::new(old, &[]));
        if self.subject.planned.is_none() {
            round.losses = self.losses(&before, &after, Some(&back));
        }
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

    /// The catalog must say exactly this.
    pub(super) fn same_catalog(
        &self,
        connection: &mut dyn Connection,
        expected: &Schema,
        direction: &str,
    ) -> Result<Schema, Error> {
        let found = catalog(connection, self.subject)?;
        let expected = connection.canonical(expected.clone(), &found)?;
        let differences = describe(&diff(Pair::new(&found, &expected)));
        let missing = differences.iter().map(|words| format!("it would still have to {words}"));
        self.verified(direction, missing.collect())?;
        Ok(found)
    }

    /// Numbers that were given out once are not given out again.
    fn same_marks(&self, before: &[Mark], after: &[Mark]) -> Result<(), Error> {
        let mut lost = Vec::new();
        for mark in before {
            let Some(held) = self.mapping.tables.get(&mark.table) else { continue };
            let column = mark.column.as_ref().map(|column| held.columns.get(column));
            if column == Some(None) || !numbers_rows(&self.new, &held.name, column.flatten()) {
                continue;
            }
            let now = after
                .iter()
                .find(|now| now.table == held.name && now.column.as_ref() == column.flatten());
            if now.is_none_or(|now| now.last < mark.last) {
                lost.push(format!(
                    "{} would give out numbers again that it gave out before",
                    held.name
                ));
            }
        }
        self.verified("up", lost)
    }

    pub(super) fn verified(&self, direction: &str, differences: Vec<String>) -> Result<(), Error> {
        if differences.is_empty() {
            return Ok(());
        }
        Err(Error::verification(format!("{}, {direction},", self.subject.name), differences))
    }
}

/// Runs a part as the runner does.
pub(super) fn run_part(
    connection: &mut dyn Connection,
    statements: &[Placed],
) -> Result<(), Error> {
    script::run_across(connection, statements)?;
    connection.check_migration().map_err(Error::from)
}

/// What the catalog says of our own tables.
pub(super) fn catalog(
    connection: &mut dyn Connection,
    subject: &Subject<'_>,
) -> Result<Schema, Error> {
    Ok(external::without(connection.catalog()?.schema, subject.external))
}

/// Whether the database numbers a table's rows, in this column where one is named.
fn numbers_rows(schema: &Schema, table: &QualifiedName, column: Option<&Name>) -> bool {
    let Some(table) = schema.tables.get(table) else { return false };
    match column {
        Some(column) => table.columns.get(column).is_some_and(|column| column.identity.is_some()),
        None => table.primary_key.as_ref().is_some_and(|key| key.autoincrement),
    }
}
