//! A migration folder and a database of a test's own.
#![allow(dead_code)]

use std::path::PathBuf;

use peristyle_driver::{Connection, Options, Url, Value, open};
use peristyle_migrate::{
    Body, Choices, Error, Event, Folder, GenerateRequest, Generated, Losses, MigrateOptions,
    Migrated, MigrationId, Proof, RollbackOptions, RolledBack, Source, Writing, generate, migrate,
    prove, rollback,
};
use peristyle_sql::DialectName;

pub const SQLITE: DialectName = DialectName::Sqlite;

pub struct Place {
    pub dir: tempfile::TempDir,
}

pub fn quiet() -> impl FnMut(Event) {
    |_| {}
}

impl Place {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn migrations(&self) -> PathBuf {
        self.path("migrations")
    }

    pub fn folder(&self) -> Folder {
        Folder::open(self.migrations()).unwrap()
    }

    pub fn url(&self) -> Url {
        Url::file(self.path("app.db"))
    }

    pub fn connect(&self) -> Box<dyn Connection> {
        open(&self.url(), &Options::create()).unwrap()
    }

    pub fn request<'a>(
        &self,
        folder: &'a std::path::Path,
        target: &'a Source,
    ) -> GenerateRequest<'a> {
        GenerateRequest {
            folder,
            target,
            scratch: SQLITE.into(),
            name: None,
            purpose: None,
            ticket: None,
            choices: Choices::default(),
            body: Body::Planned,
            writing: Writing::Write,
            sidecars: &[],
        }
    }

    /// Writes a migration by hand, without proving it.
    pub fn draft(&self, name: &str, up: &str, down: &str) -> MigrationId {
        let folder = self.migrations();
        let request = GenerateRequest {
            name: Some(name.to_owned()),
            purpose: Some("a test".to_owned()),
            body: Body::Empty,
            ..self.request(&folder, &Source::Empty)
        };
        let Generated::Migration(made) = generate(&request, &mut quiet()).unwrap() else {
            panic!()
        };
        let header = made.text.split("-- peristyle:up").next().unwrap();
        let text = format!("{header}-- peristyle:up\n\n{up}\n\n-- peristyle:down\n\n{down}\n");
        std::fs::write(&made.path, text).unwrap();
        made.id
    }

    /// Writes a migration by hand and proves it.
    pub fn by_hand(&self, name: &str, up: &str, down: &str) -> Proof {
        let id = self.draft(name, up, down);
        prove(&self.migrations(), &id, SQLITE, Losses::Allow, &mut quiet()).unwrap()
    }

    /// Writes declarations.
    pub fn declare(&self, text: &str) -> Source {
        let path = self.path("schema.rs");
        std::fs::write(&path, text).unwrap();
        Source::Declarations(path)
    }

    pub fn generate(&self, target: &Source, choices: Choices) -> Result<Generated, Error> {
        let folder = self.migrations();
        generate(&GenerateRequest { choices, ..self.request(&folder, target) }, &mut quiet())
    }

    pub fn migrate(&self) -> Result<Migrated, Error> {
        migrate(self.connect().as_mut(), &self.folder(), &MigrateOptions::default(), &mut quiet())
    }

    pub fn rollback(&self) -> Result<RolledBack, Error> {
        rollback(self.connect().as_mut(), &self.folder(), &RollbackOptions::default(), &mut quiet())
    }

    pub fn run(&self, script: &str) {
        self.connect().batch(script).unwrap();
    }

    pub fn rows(&self, sql: &str) -> Vec<Vec<Value>> {
        self.connect().query(sql, &[]).unwrap().rows
    }

    pub fn count(&self, table: &str) -> i64 {
        self.rows(&format!("SELECT count(*) FROM {table}"))[0][0].as_integer().unwrap()
    }
}
