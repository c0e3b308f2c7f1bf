use std::sync::Arc;

use super::Filter;
use crate::expr::{Node, OrderKey, OrderTerm};
use crate::source::{SourceInfo, SourceRef};

/// The shape of a `SELECT`.
///
/// Limit and offset are part of the shape: as literals they cost nothing, while SQLite prepares a statement again each
/// time a bound limit changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Select {
    /// What is read first.
    pub source: SourceRef,
    /// What is given back.
    pub projection: Projection,
    /// Which rows.
    pub filter: Filter,
    /// What the rows are sorted by.
    pub order: Vec<OrderTerm>,
    /// The most rows to give.
    pub limit: Option<u64>,
    /// How many rows to leave out first.
    pub offset: Option<u64>,
    /// What few queries have: most have none of it.
    pub clauses: Option<Box<Clauses>>,
}

/// What few queries have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Clauses {
    /// Queries under names of their own.
    pub with: Vec<Named>,
    /// Whether equal rows are given once.
    pub distinct: Distinct,
    /// What else is read.
    pub joins: Vec<Join>,
    /// What the rows are put together by.
    pub group: Vec<Vec<Node>>,
    /// Which groups; empty for all.
    pub having: Vec<Node>,
    /// How many rows there are at most of those that are equal in something.
    pub each: Option<Each>,
    /// Whether the rows are locked.
    pub lock: Option<Lock>,
}

/// How many rows there are at most of those that are equal in some columns: the first in the query's order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Each {
    /// The columns, of what is read first.
    pub columns: Vec<u16>,
    /// How many.
    pub most: u64,
}

/// What a `SELECT` gives back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Projection {
    /// Every column of everything that is read, in order.
    Row,
    /// These.
    Items(Vec<Item>),
    /// The rows of several queries.
    Compound {
        /// The first.
        first: Arc<Select>,
        /// What is done with the rows of the others.
        rest: Vec<(SetOperator, Arc<Select>)>,
    },
    /// The number of rows, or of those that a query with this projection gives.
    Count(Option<Box<Projection>>),
    /// Whether there is a row, or one that a query with this projection gives.
    Exists(Option<Box<Projection>>),
}

/// One thing that a `SELECT` gives back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A column.
    Column(SourceRef, u16),
    /// Every column of a source, in order.
    Row(SourceRef),
    /// An expression.
    Expr(Vec<Node>),
}

/// A query under a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// The name and the columns.
    pub source: SourceRef,
    /// The query.
    pub select: Arc<Select>,
    /// Whether it reads its own rows.
    pub recursive: bool,
}

/// One more table that is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Join {
    /// Which rows may be missing.
    pub kind: JoinKind,
    /// The table.
    pub source: SourceRef,
    /// The condition.
    pub on: Vec<Node>,
}

/// Which rows a join may miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JoinKind {
    /// None.
    Inner,
    /// Those of the table that is joined.
    Left,
    /// Those of the others.
    Right,
    /// Both.
    Full,
}

/// Whether equal rows are given once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Distinct {
    /// As often as they are there.
    #[default]
    No,
    /// Once.
    Rows,
    /// The first of those that are equal in this.
    On(Vec<Vec<Node>>),
}

/// What is done with the rows of another query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// `UNION`
    Union,
    /// `UNION ALL`
    UnionAll,
    /// `INTERSECT`
    Intersect,
    /// `EXCEPT`
    Except,
}

/// How rows are locked until the transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lock {
    /// Against whom.
    pub strength: LockStrength,
    /// What is done about rows that another transaction has locked.
    pub locked: Locked,
}

/// Against whom rows are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockStrength {
    /// Everybody else: `FOR UPDATE`.
    Update,
    /// Those that write: `FOR SHARE`.
    Share,
}

/// What is done about rows that another transaction has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locked {
    /// They are waited for.
    Wait,
    /// They are left out: `SKIP LOCKED`.
    Skip,
    /// The statement fails: `NOWAIT`.
    Fail,
}

impl Select {
    /// All rows of a source.
    #[inline]
    pub fn all(source: &'static SourceInfo) -> Self {
        Self {
            source: SourceRef(source),
            projection: Projection::Row,
            filter: Filter::All,
            order: Vec::new(),
            limit: None,
            offset: None,
            clauses: None,
        }
    }

    /// What few queries have, to be changed.
    pub(crate) fn clauses(&mut self) -> &mut Clauses {
        self.clauses.get_or_insert_default()
    }

    /// Everything that is read, in order.
    pub(crate) fn sources(&self) -> impl Iterator<Item = SourceRef> + '_ {
        let joined = self.clauses.iter().flat_map(|clauses| clauses.joins.iter());
        std::iter::once(self.source).chain(joined.map(|join| join.source))
    }

    /// Whether something else is read than one source.
    pub(crate) fn is_joined(&self) -> bool {
        self.clauses.as_ref().is_some_and(|clauses| !clauses.joins.is_empty())
    }

    /// Whether a row of a source may be missing.
    pub(crate) fn may_lack(&self, source: SourceRef) -> bool {
        let Some(clauses) = &self.clauses else { return false };
        let mut joined = false;
        clauses.joins.iter().any(|join| {
            let (before, now) = (joined || self.source == source, join.source == source);
            joined |= now;
            match join.kind {
                JoinKind::Inner => false,
                JoinKind::Left => now,
                JoinKind::Right => before,
                JoinKind::Full => before || now,
            }
        })
    }

    /// Whether its rows are not just those that are read: they are grouped, or those of several queries, or made one.
    pub(crate) fn is_shaped(&self) -> bool {
        matches!(self.projection, Projection::Compound { .. })
            || self.clauses.as_ref().is_some_and(|clauses| {
                !matches!(clauses.distinct, Distinct::No)
                    || !clauses.group.is_empty()
                    || !clauses.having.is_empty()
            })
    }

    /// Whether it gives the column that a term sorts by.
    pub(crate) fn gives(&self, term: &OrderTerm) -> bool {
        self.place_of(term).is_some()
    }

    /// The position in the answer, counted from 1, of the column that a term sorts by.
    pub(crate) fn place_of(&self, term: &OrderTerm) -> Option<usize> {
        let OrderKey::Column(source, column) = &term.key else { return None };
        let at = self.columns().iter().position(|at| *at == Some((*source, *column)))?;
        Some(at + 1)
    }

    /// The columns at the positions of the answer; nothing for an expression.
    pub(crate) fn columns(&self) -> Vec<Option<(SourceRef, u16)>> {
        let all = |source: SourceRef| source.0.positions().map(move |at| Some((source, at)));
        match &self.projection {
            Projection::Row => self.sources().flat_map(all).collect(),
            Projection::Items(items) => {
                let mut columns = Vec::new();
                for item in items {
                    match item {
                        Item::Column(source, column) => columns.push(Some((*source, *column))),
                        Item::Row(source) => columns.extend(all(*source)),
                        Item::Expr(_) => columns.push(None),
                    }
                }
                columns
            }
            Projection::Compound { first, .. } => first.columns(),
            Projection::Count(_) | Projection::Exists(_) => Vec::new(),
        }
    }
}
