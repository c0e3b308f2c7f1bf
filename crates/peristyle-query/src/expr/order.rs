use std::marker::PhantomData;

/// A direction to sort in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first, nulls before everything.
    Ascending,
    /// Largest first, nulls behind everything.
    Descending,
}

/// One column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    /// The column's position in its source.
    pub column: u16,
    /// The direction.
    pub direction: Direction,
}

/// One column of `S` to sort by: `User::NAME.asc()`.
#[derive(Debug)]
pub struct Order<S> {
    pub(crate) term: OrderTerm,
    of: PhantomData<fn() -> S>,
}

impl<S> Order<S> {
    pub(crate) fn ascending(column: u16) -> Self {
        Self { term: OrderTerm { column, direction: Direction::Ascending }, of: PhantomData }
    }

    pub(crate) fn descending(column: u16) -> Self {
        Self { term: OrderTerm { column, direction: Direction::Descending }, of: PhantomData }
    }
}
