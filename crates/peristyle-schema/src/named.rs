use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// A thing that is known by its name.
pub trait Keyed {
    /// The name it is known by.
    fn key(&self) -> &Name;
}

/// Things in the order they were written, known by name: two are equal when they hold the same things in any order.
///
/// The order of columns decides how a new table is written. It is not compared, because a column added later stands at
/// the end in the database wherever the declaration has it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Named<T>(Vec<T>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: fmt::Debug> fmt::Debug for Named<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Keyed> Named<T> {
    /// The thing of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|item| item.key().as_str() == name)
    }

    /// The thing of this name, to change.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.0.iter_mut().find(|item| item.key().as_str() == name)
    }

    /// Whether a thing of this name is held.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a thing at the end, or puts it in the place of the one with its name, which is returned.
    pub fn insert(&mut self, item: T) -> Option<T> {
        match self.0.iter_mut().find(|held| held.key() == item.key()) {
            Some(held) => Some(std::mem::replace(held, item)),
            None => {
                self.0.push(item);
                None
            }
        }
    }

    /// Takes the thing of this name out.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let at = self.0.iter().position(|item| item.key().as_str() == name)?;
        Some(self.0.remove(at))
    }
}

impl<T> Named<T> {
    /// The things in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The things in their order, to change (not their names).
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The things in their order.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T: Keyed + PartialEq> PartialEq for Named<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().all(|item| other.get(item.key()).is_some_and(|twin| twin == item))
    }
}

impl<T: Keyed + Eq> Eq for Named<T> {}

impl<T: Keyed> FromIterator<T> for Named<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut named = Self::default();
        for item in items {
            named.insert(item);
        }
        named
    }
}

impl<'a, T> IntoIterator for &'a Named<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for Named<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
