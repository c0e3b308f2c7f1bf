//! The migration folder: one file a migration, each chained to the one before.

mod chain;
mod changes;
mod file;
mod header;
mod id;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use peristyle_schema::{Diagnostic, Schema};

use crate::replay::Replay;
use crate::{Error, Loaded, Scratch};

pub use file::{Migration, Part};
pub(crate) use header::{APPLICATION, PURPOSE_WANTED, TICKET_WANTED, reversible, reversible_word};
pub use header::{Header, HeaderLine, Parent, Seal};
pub use id::MigrationId;

pub(crate) use changes::{path as changes_path, text as changes_text};
pub(crate) use file::{parse, whole};
pub use write::steps_text;
pub(crate) use write::{Draft, create, replace};

/// A migration folder as it was read.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    path: PathBuf,
    migrations: Vec<Migration>,
    faults: Vec<Diagnostic>,
    /// The texts of the files that hold the changes of migrations, by migration.
    changes: BTreeMap<String, String>,
}

impl Folder {
    /// Reads a folder; one that does not exist holds nothing. Files that are not what they were are no error here but
    /// [`Folder::faults`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let read = file::read_all(&path)?;
        Ok(Self::of(path, read))
    }

    /// The folder whose files a program has in it, each by name and text.
    pub fn embedded(path: impl Into<PathBuf>, files: &[(&str, &str)]) -> Self {
        let path = path.into();
        let read = file::read_embedded(&path, files);
        Self::of(path, read)
    }

    fn of(path: PathBuf, read: file::Read) -> Self {
        let mut faults = read.faults;
        faults.extend(chain::faults(&read.files));
        let migrations = read.files.into_iter().filter_map(|file| file.migration).collect();
        Self { path, migrations, faults, changes: read.changes }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The migrations in their order. Those whose file cannot be understood are among the faults only.
    pub fn migrations(&self) -> &[Migration] {
        &self.migrations
    }

    /// Every file that was edited, removed, renamed, swapped, inserted or reordered, each by name.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Refuses a folder that has faults.
    pub fn sound(&self) -> Result<(), Error> {
        if self.faults.is_empty() { Ok(()) } else { Err(Error::Tampered(self.faults.clone())) }
    }

    /// The migration of this name, or of this number alone.
    pub fn find(&self, text: &str) -> Result<&Migration, Error> {
        let number = text.parse::<u32>().ok();
        self.migrations
            .iter()
            .find(|m| m.id.as_str() == text || number.is_some_and(|n| m.id.number() == n))
            .ok_or_else(|| {
                Error::usage(
                    "unknown-migration",
                    format!("there is no migration `{text}` in {}", self.path.display()),
                    "name it as its file is named, without `.sql`, or by its number",
                )
            })
    }
}

impl Folder {
    /// Whether the first so many migrations lead to this schema, as the last one's header says. The chain makes sure that the
    /// header is what the proof has written; where it says no, replaying tells what is so.
    pub(crate) fn says(&self, count: usize, schema: &Schema) -> bool {
        let Some(last) = count.checked_sub(1) else { return schema.is_empty() };
        let seal = self.migrations.get(last).and_then(|migration| migration.header.seal.as_ref());
        seal.is_some_and(|seal| seal.schema.new == schema.fingerprint())
    }

    /// The schema that the migrations lead to.
    pub(crate) fn replay(&self, scratch: &Scratch) -> Result<Loaded, Error> {
        self.sound()?;
        match self.declared(self.migrations.len()) {
            Some(schema) => Ok(Loaded { schema, notes: Vec::new() }),
            None => Replay::of(&self.migrations, scratch)?.catalog(),
        }
    }
}
