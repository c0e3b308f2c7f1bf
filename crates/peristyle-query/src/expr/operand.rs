use super::{Column, Expr, Tokens};
use crate::expr::Term;
use crate::{Bind, Reads, Source, Value};

/// A value, or an expression that fits the query as it is.
#[derive(Debug)]
pub struct Plain;

/// What may stand beside a value of `V` in a query that reads `Q`: a value, or a column or expression of the same type,
/// nullable or not.
#[diagnostic::on_unimplemented(
    message = "a value of `{V}` is expected here, not `{Self}`",
    label = "expected `{V}`, or a column of `{V}`",
    note = "for “no value”, ask with `.is_null()`, `.is_not_null()` or `.is(option)`"
)]
pub trait Operand<Q, V, At> {
    /// What it gives in that query: `V`, or `Option<V>` where it may be null.
    type Gives: Value;

    /// Puts it at the end of an expression.
    #[doc(hidden)]
    fn place(self, tokens: &mut Tokens);
}

/// What a column of `V` may be set to: a value (`None` for null), or an expression over the same row.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be set to `{Self}`",
    label = "expected `{V}`, or an expression of `{V}` over the same table"
)]
pub trait Assign<T, V, At> {
    /// Puts it at the end of an expression.
    #[doc(hidden)]
    fn place(self, tokens: &mut Tokens);
}

impl<Q, V: Value> Operand<Q, V, Plain> for V {
    type Gives = V;

    #[inline]
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<Q, V: Value> Operand<Q, V, Plain> for &V {
    type Gives = V;

    #[inline]
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<Q> Operand<Q, String, Plain> for &str {
    type Gives = String;

    #[inline]
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

/// Columns and terms fit where their table is read.
macro_rules! over_a_table {
    ($type:ident) => {
        impl<Q: Reads<T, I>, T: Source, V: Value, I> Operand<Q, V, I> for $type<T, V> {
            type Gives = Q::Seen<V>;

            fn place(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }

        impl<Q: Reads<T, I>, T: Source, V: Value, I> Operand<Q, V, I> for $type<T, Option<V>> {
            type Gives = Option<V::Inner>;

            fn place(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }

        impl<Q: Reads<T, I>, T: Source, V, I> Assign<Q, V, I> for $type<T, V> {
            fn place(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }

        impl<Q: Reads<T, I>, T: Source, V, I> Assign<Q, Option<V>, I> for $type<T, V> {
            fn place(self, tokens: &mut Tokens) {
                tokens.append(self.tokens());
            }
        }
    };
}

over_a_table!(Column);
over_a_table!(Term);

/// One impl for both nullabilities: which of them it is may be known only when the query is.
impl<Q, V, W: Value<Inner = V>> Operand<Q, V, Plain> for Expr<Q, W> {
    type Gives = W;

    fn place(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

impl<T, V: Value> Assign<T, V, Plain> for V {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<T, V: Value> Assign<T, Option<V>, Plain> for V {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<T, V: Value> Assign<T, V, Plain> for &V {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<T, V: Value> Assign<T, Option<V>, Plain> for &V {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<T> Assign<T, String, Plain> for &str {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

impl<T> Assign<T, Option<String>, Plain> for &str {
    fn place(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

impl<T, V> Assign<T, V, Plain> for Expr<T, V> {
    fn place(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

impl<T, V> Assign<T, Option<V>, Plain> for Expr<T, V> {
    fn place(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

/// What rows can be told apart by: a column or an expression of any type.
#[diagnostic::on_unimplemented(
    message = "rows of `{Q}` cannot be put together by `{Self}`",
    label = "expected a column or an expression over the tables that the query reads"
)]
pub trait By<Q, At> {
    /// It by itself.
    #[doc(hidden)]
    fn by(self) -> Tokens;
}

impl<Q: Reads<T, I>, T: Source, V, I> By<Q, I> for Column<T, V> {
    fn by(self) -> Tokens {
        self.tokens()
    }
}

impl<Q: Reads<T, I>, T: Source, V, I> By<Q, I> for Term<T, V> {
    fn by(self) -> Tokens {
        self.tokens()
    }
}

impl<Q, V> By<Q, Plain> for Expr<Q, V> {
    fn by(self) -> Tokens {
        self.tokens
    }
}

/// A constant of `V`: what a list for `in` is made of.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be compared with a list of `{Self}`",
    label = "expected a list of `{V}`"
)]
pub trait Constant<V> {
    /// It as a parameter.
    #[doc(hidden)]
    fn constant(self) -> Bind<'static>;
}

impl<V: Value> Constant<V> for V {
    fn constant(self) -> Bind<'static> {
        self.bind().into_owned()
    }
}

impl<V: Value> Constant<V> for &V {
    fn constant(self) -> Bind<'static> {
        self.bind().into_owned()
    }
}

impl Constant<String> for &str {
    fn constant(self) -> Bind<'static> {
        Bind::Text(self.to_owned().into())
    }
}

impl Constant<String> for &&str {
    fn constant(self) -> Bind<'static> {
        Bind::Text((*self).to_owned().into())
    }
}
