//! The Rust types that a column can hold.

mod cuid2;
mod error;
mod id;
mod json;
mod made;
mod scalar;

pub use cuid2::Cuid2;
pub use error::{Fit, ValueError};
pub use id::{Id, Keyed, NoKey, SingleKey};
pub use json::Json;
pub use made::Made;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::expr::Reckoning;
use crate::{Bind, Row};

/// Bytes.
pub type Bytes = Vec<u8>;

/// A Rust type that a column can hold.
#[diagnostic::on_unimplemented(
    message = "a column cannot hold a `{Self}`",
    label = "not a type of a column",
    note = "derive `Enum` or `Newtype` for a type of your own, or hold it as `Json<{Self}>`"
)]
pub trait Value: Row {
    /// The type without its nullability: `String` for both `String` and `Option<String>`.
    type Inner: Value;

    /// Another type that is nullable where this one is.
    #[doc(hidden)]
    type As<W: Value>: Value;

    /// Whether it may be null.
    #[doc(hidden)]
    const NULLABLE: bool = false;

    /// Reads the value of one cell.
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self>;

    /// The value as a statement takes it.
    fn bind(&self) -> Bind<'_>;

    /// A new value that the application makes.
    fn make(made: Made) -> Bind<'static> {
        made.refused("a column that the application makes no value for")
    }

    /// Reads many values out of one cell: an array.
    #[doc(hidden)]
    fn read_list<'r, C: Cell<'r>>(cell: C) -> Fit<Vec<Self>> {
        cell.list()
    }

    /// Many values as a statement takes them.
    #[doc(hidden)]
    fn bind_list(values: &[Self]) -> Bind<'_> {
        Bind::List(values.iter().map(Self::bind).collect())
    }
}

/// One cell of a row that the database gave back, in the words of the model.
///
/// Each engine's room reads it out of its own row, without a value in between.
pub trait Cell<'r>: Copy {
    /// Whether it holds no value.
    fn is_null(self) -> bool;
    /// It as a truth value.
    fn bool(self) -> Fit<bool>;
    /// It as an integer.
    fn int(self) -> Fit<i64>;
    /// It as a floating-point number.
    fn real(self) -> Fit<f64>;
    /// It as text.
    fn text(self) -> Fit<&'r str>;
    /// It as bytes.
    fn bytes(self) -> Fit<&'r [u8]>;
    /// It as a UUID.
    fn uuid(self) -> Fit<Uuid>;
    /// It as an exact decimal number.
    fn decimal(self) -> Fit<Decimal>;
    /// It as a date.
    fn date(self) -> Fit<Date>;
    /// It as a time of day.
    fn time(self) -> Fit<Time>;
    /// It as a date and time without zone.
    fn datetime(self) -> Fit<DateTime>;
    /// It as an instant.
    fn timestamp(self) -> Fit<Timestamp>;
    /// It as the text of a JSON document.
    fn json(self) -> Fit<&'r str>;
    /// It as an array of values.
    fn list<V: Value>(self) -> Fit<Vec<V>>;
    /// It in words, for an error that names the row.
    fn describe(self) -> String;
}

/// One value is a row of one column.
#[doc(hidden)]
#[macro_export]
macro_rules! row_of_one {
    (@over [$($generics:tt)*] $type:ty) => {
        $crate::row_of_one!(@row [<$($generics)*>] $type);
    };
    (@row [$($generics:tt)*] $type:ty) => {
        #[automatically_derived]
        impl $($generics)* $crate::Row for $type {
            const WIDTH: usize = 1;

            #[inline]
            fn decode<'r, R: $crate::Reader<'r>>(
                row: &R,
                at: usize,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                $crate::Reader::get::<Self>(row, at)
            }

            #[inline]
            fn is_absent<'r, R: $crate::Reader<'r>>(row: &R, at: usize) -> bool {
                $crate::Cell::is_null($crate::Reader::cell(row, at))
            }
        }
    };
    ($type:ty) => {
        $crate::row_of_one!(@row [] $type);
    };
}

/// A type with text inside: `like`, `starts_with` and their kin apply.
#[diagnostic::on_unimplemented(
    message = "a column of `{Self}` holds no text",
    label = "this operation compares text"
)]
pub trait Text: Value {}

/// A type that can be reckoned with: `+`, `-`, `*` apply.
#[diagnostic::on_unimplemented(
    message = "a column of `{Self}` cannot be reckoned with",
    label = "this operation needs numbers"
)]
pub trait Number: Value {
    /// How it is reckoned with.
    #[doc(hidden)]
    const KIND: Reckoning;

    /// What many of them sum up to.
    type Sum: Value;
}

impl Text for String {}
impl Text for Cuid2 {}

macro_rules! numbers {
    ($($type:ty: $kind:ident, $sum:ty;)*) => {$(
        impl Number for $type {
            const KIND: Reckoning = Reckoning::$kind;
            type Sum = $sum;
        }
    )*};
}

numbers! {
    i16: Whole, i64;
    i32: Whole, i64;
    i64: Whole, i64;
    f32: Real, f64;
    f64: Real, f64;
    Decimal: Exact, Decimal;
}

impl<V: Value> Value for Option<V> {
    type Inner = V::Inner;
    type As<W: Value> = Option<W::Inner>;
    const NULLABLE: bool = true;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        if cell.is_null() { Ok(None) } else { V::read(cell).map(Some) }
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        self.as_ref().map_or(Bind::Null, V::bind)
    }

    fn make(made: Made) -> Bind<'static> {
        V::make(made)
    }
}
