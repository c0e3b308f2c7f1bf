use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Cell, Fit, Made, Value, ValueError};
use crate::Bind;

/// A table, by what its rows are known by.
pub trait Keyed {
    /// The type of the key: `String`, `Uuid` or `i64`, or a newtype over one of them; [`NoKey`] for a table that is not
    /// known by one column.
    type Key;
}

/// A table whose rows are known by one column, so that a column can hold an [`Id`] of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no key of one column, so no column can hold an `Id<{Self}>`",
    label = "`{Self}` is not known by one column",
    note = "mark one field of `{Self}` with `#[key]`, or use the columns' own types and `#[foreign_key(…)]`"
)]
pub trait SingleKey: Keyed<Key: Value> {}

/// The key of a table that is not known by one column: there is no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoKey {}

crate::row_of_one!(NoKey);

impl Value for NoKey {
    type Inner = Self;
    type As<W: Value> = W;

    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        Err(ValueError::kind("no value at all", cell.describe()).into())
    }

    fn bind(&self) -> Bind<'_> {
        match *self {}
    }
}

/// The key of a row of `T`. An `Id<User>` never passes for an `Id<Post>`.
///
/// It is what the table's key is underneath: it copies, compares, sorts, prints and serializes as the key does.
pub struct Id<T: Keyed + ?Sized>(T::Key);

impl<T: Keyed + ?Sized> Id<T> {
    /// Takes a key that is known from elsewhere.
    pub fn new(key: impl Into<T::Key>) -> Self {
        Self(key.into())
    }

    /// The key underneath.
    pub fn key(&self) -> &T::Key {
        &self.0
    }

    /// The key underneath, itself.
    pub fn into_key(self) -> T::Key {
        self.0
    }
}

impl<T: Keyed<Key: Clone> + ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Keyed<Key: Copy> + ?Sized> Copy for Id<T> {}

impl<T: Keyed<Key: PartialEq> + ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Keyed<Key: Eq> + ?Sized> Eq for Id<T> {}

impl<T: Keyed<Key: PartialOrd> + ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<T: Keyed<Key: Ord> + ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T: Keyed<Key: Hash> + ?Sized> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: Keyed<Key: fmt::Debug> + ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({:?})", self.0)
    }
}

impl<T: Keyed<Key: fmt::Display> + ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Keyed<Key: Serialize> + ?Sized> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Keyed<Key: Deserialize<'de>> + ?Sized> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::Key::deserialize(deserializer).map(Self)
    }
}

crate::row_of_one!(@over [T: SingleKey] Id<T>);

impl<T: SingleKey> Value for Id<T> {
    type Inner = Self;
    type As<W: Value> = W;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        T::Key::read(cell).map(Self)
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        self.0.bind()
    }

    fn make(made: Made) -> Bind<'static> {
        T::Key::make(made)
    }
}
