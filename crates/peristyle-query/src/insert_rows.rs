//! How rows are written: in as few statements as their shapes allow, all of them or none.

use crate::bind::Binds;
use crate::engine::Prepared;
use crate::expr::{Node, Tokens};
use crate::source::{Origin, SourceInfo, SourceRef};
use crate::statement::{Conflict, Insert, Places, Resolution, Returning, Rows, Shape, Statement};
use crate::table::New;
use crate::{Bind, Connection, Result, Table};

/// The most values one statement may carry.
const PARAMETERS: usize = 32_766;

/// The most rows one statement inserts. More would save nothing.
const ROWS: usize = 256;

/// Up to here there is a statement for each number of rows; above, only for powers of two, so that there are few shapes.
const EXACT: usize = 64;

/// What to do where a row with the same unique key exists.
#[derive(Debug, Clone)]
pub(crate) struct OnConflict {
    pub(crate) unique: u16,
    pub(crate) action: Action,
}

#[derive(Debug, Clone)]
pub(crate) enum Action {
    /// It stays as it is.
    Keep,
    /// It takes every column that the insert itself brings, but the keys.
    UpdateAll,
    /// It takes these columns.
    Update(Vec<u16>),
    /// These columns take the values of expressions.
    Set(Vec<(u16, Tokens)>),
}

impl OnConflict {
    /// The values in what is done.
    fn values(&self) -> impl Iterator<Item = &Bind<'static>> {
        let set = match &self.action {
            Action::Set(set) => set.as_slice(),
            Action::Keep | Action::UpdateAll | Action::Update(_) => &[],
        };
        set.iter().flat_map(|(_, value)| &value.binds)
    }
}

/// Up to here rows are values of their own; above, a list for each column where the engine takes that, which makes one
/// statement of any number of rows. (Fewer rows are faster as values.)
const FEW: usize = 16;

/// The most rows of a statement that takes them as lists.
const LISTED: usize = 4096;

/// How many statements go to the server together, where it takes several at once.
const TOGETHER: usize = 64;

/// Inserts the rows; says how many were written and gives those back that the statement returns.
pub(crate) fn write<T: Table>(
    connection: &Connection,
    rows: &[T::New],
    conflict: Option<&OnConflict>,
    returning: Returning,
) -> Result<(u64, Vec<T>)> {
    let mut written = Written { connection, conflict, returning, count: 0, rows: Vec::new() };
    if rows.len() == 1 {
        written.write(&Lot { rows, way: Way::Values })?;
        return Ok((written.count, written.rows));
    }
    let mut lots = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let (rows, way) = written.lot(first, rest)?;
        let (now, later) = rest.split_at(rows);
        lots.push(Lot { rows: now, way });
        rest = later;
    }
    match lots.as_slice() {
        [] => {}
        // One statement is all or none by itself.
        [all] => match written.write(all) {
            // The lists were written for types that columns had before.
            Err(_) if !connection.in_transaction() && connection.engine.take_stale() => {
                written.rows.clear();
                written.write(all)?;
            }
            done => done?,
        },
        lots => written.write_all(lots)?,
    }
    Ok((written.count, written.rows))
}

/// Rows that one statement inserts.
struct Lot<'a, N> {
    rows: &'a [N],
    way: Way,
}

/// How rows are given to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Each value is a parameter.
    Values,
    /// Each column is a parameter: the list of its values.
    Lists,
}

struct Written<'a, T> {
    connection: &'a Connection,
    conflict: Option<&'a OnConflict>,
    returning: Returning,
    count: u64,
    rows: Vec<T>,
}

impl<T: Table> Written<'_, T> {
    /// How many of the first rows one statement takes, and how.
    fn lot(&self, first: &T::New, rows: &[T::New]) -> Result<(usize, Way)> {
        if rows.len() > FEW && self.connection.engine.takes_several() {
            let listed = alike(T::SOURCE, rows, self.conflict, LISTED);
            let shape = || self.shape(first, listed, Way::Lists);
            if listed > FEW && self.connection.engine.takes_lists(&shape())? {
                return Ok((listed, Way::Lists));
            }
        }
        Ok((chunk(T::SOURCE, rows, self.conflict), Way::Values))
    }

    /// Inserts several lots of rows, each of which one statement can take: all or none.
    fn write_all(&mut self, lots: &[Lot<'_, T::New>]) -> Result<()> {
        let engine = &self.connection.engine;
        let together = engine.takes_several() && lots.len() <= TOGETHER;
        if together && !self.connection.in_transaction() {
            // What is asked at once is a transaction by itself.
            match self.write_together(lots) {
                Err(_) if engine.take_stale() => {
                    self.count = 0;
                    self.rows.clear();
                }
                done => return done,
            }
        }
        let inside = self.connection.in_transaction();
        let transaction = self.connection.begin()?;
        if together && inside {
            self.write_together(lots)?;
        } else {
            for lot in lots {
                self.write(lot)?;
            }
        }
        transaction.commit()
    }

    /// Inserts several lots of rows in one round trip.
    fn write_together(&mut self, lots: &[Lot<'_, T::New>]) -> Result<()> {
        let shape =
            |lot: &Lot<'_, T::New>| Some(self.shape(lot.rows.first()?, lot.rows.len(), lot.way));
        let shapes: Vec<Shape> = lots.iter().filter_map(shape).collect();
        // All values are there before anything is said, so that one that is refused leaves nothing half said.
        let mut statements = Vec::with_capacity(shapes.len());
        for (shape, lot) in shapes.iter().zip(lots) {
            let mut statement = self.connection.engine.prepare(shape)?;
            put(&mut statement, shape, lot, self.conflict)?;
            statements.push(statement);
        }
        let Some((last, before)) = statements.split_last_mut() else { return Ok(()) };
        for statement in before {
            statement.queue()?;
        }
        self.finish(last, lots.iter().map(|lot| lot.rows.len()).sum())
    }

    /// Inserts rows that one statement can take.
    fn write(&mut self, lot: &Lot<'_, T::New>) -> Result<()> {
        let Some(first) = lot.rows.first() else { return Ok(()) };
        let shape = self.shape(first, lot.rows.len(), lot.way);
        let mut statement = self.connection.engine.prepare(&shape)?;
        put(&mut statement, &shape, lot, self.conflict)?;
        self.finish(&mut statement, lot.rows.len())
    }

    /// The statement for so many rows like this one.
    fn shape(&self, first: &T::New, rows: usize, way: Way) -> Shape {
        let rows = match way {
            Way::Values => Rows::Values(u16::try_from(rows).unwrap_or(u16::MAX)),
            Way::Lists => Rows::Lists,
        };
        shape::<T>(first, rows, self.conflict, self.returning)
    }

    fn finish(&mut self, statement: &mut Prepared<'_>, rows: usize) -> Result<()> {
        match self.returning {
            Returning::Nothing => self.count += statement.execute()?,
            Returning::Rows => {
                let before = self.rows.len();
                self.rows.reserve(rows);
                statement.fetch(&mut self.rows)?;
                self.count += (self.rows.len() - before) as u64;
            }
        }
        Ok(())
    }
}

/// The statement that inserts rows like this one.
pub(crate) fn shape<T: Table>(
    first: &T::New,
    rows: Rows,
    conflict: Option<&OnConflict>,
    returning: Returning,
) -> Shape {
    let source = T::SOURCE;
    Shape::Insert(Insert {
        source: SourceRef(source),
        columns: given(source, first),
        rows,
        conflict: conflict.map(|conflict| resolve(source, conflict, first)),
        returning,
    })
}

/// The statement that inserts one row, with its values.
pub(crate) fn of_one<T: Table>(
    row: &T::New,
    conflict: Option<&OnConflict>,
    returning: Returning,
) -> Statement {
    let shape = shape::<T>(row, Rows::Values(1), conflict, returning);
    let columns = given(T::SOURCE, row);
    let mut binds: Binds =
        columns.iter().map(|column| value(T::SOURCE, row, *column).into_owned()).collect();
    binds.extend(conflict.iter().flat_map(|conflict| conflict.values()).cloned());
    Statement { shape, binds }
}

/// The value of a column of a new row: its own, or what the application gives where it has none.
pub(crate) fn value<'n, N: New>(source: &SourceInfo, row: &'n N, column: u16) -> Bind<'n> {
    row.value(column).unwrap_or_else(|| made(source, column))
}

/// The values of the rows, in the order of the statement's columns.
fn put<N: New>(
    statement: &mut Prepared<'_>,
    shape: &Shape,
    lot: &Lot<'_, N>,
    conflict: Option<&OnConflict>,
) -> Result<()> {
    let Shape::Insert(Insert { source, columns, .. }) = shape else { return Ok(()) };
    let mut put = |column: u16, value: &Bind<'_>| {
        statement.put(value).map_err(|error| statement.refused(Some(column), error))
    };
    match lot.way {
        Way::Values => {
            for row in lot.rows {
                for column in columns {
                    put(*column, &value(source.0, row, *column))?;
                }
            }
        }
        Way::Lists => {
            for column in columns {
                let list = lot.rows.iter().map(|row| value(source.0, row, *column)).collect();
                put(*column, &Bind::List(list))?;
            }
        }
    }
    for value in conflict.iter().flat_map(|conflict| conflict.values()) {
        statement.put(value).map_err(|error| statement.refused(None, error))?;
    }
    Ok(())
}

/// How many of the first rows one statement of values takes.
fn chunk<N: New>(source: &SourceInfo, rows: &[N], conflict: Option<&OnConflict>) -> usize {
    let Some(first) = rows.first() else { return 0 };
    let width = given(source, first).len();
    if width == 0 {
        return 1;
    }
    let most = ROWS.min((PARAMETERS / width).max(1));
    let same = alike(source, rows, conflict, most);
    if same <= EXACT { same } else { 1 << same.ilog2() }
}

/// How many of the first rows, `most` at most, are written to the same columns.
fn alike<N: New>(
    source: &SourceInfo,
    rows: &[N],
    conflict: Option<&OnConflict>,
    most: usize,
) -> usize {
    let Some(first) = rows.first() else { return 0 };
    if given(source, first).is_empty() {
        return 1;
    }
    let update_all = conflict.is_some_and(|c| matches!(c.action, Action::UpdateAll));
    let optional: Vec<u16> = (0..)
        .zip(source.columns)
        .filter(|(_, column)| match column.origin {
            Origin::Database => true,
            Origin::Application(_) => update_all,
            Origin::Given => update_all && column.nullable,
            Origin::Generated => false,
        })
        .map(|(at, _)| at)
        .collect();
    let like_first = |row: &&N| {
        optional.iter().all(|at| brings(source, *row, *at) == brings(source, first, *at))
    };
    rows.iter().take(most).take_while(like_first).count().max(1)
}

/// The columns that are written: those that the row brings, and those that the application makes.
pub(crate) fn given<N: New>(source: &SourceInfo, row: &N) -> Places {
    let written = |at: &u16| match origin(source, *at) {
        Origin::Given | Origin::Application(_) => true,
        Origin::Database => row.value(*at).is_some(),
        Origin::Generated => false,
    };
    source.positions().filter(written).collect()
}

/// Whether the row itself says what stands in a column. A nullable column that is left out says nothing.
fn brings<N: New>(source: &SourceInfo, row: &N, column: u16) -> bool {
    match (origin(source, column), row.value(column)) {
        (_, None) | (Origin::Generated, _) => false,
        (Origin::Given, Some(value)) => !value.is_null(),
        (Origin::Database | Origin::Application(_), Some(_)) => true,
    }
}

fn origin(source: &SourceInfo, column: u16) -> Origin {
    source.columns.get(usize::from(column)).map_or(Origin::Generated, |info| info.origin)
}

/// What the application gives a column that the row leaves out.
fn made(source: &SourceInfo, column: u16) -> Bind<'static> {
    match origin(source, column) {
        Origin::Application(maker) => maker.make(),
        Origin::Given | Origin::Database | Origin::Generated => Bind::Null,
    }
}

/// What the statement for rows like this one does where a row with the same unique key exists.
fn resolve<N: New>(source: &SourceInfo, conflict: &OnConflict, row: &N) -> Conflict {
    let unique =
        source.uniques.get(usize::from(conflict.unique)).map_or(&[][..], |key| key.columns);
    let mut columns: Vec<(u16, Option<Vec<Node>>)> = match &conflict.action {
        Action::Keep => {
            return Conflict { unique: conflict.unique, resolution: Resolution::Keep };
        }
        Action::Update(columns) => columns.iter().map(|column| (*column, None)).collect(),
        Action::UpdateAll => {
            let kept = |at: &u16| unique.contains(at) || source.key.contains(at);
            let brought = |at: &u16| !kept(at) && brings(source, row, *at);
            source.positions().filter(brought).map(|column| (column, None)).collect()
        }
        Action::Set(set) => {
            set.iter().map(|(column, value)| (*column, Some(value.nodes.clone()))).collect()
        }
    };
    for (at, column) in (0..).zip(source.columns) {
        if column.on_update.is_some() && columns.iter().all(|(set, _)| *set != at) {
            columns.push((at, None));
        }
    }
    // Something must be set for the row to come back.
    if columns.is_empty() {
        columns.extend(unique.first().map(|column| (*column, None)));
    }
    Conflict { unique: conflict.unique, resolution: Resolution::Update(columns) }
}
