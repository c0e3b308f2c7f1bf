//! Rows of several queries.

use std::marker::PhantomData;
use std::sync::Arc;

use super::Query;
use crate::Value;
use crate::scope::{Inside, Reads, Scope};
use crate::statement::{Projection, Select, SetOperator};

/// What queries of the same rows read that are put together, the first of which reads `S`. The rows can be sorted by what the
/// first query gives, and not be filtered any more.
#[derive(Debug)]
pub struct Union<S>(PhantomData<fn() -> S>);

impl<S: Scope> Scope for Union<S> {
    type Rows = S::Rows;
}

impl<Q, S: Scope> Inside<Q, crate::expr::Plain> for Union<S> {}

impl<S: Reads<T, I>, T, I> Reads<T, I> for Union<S> {
    type Seen<V: Value> = S::Seen<V>;
    type SeenRow = S::SeenRow;
}

macro_rules! operators {
    ($($doc:literal $method:ident $operator:ident;)+) => {
        impl<Out, S: Scope> Query<Out, S> {
            $(
                #[doc = $doc]
                pub fn $method<Z: Scope>(self, other: Query<Out, Z>) -> Query<Out, Union<S>> {
                    self.compound(SetOperator::$operator, other)
                }
            )+
        }
    };
}

operators! {
    "The rows of both, each once: `UNION`." union Union;
    "The rows of both: `UNION ALL`." union_all UnionAll;
    "The rows that both give, each once: `INTERSECT`." intersect Intersect;
    "The rows that the other does not give, each once: `EXCEPT`." except Except;
}

impl<Out, S: Scope> Query<Out, S> {
    fn compound<Z: Scope>(
        self,
        operator: SetOperator,
        other: Query<Out, Z>,
    ) -> Query<Out, Union<S>> {
        let (first, mut binds) = self.into_select();
        let (other, more) = other.into_select();
        binds.extend(more);
        // Its values stand before those of what it is sorted by.
        let select = compound(first, operator, other);
        Query { select, filter: binds, others: None, start: None, of: PhantomData }
    }
}

/// The rows of two queries.
pub(super) fn compound(first: Select, operator: SetOperator, other: Select) -> Select {
    let other = (operator, Arc::new(other));
    // `a EXCEPT b EXCEPT c` is read from the left. What is read otherwise in one of the engines stays apart.
    let bare = first.order.is_empty()
        && first.limit.is_none()
        && first.offset.is_none()
        && first.clauses.is_none();
    match first {
        Select { projection: Projection::Compound { first, mut rest }, source, .. }
            if bare && rest.iter().all(|(known, _)| *known == operator) =>
        {
            rest.push(other);
            Select { projection: Projection::Compound { first, rest }, ..Select::all(source.0) }
        }
        first => {
            let source = first.source.0;
            let projection = Projection::Compound { first: Arc::new(first), rest: vec![other] };
            Select { projection, ..Select::all(source) }
        }
    }
}
