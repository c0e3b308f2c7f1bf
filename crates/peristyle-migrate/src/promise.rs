//! What a migration promises of the catalog, and whether that was kept.

use std::collections::BTreeSet;

use peristyle_driver::Connection;
use peristyle_schema::{Change, Fingerprint, Pair, Schema, diff};

use crate::apply::{LastCatalog, Ready, Seen};
use crate::folder::Folder;
use crate::own::owned;
use crate::replay::Replay;
use crate::{Direction, Error, Event, Progress, Scratch, describe, room, sidecar};

/// What the catalog must say afterwards.
pub(crate) enum Expected {
    /// What the file's header says, where the database was as the header says before.
    Sealed(Fingerprint),
    /// What the file makes of a database that is not what the history makes.
    Drifted {
        /// What it was.
        before: Schema,
        /// What the history makes, in the database's words.
        from: Schema,
    },
    /// What the file changes, whatever else there is: the migration was interrupted, and how it began is not known any more.
    Resumed,
}

/// The schemas that a migration leads between in the direction it goes, as far as the files tell.
fn declared(folder: &Folder, ready: &Ready<'_>) -> Option<Pair<Schema>> {
    let at = folder.migrations().iter().position(|m| m.id == ready.migration.id)?;
    let pair = Pair::new(folder.declared(at)?, folder.declared(at + 1)?);
    Some(directed(pair, ready.direction))
}

fn directed<T>(pair: Pair<T>, direction: Direction) -> Pair<T> {
    match direction {
        Direction::Up => pair,
        Direction::Down => pair.swap(),
    }
}

/// Everything that the history has before or after: what is owned is the same on both sides of a migration, also where it is the
/// first of its application in a database that others use.
fn both(known: &Pair<Schema>) -> Schema {
    let mut both = known.old.clone();
    let Schema { tables, enums, objects, .. } = known.new.clone();
    both.tables.extend(tables);
    both.enums.extend(enums);
    both.objects.extend(objects);
    both
}

/// The same by running the history on a scratch database, where the files do not tell.
fn known(folder: &Folder, ready: &Ready<'_>, scratch: &Scratch) -> Result<Pair<Schema>, Error> {
    if let Some(pair) = declared(folder, ready) {
        return Ok(pair);
    }
    let all = folder.migrations();
    let at = all.iter().position(|m| m.id == ready.migration.id).unwrap_or(all.len());
    let mut replay = Replay::of(&all[..at], scratch)?;
    let before = replay.catalog()?.schema;
    replay.run(&all[at..(at + 1).min(all.len())])?;
    Ok(directed(Pair::new(before, replay.catalog()?.schema), ready.direction))
}

/// What the catalog must say after a migration, to be asked before it runs.
pub(crate) fn expected(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Expected, Error> {
    let found = catalog.before(connection)?;
    if let Some(known) = declared(folder, ready) {
        let held = sidecar::of_database(&found.schema, &both(&known));
        for warning in sidecar::broken(&held, known.as_ref()) {
            progress(Event::Warned { warning });
        }
    }
    let sealed = ready.migration.header.seal.as_ref().map(|seal| {
        directed(seal.catalog.as_ref().unwrap_or(&seal.schema).clone(), ready.direction)
    });
    if let Some(sealed) = &sealed
        && found.fingerprint == sealed.old
    {
        return Ok(Expected::Sealed(sealed.new.clone()));
    }
    let known = known(folder, ready, scratch)?;
    let (before, _) = owned(found.schema.clone(), &both(&known));
    if let Some(sealed) = sealed
        && before.fingerprint() == sealed.old
    {
        return Ok(Expected::Sealed(sealed.new));
    }
    let from = connection.canonical(known.old, &before)?;
    let drift = diff(Pair::new(&from, &before));
    if !drift.is_empty() {
        progress(Event::Drifted { differences: describe(&drift) });
    }
    Ok(Expected::Drifted { before, from })
}

impl Expected {
    /// What would still have to be done, in words.
    pub(crate) fn differences(
        self,
        connection: &mut dyn Connection,
        folder: &Folder,
        ready: &Ready<'_>,
        scratch: &Scratch,
        found: &Seen,
    ) -> Result<Vec<String>, Error> {
        if let Self::Sealed(after) = &self
            && found.fingerprint == *after
        {
            return Ok(Vec::new());
        }
        let known = known(folder, ready, scratch)?;
        let changes = diff(known.as_ref());
        let (found, _) = owned(found.schema.clone(), &both(&known));
        if let Self::Sealed(after) = &self
            && found.fingerprint() == *after
        {
            return Ok(Vec::new());
        }
        let to = connection.canonical(known.new, &found)?;
        let left = match self {
            Self::Sealed(_) => diff(Pair::new(&found, &to)),
            Self::Drifted { before, from } => {
                let mut expected = before;
                expected.apply_all(&diff(Pair::new(&from, &to)));
                diff(Pair::new(&found, &expected))
            }
            Self::Resumed => {
                let touched: BTreeSet<String> = changes.iter().flat_map(subjects).collect();
                let mut left = diff(Pair::new(&found, &to));
                left.retain(|change| subjects(change).iter().any(|name| touched.contains(name)));
                left
            }
        };
        Ok(describe(&left))
    }
}

/// What a change is about.
fn subjects(change: &Change) -> Vec<String> {
    let table = |name: &dyn std::fmt::Display| format!("table {name}");
    let of_enum = |name: &dyn std::fmt::Display| format!("enum {name}");
    let object = |id: &peristyle_schema::ObjectId| format!("{} {}", id.kind.words(), id.name);
    match change {
        Change::CreateTable(of) | Change::DropTable(of) => vec![table(&of.name)],
        Change::RenameTable(names) => vec![table(&names.old), table(&names.new)],
        Change::AlterTable { table: name, .. } => vec![table(name)],
        Change::CreateEnum(of) | Change::DropEnum(of) => vec![of_enum(&of.name)],
        Change::RenameEnum(names) => vec![of_enum(&names.old), of_enum(&names.new)],
        Change::AlterEnum { name, .. } => vec![of_enum(name)],
        Change::CreateObject(of) | Change::DropObject(of) => vec![object(&of.id)],
        Change::ReplaceObject(pair) => vec![object(&pair.old.id), object(&pair.new.id)],
    }
}

/// Whether what the history leads to is written beside its files, where that is done.
pub(crate) fn writes_changes(scratch: &Scratch) -> bool {
    room::of(scratch.dialect).writes_changes()
}
