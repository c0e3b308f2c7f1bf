//! Applying migrations to a database.

use std::path::PathBuf;

use std::time::{Duration, Instant};

use peristyle_driver::{Connection, Url};
use peristyle_schema::Diagnostic;
use peristyle_sql::Reversible;

use crate::across::{self, Way, half_way};
use crate::answer::{Fill, answer};
use crate::apply::{LastCatalog, Ready, apply};
use crate::folder::Migration;
use crate::history::{self, Applied, HistoryTable, State};
use crate::{
    Direction, Error, Event, Folder, Losses, MigrationId, Progress, Scratch, proof, retry,
};

/// How to migrate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrateOptions {
    /// The last migration to apply; all if none is named.
    pub to: Option<MigrationId>,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
    /// Who we are, for the history; by default the number of this process.
    pub owner: Option<String>,
    /// A development server for scratch databases, where the dialect needs one.
    pub dev_server: Option<Url>,
    /// What rows get that a guard stops for because they have no value: `--fill`.
    pub fills: Vec<Fill>,
    /// Whether a migration that is proven first may lose data.
    pub losses: Losses,
}

impl Default for MigrateOptions {
    fn default() -> Self {
        Self {
            to: None,
            running: Running::Run,
            lock_timeout: Duration::from_secs(30),
            owner: None,
            dev_server: None,
            fills: Vec::new(),
            losses: Losses::Refuse,
        }
    }
}

/// Whether anything is run, or only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Running {
    /// It is run.
    #[default]
    Run,
    /// It is only shown.
    Dry,
}

/// A migration that was run, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its name.
    pub id: MigrationId,
    /// Which way it went.
    pub direction: Direction,
    /// The statements that it ran.
    pub statements: Vec<String>,
    /// How long it took; nothing if it was only shown.
    pub took: Duration,
}

/// What was migrated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The migrations that were applied, or would be, in order.
    pub applied: Vec<Run>,
    /// Those that another migrator applied meanwhile.
    pub by_another: Vec<MigrationId>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// Opens a database, which is made if it is not there, and applies the migrations of a folder that it does not have.
///
/// What an application does at its start, in one line: many of them at once apply each migration once.
pub fn migrate_url(url: &str, folder: impl Into<PathBuf>) -> Result<Migrated, Error> {
    let mut connection =
        peristyle_driver::open(&url.parse()?, &peristyle_driver::Options::create())?;
    migrate(connection.as_mut(), &Folder::open(folder)?, &MigrateOptions::default(), &mut |_| {})
}

/// Applies the migrations of the folder that the database does not have, each in one transaction with its row of the history.
///
/// A last file that nobody has proven yet is proven first. The first migration that fails is undone and ends the run; those
/// before it stay.
pub fn migrate(
    connection: &mut dyn Connection,
    folder: &Folder,
    options: &MigrateOptions,
    progress: Progress<'_>,
) -> Result<Migrated, Error> {
    folder.sound()?;
    let history = sound_history(connection, folder)?;
    let pending = pending(folder, &history, options.to.as_ref())?;
    if options.running == Running::Dry {
        return shown(connection, &pending, &options.fills);
    }
    if let Some(unproven) = pending.iter().find(|migration| migration.header.seal.is_none()) {
        let scratch = Scratch::new(connection.dialect().name(), options.dev_server.clone());
        proof::prove(folder.path(), &unproven.id, scratch, options.losses, progress)?;
        let proven = Folder::open(folder.path())?;
        return migrate(connection, &proven, options, progress);
    }
    let ready = ready(connection, &pending, &options.fills)?;
    if ready.is_empty() {
        return Ok(Migrated::default());
    }
    let scratch = Scratch::new(connection.dialect().name(), options.dev_server.clone());
    let owner = options.owner.clone().unwrap_or_else(|| format!("process {}", std::process::id()));
    retry::until(connection, options.lock_timeout, progress, |connection, _| {
        connection.lease(&owner).map_err(Error::from)
    })?;
    let run = Every { folder, ready: &ready, scratch: &scratch, owner: &owner };
    let migrated = run.apply(connection, options.lock_timeout, progress);
    let released = connection.release();
    // What failed first is what is told.
    let migrated = migrated?;
    released?;
    Ok(migrated)
}

/// The migrations of a run, and what they run with.
struct Every<'a> {
    folder: &'a Folder,
    ready: &'a [Ready<'a>],
    scratch: &'a Scratch,
    owner: &'a str,
}

impl Every<'_> {
    fn apply(
        &self,
        connection: &mut dyn Connection,
        patience: Duration,
        progress: Progress<'_>,
    ) -> Result<Migrated, Error> {
        let Self { folder, scratch, owner, .. } = *self;
        let mut warnings = Vec::new();
        let progress: Progress<'_> = &mut |event| {
            if let Event::Warned { warning } = &event {
                warnings.push(warning.clone());
            }
            progress(event);
        };
        let mut migrated = Migrated::default();
        let mut catalog = LastCatalog::default();
        for ready in self.ready {
            let started = Instant::now();
            let did = retry::until(connection, patience, progress, |connection, progress| {
                if ready.stands_alone() {
                    let way = Way { folder, ready, scratch, owner };
                    return across::run(connection, &way, &mut catalog, progress);
                }
                in_transaction(connection, &mut catalog, |connection, catalog| {
                    step(connection, folder, ready, scratch, owner, catalog, progress)
                })
            })?;
            let id = ready.migration.id.clone();
            match did {
                Did::Run => {
                    let took = started.elapsed();
                    let direction = Direction::Up;
                    migrated.applied.push(Run {
                        id: id.clone(),
                        direction,
                        statements: ready.texts(),
                        took,
                    });
                    progress(Event::Finished { id, direction, took });
                }
                Did::Nothing => {
                    migrated.by_another.push(id.clone());
                    progress(Event::AppliedByAnother { id });
                }
            }
        }
        migrated.notes = warnings;
        Ok(migrated)
    }
}

/// Whether a transaction has something to commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    Run,
    Nothing,
}

/// Runs something in a migration's transaction: committed if it did something, undone if it did nothing or failed.
pub(crate) fn in_transaction(
    connection: &mut dyn Connection,
    catalog: &mut LastCatalog,
    run: impl FnOnce(&mut dyn Connection, &mut LastCatalog) -> Result<Did, Error>,
) -> Result<Did, Error> {
    connection.begin_migration()?;
    let did = run(connection, catalog);
    let ended = match &did {
        Ok(Did::Run) => connection.commit_migration(),
        Ok(Did::Nothing) | Err(_) => {
            catalog.forget();
            connection.rollback_migration()
        }
    };
    // What failed first is what is told.
    let did = did?;
    ended.inspect_err(|_| catalog.forget())?;
    Ok(did)
}

/// One migration, after the lock was taken: another migrator may have applied it while we waited.
fn step(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    owner: &str,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Did, Error> {
    let history = sound_history(connection, folder)?;
    let migration = ready.migration;
    match history.iter().find(|applied| applied.id == migration.id).map(|applied| applied.state) {
        None => {}
        Some(State::Done) => return Ok(Did::Nothing),
        Some(State::Running) => return Err(half_way(&migration.id, Direction::Up)),
        Some(State::Undoing) => return Err(half_way(&migration.id, Direction::Down)),
    }
    follows(migration, &history)?;
    let started = history::now();
    apply(connection, folder, ready, scratch, catalog, progress)?;
    history::ensure(connection, &HistoryTable::of(folder))?;
    let reversible = migration.header.seal.as_ref().map_or(Reversible::No, |seal| seal.reversible);
    history::insert(
        connection,
        &HistoryTable::of(folder),
        migration,
        reversible,
        &started,
        owner,
        State::Done,
    )?;
    connection.check_migration()?;
    Ok(Did::Run)
}

/// Whether the migration is the next one, and the one before it is whole.
pub(crate) fn follows(migration: &Migration, history: &[Applied]) -> Result<(), Error> {
    let parent = migration.header.parent.as_ref().map(|parent| &parent.id);
    let last = history.last();
    if last.map(|applied| &applied.id) == parent
        && last.is_none_or(|applied| applied.state == State::Done)
    {
        return Ok(());
    }
    let message = format!("another migrator changed the history before {} could run", migration.id);
    Err(Error::History(vec![
        Diagnostic::error("history-changed", message)
            .help("look at `peristyle status`, then run it again"),
    ]))
}

/// The history, if it fits the folder.
pub(crate) fn sound_history(
    connection: &mut dyn Connection,
    folder: &Folder,
) -> Result<Vec<Applied>, Error> {
    let history = history::read(connection, &HistoryTable::of(folder))?;
    let faults = history::faults(folder, &history);
    if faults.is_empty() { Ok(history) } else { Err(Error::History(faults)) }
}

/// The migrations to apply, in order.
fn pending<'a>(
    folder: &'a Folder,
    history: &[Applied],
    to: Option<&MigrationId>,
) -> Result<Vec<&'a Migration>, Error> {
    if let Some(to) = to {
        folder.find(to.as_str())?;
    }
    Ok(folder
        .migrations()
        .iter()
        .filter(|migration| {
            let done =
                |applied: &Applied| applied.id == migration.id && applied.state == State::Done;
            !history.iter().any(done)
        })
        .filter(|migration| to.is_none_or(|to| migration.id <= *to))
        .collect())
}

/// The statements of the migrations to apply.
fn ready<'a>(
    connection: &dyn Connection,
    pending: &[&'a Migration],
    fills: &[Fill],
) -> Result<Vec<Ready<'a>>, Error> {
    let read = |migration: &&'a Migration| Ready::new(connection, migration, Direction::Up);
    let mut ready = pending.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    answer(connection, &mut ready, fills)?;
    Ok(ready)
}

fn shown(
    connection: &dyn Connection,
    pending: &[&Migration],
    fills: &[Fill],
) -> Result<Migrated, Error> {
    let mut migrated = Migrated::default();
    for ready in ready(connection, pending, fills)? {
        migrated.applied.push(Run {
            id: ready.migration.id.clone(),
            direction: Direction::Up,
            statements: ready.texts(),
            took: Duration::ZERO,
        });
    }
    Ok(migrated)
}
