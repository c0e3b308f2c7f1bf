//! A migration of which some statements stand outside of any transaction.
//!
//! Its row of the history is there from its beginning and counts the statements that are done, each stretch of a transaction
//! committed together with the count. A statement that stands alone can be run again. So a run that was killed at any instant is
//! completed by the next.

use peristyle_driver::Connection;
use peristyle_schema::Diagnostic;
use peristyle_sql::{Reversible, Statement};

use crate::apply::{LastCatalog, Ready, kept};
use crate::error::HalfWay;
use crate::history::{self, HistoryTable, State};
use crate::promise::{Expected, expected};
use crate::runner::{Did, follows, in_transaction, sound_history};
use crate::script::{self, Placed};
use crate::{Direction, Error, Event, Folder, MigrationId, Progress, Scratch};

/// What a migration runs with.
pub(crate) struct Way<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) ready: &'a Ready<'a>,
    pub(crate) scratch: &'a Scratch,
    pub(crate) owner: &'a str,
}

/// Runs a migration stretch by stretch, from where an earlier run has left it.
///
/// What fails before anything is committed leaves nothing behind, and a guard that is bound to fail does so there. What fails later says how far the migration has come.
pub(crate) fn run(
    connection: &mut dyn Connection,
    way: &Way<'_>,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Did, Error> {
    let mut begun = None;
    let did = in_transaction(connection, catalog, |connection, catalog| {
        begun = way.begin(connection, catalog, progress)?;
        let Some((done, _)) = &mut begun else { return Ok(Did::Nothing) };
        progress(way.ready.started());
        if let Some(first) = way.first(*done) {
            script::run(connection, first, &mut told(progress, 0))?;
            *done = first.len();
            way.note(connection, *done)?;
            connection.check_migration()?;
        } else if *done == 0 {
            script::foresee(connection, &way.ready.statements)?;
        }
        Ok(Did::Run)
    })?;
    let Some((mut done, expected)) = begun.filter(|_| did == Did::Run) else {
        return Ok(Did::Nothing);
    };
    match way.go_on(connection, catalog, &mut done, expected, progress) {
        Ok(()) => Ok(Did::Run),
        Err(error) => Err(Error::HalfWay(Box::new(HalfWay {
            id: way.ready.migration.id.clone(),
            direction: way.ready.direction,
            done,
            statements: way.ready.statements.len(),
            error,
        }))),
    }
}

/// Tells of each statement before it runs, numbered on from those before.
fn told<'a>(
    progress: &'a mut (dyn FnMut(Event) + '_),
    before: usize,
) -> impl FnMut(usize, &Statement) + 'a {
    move |number, statement| {
        progress(Event::Statement { number: before + number, sql: statement.sql.clone() });
    }
}

/// The statements in stretches: each that stands alone by itself, the others as far as they stand together.
fn stretches(statements: &[Placed]) -> impl Iterator<Item = &[Placed]> {
    statements.chunk_by(|a, b| !(a.stands_alone() || b.stands_alone()))
}

impl Way<'_> {
    /// The statements that run together with the beginning, if nothing is done yet and none of them stands alone.
    fn first(&self, done: usize) -> Option<&[Placed]> {
        let first = stretches(&self.ready.statements).next().filter(|_| done == 0)?;
        (!first.iter().any(Placed::stands_alone)).then_some(first)
    }

    /// Runs what is not done yet. `done` counts what is committed.
    fn go_on(
        &self,
        connection: &mut dyn Connection,
        catalog: &mut LastCatalog,
        done: &mut usize,
        expected: Expected,
        progress: Progress<'_>,
    ) -> Result<(), Error> {
        let statements = &self.ready.statements;
        let mut expected = Some(expected);
        let mut finished = false;
        let mut at = 0;
        for stretch in stretches(statements) {
            let end = at + stretch.len();
            if *done < end {
                let from = (*done).max(at);
                let rest = &statements[from..end];
                let mut about_to = told(&mut *progress, from);
                let alone = stretch.iter().any(Placed::stands_alone);
                if alone {
                    script::run(connection, rest, &mut about_to)?;
                }
                in_transaction(connection, catalog, |connection, catalog| {
                    self.still_ours(connection)?;
                    if !alone {
                        script::run(connection, rest, &mut about_to)?;
                    }
                    if end == statements.len() {
                        let expected = expected.take().unwrap_or(Expected::Resumed);
                        self.finish(connection, catalog, expected)?;
                        finished = true;
                    } else {
                        self.note(connection, end)?;
                    }
                    connection.check_migration()?;
                    Ok(Did::Run)
                })?;
                *done = end;
            }
            at = end;
        }
        if finished {
            return Ok(());
        }
        in_transaction(connection, catalog, |connection, catalog| {
            self.finish(connection, catalog, Expected::Resumed)?;
            Ok(Did::Run)
        })?;
        Ok(())
    }

    /// Notes how many statements are done.
    fn note(&self, connection: &mut dyn Connection, done: usize) -> Result<(), Error> {
        let table = &HistoryTable::of(self.folder);
        history::set(connection, table, &self.ready.migration.id, self.state(), done)
    }

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
                return Err(half_way(&migration.id, self.ready.direction.other()));
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

/// An earlier run was interrupted on this way; whoever wants to go another one is told.
pub(crate) fn half_way(id: &MigrationId, direction: Direction) -> Error {
    let (state, command) = words(direction);
    Error::History(vec![
        Diagnostic::error("half-way", format!("{id} is {state}: an earlier run was interrupted"))
            .help(format!("`{command}` completes it")),
    ])
}

/// How a migration is called that is on this way, and the command that goes on with it.
pub(crate) fn words(direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::Up => ("half applied", "peristyle migrate"),
        Direction::Down => ("half taken back", "peristyle rollback"),
    }
}
