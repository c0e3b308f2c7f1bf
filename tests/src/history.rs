//! Migration folders made as a user makes them: declarations change, `generate` writes a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use peristyle_driver::{Options, Url};
use peristyle_migrate::{
    Body, Choices, DroppedData, Error, Folder, GenerateRequest, Generated, MigrateOptions,
    Migrated, Scratch, Source, Writing, generate, migrate,
};
use peristyle_sql::DialectName;
use tempfile::TempDir;

/// A migration folder beside a database, gone when this is dropped.
#[derive(Debug)]
pub struct Project {
    root: TempDir,
    scratch: Scratch,
}

impl Project {
    /// A folder with a migration for each of the declarations, which follow one another.
    pub fn with(declarations: &[(&str, &str)]) -> Self {
        Self::on(DialectName::Sqlite.into(), declarations)
    }

    /// The same for a PostgreSQL server, on which scratch databases are made.
    pub fn on_postgres(server: &Url, declarations: &[(&str, &str)]) -> Self {
        Self::on(Scratch::new(DialectName::Postgres, Some(server.clone())), declarations)
    }

    fn on(scratch: Scratch, declarations: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Self { root, scratch };
        for (name, text) in declarations {
            project.generate(name, text);
        }
        project
    }

    /// The same, with a migration more.
    #[must_use]
    pub fn then(self, name: &str, declarations: &str) -> Self {
        self.generate(name, declarations);
        self
    }

    /// The migration folder.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join("migrations")
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.root.path().join("app.db")
    }

    fn generate(&self, name: &str, text: &str) {
        let schema = self.root.path().join("schema.rs");
        std::fs::write(&schema, text).expect("declarations can be written");
        let request = GenerateRequest {
            folder: &self.folder(),
            target: &Source::Declarations(schema),
            scratch: self.scratch.clone(),
            name: Some(name.to_owned()),
            purpose: None,
            ticket: None,
            choices: Choices { dropped: DroppedData::Keep, ..Choices::default() },
            body: Body::Planned,
            writing: Writing::Write,
            sidecars: &[],
        };
        match generate(&request, &mut |_| {}) {
            Ok(Generated::Migration(_)) => {}
            Ok(Generated::Nothing { .. }) => panic!("{name}: nothing changed"),
            Err(error) => panic!("{name}: {error}"),
        }
    }

    /// Applies every migration of the folder at `folder` to the database, in this process.
    pub fn migrate(&self, folder: &Path) -> Result<Migrated, Error> {
        let folder = Folder::open(folder)?;
        folder.sound()?;
        let url = Url::file(self.database());
        let mut connection = peristyle_driver::open(&url, &Options::create())?;
        migrate(connection.as_mut(), &folder, &MigrateOptions::default(), &mut |_| {})
    }

    /// A process that migrates or rolls back; `program` is the path of the `migrator`.
    pub fn migrator(&self, program: &str, verb: &str) -> Command {
        self.migrator_of(program, verb, self.database())
    }

    /// A process that migrates or rolls back the database at this path or URL.
    pub fn migrator_of(&self, program: &str, verb: &str, database: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.arg(verb).arg(self.folder()).arg(database);
        command
    }
}

/// How often something is tried: the normal number, or what the environment asks for.
pub fn rounds(variable: &str, normal: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(normal)
}
