use std::fmt;
use std::marker::PhantomData;

use crate::door::{Access, Door, Work};
use crate::insert_rows::{given, shape, value, write};
use crate::postgres::CopyIn;
use crate::statement::{Places, Returning, Rows};
use crate::{Connection, Result, Table};

/// Copies many rows in, all or none, as they are made.
#[must_use = "nothing is copied until it is run"]
pub struct CopyRows<T: Table> {
    rows: Box<dyn Iterator<Item = T::New> + Send>,
}

impl<T: Table> fmt::Debug for CopyRows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CopyRows").field("table", &T::SOURCE.name).finish_non_exhaustive()
    }
}

impl<T: Table> CopyRows<T> {
    pub(crate) fn new<I>(rows: I) -> Self
    where
        I: IntoIterator<Item = T::New>,
        I::IntoIter: Send + 'static,
    {
        Self { rows: Box::new(rows.into_iter()) }
    }

    /// Copies the rows and says how many there were.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(self)
    }
}

/// How many rows are taken at once where they are not copied.
const LOT: usize = 1024;

impl<T: Table> Work for CopyRows<T> {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<u64> {
        let transaction = connection.begin()?;
        let count = if transaction.engine.takes_several() {
            Copying::<T>::on(&transaction).all(self.rows)?
        } else {
            inserted::<T>(&transaction, self.rows)?
        };
        transaction.commit()?;
        Ok(count)
    }
}

fn inserted<T: Table>(
    connection: &Connection,
    mut rows: impl Iterator<Item = T::New>,
) -> Result<u64> {
    let mut count = 0;
    loop {
        let lot: Vec<T::New> = rows.by_ref().take(LOT).collect();
        if lot.is_empty() {
            return Ok(count);
        }
        count += write::<T>(connection, &lot, None, Returning::Nothing)?.0;
    }
}

/// Rows that are being copied.
struct Copying<'c, T> {
    connection: &'c Connection,
    open: Option<(Places, CopyIn<'c>)>,
    count: u64,
    of: PhantomData<fn() -> T>,
}

impl<'c, T: Table> Copying<'c, T> {
    fn on(connection: &'c Connection) -> Self {
        Self { connection, open: None, count: 0, of: PhantomData }
    }

    fn all(mut self, rows: impl Iterator<Item = T::New>) -> Result<u64> {
        for row in rows {
            let columns = given(T::SOURCE, &row);
            if columns.is_empty() {
                // A row of nothing but defaults cannot be copied.
                self.close()?;
                let row = std::slice::from_ref(&row);
                self.count += write::<T>(self.connection, row, None, Returning::Nothing)?.0;
                continue;
            }
            if !self.put(&columns, &row, false)? {
                self.close()?;
                self.put(&columns, &row, true)?;
            }
        }
        self.close()?;
        Ok(self.count)
    }

    /// Adds a row to those that go into these columns; `false` if it can only be copied as text.
    fn put(&mut self, columns: &Places, row: &T::New, as_text: bool) -> Result<bool> {
        if self.open.as_ref().is_some_and(|(open, _)| open != columns) {
            self.close()?;
        }
        let (_, copy) = match &mut self.open {
            Some(open) => open,
            none @ None => {
                let one = shape::<T>(row, Rows::Values(1), None, Returning::Nothing);
                match self.connection.engine.copy_in(&one, as_text)? {
                    Some(copy) => none.insert((columns.clone(), copy)),
                    None => return Ok(true),
                }
            }
        };
        let values = columns.iter().map(|column| (*column, value(T::SOURCE, row, *column)));
        copy.put(values)
    }

    fn close(&mut self) -> Result<()> {
        if let Some((_, copy)) = self.open.take() {
            self.count += copy.finish()?;
        }
        Ok(())
    }
}
