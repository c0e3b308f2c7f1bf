//! Migrations that a program carries in it.

use peristyle_driver::Connection;

use crate::{Error, Folder, MigrateOptions, Migrated, migrate};

/// A migration folder as it was when the program was compiled: `peristyle::migrations!("migrations")` makes it.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// The folder, for messages.
    folder: &'static str,
    /// The files, each by name and text.
    files: &'static [(&'static str, &'static str)],
}

impl Migrations {
    /// The folder with these files. The macro calls it.
    #[doc(hidden)]
    pub const fn new(folder: &'static str, files: &'static [(&'static str, &'static str)]) -> Self {
        Self { folder, files }
    }

    /// The folder, to look into.
    pub fn folder(&self) -> Folder {
        Folder::embedded(self.folder, self.files)
    }

    /// Applies the migrations that the database does not have, each in one transaction. Several programs may do it at the
    /// same time: each migration runs once.
    pub fn run(&self, connection: &mut dyn Connection) -> Result<Migrated, Error> {
        let folder = self.folder();
        folder.sound()?;
        if let Some(unproven) = folder.migrations().iter().find(|m| m.header.seal.is_none()) {
            return Err(Error::usage(
                "unproven-migration",
                format!("{} was compiled in before it was proven", unproven.id),
                "run `peristyle migrate` on a development database, which proves it, and compile again",
            ));
        }
        migrate(connection, &folder, &MigrateOptions::default(), &mut |_| {})
    }
}
