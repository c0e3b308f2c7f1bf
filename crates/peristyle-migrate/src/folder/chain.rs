//! Whether the files are what they were, and follow one another.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::Diagnostic;

use super::MigrationId;
use super::file::{File, Migration, whole};
use super::header::{PURPOSE_WANTED, TICKET_WANTED};

/// Every file that is not what it was, by name.
pub(super) fn faults(files: &[File]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut edited = BTreeSet::new();
    for file in files {
        if let Some(fault) = own_fault(file) {
            edited.insert(&file.id);
            faults.push(fault);
        }
    }
    let branches = branches(files, &mut faults);
    duplicates(files, &branches, &mut faults);
    for (at, file) in files.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &files[at]);
        if !branches.contains(&file.id)
            && !before.is_some_and(|before| branches.contains(&before.id))
            && let Some(fault) = link_fault(file, before, files, &edited)
        {
            faults.push(fault);
        }
    }
    faults
}

/// What is wrong with one file, whatever the others are.
fn own_fault(file: &File) -> Option<Diagnostic> {
    let id = &file.id;
    let Some(migration) = &file.migration else {
        let reason = file.reason.as_deref().unwrap_or_default();
        let message = format!("{id} is not as it was written: {reason}");
        return Some(
            Diagnostic::error("edited-migration", message).at(whole(&file.path)).help(
                "restore it from version control; SQL of your own goes into a file made by `peristyle generate --empty`",
            ),
        );
    };
    let written = &migration.header.migration;
    if written != id {
        let message = format!("{id} was written as {written}: it was renamed, copied or swapped");
        return Some(
            Diagnostic::error("renamed-migration", message)
                .at(whole(&file.path))
                .help("restore the names from version control"),
        );
    }
    if let Some(fault) = unfilled(migration) {
        return Some(fault);
    }
    let seal = migration.header.seal.as_ref()?;
    if migration.filled_in {
        let message = format!("{id} was filled in, and is not sealed yet");
        return Some(
            Diagnostic::error("unsealed-migration", message)
                .at(whole(&file.path))
                .help("`peristyle generate --prove` seals it; its statements stay proven"),
        );
    }
    (seal.hash != file.checksum).then(|| {
        Diagnostic::error("edited-migration", format!("{id} was changed after it was written"))
            .at(whole(&file.path))
            .help("restore it from version control; if it was never applied or shared, delete it and generate it anew")
    })
}

/// What `generate` has left open and nobody has filled in.
fn unfilled(migration: &Migration) -> Option<Diagnostic> {
    let open = |key: &str, wanted: &str| {
        migration.lines.iter().find(|line| line.key == key && line.value == wanted)
    };
    let (line, what) = match (open("Purpose", PURPOSE_WANTED), open("Ticket", TICKET_WANTED)) {
        (Some(line), None) => (line, "why it is made, in business terms, behind `-- Purpose:`"),
        (Some(line), Some(_)) => {
            (line, "why it is made behind `-- Purpose:`, and an id or N/A behind `-- Ticket:`")
        }
        (None, Some(line)) => (line, "the ticket's id, or N/A, behind `-- Ticket:`"),
        (None, None) => return None,
    };
    let message = format!("{} does not say its `{}` yet", migration.id, line.key);
    Some(
        Diagnostic::error("unfilled-header", message)
            .at(migration.place(line.line))
            .help(format!("write {what}; then `peristyle generate --prove` seals it")),
    )
}

/// The files that share a parent: two branches that were merged.
fn branches<'a>(files: &'a [File], faults: &mut Vec<Diagnostic>) -> BTreeSet<&'a MigrationId> {
    let mut children: BTreeMap<Option<&MigrationId>, Vec<&File>> = BTreeMap::new();
    for file in files {
        if let Some(migration) = &file.migration
            && migration.header.migration == file.id
        {
            let parent = migration.header.parent.as_ref().map(|parent| &parent.id);
            children.entry(parent).or_default().push(file);
        }
    }
    let mut found = BTreeSet::new();
    for (parent, files) in children.into_iter().filter(|(_, files)| files.len() > 1) {
        let names: Vec<&str> = files.iter().map(|file| file.id.as_str()).collect();
        let parent = parent.map_or("nothing", MigrationId::as_str);
        let message =
            format!("{} both follow {parent}: two branches were merged", names.join(" and "));
        let last = files[files.len() - 1];
        faults.push(
            Diagnostic::error("branched-migrations", message)
                .at(whole(&last.path))
                .help(format!("delete {} and generate it again on top of the other", last.id)),
        );
        found.extend(files.iter().map(|file| &file.id));
    }
    found
}

fn duplicates(files: &[File], branches: &BTreeSet<&MigrationId>, faults: &mut Vec<Diagnostic>) {
    for pair in files.windows(2) {
        let same = pair[0].id.number() == pair[1].id.number();
        if same && !(branches.contains(&pair[0].id) && branches.contains(&pair[1].id)) {
            let message = format!("{} and {} have the same number", pair[0].id, pair[1].id);
            faults.push(
                Diagnostic::error("duplicate-number", message).at(whole(&pair[1].path)).help(
                    "one of them does not belong here; restore the folder from version control",
                ),
            );
        }
    }
}

/// What is wrong between a file and the one before it.
fn link_fault(
    file: &File,
    before: Option<&File>,
    files: &[File],
    edited: &BTreeSet<&MigrationId>,
) -> Option<Diagnostic> {
    let migration = file.migration.as_ref()?;
    let id = &file.id;
    let fault = |code: &str, message: String, help: &str| {
        Some(Diagnostic::error(code, message).at(whole(&file.path)).help(help))
    };
    let restore = "restore the folder from version control";
    match (&migration.header.parent, before) {
        (None, None) => None,
        (None, Some(before)) => fault(
            "reordered-migration",
            format!("{id} says that it is the first, but {} stands before it", before.id),
            restore,
        ),
        (Some(parent), before) => {
            if let Some(before) = before.filter(|before| before.id == parent.id) {
                if before.checksum == parent.checksum || edited.contains(&before.id) {
                    return None;
                }
                return fault(
                    "edited-migration",
                    format!("{} was changed after {id} was written on top of it", before.id),
                    restore,
                );
            }
            if files.iter().any(|other| other.id == parent.id) {
                let stands = before.map_or("nothing", |before| before.id.as_str());
                return fault(
                    "reordered-migration",
                    format!("{id} was written to follow {}, but follows {stands}", parent.id),
                    restore,
                );
            }
            fault(
                "removed-migration",
                format!("{}, which {id} follows, is missing: it was removed or renamed", parent.id),
                restore,
            )
        }
    }
}
