use super::{
    Binary, Column, Constant, Element, Expr, Node, Operand, Order, Predicate, Tokens, Unary,
};
use crate::{Bind, Source, Text, Value};

/// The comparisons that a column and an expression over columns have in common.
macro_rules! comparisons {
    ($type:ident) => {
        impl<S: Source, V: Value> $type<S, V> {
            comparisons!(@binary "Equal: `=`.", eq, Eq);
            comparisons!(@binary "Not equal: `<>`. A null is neither equal nor unequal.", ne, Ne);
            comparisons!(@binary "Less: `<`.", lt, Lt);
            comparisons!(@binary "Less or equal: `<=`.", le, Le);
            comparisons!(@binary "Greater: `>`.", gt, Gt);
            comparisons!(@binary "Greater or equal: `>=`.", ge, Ge);

            /// Equal, or both null: `IS NOT DISTINCT FROM`.
            pub fn is(self, value: Option<impl Operand<S, V::Inner>>) -> Predicate<S> {
                self.distinct(value, Binary::Is)
            }

            /// Unequal, or just one of the two null: `IS DISTINCT FROM`.
            pub fn is_not(self, value: Option<impl Operand<S, V::Inner>>) -> Predicate<S> {
                self.distinct(value, Binary::IsNot)
            }

            fn distinct(
                self,
                value: Option<impl Operand<S, V::Inner>>,
                operator: Binary,
            ) -> Predicate<S> {
                let mut tokens = Expr::from(self).tokens;
                match value {
                    Some(value) => value.push(&mut tokens),
                    None => tokens.bind(Bind::Null),
                }
                tokens.nodes.push(Node::Binary(operator));
                Predicate::new(tokens)
            }

            /// Without a value: `IS NULL`.
            pub fn is_null(self) -> Predicate<S> {
                Predicate::new(Expr::from(self).unary(Unary::IsNull))
            }

            /// With a value: `IS NOT NULL`.
            pub fn is_not_null(self) -> Predicate<S> {
                Predicate::new(Expr::from(self).unary(Unary::IsNotNull))
            }

            /// One of these values: `IN`. A list of any length is one parameter, so its statement is prepared once.
            pub fn is_in<I>(self, values: I) -> Predicate<S>
            where
                I: IntoIterator<Item: Constant<V::Inner>>,
            {
                Predicate::new(Expr::from(self).list(Binary::In, values))
            }

            /// None of these values: `NOT IN`.
            pub fn is_not_in<I>(self, values: I) -> Predicate<S>
            where
                I: IntoIterator<Item: Constant<V::Inner>>,
            {
                Predicate::new(Expr::from(self).list(Binary::NotIn, values))
            }

            /// From `low` to `high`, both included: `BETWEEN`.
            pub fn between(
                self,
                low: impl Operand<S, V::Inner>,
                high: impl Operand<S, V::Inner>,
            ) -> Predicate<S> {
                let mut tokens = Expr::from(self).tokens;
                low.push(&mut tokens);
                high.push(&mut tokens);
                tokens.nodes.push(Node::Between);
                Predicate::new(tokens)
            }

            /// Text of this form: `LIKE`, where `%` stands for any text and `_` for one character; a backslash before
            /// them takes them literally.
            ///
            /// Whether case counts is the database's choice: on SQLite it does not, for the letters of ASCII; on PostgreSQL it
            /// does. [`ilike`](Self::ilike) asks for any case on both.
            pub fn like(self, pattern: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::Like, pattern))
            }

            /// Text that is not of this form: `NOT LIKE`.
            pub fn not_like(self, pattern: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::NotLike, pattern))
            }

            /// Text of this form, whatever the case of its letters: on SQLite those of ASCII, on PostgreSQL all.
            pub fn ilike(self, pattern: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::LikeAnyCase, pattern))
            }

            /// Text that is not of this form, whatever the case of its letters.
            pub fn not_ilike(self, pattern: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::NotLikeAnyCase, pattern))
            }

            /// Text that begins with this text, case kept.
            pub fn starts_with(self, text: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::StartsWith, text))
            }

            /// Text that ends with this text, case kept.
            pub fn ends_with(self, text: impl Operand<S, String>) -> Predicate<S>
            where
                V::Inner: Text,
            {
                Predicate::new(Expr::from(self).binary(Binary::EndsWith, text))
            }

            /// A JSON list that holds this element, or text that holds this text (case kept).
            pub fn contains<E>(self, element: E) -> Predicate<S>
            where
                V::Inner: Element<E>,
            {
                let (operator, element) = <V::Inner as Element<E>>::element(element);
                let mut tokens = Expr::from(self).tokens;
                tokens.bind(element);
                tokens.nodes.push(Node::Binary(operator));
                Predicate::new(tokens)
            }
        }
    };
    (@binary $doc:literal, $method:ident, $operator:ident) => {
        #[doc = $doc]
        pub fn $method(self, other: impl Operand<S, V::Inner>) -> Predicate<S> {
            Predicate::new(Expr::from(self).binary(Binary::$operator, other))
        }
    };
}

comparisons!(Column);
comparisons!(Expr);

impl<S: Source, V: Value> Expr<S, V> {
    fn list<I>(mut self, operator: Binary, values: I) -> Tokens
    where
        I: IntoIterator<Item: Constant<V::Inner>>,
    {
        let list = values.into_iter().map(Constant::constant).collect();
        self.tokens.bind(Bind::List(list));
        self.tokens.nodes.push(Node::Binary(operator));
        self.tokens
    }
}

impl<S: Source, V: Value> Column<S, V> {
    /// Smallest first.
    pub fn asc(self) -> Order<S> {
        Order::ascending(self.position)
    }

    /// Largest first.
    pub fn desc(self) -> Order<S> {
        Order::descending(self.position)
    }
}
