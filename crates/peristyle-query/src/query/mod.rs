//! Queries: values that say what is asked, and run through a door.

mod compound;
mod inner;
mod join;
mod named;
mod run;
mod work;

use std::fmt;
use std::marker::PhantomData;

pub use compound::Union;

use crate::bind::Binds;
use crate::columns::{Columns, Items};
use crate::expr::{By, Condition, Expr, Order, OrderTerm, Predicate, Tokens};
use crate::keyset::Start;
use crate::relation::RowSet;
use crate::scope::{Filtered, Reads, Scope};
use crate::scoped::{self, Pending, ScopeName};
use crate::statement::{
    Distinct, Filter, Lock, LockStrength, Locked, Projection, Select, Shape, Statement,
};
use crate::table::AsKey;
use crate::{Bind, Record, Source, Table, ValueError};
pub(crate) use work::{All, One, Optional};

/// A query that reads `S` and gives values of `Out`: whole rows, unless columns are [selected](Query::select).
///
/// It is a value without a connection. Whatever is added to it, its type stays the same but for what it reads and gives, so a
/// query may be built in steps, in branches and in functions.
#[must_use = "a query does nothing until it is run"]
pub struct Query<Out, S = Out> {
    select: Select,
    filter: Binds,
    others: Option<Box<Others>>,
    start: Option<Start>,
    of: PhantomData<fn() -> (Out, S)>,
}

/// The values for what few queries have, by where they stand.
#[derive(Debug, Clone, Default)]
struct Others {
    with: Binds,
    distinct: Binds,
    projection: Binds,
    /// For each join.
    joins: Vec<Binds>,
    group: Binds,
    having: Binds,
    order: Binds,
    /// The filters that the declarations of the tables carry, as far as they are not lifted.
    scopes: Vec<Pending>,
}

impl<Out, S> Clone for Query<Out, S> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
            filter: self.filter.clone(),
            others: self.others.clone(),
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
        let mut query = Self {
            select: Select::all(S::SOURCE),
            filter: Binds::new(),
            others: None,
            start: None,
            of: PhantomData,
        };
        if !S::SCOPES.is_empty() {
            query.others().scopes.extend(scoped::pending::<S>(None));
        }
        query
    }

    /// Only rows behind this one in the query's order (keyset pagination). The table's key breaks ties.
    pub fn after(mut self, row: &S) -> Self {
        self.start = Some(Start::at(row));
        self
    }

    pub(crate) fn set_start(&mut self, start: Option<Start>) {
        self.start = start;
    }

    pub(crate) fn ordered_by(mut self, order: Vec<OrderTerm>) -> Self {
        self.select.order = order;
        self
    }

    pub(crate) fn order_with_key(&self) -> Vec<OrderTerm> {
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

impl<Out, S: Scope> Query<Out, S> {
    /// Only rows that fulfil this condition. Several filters must all be fulfilled; `None` filters nothing.
    #[inline]
    pub fn filter<J>(mut self, condition: impl Condition<S, J>) -> Self
    where
        S: Filtered,
    {
        self.narrow(condition.into_tokens());
        self
    }

    fn narrow(&mut self, condition: Tokens) {
        let Tokens { nodes, binds } = condition;
        let source = self.select.source.0;
        self.select.filter = std::mem::take(&mut self.select.filter).and(nodes, source);
        self.filter.extend(binds);
    }

    /// Lifts a filter that the declaration of a table carries: `User::all().unscoped(User::LIVE)` gives those too that are not
    /// live.
    pub fn unscoped<T: Source, I>(mut self, scope: ScopeName<T>) -> Self
    where
        S: Reads<T, I>,
    {
        if let Some(others) = &mut self.others {
            others.scopes.retain(|pending| !pending.is(T::SOURCE, scope.name));
        }
        self
    }

    /// Only these columns and expressions: one, or a tuple of them.
    ///
    /// `User::all().left_join(Post::AUTHOR).select((User::NAME, Post::TITLE))` gives `(String, Option<String>)`.
    pub fn select<C: Columns<S, J>, J>(self, columns: C) -> Query<C::Out, S>
    where
        S: Filtered,
    {
        let mut items = Items::default();
        columns.push(&mut items);
        self.giving(items)
    }

    /// These columns and expressions as a struct that derives `Row`, in the order of its fields.
    pub fn select_as<R: Record>(self) -> Selecting<R, Out, S>
    where
        S: Filtered,
    {
        Selecting { query: self, of: PhantomData }
    }

    fn giving<New>(mut self, items: Items) -> Query<New, S> {
        let Items { items, binds } = items;
        self.select.projection = Projection::Items(items);
        if !binds.is_empty() || self.others.is_some() {
            self.others().projection = binds;
        }
        self.of_other_types()
    }

    /// Equal rows once: `DISTINCT`.
    pub fn distinct(mut self) -> Self
    where
        S: Filtered,
    {
        self.select.clauses().distinct = Distinct::Rows;
        self
    }

    /// Of the rows that are equal in this the first in the query's order, which begins with it: `DISTINCT ON`. Several of them
    /// are taken together.
    pub fn distinct_on<J>(mut self, by: impl By<S, J>) -> Self
    where
        S: Filtered,
    {
        let Tokens { nodes, binds } = by.by();
        match &mut self.select.clauses().distinct {
            Distinct::On(list) => list.push(nodes),
            distinct @ (Distinct::No | Distinct::Rows) => *distinct = Distinct::On(vec![nodes]),
        }
        if !binds.is_empty() {
            self.others().distinct.extend(binds);
        }
        self
    }

    /// One row for all rows that are equal in this: `GROUP BY`. Several of them are taken together.
    pub fn group_by<J>(mut self, by: impl By<S, J>) -> Self
    where
        S: Filtered,
    {
        let Tokens { nodes, binds } = by.by();
        self.select.clauses().group.push(nodes);
        if !binds.is_empty() {
            self.others().group.extend(binds);
        }
        self
    }

    /// Only groups that fulfil this condition: `HAVING`. Several must all be fulfilled; `None` leaves all.
    pub fn having<J>(mut self, condition: impl Condition<S, J>) -> Self
    where
        S: Filtered,
    {
        let Tokens { nodes, binds } = condition.into_tokens();
        let having = std::mem::take(&mut self.select.clauses().having);
        let joined = Filter::Where(having).and(nodes, self.select.source.0);
        self.select.clauses().having = joined.into_nodes(self.select.source.0);
        self.others().having.extend(binds);
        self
    }

    /// Locks the rows until the transaction ends, so that nobody else changes or locks them: `FOR UPDATE`.
    ///
    /// On SQLite a transaction holds the whole database already, and this says nothing.
    pub fn for_update(self) -> Self {
        self.lock(LockStrength::Update)
    }

    /// Locks the rows until the transaction ends, so that nobody changes them: `FOR SHARE`.
    pub fn for_share(self) -> Self {
        self.lock(LockStrength::Share)
    }

    /// Leaves out rows that another transaction has locked: `SKIP LOCKED`.
    pub fn skip_locked(self) -> Self {
        self.locked(Locked::Skip)
    }

    /// Fails where another transaction has locked a row: `NOWAIT`.
    pub fn no_wait(self) -> Self {
        self.locked(Locked::Fail)
    }

    fn lock(mut self, strength: LockStrength) -> Self {
        let locked = self.select.clauses().lock.map_or(Locked::Wait, |lock| lock.locked);
        self.select.clauses().lock = Some(Lock { strength, locked });
        self
    }

    fn locked(mut self, locked: Locked) -> Self {
        let strength =
            self.select.clauses().lock.map_or(LockStrength::Update, |lock| lock.strength);
        self.select.clauses().lock = Some(Lock { strength, locked });
        self
    }
}

/// A query whose columns are still to be said.
#[derive(Debug)]
#[must_use = "say the columns: `.select_as::<Summary>().from((User::NAME, count()))`"]
pub struct Selecting<R, Out, S> {
    query: Query<Out, S>,
    of: PhantomData<fn() -> R>,
}

impl<R: Record, Out, S: Filtered> Selecting<R, Out, S> {
    /// These, in the order of the struct's fields.
    pub fn from<C: Columns<S, J, Out = R::Fields>, J>(self, columns: C) -> Query<R, S> {
        let mut items = Items::default();
        columns.push(&mut items);
        self.query.giving(items)
    }
}

impl<Out, S: Scope> Query<Out, S> {
    /// Sorts by this; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<S>) -> Self {
        let Order { term, binds, .. } = order;
        if matches!(self.select.projection, Projection::Compound { .. })
            && !self.select.gives(&term)
        {
            let source =
                ValueError::kind("a column that the queries give", "another thing to sort by");
            self.others().order.push(Bind::Failed(source));
            return self;
        }
        self.select.order.push(term);
        if !binds.is_empty() {
            self.others().order.extend(binds);
        }
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

    fn others(&mut self) -> &mut Others {
        self.others.get_or_insert_default()
    }

    /// The statement, with the place to start behind turned into a condition.
    #[inline]
    pub(crate) fn into_statement(self) -> Statement {
        let (select, binds) = self.into_select();
        Statement { shape: Shape::Select(select), binds }
    }

    /// Its rows as a part of other statements; `None` where those are not said by a condition alone: a limit takes the first
    /// of them, or they are locked.
    pub(crate) fn as_row_set(&self) -> Option<RowSet> {
        let Select { limit, offset, clauses, .. } = &self.select;
        let sorted_by_values = self.others.as_ref().is_some_and(|others| !others.order.is_empty());
        if limit.is_some() || offset.is_some() || clauses.is_some() || sorted_by_values {
            return None;
        }
        let (mut select, binds) = self.clone().into_select();
        select.order.clear();
        Some(RowSet { select, binds })
    }

    /// What it asks, and the values in the order in which they stand in it.
    #[inline]
    pub(crate) fn into_select(self) -> (Select, Binds) {
        let Self { mut select, mut filter, mut others, start, .. } = self;
        if let Some(others) = &mut others {
            others.apply_scopes(&mut select, &mut filter);
        }
        if let Some(start) = start {
            select.order = crate::keyset::with_key(&select);
            let Tokens { nodes, binds: more } = start.condition(&select);
            let source = select.source.0;
            select.filter = select.filter.and(nodes, source);
            filter.extend(more);
        }
        match others {
            None => (select, filter),
            Some(others) => (select, others.around(filter)),
        }
    }
}

impl Others {
    fn apply_scopes(&mut self, select: &mut Select, filter: &mut Binds) {
        let scopes = std::mem::take(&mut self.scopes);
        let mut values = scoped::Values { joins: &mut self.joins, filter };
        scoped::apply(scopes, select, &mut values);
    }

    #[cold]
    fn around(self, filter: Binds) -> Binds {
        let mut binds = self.with;
        binds.extend(self.distinct);
        binds.extend(self.projection);
        binds.extend(self.joins.into_iter().flatten());
        for part in [filter, self.group, self.having, self.order] {
            binds.extend(part);
        }
        binds
    }
}

/// The same query as one of other types.
impl<Out, S> Query<Out, S> {
    pub(crate) fn of_other_types<New, Of>(self) -> Query<New, Of> {
        let Self { select, filter, others, start, .. } = self;
        Query { select, filter, others, start, of: PhantomData }
    }
}
