//! Rows with what belongs to them, to any depth: one statement for each relation, however many rows there are.

use std::fmt;
use std::marker::PhantomData;

use super::load::{Numbered, Related};
use super::{Presence, Reference};
use crate::door::{Access, Door, Work};
use crate::expr::{Condition, Order, Plain};
use crate::scope::Scope;
use crate::scoped::ScopeName;
use crate::statement::Statement;
use crate::{Connection, Error, Query, Result, Source};

/// What belongs to a row of `T`: the rows that reference it, or the one that it references.
///
/// A [`Reference`] is one, in the direction that leads from `T`; so are [`ChildrenOf`], [`ChildOf`], [`ParentOf`] and
/// [`Through`], which say more.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no relation of `{T}`",
    label = "expected a reference from or to `{T}`",
    note = "`Post::AUTHOR`, or with more words: `Post::AUTHOR.children().filter(…).order(…).limit(3)`"
)]
pub trait Branch<T, At>: Send + 'static {
    /// What is given of it for each row.
    type Out: Send + 'static;

    /// What belongs to each of these rows, in their order.
    #[doc(hidden)]
    fn load(self, rows: &[T], connection: &Connection) -> Result<Vec<Self::Out>>;
}

/// Several relations of the rows of `T`, and the rows with what belongs to them.
pub trait Nest<T, At>: Send + 'static {
    /// A row, and what belongs to it.
    type Row: Send + 'static;

    /// The rows with what belongs to them.
    #[doc(hidden)]
    fn load(self, rows: Vec<T>, connection: &Connection) -> Result<Vec<Self::Row>>;
}

impl<T: Send + 'static> Nest<T, ()> for () {
    type Row = T;

    fn load(self, rows: Vec<T>, _connection: &Connection) -> Result<Vec<T>> {
        Ok(rows)
    }
}

/// One more relation than there are.
pub trait Push<B> {
    /// All of them.
    type All;

    /// All of them.
    #[doc(hidden)]
    fn push(self, branch: B) -> Self::All;
}

impl<B> Push<B> for () {
    type All = (B,);

    fn push(self, branch: B) -> (B,) {
        (branch,)
    }
}

macro_rules! nests {
    ($($branch:ident $place:ident $out:ident $at:tt),+) => {
        impl<T: Send + 'static, $($branch: Branch<T, $place>, $place),+> Nest<T, ($($place,)+)>
            for ($($branch,)+)
        {
            type Row = (T, $($branch::Out,)+);

            fn load(self, rows: Vec<T>, connection: &Connection) -> Result<Vec<Self::Row>> {
                $(let mut $out = self.$at.load(&rows, connection)?.into_iter();)+
                let mut nested = Vec::with_capacity(rows.len());
                for row in rows {
                    // Each relation gives something for each row.
                    if let ($(Some($out),)+) = ($($out.next(),)+) {
                        nested.push((row, $($out,)+));
                    }
                }
                Ok(nested)
            }
        }
    };
}

macro_rules! pushing {
    ($($branch:ident $at:tt),+) => {
        impl<$($branch,)+ Z> Push<Z> for ($($branch,)+) {
            type All = ($($branch,)+ Z);

            fn push(self, branch: Z) -> Self::All {
                ($(self.$at,)+ branch)
            }
        }
    };
}

nests!(A A1 a 0);
nests!(A A1 a 0, B B1 b 1);
nests!(A A1 a 0, B B1 b 1, C C1 c 2);
nests!(A A1 a 0, B B1 b 1, C C1 c 2, D D1 d 3);
nests!(A A1 a 0, B B1 b 1, C C1 c 2, D D1 d 3, E E1 e 4);
nests!(A A1 a 0, B B1 b 1, C C1 c 2, D D1 d 3, E E1 e 4, F F1 f 5);
pushing!(A 0);
pushing!(A 0, B 1);
pushing!(A 0, B 1, C 2);
pushing!(A 0, B 1, C 2, D 3);
pushing!(A 0, B 1, C 2, D 3, E 4);

/// A query whose rows come with what belongs to them.
#[must_use = "a query does nothing until it is run"]
pub struct Tree<T, S, L, At> {
    query: Query<T, S>,
    nest: L,
    of: PhantomData<fn() -> At>,
}

impl<T, S, L, At> fmt::Debug for Tree<T, S, L, At> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("query", &self.query).finish_non_exhaustive()
    }
}

impl<T: Source> Query<T> {
    /// Each row with what belongs to it: `User::all().with(Post::AUTHOR)` gives `(User, Vec<Post>)`.
    ///
    /// It takes one statement more, however many rows there are.
    pub fn with<B: Branch<T, I>, I>(self, branch: B) -> Tree<T, T, (B,), (I,)> {
        Tree { query: self, nest: (branch,), of: PhantomData }
    }
}

impl<T: Source, S: Scope, L, At> Tree<T, S, L, At> {
    /// And with this, too.
    pub fn with<B: Branch<T, I>, I>(
        self,
        branch: B,
    ) -> Tree<T, S, <L as Push<B>>::All, <At as Push<I>>::All>
    where
        L: Push<B>,
        At: Push<I>,
    {
        Tree { query: self.query, nest: self.nest.push(branch), of: PhantomData }
    }
}

impl<T: Source, S: Scope, At: 'static, L: Nest<T, At>> Tree<T, S, L, At> {
    /// All rows.
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<L::Row>> {
        door.perform(AllOf(self.load()))
    }

    /// The one row there is: [`Error::NotFound`] if there is none, [`Error::TooMany`] if there are more.
    pub fn one<D: Door>(self, door: D) -> D::Outcome<L::Row> {
        door.perform(OneOf(self.load()))
    }

    /// The one row there is, if there is one: [`Error::TooMany`] if there are more.
    pub fn optional<D: Door>(self, door: D) -> D::Outcome<Option<L::Row>> {
        door.perform(OptionalOf(self.load()))
    }

    /// The first row, if there is one.
    pub fn first<D: Door>(self, door: D) -> D::Outcome<Option<L::Row>> {
        let query = self.query.limit(1);
        Tree { query, nest: self.nest, of: self.of }.optional(door)
    }

    fn load(self) -> Load<T, L, At> {
        Load { statement: self.query.into_statement(), nest: self.nest, of: PhantomData }
    }
}

/// A tree on its way through a door.
struct Load<T, L, At> {
    statement: Statement,
    nest: L,
    of: PhantomData<fn() -> (T, At)>,
}

impl<T: Source, At: 'static, L: Nest<T, At>> Load<T, L, At> {
    fn rows(self, connection: &Connection) -> Result<Vec<L::Row>> {
        let rows: Vec<T> = connection.fetch(&self.statement)?;
        self.nest.load(rows, connection)
    }

    fn optional(self, connection: &Connection) -> Result<Option<L::Row>> {
        let row: Option<T> = connection.fetch_optional(&self.statement)?;
        let rows = self.nest.load(row.into_iter().collect(), connection)?;
        Ok(rows.into_iter().next())
    }
}

struct AllOf<T, L, At>(Load<T, L, At>);
struct OneOf<T, L, At>(Load<T, L, At>);
struct OptionalOf<T, L, At>(Load<T, L, At>);

impl<T: Source, At: 'static, L: Nest<T, At>> Work for AllOf<T, L, At> {
    type Output = Vec<L::Row>;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Self::Output> {
        self.0.rows(connection)
    }
}

impl<T: Source, At: 'static, L: Nest<T, At>> Work for OneOf<T, L, At> {
    type Output = L::Row;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Self::Output> {
        let table = T::SOURCE.name;
        self.0.optional(connection)?.ok_or(Error::NotFound { table })
    }
}

impl<T: Source, At: 'static, L: Nest<T, At>> Work for OptionalOf<T, L, At> {
    type Output = Option<L::Row>;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Self::Output> {
        self.0.optional(connection)
    }
}

/// What is asked of the rows of a relation.
struct Asked<T> {
    filter: Vec<crate::expr::Tokens>,
    order: Vec<Order<T>>,
    most: Option<u64>,
    lifted: Vec<&'static str>,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { filter: Vec::new(), order: Vec::new(), most: None, lifted: Vec::new() }
    }
}

impl<T> Asked<T> {
    fn of(self, mut related: Related) -> Related {
        for condition in self.filter {
            related.filter.and(condition);
        }
        for order in self.order {
            related.select.order.push(order.term);
            related.order.extend(order.binds);
        }
        for name in self.lifted {
            related.unscope(name);
        }
        related.most = self.most;
        related
    }
}

macro_rules! relation {
    ($(#[$doc:meta])* $type:ident<$($parameter:ident),+> of $row:ident) => {
        $(#[$doc])*
        #[must_use = "a relation is loaded `.with(…)` a query"]
        pub struct $type<$($parameter,)+ L = (), At = ()> {
            reference: Reference<C, P, N>,
            asked: Asked<$row>,
            nest: L,
            of: PhantomData<fn() -> At>,
        }

        impl<$($parameter,)+ L, At> fmt::Debug for $type<$($parameter,)+ L, At> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type)).field("reference", &self.reference).finish_non_exhaustive()
            }
        }

        impl<C: Source, P: Source, N, L, At> $type<C, P, N, L, At> {
            fn new(reference: Reference<C, P, N>, nest: L) -> Self {
                Self { reference, asked: Asked::default(), nest, of: PhantomData }
            }

            /// Only rows that fulfil this condition. Several must all be fulfilled; `None` filters nothing.
            pub fn filter<J>(mut self, condition: impl Condition<$row, J>) -> Self {
                self.asked.filter.push(condition.into_tokens());
                self
            }

            /// Lifts a filter that the declaration of the table carries.
            pub fn unscoped(mut self, scope: ScopeName<$row>) -> Self {
                self.asked.lifted.push(scope.name);
                self
            }

            /// Each with what belongs to it, in turn.
            pub fn with<B: Branch<$row, I>, I>(
                self,
                branch: B,
            ) -> $type<C, P, N, <L as Push<B>>::All, <At as Push<I>>::All>
            where
                L: Push<B>,
                At: Push<I>,
            {
                $type {
                    reference: self.reference,
                    asked: self.asked,
                    nest: self.nest.push(branch),
                    of: PhantomData,
                }
            }
        }
    };
}

relation! {
    /// The rows that reference a row, as a `Vec`.
    ChildrenOf<C, P, N> of C
}

relation! {
    /// The one row that references a row, as an `Option`: for a reference that is unique.
    ChildOf<C, P, N> of C
}

relation! {
    /// The row that a row references.
    ParentOf<C, P, N> of P
}

impl<C: Source, P: Source, N, L, At> ChildrenOf<C, P, N, L, At> {
    /// Sorts the rows of each parent by this; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<C>) -> Self {
        self.asked.order.push(order);
        self
    }

    /// At most so many rows of each parent: the first in their order.
    pub fn limit(mut self, rows: u64) -> Self {
        self.asked.most = Some(rows);
        self
    }
}

impl<C: Source, P: Source, N> Reference<C, P, N> {
    /// The rows that reference a row, to be said more about.
    pub fn children(self) -> ChildrenOf<C, P, N> {
        ChildrenOf::new(self, ())
    }

    /// The one row that references a row, for a reference that is unique.
    pub fn child(self) -> ChildOf<C, P, N> {
        ChildOf::new(self, ())
    }

    /// The row that a row references, to be said more about. It may be filtered out, so it is an `Option`.
    pub fn parent(self) -> ParentOf<C, P, super::Optional> {
        let Self { columns, references, .. } = self;
        ParentOf::new(Reference { columns, references, of: PhantomData }, ())
    }

    /// The rows of another table that a row of `P` belongs together with, by the rows of `C`: many to many.
    ///
    /// `Membership::USER.through(Membership::CLUB)` leads from users to clubs.
    pub fn through<B: Source, M>(self, other: Reference<C, B, M>) -> Through<C, P, N, B, M> {
        Through { children: self.children(), other, of: PhantomData }
    }
}

/// The rows of each of these, put together with what belongs to them.
fn grouped<C: Source, At, L: Nest<C, At>>(
    numbered: Numbered<C>,
    nest: L,
    connection: &Connection,
) -> Result<Vec<Vec<L::Row>>>
where
    L::Row: Clone,
{
    let Numbered { rows, asked } = numbered;
    let (numbers, rows): (Vec<usize>, Vec<C>) = rows.into_iter().unzip();
    let rows = nest.load(rows, connection)?;
    let keys = asked.iter().flatten().max().map_or(0, |last| last + 1);
    let mut groups: Vec<Vec<L::Row>> = Vec::new();
    groups.resize_with(keys, Vec::new);
    for (number, row) in numbers.into_iter().zip(rows) {
        if let Some(group) = groups.get_mut(number) {
            group.push(row);
        }
    }
    // A group goes to the last that asks for it; those before it get copies.
    let mut left = vec![0_usize; keys];
    for number in asked.iter().flatten() {
        left[*number] += 1;
    }
    let of = asked.into_iter().map(|number| {
        let Some(number) = number else { return Vec::new() };
        left[number] -= 1;
        if left[number] == 0 { std::mem::take(&mut groups[number]) } else { groups[number].clone() }
    });
    Ok(of.collect())
}

impl<C: Source, P: Source, N: 'static, At: 'static, L: Nest<C, At>> Branch<P, Plain>
    for ChildrenOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = Vec<L::Row>;

    fn load(self, rows: &[P], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_children(rows));
        grouped(related.fetch::<C>(connection)?, self.nest, connection)
    }
}

impl<C: Source, P: Source, N: 'static, At: 'static, L: Nest<C, At>> Branch<P, Plain>
    for ChildOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = Option<L::Row>;

    fn load(self, rows: &[P], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_children(rows));
        let groups = grouped(related.fetch::<C>(connection)?, self.nest, connection)?;
        let only = groups.into_iter().map(|mut group| match group.pop() {
            Some(_) if !group.is_empty() => Err(Error::TooMany { table: C::SOURCE.name }),
            only => Ok(only),
        });
        only.collect()
    }
}

impl<C: Source, P: Source, N: Presence, At: 'static, L: Nest<P, At>> Branch<C, Plain>
    for ParentOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = N::Of<L::Row>;

    fn load(self, rows: &[C], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_parents(rows));
        let groups = grouped(related.fetch::<P>(connection)?, self.nest, connection)?;
        groups.into_iter().map(|mut group| N::of(group.pop(), P::SOURCE.name)).collect()
    }
}

/// A reference is followed to its children.
#[derive(Debug)]
pub struct Down;

/// A reference is followed to its parent.
#[derive(Debug)]
pub struct Up;

impl<C: Source + Clone, P: Source, N: 'static> Branch<P, Down> for Reference<C, P, N> {
    type Out = Vec<C>;

    fn load(self, rows: &[P], connection: &Connection) -> Result<Vec<Vec<C>>> {
        self.children().load(rows, connection)
    }
}

impl<C: Source, P: Source + Clone, N: Presence> Branch<C, Up> for Reference<C, P, N> {
    type Out = N::Of<P>;

    fn load(self, rows: &[C], connection: &Connection) -> Result<Vec<N::Of<P>>> {
        ParentOf::<C, P, N>::new(self, ()).load(rows, connection)
    }
}

/// The rows of `B` that a row of `P` belongs together with, by the rows of `C`, as a `Vec`.
#[must_use = "a relation is loaded `.with(…)` a query"]
pub struct Through<C, P, N, B, M> {
    children: ChildrenOf<C, P, N>,
    other: Reference<C, B, M>,
    of: PhantomData<fn() -> B>,
}

impl<C, P, N, B, M> fmt::Debug for Through<C, P, N, B, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Through").field("other", &self.other).finish_non_exhaustive()
    }
}

impl<C: Source, P: Source, N, B: Source, M> Through<C, P, N, B, M> {
    /// Only where the row between them fulfils this condition.
    pub fn filter<J>(mut self, condition: impl Condition<C, J>) -> Self {
        self.children = self.children.filter(condition);
        self
    }

    /// Sorted by this of the row between them; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<C>) -> Self {
        self.children = self.children.order(order);
        self
    }

    /// At most so many rows of each.
    pub fn limit(mut self, rows: u64) -> Self {
        self.children = self.children.limit(rows);
        self
    }
}

impl<C: Source + Clone, P: Source, N: 'static, B: Source + Clone, M: 'static> Branch<P, Plain>
    for Through<C, P, N, B, M>
{
    type Out = Vec<B>;

    fn load(self, rows: &[P], connection: &Connection) -> Result<Vec<Vec<B>>> {
        let to = self.other.parent();
        let groups = self.children.with(to).load(rows, connection)?;
        let others = groups.into_iter().map(|group| {
            group.into_iter().filter_map(|(_, other): (C, Option<B>)| other).collect()
        });
        Ok(others.collect())
    }
}
