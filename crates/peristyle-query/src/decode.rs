use crate::{Cell, Value, ValueError};

/// One row of an answer, read by position.
pub trait Reader<'r> {
    /// One cell of it.
    type Cell: Cell<'r>;

    /// The cell at a position, counted from 0.
    fn cell(&self, position: usize) -> Self::Cell;

    /// Reads the value at a position.
    #[inline]
    fn get<V: Value>(&self, position: usize) -> Result<V, DecodeError> {
        V::read(self.cell(position)).map_err(|source| DecodeError { position, source })
    }
}

/// A cell that does not fit its type.
///
/// The statement that met it knows the table, the column's name and the row's key, and says them in
/// [`Error::Decode`](crate::Error::Decode).
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeError {
    /// The position of the column, counted from 0.
    pub position: usize,
    /// What is wrong.
    pub source: ValueError,
}
