//! Functions of many rows' values.

use std::sync::Arc;

use super::{
    By, Column, Expr, Function, Node, Nulls, Order, OrderKey, Over, Plain, Predicate, Reckoning,
    Term, Tokens,
};
use crate::expr::Direction;
use crate::{Number, Reads, Source, Text, Value};

/// The number of rows: `count(*)`.
pub fn count<Q>() -> Expr<Q, i64> {
    Expr::new(Tokens::default().call(Function::CountRows, 0))
}

macro_rules! aggregates {
    ([$($generics:tt)*] $type:ty, [$($lift:tt)*]) => {
        impl<$($generics)*> $type {
            /// How many rows have a value.
            pub fn count<$($lift)*>(self) -> Expr<Q, i64> {
                Expr::new(self.tokens().call(Function::Count, 1))
            }

            /// How many different values there are.
            pub fn count_distinct<$($lift)*>(self) -> Expr<Q, i64> {
                Expr::new(self.tokens().call(Function::CountDistinct, 1))
            }

            /// The sum; null where there is no value.
            pub fn sum<$($lift)*>(self) -> Expr<Q, Option<<V::Inner as Number>::Sum>>
            where
                V::Inner: Number,
            {
                Expr::new(self.tokens().call(Function::Sum, 1).settled(V::Inner::KIND))
            }

            /// The mean; null where there is no value.
            pub fn avg<$($lift)*>(self) -> Expr<Q, Option<f64>>
            where
                V::Inner: Number,
            {
                Expr::new(self.tokens().call(Function::Average, 1).settled(Reckoning::Real))
            }

            /// The smallest value; null where there is none.
            pub fn min<$($lift)*>(self) -> Expr<Q, Option<V::Inner>> {
                Expr::new(self.tokens().call(Function::Min, 1))
            }

            /// The largest value; null where there is none.
            pub fn max<$($lift)*>(self) -> Expr<Q, Option<V::Inner>> {
                Expr::new(self.tokens().call(Function::Max, 1))
            }

            /// The texts one behind the other, with this between them; null where there is none.
            pub fn joined<$($lift)*>(self, between: &str) -> Expr<Q, Option<String>>
            where
                V::Inner: Text,
            {
                let tokens = self.tokens().operand::<Q, String, Plain>(between);
                Expr::new(tokens.call(Function::Joined, 2))
            }

            /// The value of the row so many rows before this one in its window; null where there is none.
            pub fn lag<$($lift)*>(self, rows: u32) -> Windowed<Q, Option<V::Inner>> {
                let tokens = self.tokens().operand::<Q, i64, Plain>(i64::from(rows));
                Windowed(Expr::new(tokens.call(Function::Lag, 2)))
            }

            /// The value of the row so many rows behind this one in its window; null where there is none.
            pub fn lead<$($lift)*>(self, rows: u32) -> Windowed<Q, Option<V::Inner>> {
                let tokens = self.tokens().operand::<Q, i64, Plain>(i64::from(rows));
                Windowed(Expr::new(tokens.call(Function::Lead, 2)))
            }

            /// The value of the first row of the window.
            pub fn first_value<$($lift)*>(self) -> Windowed<Q, Option<V::Inner>> {
                Windowed(Expr::new(self.tokens().call(Function::FirstValue, 1)))
            }

            /// The value of the last row of the window, which ends at this row where the window is sorted.
            pub fn last_value<$($lift)*>(self) -> Windowed<Q, Option<V::Inner>> {
                Windowed(Expr::new(self.tokens().call(Function::LastValue, 1)))
            }
        }
    };
}

aggregates!([T: Source, V: Value] Column<T, V>, [Q: Reads<T, I>, I]);
aggregates!([T: Source, V: Value] Term<T, V>, [Q: Reads<T, I>, I]);
aggregates!([Q, V: Value] Expr<Q, V>, []);

impl<Q, V> Expr<Q, V> {
    /// The aggregate over those rows only that fulfil this condition: `FILTER (WHERE …)`.
    pub fn filter_where(self, condition: Predicate<Q>) -> Self {
        Self::new(self.tokens.behind(|mut tokens| {
            tokens.append(condition.tokens);
            tokens.nodes.push(Node::Filtered);
            tokens
        }))
    }

    /// The aggregate over the rows of a window, for each row: `OVER (…)`.
    pub fn over(self, window: Window<Q>) -> Self {
        Self::new(self.tokens.behind(|tokens| window.over(tokens)))
    }
}

impl Tokens {
    /// As the type that an aggregate of such numbers has in Rust.
    fn settled(mut self, reckoning: Reckoning) -> Self {
        self.nodes.push(Node::Settled(reckoning));
        self
    }

    /// With more said about an aggregate, before its type.
    fn behind(mut self, more: impl FnOnce(Self) -> Self) -> Self {
        let settled = match self.nodes.last() {
            Some(Node::Settled(reckoning)) => Some(*reckoning),
            _ => None,
        };
        if settled.is_some() {
            self.nodes.pop();
        }
        let tokens = more(self);
        match settled {
            Some(reckoning) => tokens.settled(reckoning),
            None => tokens,
        }
    }
}

/// A function that needs a window: it is an expression by `.over(…)`.
#[derive(Debug, Clone)]
#[must_use = "a window function is an expression when it has its window: `.over(window())`"]
pub struct Windowed<Q, V>(Expr<Q, V>);

impl<Q, V> Windowed<Q, V> {
    /// In this window.
    pub fn over(self, window: Window<Q>) -> Expr<Q, V> {
        self.0.over(window)
    }
}

macro_rules! ranking {
    ($($doc:literal, $name:ident, $function:ident;)+) => {$(
        #[doc = $doc]
        pub fn $name<Q>() -> Windowed<Q, i64> {
            Windowed(Expr::new(Tokens::default().call(Function::$function, 0)))
        }
    )+};
}

ranking! {
    "The row's number in its window, from 1.", row_number, RowNumber;
    "The row's rank in its window: equal rows have the same, and leave a gap.", rank, Rank;
    "The row's rank in its window: equal rows have the same, and leave no gap.", dense_rank, DenseRank;
}

/// All rows of the answer as a window, to be divided and sorted.
pub fn window<Q>() -> Window<Q> {
    Window { partitions: Vec::new(), order: Vec::new(), of: std::marker::PhantomData }
}

/// The rows that belong to a row: those of the same partition, up to it where they are sorted.
#[derive(Debug, Clone)]
#[must_use = "a window is what a function is `over`"]
pub struct Window<Q> {
    partitions: Vec<Tokens>,
    order: Vec<(Tokens, Direction, Option<Nulls>)>,
    of: std::marker::PhantomData<fn() -> Q>,
}

impl<Q> Window<Q> {
    /// Only rows with the same value.
    pub fn partition_by<J>(mut self, by: impl By<Q, J>) -> Self {
        self.partitions.push(by.by());
        self
    }

    /// Sorted by this; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<Q>) -> Self {
        let nodes = match order.term.key {
            OrderKey::Column(source, column) => vec![Node::Column(source, column)],
            OrderKey::Expr(nodes) => nodes.to_vec(),
        };
        let tokens = Tokens { nodes, binds: order.binds };
        self.order.push((tokens, order.term.direction, order.term.nulls));
        self
    }

    fn over(self, mut tokens: Tokens) -> Tokens {
        let partitions = self.partitions.len();
        for partition in self.partitions {
            tokens.append(partition);
        }
        let mut order = Vec::with_capacity(self.order.len());
        for (by, direction, nulls) in self.order {
            tokens.append(by);
            order.push((direction, nulls));
        }
        tokens.nodes.push(Node::Over(Arc::new(Over { partitions, order })));
        tokens
    }
}
