//! Expressions over the columns of a source.

mod column;
mod compare;
mod json;
mod node;
mod operand;
mod order;
mod predicate;

pub use column::{Column, Expr};
pub use json::{Element, JsonAt, PathStep};
pub use node::{Binary, Function, JsonKind, Node, Segment, Unary};
pub use operand::{Assign, Constant, Operand};
pub use order::{Direction, Order, OrderTerm};
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
