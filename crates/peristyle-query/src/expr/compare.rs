use super::{Among, Binary, Column, Element, Expr, Node, Operand, Predicate, Term, Tokens, Unary};
use crate::{Bind, Reads, Source, Text, Value};

/// The comparisons that a column and an expression over columns have in common.
macro_rules! comparisons {
    ([$($generics:tt)*] $type:ty, [$($lift:tt)*]) => {
        impl<$($generics)*> $type {
            #[doc = "Equal: `=`."]
            pub fn eq<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Eq, other))
            }

            #[doc = "Not equal: `<>`. A null is neither equal nor unequal."]
            pub fn ne<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Ne, other))
            }

            #[doc = "Less: `<`."]
            pub fn lt<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Lt, other))
            }

            #[doc = "Less or equal: `<=`."]
            pub fn le<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Le, other))
            }

            #[doc = "Greater: `>`."]
            pub fn gt<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Gt, other))
            }

            #[doc = "Greater or equal: `>=`."]
            pub fn ge<$($lift)* J>(self, other: impl Operand<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(self.tokens().binary(Binary::Ge, other))
            }


            /// Equal, or both null: `IS NOT DISTINCT FROM`.
            pub fn is<$($lift)* J>(self, value: Option<impl Operand<Q, V::Inner, J>>) -> Predicate<Q> {
                Predicate::new(distinct(self.tokens(), value, Binary::Is))
            }

            /// Unequal, or just one of the two null: `IS DISTINCT FROM`.
            pub fn is_not<$($lift)* J>(self, value: Option<impl Operand<Q, V::Inner, J>>) -> Predicate<Q> {
                Predicate::new(distinct(self.tokens(), value, Binary::IsNot))
            }

            /// Without a value: `IS NULL`.
            pub fn is_null<$($lift)*>(self) -> Predicate<Q> {
                Predicate::new(self.tokens().unary(Unary::IsNull))
            }

            /// With a value: `IS NOT NULL`.
            pub fn is_not_null<$($lift)*>(self) -> Predicate<Q> {
                Predicate::new(self.tokens().unary(Unary::IsNotNull))
            }

            /// One of these values, or of the values that a query gives: `IN`. A list of any length is one parameter, so its
            /// statement is prepared once.
            pub fn is_in<$($lift)* J>(self, values: impl Among<Q, V::Inner, J>) -> Predicate<Q> {
                Predicate::new(values.among(self.tokens(), false))
            }

            /// None of these values, nor of the values that a query gives: `NOT IN`.
            pub fn is_not_in<$($lift)* J>(
                self,
                values: impl Among<Q, V::Inner, J>,
            ) -> Predicate<Q> {
                Predicate::new(values.among(self.tokens(), true))
            }

            /// From `low` to `high`, both included: `BETWEEN`.
            pub fn between<$($lift)* J, K>(
                self,
                low: impl Operand<Q, V::Inner, J>,
                high: impl Operand<Q, V::Inner, K>,
            ) -> Predicate<Q> {
                let mut tokens = self.tokens();
                low.place(&mut tokens);
                high.place(&mut tokens);
                tokens.nodes.push(Node::Between);
                Predicate::new(tokens)
            }

            /// Text of this form: `LIKE`, where `%` stands for any text and `_` for one character; a backslash before
            /// them takes them literally.
            ///
            /// Whether case counts is the database's choice: on SQLite it does not, for the letters of ASCII; on PostgreSQL it
            /// does. [`ilike`](Self::ilike) asks for any case on both.
            pub fn like<$($lift)* J>(self, pattern: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::Like, pattern))
            }

            /// Text that is not of this form: `NOT LIKE`.
            pub fn not_like<$($lift)* J>(self, pattern: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::NotLike, pattern))
            }

            /// Text of this form, whatever the case of its letters: on SQLite those of ASCII, on PostgreSQL all.
            pub fn ilike<$($lift)* J>(self, pattern: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::LikeAnyCase, pattern))
            }

            /// Text that is not of this form, whatever the case of its letters.
            pub fn not_ilike<$($lift)* J>(self, pattern: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::NotLikeAnyCase, pattern))
            }

            /// Text that begins with this text, case kept.
            pub fn starts_with<$($lift)* J>(self, text: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::StartsWith, text))
            }

            /// Text that ends with this text, case kept.
            pub fn ends_with<$($lift)* J>(self, text: impl Operand<Q, String, J>) -> Predicate<Q>
            where
                V::Inner: Text,
            {
                Predicate::new(self.tokens().binary(Binary::EndsWith, text))
            }

            /// A JSON list that holds this element, or text that holds this text (case kept).
            pub fn contains<$($lift)* E>(self, element: E) -> Predicate<Q>
            where
                V::Inner: Element<E>,
            {
                let (operator, element) = <V::Inner as Element<E>>::element(element);
                let mut tokens = self.tokens();
                tokens.bind(element);
                tokens.nodes.push(Node::Binary(operator));
                Predicate::new(tokens)
            }

            /// A list that holds each of these elements, or text that holds each of these texts. It holds each of none.
            pub fn contains_all<$($lift)* E>(self, elements: impl IntoIterator<Item = E>) -> Predicate<Q>
            where
                V::Inner: Element<E>,
            {
                let tokens = self.tokens();
                let each = elements.into_iter().map(<V::Inner as Element<E>>::element);
                Predicate::new(each_of(&tokens, each, Binary::And))
            }

            /// A list that holds one of these elements at least, or text that holds one of these texts.
            pub fn contains_any<$($lift)* E>(self, elements: impl IntoIterator<Item = E>) -> Predicate<Q>
            where
                V::Inner: Element<E>,
            {
                let tokens = self.tokens();
                let each = elements.into_iter().map(<V::Inner as Element<E>>::element);
                Predicate::new(each_of(&tokens, each, Binary::Or))
            }
        }
    };
}

comparisons!([T: Source, V: Value] Column<T, V>, [Q: Reads<T, I>, I,]);
comparisons!([T: Source, V: Value] Term<T, V>, [Q: Reads<T, I>, I,]);
comparisons!([Q, V: Value] Expr<Q, V>, []);

fn distinct<Q, V, J>(
    mut tokens: Tokens,
    value: Option<impl Operand<Q, V, J>>,
    operator: Binary,
) -> Tokens {
    match value {
        Some(value) => value.place(&mut tokens),
        None => tokens.bind(Bind::Null),
    }
    tokens.nodes.push(Node::Binary(operator));
    tokens
}

/// The question for each element whether what the tokens give holds it, joined.
fn each_of(
    of: &Tokens,
    elements: impl Iterator<Item = (Binary, Bind<'static>)>,
    joined: Binary,
) -> Tokens {
    let mut tokens = Tokens::default();
    for (at, (operator, element)) in elements.enumerate() {
        tokens.append(of.clone());
        tokens.bind(element);
        tokens.nodes.push(Node::Binary(operator));
        if at > 0 {
            tokens.nodes.push(Node::Binary(joined));
        }
    }
    if tokens.nodes.is_empty() {
        tokens.bind(Bind::Bool(joined == Binary::And));
    }
    tokens
}
