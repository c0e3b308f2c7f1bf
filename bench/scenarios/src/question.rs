//! What every contender is asked to do.

/// The database that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in this process.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// One row by its key.
    Point,
    /// 20 rows by their keys that do not depend on one another, and may be on the way together.
    Points,
    /// The rows of 100 keys.
    In,
    /// Three conditions, an order and a limit of 10.
    Filter,
    /// The 20 rows behind a place in an order of two columns.
    Page,
    /// The first rows by key.
    Load(i64),
    /// Rows of users and what they posted, the posts missing for half of them.
    Join(i64),
    /// So many users with their ten posts, and ten comments on each.
    Tree(i64),
    /// A column of one row, by its key.
    Update,
    /// So many rows in one statement, or however many fewest the contender makes.
    Insert(usize),
    /// A transaction with 100 inserts of one row.
    Transaction,
    /// A round of five pages of an application.
    Web,
}

impl Question {
    /// Every question, in the order of the report.
    pub fn all(engine: Engine) -> Vec<Self> {
        let mut all = vec![Self::Point];
        if engine == Engine::Postgres {
            all.push(Self::Points);
        }
        all.extend([Self::In, Self::Filter, Self::Page]);
        all.extend([1, 10, 100, 1_000, 10_000].map(Self::Load));
        all.extend([1, 10, 100, 1_000, 10_000].map(Self::Join));
        all.extend([1, 10, 100].map(Self::Tree));
        all.push(Self::Update);
        all.extend([1, 10, 25, 50, 100].map(Self::Insert));
        if engine == Engine::Postgres {
            all.push(Self::Insert(1_000));
        }
        all.extend([Self::Transaction, Self::Web]);
        all
    }

    /// Its name in the report.
    pub fn name(self) -> String {
        match self {
            Self::Point => "point by key".into(),
            Self::Points => "20 points, together".into(),
            Self::In => "in of 100 keys".into(),
            Self::Filter => "filter of 3, order, limit 10".into(),
            Self::Page => "keyset page of 20".into(),
            Self::Load(rows) => format!("load {}", thousands(rows)),
            Self::Join(rows) => format!("left join {}", thousands(rows)),
            Self::Tree(roots) => format!("tree {roots} × 10 × 10"),
            Self::Update => "update by key".into(),
            Self::Insert(rows) => format!("insert {}", thousands(rows as i64)),
            Self::Transaction => "100 inserts, 1 transaction".into(),
            Self::Web => "web: five pages".into(),
        }
    }

    /// At most so many times the raw driver's time: what the project aims at.
    pub fn aim(self, engine: Engine) -> Option<f64> {
        match (engine, self) {
            (Engine::Sqlite, Self::Point) => Some(1.15),
            (Engine::Sqlite, Self::Filter) => Some(1.25),
            (Engine::Sqlite, Self::Load(rows)) => (rows >= 100).then_some(1.0),
            (Engine::Sqlite, Self::Join(rows)) => (rows >= 1_000).then_some(0.95),
            (Engine::Sqlite, Self::Tree(_)) => Some(0.95),
            (Engine::Sqlite, Self::Insert(_)) => Some(1.15),
            (Engine::Sqlite, Self::Transaction) => Some(1.2),
            (Engine::Postgres, Self::Point) => Some(1.03),
            (Engine::Postgres, Self::Points) => Some(1.1),
            (Engine::Postgres, Self::Load(10_000)) => Some(0.75),
            (Engine::Postgres, Self::Tree(1)) => Some(0.65),
            (Engine::Postgres, Self::Tree(10)) => Some(0.9),
            (Engine::Postgres, Self::Tree(100)) => Some(1.0),
            (Engine::Postgres, Self::Insert(1_000)) => Some(0.95),
            (
                Engine::Postgres,
                Self::Filter
                | Self::Load(_)
                | Self::Join(_)
                | Self::Tree(_)
                | Self::Insert(_)
                | Self::Transaction,
            )
            | (_, Self::Points | Self::In | Self::Page | Self::Update | Self::Web) => None,
        }
    }

    /// Whether the order of the answer counts.
    pub fn is_ordered(self) -> bool {
        match self {
            Self::Filter | Self::Page | Self::Join(_) => true,
            Self::Point
            | Self::Points
            | Self::In
            | Self::Load(_)
            | Self::Tree(_)
            | Self::Update
            | Self::Insert(_)
            | Self::Transaction
            | Self::Web => false,
        }
    }

    /// How many times a sample asks it: short questions often, so that what is measured is warm.
    pub fn repeats(self, engine: Engine) -> u32 {
        let (few, many) = match engine {
            Engine::Sqlite => (20, 5),
            Engine::Postgres => (2, 1),
        };
        match self {
            Self::Load(rows) | Self::Join(rows) => match rows {
                ..=10 => 10 * few,
                11..=100 => 2 * few,
                101..=1_000 => many,
                _ => 1,
            },
            Self::Tree(1) => 2 * few,
            Self::Tree(roots) => {
                if roots <= 10 {
                    many
                } else {
                    1
                }
            }
            Self::In => 2 * many,
            Self::Points => 5,
            Self::Insert(rows) => match rows {
                ..=10 => 5 * few,
                11..=100 => 2 * many,
                _ => 1,
            },
            Self::Point | Self::Filter | Self::Page | Self::Update => many,
            Self::Transaction | Self::Web => many,
        }
    }

    /// How many pieces each repetition has: what is reported is the cost of one.
    pub fn pieces(self) -> u32 {
        match self {
            Self::Point | Self::Filter | Self::Page | Self::Update => 100,
            Self::Web => 10,
            Self::Points
            | Self::In
            | Self::Load(_)
            | Self::Join(_)
            | Self::Tree(_)
            | Self::Insert(_)
            | Self::Transaction => 1,
        }
    }

    /// How many rows it inserts.
    pub fn inserted(self) -> usize {
        match self {
            Self::Insert(rows) => rows,
            Self::Transaction => 100,
            Self::Point
            | Self::Points
            | Self::In
            | Self::Filter
            | Self::Page
            | Self::Load(_)
            | Self::Join(_)
            | Self::Tree(_)
            | Self::Update
            | Self::Web => 0,
        }
    }
}

fn thousands(number: i64) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let all = Question::all(engine);
            let mut names: Vec<String> = all.iter().map(|question| question.name()).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all.len());
        }
        assert_eq!(Question::Load(10_000).name(), "load 10,000");
    }
}
