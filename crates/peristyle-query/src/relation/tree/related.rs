//! What more is said about a relation: which rows, in which order, how many, and what belongs to them in turn.

use std::fmt;
use std::marker::PhantomData;

use super::{Branch, Push, Through};
use crate::Source;
use crate::expr::{Condition, Order, Tokens};
use crate::relation::load::Related;
use crate::relation::{Optional, Reference};
use crate::scoped::ScopeName;

/// What is asked of the rows of a relation.
pub(super) struct Asked<T> {
    filter: Vec<Tokens>,
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
    /// The rows of a relation that fulfil it.
    pub(super) fn of(&self, mut related: Related) -> Related {
        for condition in &self.filter {
            related.filter.and(condition.clone());
        }
        for order in &self.order {
            related.select.order.push(order.term.clone());
            related.order.extend(order.binds.iter().cloned());
        }
        for name in &self.lifted {
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
            pub(super) reference: Reference<C, P, N>,
            pub(super) asked: Asked<$row>,
            pub(super) nest: L,
            pub(super) of: PhantomData<fn() -> At>,
        }

        impl<$($parameter,)+ L, At> fmt::Debug for $type<$($parameter,)+ L, At> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type)).field("reference", &self.reference).finish_non_exhaustive()
            }
        }

        impl<C: Source, P: Source, N, L, At> $type<C, P, N, L, At> {
            pub(super) fn new(reference: Reference<C, P, N>, nest: L) -> Self {
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
    pub fn parent(self) -> ParentOf<C, P, Optional> {
        ParentOf::new(self.present(), ())
    }

    /// The rows of another table that a row of `P` belongs together with, by the rows of `C`: many to many.
    ///
    /// `Membership::USER.through(Membership::CLUB)` leads from users to clubs.
    pub fn through<B, M>(self, other: Reference<C, B, M>) -> Through<C, P, N, B, M>
    where
        C: Clone,
        N: 'static,
        B: Source + Clone,
    {
        Through::new(self.children(), other)
    }
}
