use super::Filter;
use crate::expr::OrderTerm;
use crate::source::{SourceInfo, SourceRef};

/// The shape of a `SELECT`.
///
/// Limit and offset are part of the shape: as literals they cost nothing, while SQLite prepares a statement again each
/// time a bound limit changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Select {
    /// What is read.
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
}

/// What a `SELECT` gives back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Projection {
    /// Every column, in order.
    Row,
    /// These columns.
    Columns(Box<[u16]>),
    /// The number of rows.
    Count,
    /// Whether there is a row.
    Exists,
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
        }
    }
}
