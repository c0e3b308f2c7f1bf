//! Running migrations on a scratch database, to learn what they make.

use peristyle_driver::Connection;

use crate::folder::Migration;
use crate::{Error, Loaded, Scratch, script};

/// A scratch database that migrations have been run on.
pub(crate) struct Replay {
    pub(crate) connection: Box<dyn Connection>,
    scratch: Scratch,
    /// What was run on it.
    migrations: Vec<Migration>,
}

impl Replay {
    /// A database without any migration.
    pub(crate) fn new(scratch: &Scratch) -> Result<Self, Error> {
        let connection = scratch.open()?;
        Ok(Self { connection, scratch: scratch.clone(), migrations: Vec::new() })
    }

    /// A database after these migrations.
    pub(crate) fn of(migrations: &[Migration], scratch: &Scratch) -> Result<Self, Error> {
        let mut replay = Self::new(scratch)?;
        replay.run(migrations)?;
        Ok(replay)
    }

    /// Another database in the same state.
    pub(crate) fn again(&self) -> Result<Self, Error> {
        Self::of(&self.migrations, &self.scratch)
    }

    /// Runs further migrations.
    pub(crate) fn run(&mut self, migrations: &[Migration]) -> Result<(), Error> {
        if migrations.is_empty() {
            return Ok(());
        }
        let connection = self.connection.as_mut();
        connection.begin_migration()?;
        for migration in migrations {
            let up = script::part(connection.dialect(), migration, &migration.up)?;
            script::run_across(connection, &up)?;
            self.migrations.push(migration.clone());
        }
        connection.commit_migration()?;
        Ok(())
    }

    /// What the catalog says now.
    pub(crate) fn catalog(&mut self) -> Result<Loaded, Error> {
        crate::pull(self.connection.as_mut())
    }
}
