use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::ValueError;

/// The values for the parameters of a statement, in order. Many have one, which needs no allocation.
pub(crate) type Binds = smallvec::SmallVec<[Bind<'static>; 1]>;

/// One value on its way into a statement, in the words of the model and not of an engine.
///
/// Each engine's room turns it into what the database holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Bind<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// A universally unique identifier.
    Uuid(Uuid),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A calendar date.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A date and time without zone.
    DateTime(DateTime),
    /// An instant.
    Timestamp(Timestamp),
    /// A JSON document, as text.
    Json(Cow<'a, str>),
    /// Many values as one parameter, for `in`.
    List(Vec<Bind<'a>>),
    /// A value that could not be made. The statement that carries it fails with this error.
    Failed(ValueError),
}

impl Bind<'_> {
    /// The same value, owning what it borrowed.
    pub fn into_owned(self) -> Bind<'static> {
        match self {
            Self::Null => Bind::Null,
            Self::Bool(value) => Bind::Bool(value),
            Self::Int(value) => Bind::Int(value),
            Self::Real(value) => Bind::Real(value),
            Self::Text(value) => Bind::Text(Cow::Owned(value.into_owned())),
            Self::Bytes(value) => Bind::Bytes(Cow::Owned(value.into_owned())),
            Self::Uuid(value) => Bind::Uuid(value),
            Self::Decimal(value) => Bind::Decimal(value),
            Self::Date(value) => Bind::Date(value),
            Self::Time(value) => Bind::Time(value),
            Self::DateTime(value) => Bind::DateTime(value),
            Self::Timestamp(value) => Bind::Timestamp(value),
            Self::Json(value) => Bind::Json(Cow::Owned(value.into_owned())),
            Self::List(values) => Bind::List(values.into_iter().map(Bind::into_owned).collect()),
            Self::Failed(error) => Bind::Failed(error),
        }
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// Keys are compared while relations are put together. A number that is not equal to itself is no key, so `Eq` holds
/// for everything that can be one.
impl Eq for Bind<'_> {}

impl Hash for Bind<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null | Self::Failed(_) => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) => value.hash(state),
            Self::Real(value) => value.to_bits().hash(state),
            Self::Text(value) | Self::Json(value) => value.hash(state),
            Self::Bytes(value) => value.hash(state),
            Self::Uuid(value) => value.hash(state),
            Self::Decimal(value) => value.hash(state),
            Self::Date(value) => value.hash(state),
            Self::Time(value) => value.hash(state),
            Self::DateTime(value) => value.hash(state),
            Self::Timestamp(value) => value.hash(state),
            Self::List(values) => values.hash(state),
        }
    }
}
