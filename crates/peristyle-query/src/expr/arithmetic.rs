//! `+`, `-`, `*`, `/` and `-x`.
//!
//! An operator stands between columns and values of one table, or between expressions of one query. For columns of two tables
//! there are the methods of the same meaning, because what an operator gives may not depend on the query.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use super::function::Along;
use super::{Binary, Column, Expr, Node, Operand, Term, Tokens, Unary};
use crate::{Number, Reads, Source, Value};

/// What may stand beside a column of `T` in an operation: a value, or a column or term of the same table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be reckoned with a column of `{V}` by an operator",
    label = "expected `{V}`, or a column of `{V}` of the same table",
    note = "with columns of another table: `.plus(…)`, `.minus(…)`, `.times(…)`, `.divided_by(…)`"
)]
pub trait Beside<T, V> {
    /// What it gives: `V`, or `Option<V>` where it may be null.
    type Gives: Value;

    /// Puts it at the end of an expression.
    #[doc(hidden)]
    fn put(self, tokens: &mut Tokens);
}

impl<T, V: Value> Beside<T, V> for V {
    type Gives = V;

    fn put(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<T, V: Value> Beside<T, V> for &V {
    type Gives = V;

    fn put(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

macro_rules! beside {
    ($type:ident) => {
        impl<T: Source, V: Value> Beside<T, V> for $type<T, V> {
            type Gives = V;

            fn put(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }

        impl<T: Source, V: Value> Beside<T, V> for $type<T, Option<V>> {
            type Gives = Option<V::Inner>;

            fn put(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }
    };
}

beside!(Column);
beside!(Term);

impl<Q, V, W: Value<Inner = V>> Beside<Expr<Q, V>, V> for Expr<Q, W> {
    type Gives = W;

    fn put(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

fn reckoned<T, V>(mut tokens: Tokens, operator: Binary, other: impl Beside<T, V>) -> Tokens {
    other.put(&mut tokens);
    tokens.nodes.push(Node::Binary(operator));
    tokens
}

macro_rules! operators {
    ($([$trait:ident, $method:ident, $operator:ident])+) => {$(
        operators!(@over_a_table Column, $trait, $method, $operator);
        operators!(@over_a_table Term, $trait, $method, $operator);

        impl<Q, V: Value<Inner: Number>, R: Beside<Expr<Q, V::Inner>, V::Inner>> $trait<R>
            for Expr<Q, V>
        {
            type Output = Expr<Q, Along<R::Gives, V>>;

            fn $method(self, other: R) -> Self::Output {
                Expr::new(reckoned(self.tokens, Binary::$operator, other))
            }
        }
    )+};
    (@over_a_table $type:ident, $trait:ident, $method:ident, $operator:ident) => {
        impl<T: Source, V: Value<Inner: Number>, R: Beside<T, V::Inner>> $trait<R> for $type<T, V> {
            type Output = Term<T, Along<R::Gives, V>>;

            fn $method(self, other: R) -> Self::Output {
                Term::new(reckoned(self.tokens(), Binary::$operator, other))
            }
        }
    };
}

operators! {
    [Add, add, Add]
    [Sub, sub, Subtract]
    [Mul, mul, Multiply]
    [Div, div, Divide]
    [Rem, rem, Remainder]
}

macro_rules! negation {
    ($type:ident, $given:ident) => {
        impl<T: Source, V: Value<Inner: Number>> Neg for $type<T, V> {
            type Output = $given<T, V>;

            fn neg(self) -> $given<T, V> {
                $given::new(self.tokens().unary(Unary::Negate))
            }
        }
    };
}

negation!(Column, Term);
negation!(Term, Term);

impl<Q, V: Value<Inner: Number>> Neg for Expr<Q, V> {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(self.tokens.unary(Unary::Negate))
    }
}

macro_rules! methods {
    ([$($generics:tt)*] $type:ty, [$($lift:tt)*], $seen:ty) => {
        impl<$($generics)*> $type {
            methods!(@one "The sum, also with a column of another table.", plus, Add, [$($lift)*], $seen);
            methods!(@one "The difference, also with a column of another table.", minus, Subtract, [$($lift)*], $seen);
            methods!(@one "The product, also with a column of another table.", times, Multiply, [$($lift)*], $seen);
            methods!(@one "The quotient, also with a column of another table. Whole numbers give a whole number.", divided_by, Divide, [$($lift)*], $seen);
        }
    };
    (@one $doc:literal, $method:ident, $operator:ident, [$($lift:tt)*], $seen:ty) => {
        #[doc = $doc]
        pub fn $method<$($lift)* O, J>(self, other: O) -> Expr<Q, Along<O::Gives, $seen>>
        where
            O: Operand<Q, V::Inner, J>,
            V::Inner: Number,
        {
            Expr::new(self.tokens().binary(Binary::$operator, other))
        }
    };
}

methods!([T: Source, V: Value] Column<T, V>, [Q: Reads<T, I>, I,], Q::Seen<V>);
methods!([T: Source, V: Value] Term<T, V>, [Q: Reads<T, I>, I,], Q::Seen<V>);
methods!([Q, V: Value] Expr<Q, V>, [], V);
