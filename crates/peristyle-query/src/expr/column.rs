use std::fmt;
use std::marker::PhantomData;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::{Binary, Function, Node, Operand, Tokens, Unary};
use crate::source::SourceRef;
use crate::{Number, Source, Text, Value};

/// A column of `S` that holds values of `V`.
///
/// The derive makes one constant for each field: `User::EMAIL`.
pub struct Column<S, V> {
    pub(crate) position: u16,
    of: PhantomData<fn() -> (S, V)>,
}

impl<S, V> Column<S, V> {
    /// The column of the field at this position. The derive calls it.
    #[doc(hidden)]
    pub const fn new(position: u16) -> Self {
        Self { position, of: PhantomData }
    }
}

impl<S, V> Clone for Column<S, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, V> Copy for Column<S, V> {}

impl<S: Source, V> fmt::Debug for Column<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", S::SOURCE.name, S::SOURCE.column_name(self.position))
    }
}

/// An expression over columns of `S` that gives values of `V`.
pub struct Expr<S, V> {
    pub(crate) tokens: Tokens,
    of: PhantomData<fn() -> (S, V)>,
}

impl<S, V> Clone for Expr<S, V> {
    fn clone(&self) -> Self {
        Self::new(self.tokens.clone())
    }
}

impl<S, V> fmt::Debug for Expr<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.fmt(f)
    }
}

impl<S, V> Expr<S, V> {
    pub(crate) fn new(tokens: Tokens) -> Self {
        Self { tokens, of: PhantomData }
    }
}

impl<S: Source, V> From<Column<S, V>> for Expr<S, V> {
    fn from(column: Column<S, V>) -> Self {
        let mut tokens = Tokens::default();
        // Room for the usual `column, parameter, operator`.
        tokens.nodes.reserve_exact(4);
        tokens.nodes.push(Node::Column(SourceRef(S::SOURCE), column.position));
        Self::new(tokens)
    }
}

impl<S: Source, V: Value> Expr<S, V> {
    pub(crate) fn binary<W>(mut self, operator: Binary, other: impl Operand<S, W>) -> Tokens {
        other.push(&mut self.tokens);
        self.tokens.nodes.push(Node::Binary(operator));
        self.tokens
    }

    pub(crate) fn unary(mut self, operator: Unary) -> Tokens {
        self.tokens.nodes.push(Node::Unary(operator));
        self.tokens
    }

    fn call(mut self, function: Function, arguments: u8) -> Tokens {
        self.tokens.nodes.push(Node::Call(function, arguments));
        self.tokens
    }
}

/// What a column and an expression over columns have in common besides comparisons.
macro_rules! operations {
    ($type:ident) => {
        impl<S: Source, V: Value> $type<S, V> {
            /// This value, or another one where it is null.
            pub fn coalesce(self, other: impl Operand<S, V::Inner>) -> Expr<S, V::Inner> {
                let mut expr = Expr::from(self);
                other.push(&mut expr.tokens);
                Expr::new(expr.call(Function::Coalesce, 2))
            }

            /// The text in lower case.
            pub fn lower(self) -> Expr<S, V>
            where
                V::Inner: Text,
            {
                Expr::new(Expr::from(self).call(Function::Lower, 1))
            }

            /// The text in upper case.
            pub fn upper(self) -> Expr<S, V>
            where
                V::Inner: Text,
            {
                Expr::new(Expr::from(self).call(Function::Upper, 1))
            }

            /// The number of characters.
            pub fn length(self) -> Expr<S, i64>
            where
                V::Inner: Text,
            {
                Expr::new(Expr::from(self).call(Function::Length, 1))
            }

            /// The text with other text behind it.
            pub fn concat(self, other: impl Operand<S, V::Inner>) -> Expr<S, V>
            where
                V::Inner: Text,
            {
                Expr::new(Expr::from(self).binary(Binary::Concat, other))
            }
        }

        operations!(@reckon $type, Add, add, Add);
        operations!(@reckon $type, Sub, sub, Subtract);
        operations!(@reckon $type, Mul, mul, Multiply);
        operations!(@reckon $type, Div, div, Divide);

        impl<S: Source, V: Value<Inner: Number>> Neg for $type<S, V> {
            type Output = Expr<S, V>;

            fn neg(self) -> Expr<S, V> {
                Expr::new(Expr::from(self).unary(Unary::Negate))
            }
        }
    };
    (@reckon $type:ident, $trait:ident, $method:ident, $operator:ident) => {
        impl<S: Source, V: Value<Inner: Number>, R: Operand<S, V::Inner>> $trait<R> for $type<S, V> {
            type Output = Expr<S, V>;

            fn $method(self, other: R) -> Expr<S, V> {
                Expr::new(Expr::from(self).binary(Binary::$operator, other))
            }
        }
    };
}

operations!(Column);
operations!(Expr);
