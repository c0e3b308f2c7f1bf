use std::sync::Arc;

use crate::source::SourceRef;

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
    /// `||`
    Concat,
}

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The first argument that is not null.
    Coalesce,
    /// Text in lower case.
    Lower,
    /// Text in upper case.
    Upper,
    /// The number of characters.
    Length,
    /// The number of elements of a JSON list.
    JsonLength,
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
