use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::bind::Binds;
use crate::columns::Fields;
use crate::door::{Access, Door, Work};
use crate::expr::{Assign, Column, Tokens};
use crate::insert_rows::{Action, OnConflict, of_one, write};
use crate::scope::{Alias, As, Scope};
use crate::source::SourceRef;
use crate::statement::{self, Filter, Returning, Rows, Select, Shape, Statement, equal};
use crate::table::{New, Unique};
use crate::{Connection, Error, Query, Result, Table};

/// Inserts one row.
#[must_use = "an insert does nothing until it is run"]
pub struct Insert<T: Table> {
    row: T::New,
    conflict: Option<OnConflict>,
}

/// Inserts many rows, all or none.
#[must_use = "an insert does nothing until it is run"]
pub struct InsertMany<T: Table> {
    rows: Vec<T::New>,
    conflict: Option<OnConflict>,
}

impl<T: Table> Insert<T> {
    pub(crate) fn new(row: T::New) -> Self {
        Self { row, conflict: None }
    }

    /// Inserts the row and gives it back as the database holds it, defaults included.
    ///
    /// After [`or_keep`](Self::or_keep) it is the row that is there: the new one, or the one that was there before.
    pub fn one<D: Door>(self, door: D) -> D::Outcome<T> {
        door.perform(InsertOne(self))
    }

    /// Inserts the row and says how many rows were written: 1, or 0 if one was [kept](Self::or_keep).
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(InsertOneRun(self))
    }
}

impl<T: Table> InsertMany<T> {
    pub(crate) fn new(rows: Vec<T::New>) -> Self {
        Self { rows, conflict: None }
    }

    /// Inserts the rows and gives them back as the database holds them, in their order. Rows that were
    /// [kept](Self::or_keep) are not among them.
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<T>> {
        door.perform(InsertAll(self))
    }

    /// Inserts the rows and says how many were written.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(InsertRun(self))
    }
}

macro_rules! conflicts {
    ($type:ident) => {
        impl<T: Table> $type<T> {
            /// Where a row with the same unique key exists, it takes the new row's values (“upsert”): of every column that
            /// the insert brings itself, but the keys. What the insert leaves out, the existing row keeps; to make a
            /// column null, name it with `or_update_only`.
            pub fn or_update(mut self, key: Unique<T>) -> Self {
                self.conflict =
                    Some(OnConflict { unique: key.position, action: Action::UpdateAll });
                self
            }

            /// Where a row with the same unique key exists, it takes the new row's values for these columns.
            pub fn or_update_only(mut self, key: Unique<T>, columns: impl Fields<T>) -> Self {
                let action = Action::Update(columns.positions());
                self.conflict = Some(OnConflict { unique: key.position, action });
                self
            }

            /// Where a row with the same unique key exists, this column of it takes a value: one, or an expression over the row
            /// that is there and the one that was to be inserted, which is [`Incoming`]. Several of them are taken together.
            ///
            /// `.or_set(Page::PATH_KEY, Page::VIEWS, Page::VIEWS.plus(Page::VIEWS.of(Incoming)))`
            pub fn or_set<V, J>(
                mut self,
                key: Unique<T>,
                column: Column<T, V>,
                value: impl Assign<(T, As<T, Incoming>), V, J>,
            ) -> Self {
                let mut tokens = Tokens::default();
                value.place(&mut tokens);
                let known = match self.conflict.take() {
                    Some(OnConflict { unique, action: Action::Set(set) })
                        if unique == key.position =>
                    {
                        set
                    }
                    Some(_) | None => Vec::new(),
                };
                let mut set: Vec<(u16, Tokens)> = known;
                set.retain(|(known, _)| *known != column.position);
                set.push((column.position, tokens));
                self.conflict = Some(OnConflict { unique: key.position, action: Action::Set(set) });
                self
            }

            /// Where a row with the same unique key exists, it stays as it is.
            pub fn or_keep(mut self, key: Unique<T>) -> Self {
                self.conflict = Some(OnConflict { unique: key.position, action: Action::Keep });
                self
            }
        }

        impl<T: Table> fmt::Debug for $type<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type))
                    .field("table", &T::SOURCE.name)
                    .field("conflict", &self.conflict)
                    .finish_non_exhaustive()
            }
        }
    };
}

/// The row that was to be inserted, where one with the same unique key exists: `Page::VIEWS.of(Incoming)`.
#[derive(Debug, Clone, Copy)]
pub struct Incoming;

impl Alias for Incoming {
    const NAME: &'static str = "excluded";
}

/// Inserts the rows that a query gives.
#[must_use = "an insert does nothing until it is run"]
pub struct InsertFrom<T> {
    columns: Vec<u16>,
    select: Select,
    binds: Binds,
    of: PhantomData<fn() -> T>,
}

impl<T: Table> fmt::Debug for InsertFrom<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InsertFrom").field("table", &T::SOURCE.name).finish_non_exhaustive()
    }
}

impl<T: Table> InsertFrom<T> {
    pub(crate) fn new<C: Fields<T>, S: Scope>(columns: &C, query: Query<C::Out, S>) -> Self {
        let (select, binds) = query.into_select();
        Self { columns: columns.positions(), select, binds, of: PhantomData }
    }

    /// Inserts the rows and says how many there were.
    pub fn run<D: Door>(self, door: D) -> D::Outcome<u64> {
        door.perform(InsertFromRun(self))
    }

    /// Inserts the rows and gives them back as the database holds them.
    pub fn all<D: Door>(self, door: D) -> D::Outcome<Vec<T>> {
        door.perform(InsertFromAll(self))
    }

    fn into_statement(self, returning: Returning) -> Statement {
        let shape = Shape::Insert(statement::Insert {
            source: SourceRef(T::SOURCE),
            columns: self.columns.into(),
            rows: Rows::Query(Box::new(self.select)),
            conflict: None,
            returning,
        });
        Statement { shape, binds: self.binds }
    }
}

struct InsertFromRun<T>(InsertFrom<T>);

impl<T: Table> Work for InsertFromRun<T> {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<u64> {
        connection.execute(&self.0.into_statement(Returning::Nothing))
    }
}

struct InsertFromAll<T>(InsertFrom<T>);

impl<T: Table> Work for InsertFromAll<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        connection.fetch(&self.0.into_statement(Returning::Rows))
    }
}

/// Inserts a row and rows that belong to it, all or none.
#[must_use = "an insert does nothing until it is run"]
pub struct InsertWith<T: Table, C: Table, F> {
    insert: Insert<T>,
    children: F,
    of: PhantomData<fn() -> C>,
}

impl<T: Table, C: Table, F> fmt::Debug for InsertWith<T, C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InsertWith").field("insert", &self.insert).finish_non_exhaustive()
    }
}

impl<T: Table> Insert<T> {
    /// And the rows that are made of the one that was inserted, in one transaction:
    /// `Author::insert(new).with::<Book, _>(|author| vec![NewBook::new(author.id.clone(), "Notes")])`.
    pub fn with<C: Table, F>(self, children: F) -> InsertWith<T, C, F>
    where
        F: FnOnce(&T) -> Vec<C::New> + Send + 'static,
    {
        InsertWith { insert: self, children, of: PhantomData }
    }
}

impl<T: Table, C: Table, F: FnOnce(&T) -> Vec<C::New> + Send + 'static> InsertWith<T, C, F> {
    /// Inserts them and gives them back as the database holds them.
    pub fn one<D: Door>(self, door: D) -> D::Outcome<(T, Vec<C>)> {
        door.perform(InsertBoth(self))
    }
}

struct InsertBoth<T: Table, C: Table, F>(InsertWith<T, C, F>);

impl<T: Table, C: Table, F: FnOnce(&T) -> Vec<C::New> + Send + 'static> Work
    for InsertBoth<T, C, F>
{
    type Output = (T, Vec<C>);
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<(T, Vec<C>)> {
        let transaction = connection.begin()?;
        let parent = InsertOne(self.0.insert).run(&transaction)?;
        let rows = InsertMany::<C>::new((self.0.children)(&parent));
        let children = InsertAll(rows).run(&transaction)?;
        transaction.commit()?;
        Ok((parent, children))
    }
}

conflicts!(Insert);
conflicts!(InsertMany);

struct InsertOne<T: Table>(Insert<T>);

impl<T: Table> Work for InsertOne<T> {
    type Output = T;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        let Insert { row, conflict } = &self.0;
        // A row that stands in the way is asked for when the insert was answered.
        let kept = conflict.as_ref().is_some_and(|c| matches!(c.action, Action::Keep));
        (!kept).then(|| Cow::Owned(of_one::<T>(row, conflict.as_ref(), Returning::Rows)))
    }

    fn run(self, connection: &Connection) -> Result<T> {
        let Insert { row, conflict } = self.0;
        let kept = conflict.as_ref().filter(|c| matches!(c.action, Action::Keep)).map(|c| c.unique);
        let rows = std::slice::from_ref(&row);
        let (_, mut written) = write::<T>(connection, rows, conflict.as_ref(), Returning::Rows)?;
        match (written.pop(), kept) {
            (Some(row), _) => Ok(row),
            (None, Some(unique)) => existing(connection, &row, unique),
            (None, None) => Err(Error::NotFound { table: T::SOURCE.name }),
        }
    }
}

struct InsertOneRun<T: Table>(Insert<T>);

impl<T: Table> Work for InsertOneRun<T> {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        let Insert { row, conflict } = &self.0;
        Some(Cow::Owned(of_one::<T>(row, conflict.as_ref(), Returning::Nothing)))
    }

    fn run(self, connection: &Connection) -> Result<u64> {
        let Insert { row, conflict } = self.0;
        let rows = std::slice::from_ref(&row);
        Ok(write::<T>(connection, rows, conflict.as_ref(), Returning::Nothing)?.0)
    }
}

struct InsertAll<T: Table>(InsertMany<T>);

impl<T: Table> Work for InsertAll<T> {
    type Output = Vec<T>;
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<Vec<T>> {
        let InsertMany { rows, conflict } = self.0;
        Ok(write::<T>(connection, &rows, conflict.as_ref(), Returning::Rows)?.1)
    }
}

struct InsertRun<T: Table>(InsertMany<T>);

impl<T: Table> Work for InsertRun<T> {
    type Output = u64;
    const ACCESS: Access = Access::Write;

    fn run(self, connection: &Connection) -> Result<u64> {
        let InsertMany { rows, conflict } = self.0;
        Ok(write::<T>(connection, &rows, conflict.as_ref(), Returning::Nothing)?.0)
    }
}

/// The row that stood in the way of this one.
fn existing<T: Table>(connection: &Connection, row: &T::New, unique: u16) -> Result<T> {
    let source = T::SOURCE;
    let mut select = Select::all(source);
    let mut binds = Binds::new();
    let columns = source.uniques.get(usize::from(unique)).map_or(&[][..], |key| key.columns);
    for column in columns {
        let value = row.value(*column).ok_or(Error::NotFound { table: source.name })?;
        binds.push(value.into_owned());
    }
    select.filter = Filter::Where(equal(source, columns));
    let statement = Statement { shape: Shape::Select(select), binds };
    connection.fetch_optional(&statement)?.ok_or(Error::NotFound { table: source.name })
}
