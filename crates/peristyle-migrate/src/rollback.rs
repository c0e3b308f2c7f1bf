//! Taking migrations back.

use std::time::{Duration, Instant};

use peristyle_driver::{Connection, Url};
use peristyle_schema::Diagnostic;
use peristyle_sql::Reversible;

use crate::across::{self, Way, half_way};
use crate::answer::{Fill, answer};
use crate::apply::{LastCatalog, Ready, apply};
use crate::folder::Migration;
use crate::history::{self, Applied, HistoryTable, State};
use crate::runner::{Did, in_transaction, sound_history};
use crate::{Direction, Error, Event, Folder, MigrationId, Progress, Run, Running, Scratch, retry};

/// How to roll back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollbackOptions {
    /// How far.
    pub until: Until,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
    /// A development server for scratch databases, where the dialect needs one.
    pub dev_server: Option<Url>,
    /// What rows get that a guard stops for because they have no value: `--fill`.
    pub fills: Vec<Fill>,
}

/// How far to roll back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// So many migrations.
    Steps(usize),
    /// Until this one is the last.
    Migration(MigrationId),
    /// All of them.
    Start,
}

impl Default for RollbackOptions {
    /// One step back.
    fn default() -> Self {
        Self {
            until: Until::Steps(1),
            running: Running::Run,
            lock_timeout: Duration::from_secs(30),
            dev_server: None,
            fills: Vec::new(),
        }
    }
}

/// What was rolled back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolledBack {
    /// The migrations that were taken back, or would be, in order.
    pub undone: Vec<Run>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// Takes the last migrations back, each in one transaction with its row of the history.
///
/// If one of them has no way back, nothing is done.
pub fn rollback(
    connection: &mut dyn Connection,
    folder: &Folder,
    options: &RollbackOptions,
    progress: Progress<'_>,
) -> Result<RolledBack, Error> {
    folder.sound()?;
    let history = sound_history(connection, folder)?;
    let mut ready: Vec<Ready<'_>> = chosen(folder, &history, &options.until)?
        .into_iter()
        .map(|migration| Ready::new(connection, migration, Direction::Down))
        .collect::<Result<_, _>>()?;
    answer(connection, &mut ready, &options.fills)?;
    let mut rolled_back = RolledBack { undone: Vec::new(), notes: notes(&ready) };
    if options.running == Running::Dry || ready.is_empty() {
        rolled_back.undone = ready.iter().map(|ready| ran(ready, Duration::ZERO)).collect();
        return Ok(rolled_back);
    }
    let scratch = Scratch::new(connection.dialect().name(), options.dev_server.clone());
    let owner = format!("process {}", std::process::id());
    retry::until(connection, options.lock_timeout, progress, |connection, _| {
        connection.lease(&owner).map_err(Error::from)
    })?;
    let mut catalog = LastCatalog::default();
    let undone = ready.iter().try_for_each(|ready| {
        let started = Instant::now();
        retry::until(connection, options.lock_timeout, progress, |connection, progress| {
            if ready.stands_alone() {
                let way = Way { folder, ready, scratch: &scratch, owner: &owner };
                return across::run(connection, &way, &mut catalog, progress);
            }
            in_transaction(connection, &mut catalog, |connection, catalog| {
                step(connection, folder, ready, &scratch, catalog, progress)
            })
        })?;
        let took = started.elapsed();
        let id = ready.migration.id.clone();
        progress(Event::Finished { id, direction: Direction::Down, took });
        rolled_back.undone.push(ran(ready, took));
        Ok(())
    });
    let released = connection.release();
    // What failed first is what is told.
    undone.and(released.map_err(Error::from))?;
    Ok(rolled_back)
}

fn ran(ready: &Ready<'_>, took: Duration) -> Run {
    let id = ready.migration.id.clone();
    Run { id, direction: Direction::Down, statements: ready.texts(), took }
}

fn step(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Did, Error> {
    let history = sound_history(connection, folder)?;
    let id = &ready.migration.id;
    match history.last().filter(|applied| applied.id == *id).map(|applied| applied.state) {
        Some(State::Done) => {}
        Some(State::Running) => return Err(half_way(id, Direction::Up)),
        Some(State::Undoing) => return Err(half_way(id, Direction::Down)),
        None => {
            let message =
                format!("{id} is not the last migration any more: another run changed the history");
            return Err(Error::History(vec![
                Diagnostic::error("history-changed", message)
                    .help("look at `peristyle status`, then run it again"),
            ]));
        }
    }
    apply(connection, folder, ready, scratch, catalog, progress)?;
    history::remove(connection, &HistoryTable::of(folder), id)?;
    connection.check_migration()?;
    Ok(Did::Run)
}

/// The migrations to take back, the last first.
fn chosen<'a>(
    folder: &'a Folder,
    history: &[Applied],
    until: &Until,
) -> Result<Vec<&'a Migration>, Error> {
    let count = match until {
        Until::Steps(steps) => (*steps).min(history.len()),
        Until::Start => history.len(),
        Until::Migration(id) => {
            let id = &folder.find(id.as_str())?.id;
            match history.iter().position(|applied| applied.id == *id) {
                Some(at) => history.len() - at - 1,
                None => {
                    return Err(Error::usage(
                        "not-applied",
                        format!("{id} is not applied to this database"),
                        "`peristyle status` lists the migrations that are",
                    ));
                }
            }
        }
    };
    // One that is half applied is completed first; one that is half taken back is what is gone on with.
    for applied in history {
        match applied.state {
            State::Done => {}
            State::Running => return Err(half_way(&applied.id, Direction::Up)),
            State::Undoing if count == 0 => return Err(half_way(&applied.id, Direction::Down)),
            State::Undoing => {}
        }
    }
    let ids = history.iter().rev().take(count).map(|applied| &applied.id);
    // The history fits the folder, so every one of them is found.
    let chosen: Vec<&Migration> =
        ids.filter_map(|id| folder.migrations().iter().find(|m| m.id == *id)).collect();
    match chosen.iter().find(|migration| !has_way_back(migration)) {
        None => Ok(chosen),
        Some(migration) => Err(Error::Invalid(vec![
            Diagnostic::error("no-way-back", format!("{} has no way back", migration.id))
                .at(crate::folder::whole(&migration.path))
                .help("restore a backup, or write a new migration that undoes it"),
        ])),
    }
}

fn has_way_back(migration: &Migration) -> bool {
    migration.header.seal.as_ref().is_some_and(|seal| seal.reversible != Reversible::No)
}

fn notes(ready: &[Ready<'_>]) -> Vec<Diagnostic> {
    let partial = |ready: &&Ready<'_>| {
        let seal = ready.migration.header.seal.as_ref();
        seal.is_some_and(|seal| seal.reversible == Reversible::Partial)
    };
    ready
        .iter()
        .filter(partial)
        .map(|ready| {
            let message = format!("{} comes back in part: some values do not", ready.migration.id);
            Diagnostic::warning("partly-reversible", message)
                .at(crate::folder::whole(&ready.migration.path))
        })
        .collect()
}
