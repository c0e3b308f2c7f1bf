//! How rows are written: in as few statements as their shapes allow, all of them or none.

use crate::source::{Origin, SourceInfo, SourceRef};
use crate::statement::{Conflict, Insert, Resolution, Returning, Shape};
use crate::table::New;
use crate::{Bind, Connection, Result, Table};

/// The most values one statement may carry.
const PARAMETERS: usize = 32_766;

/// The most rows one statement inserts. More would save nothing.
const ROWS: usize = 256;

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
    /// It takes every column that the insert gives, but the keys.
    UpdateAll,
    /// It takes these columns.
    Update(Vec<u16>),
}

/// Inserts the rows; says how many were written and gives those back that the statement returns.
pub(crate) fn write<T: Table>(
    connection: &Connection,
    rows: &[T::New],
    conflict: Option<&OnConflict>,
    returning: Returning,
) -> Result<(u64, Vec<T>)> {
    let mut written = Written { connection, conflict, returning, count: 0, rows: Vec::new() };
    let first = chunk(T::SOURCE, rows);
    if first == rows.len() {
        // One statement is all or none by itself.
        written.write(rows)?;
    } else {
        let transaction = connection.begin()?;
        let mut rest = rows;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(chunk(T::SOURCE, rest));
            written.write(now)?;
            rest = later;
        }
        transaction.commit()?;
    }
    Ok((written.count, written.rows))
}

struct Written<'a, T> {
    connection: &'a Connection,
    conflict: Option<&'a OnConflict>,
    returning: Returning,
    count: u64,
    rows: Vec<T>,
}

impl<T: Table> Written<'_, T> {
    /// Inserts rows that one statement can take.
    fn write(&mut self, rows: &[T::New]) -> Result<()> {
        let Some(first) = rows.first() else { return Ok(()) };
        let source = T::SOURCE;
        let columns = given(source, first);
        let conflict = self.conflict.map(|conflict| resolve(source, conflict, &columns));
        let shape = Shape::Insert(Insert {
            source: SourceRef(source),
            columns,
            rows: u16::try_from(rows.len()).unwrap_or(u16::MAX),
            conflict,
            returning: self.returning,
        });
        let Shape::Insert(Insert { columns, .. }) = &shape else { return Ok(()) };
        let mut statement = self.connection.engine.prepare(&shape)?;
        for row in rows {
            for column in columns {
                let value = row.value(*column).unwrap_or_else(|| made(source, *column));
                statement.put(&value).map_err(|error| statement.refused(Some(*column), error))?;
            }
        }
        match self.returning {
            Returning::Nothing => self.count += statement.execute()?,
            Returning::Rows => {
                let before = self.rows.len();
                self.rows.reserve(rows.len());
                statement.fetch(&mut self.rows, usize::MAX)?;
                self.count += (self.rows.len() - before) as u64;
            }
        }
        Ok(())
    }
}

/// How many of the first rows one statement takes: rows that give the same columns, as many as the largest power of two,
/// so that there are few shapes whatever the number of rows.
fn chunk<N: New>(source: &SourceInfo, rows: &[N]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    let made_by_database = || {
        (0..)
            .zip(source.columns)
            .filter(|(_, c)| matches!(c.origin, Origin::Database))
            .map(|(at, _)| at)
    };
    let alike = |row: &N| {
        made_by_database().all(|at: u16| row.value(at).is_some() == first.value(at).is_some())
    };
    let width = given(source, first).len();
    if width == 0 {
        return 1;
    }
    let most = ROWS.min((PARAMETERS / width).max(1));
    let same = rows.iter().take(most).take_while(|row| alike(row)).count();
    1 << same.max(1).ilog2()
}

/// The columns that a row gives a value, or the application for it.
fn given<N: New>(source: &SourceInfo, row: &N) -> Vec<u16> {
    (0..)
        .zip(source.columns)
        .filter(|(at, column)| match column.origin {
            Origin::Given | Origin::Application(_) => true,
            Origin::Database => row.value(*at).is_some(),
            Origin::Generated => false,
        })
        .map(|(at, _)| at)
        .collect()
}

/// What the application gives a column that the row leaves out.
fn made(source: &SourceInfo, column: u16) -> Bind<'static> {
    match source.columns.get(usize::from(column)).map(|info| info.origin) {
        Some(Origin::Application(maker)) => maker.make(),
        Some(Origin::Given | Origin::Database | Origin::Generated) | None => Bind::Null,
    }
}

fn resolve(source: &SourceInfo, conflict: &OnConflict, given: &[u16]) -> Conflict {
    let unique =
        source.uniques.get(usize::from(conflict.unique)).map_or(&[][..], |key| key.columns);
    let updated = |mut columns: Vec<u16>| {
        for (at, column) in (0..).zip(source.columns) {
            if column.on_update.is_some() && !columns.contains(&at) {
                columns.push(at);
            }
        }
        // Something must be set for the row to come back.
        if columns.is_empty() {
            columns.extend(unique.first());
        }
        Resolution::Update(columns)
    };
    let resolution = match &conflict.action {
        Action::Keep => Resolution::Keep,
        Action::Update(columns) => updated(columns.clone()),
        Action::UpdateAll => {
            let kept = |column: &&u16| !unique.contains(column) && !source.key.contains(column);
            updated(given.iter().filter(kept).copied().collect())
        }
    };
    Conflict { unique: conflict.unique, resolution }
}
