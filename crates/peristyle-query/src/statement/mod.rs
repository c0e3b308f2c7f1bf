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
pub use insert::{Conflict, Insert, Places, Resolution, Rows};
pub use select::{
    Clauses, Distinct, Each, Item, Join, JoinKind, Lock, LockStrength, Locked, Named, Projection,
    Select, SetOperator,
};
pub use update::Update;

use std::sync::Arc;

use crate::bind::Binds;
use crate::source::{Home, SourceInfo, SourceRef};

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
    /// SQL as it was written.
    Raw(Raw),
    /// How the database would run a statement.
    Explain(Box<Shape>),
}

/// SQL as it was written, with places for values between its pieces.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Raw {
    /// The pieces.
    pub pieces: Arc<[Box<str>]>,
}

/// What SQL reads that was written by hand is not known.
static WRITTEN: SourceInfo = SourceInfo {
    namespace: None,
    name: "SQL",
    alias: None,
    home: Home::Statement,
    columns: &[],
    key: &[],
    uniques: &[],
};

impl Shape {
    /// What the statement reads or writes.
    pub fn source(&self) -> &'static SourceInfo {
        match self {
            Self::Select(select) => select.source.0,
            Self::Insert(insert) => insert.source.0,
            Self::Update(update) => update.source.0,
            Self::Delete(delete) => delete.source.0,
            Self::Raw(_) => &WRITTEN,
            Self::Explain(shape) => shape.source(),
        }
    }

    /// Whether it is about one row at most.
    pub(crate) fn is_single(&self) -> bool {
        match self {
            Self::Select(select) => matches!(select.filter, Filter::Key) || select.limit == Some(1),
            Self::Insert(insert) => insert.rows == Rows::Values(1),
            Self::Update(update) => matches!(update.filter, Filter::Key),
            Self::Delete(delete) => matches!(delete.filter, Filter::Key),
            Self::Raw(_) | Self::Explain(_) => false,
        }
    }

    /// The columns at the positions of the answer; nothing for an expression.
    fn columns(&self) -> Vec<Option<(SourceRef, u16)>> {
        match self {
            Self::Select(select) => select.columns(),
            Self::Insert(_) | Self::Update(_) | Self::Delete(_) => {
                let source = SourceRef(self.source());
                source.0.positions().map(|at| Some((source, at))).collect()
            }
            Self::Raw(_) | Self::Explain(_) => Vec::new(),
        }
    }

    /// The table and the name of the column at a position of the answer.
    pub(crate) fn column_at(&self, position: usize) -> (&'static str, String) {
        match self.columns().get(position).copied().flatten() {
            Some((source, column)) => (source.0.name, source.0.column_name(column).to_owned()),
            None => (self.source().name, format!("column {}", position + 1)),
        }
    }

    /// The positions in the answer where the key of its rows stands: of the table that the column at this position is of.
    /// `None` if it does not.
    pub(crate) fn key_positions(&self, position: usize) -> Option<Vec<usize>> {
        let columns = self.columns();
        let (source, _) = columns.get(position).copied().flatten()?;
        if source.0.key.is_empty() {
            return None;
        }
        let find = |part: &u16| columns.iter().position(|at| *at == Some((source, *part)));
        source.0.key.iter().map(find).collect()
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
