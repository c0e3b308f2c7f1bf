use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Assign, Column, Condition, Node, Tokens};
use crate::source::SourceRef;
use crate::statement::{self, Filter, Returning, Shape, Statement};
use crate::table::{AsKey, Patch};
use crate::{Connection, Error, Result, Table};

/// Updates rows.
#[must_use = "an update does nothing until it is run"]
pub struct Update<T> {
    set: Vec<(u16, Tokens)>,
    filter: Filter,
    filter_values: Binds,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Update<T> {
    fn clone(&self) -> Self {
        Self {
            set: self.set.clone(),
            filter: self.filter.clone(),
            filter_values: self.filter_values.clone(),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Update<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update").field("set", &self.set).finish_non_exhaustive()
    }
}

impl<T: Table> Update<T> {
    pub(crate) fn every() -> Self {
        Self { set: Vec::new(), filter: Filter::All, filter_values: Binds::new(), of: PhantomData }
    }

    pub(crate) fn by_key(key: &impl AsKey<T::Key>) -> Self {
        let mut update = Self { filter: Filter::Key, ..Self::every() };
        key.push_key(&mut update.filter_values);
        update
    }

    /// Sets a column to a value, to `None`, or to an expression over the row as it was:
    /// `.set(Post::VIEWS, Post::VIEWS + 1)`.
    pub fn set<V, J>(mut self, column: Column<T, V>, value: impl Assign<T, V, J>) -> Self {
        let mut tokens = Tokens::default();
        value.place(&mut tokens);
        self.assign(column.position, tokens);
        self
    }

    /// Sets the columns that the patch gives.
    pub fn patch(mut self, patch: T::Patch) -> Self {
        for column in T::SOURCE.positions() {
            if let Some(value) = patch.value(column) {
                let mut tokens = Tokens::default();
                tokens.bind(value.into_owned());
                self.assign(column, tokens);
            }
        }
        self
    }

    /// The last value given to a column counts.
    fn assign(&mut self, column: u16, value: Tokens) {
        self.set.retain(|(set, _)| *set != column);
        self.set.push((column, value));
    }

    /// Only rows that fulfil this condition. Several filters must all be fulfilled; `None` filters nothing.
    pub fn filter<J>(mut self, condition: impl Condition<T, J>) -> Self {
        let Tokens { nodes, binds } = condition.into_tokens();
        self.filter = self.filter.and(nodes, T::SOURCE);
        self.filter_values.extend(binds);
        self
    }

    /// The SQL that the update runs, with places for its values.
    pub fn sql(&self, connection: &Connection) -> String {
        let statement = self.clone().into_statement(Returning::Nothing);
        connection.engine.sql(&statement.shape).to_string()
    }

    /// Updates the rows and says how many there were.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(UpdateRun(self.into_statement(Returning::Nothing)))
    }

    /// Updates the rows and gives them back as they are now.
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<T>> {
        door.perform(UpdateAll::<T>(self.into_statement(Returning::Rows), PhantomData))
    }

    /// Updates the one row there is and gives it back: [`Error::NotFound`] if there is none; if there are more,
    /// [`Error::TooMany`], and none is changed.
    pub fn one<D: Door>(self, door: D) -> D::Outcome<T> {
        door.perform(UpdateOne::<T>(self.into_statement(Returning::Rows), PhantomData))
    }

    /// The statement. Columns that the application sets at every update are set by it, unless nothing else is.
    fn into_statement(mut self, returning: Returning) -> Statement {
        let source = T::SOURCE;
        if !self.set.is_empty() {
            for (at, column) in (0..).zip(source.columns) {
                if let Some(maker) = column.on_update
                    && self.set.iter().all(|(set, _)| *set != at)
                {
                    let mut made = Tokens::default();
                    made.bind(maker.make());
                    self.set.push((at, made));
                }
            }
        }
        if self.set.is_empty() {
            // Nothing changes; the rows are still counted and given back.
            let column = source.key.first().copied().unwrap_or(0);
            let same = Node::Column(SourceRef(source), column);
            self.set.push((column, Tokens { nodes: vec![same], binds: Binds::new() }));
        }
        let mut binds = Binds::new();
        let mut set = Vec::with_capacity(self.set.len());
        for (column, Tokens { nodes, binds: values }) in self.set {
            set.push((column, nodes));
            binds.extend(values);
        }
        binds.extend(self.filter_values);
        let shape = Shape::Update(statement::Update {
            source: SourceRef(source),
            set,
            filter: self.filter,
            returning,
        });
        Statement { shape, binds }
    }
}

struct UpdateRun(Statement);

impl Work for UpdateRun {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<u64> {
        connection.execute(&self.0)
    }
}

struct UpdateAll<T>(Statement, PhantomData<fn() -> T>);

impl<T: Table> Work for UpdateAll<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        connection.fetch(&self.0)
    }
}

struct UpdateOne<T>(Statement, PhantomData<fn() -> T>);

impl<T: Table> Work for UpdateOne<T> {
    type Output = T;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        self.0.shape.is_single().then_some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<T> {
        one(connection, &self.0)
    }
}

/// Writes exactly one row, or nothing.
pub(crate) fn one<T: Table>(connection: &Connection, statement: &Statement) -> Result<T> {
    let table = T::SOURCE.name;
    if statement.shape.is_single() {
        return connection.fetch(statement)?.pop().ok_or(Error::NotFound { table });
    }
    let transaction = connection.begin()?;
    let mut rows = transaction.fetch(statement)?;
    match (rows.pop(), rows.is_empty()) {
        (Some(row), true) => transaction.commit().map(|()| row),
        (Some(_), false) => Err(Error::TooMany { table }),
        (None, _) => Err(Error::NotFound { table }),
    }
}
