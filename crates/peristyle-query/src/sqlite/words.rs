use peristyle_sql::{DialectName, dialect};

use crate::expr::{Binary, Cast, Direction, Function, JsonKind, Nulls, Part, Reckoning, Segment};
use crate::render::{Fragment, Strength, Words, column_of, infix};
use crate::source::SourceInfo;
use crate::statement::Lock;

/// How SQLite says it.
pub(super) struct SqliteWords;

impl Words for SqliteWords {
    fn quote(&self, identifier: &str) -> String {
        dialect(DialectName::Sqlite).quote(identifier)
    }

    fn direction(
        &self,
        direction: Direction,
        nulls: Option<Nulls>,
        nullable: bool,
    ) -> &'static str {
        let nulls = if nullable { nulls } else { None };
        match (direction, nulls) {
            (Direction::Ascending, None | Some(Nulls::First)) => "",
            (Direction::Ascending, Some(Nulls::Last)) => " NULLS LAST",
            (Direction::Descending, None | Some(Nulls::Last)) => " DESC",
            (Direction::Descending, Some(Nulls::First)) => " DESC NULLS FIRST",
        }
    }

    fn explain(&self) -> &'static str {
        "EXPLAIN QUERY PLAN "
    }

    fn knows_distinct_on(&self) -> bool {
        false
    }

    /// SQLite 3.51 makes a join of it, and then counts the rows of that join where nothing is sorted.
    fn confuses_offset_and_exists(&self) -> bool {
        true
    }

    /// A transaction that can write holds the whole database.
    fn lock(&self, _lock: Lock) -> &'static str {
        ""
    }

    fn parameter(&self, number: usize) -> String {
        format!("?{number}")
    }

    fn binary(&self, operator: Binary, left: Fragment, right: Fragment) -> Fragment {
        if let Some((word, strength)) = infix(operator) {
            // `a - (b - c)` needs its parentheses, `(a - b) - c` does not.
            let right = match operator {
                Binary::And | Binary::Or => right.at_least(strength),
                _ => right.above(strength),
            };
            let left = match strength {
                Strength::Comparison => left.above(strength),
                _ => left.at_least(strength),
            };
            return Fragment::new(format!("{left} {word} {right}"), strength);
        }
        let left = left.above(Strength::Comparison);
        let right = right.above(Strength::Comparison);
        let comparison = |text: String| Fragment::new(text, Strength::Comparison);
        match operator {
            Binary::Is => comparison(format!("{left} IS {right}")),
            Binary::IsNot => comparison(format!("{left} IS NOT {right}")),
            Binary::In => comparison(format!("{left} IN (SELECT value FROM json_each({right}))")),
            Binary::NotIn => {
                comparison(format!("{left} NOT IN (SELECT value FROM json_each({right}))"))
            }
            // SQLite's `LIKE` takes the letters of ASCII in any case.
            Binary::Like | Binary::LikeAnyCase => comparison(format!("{left} LIKE {right} ESCAPE '\\'")),
            Binary::NotLike | Binary::NotLikeAnyCase => comparison(format!("{left} NOT LIKE {right} ESCAPE '\\'")),
            Binary::StartsWith => {
                comparison(format!("substr({left}, 1, length({right})) = {right}"))
            }
            Binary::EndsWith => comparison(format!(
                "substr({left}, length({left}) - length({right}) + 1) = {right} AND length({left}) >= length({right})"
            ))
            .grouped(),
            Binary::HoldsText => comparison(format!("instr({left}, {right}) > 0")),
            Binary::HoldsElement => Fragment::atom(format!(
                "EXISTS (SELECT 1 FROM json_each({left}) AS element WHERE element.value = {right})"
            )),
            // A document is told apart by its text, as the type writes it.
            Binary::HoldsDocument => Fragment::atom(format!(
                "EXISTS (SELECT 1 FROM json_each({left}) AS element WHERE {left} -> element.fullkey = json({right}))"
            )),
            Binary::HoldsItems => Fragment::atom(format!(
                "NOT EXISTS (SELECT value FROM json_each({right}) EXCEPT SELECT value FROM json_each({left}))"
            )),
            Binary::And
            | Binary::Or
            | Binary::Eq
            | Binary::Ne
            | Binary::Lt
            | Binary::Le
            | Binary::Gt
            | Binary::Ge
            | Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Remainder
            | Binary::Concat => Fragment::atom("NULL"),
        }
    }

    fn in_keys(&self, source: &SourceInfo, columns: &[u16], keys: &str) -> Fragment {
        let columns: Vec<String> =
            columns.iter().map(|column| column_of(self, source, *column)).collect();
        let text = match columns.as_slice() {
            [column] => format!("{column} IN (SELECT value FROM json_each({keys}))"),
            columns => {
                let parts = (0..columns.len()).map(|at| format!("json_extract(value, '$[{at}]')"));
                let parts = parts.collect::<Vec<_>>().join(", ");
                format!("({}) IN (SELECT {parts} FROM json_each({keys}))", columns.join(", "))
            }
        };
        Fragment::new(text, Strength::Comparison)
    }

    fn call(&self, function: Function, arguments: &[String]) -> Fragment {
        let name = match function {
            Function::Coalesce => "coalesce",
            Function::NullIf => "nullif",
            Function::Greatest { .. } => "max",
            Function::Least { .. } => "min",
            Function::Lower => "lower",
            Function::Upper => "upper",
            Function::Trim => "trim",
            Function::TrimStart => "ltrim",
            Function::TrimEnd => "rtrim",
            Function::Replace => "replace",
            Function::Substring => "substr",
            Function::Length => "length",
            Function::Abs => "abs",
            Function::Round(Reckoning::Whole) => "",
            Function::Round(Reckoning::Real | Reckoning::Exact) => "round",
            Function::JsonLength | Function::ArrayLength => "json_array_length",
            // In the form in which instants are kept.
            Function::Now => return Fragment::atom("strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"),
            Function::Part { part, .. } => {
                let form = match part {
                    Part::Year => "%Y",
                    Part::Month => "%m",
                    Part::Day => "%d",
                    Part::Weekday => "%w",
                };
                let of = arguments.join(", ");
                return Fragment::atom(format!("CAST(strftime('{form}', {of}) AS INTEGER)"));
            }
            Function::Date { .. } => "date",
            Function::CountRows => return Fragment::atom("count(*)"),
            Function::Count => "count",
            Function::CountDistinct => {
                return Fragment::atom(format!("count(DISTINCT {})", arguments.join(", ")));
            }
            Function::Sum => "sum",
            Function::Average => "avg",
            Function::Min => "min",
            Function::Max => "max",
            Function::Joined => "group_concat",
            Function::RowNumber => "row_number",
            Function::Rank => "rank",
            Function::DenseRank => "dense_rank",
            Function::Lag => "lag",
            Function::Lead => "lead",
            Function::FirstValue => "first_value",
            Function::LastValue => "last_value",
        };
        Fragment::atom(format!("{name}({})", arguments.join(", ")))
    }

    fn cast(&self, value: Fragment, to: Cast) -> Fragment {
        let to = match to {
            Cast::Integer | Cast::Boolean => "INTEGER",
            Cast::Real => "REAL",
            Cast::Decimal => "NUMERIC",
            Cast::Text => "TEXT",
            // What these are kept as is text, and a cast of it is what it was.
            Cast::Date | Cast::DateTime | Cast::Timestamp | Cast::Uuid => return value,
        };
        Fragment::atom(format!("CAST({} AS {to})", value.text))
    }

    fn path(&self, document: Fragment, path: &[Segment], kind: JsonKind) -> Fragment {
        let document = document.at_least(Strength::Atom);
        let path = literal(&json_path(path));
        Fragment::atom(match kind {
            // The document there, as JSON text.
            JsonKind::Document => format!("({document} -> {path})"),
            JsonKind::Text | JsonKind::Integer | JsonKind::Number | JsonKind::Boolean => {
                format!("json_extract({document}, {path})")
            }
        })
    }
}

impl Fragment {
    fn grouped(self) -> Self {
        Self::atom(format!("({})", self.text))
    }
}

/// A path in SQLite's notation: `$.key[0]`, `$."odd key"`. A plain key stands without quotes, as in an index that somebody
/// made on the same expression: SQLite uses it only where the texts are equal.
fn json_path(path: &[Segment]) -> String {
    let mut text = String::from("$");
    for segment in path {
        match segment {
            Segment::Key(key) if is_plain(key) => {
                text.push('.');
                text.push_str(key);
            }
            Segment::Key(key) => {
                // Inside the quotes SQLite reads a key as JSON writes it.
                text.push('.');
                text.push_str(&serde_json::Value::from(key.as_str()).to_string());
            }
            Segment::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

fn is_plain(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
