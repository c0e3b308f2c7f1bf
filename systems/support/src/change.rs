use std::path::PathBuf;

use peristyle_migrate::{
    Body, Choices, Error, Folder, GenerateRequest, Generated, MigrateOptions, RollbackOptions,
    Source, Until, Writing, generate, migrate, rollback,
};
use tempfile::TempDir;

use crate::{Database, System};

/// A change of mind about a system's declarations, as a migration that follows its own ones in a copy of their folder.
pub struct Change {
    _folder: TempDir,
    migrations: PathBuf,
    /// The text of the migration.
    pub text: String,
}

impl Change {
    /// Generates the migration to the declarations in which one text stands in place of another.
    pub fn generate(
        system: &System,
        database: &Database,
        old: &str,
        new: &str,
        choices: Choices,
    ) -> Result<Self, Error> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let declarations =
            std::fs::read_to_string(system.root().join("src/schema.rs")).expect("declarations");
        assert_eq!(declarations.matches(old).count(), 1, "`{old}` must stand there once");
        let schema = folder.path().join("schema.rs");
        std::fs::write(&schema, declarations.replace(old, new)).expect("changed declarations");
        let migrations = folder.path().join("migrations");
        copy(&system.migrations(database.engine()), &migrations);
        let generated = generate(
            &GenerateRequest {
                folder: &migrations,
                target: &Source::Declarations(schema),
                scratch: database.scratch(),
                name: None,
                purpose: None,
                ticket: None,
                choices,
                body: Body::Planned,
                writing: Writing::Write,
                sidecars: &[],
            },
            &mut |_| {},
        )?;
        let Generated::Migration(migration) = generated else {
            panic!("`{new}` in place of `{old}` changes nothing")
        };
        Ok(Self { _folder: folder, migrations, text: migration.text })
    }

    /// Applies it.
    pub fn apply(&self, database: &Database) -> Result<(), Error> {
        migrate(&mut *database.raw(), &self.folder(), &MigrateOptions::default(), &mut |_| {})
            .map(drop)
    }

    /// Takes it back.
    pub fn take_back(&self, database: &Database) -> Result<(), Error> {
        let options = RollbackOptions { until: Until::Steps(1), ..RollbackOptions::default() };
        rollback(&mut *database.raw(), &self.folder(), &options, &mut |_| {}).map(drop)
    }

    fn folder(&self) -> Folder {
        Folder::open(&self.migrations).expect("a folder of migrations")
    }
}

/// Copies a folder of migrations, and what lies beside them.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder of migrations") {
        let entry = entry.expect("a file");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a file").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
