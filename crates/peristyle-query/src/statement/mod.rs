//! Statements as values: a shape without values, and the values for its parameters.
//!
//! Statements of the same shape have the same SQL. A connection keeps what it rendered and prepared for each shape, so a
//! query that is built anew at each call costs a hash of its shape and not its text.

mod delete;
mod filter;
mod insert;
mod select;
mod update;

pub use delete::Delete;
pub use filter::Filter;
pub(crate) use filter::equal;
pub use insert::{Conflict, Insert, Resolution};
pub use select::{Projection, Select};
pub use update::Update;

use crate::bind::Binds;
use crate::source::SourceInfo;

/// The shape of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `SELECT`
    Select(Select),
    /// `INSERT`
    Insert(Insert),
    /// `UPDATE`
    Update(Update),
    /// `DELETE`
    Delete(Delete),
}

impl Shape {
    /// What the statement reads or writes.
    pub fn source(&self) -> &'static SourceInfo {
        match self {
            Self::Select(select) => select.source.0,
            Self::Insert(insert) => insert.source.0,
            Self::Update(update) => update.source.0,
            Self::Delete(delete) => delete.source.0,
        }
    }

    /// Whether it is about one row at most.
    pub(crate) fn is_single(&self) -> bool {
        match self {
            Self::Select(select) => matches!(select.filter, Filter::Key) || select.limit == Some(1),
            Self::Insert(insert) => insert.rows == 1,
            Self::Update(update) => matches!(update.filter, Filter::Key),
            Self::Delete(delete) => matches!(delete.filter, Filter::Key),
        }
    }

    /// The name of the column at a position of the answer.
    pub(crate) fn column_name(&self, position: usize) -> String {
        let column = match self {
            Self::Select(Select { projection: Projection::Columns(columns), .. }) => {
                columns.get(position).copied()
            }
            Self::Select(_) | Self::Insert(_) | Self::Update(_) | Self::Delete(_) => {
                u16::try_from(position).ok()
            }
        };
        column.map_or_else(
            || format!("column {position}"),
            |column| self.source().column_name(column).to_owned(),
        )
    }

    /// The positions in the answer where the key of its rows stands; `None` if it does not.
    pub(crate) fn key_positions(&self) -> Option<Vec<usize>> {
        let key = self.source().key;
        if key.is_empty() {
            return None;
        }
        match self {
            Self::Select(Select { projection: Projection::Columns(columns), .. }) => {
                key.iter().map(|part| columns.iter().position(|column| column == part)).collect()
            }
            Self::Select(_) | Self::Insert(_) | Self::Update(_) | Self::Delete(_) => {
                Some(key.iter().copied().map(usize::from).collect())
            }
        }
    }
}

/// A statement: its shape, and the values for its parameters in order.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its shape.
    pub shape: Shape,
    /// The values.
    pub binds: Binds,
}

/// Whether a statement gives its rows back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Returning {
    /// It says how many there were.
    Nothing,
    /// It gives every column of every row.
    Rows,
}
