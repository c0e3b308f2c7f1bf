use std::marker::PhantomData;

use crate::bind::Binds;
use crate::expr::{Column, Expr, Plain, Term, Tokens};
use crate::source::SourceRef;
use crate::statement::Item;
use crate::{DecodeError, Reader, Reads, Row, Source, Value};

/// What a query gives back, while it is being said.
#[derive(Debug, Default)]
pub struct Items {
    pub(crate) items: Vec<Item>,
    pub(crate) binds: Binds,
}

impl Items {
    fn expression(&mut self, tokens: Tokens) {
        self.items.push(Item::Expr(tokens.nodes));
        self.binds.extend(tokens.binds);
    }
}

/// What a query that reads `Q` can give back: a column, an expression, a whole row of one of its tables (`User::ROW`), or a
/// tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected from `{Q}`",
    label = "expected columns of the tables that the query reads",
    note = "one column or expression, or a tuple of up to sixteen: `(User::ID, User::NAME)`",
    note = "for a struct of your own: `#[derive(Row)]` and `.select_as::<Summary>().from((…))`"
)]
pub trait Columns<Q, At> {
    /// What a row of them is read into.
    type Out: Row + Send + 'static;

    /// Says them.
    #[doc(hidden)]
    fn push(self, items: &mut Items);
}

impl<Q: Reads<T, I>, T: Source, V: Value, I> Columns<Q, I> for Column<T, V>
where
    Q::Seen<V>: Send + 'static,
{
    type Out = Q::Seen<V>;

    fn push(self, items: &mut Items) {
        items.items.push(Item::Column(SourceRef(T::SOURCE), self.position));
    }
}

impl<Q: Reads<T, I>, T: Source, V: Value, I> Columns<Q, I> for Term<T, V>
where
    Q::Seen<V>: Send + 'static,
{
    type Out = Q::Seen<V>;

    fn push(self, items: &mut Items) {
        items.expression(self.tokens());
    }
}

impl<Q, V: Value + Send + 'static> Columns<Q, Plain> for Expr<Q, V> {
    type Out = V;

    fn push(self, items: &mut Items) {
        items.expression(self.tokens);
    }
}

/// Every column of `T`: `User::ROW`.
pub struct Whole<T>(PhantomData<fn() -> T>);

impl<T> Whole<T> {
    /// Every column. `User::ROW` is it.
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Whole<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Whole<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Whole<T> {}

impl<T: Source> std::fmt::Debug for Whole<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(T::SOURCE.name)
    }
}

impl<Q: Reads<T, I>, T: Source, I> Columns<Q, I> for Whole<T>
where
    Q::SeenRow: Row + Send + 'static,
{
    type Out = Q::SeenRow;

    fn push(self, items: &mut Items) {
        items.items.push(Item::Row(SourceRef(T::SOURCE)));
    }
}

/// Some columns of a table: one, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of columns of `{T}`",
    label = "expected columns of `{T}`",
    note = "one column, or a tuple of up to sixteen: `(User::ID, User::NAME)`"
)]
pub trait Fields<T> {
    /// A row of their values.
    type Out;

    /// Their positions.
    #[doc(hidden)]
    fn positions(&self) -> Vec<u16>;
}

impl<T, V> Fields<T> for Column<T, V> {
    type Out = V;

    fn positions(&self) -> Vec<u16> {
        vec![self.position]
    }
}

macro_rules! tuple {
    ($($part:ident $place:ident $at:tt)*) => {
        impl<Q, $($part: Columns<Q, $place>, $place),*> Columns<Q, ($($place,)*)> for ($($part,)*) {
            type Out = ($($part::Out,)*);

            fn push(self, items: &mut Items) {
                $(self.$at.push(items);)*
            }
        }

        impl<Z, $($part: Fields<Z>),*> Fields<Z> for ($($part,)*) {
            type Out = ($($part::Out,)*);

            fn positions(&self) -> Vec<u16> {
                let mut positions = Vec::new();
                $(positions.extend(self.$at.positions());)*
                positions
            }
        }

        impl<$($part: Row),*> Row for ($($part,)*) {
            const WIDTH: usize = 0 $(+ $part::WIDTH)*;

            #[inline]
            fn decode<'r, Reading: Reader<'r>>(row: &Reading, at: usize) -> Result<Self, DecodeError> {
                let mut next = at;
                Ok(($({
                    let at = next;
                    next += $part::WIDTH;
                    let _ = next;
                    $part::decode(row, at)?
                },)*))
            }

            #[inline]
            fn is_absent<'r, Reading: Reader<'r>>(row: &Reading, at: usize) -> bool {
                let mut next = at;
                let mut absent = true;
                $(
                    absent = absent && $part::is_absent(row, next);
                    next += $part::WIDTH;
                )*
                absent && next > at
            }
        }
    };
}

tuple!(A A1 0);
tuple!(A A1 0 B B1 1);
tuple!(A A1 0 B B1 1 C C1 2);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10 L L1 11);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10 L L1 11 M M1 12);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10 L L1 11 M M1 12 N N1 13);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10 L L1 11 M M1 12 N N1 13 O O1 14);
tuple!(A A1 0 B B1 1 C C1 2 D D1 3 E E1 4 F F1 5 G G1 6 H H1 7 I I1 8 J J1 9 K K1 10 L L1 11 M M1 12 N N1 13 O O1 14 P P1 15);
