//! Expressions.

use super::{Fragment, Sql, Strength, column_of};
use crate::expr::{Node, Over, Unary};
use crate::statement::Select;

impl Sql<'_> {
    pub(super) fn expression(&mut self, nodes: &[Node]) {
        let text = self.text_of(nodes);
        self.put(&text);
    }

    /// An expression as text, with its parameters numbered behind those before it.
    pub(super) fn text_of(&mut self, nodes: &[Node]) -> String {
        let mut stack: Vec<Fragment> = Vec::new();
        for node in nodes {
            let fragment = self.fragment(node, &mut stack);
            stack.push(fragment);
        }
        // One expression leaves one fragment: operators and operands are put together by this crate alone.
        stack.pop().map(|whole| whole.text).unwrap_or_default()
    }

    fn fragment(&mut self, node: &Node, stack: &mut Vec<Fragment>) -> Fragment {
        let mut pop = || stack.pop().unwrap_or_else(|| Fragment::atom("NULL"));
        match node {
            Node::Column(source, column) => {
                Fragment::atom(column_of(self.words, source.0, *column))
            }
            Node::Bind => {
                self.parameters += 1;
                Fragment::atom(self.words.parameter(self.parameters))
            }
            Node::Unary(operator) => unary(*operator, pop()),
            Node::Binary(operator) => {
                let right = pop();
                let left = pop();
                self.words.binary(*operator, left, right)
            }
            Node::Between => {
                let high = pop().above(Strength::Comparison);
                let low = pop().above(Strength::Comparison);
                let value = pop().above(Strength::Comparison);
                Fragment::new(format!("{value} BETWEEN {low} AND {high}"), Strength::Comparison)
            }
            Node::InKeys(source, columns) => self.words.in_keys(source.0, columns, &pop().text),
            Node::Call(function, count) => {
                let arguments = popped(usize::from(*count), pop);
                self.words.call(*function, &arguments)
            }
            Node::Path(path, kind) => self.words.path(pop(), path, *kind),
            Node::Cast(to) => self.words.cast(pop(), *to),
            Node::Case { arms, otherwise } => {
                let last = otherwise.then(|| pop().text);
                let parts = popped(2 * usize::from(*arms), pop);
                case(&parts, last.as_deref())
            }
            Node::Settled(reckoning) => self.words.settle(pop(), *reckoning),
            Node::Filtered => {
                let condition = pop().text;
                let aggregate = pop().text;
                Fragment::atom(format!("{aggregate} FILTER (WHERE {condition})"))
            }
            Node::Over(over) => {
                let order = popped(over.order.len(), &mut pop);
                let partitions = popped(over.partitions, &mut pop);
                let function = pop().text;
                self.over(over, &function, &partitions, &order)
            }
            Node::Exists(select) => Fragment::atom(format!("EXISTS ({})", self.inner(select))),
            Node::InQuery(select) => {
                let value = pop().above(Strength::Comparison);
                let text = format!("{value} IN ({})", self.inner(select));
                Fragment::new(text, Strength::Comparison)
            }
            Node::NotInQuery(select) => {
                let value = pop().above(Strength::Comparison);
                let text = format!("{value} NOT IN ({})", self.inner(select));
                Fragment::new(text, Strength::Comparison)
            }
            Node::InRows(source, columns, select) => {
                let names: Vec<String> =
                    columns.iter().map(|column| column_of(self.words, source.0, *column)).collect();
                let row = match names.as_slice() {
                    [column] => column.clone(),
                    names => format!("({})", names.join(", ")),
                };
                let text = format!("{row} IN ({})", self.inner(select));
                Fragment::new(text, Strength::Comparison)
            }
            Node::Scalar(select) => Fragment::atom(format!("({})", self.inner(select))),
            Node::Raw(pieces) => {
                let operands = popped(pieces.len().saturating_sub(1), pop);
                let mut text = String::new();
                for (at, piece) in pieces.iter().enumerate() {
                    text.push_str(piece);
                    text.push_str(operands.get(at).map_or("", String::as_str));
                }
                Fragment::atom(format!("({text})"))
            }
        }
    }

    /// A query inside of this statement.
    pub(super) fn inner(&mut self, select: &Select) -> String {
        let mut inner = Sql { text: String::new(), parameters: self.parameters, words: self.words };
        inner.select(select);
        self.parameters = inner.parameters;
        inner.text
    }

    fn over(
        &self,
        over: &Over,
        function: &str,
        partitions: &[String],
        order: &[String],
    ) -> Fragment {
        let mut window = String::new();
        if !partitions.is_empty() {
            window.push_str("PARTITION BY ");
            window.push_str(&partitions.join(", "));
        }
        for (at, (by, (direction, nulls))) in order.iter().zip(&over.order).enumerate() {
            let before = match (at, window.is_empty()) {
                (0, true) => "ORDER BY ",
                (0, false) => " ORDER BY ",
                _ => ", ",
            };
            window.push_str(before);
            window.push_str(by);
            window.push_str(self.words.direction(*direction, *nulls, true));
        }
        Fragment::atom(format!("{function} OVER ({window})"))
    }
}

/// The last so many fragments, in order.
fn popped(count: usize, mut pop: impl FnMut() -> Fragment) -> Vec<String> {
    let mut parts: Vec<String> = (0..count).map(|_| pop().text).collect();
    parts.reverse();
    parts
}

fn case(parts: &[String], otherwise: Option<&str>) -> Fragment {
    let mut text = String::from("CASE");
    for arm in parts.chunks_exact(2) {
        text.push_str(&format!(" WHEN {} THEN {}", arm[0], arm[1]));
    }
    if let Some(otherwise) = otherwise {
        text.push_str(&format!(" ELSE {otherwise}"));
    }
    text.push_str(" END");
    Fragment::atom(text)
}

fn unary(operator: Unary, operand: Fragment) -> Fragment {
    let suffixed = |operand: Fragment, words: &str| {
        let operand = operand.above(Strength::Comparison);
        Fragment::new(format!("{operand} {words}"), Strength::Comparison)
    };
    match operator {
        Unary::Not => Fragment::new(format!("NOT {}", operand.above(Strength::Not)), Strength::Not),
        Unary::IsNull => suffixed(operand, "IS NULL"),
        Unary::IsNotNull => suffixed(operand, "IS NOT NULL"),
        Unary::IsTrue => suffixed(operand, "IS TRUE"),
        Unary::Negate => {
            Fragment::new(format!("-{}", operand.at_least(Strength::Atom)), Strength::Concat)
        }
    }
}
