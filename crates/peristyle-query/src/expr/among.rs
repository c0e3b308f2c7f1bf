use std::sync::Arc;

use super::{Binary, Constant, Node, Plain, Tokens};
use crate::{Bind, Inside, Query, Scope};

/// What a value may be one of: a list of constants, or a query that gives one column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a list of `{V}` nor a query of `{V}`",
    label = "expected a list of `{V}`, or a query that selects one column of `{V}`"
)]
pub trait Among<Q, V, At> {
    /// The question whether what the tokens give is among them.
    #[doc(hidden)]
    fn among(self, tokens: Tokens, negated: bool) -> Tokens;
}

impl<Q, V, L: IntoIterator<Item: Constant<V>>> Among<Q, V, Plain> for L {
    fn among(self, mut tokens: Tokens, negated: bool) -> Tokens {
        tokens.bind(Bind::List(self.into_iter().map(Constant::constant).collect()));
        tokens.nodes.push(Node::Binary(if negated { Binary::NotIn } else { Binary::In }));
        tokens
    }
}

/// The place of a query whose values are nullable.
#[derive(Debug)]
pub struct Nullable<I>(std::marker::PhantomData<I>);

impl<Q, V, S: Inside<Q, I>, I> Among<Q, V, I> for Query<V, S> {
    fn among(self, tokens: Tokens, negated: bool) -> Tokens {
        inside(self, tokens, negated)
    }
}

impl<Q, V, S: Inside<Q, I>, I> Among<Q, V, Nullable<I>> for Query<Option<V>, S> {
    fn among(self, tokens: Tokens, negated: bool) -> Tokens {
        inside(self, tokens, negated)
    }
}

fn inside<Out, S: Scope>(query: Query<Out, S>, mut tokens: Tokens, negated: bool) -> Tokens {
    let (select, binds) = query.into_select();
    tokens.binds.extend(binds);
    let select = Arc::new(select);
    tokens.nodes.push(if negated { Node::NotInQuery(select) } else { Node::InQuery(select) });
    tokens
}
