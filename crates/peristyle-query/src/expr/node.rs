use std::sync::Arc;

use super::{Cast, Direction, Nulls};
use crate::source::SourceRef;
use crate::statement::Select;

/// One step of an expression in postfix notation: operands first, then what is done with them.
///
/// A list of nodes has no values in it, only places for them. Two expressions with the same nodes have the same SQL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A column of a source.
    Column(SourceRef, u16),
    /// The next parameter.
    Bind,
    /// Takes one operand.
    Unary(Unary),
    /// Takes two operands.
    Binary(Binary),
    /// Takes three: the value, the lower bound, the upper bound.
    Between,
    /// Takes a list of keys that is one parameter: whether these columns of a source are one of the keys.
    InKeys(SourceRef, Arc<[u16]>),
    /// Takes a function's arguments.
    Call(Function, u8),
    /// Takes a JSON document: what stands in it at a path.
    Path(Arc<[Segment]>, JsonKind),
    /// Takes a value: the same as one of another type.
    Cast(Cast),
    /// Takes a condition and a value for each arm, and then a value where none holds.
    Case {
        /// How many arms.
        arms: u8,
        /// Whether there is a value where none holds.
        otherwise: bool,
    },
    /// Takes an aggregate of numbers: as the type that it has in Rust.
    Settled(Reckoning),
    /// Takes an aggregate and a condition on its rows.
    Filtered,
    /// Takes a function, the partitions of its window, and what they are sorted by.
    Over(Arc<Over>),
    /// Whether a query gives a row.
    Exists(Arc<Select>),
    /// Takes a value: whether a query gives it.
    InQuery(Arc<Select>),
    /// Takes a value: whether a query does not give it.
    NotInQuery(Arc<Select>),
    /// Whether these columns of a source are a row that a query gives.
    InRows(SourceRef, Arc<[u16]>, Arc<Select>),
    /// The one value that a query gives.
    Scalar(Arc<Select>),
    /// SQL as it was written, with operands between its pieces.
    Raw(Arc<[Box<str>]>),
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Over {
    /// How many partitions.
    pub partitions: usize,
    /// How its rows are sorted.
    pub order: Vec<(Direction, Option<Nulls>)>,
}

/// An operator on one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `NOT`
    Not,
    /// `IS NULL`
    IsNull,
    /// `IS NOT NULL`
    IsNotNull,
    /// `IS TRUE`
    IsTrue,
    /// `-`
    Negate,
}

/// An operator on two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `IS NOT DISTINCT FROM`: equal, or both null.
    Is,
    /// `IS DISTINCT FROM`
    IsNot,
    /// `IN` a list that is one parameter.
    In,
    /// `NOT IN` a list that is one parameter.
    NotIn,
    /// `LIKE`
    Like,
    /// `NOT LIKE`
    NotLike,
    /// `LIKE`, whatever the case.
    LikeAnyCase,
    /// `NOT LIKE`, whatever the case.
    NotLikeAnyCase,
    /// Whether text begins with other text, case kept.
    StartsWith,
    /// Whether text ends with other text, case kept.
    EndsWith,
    /// Whether text holds other text, case kept.
    HoldsText,
    /// Whether a JSON list holds a value.
    HoldsElement,
    /// Whether a JSON list holds a document.
    HoldsDocument,
    /// Whether an array holds every item of a list that is one parameter.
    HoldsItems,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `||`
    Concat,
}

/// How a type of number is reckoned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reckoning {
    /// Whole numbers.
    Whole,
    /// Floating-point numbers.
    Real,
    /// Exact numbers.
    Exact,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The year.
    Year,
    /// The month, from 1.
    Month,
    /// The day of the month, from 1.
    Day,
    /// The day of the week, from 0 for Sunday.
    Weekday,
}

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The first argument that is not null.
    Coalesce,
    /// Null where both arguments are equal, else the first.
    NullIf,
    /// The larger argument.
    Greatest {
        /// Whether one of its values may be null.
        nullable: bool,
    },
    /// The smaller argument.
    Least {
        /// Whether one of its values may be null.
        nullable: bool,
    },
    /// Text in lower case.
    Lower,
    /// Text in upper case.
    Upper,
    /// Text without blanks at both ends.
    Trim,
    /// Text without blanks at its begin.
    TrimStart,
    /// Text without blanks at its end.
    TrimEnd,
    /// Text with each occurrence of the second argument replaced by the third.
    Replace,
    /// So many characters from a position on.
    Substring,
    /// The number of characters.
    Length,
    /// A number without its sign.
    Abs,
    /// The nearest whole number.
    Round(Reckoning),
    /// The number of elements of a JSON list.
    JsonLength,
    /// The number of elements of an array.
    ArrayLength,
    /// The present instant.
    Now,
    /// A part of a date.
    Part {
        /// Which.
        part: Part,
        /// Whether it is a date of an instant.
        instant: bool,
    },
    /// The date.
    Date {
        /// Whether it is one of an instant.
        instant: bool,
    },
    /// The number of rows.
    CountRows,
    /// The number of rows with a value.
    Count,
    /// The number of different values.
    CountDistinct,
    /// The sum.
    Sum,
    /// The mean.
    Average,
    /// The smallest value.
    Min,
    /// The largest value.
    Max,
    /// Texts one behind the other.
    Joined,
    /// The row's number in its window.
    RowNumber,
    /// The row's rank, with gaps.
    Rank,
    /// The row's rank, without gaps.
    DenseRank,
    /// A value of an earlier row.
    Lag,
    /// A value of a later row.
    Lead,
    /// The value of the window's first row.
    FirstValue,
    /// The value of the window's last row.
    LastValue,
}

/// One step of a path into a JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The value of a key.
    Key(String),
    /// The element of a list, counted from 0.
    Index(u32),
}

/// What is expected at a path of a JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Anything, as a document.
    Document,
}
