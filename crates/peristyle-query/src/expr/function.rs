//! Functions of one row's values.

use super::{Binary, Column, Expr, Function, Node, Operand, Part, Predicate, Term, Tokens, Unary};
use crate::{Number, Reads, Source, Text, Value};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// What a value of one type is read as in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cast {
    /// A whole number of 64 bits.
    Integer,
    /// A floating-point number.
    Real,
    /// An exact number.
    Decimal,
    /// Text.
    Text,
    /// True or false.
    Boolean,
    /// A date.
    Date,
    /// A date and time without zone.
    DateTime,
    /// An instant.
    Timestamp,
    /// A universally unique identifier.
    Uuid,
}

/// A type that values can be cast to.
#[diagnostic::on_unimplemented(
    message = "no value can be cast to `{Self}`",
    label = "expected `i64`, `f64`, `Decimal`, `String`, `bool`, `Date`, `DateTime`, `Timestamp` or `Uuid`"
)]
pub trait Castable: Value {
    /// What it is in SQL.
    #[doc(hidden)]
    const CAST: Cast;
}

macro_rules! castable {
    ($($type:ty: $cast:ident;)*) => {$(
        impl Castable for $type {
            const CAST: Cast = Cast::$cast;
        }
    )*};
}

castable! {
    i64: Integer;
    f64: Real;
    rust_decimal::Decimal: Decimal;
    String: Text;
    bool: Boolean;
    Date: Date;
    DateTime: DateTime;
    Timestamp: Timestamp;
    uuid::Uuid: Uuid;
}

/// A type with a calendar date inside.
#[diagnostic::on_unimplemented(
    message = "a column of `{Self}` holds no date",
    label = "expected a `Date`, a `DateTime` or a `Timestamp`"
)]
pub trait Dated: Value {
    /// Whether it is an instant, whose date is the one in UTC.
    #[doc(hidden)]
    const INSTANT: bool;
}

impl Dated for Date {
    const INSTANT: bool = false;
}

impl Dated for DateTime {
    const INSTANT: bool = false;
}

impl Dated for Timestamp {
    const INSTANT: bool = true;
}

/// The type of an expression of `W` that is null where a value of `V` is.
pub(super) type Along<V, W> = <V as Value>::As<W>;

macro_rules! functions {
    ([$($generics:tt)*] $type:ty, [$($lift:tt)*], $seen:ty) => {
        impl<$($generics)*> $type {
            /// This value, or another one where it is null: `coalesce`. It may be null where the other one may be.
            pub fn coalesce<$($lift)* O: Operand<Q, V::Inner, J>, J>(
                self,
                other: O,
            ) -> Expr<Q, O::Gives> {
                Expr::new(self.tokens().operand(other).call(Function::Coalesce, 2))
            }

            /// The same as [`coalesce`](Self::coalesce), as an `Option` whatever the other value is.
            pub fn or<$($lift)* J>(
                self,
                other: impl Operand<Q, V::Inner, J>,
            ) -> Expr<Q, Option<V::Inner>> {
                Expr::new(self.tokens().operand(other).call(Function::Coalesce, 2))
            }

            /// It as an expression that may be null, for where others of the same kind may be.
            pub fn nullable<$($lift)*>(self) -> Expr<Q, Option<V::Inner>> {
                Expr::new(self.tokens())
            }

            /// Null where it is this value: `nullif`.
            pub fn null_if<$($lift)* J>(
                self,
                other: impl Operand<Q, V::Inner, J>,
            ) -> Expr<Q, Option<V::Inner>> {
                Expr::new(self.tokens().operand(other).call(Function::NullIf, 2))
            }

            /// The value as one of another type: `cast`.
            pub fn cast<$($lift)* W: Castable>(self) -> Expr<Q, Along<$seen, W>> {
                let mut tokens = self.tokens();
                tokens.nodes.push(Node::Cast(W::CAST));
                Expr::new(tokens)
            }

            functions!(@text "The text in lower case.", lower, Lower, [$($lift)*], $seen);
            functions!(@text "The text in upper case.", upper, Upper, [$($lift)*], $seen);
            functions!(@text "The text without blanks at both ends.", trim, Trim, [$($lift)*], $seen);
            functions!(@text "The text without blanks at its begin.", trim_start, TrimStart, [$($lift)*], $seen);
            functions!(@text "The text without blanks at its end.", trim_end, TrimEnd, [$($lift)*], $seen);

            /// The number of characters.
            pub fn length<$($lift)*>(self) -> Expr<Q, Along<$seen, i64>>
            where
                V::Inner: Text,
            {
                Expr::new(self.tokens().call(Function::Length, 1))
            }

            /// The text with other text behind it: `||`.
            pub fn concat<$($lift)* O, J>(self, other: O) -> Expr<Q, Along<O::Gives, $seen>>
            where
                O: Operand<Q, V::Inner, J>,
                V::Inner: Text,
            {
                Expr::new(self.tokens().binary(Binary::Concat, other))
            }

            /// The text with each occurrence of `from` replaced.
            pub fn replace<$($lift)* F, J, O, K>(
                self,
                from: F,
                to: O,
            ) -> Expr<Q, Along<F::Gives, Along<O::Gives, $seen>>>
            where
                F: Operand<Q, String, J>,
                O: Operand<Q, String, K>,
                V::Inner: Text,
            {
                Expr::new(self.tokens().operand(from).operand(to).call(Function::Replace, 3))
            }

            /// So many characters of the text from a position on, counted from 1.
            pub fn substring<$($lift)*>(self, start: u32, length: u32) -> Expr<Q, $seen>
            where
                V::Inner: Text,
            {
                let tokens = self.tokens().operand::<Q, i64, _>(i64::from(start));
                let tokens = tokens.operand::<Q, i64, _>(i64::from(length));
                Expr::new(tokens.call(Function::Substring, 3))
            }

            /// The number without its sign.
            pub fn abs<$($lift)*>(self) -> Expr<Q, $seen>
            where
                V::Inner: Number,
            {
                Expr::new(self.tokens().call(Function::Abs, 1))
            }

            /// The nearest whole number, halves away from zero.
            pub fn round<$($lift)*>(self) -> Expr<Q, $seen>
            where
                V::Inner: Number,
            {
                Expr::new(self.tokens().call(Function::Round(V::Inner::KIND), 1))
            }

            functions!(@part "The year.", year, Year, [$($lift)*], $seen);
            functions!(@part "The month, from 1.", month, Month, [$($lift)*], $seen);
            functions!(@part "The day of the month, from 1.", day, Day, [$($lift)*], $seen);
            functions!(@part "The day of the week, from 0 for Sunday.", weekday, Weekday, [$($lift)*], $seen);

            /// The date, of an instant the one in UTC.
            pub fn date<$($lift)*>(self) -> Expr<Q, Along<$seen, Date>>
            where
                V::Inner: Dated,
            {
                Expr::new(self.tokens().call(Function::Date { instant: V::Inner::INSTANT }, 1))
            }
        }
    };
    (@text $doc:literal, $method:ident, $function:ident, [$($lift:tt)*], $seen:ty) => {
        #[doc = $doc]
        pub fn $method<$($lift)*>(self) -> Expr<Q, $seen>
        where
            V::Inner: Text,
        {
            Expr::new(self.tokens().call(Function::$function, 1))
        }
    };
    (@part $doc:literal, $method:ident, $part:ident, [$($lift:tt)*], $seen:ty) => {
        #[doc = $doc]
        pub fn $method<$($lift)*>(self) -> Expr<Q, Along<$seen, i64>>
        where
            V::Inner: Dated,
        {
            let function = Function::Part { part: Part::$part, instant: V::Inner::INSTANT };
            Expr::new(self.tokens().call(function, 1))
        }
    };
}

functions!([T: Source, V: Value] Column<T, V>, [Q: Reads<T, I>, I,], Q::Seen<V>);
functions!([T: Source, V: Value] Term<T, V>, [Q: Reads<T, I>, I,], Q::Seen<V>);
functions!([Q, V: Value] Expr<Q, V>, [], V);

/// The instant at which the transaction began; on SQLite, the statement.
pub fn now<Q>() -> Expr<Q, Timestamp> {
    Expr::new(Tokens::default().call(Function::Now, 0))
}

/// The larger of two values: null where one of them is.
pub fn greatest<Q, V: Value, A: Operand<Q, V, J>, J, B: Operand<Q, V, K>, K>(
    one: A,
    other: B,
) -> Expr<Q, Along<A::Gives, B::Gives>> {
    let nullable = A::Gives::NULLABLE || B::Gives::NULLABLE;
    let tokens = Tokens::default().operand(one).operand(other);
    Expr::new(tokens.call(Function::Greatest { nullable }, 2))
}

/// The smaller of two values: null where one of them is.
pub fn least<Q, V: Value, A: Operand<Q, V, J>, J, B: Operand<Q, V, K>, K>(
    one: A,
    other: B,
) -> Expr<Q, Along<A::Gives, B::Gives>> {
    let nullable = A::Gives::NULLABLE || B::Gives::NULLABLE;
    let tokens = Tokens::default().operand(one).operand(other);
    Expr::new(tokens.call(Function::Least { nullable }, 2))
}

/// Values that depend on conditions: `case().when(Post::VIEWS.gt(99), "hot").otherwise("cold")`. It may be null where one of the values
/// may be.
pub fn case<Q, V>() -> Case<Q, V, V> {
    Case { tokens: Tokens::default(), arms: 0, of: std::marker::PhantomData }
}

/// A `CASE` of values of `V` that is being written; so far it gives `G`: the same, or `Option<V>`.
#[derive(Debug, Clone)]
#[must_use = "a case is an expression when it is ended by `.otherwise(…)` or `.end()`"]
pub struct Case<Q, V, G> {
    tokens: Tokens,
    arms: u8,
    of: Written<Q, V, G>,
}

/// What a case is of; it holds none of it.
type Written<Q, V, G> = std::marker::PhantomData<fn() -> (Q, V, G)>;

impl<Q, V: Value, G: Value> Case<Q, V, G> {
    /// Where this condition holds and none before it does, this value.
    pub fn when<O: Operand<Q, V, J>, J>(
        self,
        condition: Predicate<Q>,
        value: O,
    ) -> Case<Q, V, Along<O::Gives, G>> {
        let Self { mut tokens, arms, .. } = self;
        tokens.append(condition.tokens);
        value.place(&mut tokens);
        Case { tokens, arms: arms.saturating_add(1), of: std::marker::PhantomData }
    }

    /// Where no condition holds, this value.
    pub fn otherwise<O: Operand<Q, V, J>, J>(self, value: O) -> Expr<Q, Along<O::Gives, G>>
    where
        V: Castable,
    {
        let mut tokens = self.tokens;
        value.place(&mut tokens);
        tokens.nodes.push(Node::Case { arms: self.arms, otherwise: true });
        tokens.nodes.push(Node::Cast(V::CAST));
        Expr::new(tokens)
    }

    /// Where no condition holds, null.
    pub fn end(self) -> Expr<Q, Option<V::Inner>>
    where
        V: Castable,
    {
        let mut tokens = self.tokens;
        tokens.nodes.push(Node::Case { arms: self.arms, otherwise: false });
        tokens.nodes.push(Node::Cast(V::CAST));
        Expr::new(tokens)
    }
}

impl<Q> Predicate<Q> {
    /// The condition as a value: null where it is neither true nor false.
    pub fn value(self) -> Expr<Q, Option<bool>> {
        Expr::new(self.tokens)
    }

    /// Whether the condition is true: never null.
    pub fn is_true(self) -> Expr<Q, bool> {
        Expr::new(self.tokens.unary(Unary::IsTrue))
    }
}
