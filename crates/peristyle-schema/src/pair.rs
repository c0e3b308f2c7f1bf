use serde::{Deserialize, Serialize};

/// Two values of one kind: the state a change starts from and the state it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pair<T> {
    /// The state before.
    pub old: T,
    /// The state after.
    pub new: T,
}

impl<T> Pair<T> {
    /// Makes a pair.
    pub fn new(old: T, new: T) -> Self {
        Self { old, new }
    }

    /// The same pair seen from the other end.
    pub fn swap(self) -> Self {
        Self { old: self.new, new: self.old }
    }

    /// Borrows both sides.
    pub fn as_ref(&self) -> Pair<&T> {
        Pair { old: &self.old, new: &self.new }
    }

    /// Maps both sides through one function.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair { old: f(self.old), new: f(self.new) }
    }
}

impl<T: PartialEq> Pair<T> {
    /// Whether the two sides are equal.
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}
