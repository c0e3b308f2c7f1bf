use crate::expr::Column;
use crate::{DecodeError, Reader, Row, Value};

/// Some columns of `S`: one, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of columns of `{S}`",
    label = "expected columns of `{S}`",
    note = "one column, or a tuple of up to eight: `(User::ID, User::NAME)`"
)]
pub trait Columns<S> {
    /// What a row of them is read into.
    type Out;

    /// Their positions.
    #[doc(hidden)]
    fn positions(&self) -> Vec<u16>;
}

impl<S, V> Columns<S> for Column<S, V> {
    type Out = (V,);

    fn positions(&self) -> Vec<u16> {
        vec![self.position]
    }
}

macro_rules! tuple {
    ($($column:ident $at:tt)*) => {
        impl<S, $($column),*> Columns<S> for ($(Column<S, $column>,)*) {
            type Out = ($($column,)*);

            fn positions(&self) -> Vec<u16> {
                vec![$(self.$at.position),*]
            }
        }

        impl<$($column: Value),*> Row for ($($column,)*) {
            #[inline]
            fn decode<'r, Reading: Reader<'r>>(reader: &Reading) -> Result<Self, DecodeError> {
                Ok(($(reader.get::<$column>($at)?,)*))
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0 B 1);
tuple!(A 0 B 1 C 2);
tuple!(A 0 B 1 C 2 D 3);
tuple!(A 0 B 1 C 2 D 3 E 4);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
