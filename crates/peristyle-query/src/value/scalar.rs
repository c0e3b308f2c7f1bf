use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Cell, Fit, Made, Value, ValueError};
use crate::Bind;

/// Types that are read and bound by one method each and copied.
macro_rules! plain {
    ($($type:ty: $read:ident, $bind:ident $(, $made:ident => $make:expr)?;)*) => {$(
        crate::row_of_one!($type);

        impl Value for $type {
            type Inner = Self;
            type As<W: Value> = W;

            #[inline]
            fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
                cell.$read()
            }

            #[inline]
            fn bind(&self) -> Bind<'_> {
                Bind::$bind(*self)
            }

            $(
                fn make($made: Made) -> Bind<'static> {
                    $make
                }
            )?
        }
    )*};
}

plain! {
    bool: bool, Bool;
    i64: int, Int;
    f64: real, Real;
    Uuid: uuid, Uuid, made => made.uuid();
    Decimal: decimal, Decimal;
    Date: date, Date, made => made.time(|now| Bind::Date(now.date()));
    Time: time, Time, made => made.time(|now| Bind::Time(now.time()));
    DateTime: datetime, DateTime, made => made.time(|now| Bind::DateTime(now.datetime()));
    Timestamp: timestamp, Timestamp, made => made.time(|now| Bind::Timestamp(now.timestamp()));
}

/// Integers narrower than the widest.
macro_rules! narrow {
    ($($type:ty: $words:literal;)*) => {$(
        crate::row_of_one!($type);

        impl Value for $type {
            type Inner = Self;
            type As<W: Value> = W;

            #[inline]
            fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
                let value = cell.int()?;
                Self::try_from(value)
                    .map_err(|_| ValueError::Range { value: value.to_string(), expected: $words }.into())
            }

            #[inline]
            fn bind(&self) -> Bind<'_> {
                Bind::Int(i64::from(*self))
            }
        }
    )*};
}

narrow! {
    i16: "a 16-bit integer";
    i32: "a 32-bit integer";
}

crate::row_of_one!(f32);
crate::row_of_one!(String);
crate::row_of_one!(@over [V: Value] Vec<V>);
crate::row_of_one!(u8);

impl Value for f32 {
    type Inner = Self;
    type As<W: Value> = W;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        Ok(cell.real()? as Self)
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        Bind::Real(f64::from(*self))
    }
}

impl Value for String {
    type Inner = Self;
    type As<W: Value> = W;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        cell.text().map(str::to_owned)
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        Bind::Text(Cow::Borrowed(self))
    }

    fn make(made: Made) -> Bind<'static> {
        made.text()
    }
}

/// Many values: an array of the database. Bytes are not many numbers but one value, which [`u8`] sees to.
impl<V: Value> Value for Vec<V> {
    type Inner = Self;
    type As<W: Value> = W;

    #[inline]
    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        V::read_list(cell)
    }

    #[inline]
    fn bind(&self) -> Bind<'_> {
        V::bind_list(self)
    }
}

/// A byte. No database has a type for a single one; a `Vec` of them is bytes.
impl Value for u8 {
    type Inner = Self;
    type As<W: Value> = W;

    fn read<'r, C: Cell<'r>>(cell: C) -> Fit<Self> {
        let value = cell.int()?;
        Self::try_from(value)
            .map_err(|_| ValueError::Range { value: value.to_string(), expected: "a byte" }.into())
    }

    fn bind(&self) -> Bind<'_> {
        Bind::Int(i64::from(*self))
    }

    #[inline]
    fn read_list<'r, C: Cell<'r>>(cell: C) -> Fit<Vec<Self>> {
        cell.bytes().map(<[u8]>::to_vec)
    }

    #[inline]
    fn bind_list(values: &[Self]) -> Bind<'_> {
        Bind::Bytes(Cow::Borrowed(values))
    }
}
