//! A migration of which some statements stand outside of any transaction.
//!
//! Its row of the history is there from its beginning and counts the statements that are done, each stretch of a transaction
//! committed together with the count. A statement that stands alone can be run again. So a run that was killed at any instant is
//! completed by the next.

use peristyle_driver::Connection;
use peristyle_schema::Diagnostic;
use peristyle_sql::Reversible;

use crate::apply::{LastCatalog, Ready, kept};
use crate::history::{self, HistoryTable, State};
use crate::promise::{Expected, expected};
use crate::runner::{Did, follows, in_transaction, sound_history};
use crate::script::{self, Placed};
use crate::{Direction, Error, Event, Folder, Progress, Scratch};

/// What a migration runs with.
pub(crate) struct Way<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) ready: &'a Ready<'a>,
    pub(crate) scratch: &'a Scratch,
    pub(crate) owner: &'a str,
}

/// Runs a migration stretch by stretch, from where an earlier run has left it.
pub(crate) fn run(
    connection: &mut dyn Connection,
    way: &Way<'_>,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Did, Error> {
    let mut begun = None;
    let did = in_transaction(connection, catalog, |connection, catalog| {
        begun = way.begin(connection, catalog, progress)?;
        Ok(if begun.is_some() { Did::Run } else { Did::Nothing })
    })?;
    let Some((done, expected)) = begun.filter(|_| did == Did::Run) else {
        return Ok(Did::Nothing);
    };
    progress(way.ready.started());
    let mut expected = Some(expected);
    let mut at = 0;
    for stretch in stretches(&way.ready.statements) {
        let end = at + stretch.len();
        if done < end {
            let from = done.max(at) - at;
            let mut about_to = |number: usize, statement: &peristyle_sql::Statement| {
                progress(Event::Statement {
                    number: at + from + number,
                    sql: statement.sql.clone(),
                });
            };
            if stretch.iter().any(Placed::stands_alone) {
                script::run(connection, &stretch[from..], &mut about_to)?;
            }
            in_transaction(connection, catalog, |connection, catalog| {
                way.still_ours(connection)?;
                if !stretch.iter().any(Placed::stands_alone) {
                    script::run(connection, &stretch[from..], &mut about_to)?;
                }
                if end == way.ready.statements.len() {
                    let expected = expected.take().unwrap_or(Expected::Resumed);
                    way.finish(connection, catalog, expected)?;
                } else {
                    let table = &HistoryTable::of(way.folder);
                    history::set(connection, table, &way.ready.migration.id, way.state(), end)?;
                }
                connection.check_migration()?;
                Ok(Did::Run)
            })?;
        }
        at = end;
    }
    if done == way.ready.statements.len() {
        in_transaction(connection, catalog, |connection, catalog| {
            way.finish(connection, catalog, Expected::Resumed)?;
            Ok(Did::Run)
        })?;
    }
    Ok(Did::Run)
}

/// The statements in stretches: each that stands alone by itself, the others as far as they stand together.
fn stretches(statements: &[Placed]) -> impl Iterator<Item = &[Placed]> {
    statements.chunk_by(|a, b| !(a.stands_alone() || b.stands_alone()))
}

impl Way<'_> {
    /// The word for a migration that is on this way.
    fn state(&self) -> State {
        match self.ready.direction {
            Direction::Up => State::Running,
            Direction::Down => State::Undoing,
        }
    }

    /// Finds or makes the migration's row of the history: how many statements are done, and what is to be expected of the rest.
    /// Nothing if there is nothing to do.
    fn begin(
        &self,
        connection: &mut dyn Connection,
        catalog: &mut LastCatalog,
        progress: Progress<'_>,
    ) -> Result<Option<(usize, Expected)>, Error> {
        let history = sound_history(connection, self.folder)?;
        let migration = self.ready.migration;
        let row = history.iter().find(|applied| applied.id == migration.id);
        if let Some(row) = row.filter(|row| row.state == self.state()) {
            return Ok(Some((row.step, Expected::Resumed)));
        }
        match (self.ready.direction, row.map(|row| row.state)) {
            (Direction::Up, Some(State::Done)) | (Direction::Down, None) => return Ok(None),
            (Direction::Up, None) => follows(migration, &history)?,
            (Direction::Down, Some(State::Done)) => {}
            (Direction::Up, Some(_)) | (Direction::Down, Some(_)) => {
                return Err(half_way(self.ready));
            }
        }
        let (folder, ready, scratch) = (self.folder, self.ready, self.scratch);
        let expected = expected(connection, folder, ready, scratch, catalog, progress)?;
        match self.ready.direction {
            Direction::Up => {
                history::ensure(connection, &HistoryTable::of(self.folder))?;
                let seal = migration.header.seal.as_ref();
                let reversible = seal.map_or(Reversible::No, |seal| seal.reversible);
                let started = history::now();
                let state = self.state();
                history::insert(
                    connection,
                    &HistoryTable::of(self.folder),
                    migration,
                    reversible,
                    &started,
                    self.owner,
                    state,
                )?;
            }
            Direction::Down => history::set(
                connection,
                &HistoryTable::of(self.folder),
                &migration.id,
                self.state(),
                0,
            )?,
        }
        Ok(Some((0, expected)))
    }

    /// Whoever has taken the lease from us may have gone on with it.
    fn still_ours(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        let history = history::read(connection, &HistoryTable::of(self.folder))?;
        let id = &self.ready.migration.id;
        let row = history.iter().find(|applied| applied.id == *id);
        if row.is_some_and(|row| row.state == self.state()) {
            return Ok(());
        }
        let message = format!("another migrator has gone on with {id}");
        Err(Error::History(vec![
            Diagnostic::error("history-changed", message)
                .help("look at `peristyle status`, then run it again"),
        ]))
    }

    /// Makes sure that everything is as promised, and notes it.
    fn finish(
        &self,
        connection: &mut dyn Connection,
        catalog: &mut LastCatalog,
        expected: Expected,
    ) -> Result<(), Error> {
        kept(connection, self.folder, self.ready, self.scratch, catalog, expected)?;
        let id = &self.ready.migration.id;
        match self.ready.direction {
            Direction::Up => history::set(
                connection,
                &HistoryTable::of(self.folder),
                id,
                State::Done,
                self.ready.statements.len(),
            ),
            Direction::Down => history::remove(connection, &HistoryTable::of(self.folder), id),
        }
    }
}

/// The migration is half on the other way.
fn half_way(ready: &Ready<'_>) -> Error {
    let id = &ready.migration.id;
    let (state, command) = match ready.direction {
        Direction::Up => ("half taken back", "peristyle rollback"),
        Direction::Down => ("half applied", "peristyle migrate"),
    };
    Error::History(vec![
        Diagnostic::error("half-way", format!("{id} is {state}: an earlier run was interrupted"))
            .help(format!("`{command}` completes it")),
    ])
}
