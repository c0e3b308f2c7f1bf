//! What every contender is asked to do.

/// How many rows there are before anything is asked.
pub const ROWS: usize = 10_000;

/// A row to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// Their name.
    pub name: String,
    /// The colour of their hair, where it is known.
    pub hair_color: Option<String>,
}

/// Rows number `first` to `first + count`, the same for everybody.
pub fn new_users(first: usize, count: usize) -> Vec<NewUser> {
    (first..first + count)
        .map(|number| NewUser {
            name: format!("user number {number}"),
            hair_color: (!number.is_multiple_of(3)).then(|| format!("shade {}", number % 17)),
        })
        .collect()
}

/// What makes the table.
pub const CREATE: &str =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, hair_color TEXT)";

/// What takes the inserted rows away again.
pub const FORGET: &str = "DELETE FROM users WHERE id > 10000";

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// One row by its key, for each of 100 keys spread over the table.
    Point,
    /// All rows.
    Load,
    /// Three conditions, an order and a limit of 10, 100 times.
    Filter,
    /// One row inserted, 100 times, each on its own.
    InsertOne,
    /// 100 rows in one statement.
    InsertMany,
    /// A transaction with 100 inserts of one row.
    Transaction,
}

impl Question {
    /// Every question, in the order of the report.
    pub const ALL: [Self; 6] = [
        Self::Point,
        Self::Filter,
        Self::Load,
        Self::InsertOne,
        Self::InsertMany,
        Self::Transaction,
    ];

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Load => "load 10,000",
            Self::Filter => "filter, order, limit 10",
            Self::InsertOne => "insert 1",
            Self::InsertMany => "insert 100",
            Self::Transaction => "100 inserts, 1 transaction",
        }
    }

    /// How often a sample asks it: short questions often, so that what is measured is warm.
    pub fn repeats(self) -> u32 {
        match self {
            Self::Point | Self::Filter | Self::InsertOne | Self::InsertMany | Self::Transaction => {
                10
            }
            Self::Load => 1,
        }
    }

    /// How many pieces a sample has: what is reported is the cost of one.
    pub fn pieces(self) -> u32 {
        match self {
            Self::Point | Self::Filter | Self::InsertOne => 100 * self.repeats(),
            Self::Load | Self::InsertMany | Self::Transaction => self.repeats(),
        }
    }
}

/// The keys of a sample of points: spread over the table, the same in every sample.
pub fn keys() -> impl Iterator<Item = i64> + Clone {
    (0..100).map(|number| number * 7919 % 10_000 + 1)
}

/// What the filter is bound to, for each time it is asked.
pub fn floors() -> impl Iterator<Item = i64> + Clone {
    keys().map(|key| key % 9_000)
}

/// The name that the filter leaves out.
pub const LEFT_OUT: &str = "user number 5000";
