use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Cell, Fit, Value};
use crate::Bind;

/// A column that holds a JSON document of this Rust type.
///
/// It reads as the type itself: `row.specialties.len()`. A document that does not fit the type is an error that names
/// table, column and key.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

crate::row_of_one!(@over [T: Serialize + DeserializeOwned] Json<T>);

impl<T: Serialize + DeserializeOwned> Value for Json<T> {
    type Inner = Self;
    type As<W: Value> = W;

    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        Ok(Self(serde_json::from_str(cell.json()?)?))
    }

    fn bind(&self) -> Bind<'_> {
        match serde_json::to_string(&self.0) {
            Ok(text) => Bind::Json(Cow::Owned(text)),
            Err(error) => Bind::Failed(error.into()),
        }
    }
}
