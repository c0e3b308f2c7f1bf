//! How relations are loaded.

use super::{Branch, ChildOf, ChildrenOf, Nest, ParentOf};
use crate::expr::Plain;
use crate::relation::load::{Numbered, Of, Related};
use crate::relation::{Presence, Reference};
use crate::statement::Statement;
use crate::{Connection, Error, Result, Source};

/// The rows of each of these, put together with what belongs to them.
fn grouped<C: Source, At, L: Nest<C, At>>(
    numbered: Numbered<C>,
    nest: &L,
    connection: &Connection,
) -> Result<Vec<Vec<L::Row>>>
where
    L::Row: Clone,
{
    let Numbered { rows, numbers, asked } = numbered;
    let rows = nest.load(rows, connection)?;
    let keys = asked.iter().flatten().max().map_or(0, |last| last + 1);
    let mut sizes = vec![0_usize; keys];
    for number in &numbers {
        sizes[*number] += 1;
    }
    let mut groups: Vec<Vec<L::Row>> = sizes.into_iter().map(Vec::with_capacity).collect();
    for (number, row) in numbers.into_iter().zip(rows) {
        groups[number].push(row);
    }
    // A group goes to the last that asks for it; those before it get copies.
    let mut left = vec![0_usize; keys];
    for number in asked.iter().flatten() {
        left[*number] += 1;
    }
    let of = asked.into_iter().map(|number| {
        let Some(number) = number else { return Vec::new() };
        left[number] -= 1;
        if left[number] == 0 { std::mem::take(&mut groups[number]) } else { groups[number].clone() }
    });
    Ok(of.collect())
}

/// The statements of a relation and of what belongs to its rows; whether those are all.
fn ahead<P: Source, C: Source, At, L: Nest<C, At>>(
    related: &Related,
    nest: &L,
    of: &Of<'_, P>,
    statements: &mut Vec<Statement>,
) -> bool {
    let Some(rows) = related.ahead(of, statements) else { return false };
    match related.most {
        None => nest.ahead(&Of::Query(&rows), statements),
        // Which rows are the first of each parent is known when they are there.
        Some(_) => L::IS_EMPTY,
    }
}

impl<C: Source, P: Source, N: 'static, At: 'static, L: Nest<C, At>> Branch<P, Plain>
    for ChildrenOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = Vec<L::Row>;

    fn load(&self, rows: &[P], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_children());
        grouped(related.fetch::<C>(related.keys(rows), connection)?, &self.nest, connection)
    }

    fn ahead(&self, of: &Of<'_, P>, statements: &mut Vec<Statement>) -> bool {
        ahead(&self.asked.of(self.reference.to_children()), &self.nest, of, statements)
    }
}

impl<C: Source, P: Source, N: 'static, At: 'static, L: Nest<C, At>> Branch<P, Plain>
    for ChildOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = Option<L::Row>;

    fn load(&self, rows: &[P], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_children());
        let numbered = related.fetch::<C>(related.keys(rows), connection)?;
        let groups = grouped(numbered, &self.nest, connection)?;
        let only = groups.into_iter().map(|mut group| match group.pop() {
            Some(_) if !group.is_empty() => Err(Error::TooMany { table: C::SOURCE.name }),
            only => Ok(only),
        });
        only.collect()
    }

    fn ahead(&self, of: &Of<'_, P>, statements: &mut Vec<Statement>) -> bool {
        ahead(&self.asked.of(self.reference.to_children()), &self.nest, of, statements)
    }
}

impl<C: Source, P: Source, N: Presence, At: 'static, L: Nest<P, At>> Branch<C, Plain>
    for ParentOf<C, P, N, L, At>
where
    L::Row: Clone,
{
    type Out = N::Of<L::Row>;

    fn load(&self, rows: &[C], connection: &Connection) -> Result<Vec<Self::Out>> {
        let related = self.asked.of(self.reference.to_parents());
        let numbered = related.fetch::<P>(related.keys(rows), connection)?;
        let groups = grouped(numbered, &self.nest, connection)?;
        groups.into_iter().map(|mut group| N::of(group.pop(), P::SOURCE.name)).collect()
    }

    fn ahead(&self, of: &Of<'_, C>, statements: &mut Vec<Statement>) -> bool {
        ahead(&self.asked.of(self.reference.to_parents()), &self.nest, of, statements)
    }
}

/// A reference is followed to its children.
#[derive(Debug)]
pub struct Down;

/// A reference is followed to its parent.
#[derive(Debug)]
pub struct Up;

impl<C: Source + Clone, P: Source, N: 'static> Branch<P, Down> for Reference<C, P, N> {
    type Out = Vec<C>;

    fn load(&self, rows: &[P], connection: &Connection) -> Result<Vec<Vec<C>>> {
        self.children().load(rows, connection)
    }

    fn ahead(&self, of: &Of<'_, P>, statements: &mut Vec<Statement>) -> bool {
        self.children().ahead(of, statements)
    }
}

impl<C: Source, P: Source + Clone, N: Presence> Branch<C, Up> for Reference<C, P, N> {
    type Out = N::Of<P>;

    fn load(&self, rows: &[C], connection: &Connection) -> Result<Vec<N::Of<P>>> {
        ParentOf::<C, P, N>::new(*self, ()).load(rows, connection)
    }

    fn ahead(&self, of: &Of<'_, C>, statements: &mut Vec<Statement>) -> bool {
        ParentOf::<C, P, N>::new(*self, ()).ahead(of, statements)
    }
}
