//! From shapes to SQL. It runs once for each shape and connection.

use crate::expr::{Binary, Function, JsonKind, Node, Segment, Unary};
use crate::expr::{Direction, OrderTerm};
use crate::source::{SourceInfo, UniqueInfo};
use crate::statement::{
    Conflict, Delete, Filter, Insert, Projection, Resolution, Returning, Select, Shape, Update,
};

/// The words in which engines differ.
pub(crate) trait Words {
    /// An identifier, quoted where it needs it.
    fn quote(&self, identifier: &str) -> String;

    /// A table or view, where it is read from or written to.
    fn source(&self, source: &SourceInfo) -> String {
        self.quote(source.name)
    }

    /// A direction to sort in, and where nulls stand: before everything in ascending order, behind everything in
    /// descending order.
    fn direction(&self, direction: Direction, nullable: bool) -> &'static str;

    /// The place of a parameter, counted from 1.
    fn parameter(&self, number: usize) -> String;

    /// An operation on two operands.
    fn binary(&self, operator: Binary, left: Fragment, right: Fragment) -> Fragment;

    /// Whether some columns are one of the keys of a list.
    fn in_keys(&self, source: &SourceInfo, columns: &[u16], keys: &str) -> Fragment;

    /// A function.
    fn call(&self, function: Function, arguments: &[String]) -> Fragment;

    /// What stands at a path of a JSON document.
    fn path(&self, document: Fragment, path: &[Segment], kind: JsonKind) -> Fragment;
}

/// A piece of an expression, and how strongly it holds together.
#[derive(Debug, Clone)]
pub(crate) struct Fragment {
    pub(crate) text: String,
    pub(crate) strength: Strength,
}

/// How strongly an expression holds together: a weaker one is put in parentheses inside a stronger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Concat,
    Atom,
}

impl Fragment {
    pub(crate) fn new(text: impl Into<String>, strength: Strength) -> Self {
        Self { text: text.into(), strength }
    }

    pub(crate) fn atom(text: impl Into<String>) -> Self {
        Self::new(text, Strength::Atom)
    }

    /// It as an operand that must hold together at least this strongly.
    pub(crate) fn at_least(self, strength: Strength) -> String {
        if self.strength < strength { format!("({})", self.text) } else { self.text }
    }

    /// It as an operand that must hold together more strongly.
    pub(crate) fn above(self, strength: Strength) -> String {
        if self.strength <= strength { format!("({})", self.text) } else { self.text }
    }
}

/// Renders the SQL of a shape.
pub(crate) fn render(shape: &Shape, words: &dyn Words) -> String {
    let mut sql = Sql { text: String::new(), parameters: 0, words };
    match shape {
        Shape::Select(select) => sql.select(select),
        Shape::Insert(insert) => sql.insert(insert),
        Shape::Update(update) => sql.update(update),
        Shape::Delete(delete) => sql.delete(delete),
    }
    sql.text
}

struct Sql<'a> {
    text: String,
    parameters: usize,
    words: &'a dyn Words,
}

impl Sql<'_> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn name(&mut self, name: &str) {
        let quoted = self.words.quote(name);
        self.put(&quoted);
    }

    fn source(&mut self, source: &SourceInfo) {
        let name = self.words.source(source);
        self.put(&name);
    }

    fn columns(&mut self, source: &SourceInfo, columns: impl IntoIterator<Item = u16>) {
        for (at, column) in columns.into_iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.name(source.column_name(column));
        }
    }

    fn parameter(&mut self) {
        self.parameters += 1;
        let parameter = self.words.parameter(self.parameters);
        self.put(&parameter);
    }

    fn select(&mut self, select: &Select) {
        // A limit counts before the rows are counted, so they are counted from outside.
        let nested = matches!(select.projection, Projection::Count)
            && (select.limit.is_some() || select.offset.is_some());
        match &select.projection {
            Projection::Row => {
                self.put("SELECT ");
                self.columns(select.source.0, select.source.0.positions());
            }
            Projection::Columns(columns) => {
                self.put("SELECT ");
                self.columns(select.source.0, columns.iter().copied());
            }
            Projection::Count if nested => self.put("SELECT count(*) FROM (SELECT 1"),
            Projection::Count => self.put("SELECT count(*)"),
            Projection::Exists => self.put("SELECT EXISTS (SELECT 1"),
        }
        self.put(" FROM ");
        self.source(select.source.0);
        self.filter(&select.filter, select.source.0);
        if matches!(select.projection, Projection::Row | Projection::Columns(_)) {
            self.order(select.source.0, &select.order);
        }
        self.limit(select);
        if nested {
            self.put(") AS counted");
        } else if matches!(select.projection, Projection::Exists) {
            self.put(")");
        }
    }

    fn order(&mut self, source: &SourceInfo, order: &[OrderTerm]) {
        for (at, term) in order.iter().enumerate() {
            self.put(if at == 0 { " ORDER BY " } else { ", " });
            self.name(source.column_name(term.column));
            let nullable =
                source.columns.get(usize::from(term.column)).is_none_or(|column| column.nullable);
            self.put(self.words.direction(term.direction, nullable));
        }
    }

    fn limit(&mut self, select: &Select) {
        match (select.limit, select.offset) {
            (None, None) => {}
            (Some(limit), None) => self.put(&format!(" LIMIT {limit}")),
            (Some(limit), Some(offset)) => self.put(&format!(" LIMIT {limit} OFFSET {offset}")),
            // SQLite has no OFFSET without LIMIT; the largest number is every row.
            (None, Some(offset)) => self.put(&format!(" LIMIT {} OFFSET {offset}", i64::MAX)),
        }
    }

    fn insert(&mut self, insert: &Insert) {
        let source = insert.source.0;
        self.put("INSERT INTO ");
        self.source(source);
        if insert.columns.is_empty() {
            self.put(" DEFAULT VALUES");
        } else {
            self.put(" (");
            self.columns(source, insert.columns.iter().copied());
            self.put(") VALUES ");
            for row in 0..insert.rows {
                self.put(if row == 0 { "(" } else { ", (" });
                for column in 0..insert.columns.len() {
                    if column > 0 {
                        self.put(", ");
                    }
                    self.parameter();
                }
                self.put(")");
            }
        }
        if let Some(conflict) = &insert.conflict {
            self.conflict(source, conflict);
        }
        self.returning(source, insert.returning);
    }

    fn conflict(&mut self, source: &SourceInfo, conflict: &Conflict) {
        self.put(" ON CONFLICT");
        if let Some(UniqueInfo { columns, filter, .. }) =
            source.uniques.get(usize::from(conflict.unique))
        {
            self.put(" (");
            self.columns(source, columns.iter().copied());
            self.put(")");
            if let Some(filter) = filter {
                self.put(" WHERE ");
                self.put(filter);
            }
        }
        match &conflict.resolution {
            Resolution::Keep => self.put(" DO NOTHING"),
            Resolution::Update(columns) => {
                self.put(" DO UPDATE SET ");
                for (at, column) in columns.iter().enumerate() {
                    if at > 0 {
                        self.put(", ");
                    }
                    self.name(source.column_name(*column));
                    self.put(" = excluded.");
                    self.name(source.column_name(*column));
                }
            }
        }
    }

    fn update(&mut self, update: &Update) {
        let source = update.source.0;
        self.put("UPDATE ");
        self.source(source);
        for (at, (column, value)) in update.set.iter().enumerate() {
            self.put(if at == 0 { " SET " } else { ", " });
            self.name(source.column_name(*column));
            self.put(" = ");
            self.expression(value);
        }
        self.filter(&update.filter, source);
        self.returning(source, update.returning);
    }

    fn delete(&mut self, delete: &Delete) {
        self.put("DELETE FROM ");
        self.source(delete.source.0);
        self.filter(&delete.filter, delete.source.0);
        self.returning(delete.source.0, delete.returning);
    }

    fn returning(&mut self, source: &SourceInfo, returning: Returning) {
        match returning {
            Returning::Nothing => {}
            Returning::Rows => {
                self.put(" RETURNING ");
                self.columns(source, source.positions());
            }
        }
    }

    fn filter(&mut self, filter: &Filter, source: &'static SourceInfo) {
        let nodes = filter.clone().into_nodes(source);
        if !nodes.is_empty() {
            self.put(" WHERE ");
            self.expression(&nodes);
        }
    }

    fn expression(&mut self, nodes: &[Node]) {
        let mut stack: Vec<Fragment> = Vec::new();
        for node in nodes {
            let fragment = self.fragment(node, &mut stack);
            stack.push(fragment);
        }
        // One expression leaves one fragment: operators and operands are put together by this crate alone.
        if let Some(whole) = stack.pop() {
            self.put(&whole.text);
        }
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
                let mut arguments: Vec<String> = (0..*count).map(|_| pop().text).collect();
                arguments.reverse();
                self.words.call(*function, &arguments)
            }
            Node::Path(path, kind) => self.words.path(pop(), path, *kind),
        }
    }
}

/// A column with its table before it.
pub(crate) fn column_of<W: Words + ?Sized>(words: &W, source: &SourceInfo, column: u16) -> String {
    format!("{}.{}", words.quote(source.name), words.quote(source.column_name(column)))
}

fn unary(operator: Unary, operand: Fragment) -> Fragment {
    match operator {
        Unary::Not => Fragment::new(format!("NOT {}", operand.above(Strength::Not)), Strength::Not),
        Unary::IsNull => Fragment::new(
            format!("{} IS NULL", operand.above(Strength::Comparison)),
            Strength::Comparison,
        ),
        Unary::IsNotNull => Fragment::new(
            format!("{} IS NOT NULL", operand.above(Strength::Comparison)),
            Strength::Comparison,
        ),
        Unary::Negate => {
            Fragment::new(format!("-{}", operand.at_least(Strength::Atom)), Strength::Concat)
        }
    }
}

/// An operator that stands between its operands in every engine; `None` for the others.
pub(crate) fn infix(operator: Binary) -> Option<(&'static str, Strength)> {
    Some(match operator {
        Binary::And => ("AND", Strength::And),
        Binary::Or => ("OR", Strength::Or),
        Binary::Eq => ("=", Strength::Comparison),
        Binary::Ne => ("<>", Strength::Comparison),
        Binary::Lt => ("<", Strength::Comparison),
        Binary::Le => ("<=", Strength::Comparison),
        Binary::Gt => (">", Strength::Comparison),
        Binary::Ge => (">=", Strength::Comparison),
        Binary::Add => ("+", Strength::Sum),
        Binary::Subtract => ("-", Strength::Sum),
        Binary::Multiply => ("*", Strength::Product),
        Binary::Divide => ("/", Strength::Product),
        Binary::Concat => ("||", Strength::Concat),
        Binary::Is
        | Binary::IsNot
        | Binary::In
        | Binary::NotIn
        | Binary::Like
        | Binary::NotLike
        | Binary::LikeAnyCase
        | Binary::NotLikeAnyCase
        | Binary::StartsWith
        | Binary::EndsWith
        | Binary::HoldsText
        | Binary::HoldsElement
        | Binary::HoldsDocument
        | Binary::HoldsItems => return None,
    })
}
