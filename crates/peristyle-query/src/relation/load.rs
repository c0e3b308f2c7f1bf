use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use super::Reference;
use crate::bind::Binds;
use crate::door::{Access, Door, Work};
use crate::expr::{Condition, Node, Order, Tokens};
use crate::scoped::ScopeName;
use crate::source::SourceRef;
use crate::statement::{Each, Filter, Item, Projection, Select, Shape, Statement};
use crate::{Bind, Connection, Error, Result, Source};

impl<C: Source, P: Source, N> Reference<C, P, N> {
    /// The rows of `C` that reference these rows.
    pub fn children_of<'p>(self, parents: impl IntoIterator<Item = &'p P>) -> LoadChildren<C> {
        let related = self.to_children();
        LoadChildren { keys: related.keys(parents), related, of: PhantomData }
    }

    /// The rows of `P` that these rows reference.
    pub fn parents_of<'c>(self, children: impl IntoIterator<Item = &'c C>) -> LoadParents<P> {
        let related = self.to_parents();
        LoadParents { keys: related.keys(children), related, of: PhantomData }
    }

    pub(super) fn to_children(self) -> Related {
        Related::new::<C>(Ok(self.columns.to_vec()), self.referenced())
    }

    pub(super) fn to_parents(self) -> Related {
        Related::new::<P>(self.referenced(), Ok(self.columns.to_vec()))
    }
}

/// The values of some columns of a row, or nothing if one of them is null: a null references nothing.
type RowKey = Option<Key>;

/// The values of some columns of a row.
type Key = Vec<Bind<'static>>;

fn key<S: Source>(row: &S, columns: &[u16]) -> RowKey {
    let values = columns.iter().map(|column| row.bind(*column).into_owned());
    values.map(|value| (!value.is_null()).then_some(value)).collect()
}

/// What loading children and loading parents have in common: which rows belong to a row.
#[derive(Clone)]
pub(super) struct Related {
    pub(super) select: Select,
    pub(super) filter: Tokens,
    /// The values for what is sorted by.
    pub(super) order: Binds,
    /// The columns that are compared with the keys.
    columns: Vec<u16>,
    /// The columns of the row that they belong to, which are its key.
    from: Vec<u16>,
    error: Option<String>,
    /// The most rows of each key.
    pub(super) most: Option<u64>,
    /// The filters that the declaration carries, by name.
    scopes: Vec<(&'static str, Tokens)>,
}

/// Rows as a part of another statement, which says which columns of them it takes.
#[derive(Debug, Clone)]
pub struct RowSet {
    pub(crate) select: Select,
    pub(crate) binds: Binds,
}

/// To which rows others belong.
#[derive(Debug)]
pub enum Of<'a, T> {
    /// To these.
    Rows(&'a [T]),
    /// To those that a query gives.
    Query(&'a RowSet),
}

/// Rows of some keys. The distinct keys are numbered.
pub(super) struct Numbered<T> {
    /// The rows.
    pub(super) rows: Vec<T>,
    /// The number of each row's key.
    pub(super) numbers: Vec<usize>,
    /// The number of each key that was asked for; `None` for one that references nothing.
    pub(super) asked: Vec<Option<usize>>,
}

/// The numbers of keys. Most keys are one value, which is looked up as it stands in the row.
enum Numbers {
    One(HashMap<Bind<'static>, usize>),
    Several(HashMap<Vec<Bind<'static>>, usize>),
}

impl Numbers {
    /// Numbers the keys; says the number of each that was asked for, and gives each key once.
    fn of(columns: usize, keys: Vec<RowKey>) -> (Self, Vec<Option<usize>>, Vec<Key>) {
        let mut distinct = Vec::with_capacity(keys.len());
        if columns == 1 {
            let mut numbers: HashMap<Bind<'static>, usize> = HashMap::with_capacity(keys.len());
            let number = |key: RowKey| {
                let key = key?.pop()?;
                let next = numbers.len();
                Some(*numbers.entry(key).or_insert_with_key(|key| {
                    distinct.push(vec![key.clone()]);
                    next
                }))
            };
            let asked = keys.into_iter().map(number).collect();
            return (Self::One(numbers), asked, distinct);
        }
        let mut numbers: HashMap<Vec<Bind<'static>>, usize> = HashMap::with_capacity(keys.len());
        let number = |key: RowKey| {
            let key = key?;
            let next = numbers.len();
            Some(*numbers.entry(key).or_insert_with_key(|key| {
                distinct.push(key.clone());
                next
            }))
        };
        let asked = keys.into_iter().map(number).collect();
        (Self::Several(numbers), asked, distinct)
    }

    /// The number of a row's key.
    #[inline]
    fn find<T: Source>(&self, row: &T, columns: &[u16]) -> Option<usize> {
        match self {
            Self::One(numbers) => find(numbers, &row.bind(*columns.first()?)),
            Self::Several(numbers) => numbers.get(&key(row, columns)?).copied(),
        }
    }
}

/// A value that is only borrowed is looked up among values that are owned.
#[inline]
fn find<'a>(numbers: &HashMap<Bind<'a>, usize>, key: &Bind<'a>) -> Option<usize> {
    numbers.get(key).copied()
}

impl Related {
    fn new<T: Source>(columns: Result<Vec<u16>, String>, from: Result<Vec<u16>, String>) -> Self {
        let error = columns.as_ref().or(from.as_ref()).err().cloned();
        Self {
            select: Select::all(T::SOURCE),
            filter: Tokens::default(),
            order: Binds::new(),
            columns: columns.unwrap_or_default(),
            from: from.unwrap_or_default(),
            error,
            most: None,
            scopes: T::scopes(),
        }
    }

    /// Lifts a filter that the declaration carries.
    pub(super) fn unscope(&mut self, name: &str) {
        self.scopes.retain(|(known, _)| *known != name);
    }

    /// The keys of rows that others belong to.
    pub(super) fn keys<'r, S: Source>(&self, rows: impl IntoIterator<Item = &'r S>) -> Vec<RowKey> {
        rows.into_iter().map(|row| key(row, &self.from)).collect()
    }

    /// Which rows: those that belong to some others and fulfil what else is asked.
    fn which(&self, belonging: Tokens) -> Tokens {
        let mut filter = self.filter.clone();
        for (_, condition) in &self.scopes {
            filter.and(condition.clone());
        }
        filter.and(belonging);
        filter
    }

    /// The statement that gives these rows.
    fn statement(&self, which: Tokens) -> Statement {
        let mut select = self.select.clone();
        select.filter = Filter::Where(which.nodes);
        if let Some(most) = self.most {
            select.clauses().each = Some(Each { columns: self.columns.clone(), most });
        }
        let mut binds = which.binds;
        binds.extend(self.order.iter().cloned());
        Statement { shape: Shape::Select(select), binds }
    }

    /// The statements that give what belongs to some rows, and what belongs to that in turn: all of them before any is
    /// answered. `None` where one has to wait for another.
    pub(super) fn ahead<P: Source>(
        &self,
        of: &Of<'_, P>,
        statements: &mut Vec<Statement>,
    ) -> Option<RowSet> {
        if self.error.is_some() {
            return None;
        }
        let source = self.select.source;
        let which = self.which(match of {
            Of::Rows(rows) => {
                let (_, _, distinct) = Numbers::of(self.columns.len(), self.keys(*rows));
                one_of(source, &self.columns, distinct)
            }
            Of::Query(query) => query.holds(source, &self.columns, &self.from),
        });
        statements.push(self.statement(which.clone()));
        let mut select = Select::all(source.0);
        select.filter = Filter::Where(which.nodes);
        Some(RowSet { select, binds: which.binds })
    }

    /// The rows of all keys, and which key each belongs to.
    pub(super) fn fetch<T: Source>(
        &self,
        keys: Vec<RowKey>,
        connection: &Connection,
    ) -> Result<Numbered<T>> {
        if let Some(message) = &self.error {
            return Err(Error::Database { code: None, message: message.clone() });
        }
        let columns = &self.columns;
        let ahead = connection.ahead.borrow_mut().pop_front();
        let (numbers, asked, distinct) = Numbers::of(columns.len(), keys);
        let statement = match ahead {
            Some(statement) => statement,
            None if distinct.is_empty() => {
                return Ok(Numbered { rows: Vec::new(), numbers: Vec::new(), asked });
            }
            None => self.statement(self.which(one_of(self.select.source, columns, distinct))),
        };
        let mut rows: Vec<T> = connection.fetch(&statement)?;
        let mut found = Vec::with_capacity(rows.len());
        // A row whose key is not among those that were asked for (text that the database takes for equal, say) is left out.
        rows.retain(|row| match numbers.find(row, columns) {
            Some(number) => {
                found.push(number);
                true
            }
            None => false,
        });
        Ok(Numbered { rows, numbers: found, asked })
    }
}

impl RowSet {
    /// The condition that some columns of a source are these columns of one of the rows.
    fn holds(&self, source: SourceRef, columns: &[u16], of: &[u16]) -> Tokens {
        let mut select = self.select.clone();
        let items = of.iter().map(|column| Item::Column(select.source, *column)).collect();
        select.projection = Projection::Items(items);
        let node = Node::InRows(source, columns.into(), Arc::new(select));
        Tokens { nodes: vec![node], binds: self.binds.clone() }
    }
}

/// The condition that some columns are one of these keys. All keys together are one parameter.
fn one_of(source: SourceRef, columns: &[u16], keys: Vec<Key>) -> Tokens {
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
            keys: Vec<RowKey>,
            of: PhantomData<fn() -> $row>,
        }

        impl<$row: Source> $type<$row> {
            /// Only rows that fulfil this condition.
            pub fn filter<J>(mut self, condition: impl Condition<$row, J>) -> Self {
                self.related.filter.and(condition.into_tokens());
                self
            }

            /// Lifts a filter that the declaration of the table carries.
            pub fn unscoped(mut self, scope: ScopeName<$row>) -> Self {
                self.related.unscope(scope.name);
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
                    .field("for", &self.keys.len())
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
        let Numbered { rows, numbers, asked } = self.related.fetch::<C>(self.keys, connection)?;
        let mut rows: Vec<(usize, C)> = numbers.into_iter().zip(rows).collect();
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
        let Numbered { rows, numbers, asked } = self.related.fetch::<P>(self.keys, connection)?;
        let places: HashMap<usize, usize> =
            numbers.into_iter().enumerate().map(|(at, number)| (number, at)).collect();
        let places = asked.into_iter().map(|number| places.get(&number?).copied()).collect();
        Ok(Parents { rows, places })
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
