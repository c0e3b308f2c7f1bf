//! Whether folder, declarations and database agree.

use std::path::PathBuf;

use peristyle_driver::Connection;
use peristyle_schema::{Change, Diagnostic, Pair, Schema, diff};

use crate::contradiction::contradictions;
use crate::external::{external_tables, own_tables, without};
use crate::folder::whole;
use crate::history::{Applied, HistoryTable, State};
use crate::own::owned;
use crate::proof::Tried;
use crate::replay::Replay;
use crate::{Error, Folder, MigrationId, Scratch, Source, declared, history, load, proof, sidecar};

/// What to check. What is not given is not checked.
pub struct CheckRequest<'a> {
    /// The migration folder.
    pub folder: &'a Folder,
    /// The database's language, and where migrations can be tried.
    pub scratch: Scratch,
    /// The migration folders of applications in the same database that point to tables of this one.
    pub sidecars: &'a [PathBuf],
    /// The schema that the history must lead to.
    pub target: Option<&'a Source>,
    /// The database that must be what the history makes of it.
    pub connection: Option<&'a mut dyn Connection>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Files that are not what they were, and other differences between folder and history.
    pub faults: Vec<Diagnostic>,
    /// Migrations that the database does not have.
    pub pending: Vec<MigrationId>,
    /// What the database has otherwise than its history makes of it.
    pub drift: Drift,
    /// What the history lacks to reach the target.
    pub stale: Drift,
    /// What is worth knowing; nothing of it fails the check.
    pub notes: Vec<Diagnostic>,
}

/// How one schema differs from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// What would have to change.
    pub changes: Vec<Change>,
}

impl CheckReport {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
            && self.pending.is_empty()
            && self.drift.changes.is_empty()
            && self.stale.changes.is_empty()
    }
}

impl Drift {
    /// Each difference, in words.
    pub fn words(&self) -> Vec<String> {
        crate::describe(&self.changes)
    }
}

/// Compares folder, declarations and database, and changes nothing.
pub fn check(request: CheckRequest<'_>) -> Result<CheckReport, Error> {
    let CheckRequest { folder, scratch, sidecars, target, connection } = request;
    let mut report = CheckReport { faults: folder.faults().to_vec(), ..CheckReport::default() };
    let target = target.map(|source| load(source, &scratch)).transpose()?;
    let external = target.as_ref().map(|t| external_tables(&t.schema)).unwrap_or_default();
    if let Some(loaded) = &target {
        report.notes.extend(loaded.notes.iter().cloned());
    }
    let mut connection = connection;
    let live = match &mut connection {
        Some(connection) => Some(live(&mut **connection, folder, &mut report)?),
        None => None,
    };
    report.faults.extend(folder.change_faults());
    if !report.faults.is_empty() {
        return Ok(report);
    }
    unproven(folder, &scratch, &mut report);
    let all = folder.migrations().len();
    let mut history = History { folder, scratch: &scratch, replay: None };
    let next = target.as_ref().map(|target| own_tables(&target.schema));
    let warnings = history.breaks(live.as_ref(), next.as_ref(), sidecars)?;
    report.notes.extend(warnings);
    let live = live.map(|live| Live { schema: without(live.schema, &external), ..live });
    let drifted = live.filter(|live| !folder.says(live.applied, &live.schema));
    let stale = target.filter(|target| !folder.says(all, &own_tables(&target.schema)));
    if drifted.is_none() && stale.is_none() {
        return Ok(report);
    }
    if let (Some(live), Some(connection)) = (drifted, &mut connection) {
        let expected = without(history.schema(live.applied)?, &external);
        let (schema, notes) = owned(live.schema, &expected);
        report.notes.extend(notes);
        let expected = connection.canonical(expected, &schema)?;
        report.drift.changes = diff(Pair::new(&expected, &schema));
    }
    if let Some(target) = stale {
        let reached = history.schema(all)?;
        report.stale.changes = diff(Pair::new(&reached, &target.schema));
        if !report.stale.changes.is_empty() && history.is_told(all) {
            // They may differ in words only, which a server can tell. Where there is none, the words are told.
            if let Ok(server) = history.server(all) {
                let live = server.catalog()?.schema;
                let schemas = Pair::new(&reached, &target.schema);
                let connection = server.connection.as_mut();
                report.stale.changes = declared::changes(connection, schemas, &live)?;
            }
        }
    }
    Ok(report)
}

/// The schemas that a history leads to.
struct History<'a> {
    folder: &'a Folder,
    scratch: &'a Scratch,
    /// A scratch database after so many migrations.
    replay: Option<(usize, Replay)>,
}

impl History<'_> {
    /// A warning for each foreign key of another application that what is not applied yet, or not even generated, breaks.
    fn breaks(
        &mut self,
        live: Option<&Live>,
        next: Option<&Schema>,
        sidecars: &[PathBuf],
    ) -> Result<Vec<Diagnostic>, Error> {
        let all = self.folder.migrations().len();
        let applied = live.map_or(all, |live| live.applied);
        if next.is_some_and(|next| self.folder.says(applied, next)) {
            return Ok(Vec::new());
        }
        let mut held = sidecar::of_folders(sidecars, self.scratch)?;
        if let Some(live) = live.filter(|live| sidecar::may_hold(&live.schema)) {
            let mut own = self.schema(applied)?;
            own.tables.extend(next.into_iter().flat_map(|next| next.tables.clone()));
            held.extend(sidecar::of_database(&live.schema, &own));
        }
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let old = self.schema(applied)?;
        let new = match next {
            Some(next) => next.clone(),
            None => self.schema(all)?,
        };
        Ok(sidecar::broken(&held, Pair::new(&old, &new)))
    }

    /// What the first so many migrations lead to: by the files beside them, or else by running them.
    fn schema(&mut self, count: usize) -> Result<Schema, Error> {
        match self.folder.declared(count) {
            Some(schema) => Ok(schema),
            None => Ok(self.server(count)?.catalog()?.schema),
        }
    }

    /// Whether it is known without running anything.
    fn is_told(&self, count: usize) -> bool {
        count > 0 && self.folder.declared(count).is_some()
    }

    /// A scratch database after so many migrations.
    fn server(&mut self, count: usize) -> Result<&mut Replay, Error> {
        let all = self.folder.migrations();
        let (done, mut replay) = match self.replay.take().filter(|(done, _)| *done <= count) {
            Some(held) => held,
            None => (0, Replay::new(self.scratch)?),
        };
        replay.run(&all[done..count])?;
        Ok(&mut self.replay.insert((count, replay)).1)
    }
}

/// What a live database says.
struct Live {
    schema: Schema,
    /// How many of the folder's migrations it has.
    applied: usize,
}

fn live(
    connection: &mut dyn Connection,
    folder: &Folder,
    report: &mut CheckReport,
) -> Result<Live, Error> {
    let history = history::read(connection, &HistoryTable::of(folder))?;
    report.faults.extend(history::faults(folder, &history));
    let done = |applied: &Applied| applied.state == State::Done;
    for running in history.iter().filter(|applied| !done(applied)) {
        let message = format!("{} is half way: an earlier run was interrupted", running.id);
        report.notes.push(
            Diagnostic::warning("half-way", message)
                .help("`peristyle status` says which way; the same command completes it"),
        );
    }
    let has = |id: &MigrationId| history.iter().any(|applied| applied.id == *id && done(applied));
    let ids = folder.migrations().iter().map(|migration| &migration.id);
    report.pending = ids.filter(|id| !has(id)).cloned().collect();
    let catalog = connection.catalog()?;
    report.notes.extend(catalog.notes);
    report.notes.extend(contradictions(&catalog.schema));
    let applied = folder.migrations().len() - report.pending.len();
    Ok(Live { schema: catalog.schema, applied })
}

/// A file that nobody has proven is proven on the side; what does not hold is a fault.
fn unproven(folder: &Folder, scratch: &Scratch, report: &mut CheckReport) {
    for migration in folder.migrations().iter().filter(|m| m.header.seal.is_none()) {
        match proof::try_out(folder, migration, scratch) {
            Ok(Tried { proof, .. }) => report.notes.push(
                Diagnostic::note(
                    "unproven-migration",
                    format!(
                        "{} can be proven ({}), but its file does not say so",
                        migration.id, proof.summary
                    ),
                )
                .at(whole(&migration.path))
                .help("`peristyle migrate` writes it into the file"),
            ),
            Err(error) => report.faults.extend(error.diagnostics()),
        }
    }
}
