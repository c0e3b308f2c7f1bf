//! Expressions over the columns of a source.

mod aggregate;
mod among;
mod arithmetic;
mod column;
mod compare;
mod function;
mod json;
mod node;
mod operand;
mod order;
mod predicate;

pub use aggregate::{Window, Windowed, count, dense_rank, rank, row_number, window};
pub use among::Among;
pub use arithmetic::Beside;
pub use column::{Column, Expr, Term, value};
pub use function::{Case, Cast, Castable, Dated, case, greatest, least, now};
pub use json::{Element, JsonAt, PathStep};
pub use node::{Binary, Function, JsonKind, Node, Over, Part, Reckoning, Segment, Unary};
pub use operand::{Assign, By, Constant, Operand, Plain};
pub use order::{Direction, Nulls, Order, OrderKey, OrderTerm};
pub use predicate::{Condition, Predicate};

use crate::Bind;
use crate::bind::Binds;

/// Nodes in postfix notation with the values for their parameters, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tokens {
    pub(crate) nodes: Vec<Node>,
    pub(crate) binds: Binds,
}

impl Tokens {
    pub(crate) fn bind(&mut self, value: Bind<'static>) {
        self.nodes.push(Node::Bind);
        self.binds.push(value);
    }

    pub(crate) fn append(&mut self, other: Self) {
        if self.nodes.is_empty() {
            *self = other;
            return;
        }
        self.nodes.extend(other.nodes);
        self.binds.extend(other.binds);
    }

    /// Joins another condition with `AND`; nothing joined with one is the other.
    pub(crate) fn and(&mut self, other: Self) {
        let joined = !self.nodes.is_empty() && !other.nodes.is_empty();
        self.append(other);
        if joined {
            self.nodes.push(Node::Binary(Binary::And));
        }
    }
}
