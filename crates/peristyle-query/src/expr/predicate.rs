use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use super::{Binary, Column, Expr, Node, Plain, Tokens, Unary};
use crate::{Reads, Source};

/// A condition on the rows of a query that reads `S`.
///
/// Conditions are joined with `&` and `|` and turned round with `!`, or with [`and`](Self::and), [`or`](Self::or) and
/// [`not`](Self::not).
pub struct Predicate<S> {
    pub(crate) tokens: Tokens,
    of: PhantomData<fn() -> S>,
}

impl<S> Predicate<S> {
    pub(crate) fn new(tokens: Tokens) -> Self {
        Self { tokens, of: PhantomData }
    }

    fn join(mut self, other: Self, operator: Binary) -> Self {
        self.tokens.append(other.tokens);
        self.tokens.nodes.push(Node::Binary(operator));
        self
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.join(other, Binary::And)
    }

    /// One of the two holds, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.join(other, Binary::Or)
    }

    /// It does not hold.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "it does, and needs no import this way")]
    pub fn not(mut self) -> Self {
        self.tokens.nodes.push(Node::Unary(Unary::Not));
        self
    }
}

impl<S> Clone for Predicate<S> {
    fn clone(&self) -> Self {
        Self::new(self.tokens.clone())
    }
}

impl<S> fmt::Debug for Predicate<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.fmt(f)
    }
}

impl<S> BitAnd for Predicate<S> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<S> BitOr for Predicate<S> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<S> Not for Predicate<S> {
    type Output = Self;

    fn not(self) -> Self {
        Self::not(self)
    }
}

/// What a query that reads `Q` can be filtered by: a [`Predicate`], a column or expression of `bool`, or an `Option` of one,
/// where `None` filters nothing. So a filter that may or may not be given leaves the query's type as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on `{Q}`",
    label = "expected a condition on the columns that the query reads",
    note = "a query is filtered by columns of the tables it reads"
)]
pub trait Condition<Q, At> {
    /// It as postfix tokens; none if nothing is filtered.
    #[doc(hidden)]
    fn into_tokens(self) -> Tokens;
}

impl<Q> Condition<Q, Plain> for Predicate<Q> {
    #[inline]
    fn into_tokens(self) -> Tokens {
        self.tokens
    }
}

impl<Q: Reads<T, I>, T: Source, I> Condition<Q, I> for Column<T, bool> {
    fn into_tokens(self) -> Tokens {
        self.tokens()
    }
}

impl<Q> Condition<Q, Plain> for Expr<Q, bool> {
    fn into_tokens(self) -> Tokens {
        self.tokens
    }
}

impl<Q, I, C: Condition<Q, I>> Condition<Q, I> for Option<C> {
    fn into_tokens(self) -> Tokens {
        self.map_or_else(Tokens::default, C::into_tokens)
    }
}

impl<T: Source> Predicate<T> {
    /// The same condition for a query that reads more than this table.
    pub fn within<Q: Reads<T, I>, I>(self) -> Predicate<Q> {
        Predicate::new(self.tokens)
    }
}
