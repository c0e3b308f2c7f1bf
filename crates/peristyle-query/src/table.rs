use crate::bind::Binds;
use crate::columns::{Fields, Whole};
use crate::copy::CopyRows;
use crate::insert::InsertFrom;
use crate::scope::Scope;
use crate::{Bind, Delete, Insert, InsertMany, Query, Source, Update, Value};

/// A declared table.
///
/// The derive of the same name implements it, together with a constant for each column (`User::EMAIL`), unique key
/// (`User::EMAIL_KEY`) and reference (`Post::AUTHOR`), and the structs `NewUser` and `UserPatch`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "only a table can be written to",
    note = "derive `Table`; a view can be read only"
)]
pub trait Table: Source {
    /// What a row is known by: the key's type, or a tuple of them.
    type Key: Key;

    /// What an insert takes: columns that have a default may be left out.
    type New: New;

    /// What an update may change: every column, each or not.
    type Patch: Patch;

    /// The declaration as the derive read it: the schema of this table alone, as JSON.
    const DECLARATION: &'static str;

    /// Every column, for a query that gives several things: `.select((User::ROW, count()))`.
    const ROW: Whole<Self> = Whole::new();

    /// All rows, as a query to narrow down.
    fn all() -> Query<Self> {
        Query::all_of()
    }

    /// The row with this key, as a query: `.one(…)`, `.optional(…)`, `.exists(…)`.
    fn get(key: impl AsKey<Self::Key>) -> Query<Self> {
        Query::by_key(&key)
    }

    /// Inserts one row.
    fn insert(row: Self::New) -> Insert<Self> {
        Insert::new(row)
    }

    /// Inserts many rows, all or none.
    fn insert_many(rows: impl IntoIterator<Item = Self::New>) -> InsertMany<Self> {
        InsertMany::new(rows.into_iter().collect())
    }

    /// Copies any number of rows in, all or none, without having all of them in memory: on PostgreSQL by `COPY`, which is the
    /// fastest way for thousands.
    fn copy<I>(rows: I) -> CopyRows<Self>
    where
        I: IntoIterator<Item = Self::New>,
        I::IntoIter: Send + 'static,
    {
        CopyRows::new(rows)
    }

    /// Inserts the rows that a query gives, into these columns:
    /// `Book::insert_from((Book::AUTHOR_ID, Book::TITLE), Draft::all().select((Draft::AUTHOR_ID, Draft::TITLE)))`.
    ///
    /// What the application makes (a key of `cuid2`) is not made by it: such a column must be among these.
    fn insert_from<C: Fields<Self>, S: Scope>(
        columns: C,
        query: Query<C::Out, S>,
    ) -> InsertFrom<Self> {
        InsertFrom::new(&columns, query)
    }

    /// Updates the row with this key.
    fn update(key: impl AsKey<Self::Key>) -> Update<Self> {
        Update::by_key(&key)
    }

    /// Updates all rows, or those that a filter leaves.
    fn update_all() -> Update<Self> {
        Update::every()
    }

    /// Deletes the row with this key.
    fn delete(key: impl AsKey<Self::Key>) -> Delete<Self> {
        Delete::by_key(&key)
    }

    /// Deletes all rows, or those that a filter leaves.
    fn delete_all() -> Delete<Self> {
        Delete::every()
    }
}

/// A declared view: its rows can be read and not written.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a view", note = "derive `View`")]
pub trait View: Source {
    /// The declaration as the derive read it: the schema of this view alone, as JSON.
    const DECLARATION: &'static str;

    /// Every column, for a query that gives several things.
    const ROW: Whole<Self> = Whole::new();

    /// All rows, as a query to narrow down.
    fn all() -> Query<Self> {
        Query::all_of()
    }
}

/// What rows of a table are known by: one value, or a tuple of them in the key's order.
pub trait Key {
    /// Adds the values.
    #[doc(hidden)]
    fn push(&self, values: &mut Binds);
}

impl<V: Value> Key for V {
    fn push(&self, values: &mut Binds) {
        values.push(self.bind().into_owned());
    }
}

macro_rules! composite {
    ($($part:ident)*) => {
        impl<$($part: Value),*> Key for ($($part,)*) {
            #[expect(non_snake_case, reason = "each part is named as its type")]
            fn push(&self, values: &mut Binds) {
                let ($($part,)*) = self;
                $(values.push($part.bind().into_owned());)*
            }
        }
    };
}

composite!(A B);
composite!(A B C);
composite!(A B C D);
composite!(A B C D E);
composite!(A B C D E F);

/// What stands for a key of type `K`: the key itself, or a reference to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of this table",
    label = "expected `{K}`",
    note = "a key of several columns is a tuple in its order"
)]
pub trait AsKey<K> {
    /// Adds the key's values.
    #[doc(hidden)]
    fn push_key(&self, values: &mut Binds);
}

impl<K: Key> AsKey<K> for K {
    fn push_key(&self, values: &mut Binds) {
        self.push(values);
    }
}

impl<K: Key> AsKey<K> for &K {
    fn push_key(&self, values: &mut Binds) {
        self.push(values);
    }
}

impl AsKey<String> for &str {
    fn push_key(&self, values: &mut Binds) {
        values.push(Bind::Text((*self).to_owned().into()));
    }
}

/// A row to insert.
pub trait New: Send + 'static {
    /// The value of a column; `None` leaves it to its default.
    fn value(&self, column: u16) -> Option<Bind<'_>>;
}

/// A change of some columns.
pub trait Patch: Send + 'static {
    /// The new value of a column; `None` leaves it as it is.
    fn value(&self, column: u16) -> Option<Bind<'_>>;
}

/// A unique key of a table.
#[derive(Debug)]
pub struct Unique<T> {
    pub(crate) position: u16,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T> Unique<T> {
    /// The key at this position of the table's unique keys. The derive calls it.
    #[doc(hidden)]
    pub const fn new(position: u16) -> Self {
        Self { position, of: std::marker::PhantomData }
    }
}

impl<T> Clone for Unique<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Unique<T> {}
