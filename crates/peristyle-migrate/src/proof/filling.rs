//! The rows of a trial.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_driver::Connection;
use peristyle_schema::{QualifiedName, Schema, Table};

use super::snapshot::Snapshot;
use super::trial::Trial;
use super::wish::wish;
use crate::rows::{Filled, Order, fill_order};
use crate::{Error, external, room};

/// The rows that each table gets.
const ROWS: usize = 3;

/// The point to which a filling that does not fit is undone.
const FILLING: &str = "peristyle_filling";

/// Makes the tables of other applications, so that there is something to point to.
pub(super) fn create_external(
    connection: &mut dyn Connection,
    external: &[Table],
) -> Result<(), Error> {
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

/// The reason for a table without rows where rows were made that the database then did not like together.
const NO_FIT: &str = "no rows were found that fit every foreign key";

/// Fills what the order says; what is not accepted or leaves foreign keys that point to nothing is undone.
fn attempt(
    connection: &mut dyn Connection,
    order: &Order<'_>,
    accept: impl FnOnce(&Filled) -> bool,
) -> Result<Option<Filled>, Error> {
    connection.savepoint(FILLING)?;
    room::of(connection.dialect().name()).begin_filling(connection)?;
    let filled = fill_order(connection, order)?;
    if accept(&filled) && connection.check_migration().is_ok() {
        connection.release_savepoint(FILLING)?;
        return Ok(Some(filled));
    }
    connection.rollback_to_savepoint(FILLING)?;
    Ok(None)
}

/// The tables without rows, and why.
pub(super) type Unfilled = Vec<(QualifiedName, String)>;

impl Trial<'_> {
    /// Fills the old tables: with rows that fit the new rules, too, if there are such. Says which tables got no rows.
    pub(super) fn fill_old(
        &self,
        connection: &mut dyn Connection,
        except: &BTreeMap<QualifiedName, String>,
    ) -> Result<Unfilled, Error> {
        let old = external::with(self.subject.old.clone(), self.subject.external);
        let new = external::with(self.new.clone(), self.subject.external);
        let wished = wish(&old, &new, &self.mapping);
        let order = |schema| Order {
            schema,
            enforced: &old,
            per_table: ROWS,
            except,
            budget: &self.budget,
        };
        let all = |filled: &Filled| filled.unfilled.len() <= except.len();
        let filled = match attempt(connection, &order(&wished), all)? {
            Some(filled) => Some(filled),
            None => attempt(connection, &order(&old), |_| true)?,
        };
        let mine = |name: &QualifiedName| self.subject.old.tables.contains_key(name);
        Ok(match filled {
            Some(filled) => filled.unfilled.into_iter().filter(|(name, _)| mine(name)).collect(),
            None => self
                .subject
                .old
                .tables
                .keys()
                .map(|name| (name.clone(), NO_FIT.to_owned()))
                .collect(),
        })
    }

    /// Fills the tables that the migration has made and left empty, so that its way back is tried with rows in them. Says how many rows
    /// there are in how many tables, and which tables got none.
    pub(super) fn fill_new(
        &self,
        connection: &mut dyn Connection,
        after: &Snapshot,
    ) -> Result<(usize, usize, Unfilled), Error> {
        let held: BTreeSet<&QualifiedName> =
            self.mapping.tables.values().map(|table| &table.name).collect();
        let new = external::with(self.new.clone(), self.subject.external);
        let created = |name: &QualifiedName| {
            self.new.tables.contains_key(name) && !held.contains(name) && after.count(name) == 0
        };
        let except: BTreeMap<QualifiedName, String> = new
            .tables
            .keys()
            .filter(|name| !created(name))
            .map(|name| (name.clone(), String::new()))
            .collect();
        if except.len() == new.tables.len() {
            return Ok((0, 0, Vec::new()));
        }
        let (except, budget) = (&except, &self.budget);
        let order = Order { schema: &new, enforced: &new, per_table: ROWS, except, budget };
        Ok(match attempt(connection, &order, |_| true)? {
            Some(filled) => {
                let unfilled = filled.unfilled.into_iter().filter(|(name, _)| created(name));
                (filled.rows.values().sum(), filled.rows.len(), unfilled.collect())
            }
            None => {
                let unfilled = self.new.tables.keys().filter(|name| created(name));
                (0, 0, unfilled.map(|name| (name.clone(), NO_FIT.to_owned())).collect())
            }
        })
    }
}
