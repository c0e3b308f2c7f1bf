use super::{Column, Expr, Node, Tokens};
use crate::source::SourceRef;
use crate::{Bind, Source, Value};

/// What may stand beside a value of `V` in an expression over `S`: a value, or another column or expression of the same
/// type, nullable or not.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be compared with `{Self}`",
    label = "expected `{V}`, or a column of `{V}` of the same table",
    note = "for “no value”, ask with `.is_null()`, `.is_not_null()` or `.is(option)`"
)]
pub trait Operand<S, V> {
    /// Puts it at the end of an expression.
    #[doc(hidden)]
    fn push(self, tokens: &mut Tokens);
}

/// What a column of `V` may be set to: a value (`None` for null), or an expression over the same row.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be set to `{Self}`",
    label = "expected `{V}`, or an expression of `{V}` over the same table"
)]
pub trait Assign<S, V> {
    /// Puts it at the end of an expression.
    #[doc(hidden)]
    fn push(self, tokens: &mut Tokens);
}

impl<S, V: Value> Operand<S, V> for V {
    #[inline]
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S, V: Value> Operand<S, V> for &V {
    #[inline]
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S> Operand<S, String> for &str {
    #[inline]
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

impl<S: Source, V> Operand<S, V> for Column<S, V> {
    fn push(self, tokens: &mut Tokens) {
        tokens.nodes.push(Node::Column(SourceRef(S::SOURCE), self.position));
    }
}

impl<S: Source, V> Operand<S, V> for Column<S, Option<V>> {
    fn push(self, tokens: &mut Tokens) {
        tokens.nodes.push(Node::Column(SourceRef(S::SOURCE), self.position));
    }
}

impl<S, V> Operand<S, V> for Expr<S, V> {
    fn push(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

impl<S, V> Operand<S, V> for Expr<S, Option<V>> {
    fn push(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

impl<S, V: Value> Assign<S, V> for V {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S, V: Value> Assign<S, Option<V>> for V {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S, V: Value> Assign<S, V> for &V {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S, V: Value> Assign<S, Option<V>> for &V {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(self.bind().into_owned());
    }
}

impl<S> Assign<S, String> for &str {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

impl<S> Assign<S, Option<String>> for &str {
    fn push(self, tokens: &mut Tokens) {
        tokens.bind(Bind::Text(self.to_owned().into()));
    }
}

impl<S: Source, V> Assign<S, V> for Column<S, V> {
    fn push(self, tokens: &mut Tokens) {
        Operand::<S, V>::push(self, tokens);
    }
}

impl<S: Source, V> Assign<S, Option<V>> for Column<S, V> {
    fn push(self, tokens: &mut Tokens) {
        Operand::<S, V>::push(self, tokens);
    }
}

impl<S, V> Assign<S, V> for Expr<S, V> {
    fn push(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
    }
}

impl<S, V> Assign<S, Option<V>> for Expr<S, V> {
    fn push(self, tokens: &mut Tokens) {
        tokens.append(self.tokens);
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
