//! Pages that begin behind a row, not after a number of rows: each costs the same, and none repeats or misses a row
//! because others were written in between.

use crate::expr::{Binary, Direction, Node, OrderKey, OrderTerm, Tokens, Unary};
use crate::source::SourceRef;
use crate::statement::Select;
use crate::{Bind, Source, ValueError};

/// A column that pages are sorted by.
#[derive(Debug, Clone, Copy)]
struct Step {
    column: u16,
    direction: Direction,
}

/// The columns that a select sorts by; nothing if it sorts by something else.
fn steps(select: &Select) -> Option<Vec<Step>> {
    let step = |term: &OrderTerm| {
        term.column_of(select.source).map(|column| Step { column, direction: term.direction })
    };
    select.order.iter().map(step).collect()
}

/// The row that a page begins behind: its values, by column.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    values: Vec<(u16, Bind<'static>)>,
}

impl Start {
    pub(crate) fn at<S: Source>(row: &S) -> Self {
        let values = S::SOURCE.positions().map(|at| (at, row.bind(at).into_owned())).collect();
        Self { values }
    }

    pub(crate) fn from_values(values: Vec<(u16, Bind<'static>)>) -> Self {
        Self { values }
    }

    fn value(&self, column: u16) -> Bind<'static> {
        self.values.iter().find(|(at, _)| *at == column).map_or(Bind::Null, |(_, v)| v.clone())
    }

    /// The condition that a row stands behind it in the select's order.
    ///
    /// For the order `a, b`: `a > ? OR (a = ? AND b > ?)`, with `a >= ?` before it, by which an index on `a` is used.
    pub(crate) fn condition(&self, select: &Select) -> Tokens {
        let mut condition = Tokens::default();
        let source = select.source;
        let Some(steps) = steps(select) else {
            let by = ValueError::kind("columns of the table to sort pages by", "something else");
            condition.bind(Bind::Failed(by));
            return condition;
        };
        for (at, step) in steps.iter().enumerate().rev() {
            let last = at + 1 == steps.len();
            condition = self.step(source, *step, (!last).then_some(condition));
        }
        let [first, _, ..] = steps.as_slice() else { return condition };
        let mut bounded = self.bound(source, *first);
        bounded.and(condition);
        bounded
    }

    /// Behind the value of this column; or the same value and `rest`.
    fn step(&self, source: SourceRef, term: Step, rest: Option<Tokens>) -> Tokens {
        let same = |rest: Tokens| {
            let mut tokens = match self.value(term.column).is_null() {
                true => is(source, term.column, Unary::IsNull),
                false => self.compare(source, term.column, Binary::Eq),
            };
            tokens.append(rest);
            tokens.nodes.push(Node::Binary(Binary::And));
            tokens
        };
        match (self.beyond(source, term), rest) {
            (Some(beyond), None) => beyond,
            (Some(mut beyond), Some(rest)) => {
                beyond.append(same(rest));
                beyond.nodes.push(Node::Binary(Binary::Or));
                beyond
            }
            (None, Some(rest)) => same(rest),
            (None, None) => {
                let mut nothing = Tokens::default();
                nothing.bind(Bind::Bool(false));
                nothing
            }
        }
    }

    /// Strictly behind the value of this column, where anything can be. Nulls stand before everything in ascending order and
    /// behind everything in descending order.
    fn beyond(&self, source: SourceRef, term: Step) -> Option<Tokens> {
        let null = self.value(term.column).is_null();
        match (term.direction, null) {
            (Direction::Ascending, false) => Some(self.compare(source, term.column, Binary::Gt)),
            (Direction::Ascending, true) => Some(is(source, term.column, Unary::IsNotNull)),
            (Direction::Descending, false) => {
                let mut tokens = self.compare(source, term.column, Binary::Lt);
                if nullable(source, term.column) {
                    tokens.append(is(source, term.column, Unary::IsNull));
                    tokens.nodes.push(Node::Binary(Binary::Or));
                }
                Some(tokens)
            }
            (Direction::Descending, true) => None,
        }
    }

    /// A bound on the first column alone, which the whole condition implies; none where nulls would need more words.
    fn bound(&self, source: SourceRef, term: Step) -> Tokens {
        if self.value(term.column).is_null() {
            return Tokens::default();
        }
        match term.direction {
            Direction::Ascending => self.compare(source, term.column, Binary::Ge),
            Direction::Descending if nullable(source, term.column) => Tokens::default(),
            Direction::Descending => self.compare(source, term.column, Binary::Le),
        }
    }

    fn compare(&self, source: SourceRef, column: u16, operator: Binary) -> Tokens {
        let mut tokens = Tokens::default();
        tokens.nodes.push(Node::Column(source, column));
        tokens.bind(self.value(column));
        tokens.nodes.push(Node::Binary(operator));
        tokens
    }
}

fn is(source: SourceRef, column: u16, operator: Unary) -> Tokens {
    let mut tokens = Tokens::default();
    tokens.nodes.push(Node::Column(source, column));
    tokens.nodes.push(Node::Unary(operator));
    tokens
}

fn nullable(source: SourceRef, column: u16) -> bool {
    source.0.columns.get(usize::from(column)).is_none_or(|info| info.nullable)
}

/// The select's order with the key behind it, so that no two rows stand at the same place.
pub(crate) fn with_key(select: &Select) -> Vec<OrderTerm> {
    let mut order = select.order.clone();
    for column in select.source.0.key {
        let key = OrderKey::Column(select.source, *column);
        if order.iter().all(|term| term.key != key) {
            order.push(OrderTerm { key, direction: Direction::Ascending, nulls: None });
        }
    }
    order
}
