use std::fmt;
use std::marker::PhantomData;

use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Condition, Order, Tokens};
use crate::keyset::Start;
use crate::statement::{Filter, Projection, Select, Shape, Statement};
use crate::table::AsKey;
use crate::{Columns, Connection, Error, Result, Row, Source, Table};

/// A query over the rows of `S` that gives values of `Out`: whole rows, unless columns are [selected](Query::select).
///
/// It is a value without a connection. Whatever is added to it, its type stays the same, so a query may be built in
/// steps, in branches and in functions.
#[must_use = "a query does nothing until it is run"]
pub struct Query<Out, S = Out> {
    select: Select,
    filter: Binds,
    start: Option<Start>,
    of: PhantomData<fn() -> (Out, S)>,
}

impl<Out, S> Clone for Query<Out, S> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
            filter: self.filter.clone(),
            start: self.start.clone(),
            of: PhantomData,
        }
    }
}

impl<Out, S> fmt::Debug for Query<Out, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("select", &self.select).finish_non_exhaustive()
    }
}

impl<S: Source> Query<S> {
    #[inline]
    pub(crate) fn all_of() -> Self {
        Self { select: Select::all(S::SOURCE), filter: Binds::new(), start: None, of: PhantomData }
    }

    /// Only rows behind this one in the query's order (keyset pagination). The table's key breaks ties.
    pub fn after(mut self, row: &S) -> Self {
        self.start = Some(Start::at(row));
        self
    }

    /// Only these columns: one, or a tuple of them.
    pub fn select<C: Columns<S>>(self, columns: C) -> Query<C::Out, S> {
        let select =
            Select { projection: Projection::Columns(columns.positions().into()), ..self.select };
        Query { select, filter: self.filter, start: self.start, of: PhantomData }
    }

    pub(crate) fn set_start(&mut self, start: Option<Start>) {
        self.start = start;
    }

    pub(crate) fn ordered_by(mut self, order: Vec<crate::expr::OrderTerm>) -> Self {
        self.select.order = order;
        self
    }

    pub(crate) fn order_with_key(&self) -> Vec<crate::expr::OrderTerm> {
        crate::keyset::with_key(&self.select)
    }
}

impl<T: Table> Query<T> {
    #[inline]
    pub(crate) fn by_key(key: &impl AsKey<T::Key>) -> Self {
        let mut query = Self::all_of();
        query.select.filter = Filter::Key;
        key.push_key(&mut query.filter);
        query
    }
}

impl<Out, S: Source> Query<Out, S> {
    /// Only rows that fulfil this condition. Several filters must all be fulfilled; `None` filters nothing.
    #[inline]
    pub fn filter(mut self, condition: impl Condition<S>) -> Self {
        let Tokens { nodes, binds } = condition.into_tokens();
        self.select.filter = self.select.filter.and(nodes, S::SOURCE);
        self.filter.extend(binds);
        self
    }

    /// Sorts by this column; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<S>) -> Self {
        self.select.order.push(order.term);
        self
    }

    /// At most so many rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Leaves out the first rows. For pages, [`after`](Query::after) costs the same on every page and this does not.
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }

    /// The SQL that the query runs, with places for its values.
    pub fn sql(&self, connection: &Connection) -> String {
        connection.engine.sql(&self.clone().into_statement().shape).to_string()
    }

    /// The number of rows.
    pub fn count<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(Count(self.projected(Projection::Count)))
    }

    /// Whether there is a row.
    pub fn exists<D: Door>(self, door: D) -> D::Outcome<bool> {
        door.perform(Exists(self.projected(Projection::Exists)))
    }

    fn projected(mut self, projection: Projection) -> Statement {
        self.select.projection = projection;
        self.into_statement()
    }

    /// The statement, with the place to start behind turned into a condition.
    #[inline]
    pub(crate) fn into_statement(self) -> Statement {
        let Self { mut select, filter: mut binds, start, .. } = self;
        if let Some(start) = start {
            select.order = crate::keyset::with_key(&select);
            let Tokens { nodes, binds: more } = start.condition(&select);
            select.filter = select.filter.and(nodes, S::SOURCE);
            binds.extend(more);
        }
        Statement { shape: Shape::Select(select), binds }
    }
}

impl<Out: Row + Send + 'static, S: Source> Query<Out, S> {
    /// All rows.
    #[inline]
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<Out>> {
        door.perform(All::<Out>::new(self.into_statement()))
    }

    /// The one row there is: [`Error::NotFound`] if there is none, [`Error::TooMany`] if there are more.
    #[inline]
    pub fn one<D: Door>(self, door: D) -> D::Outcome<Out> {
        door.perform(One::<Out>::new(self.into_statement()))
    }

    /// The one row there is, if there is one: [`Error::TooMany`] if there are more.
    #[inline]
    pub fn optional<D: Door>(self, door: D) -> D::Outcome<Option<Out>> {
        door.perform(Optional::<Out>::new(self.into_statement()))
    }

    /// The first row, if there is one.
    pub fn first<D: Door>(mut self, door: D) -> D::Outcome<Option<Out>> {
        self.select.limit = Some(1);
        door.perform(Optional::<Out>::new(self.into_statement()))
    }
}

/// Statements that give rows, as work.
macro_rules! fetching {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        pub(crate) struct $name<T> {
            statement: Statement,
            of: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            #[inline]
            pub(crate) fn new(statement: Statement) -> Self {
                Self { statement, of: PhantomData }
            }
        }
    };
}

fetching!(All, "All rows.");
fetching!(One, "The one row there is.");
fetching!(Optional, "The one row there is, if there is one.");

impl<T: Row + Send + 'static> Work for All<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Read;

    #[inline]
    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        connection.fetch(&self.statement)
    }
}

impl<T: Row + Send + 'static> Work for One<T> {
    type Output = T;
    const ACCESS: Access = Access::Read;

    #[inline]
    fn run(self, connection: &Connection) -> Result<T> {
        let table = self.statement.shape.source().name;
        connection.fetch_optional(&self.statement)?.ok_or(Error::NotFound { table })
    }
}

impl<T: Row + Send + 'static> Work for Optional<T> {
    type Output = Option<T>;
    const ACCESS: Access = Access::Read;

    #[inline]
    fn run(self, connection: &Connection) -> Result<Option<T>> {
        connection.fetch_optional(&self.statement)
    }
}

struct Count(Statement);

impl Work for Count {
    type Output = u64;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<u64> {
        let row: Option<(i64,)> = connection.fetch_optional(&self.0)?;
        Ok(row.map_or(0, |(count,)| count.unsigned_abs()))
    }
}

struct Exists(Statement);

impl Work for Exists {
    type Output = bool;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<bool> {
        let row: Option<(bool,)> = connection.fetch_optional(&self.0)?;
        Ok(row.is_some_and(|(exists,)| exists))
    }
}
