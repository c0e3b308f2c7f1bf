use std::fmt;
use std::marker::PhantomData;

use super::{Binary, Function, Node, Operand, Tokens, Unary};
use crate::Source;
use crate::source::SourceRef;

/// A column of `T` that holds values of `V`.
///
/// The derive makes one constant for each field: `User::EMAIL`. What is made of it fits every query that reads `T`.
pub struct Column<T, V> {
    pub(crate) position: u16,
    of: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Column<T, V> {
    /// The column of the field at this position. The derive calls it.
    #[doc(hidden)]
    pub const fn new(position: u16) -> Self {
        Self { position, of: PhantomData }
    }
}

impl<T, V> Clone for Column<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Column<T, V> {}

impl<T: Source, V> fmt::Debug for Column<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", T::SOURCE.name, T::SOURCE.column_name(self.position))
    }
}

impl<T: Source, V> Column<T, V> {
    #[inline]
    pub(crate) fn node(self) -> Node {
        Node::Column(SourceRef(T::SOURCE), self.position)
    }

    #[inline]
    pub(crate) fn tokens(self) -> Tokens {
        let mut tokens = Tokens::default();
        // Room for the usual `column, parameter, operator`.
        tokens.nodes.reserve_exact(4);
        tokens.nodes.push(self.node());
        tokens
    }
}

/// What is reckoned from columns of `T` alone: `Post::VIEWS + 1`. It fits every query that reads `T`, as a column does.
pub struct Term<T, V> {
    tokens: Tokens,
    of: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Term<T, V> {
    pub(crate) fn new(tokens: Tokens) -> Self {
        Self { tokens, of: PhantomData }
    }

    pub(crate) fn tokens(self) -> Tokens {
        self.tokens
    }
}

impl<T, V> Clone for Term<T, V> {
    fn clone(&self) -> Self {
        Self::new(self.tokens.clone())
    }
}

impl<T, V> fmt::Debug for Term<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.fmt(f)
    }
}

/// An expression in a query that reads `Q`, which gives values of `V`.
pub struct Expr<Q, V> {
    pub(crate) tokens: Tokens,
    of: PhantomData<fn() -> (Q, V)>,
}

impl<Q, V> Clone for Expr<Q, V> {
    fn clone(&self) -> Self {
        Self::new(self.tokens.clone())
    }
}

impl<Q, V> fmt::Debug for Expr<Q, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.fmt(f)
    }
}

impl<Q, V> Expr<Q, V> {
    pub(crate) fn new(tokens: Tokens) -> Self {
        Self { tokens, of: PhantomData }
    }

    pub(crate) fn tokens(self) -> Tokens {
        self.tokens
    }
}

impl Tokens {
    /// With an operator behind it and an operand.
    pub(crate) fn binary<Q, W, J>(
        mut self,
        operator: Binary,
        other: impl Operand<Q, W, J>,
    ) -> Self {
        other.place(&mut self);
        self.nodes.push(Node::Binary(operator));
        self
    }

    /// With an operator behind it.
    pub(crate) fn unary(mut self, operator: Unary) -> Self {
        self.nodes.push(Node::Unary(operator));
        self
    }

    /// With one more operand.
    pub(crate) fn operand<Q, W, J>(mut self, other: impl Operand<Q, W, J>) -> Self {
        other.place(&mut self);
        self
    }

    /// As the arguments of a function.
    pub(crate) fn call(mut self, function: Function, arguments: u8) -> Self {
        self.nodes.push(Node::Call(function, arguments));
        self
    }
}

/// A value as an expression, for where an expression is asked for.
pub fn value<Q, V: super::Castable>(value: V) -> Expr<Q, V> {
    let mut tokens = Tokens::default();
    tokens.bind(value.bind().into_owned());
    tokens.nodes.push(Node::Cast(V::CAST));
    Expr::new(tokens)
}
