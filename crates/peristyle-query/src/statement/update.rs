use super::{Filter, Returning};
use crate::expr::Node;
use crate::source::SourceRef;

/// The shape of an `UPDATE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Update {
    /// What is written to.
    pub source: SourceRef,
    /// The columns to set and, for each, its new value in postfix notation.
    pub set: Vec<(u16, Vec<Node>)>,
    /// Which rows.
    pub filter: Filter,
    /// Whether the rows come back.
    pub returning: Returning,
}
