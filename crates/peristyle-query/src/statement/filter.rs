use crate::expr::{Binary, Node};
use crate::source::{SourceInfo, SourceRef};

/// Which rows a statement is about.
///
/// The rows of one key are so often asked for that they have a shape of their own, which needs no expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// The one whose key is in the next parameters.
    Key,
    /// Those that fulfil a condition in postfix notation.
    Where(Vec<Node>),
}

impl Filter {
    /// The same as a condition; empty for all rows.
    pub fn into_nodes(self, source: &'static SourceInfo) -> Vec<Node> {
        match self {
            Self::All => Vec::new(),
            Self::Key => key(source),
            Self::Where(nodes) => nodes,
        }
    }

    /// Joins another condition; its values come behind those that are there.
    pub(crate) fn and(self, more: Vec<Node>, source: &'static SourceInfo) -> Self {
        if more.is_empty() {
            return self;
        }
        let mut nodes = self.into_nodes(source);
        let joined = !nodes.is_empty();
        if joined {
            nodes.extend(more);
            nodes.push(Node::Binary(Binary::And));
        } else {
            nodes = more;
        }
        Self::Where(nodes)
    }
}

/// The condition that a row's key is in the next parameters.
fn key(source: &'static SourceInfo) -> Vec<Node> {
    equal(source, source.key)
}

/// The condition that these columns are equal to the next parameters.
pub(crate) fn equal(source: &'static SourceInfo, columns: &[u16]) -> Vec<Node> {
    let mut nodes = Vec::with_capacity((4 * columns.len()).saturating_sub(1));
    for (at, column) in columns.iter().enumerate() {
        nodes.push(Node::Column(SourceRef(source), *column));
        nodes.push(Node::Bind);
        nodes.push(Node::Binary(Binary::Eq));
        if at > 0 {
            nodes.push(Node::Binary(Binary::And));
        }
    }
    nodes
}
