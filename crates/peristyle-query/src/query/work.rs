//! Queries as work that a door does.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::door::{Access, Work};
use crate::statement::Statement;
use crate::{Connection, Error, Result, Row};

/// Statements that give rows, as work.
macro_rules! fetching {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        pub(crate) struct $name<T> {
            statement: Statement,
            of: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            #[inline]
            pub(crate) fn new(statement: Statement) -> Self {
                Self { statement, of: PhantomData }
            }
        }
    };
}

fetching!(All, "All rows.");
fetching!(One, "The one row there is.");
fetching!(Optional, "The one row there is, if there is one.");

impl<T: Row + Send + 'static> Work for All<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.statement))
    }

    #[inline]
    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        connection.fetch(&self.statement)
    }
}

impl<T: Row + Send + 'static> Work for One<T> {
    type Output = T;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.statement))
    }

    #[inline]
    fn run(self, connection: &Connection) -> Result<T> {
        let table = self.statement.shape.source().name;
        connection.fetch_optional(&self.statement)?.ok_or(Error::NotFound { table })
    }
}

impl<T: Row + Send + 'static> Work for Optional<T> {
    type Output = Option<T>;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.statement))
    }

    #[inline]
    fn run(self, connection: &Connection) -> Result<Option<T>> {
        connection.fetch_optional(&self.statement)
    }
}

pub(super) struct Count(pub(super) Statement);

impl Work for Count {
    type Output = u64;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<u64> {
        let row: Option<(i64,)> = connection.fetch_optional(&self.0)?;
        Ok(row.map_or(0, |(count,)| count.unsigned_abs()))
    }
}

pub(super) struct Exists(pub(super) Statement);

impl Work for Exists {
    type Output = bool;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<bool> {
        let row: Option<(bool,)> = connection.fetch_optional(&self.0)?;
        Ok(row.is_some_and(|(exists,)| exists))
    }
}

pub(super) struct Explain(pub(super) Statement);

impl Work for Explain {
    type Output = Vec<String>;
    const ACCESS: Access = Access::Read;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        Some(Cow::Borrowed(&self.0))
    }

    fn run(self, connection: &Connection) -> Result<Vec<String>> {
        connection.explain(&self.0)
    }
}
