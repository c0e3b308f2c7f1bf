//! Migrations that a program carries in it.

use peristyle_driver::Connection;

use std::fmt;

use crate::status::{Status, StatusState, status};
use crate::{Error, Folder, MigrateOptions, Migrated, MigrationId, migrate};

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

    /// Whether the database is the one that the program was compiled for: it has these migrations, all of them, and no others.
    ///
    /// It reads the history alone and changes nothing. The error says in one line whether the database is behind, ahead or different;
    /// [`standing`](Self::standing) tells them apart.
    pub fn verify(&self, connection: &mut dyn Connection) -> Result<(), Error> {
        let help = match self.standing(connection)? {
            Standing::Same => return Ok(()),
            standing @ Standing::Behind(_) => (
                standing,
                "run `peristyle migrate`, or `MIGRATIONS.run(…)` when the program starts",
            ),
            standing @ Standing::Ahead(_) => {
                (standing, "deploy a program that was compiled with these migrations")
            }
            standing @ Standing::Different(_) => {
                (standing, "`peristyle status` shows which file is not what was applied")
            }
        };
        let (standing, help) = help;
        Err(Error::usage(standing.code(), format!("the database is {standing}"), help))
    }

    /// How the database stands to the migrations that the program was compiled with.
    pub fn standing(&self, connection: &mut dyn Connection) -> Result<Standing, Error> {
        let folder = self.folder();
        folder.sound()?;
        let Status { migrations, faults } = status(connection, &folder)?;
        let names = |wanted: fn(&StatusState) -> bool| -> Vec<MigrationId> {
            let found = migrations.iter().filter(|entry| wanted(&entry.state));
            found.map(|entry| entry.id.clone()).collect()
        };
        let missing = names(|state| matches!(state, StatusState::Missing(_)));
        let pending = names(|state| matches!(state, StatusState::Pending));
        // A file that is gone is a fault as well; the others are files that are not what was applied.
        let changed = faults.iter().find(|fault| fault.code != "missing-migration");
        Ok(match (changed, missing.is_empty(), pending.is_empty()) {
            (Some(fault), _, _) => Standing::Different(fault.message.clone()),
            (None, true, true) => Standing::Same,
            (None, true, false) => Standing::Behind(pending),
            (None, false, true) => Standing::Ahead(missing),
            (None, false, false) => {
                let (has, lacks) = (listed(&missing), listed(&pending));
                Standing::Different(format!(
                    "it has {has}, which the program has not, and lacks {lacks}"
                ))
            }
        })
    }
}

/// How a database stands to the migrations that a program was compiled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It has them all.
    Same,
    /// It lacks these.
    Behind(Vec<MigrationId>),
    /// It has these, which the program does not know.
    Ahead(Vec<MigrationId>),
    /// It has others; this is what is wrong first.
    Different(String),
}

impl Standing {
    fn code(&self) -> &'static str {
        match self {
            Self::Same => "database-same",
            Self::Behind(_) => "database-behind",
            Self::Ahead(_) => "database-ahead",
            Self::Different(_) => "database-different",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("as the program was compiled for"),
            Self::Behind(lacks) => write!(f, "behind the program: it lacks {}", listed(lacks)),
            Self::Ahead(has) => write!(f, "ahead of the program: it has {}", listed(has)),
            Self::Different(why) => write!(f, "different from the program's: {why}"),
        }
    }
}

/// The first of some migrations by name, and how many more there are.
fn listed(migrations: &[MigrationId]) -> String {
    match migrations {
        [] => String::new(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
