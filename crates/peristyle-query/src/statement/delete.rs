use super::{Filter, Returning};
use crate::source::SourceRef;

/// The shape of a `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Delete {
    /// What is written to.
    pub source: SourceRef,
    /// Which rows.
    pub filter: Filter,
    /// Whether the rows come back.
    pub returning: Returning,
}
