//! What every question has: conditions, orders, limits, and the comparison of what both ways gave.

use std::fmt::Write as _;

use peristyle::{Connection, Expr, Order, Predicate, Result};
use peristyle_sql::DialectName;
use peristyle_tests::queries::grow::Grower;
use peristyle_tests::queries::plain::Plain;
use peristyle_tests::queries::tree::{Cond, Int, Text};
use peristyle_tests::queries::typed::{self, Tables};
use peristyle_tests::queries::witness::{Kind, Rows, Witness};
use peristyle_tests::queries::{Day, Place, Real};
use peristyle_tests::random::Dice;

/// What both ways agreed on.
pub enum Seen {
    /// So many rows.
    Rows(u64),
    /// An error: a number that became too large, say.
    Refused,
}

/// Whether the order of rows is told.
#[derive(Clone, Copy, PartialEq)]
pub enum Sorted {
    Yes,
    No,
}

pub struct Asking<'a> {
    pub db: &'a Connection,
    pub witness: &'a mut Witness,
    pub dice: &'a mut Dice,
}

impl Asking<'_> {
    pub fn grower(&mut self, places: &[Place]) -> Grower<'_> {
        Grower { dice: self.dice, places: places.to_vec() }
    }

    pub fn plain(&self) -> Plain {
        Plain(self.witness.dialect())
    }

    /// Compares what both ways gave.
    pub fn compare(
        &mut self,
        typed: Result<Rows>,
        kinds: &[Kind],
        sorted: Sorted,
        sql: &str,
        plain: &str,
    ) -> Result<Seen, String> {
        let right = self.witness.ask(plain, kinds);
        let (mut ours, mut theirs) = match (typed, right) {
            (Err(_), Err(_)) => return Ok(Seen::Refused),
            // Which rows a number is reckoned for is the database's choice.
            (Ok(_), Err(error)) if is_overflow(&error) => return Ok(Seen::Refused),
            (Err(error), Ok(_)) if is_overflow(&error.to_string()) => return Ok(Seen::Refused),
            (Ok(ours), Ok(theirs)) => (ours, theirs),
            (ours, theirs) => {
                return Err(format!(
                    "{sql}\n  gives {}\n{plain}\n  gives {}",
                    ours.map_or_else(
                        |error| error.to_string(),
                        |rows| format!("{} rows", rows.len())
                    ),
                    theirs.map_or_else(|error| error, |rows| format!("{} rows", rows.len())),
                ));
            }
        };
        if sorted == Sorted::No {
            ours.sort();
            theirs.sort();
        }
        if ours == theirs {
            return Ok(Seen::Rows(ours.len() as u64));
        }
        let at = ours.iter().zip(&theirs).position(|(one, other)| one != other);
        let at = at.unwrap_or(ours.len().min(theirs.len()));
        let mut words = format!("{sql}\n{plain}\n  differ in row {at}:");
        for rows in [&ours, &theirs] {
            let cells: Vec<String> =
                rows.get(at).into_iter().flatten().map(ToString::to_string).collect();
            let _ = write!(words, "\n  {} (of {})", cells.join(", "), rows.len());
        }
        Err(words)
    }

    /// Limits, as the typed query has them and as SQL.
    pub fn limits(&mut self) -> (Option<u64>, Option<u64>, String) {
        let limit = self.dice.one_in(2).then(|| self.dice.below(6));
        let offset = self.dice.one_in(3).then(|| self.dice.below(4));
        let mut words = String::new();
        match (limit, offset, self.witness.dialect()) {
            (Some(limit), _, _) => words = format!(" LIMIT {limit}"),
            (None, Some(_), DialectName::Sqlite) => words.push_str(" LIMIT -1"),
            (None, Some(_), DialectName::Postgres) | (None, None, _) => {}
        }
        if let Some(offset) = offset {
            let _ = write!(words, " OFFSET {offset}");
        }
        (limit, offset, words)
    }

    /// Things to sort by, with the keys behind them, so that each row has its place.
    pub fn order<Q: Tables>(&mut self) -> (Vec<Order<Q>>, String) {
        let (mut typed, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..self.dice.below(3) {
            let as_text = self.dice.one_in(2);
            let depth = u32::from(self.dice.one_in(3));
            let (down, nulls) = (self.dice.one_in(2), self.dice.below(3));
            let words = self.plain();
            let mut grower = self.grower(Q::PLACES);
            let (sql, term) = if as_text {
                // A bare literal is a column's number to SQL.
                let text =
                    Text::Concat(Box::new((grower.text(depth), Text::Literal("~".to_owned()))));
                let term = typed::text::<Q>(&text);
                (words.text(&text), if down { term.desc() } else { term.asc() })
            } else {
                let column = grower.int_column();
                let int = match depth {
                    0 => Int::Column(column),
                    _ => Int::Abs(Box::new(grower.int(1))),
                };
                let term = typed::int::<Q>(&int);
                (words.int(&int), if down { term.desc() } else { term.asc() })
            };
            let (term, first) = match nulls {
                0 => (term.nulls_first(), true),
                1 => (term.nulls_last(), false),
                _ => (term, !down),
            };
            typed.push(term);
            plain.push(format!(
                "{sql} {} NULLS {}",
                if down { "DESC" } else { "ASC" },
                if first { "FIRST" } else { "LAST" }
            ));
        }
        typed.extend(Q::keys());
        plain.extend(Q::PLACES.iter().map(|place| format!("{}.id ASC NULLS FIRST", table(*place))));
        (typed, plain.join(", "))
    }

    /// A condition, or none.
    pub fn filter<Q: Tables>(&mut self) -> (Option<Predicate<Q>>, String) {
        if self.dice.one_in(5) {
            return (None, String::new());
        }
        let depth = self.dice.below(4) as u32;
        let cond = self.grower(Q::PLACES).cond(depth);
        (Some(typed::cond(&cond)), format!(" WHERE {}", self.plain().cond(&cond)))
    }

    /// An expression of each kind.
    pub fn items<Q: Tables>(&mut self) -> (Selected<Q>, String) {
        let mut grower = self.grower(Q::PLACES);
        let int: Int = grower.int(2);
        let text: Text = grower.text(2);
        let real: Real = grower.real(2);
        let cond: Cond = grower.cond(2);
        let day: Day = grower.day(2);
        let words = self.plain();
        let plain = [
            words.int(&int),
            words.text(&text),
            words.real(&real),
            words.cond(&cond),
            words.day(&day),
        ];
        let typed = (
            typed::int(&int),
            typed::text(&text),
            typed::real(&real),
            typed::cond(&cond).value(),
            typed::day(&day),
        );
        (typed, plain.join(", "))
    }
}

/// What is selected of each row of a query.
pub type Selected<Q> = (
    Expr<Q, Option<i64>>,
    Expr<Q, Option<String>>,
    Expr<Q, Option<f64>>,
    Expr<Q, Option<bool>>,
    Expr<Q, Option<peristyle::Date>>,
);

/// A table's name in SQL.
pub fn table(place: Place) -> &'static str {
    match place {
        Place::Item => "items",
        Place::Shop => "shops",
        Place::Sale => "sales",
        Place::Parent => "\"Parent\"",
    }
}

/// Whether a number became too large.
fn is_overflow(error: &str) -> bool {
    error.contains("out of range") || error.contains("overflow")
}
