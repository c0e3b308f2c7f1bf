//! What a query reads: one table, or several that are joined.
//!
//! A query's type says which tables it reads and, for each, whether every row of the answer has a row of it. It is flat: a
//! join adds one place to a tuple and nests nothing, and it is the same however the rest of the query was built.

use std::marker::PhantomData;

use crate::expr::{Column, Node, Plain, Tokens};
use crate::source::SourceRef;
use crate::{DecodeError, Reader, Row, Source, SourceInfo, Value};

/// A table that an outer join may find no row of.
#[derive(Debug)]
pub struct Maybe<T>(PhantomData<fn() -> T>);

/// One place in what a query reads: a table, or [`Maybe`] one.
pub trait Slot: 'static {
    /// The table.
    type Table: Source;
    /// What is read of it for a row of the answer.
    type Row: Row + Send + 'static;
    /// The same place if another join may leave it empty.
    type Perhaps: Slot<Table = Self::Table>;
    /// What a column of `V` gives here.
    type Seen<V: Value>: Value;
}

impl<T: Source> Slot for T {
    type Table = T;
    type Row = T;
    type Perhaps = Maybe<T>;
    type Seen<V: Value> = V;
}

impl<T: Source> Slot for Maybe<T> {
    type Table = T;
    type Row = Option<T>;
    type Perhaps = Self;
    type Seen<V: Value> = Option<V::Inner>;
}

/// What a query reads: a table, or a tuple of tables that are joined.
pub trait Scope: 'static {
    /// A row of each.
    type Rows: Row + Send + 'static;
}

impl<T: Source> Scope for T {
    type Rows = T;
}

/// That a query that reads this gives a whole row of each of its tables.
#[diagnostic::on_unimplemented(
    message = "a table is joined before columns are selected, not behind",
    label = "the query gives `{Out}` already",
    note = "write the joins first: `User::all().join(Post::AUTHOR).select(User::EMAIL)`"
)]
pub trait Entire<Out>: Scope {}

impl<S: Scope> Entire<S::Rows> for S {}

/// What a query reads whose rows can be filtered, grouped and selected from.
#[diagnostic::on_unimplemented(
    message = "the rows of several queries together cannot be narrowed down any more",
    label = "narrow down each of them before",
    note = "or give them a name: `.named()`"
)]
pub trait Filtered: Scope {}

impl<T: Source> Filtered for T {}
impl<S: Filtered, U: Source> Filtered for Correlated<S, U> {}

/// That a query that reads this can stand inside one that reads `Q`: it speaks of nothing else, or of something that `Q`
/// reads.
#[diagnostic::on_unimplemented(
    message = "the inner query speaks of a table that the outer one does not read",
    label = "`{Q}` does not read what the inner query is correlated with"
)]
pub trait Inside<Q, At>: Scope {}

impl<Q, T: Source> Inside<Q, Plain> for T {}

/// What an inner query reads, `S`, and a table of the query that it stands in, `U`.
#[derive(Debug)]
pub struct Correlated<S, U>(PhantomData<fn() -> (S, U)>);

/// A place that the inner query reads itself.
#[derive(Debug)]
pub struct Here<At>(PhantomData<At>);

/// The place of the outer query's table.
#[derive(Debug)]
pub struct Outside<At = Only>(PhantomData<At>);

impl<S: Scope, U: Source> Scope for Correlated<S, U> {
    type Rows = S::Rows;
}

impl<S: Reads<T, I>, U, T, I> Reads<T, Here<I>> for Correlated<S, U> {
    type Seen<V: Value> = S::Seen<V>;
    type SeenRow = S::SeenRow;
}

impl<S, U: Source> Reads<U, Outside> for Correlated<S, U> {
    type Seen<V: Value> = V;
    type SeenRow = U;
}

impl<Q: Reads<U, I>, S: Scope, U: Source, I> Inside<Q, Outside<I>> for Correlated<S, U> {}

/// A scope with one more table.
pub trait Grow<B: Source>: Scope {
    /// Every row has one of it.
    type Inner: Scope;
    /// A row may have none of it.
    type Left: Scope;
    /// A row may have none of the others.
    type Right: Scope;
    /// A row may have none of it, or none of the others.
    type Full: Scope;
}

impl<A: Source, B: Source> Grow<B> for A {
    type Inner = (A, B);
    type Left = (A, Maybe<B>);
    type Right = (Maybe<A>, B);
    type Full = (Maybe<A>, Maybe<B>);
}

/// That a query of this scope reads `T`, at the place `At`.
#[diagnostic::on_unimplemented(
    message = "the query does not read `{T}`",
    label = "`{T}` is not among the tables that the query reads",
    note = "join it first: `.join(…)`, `.left_join(…)`"
)]
pub trait Reads<T, At> {
    /// What a column of `V` of that table gives in an answer.
    type Seen<V: Value>: Value;
    /// What a row of that table gives in an answer.
    type SeenRow;
}

/// The place of the only table.
#[derive(Debug)]
pub struct Only;

/// A place among several.
#[derive(Debug)]
pub struct Nth<const N: usize>;

impl<T: Source> Reads<T, Only> for T {
    type Seen<V: Value> = V;
    type SeenRow = T;
}

/// The impls for a number of tables; each place is named, and counted from 0.
macro_rules! places {
    ($($slot:ident $at:tt),+) => {
        impl<$($slot: Slot),+> Scope for ($($slot,)+) {
            type Rows = ($($slot::Row,)+);
        }

        impl<$($slot: Slot),+> Filtered for ($($slot,)+) {}
        impl<Q, $($slot: Slot),+> Inside<Q, Plain> for ($($slot,)+) {}

        places!(@reads [$($slot),+] $($slot $at),+);
    };
    (@reads $all:tt $($slot:ident $at:tt),+) => {
        $(places!(@read $all $slot $at);)+
    };
    (@read [$($all:ident),+] $slot:ident $at:tt) => {
        impl<$($all: Slot),+> Reads<$slot::Table, Nth<$at>> for ($($all,)+) {
            type Seen<V: Value> = $slot::Seen<V>;
            type SeenRow = $slot::Row;
        }
    };
}

/// That one more table can be joined.
macro_rules! growing {
    ($($slot:ident),+) => {
        impl<$($slot: Slot,)+ Z: Source> Grow<Z> for ($($slot,)+) {
            type Inner = ($($slot,)+ Z);
            type Left = ($($slot,)+ Maybe<Z>);
            type Right = ($($slot::Perhaps,)+ Z);
            type Full = ($($slot::Perhaps,)+ Maybe<Z>);
        }
    };
}

places!(A 0, B 1);
places!(A 0, B 1, C 2);
places!(A 0, B 1, C 2, D 3);
places!(A 0, B 1, C 2, D 3, E 4);
places!(A 0, B 1, C 2, D 3, E 4, F 5);
places!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
places!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
growing!(A, B);
growing!(A, B, C);
growing!(A, B, C, D);
growing!(A, B, C, D, E);
growing!(A, B, C, D, E, F);
growing!(A, B, C, D, E, F, G);

/// A name for a table that a query reads a second time. [`alias!`](crate::alias) declares one.
pub trait Alias: Send + 'static {
    /// The name in the statement.
    const NAME: &'static str;
}

/// `T` under the name `A`.
///
/// Its columns are those of `T`: `Employee::NAME.of(Boss)`.
#[derive(Debug, Clone, PartialEq)]
pub struct As<T, A> {
    /// The row.
    pub row: T,
    alias: PhantomData<fn() -> A>,
}

impl<T: Row, A> Row for As<T, A> {
    const WIDTH: usize = T::WIDTH;

    #[inline]
    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> Result<Self, DecodeError> {
        T::decode(row, at).map(|row| Self { row, alias: PhantomData })
    }

    #[inline]
    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool {
        T::is_absent(row, at)
    }
}

impl<T: Source, A: Alias> Source for As<T, A> {
    const SOURCE: &'static SourceInfo = &SourceInfo {
        namespace: T::SOURCE.namespace,
        name: T::SOURCE.name,
        alias: Some(A::NAME),
        home: T::SOURCE.home,
        columns: T::SOURCE.columns,
        key: T::SOURCE.key,
        uniques: T::SOURCE.uniques,
    };

    /// Those of the table, speaking of it by this name.
    fn scopes() -> Vec<(&'static str, Tokens)> {
        let mut scopes = T::scopes();
        for node in scopes.iter_mut().flat_map(|(_, condition)| &mut condition.nodes) {
            if let Node::Column(source, _) = node
                && *source == SourceRef(T::SOURCE)
            {
                *source = SourceRef(Self::SOURCE);
            }
        }
        scopes
    }

    fn bind(&self, column: u16) -> crate::Bind<'_> {
        self.row.bind(column)
    }
}

impl<T, V> Column<T, V> {
    /// The same column of the table under another name.
    pub fn of<A: Alias>(self, alias: A) -> Column<As<T, A>, V> {
        let _ = alias;
        Column::new(self.position)
    }
}

/// Declares names for tables that a query reads more than once: `alias!(Boss);`.
///
/// ```
/// peristyle_query::alias!(Boss);
/// ```
#[macro_export]
macro_rules! alias {
    ($($(#[$meta:meta])* $vis:vis $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        $vis struct $name;

        impl $crate::Alias for $name {
            const NAME: &'static str = ::core::stringify!($name);
        }
    )+};
}

/// How a table that is joined belongs to those that the query reads already.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not lead from what the query reads to another table",
    label = "not a reference of a table that the query reads",
    note = "a reference leads from its table to the one it references, or back: `Post::AUTHOR`",
    note = "for another condition: `.join_on::<Post, _>(Post::AUTHOR_ID.eq(User::ID))`"
)]
pub trait Link<S, At> {
    /// The table that is joined.
    type Table: Source;

    /// The condition.
    #[doc(hidden)]
    fn condition(self) -> Tokens;
}

/// A reference is followed to its children, from this place.
#[derive(Debug)]
pub struct ToChildren<At>(PhantomData<At>);

/// A reference is followed to its parent, from this place.
#[derive(Debug)]
pub struct ToParent<At>(PhantomData<At>);

/// The condition that columns of one source equal those of another.
pub(crate) fn equal_columns(
    left: &'static SourceInfo,
    left_columns: &[u16],
    right: &'static SourceInfo,
    right_columns: &[u16],
) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (at, (one, other)) in left_columns.iter().zip(right_columns).enumerate() {
        nodes.push(Node::Column(SourceRef(left), *one));
        nodes.push(Node::Column(SourceRef(right), *other));
        nodes.push(Node::Binary(crate::expr::Binary::Eq));
        if at > 0 {
            nodes.push(Node::Binary(crate::expr::Binary::And));
        }
    }
    nodes
}
