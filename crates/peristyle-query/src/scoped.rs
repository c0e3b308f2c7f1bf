//! Filters that a declaration carries: they apply to every query that reads the table, unless they are lifted by name.

use std::fmt;
use std::marker::PhantomData;

use crate::expr::{Binary, Node, Predicate, Tokens, Unary};
use crate::scope::{Alias, As};
use crate::source::SourceRef;
use crate::statement::{Filter, JoinKind, Select};
use crate::{Source, SourceInfo, bind::Binds};

/// A filter that the declaration of `T` carries. The derive makes it of `#[scope(live = …)]`.
pub struct Scoped<T> {
    /// Its name.
    pub name: &'static str,
    /// The condition.
    pub condition: fn() -> Predicate<T>,
}

impl<T> fmt::Debug for Scoped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The name of a filter that the declaration of `T` carries: `User::LIVE`.
pub struct ScopeName<T> {
    pub(crate) name: &'static str,
    of: PhantomData<fn() -> T>,
}

impl<T> ScopeName<T> {
    /// The filter of this name. The derive calls it.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }
}

impl<T> ScopeName<T> {
    /// The same filter of the table under another name.
    pub fn of<A: Alias>(self, alias: A) -> ScopeName<As<T, A>> {
        let _ = alias;
        ScopeName::new(self.name)
    }
}

impl<T> Clone for ScopeName<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ScopeName<T> {}

impl<T> fmt::Debug for ScopeName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A filter of a table that a query reads, which may still be lifted.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    source: SourceRef,
    name: &'static str,
    condition: Tokens,
    /// By which join the table came; none for the one that is read first.
    join: Option<usize>,
}

/// The filters of a table that comes into a query.
pub(crate) fn pending<T: Source>(join: Option<usize>) -> impl Iterator<Item = Pending> {
    let pending =
        move |(name, condition)| Pending { source: SourceRef(T::SOURCE), name, condition, join };
    T::scopes().into_iter().map(pending)
}

impl Pending {
    pub(crate) fn is(&self, source: &'static SourceInfo, name: &str) -> bool {
        self.source == SourceRef(source) && self.name == name
    }
}

/// The values of a query, by where they stand.
pub(crate) struct Values<'q> {
    pub(crate) joins: &'q mut Vec<Binds>,
    pub(crate) filter: &'q mut Binds,
}

/// Applies filters where they take away rows of their table and none of another.
///
/// Of a table that an outer join may leave out they stand in the join's condition, so that the row beside it stays; of one whose
/// rows a later right join may leave out, in that one's. A full join keeps the rows of both sides, so there they stand in both
/// places, and let a missing row pass.
pub(crate) fn apply(scopes: Vec<Pending>, select: &mut Select, values: &mut Values<'_>) {
    for Pending { source, condition, join, .. } in scopes {
        let kinds: Vec<JoinKind> = select
            .clauses
            .iter()
            .flat_map(|clauses| clauses.joins.iter().map(|join| join.kind))
            .collect();
        let own = join.and_then(|at| kinds.get(at).copied());
        let behind = join.map_or(0, |at| at + 1);
        let later =
            (behind..kinds.len()).find(|at| matches!(kinds[*at], JoinKind::Right | JoinKind::Full));
        let (on, both) = match (own, later) {
            (_, Some(later)) => (Some(later), matches!(kinds[later], JoinKind::Full)),
            (Some(JoinKind::Left), None) => (join, false),
            (Some(JoinKind::Full), None) => (join, true),
            (None | Some(JoinKind::Inner | JoinKind::Right), None) => (None, false),
        };
        let Some(on) = on else {
            narrow(select, values, condition);
            continue;
        };
        if both {
            narrow(select, values, or_missing(source, condition.clone()));
        }
        let Tokens { nodes, binds } = condition;
        if let Some(join) = select.clauses().joins.get_mut(on) {
            join.on.extend(nodes);
            join.on.push(Node::Binary(Binary::And));
        }
        if let Some(values) = values.joins.get_mut(on) {
            values.extend(binds);
        }
    }
}

fn narrow(select: &mut Select, values: &mut Values<'_>, condition: Tokens) {
    let Tokens { nodes, binds } = condition;
    let source = select.source.0;
    select.filter = std::mem::replace(&mut select.filter, Filter::All).and(nodes, source);
    values.filter.extend(binds);
}

/// The condition, or that there is no row.
fn or_missing(source: SourceRef, condition: Tokens) -> Tokens {
    let always = |column: &u16| {
        source.0.columns.get(usize::from(*column)).is_some_and(|column| !column.nullable)
    };
    let column = source.0.positions().find(always).unwrap_or(0);
    let mut tokens = Tokens::default();
    tokens.nodes.push(Node::Column(source, column));
    tokens.nodes.push(Node::Unary(Unary::IsNull));
    tokens.append(condition);
    tokens.nodes.push(Node::Binary(Binary::Or));
    tokens
}
