//! Many to many: by the rows between.

use std::fmt;
use std::marker::PhantomData;

use super::{Branch, ChildrenOf, ParentOf};
use crate::expr::{Condition, Order, Plain};
use crate::relation::load::Of;
use crate::relation::{Optional, Reference};
use crate::statement::Statement;
use crate::{Connection, Result, Source};

/// The rows between, each with the one that it leads to.
type Between<C, P, N, B> = ChildrenOf<C, P, N, (ParentOf<C, B, Optional>,), (Plain,)>;

/// The rows of `B` that a row of `P` belongs together with, by the rows of `C`, as a `Vec`.
#[must_use = "a relation is loaded `.with(…)` a query"]
pub struct Through<C, P, N, B, M> {
    children: Between<C, P, N, B>,
    of: PhantomData<fn() -> M>,
}

impl<C, P, N, B, M> fmt::Debug for Through<C, P, N, B, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Through").field("children", &self.children).finish_non_exhaustive()
    }
}

impl<C: Source + Clone, P: Source, N: 'static, B: Source + Clone, M> Through<C, P, N, B, M> {
    pub(super) fn new(children: ChildrenOf<C, P, N>, other: Reference<C, B, M>) -> Self {
        Self { children: children.with(other.parent()), of: PhantomData }
    }

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

    fn load(&self, rows: &[P], connection: &Connection) -> Result<Vec<Vec<B>>> {
        let groups = self.children.load(rows, connection)?;
        let others = groups.into_iter().map(|group| {
            group.into_iter().filter_map(|(_, other): (C, Option<B>)| other).collect()
        });
        Ok(others.collect())
    }

    fn ahead(&self, of: &Of<'_, P>, statements: &mut Vec<Statement>) -> bool {
        self.children.ahead(of, statements)
    }
}
