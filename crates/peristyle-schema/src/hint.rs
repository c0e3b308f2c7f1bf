use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// Advice that travels with a schema without being part of it: two hints are always equal.
///
/// A former name, a value to fill with or a place in a source file tells the planner how to get somewhere; it is not
/// a fact of the database, so it must never make two schemas differ.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hint<T>(pub Option<T>);

impl<T> Hint<T> {
    /// No advice.
    pub const NONE: Self = Self(None);

    /// Advice.
    pub fn some(value: T) -> Self {
        Self(Some(value))
    }

    /// The advice, if there is any.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Whether there is no advice. Used to keep serialized forms short.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> Default for Hint<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Option<T>> for Hint<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

impl<T> PartialEq for Hint<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Hint<T> {}

impl<T> Hash for Hint<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
