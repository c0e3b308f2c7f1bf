//! Relations: foreign keys, seen from both ends.

mod load;
mod tree;

use std::fmt;
use std::marker::PhantomData;

pub(crate) use load::RowSet;
pub use load::{Children, LoadChildren, LoadParents, Parents};
pub use tree::{Branch, ChildOf, ChildrenOf, Nest, ParentOf, Through, Tree};

use crate::bind::Binds;
use crate::expr::{Condition, Expr, Node, Predicate, Tokens, count};
use crate::scope::{
    Alias, As, Correlated, Link, Outside, Reads, ToChildren, ToParent, equal_columns,
};
use crate::source::SourceRef;
use crate::{Bind, Error, Query, Result, Source, SourceInfo, ValueError};

/// A reference from rows of `C` to rows of `P`: a foreign key, seen from both ends.
///
/// The derive makes one constant for each foreign key, named after its field without `_id`: `Post::AUTHOR`. It joins tables,
/// loads related rows, counts them, and asks whether there are any.
pub struct Reference<C, P, N = Optional> {
    columns: &'static [u16],
    /// The fields that are referenced; empty for the key of `P`.
    references: &'static [&'static str],
    of: Between<C, P, N>,
}

/// What a reference leads from and to.
type Between<C, P, N> = PhantomData<fn() -> (C, P, N)>;

/// A reference whose columns are never null: each row has its parent.
#[derive(Debug)]
pub struct Required;

/// A reference that a row may lack.
#[derive(Debug)]
pub struct Optional;

/// Whether each row has a parent.
pub trait Presence: 'static {
    /// What is given of a parent.
    type Of<P: Send + 'static>: Send + 'static;

    /// It, if it is there.
    #[doc(hidden)]
    fn of<P: Send + 'static>(parent: Option<P>, table: &'static str) -> Result<Self::Of<P>>;
}

impl Presence for Required {
    type Of<P: Send + 'static> = P;

    fn of<P: Send + 'static>(parent: Option<P>, table: &'static str) -> Result<P> {
        parent.ok_or(Error::NotFound { table })
    }
}

impl Presence for Optional {
    type Of<P: Send + 'static> = Option<P>;

    fn of<P: Send + 'static>(parent: Option<P>, _table: &'static str) -> Result<Option<P>> {
        Ok(parent)
    }
}

impl<C, P, N> Clone for Reference<C, P, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, P, N> Copy for Reference<C, P, N> {}

impl<C, P, N> fmt::Debug for Reference<C, P, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<C: Source, P: Source, N> Reference<C, P, N> {
    /// The reference over these columns. The derive calls it.
    #[doc(hidden)]
    pub const fn new(columns: &'static [u16], references: &'static [&'static str]) -> Self {
        Self { columns, references, of: PhantomData }
    }

    /// The positions of the referenced columns.
    fn referenced(self) -> Result<Vec<u16>, String> {
        if self.references.is_empty() {
            return Ok(P::SOURCE.key.to_vec());
        }
        let position = |field: &&str| {
            (0..)
                .zip(P::SOURCE.columns)
                .find_map(|(at, column)| (column.field == *field).then_some(at))
                .ok_or_else(|| {
                    format!("{} has no field `{field}` to be referenced by", P::SOURCE.name)
                })
        };
        self.references.iter().map(position).collect()
    }

    /// The same reference, as one that a row may lack.
    fn present(self) -> Reference<C, P, Optional> {
        Reference { columns: self.columns, references: self.references, of: PhantomData }
    }

    /// The condition that a row references another.
    fn condition(self) -> Tokens {
        match self.referenced() {
            Ok(to) => Tokens {
                nodes: equal_columns(C::SOURCE, self.columns, P::SOURCE, &to),
                binds: Binds::new(),
            },
            Err(reason) => {
                let mut tokens = Tokens::default();
                tokens.bind(Bind::Failed(ValueError::kind("a field that is referenced", reason)));
                tokens
            }
        }
    }

    /// The same reference to the table under another name.
    pub fn parent_as<A: Alias>(self, alias: A) -> Reference<C, As<P, A>, N> {
        let _ = alias;
        Reference { columns: self.columns, references: self.references, of: PhantomData }
    }

    /// The same reference from the table under another name.
    pub fn child_as<A: Alias>(self, alias: A) -> Reference<As<C, A>, P, N> {
        let _ = alias;
        Reference { columns: self.columns, references: self.references, of: PhantomData }
    }

    /// How many rows reference a row, without loading them.
    pub fn count<Q: Reads<P, I>, I>(self) -> Expr<Q, i64> {
        let number = self.referencing().select(count()).scalar::<Q, Outside<I>>();
        Expr::new(number.tokens())
    }

    /// Whether a row is referenced.
    pub fn any<Q: Reads<P, I>, I>(self) -> Predicate<Q> {
        self.referencing().is_any::<Q, Outside<I>>()
    }

    /// Whether a row is referenced by one that fulfils a condition.
    pub fn any_where<Q: Reads<P, I>, I, J>(
        self,
        condition: impl Condition<Correlated<C, P>, J>,
    ) -> Predicate<Q> {
        let mut condition = condition.into_tokens();
        if self.leads_back() {
            // It speaks of the rows that reference.
            rename(&mut condition, C::SOURCE, <As<C, Referencing>>::SOURCE);
        }
        let condition = Predicate::<Correlated<C, P>>::new(condition);
        self.referencing().filter(condition).is_any::<Q, Outside<I>>()
    }

    /// Whether no row references a row.
    pub fn none<Q: Reads<P, I>, I>(self) -> Predicate<Q> {
        self.referencing().is_none::<Q, Outside<I>>()
    }

    /// The rows that reference a row of the query that this stands in.
    fn referencing(self) -> Query<C, Correlated<C, P>> {
        if self.leads_back() {
            let named = self.child_as(Referencing);
            let referencing =
                Predicate::<Correlated<As<C, Referencing>, P>>::new(named.condition());
            let rows = Query::<As<C, Referencing>>::all_of().inside::<P>().filter(referencing);
            return rows.of_other_types();
        }
        let referencing = Predicate::<Correlated<C, P>>::new(self.condition());
        Query::<C>::all_of().inside::<P>().filter(referencing)
    }

    /// Whether it leads to the table that it comes from, so that one of the two needs another name.
    fn leads_back(self) -> bool {
        SourceRef(C::SOURCE) == SourceRef(P::SOURCE)
    }
}

crate::alias!(
    /// The rows that reference, where the referenced ones are of the same table.
    Referencing
);

/// Has an expression speak of a source under another name.
fn rename(tokens: &mut Tokens, from: &'static SourceInfo, to: &'static SourceInfo) {
    for node in &mut tokens.nodes {
        if let Node::Column(source, _) = node
            && *source == SourceRef(from)
        {
            *source = SourceRef(to);
        }
    }
}

impl<S: Reads<P, I>, C: Source, P: Source, N, I> Link<S, ToChildren<I>> for Reference<C, P, N> {
    type Table = C;

    fn condition(self) -> Tokens {
        Self::condition(self)
    }
}

impl<S: Reads<C, I>, C: Source, P: Source, N, I> Link<S, ToParent<I>> for Reference<C, P, N> {
    type Table = P;

    fn condition(self) -> Tokens {
        Self::condition(self)
    }
}
