use std::hash::{Hash, Hasher};

use crate::expr::Tokens;
use crate::{Bind, DecodeError, Made, Reader, Scoped, Value};

/// A row type: what a row of an answer becomes, or some of its columns that stand side by side.
///
/// A table or view, a struct that derives `Row`, a single value, a tuple of rows, and an `Option` of a row that an outer
/// join may not have found.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row",
    label = "no row can be read into this",
    note = "derive `Table`, `View` or `Row`, or select a tuple of columns"
)]
pub trait Row: Sized {
    /// How many columns it takes.
    const WIDTH: usize;

    /// Reads the columns from this position on.
    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> Result<Self, DecodeError>;

    /// Whether there is no row: no column from this position on, of those that always have a value, has one.
    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool;
}

impl<T: Row> Row for Option<T> {
    const WIDTH: usize = T::WIDTH;

    #[inline]
    fn decode<'r, R: Reader<'r>>(row: &R, at: usize) -> Result<Self, DecodeError> {
        if T::is_absent(row, at) { Ok(None) } else { T::decode(row, at).map(Some) }
    }

    #[inline]
    fn is_absent<'r, R: Reader<'r>>(row: &R, at: usize) -> bool {
        T::is_absent(row, at)
    }
}

/// A struct that a query's columns can be read into: what derives `Row`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct that columns can be read into",
    label = "derive `Row` for it"
)]
pub trait Record: Row + Send + 'static {
    /// Its fields, as a tuple.
    type Fields;
}

/// Something that rows are read from: a table or a view.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a view",
    label = "no rows can be read from this",
    note = "derive `Table` or `View`"
)]
pub trait Source: Row + Send + 'static {
    /// What is known of it without a database.
    const SOURCE: &'static SourceInfo;

    /// The filters that its declaration carries.
    const SCOPES: &'static [Scoped<Self>] = &[];

    /// Their names and conditions.
    #[doc(hidden)]
    fn scopes() -> Vec<(&'static str, Tokens)> {
        let scopes = Self::SCOPES.iter();
        scopes.map(|scoped| (scoped.name, (scoped.condition)().tokens)).collect()
    }

    /// The value of one column of this row.
    fn bind(&self, column: u16) -> Bind<'_>;
}

/// What is known of a table or view without a database.
#[derive(Debug)]
pub struct SourceInfo {
    /// The namespace that it is in, where the declaration names one.
    pub namespace: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// The name that it goes by in a statement that reads it more than once.
    pub alias: Option<&'static str>,
    /// Where its rows stand.
    pub home: Home,
    /// Its columns, in the order of the struct's fields.
    pub columns: &'static [ColumnInfo],
    /// The positions of the columns that identify a row; none for a view.
    pub key: &'static [u16],
    /// Its unique keys, the primary key first.
    pub uniques: &'static [UniqueInfo],
}

/// Where the rows of a source stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Home {
    /// In the database: a table or a view.
    Database,
    /// In the statement: a query under a name of its own.
    Statement,
}

/// What is known of a column without a database.
#[derive(Debug)]
pub struct ColumnInfo {
    /// Its name.
    pub name: &'static str,
    /// The name of the struct's field.
    pub field: &'static str,
    /// Whether it may hold no value.
    pub nullable: bool,
    /// Who gives it a value where an insert brings none.
    pub origin: Origin,
    /// What the application sets it to at every update that does not set it.
    pub on_update: Option<Maker>,
}

/// How the application makes a value of a column's type.
#[derive(Debug, Clone, Copy)]
pub struct Maker {
    what: Made,
    of: fn(Made) -> Bind<'static>,
}

impl Maker {
    /// Makes `what` for a column of `V`.
    pub const fn of<V: Value>(what: Made) -> Self {
        Self { what, of: V::make }
    }

    pub(crate) fn make(self) -> Bind<'static> {
        (self.of)(self.what)
    }
}

/// Who gives a column its value where an insert brings none.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// Nobody: the insert brings one, or it is null.
    Given,
    /// The database: a default, or a number.
    Database,
    /// The application.
    Application(Maker),
    /// The database, and nobody else: a generated column.
    Generated,
}

/// A set of columns whose values no two rows share.
#[derive(Debug)]
pub struct UniqueInfo {
    /// The constraint's name.
    pub name: &'static str,
    /// The positions of its columns, in order.
    pub columns: &'static [u16],
    /// The condition of a partial unique index, in SQL.
    pub filter: Option<&'static str>,
}

impl SourceInfo {
    /// The name of a column.
    pub fn column_name(&self, column: u16) -> &'static str {
        self.columns.get(usize::from(column)).map_or("?", |info| info.name)
    }

    /// The name by which a statement speaks of it.
    pub fn spoken(&self) -> &'static str {
        self.alias.unwrap_or(self.name)
    }

    /// The positions of all columns.
    pub fn positions(&self) -> impl Iterator<Item = u16> + use<> {
        (0..).take(self.columns.len())
    }
}

/// A source as part of a statement's shape: the same one is the same place in memory, or the same table under the same
/// alias, which the compiler may have put into more than one place.
#[derive(Debug, Clone, Copy)]
pub struct SourceRef(pub &'static SourceInfo);

impl PartialEq for SourceRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
            || (self.0.alias.is_some()
                && (self.0.alias, self.0.name, self.0.namespace)
                    == (other.0.alias, other.0.name, other.0.namespace))
    }
}

impl Eq for SourceRef {}

impl Hash for SourceRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0.alias {
            None => std::ptr::from_ref(self.0).hash(state),
            Some(alias) => (alias, self.0.name, self.0.namespace).hash(state),
        }
    }
}
