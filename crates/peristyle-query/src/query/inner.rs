//! Queries inside of queries.

use std::sync::Arc;

use super::{Expr, Predicate, Query, Tokens};
use crate::expr::Node;
use crate::scope::{Correlated, Filtered, Inside, Scope};
use crate::statement::{Projection, Select};
use crate::{Source, Value};

impl<Out, S: Filtered> Query<Out, S> {
    /// The query as one that stands inside of a query that reads `U`, and may speak of its columns.
    ///
    /// ```ignore
    /// let posts = Post::all().inside::<User>().filter(Post::AUTHOR_ID.eq(User::ID));
    /// User::all().filter(posts.is_any())
    /// ```
    pub fn inside<U: Source>(self) -> Query<Out, Correlated<S, U>> {
        self.of_other_types()
    }
}

impl<Out, S: Scope> Query<Out, S> {
    /// Whether it gives a row, as a condition of another query: `EXISTS`.
    pub fn is_any<Q, J>(self) -> Predicate<Q>
    where
        S: Inside<Q, J>,
    {
        let (mut select, binds) = self.into_select();
        if !matches!(select.projection, Projection::Compound { .. }) {
            select.projection = Projection::Items(Vec::new());
        }
        Predicate::new(inner(select, binds, Node::Exists))
    }

    /// Whether it gives no row, as a condition of another query: `NOT EXISTS`.
    pub fn is_none<Q, J>(self) -> Predicate<Q>
    where
        S: Inside<Q, J>,
    {
        self.is_any().not()
    }
}

impl<V: Value, S: Scope> Query<V, S> {
    /// The one value that it gives, as an expression of another query; null where it gives none.
    pub fn scalar<Q, J>(self) -> Expr<Q, Option<V::Inner>>
    where
        S: Inside<Q, J>,
    {
        let (select, binds) = self.into_select();
        Expr::new(inner(select, binds, Node::Scalar))
    }
}

fn inner(
    select: Select,
    binds: crate::bind::Binds,
    node: impl FnOnce(Arc<Select>) -> Node,
) -> Tokens {
    Tokens { nodes: vec![node(Arc::new(select))], binds }
}
