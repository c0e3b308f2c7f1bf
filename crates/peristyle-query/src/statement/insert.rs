use super::{Returning, Select};
use crate::expr::Node;
use crate::source::SourceRef;

/// Positions of columns. Most tables have so few that they need no allocation.
pub type Places = smallvec::SmallVec<[u16; 12]>;

/// The shape of an `INSERT`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Insert {
    /// What is written to.
    pub source: SourceRef,
    /// The columns that get a value, in order.
    pub columns: Places,
    /// Where the rows come from.
    pub rows: Rows,
    /// What happens where a row with the same unique key exists.
    pub conflict: Option<Conflict>,
    /// Whether the rows come back.
    pub returning: Returning,
}

/// Where the rows of an `INSERT` come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rows {
    /// So many rows of values, each of which is a parameter.
    Values(u16),
    /// Any number of rows: one parameter for each column, which is the list of its values.
    Lists,
    /// A query gives them.
    Query(Box<Select>),
}

/// What happens where a row with the same unique key exists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The position of the key in the source's unique keys.
    pub unique: u16,
    /// What is done.
    pub resolution: Resolution,
}

/// What is done with a row that exists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// It stays as it is.
    Keep,
    /// These columns take the value of an expression, or the new row's where there is none.
    Update(Vec<(u16, Option<Vec<Node>>)>),
}
