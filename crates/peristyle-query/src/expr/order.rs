use std::marker::PhantomData;
use std::sync::Arc;

use super::{Column, Expr, Node, Term, Tokens};
use crate::bind::Binds;
use crate::source::SourceRef;
use crate::{Reads, Source, Value};

/// A direction to sort in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first, nulls before everything.
    Ascending,
    /// Largest first, nulls behind everything.
    Descending,
}

/// Where nulls stand, if it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// Before everything.
    First,
    /// Behind everything.
    Last,
}

/// What is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OrderKey {
    /// A column.
    Column(SourceRef, u16),
    /// An expression in postfix notation.
    Expr(Arc<[Node]>),
}

/// One thing to sort by, and how.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    /// What.
    pub key: OrderKey,
    /// The direction.
    pub direction: Direction,
    /// Where nulls stand, if it is not where the direction puts them.
    pub nulls: Option<Nulls>,
}

impl OrderTerm {
    /// The column of this source that it sorts by, nulls where the direction puts them.
    pub(crate) fn column_of(&self, source: SourceRef) -> Option<u16> {
        match &self.key {
            OrderKey::Column(of, column) if *of == source && self.nulls.is_none() => Some(*column),
            OrderKey::Column(..) | OrderKey::Expr(_) => None,
        }
    }
}

/// One thing to sort a query by that reads `Q`: `User::NAME.asc()`.
#[derive(Debug)]
pub struct Order<Q> {
    pub(crate) term: OrderTerm,
    pub(crate) binds: Binds,
    of: PhantomData<fn() -> Q>,
}

impl<Q> Order<Q> {
    fn by(tokens: Tokens, direction: Direction) -> Self {
        let Tokens { nodes, binds } = tokens;
        let key = match nodes.as_slice() {
            [Node::Column(source, column)] => OrderKey::Column(*source, *column),
            _ => OrderKey::Expr(nodes.into()),
        };
        Self { term: OrderTerm { key, direction, nulls: None }, binds, of: PhantomData }
    }

    /// Nulls before everything, whatever the direction.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.term.nulls = Some(Nulls::First);
        self
    }

    /// Nulls behind everything, whatever the direction.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.term.nulls = Some(Nulls::Last);
        self
    }
}

macro_rules! sorting {
    ([$($generics:tt)*] $type:ty, [$($lift:tt)*]) => {
        impl<$($generics)*> $type {
            /// Smallest first; nulls before everything.
            pub fn asc<$($lift)*>(self) -> Order<Q> {
                Order::by(self.tokens(), Direction::Ascending)
            }

            /// Largest first; nulls behind everything.
            pub fn desc<$($lift)*>(self) -> Order<Q> {
                Order::by(self.tokens(), Direction::Descending)
            }
        }
    };
}

sorting!([T: Source, V: Value] Column<T, V>, [Q: Reads<T, I>, I]);
sorting!([T: Source, V: Value] Term<T, V>, [Q: Reads<T, I>, I]);
sorting!([Q, V: Value] Expr<Q, V>, []);
