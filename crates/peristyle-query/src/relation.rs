use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Condition, Node, Order, Tokens};
use crate::scope::{Alias, As, Link, Reads, ToChildren, ToParent, equal_columns};
use crate::source::{SourceInfo, SourceRef};
use crate::statement::{Filter, Select, Shape, Statement};
use crate::{Bind, Connection, Error, Result, Source, ValueError};

/// A reference from rows of `C` to rows of `P`: a foreign key, seen from both ends.
///
/// The derive makes one constant for each foreign key, named after its field without `_id`: `Post::AUTHOR`. Loading
/// related rows takes one statement, however many rows there are.
pub struct Reference<C, P> {
    columns: &'static [u16],
    /// The fields that are referenced; empty for the key of `P`.
    references: &'static [&'static str],
    of: PhantomData<fn() -> (C, P)>,
}

impl<C, P> Clone for Reference<C, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, P> Copy for Reference<C, P> {}

impl<C, P> fmt::Debug for Reference<C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<C: Source, P: Source> Reference<C, P> {
    /// The reference over these columns. The derive calls it.
    #[doc(hidden)]
    pub const fn new(columns: &'static [u16], references: &'static [&'static str]) -> Self {
        Self { columns, references, of: PhantomData }
    }

    /// The rows of `C` that reference these rows.
    pub fn children_of<'p>(self, parents: impl IntoIterator<Item = &'p P>) -> LoadChildren<C> {
        let to = self.referenced();
        let keys = parents.into_iter().map(|parent| key(parent, to.as_deref().ok())).collect();
        LoadChildren {
            related: Related::new(C::SOURCE, self.columns.to_vec(), keys, to.err()),
            of: PhantomData,
        }
    }

    /// The rows of `P` that these rows reference.
    pub fn parents_of<'c>(self, children: impl IntoIterator<Item = &'c C>) -> LoadParents<P> {
        let keys = children.into_iter().map(|child| key(child, Some(self.columns))).collect();
        let (to, error) = match self.referenced() {
            Ok(to) => (to, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        LoadParents { related: Related::new(P::SOURCE, to, keys, error), of: PhantomData }
    }

    /// The positions of the referenced columns.
    fn referenced(self) -> Result<Vec<u16>, String> {
        if self.references.is_empty() {
            return Ok(P::SOURCE.key.to_vec());
        }
        let position = |field: &&str| {
            (0..)
                .zip(P::SOURCE.columns)
                .find_map(|(at, column)| (column.field == *field).then_some(at))
                .ok_or_else(|| {
                    format!("{} has no field `{field}` to be referenced by", P::SOURCE.name)
                })
        };
        self.references.iter().map(position).collect()
    }
}

impl<C: Source, P: Source> Reference<C, P> {
    /// The same reference to the table under another name.
    pub fn parent_as<A: Alias>(self, alias: A) -> Reference<C, As<P, A>> {
        let _ = alias;
        Reference { columns: self.columns, references: self.references, of: PhantomData }
    }

    /// The same reference from the table under another name.
    pub fn child_as<A: Alias>(self, alias: A) -> Reference<As<C, A>, P> {
        let _ = alias;
        Reference { columns: self.columns, references: self.references, of: PhantomData }
    }

    /// The condition that a row references another.
    fn condition(self) -> Tokens {
        match self.referenced() {
            Ok(to) => Tokens {
                nodes: equal_columns(C::SOURCE, self.columns, P::SOURCE, &to),
                binds: Binds::new(),
            },
            Err(reason) => {
                let mut tokens = Tokens::default();
                tokens.bind(Bind::Failed(ValueError::kind("a field that is referenced", reason)));
                tokens
            }
        }
    }
}

impl<S: Reads<P, I>, C: Source, P: Source, I> Link<S, ToChildren<I>> for Reference<C, P> {
    type Table = C;

    fn condition(self) -> Tokens {
        Self::condition(self)
    }
}

impl<S: Reads<C, I>, C: Source, P: Source, I> Link<S, ToParent<I>> for Reference<C, P> {
    type Table = P;

    fn condition(self) -> Tokens {
        Self::condition(self)
    }
}

/// The values of some columns of a row, or nothing if one of them is null: a null references nothing.
type RowKey = Option<Vec<Bind<'static>>>;

fn key<S: Source>(row: &S, columns: Option<&[u16]>) -> RowKey {
    let values = columns?.iter().map(|column| row.bind(*column).into_owned());
    values.map(|value| (!value.is_null()).then_some(value)).collect()
}

/// What loading children and loading parents have in common: a query, and the keys to look for.
#[derive(Clone)]
struct Related {
    select: Select,
    filter: Tokens,
    /// The values for what is sorted by.
    order: Binds,
    /// The columns that are compared with the keys.
    columns: Vec<u16>,
    keys: Vec<RowKey>,
    error: Option<String>,
}

/// Rows of some keys. The distinct keys are numbered.
struct Numbered<T> {
    /// Each row, with the number of its key.
    rows: Vec<(usize, T)>,
    /// The number of each key that was asked for; `None` for one that references nothing.
    asked: Vec<Option<usize>>,
}

impl Related {
    fn new(
        source: &'static SourceInfo,
        columns: Vec<u16>,
        keys: Vec<RowKey>,
        error: Option<String>,
    ) -> Self {
        Self {
            select: Select::all(source),
            filter: Tokens::default(),
            order: Binds::new(),
            columns,
            keys,
            error,
        }
    }

    /// The rows of all keys, and which key each belongs to.
    fn fetch<T: Source>(self, connection: &Connection) -> Result<Numbered<T>> {
        let Self { mut select, mut filter, order, columns, keys, error } = self;
        if let Some(message) = error {
            return Err(Error::Database { code: None, message });
        }
        let mut numbers: HashMap<Vec<Bind<'static>>, usize> = HashMap::with_capacity(keys.len());
        let mut distinct = Vec::new();
        let asked = keys.into_iter().map(|key| {
            let key = key?;
            let next = numbers.len();
            Some(*numbers.entry(key).or_insert_with_key(|key| {
                distinct.push(key.clone());
                next
            }))
        });
        let asked: Vec<Option<usize>> = asked.collect();
        if distinct.is_empty() {
            return Ok(Numbered { rows: Vec::new(), asked });
        }
        filter.and(one_of(select.source, &columns, distinct));
        select.filter = Filter::Where(filter.nodes);
        let mut binds = filter.binds;
        binds.extend(order);
        let statement = Statement { shape: Shape::Select(select), binds };
        let rows: Vec<T> = connection.fetch(&statement)?;
        let numbered = rows.into_iter().filter_map(|row| {
            let number = numbers.get(&key(&row, Some(&columns))?)?;
            Some((*number, row))
        });
        Ok(Numbered { rows: numbered.collect(), asked })
    }
}

/// The condition that some columns are one of these keys. All keys together are one parameter.
fn one_of(source: SourceRef, columns: &[u16], keys: Vec<Vec<Bind<'static>>>) -> Tokens {
    let mut tokens = Tokens::default();
    let single = columns.len() == 1;
    let list = keys.into_iter().filter_map(
        |mut key| {
            if single { key.pop() } else { Some(Bind::List(key)) }
        },
    );
    tokens.bind(Bind::List(list.collect()));
    tokens.nodes.push(Node::InKeys(source, columns.into()));
    tokens
}

macro_rules! loading {
    ($type:ident, $row:ident, $of:ty, $doc:literal) => {
        #[doc = $doc]
        #[must_use = "nothing is loaded until `.load(…)`"]
        #[derive(Clone)]
        pub struct $type<$row> {
            related: Related,
            of: PhantomData<fn() -> $row>,
        }

        impl<$row: Source> $type<$row> {
            /// Only rows that fulfil this condition.
            pub fn filter<J>(mut self, condition: impl Condition<$row, J>) -> Self {
                self.related.filter.and(condition.into_tokens());
                self
            }

            /// Loads them in one statement.
            pub fn load<D: Door>(self, door: D) -> D::Outcome<$of> {
                door.perform(self)
            }
        }

        impl<$row: Source> fmt::Debug for $type<$row> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type))
                    .field("of", &$row::SOURCE.name)
                    .field("for", &self.related.keys.len())
                    .finish_non_exhaustive()
            }
        }
    };
}

loading!(LoadChildren, C, Children<C>, "The rows that reference some rows, to be loaded.");
loading!(LoadParents, P, Parents<P>, "The rows that some rows reference, to be loaded.");

impl<C: Source> LoadChildren<C> {
    /// Sorts the rows of each parent by this column; by this one next, if it is not the first.
    pub fn order(mut self, order: Order<C>) -> Self {
        self.related.select.order.push(order.term);
        self.related.order.extend(order.binds);
        self
    }
}

impl<C: Source> Work for LoadChildren<C> {
    type Output = Children<C>;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Children<C>> {
        let Numbered { mut rows, asked } = self.related.fetch::<C>(connection)?;
        // A stable sort keeps the order that was asked for within each parent.
        rows.sort_by_key(|(number, _)| *number);
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (at, (number, _)) in rows.iter().enumerate() {
            groups.resize(groups.len().max(number + 1), at..at);
            groups[*number].end = at + 1;
        }
        let ranges = asked.into_iter().map(|number| {
            number.and_then(|number| groups.get(number).cloned()).unwrap_or_default()
        });
        let ranges = ranges.collect();
        Ok(Children { rows: rows.into_iter().map(|(_, row)| row).collect(), ranges })
    }
}

impl<P: Source> Work for LoadParents<P> {
    type Output = Parents<P>;
    const ACCESS: Access = Access::Read;

    fn run(self, connection: &Connection) -> Result<Parents<P>> {
        let Numbered { rows, asked } = self.related.fetch::<P>(connection)?;
        let places: HashMap<usize, usize> =
            rows.iter().enumerate().map(|(at, (number, _))| (*number, at)).collect();
        let places = asked.into_iter().map(|number| places.get(&number?).copied()).collect();
        Ok(Parents { rows: rows.into_iter().map(|(_, row)| row).collect(), places })
    }
}

/// The rows that reference some parents: a slice for each parent, in the order of the parents.
#[derive(Debug, Clone)]
pub struct Children<C> {
    rows: Vec<C>,
    ranges: Vec<Range<usize>>,
}

impl<C> Children<C> {
    /// The rows of the parent at this position.
    pub fn of(&self, position: usize) -> &[C] {
        self.ranges.get(position).and_then(|range| self.rows.get(range.clone())).unwrap_or(&[])
    }

    /// The rows of each parent, in the order of the parents: `for (user, posts) in users.iter().zip(posts.iter())`.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[C]> {
        (0..self.ranges.len()).map(|at| self.of(at))
    }

    /// All rows together.
    pub fn rows(&self) -> &[C] {
        &self.rows
    }

    /// All rows together, to keep.
    pub fn into_rows(self) -> Vec<C> {
        self.rows
    }
}

/// The rows that some children reference: at most one for each child, in the order of the children.
#[derive(Debug, Clone)]
pub struct Parents<P> {
    rows: Vec<P>,
    places: Vec<Option<usize>>,
}

impl<P> Parents<P> {
    /// The row that the child at this position references; `None` if it references none, or one that was filtered out.
    pub fn of(&self, position: usize) -> Option<&P> {
        self.rows.get((*self.places.get(position)?)?)
    }

    /// The row that each child references, in the order of the children.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&P>> {
        (0..self.places.len()).map(|at| self.of(at))
    }

    /// All rows together, each once.
    pub fn rows(&self) -> &[P] {
        &self.rows
    }

    /// All rows together, each once, to keep.
    pub fn into_rows(self) -> Vec<P> {
        self.rows
    }
}
