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
        V::read(self.cell(position)).map_err(|source| DecodeError::new(position, *source))
    }
}

/// A cell that does not fit its type.
///
/// The statement that met it knows the table, the column's name and the row's key, and says them in
/// [`Error::Decode`](crate::Error::Decode). It is small, so that rows that fit are read fast.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeError(Box<(usize, ValueError)>);

impl DecodeError {
    /// The cell at this position does not fit.
    #[cold]
    pub fn new(position: usize, source: ValueError) -> Self {
        Self(Box::new((position, source)))
    }

    /// The position of the column, counted from 0, and what is wrong.
    pub fn into_parts(self) -> (usize, ValueError) {
        *self.0
    }
}
