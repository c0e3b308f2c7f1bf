//! Rows that are inserted as one list for each column: one statement, whatever their number.

use peristyle_driver::postgres::wire::{Message, Oid};

use super::engine::Engine;
use super::error;
use super::kind::Kind;
use crate::Result;
use crate::statement::{Insert, Rows, Shape};

impl Engine {
    /// Whether the rows that `shape` inserts can be given as a list for each column: whether each column is of a type of which
    /// there are arrays, and is not an array itself.
    pub(crate) fn takes_lists(&self, shape: &Shape) -> Result<bool> {
        let types = self.types(&of_one_row(shape))?;
        // What is done on a conflict has parameters of its own behind those of the row.
        let columns = match shape {
            Shape::Insert(insert) => insert.columns.len(),
            _ => 0,
        };
        Ok(self.arrays(types.get(..columns).unwrap_or_default())?.is_some())
    }

    /// The types of the parameters that a statement of this shape cannot leave to the server to find out.
    pub(super) fn declared(&self, shape: &Shape) -> Result<Vec<Oid>> {
        let Shape::Insert(Insert { rows: Rows::Lists, columns, .. }) = shape else {
            return Ok(Vec::new());
        };
        let types = self.types(&of_one_row(shape))?;
        let (row, rest) = types.split_at_checked(columns.len()).unwrap_or_default();
        let mut declared = self.arrays(row)?.unwrap_or_default();
        declared.extend(rest);
        Ok(declared)
    }

    /// The arrays of some types; `None` if one of them has none, or is one.
    fn arrays(&self, types: &[Oid]) -> Result<Option<Vec<Oid>>> {
        let mut arrays = Vec::with_capacity(types.len());
        for oid in types {
            let array = match Kind::of(*oid) {
                Kind::One(_) => Kind::array_of(*oid),
                Kind::Array(..) => None,
                Kind::Other => self.array_of_other(*oid)?,
            };
            match array {
                Some(array) => arrays.push(array),
                None => return Ok(None),
            }
        }
        Ok(Some(arrays))
    }

    /// The array of a type that is not known here: an enum, a domain, one of an extension. An array of another type is no
    /// element.
    fn array_of_other(&self, oid: Oid) -> Result<Option<Oid>> {
        if let Some(known) = self.arrays.borrow().get(&oid) {
            return Ok(*known);
        }
        let mut array = None;
        {
            let mut wire = self.ready()?;
            let sql = format!(
                "SELECT typarray FROM pg_catalog.pg_type WHERE oid = {oid} AND typarray <> 0 AND typcategory <> 'A'"
            );
            wire.query(&sql).map_err(error::lost)?;
            let refused = self.listen(&mut wire, |_, message| {
                if let Message::Row(mut row) = message
                    && let Some(Some(text)) = row.next()
                {
                    array = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
                }
            })?;
            if let Some(refused) = refused {
                return Err(error::general(&refused));
            }
        }
        self.arrays.borrow_mut().insert(oid, array);
        Ok(array)
    }
}

/// The same statement for one row of values.
fn of_one_row(shape: &Shape) -> Shape {
    let mut one = shape.clone();
    if let Shape::Insert(insert) = &mut one {
        insert.rows = Rows::Values(1);
    }
    one
}
