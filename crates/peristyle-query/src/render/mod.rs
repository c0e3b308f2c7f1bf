//! From shapes to SQL. It runs once for each shape and connection.

mod expression;
mod select;

use crate::expr::{Binary, Cast, Direction, Function, JsonKind, Nulls, Reckoning, Segment};
use crate::source::{SourceInfo, UniqueInfo};
use crate::statement::{
    Conflict, Delete, Filter, Insert, Lock, Resolution, Returning, Rows, Shape, Update,
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
    /// descending order, if nothing else is said.
    fn direction(&self, direction: Direction, nulls: Option<Nulls>, nullable: bool)
    -> &'static str;

    /// The place of a parameter, counted from 1.
    fn parameter(&self, number: usize) -> String;

    /// An operation on two operands.
    fn binary(&self, operator: Binary, left: Fragment, right: Fragment) -> Fragment;

    /// Whether some columns are one of the keys of a list.
    fn in_keys(&self, source: &SourceInfo, columns: &[u16], keys: &str) -> Fragment;

    /// A function.
    fn call(&self, function: Function, arguments: &[String]) -> Fragment;

    /// An aggregate of such numbers as the type that it has in Rust.
    fn settle(&self, aggregate: Fragment, _reckoning: Reckoning) -> Fragment {
        aggregate
    }

    /// A value as one of another type.
    fn cast(&self, value: Fragment, to: Cast) -> Fragment;

    /// What stands at a path of a JSON document.
    fn path(&self, document: Fragment, path: &[Segment], kind: JsonKind) -> Fragment;

    /// Whether it knows `DISTINCT ON`.
    fn knows_distinct_on(&self) -> bool;

    /// Whether a query with `OFFSET` must say that an `EXISTS` is a value, or rows that should be left out come.
    fn confuses_offset_and_exists(&self) -> bool;

    /// How it is asked how a statement would be run.
    fn explain(&self) -> &'static str;

    /// How rows are locked.
    fn lock(&self, lock: Lock) -> &'static str;
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
    sql.shape(shape);
    sql.text
}

struct Sql<'a> {
    text: String,
    parameters: usize,
    words: &'a dyn Words,
}

impl Sql<'_> {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Select(select) => self.select(select),
            Shape::Insert(insert) => self.insert(insert),
            Shape::Update(update) => self.update(update),
            Shape::Delete(delete) => self.delete(delete),
            Shape::Raw(raw) => {
                for (at, piece) in raw.pieces.iter().enumerate() {
                    if at > 0 {
                        self.parameter();
                    }
                    self.put(piece);
                }
            }
            Shape::Explain(shape) => {
                let words = self.words.explain();
                self.put(words);
                self.shape(shape);
            }
        }
    }

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

    fn insert(&mut self, insert: &Insert) {
        let source = insert.source.0;
        self.put("INSERT INTO ");
        self.source(source);
        if insert.columns.is_empty() {
            self.put(" DEFAULT VALUES");
        } else {
            self.put(" (");
            self.columns(source, insert.columns.iter().copied());
            self.put(") ");
            match &insert.rows {
                Rows::Query(select) => self.select(select),
                Rows::Values(rows) => self.values(*rows, insert.columns.len()),
                Rows::Lists => self.lists(insert.columns.len()),
            }
        }
        if let Some(conflict) = &insert.conflict {
            self.conflict(source, conflict);
        }
        self.returning(source, insert.returning);
    }

    fn values(&mut self, rows: u16, columns: usize) {
        self.put("VALUES ");
        for row in 0..rows {
            self.put(if row == 0 { "(" } else { ", (" });
            self.parameters(columns);
            self.put(")");
        }
    }

    fn lists(&mut self, columns: usize) {
        self.put("SELECT * FROM unnest(");
        self.parameters(columns);
        self.put(")");
    }

    fn parameters(&mut self, count: usize) {
        for at in 0..count {
            if at > 0 {
                self.put(", ");
            }
            self.parameter();
        }
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
                for (at, (column, value)) in columns.iter().enumerate() {
                    if at > 0 {
                        self.put(", ");
                    }
                    self.name(source.column_name(*column));
                    self.put(" = ");
                    match value {
                        Some(nodes) => self.expression(nodes),
                        None => {
                            self.put("excluded.");
                            self.name(source.column_name(*column));
                        }
                    }
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
}

/// A column with its table before it.
pub(crate) fn column_of<W: Words + ?Sized>(words: &W, source: &SourceInfo, column: u16) -> String {
    format!("{}.{}", words.quote(source.spoken()), words.quote(source.column_name(column)))
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
        Binary::Remainder => ("%", Strength::Product),
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
