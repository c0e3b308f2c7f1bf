use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Condition, Tokens};
use crate::source::SourceRef;
use crate::statement::{self, Filter, Returning, Shape, Statement};
use crate::table::AsKey;
use crate::{Connection, Result, Table};

/// Deletes rows.
#[must_use = "a deletion does nothing until it is run"]
pub struct Delete<T> {
    filter: Filter,
    values: Binds,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Delete<T> {
    fn clone(&self) -> Self {
        Self { filter: self.filter.clone(), values: self.values.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Delete<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delete").field("filter", &self.filter).finish()
    }
}

impl<T: Table> Delete<T> {
    pub(crate) fn every() -> Self {
        Self { filter: Filter::All, values: Binds::new(), of: PhantomData }
    }

    pub(crate) fn by_key(key: &impl AsKey<T::Key>) -> Self {
        let mut delete = Self { filter: Filter::Key, ..Self::every() };
        key.push_key(&mut delete.values);
        delete
    }

    /// Only rows that fulfil this condition. Several filters must all be fulfilled; `None` filters nothing.
    pub fn filter<J>(mut self, condition: impl Condition<T, J>) -> Self {
        let Tokens { nodes, binds } = condition.into_tokens();
        self.filter = self.filter.and(nodes, T::SOURCE);
        self.values.extend(binds);
        self
    }

    /// The SQL that the deletion runs, with places for its values.
    pub fn sql(&self, connection: &Connection) -> String {
        let statement = self.clone().into_statement(Returning::Nothing);
        connection.engine.sql(&statement.shape).to_string()
    }

    /// Deletes the rows and says how many there were.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(DeleteRun(self.into_statement(Returning::Nothing)))
    }

    /// Deletes the rows and gives them back as they were.
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<T>> {
        door.perform(DeleteAll::<T>(self.into_statement(Returning::Rows), PhantomData))
    }

    /// Deletes the one row there is and gives it back as it was: [`Error::NotFound`](crate::Error::NotFound) if there is
    /// none; if there are more, [`Error::TooMany`](crate::Error::TooMany), and none is deleted.
    pub fn one<D: Door>(self, door: D) -> D::Outcome<T> {
        door.perform(DeleteOne::<T>(self.into_statement(Returning::Rows), PhantomData))
    }

    fn into_statement(self, returning: Returning) -> Statement {
        let shape = Shape::Delete(statement::Delete {
            source: SourceRef(T::SOURCE),
            filter: self.filter,
            returning,
        });
        Statement { shape, binds: self.values }
    }
}

struct DeleteRun(Statement);

impl Work for DeleteRun {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<u64> {
        connection.execute(&self.0)
    }
}

struct DeleteAll<T>(Statement, PhantomData<fn() -> T>);

impl<T: Table> Work for DeleteAll<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        connection.fetch(&self.0)
    }
}

struct DeleteOne<T>(Statement, PhantomData<fn() -> T>);

impl<T: Table> Work for DeleteOne<T> {
    type Output = T;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        self.0.shape.is_single().then_some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<T> {
        crate::update::one(connection, &self.0)
    }
}
