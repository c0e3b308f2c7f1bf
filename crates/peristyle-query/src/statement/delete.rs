use super::Returning;
use crate::expr::Node;
use crate::source::SourceRef;

/// The shape of a `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Delete {
    /// What is written to.
    pub source: SourceRef,
    /// The condition, in postfix notation; empty for none.
    pub filter: Vec<Node>,
    /// Whether the rows come back.
    pub returning: Returning,
}
