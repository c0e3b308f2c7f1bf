//! SQL as it was written, with values between its pieces.

use std::fmt;
use std::sync::Arc;

use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Expr, Node, Predicate, Tokens};
use crate::statement::{Raw, Shape, Statement};
use crate::{Bind, Connection, Error, Result, Row, Value};

/// SQL as it was written: what [`sql!`](https://docs.rs/peristyle) makes.
///
/// Its values are parameters. It is run as a statement of its own, or stands in a query as a condition or an expression.
#[derive(Clone)]
#[must_use = "SQL does nothing until it is run"]
pub struct Sql {
    pieces: &'static [&'static str],
    binds: Binds,
}

/// A value for a parameter of [`Sql`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value in SQL",
    label = "expected a value that a column can hold"
)]
pub trait Bound {
    /// It as a parameter.
    fn bound(&self) -> Bind<'static>;
}

impl<V: Value> Bound for V {
    fn bound(&self) -> Bind<'static> {
        self.bind().into_owned()
    }
}

impl Bound for &str {
    fn bound(&self) -> Bind<'static> {
        Bind::Text((*self).to_owned().into())
    }
}

impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sql").field(&self.pieces).finish()
    }
}

impl Sql {
    /// The pieces, and the values between them. `sql!` calls it.
    #[doc(hidden)]
    pub fn new(pieces: &'static [&'static str], values: Vec<Bind<'static>>) -> Self {
        Self { pieces, binds: values.into() }
    }

    /// All rows.
    pub fn all<T: Row + Send + 'static, D: Door>(self, door: D) -> D::Outcome<Vec<T>> {
        self.perform(door, |connection, statement| connection.fetch(&statement))
    }

    /// The one row there is: [`Error::NotFound`] if there is none, [`Error::TooMany`] if there are more.
    pub fn one<T: Row + Send + 'static, D: Door>(self, door: D) -> D::Outcome<T> {
        self.perform(door, |connection, statement| {
            let table = statement.shape.source().name;
            connection.fetch_optional(&statement)?.ok_or(Error::NotFound { table })
        })
    }

    /// The one row there is, if there is one: [`Error::TooMany`] if there are more.
    pub fn optional<T: Row + Send + 'static, D: Door>(self, door: D) -> D::Outcome<Option<T>> {
        self.perform(door, |connection, statement| connection.fetch_optional(&statement))
    }

    /// Runs it and says how many rows were written.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        self.perform(door, |connection, statement| connection.execute(&statement))
    }

    /// It as an expression of a query. What its type is, is not checked before a row is read.
    pub fn expr<Q, V: Value>(self) -> Expr<Q, V> {
        Expr::new(self.tokens())
    }

    /// It as a condition of a query.
    pub fn condition<Q>(self) -> Predicate<Q> {
        Predicate::new(self.tokens())
    }

    fn tokens(self) -> Tokens {
        let mut nodes = vec![Node::Bind; self.binds.len()];
        nodes.push(Node::Raw(self.pieces.iter().map(|piece| Box::from(*piece)).collect()));
        Tokens { nodes, binds: self.binds }
    }

    fn perform<T: Send + 'static, D: Door>(
        self,
        door: D,
        run: fn(&Connection, Statement) -> Result<T>,
    ) -> D::Outcome<T> {
        // What begins so writes nothing. (A common table expression may.)
        let first = self.pieces.first().map_or("", |piece| piece.trim_start());
        let word = first.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let reads = ["SELECT", "VALUES", "EXPLAIN"].iter().any(|w| w.eq_ignore_ascii_case(word));
        let pieces: Arc<[Box<str>]> = self.pieces.iter().map(|piece| Box::from(*piece)).collect();
        let statement = Statement { shape: Shape::Raw(Raw { pieces }), binds: self.binds };
        if reads {
            door.perform(RunSql::<T, true> { statement, run })
        } else {
            door.perform(RunSql::<T, false> { statement, run })
        }
    }
}

struct RunSql<T, const READS: bool> {
    statement: Statement,
    run: fn(&Connection, Statement) -> Result<T>,
}

impl<T: Send + 'static, const READS: bool> Work for RunSql<T, READS> {
    type Output = T;
    const ACCESS: Access = if READS { Access::Read } else { Access::Write };

    fn run(self, connection: &Connection) -> Result<T> {
        (self.run)(connection, self.statement)
    }
}
