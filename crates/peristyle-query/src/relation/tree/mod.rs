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

    /// The rows that `fetch` gives, with what belongs to them.
    ///
    /// Where statements can be said together they are, in a transaction of their own that shows all of them one state of the
    /// database: a parent that changes in between would take its children with it otherwise. In a transaction that is
    /// open already each level is asked for by the keys of the one above it.
    fn with_rows(
        &self,
        connection: &Connection,
        fetch: impl Fn(&Connection) -> Result<Vec<T>>,
    ) -> Result<Vec<L::Row>> {
        if !connection.in_transaction()
            && let Some(together) = connection.engine.together(true)
        {
            match self.together(together, connection, &fetch) {
                Ok(Some(nested)) => return Ok(nested),
                // One of them has to wait for another.
                Ok(None) => {}
                Err(_) if connection.engine.take_stale() => {}
                Err(error) => return Err(error),
            }
        }
        self.nest.load(fetch(connection)?, connection)
    }

    fn together(
        &self,
        mut together: Together<'_>,
        connection: &Connection,
        fetch: impl Fn(&Connection) -> Result<Vec<T>>,
    ) -> Result<Option<Vec<L::Row>>> {
        let mut ahead = Vec::new();
        if let Some(rows) = &self.row_set {
            if !self.nest.ahead(&Of::Query(rows), &mut ahead) {
                return Ok(None);
            }
            let all: Vec<&Statement> = std::iter::once(&self.statement).chain(&ahead).collect();
            together.say(&all, true)?;
            let nested = self.nest.load(fetch(connection)?, connection)?;
            return together.finish().map(|()| Some(nested));
        }
        if !self.nest.ahead(&Of::Rows(&[]), &mut ahead) {
            return Ok(None);
        }
        ahead.clear();
        together.say(&[&self.statement], false)?;
        let rows = fetch(connection)?;
        self.nest.ahead(&Of::Rows(&rows), &mut ahead);
        let rest: Vec<&Statement> = ahead.iter().collect();
        together.say(&rest, true)?;
        let nested = self.nest.load(rows, connection)?;
        together.finish().map(|()| Some(nested))
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
