//! A query's expressions, as what they are.

/// A table that a query reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `items`
    Item,
    /// `shops`
    Shop,
    /// `sales`
    Sale,
    /// `shops`, under the name `Parent`
    Parent,
}

/// Columns of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are columns")]
pub enum IntColumn {
    ItemN,
    ItemM,
    ShopRank,
    SaleAmount,
    ParentRank,
}

/// Columns of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are columns")]
pub enum TextColumn {
    ItemName,
    ItemNote,
    ShopCity,
    SaleBuyer,
    ParentCity,
}

/// Columns of floating-point numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are columns")]
pub enum RealColumn {
    ItemScore,
    ItemWeight,
}

/// Columns of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are columns")]
pub enum DayColumn {
    ItemDay,
    SaleDay,
}

/// A whole number.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Int {
    Column(IntColumn),
    Literal(i64),
    Reckoned(Reckoned, Box<(Int, Int)>),
    Negated(Box<Int>),
    Abs(Box<Int>),
    Length(Box<Text>),
    Year(Box<Day>),
    Coalesce(Box<(Int, Int)>),
    NullIf(Box<(Int, Int)>),
    Greatest(Box<(Int, Int)>),
    Least(Box<(Int, Int)>),
    Case(Box<(Cond, Int, Int)>),
    CaseWithoutElse(Box<(Cond, Int)>),
    /// How often the item was sold.
    Sales,
    /// The largest amount below this one.
    LargestSale(i64),
}

/// What two numbers are reckoned by.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Reckoned {
    Plus,
    Minus,
    Times,
    DividedBy,
}

/// A text.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Text {
    Column(TextColumn),
    Literal(String),
    Lower(Box<Text>),
    Upper(Box<Text>),
    Trim(Box<Text>),
    Concat(Box<(Text, Text)>),
    Replace(Box<Text>, String, String),
    Substring(Box<Text>, u32, u32),
    Coalesce(Box<(Text, Text)>),
    Case(Box<(Cond, Text, Text)>),
    OfInt(Box<Int>),
}

/// A floating-point number.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Real {
    Column(RealColumn),
    Literal(f64),
    Reckoned(Reckoned, Box<(Real, Real)>),
    Coalesce(Box<(Real, Real)>),
    OfInt(Box<Int>),
}

/// A date.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Day {
    Column(DayColumn),
    Literal(peristyle::Date),
    Coalesce(Box<(Day, Day)>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Compared {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// How a text is matched.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Matched {
    Like,
    NotLike,
    ILike,
    StartsWith,
    EndsWith,
    Contains,
}

/// A condition.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "they are what SQL calls them")]
pub enum Cond {
    Ints(Compared, Int, Int),
    Texts(Compared, Text, Text),
    Reals(Compared, Real, Real),
    Days(Compared, Day, Day),
    Between(Int, Int, Int),
    InInts {
        of: Int,
        list: Vec<i64>,
        not: bool,
    },
    InTexts {
        of: Text,
        list: Vec<String>,
        not: bool,
    },
    /// Among the amounts above this one.
    InSales {
        of: Int,
        above: i64,
        not: bool,
    },
    Match(Matched, Text, String),
    NoInt(Int),
    NoText(Text),
    NoDay(Day),
    SomeText(Text),
    IsInt {
        of: Int,
        value: Option<i64>,
        not: bool,
    },
    Live,
    And(Box<(Cond, Cond)>),
    Or(Box<(Cond, Cond)>),
    Not(Box<Cond>),
    True(Box<Cond>),
    /// Whether the item was sold in more than this amount.
    Sold(i64),
    /// Whether it was never sold.
    Unsold,
    /// Whether the shop has an item like this.
    Stocks(Box<Cond>),
    /// Whether other shops belong to the shop.
    HasBranches,
}
