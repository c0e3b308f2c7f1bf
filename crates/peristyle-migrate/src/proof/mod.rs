//! The proof of a migration: up, down and up again on a scratch database, with rows.

mod filling;
mod loss;
mod mapping;
mod round;
mod snapshot;
mod summary;
mod trial;
mod wish;

use std::path::Path;

use peristyle_schema::{Diagnostic, Pair, QualifiedName, diff};
use peristyle_sql::Reversible;
use serde::Serialize;

use crate::folder::{
    Draft, Migration, Seal, changes_path, changes_text, replace, reversible, reversible_word,
};
use crate::replay::Replay;
use crate::{Error, Event, Folder, MigrationId, Progress, Scratch, promise, script};

pub use loss::Losses;
pub(crate) use summary::fits;
pub(crate) use trial::{Outcome, Planned, Subject, run};

/// What was proven of a migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Whether its way back brings everything back.
    pub reversible: Reversible,
    /// How many rows went through it.
    pub rows: usize,
    /// How many tables had rows.
    pub tables: usize,
    /// The tables that could not be given rows, and why.
    pub without_rows: Vec<(QualifiedName, String)>,
    /// What is lost and not seen to come back, in words, of a migration that somebody wrote; what a generated one loses was
    /// decided before it was planned.
    pub losses: Vec<String>,
    /// The whole in one sentence, as the file's header has it.
    pub summary: String,
}

/// Proves the last file of the folder as it stands, and writes what was proven into its header.
///
/// This is how a migration that somebody wrote, or has edited before anybody applied it, becomes one of the chain. If it loses
/// data that its way back does not restore, somebody must have decided so: what it loses is [`Error::Undecided`] otherwise.
pub fn prove(
    folder: &Path,
    id: &MigrationId,
    scratch: impl Into<Scratch>,
    losses: Losses,
    progress: Progress<'_>,
) -> Result<Proof, Error> {
    let folder = Folder::open(folder)?;
    let migration = provable(&folder, id)?;
    progress(Event::Proving { id: id.clone() });
    let Tried { proof, seal, changes } = try_out(&folder, migration, &scratch.into())?;
    loss::allowed(id, &proof.losses, losses)?;
    agrees(migration, &proof)?;
    let mut header = migration.header.clone();
    header.seal = Some(seal);
    let part = |text: &str| text.trim_matches('\n').to_owned();
    let mut draft =
        Draft { header, up: part(&migration.up.text), down: part(&migration.down.text) };
    if let Some(changes) = &changes {
        replace(&changes_path(folder.path(), id), changes)?;
    }
    replace(&migration.path, &draft.text())?;
    progress(Event::Proven { id: id.clone(), proof: proof.clone() });
    Ok(proof)
}

/// Seals the last file of the folder anew where nothing was changed since it was proven but that what its header had left open
/// was filled in; gives its name then. Any other file must be proven.
pub fn seal_filled(folder: &Path) -> Result<Option<MigrationId>, Error> {
    let folder = Folder::open(folder)?;
    let Some(migration) = folder.migrations().last().filter(|last| last.filled_in) else {
        return Ok(None);
    };
    provable(&folder, &migration.id)?;
    let part = |text: &str| text.trim_matches('\n').to_owned();
    let mut draft = Draft {
        header: migration.header.clone(),
        up: part(&migration.up.text),
        down: part(&migration.down.text),
    };
    replace(&migration.path, &draft.text())?;
    Ok(Some(migration.id.clone()))
}

/// Refuses a file that says of its way back what its proof does not say.
fn agrees(migration: &Migration, proof: &Proof) -> Result<(), Error> {
    let Some(line) = migration.lines.iter().find(|line| line.key == "Reversible") else {
        return Ok(());
    };
    let proven = proof.reversible;
    match reversible(&line.value) {
        Some(said) if said != proven => {
            let proven = reversible_word(proven);
            let message =
                format!("{} says `Reversible: {}`, and is {proven}", migration.id, line.value);
            Err(Error::Tampered(vec![
                Diagnostic::error("wrong-reversible", message).at(migration.place(line.line)).help(
                    format!("write `-- Reversible: {proven}`, or statements that make it so"),
                ),
            ]))
        }
        Some(_) | None => Ok(()),
    }
}

/// What came of proving a migration as its file stands.
pub(crate) struct Tried {
    pub(crate) proof: Proof,
    pub(crate) seal: Seal,
    /// The text of the file beside it that holds what it changes, where the dialect wants one.
    pub(crate) changes: Option<String>,
}

/// Proves a migration as its file stands, and writes nothing.
pub(crate) fn try_out(
    folder: &Folder,
    migration: &Migration,
    scratch: &Scratch,
) -> Result<Tried, Error> {
    let before: Vec<Migration> =
        folder.migrations().iter().filter(|m| m.id < migration.id).cloned().collect();
    let mut replay = Replay::of(&before, scratch)?;
    let old = replay.catalog()?.schema;
    let language = peristyle_sql::dialect(scratch.dialect);
    let up = script::part(language, migration, &migration.up)?;
    let down = script::part(language, migration, &migration.down)?;
    let subject = Subject {
        name: migration.id.to_string(),
        up: &up,
        down: &down,
        old: &old,
        planned: None,
        external: &[],
    };
    let outcome = run(&mut replay, &subject)?;
    // What was written by hand is in the server's words; the rest stays in those of the declarations.
    let history = folder.declared(before.len()).unwrap_or_else(|| old.clone());
    let changes = diff(Pair::new(&old, &outcome.new));
    let mut new = history.clone();
    new.apply_all(&changes);
    let writes = promise::writes_changes(scratch);
    let seal = Seal {
        reversible: outcome.proof.reversible,
        schema: Pair::new(history.fingerprint(), new.fingerprint()),
        catalog: writes.then(|| Pair::new(old.fingerprint(), outcome.catalog.fingerprint())),
        proven: outcome.proof.summary.clone(),
        hash: migration.checksum.clone(),
    };
    let changes = writes.then(|| changes_text(&diff(Pair::new(&history, &new))));
    Ok(Tried { proof: outcome.proof, seal, changes })
}

/// The migration, if it is the last and everything before it is sound.
fn provable<'a>(folder: &'a Folder, id: &MigrationId) -> Result<&'a Migration, Error> {
    let Some(migration) = folder.migrations().iter().find(|migration| migration.id == *id) else {
        folder.sound()?;
        return folder.find(id.as_str());
    };
    let own = migration.file();
    let others: Vec<Diagnostic> = folder
        .faults()
        .iter()
        .filter(|fault| {
            let about_it = fault.span.as_ref().is_some_and(|span| span.file == own);
            !(about_it && matches!(&*fault.code, "edited-migration" | "unsealed-migration"))
        })
        .cloned()
        .collect();
    if !others.is_empty() {
        return Err(Error::Tampered(others));
    }
    if folder.migrations().last().is_some_and(|last| last.id != *id) {
        return Err(Error::usage(
            "not-the-last",
            format!("{id} is not the last migration: others are written on top of it"),
            "put the change into a new migration: `peristyle generate --empty`",
        ));
    }
    Ok(migration)
}
