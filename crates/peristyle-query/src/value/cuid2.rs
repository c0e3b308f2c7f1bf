use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::{Cell, Fit, Made, Value};
use crate::Bind;

/// A collision-resistant identifier that is safe to show (<https://github.com/paralleldrive/cuid2>), held as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cuid2(String);

impl Cuid2 {
    /// Makes a new one.
    pub fn generate() -> Self {
        Self(cuid2::create_id())
    }

    /// Takes text for one that was made elsewhere.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Cuid2 {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Cuid2> for String {
    fn from(id: Cuid2) -> Self {
        id.0
    }
}

impl fmt::Display for Cuid2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::row_of_one!(Cuid2);

impl Value for Cuid2 {
    type Inner = Self;
    type As<W: Value> = W;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        cell.text().map(Self::from_text)
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        Bind::Text(Cow::Borrowed(&self.0))
    }

    fn make(made: Made) -> Bind<'static> {
        made.text()
    }
}
