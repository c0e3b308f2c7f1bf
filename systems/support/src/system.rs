use std::path::{Path, PathBuf};

use peristyle_migrate::{Folder, Source};
use peristyle_schema::Schema;

use crate::Engine;

/// A system: the folder that holds its declarations and migrations.
#[derive(Debug, Clone, Copy)]
pub struct System {
    root: &'static str,
}

impl System {
    /// The system in this folder: `System::at(env!("CARGO_MANIFEST_DIR"))`.
    pub const fn at(root: &'static str) -> Self {
        Self { root }
    }

    /// Where it lies.
    pub fn root(&self) -> &'static Path {
        Path::new(self.root)
    }

    /// Its declarations.
    pub fn declarations(&self) -> Source {
        Source::Declarations(self.root().join("src/schema.rs"))
    }

    /// Where its migrations for an engine lie.
    pub fn migrations(&self, engine: Engine) -> PathBuf {
        self.root().join("migrations").join(engine.folder())
    }

    /// Its migrations for an engine: nobody has changed them since they were written.
    pub fn folder(&self, engine: Engine) -> Folder {
        let folder = Folder::open(self.migrations(engine)).expect("a folder of migrations");
        folder.sound().expect("migrations as they were written");
        folder
    }

    /// What the declarations declare, of no engine yet.
    pub fn declared(&self) -> Schema {
        let declarations = peristyle_declare::read_path(&self.root().join("src/schema.rs"))
            .expect("declarations that can be read");
        peristyle_declare::resolve(&declarations).expect("declarations that make a schema")
    }

    /// The committed documents say what the declarations say; `peristyle inspect` writes them anew.
    pub fn documents_are_true(&self) {
        let schema = self.declared();
        let committed = |name: &str| {
            std::fs::read_to_string(self.root().join("docs").join(name))
                .unwrap_or_else(|error| panic!("docs/{name}: {error}"))
        };
        assert_eq!(committed("schema.md"), peristyle_docs::markdown(&schema));
        assert_eq!(committed("schema.mmd"), peristyle_docs::mermaid(&schema));
    }

    /// The committed documents are what `peristyle docs` prints: the schema, and for each engine how its migrations are taken back.
    pub fn command_documents_are_true(&self, engines: &[Engine]) {
        let committed = |name: &str| {
            std::fs::read_to_string(self.root().join("docs").join(name))
                .unwrap_or_else(|error| panic!("docs/{name}: {error}"))
        };
        let schema = self.declared();
        assert_eq!(committed("schema.md"), peristyle_docs::document(&schema));
        assert_eq!(committed("schema.mmd"), peristyle_docs::mermaid(&schema));
        for engine in engines {
            let dialect = engine.dialect();
            let page = peristyle_migrate::rollback_document(&self.folder(*engine), dialect)
                .expect("a document of migrations as they were written");
            assert_eq!(committed(&format!("rollback-{}.md", engine.folder())), page);
        }
    }
}
