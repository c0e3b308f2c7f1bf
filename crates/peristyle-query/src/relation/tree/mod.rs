//! Rows with what belongs to them, to any depth: one statement for each relation, however many rows there are.

mod branch;
mod related;
mod through;

use std::fmt;
use std::marker::PhantomData;

pub use related::{ChildOf, ChildrenOf, ParentOf};
pub use through::Through;

use crate::door::{Access, Door, Work};
use crate::postgres::Together;
use crate::relation::load::{Of, RowSet};
use crate::scope::Scope;
use crate::statement::Statement;
use crate::{Connection, Error, Query, Result, Source, Transaction};

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
    fn load(&self, rows: &[T], connection: &Connection) -> Result<Vec<Self::Out>>;

    /// The statements that loading it takes, in order; `false` where one of them has to wait for the answer to another.
    #[doc(hidden)]
    fn ahead(&self, of: &Of<'_, T>, statements: &mut Vec<Statement>) -> bool;
}

/// Several relations of the rows of `T`, and the rows with what belongs to them.
pub trait Nest<T, At>: Send + 'static {
    /// A row, and what belongs to it.
    type Row: Send + 'static;

    /// Whether there are none.
    #[doc(hidden)]
    const IS_EMPTY: bool;

    /// The rows with what belongs to them.
    #[doc(hidden)]
    fn load(&self, rows: Vec<T>, connection: &Connection) -> Result<Vec<Self::Row>>;

    /// The statements that loading them takes, in order; `false` where one of them has to wait for the answer to another.
    #[doc(hidden)]
    fn ahead(&self, of: &Of<'_, T>, statements: &mut Vec<Statement>) -> bool;
}

impl<T: Send + 'static> Nest<T, ()> for () {
    type Row = T;

    const IS_EMPTY: bool = true;

    fn load(&self, rows: Vec<T>, _connection: &Connection) -> Result<Vec<T>> {
        Ok(rows)
    }

    fn ahead(&self, _of: &Of<'_, T>, _statements: &mut Vec<Statement>) -> bool {
        true
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

            const IS_EMPTY: bool = false;

            fn ahead(&self, of: &Of<'_, T>, statements: &mut Vec<Statement>) -> bool {
                true $(&& self.$at.ahead(of, statements))+
            }

            fn load(&self, rows: Vec<T>, connection: &Connection) -> Result<Vec<Self::Row>> {
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
        let row_set = self.query.as_row_set();
        Load { statement: self.query.into_statement(), row_set, nest: self.nest, of: PhantomData }
    }
}

/// A tree on its way through a door.
struct Load<T, L, At> {
    statement: Statement,
    /// Its rows as a part of other statements; `None` where they have to be there first.
    row_set: Option<RowSet>,
    nest: L,
    of: PhantomData<fn() -> (T, At)>,
}

impl<T: Source, At: 'static, L: Nest<T, At>> Load<T, L, At> {
    fn rows(&self, connection: &Connection) -> Result<Vec<L::Row>> {
        self.with_rows(connection, |connection| connection.fetch(&self.statement))
    }

    fn optional(&self, connection: &Connection) -> Result<Option<L::Row>> {
        let fetch = |connection: &Connection| {
            let row: Option<T> = connection.fetch_optional(&self.statement)?;
            Ok(row.into_iter().collect())
        };
        Ok(self.with_rows(connection, fetch)?.into_iter().next())
    }

    /// The rows that `fetch` gives, with what belongs to them: all of it as it was at one instant.
    ///
    /// In a transaction that is open already, that one's isolation decides, and each level is asked for by the keys of the one
    /// above it: a parent that changes between two statements would come without its children otherwise.
    fn with_rows(
        &self,
        connection: &Connection,
        fetch: impl Fn(&Connection) -> Result<Vec<T>>,
    ) -> Result<Vec<L::Row>> {
        if connection.in_transaction() {
            return self.nest.load(fetch(connection)?, connection);
        }
        match connection.engine.together(true) {
            None => self.in_turn(connection, &fetch),
            Some(together) => match self.together(together, connection, &fetch) {
                Err(_) if connection.engine.take_stale() => {
                    let together = connection.engine.together(true);
                    together.map_or(Ok(Vec::new()), |again| self.together(again, connection, fetch))
                }
                done => done,
            },
        }
    }

    /// One statement after the other, in a transaction that reads.
    fn in_turn(
        &self,
        connection: &Connection,
        fetch: impl Fn(&Connection) -> Result<Vec<T>>,
    ) -> Result<Vec<L::Row>> {
        let reading = Transaction::reading(connection)?;
        let rows = fetch(connection)?;
        let plan = self.plan(self.row_set.as_ref().map(Of::Query));
        let _ahead = Ahead::of(connection, plan.unwrap_or_default());
        let nested = self.nest.load(rows, connection)?;
        reading.commit()?;
        Ok(nested)
    }

    /// In as few round trips as can be.
    fn together(
        &self,
        mut together: Together<'_>,
        connection: &Connection,
        fetch: impl Fn(&Connection) -> Result<Vec<T>>,
    ) -> Result<Vec<L::Row>> {
        // A plan that the server keeps knows nothing of the values in a filter. What belongs to the row of a key is found by any
        // plan; what belongs to any number of rows is asked for by their keys.
        let by_key = self.row_set.as_ref().filter(|_| self.statement.shape.is_single());
        if let Some(plan) = self.plan(by_key.map(Of::Query)) {
            let all: Vec<&Statement> = std::iter::once(&self.statement).chain(&plan).collect();
            together.say(&all, true)?;
            let rows = fetch(connection)?;
            let _ahead = Ahead::of(connection, plan);
            let nested = self.nest.load(rows, connection)?;
            return together.finish().map(|()| nested);
        }
        together.say(&[&self.statement], false)?;
        let rows = fetch(connection)?;
        let _ahead = match self.plan(Some(Of::Rows(&rows))) {
            Some(plan) if !rows.is_empty() => {
                let all: Vec<&Statement> = plan.iter().collect();
                together.say(&all, true)?;
                Some(Ahead::of(connection, plan))
            }
            // Which rows they are that something belongs to is known level by level.
            Some(_) | None => None,
        };
        let nested = self.nest.load(rows, connection)?;
        together.finish().map(|()| nested)
    }

    /// The statements for what belongs to these rows; `None` where one of them has to wait for the answer to another.
    fn plan(&self, of: Option<Of<'_, T>>) -> Option<Vec<Statement>> {
        let mut plan = Vec::new();
        self.nest.ahead(&of?, &mut plan).then_some(plan)
    }
}

/// Statements that are known before the rows that they belong to; none is left when it is dropped.
struct Ahead<'c>(&'c Connection);

impl<'c> Ahead<'c> {
    fn of(connection: &'c Connection, plan: Vec<Statement>) -> Self {
        connection.ahead.replace(plan.into());
        Self(connection)
    }
}

impl Drop for Ahead<'_> {
    fn drop(&mut self) {
        self.0.ahead.take();
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
