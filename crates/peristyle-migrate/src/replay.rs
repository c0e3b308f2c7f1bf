//! Running migrations on a scratch database, to learn what they make.

use peristyle_driver::Connection;
use peristyle_schema::{Diagnostic, Schema};

use crate::folder::Migration;
use crate::{Error, Scratch, script};

/// A scratch database that migrations have been run on.
pub(crate) struct Replay {
    pub(crate) connection: Box<dyn Connection>,
}

impl Replay {
    /// A database without any migration.
    pub(crate) fn new(scratch: &Scratch) -> Result<Self, Error> {
        Ok(Self { connection: scratch.open()? })
    }

    /// A database after these migrations.
    pub(crate) fn of(migrations: &[Migration], scratch: &Scratch) -> Result<Self, Error> {
        let mut replay = Self::new(scratch)?;
        replay.run(migrations)?;
        Ok(replay)
    }

    /// Runs further migrations.
    pub(crate) fn run(&mut self, migrations: &[Migration]) -> Result<(), Error> {
        let connection = self.connection.as_mut();
        connection.begin_migration()?;
        for migration in migrations {
            let up = script::part(connection.dialect(), migration, &migration.up)?;
            script::run(connection, &up, &mut |_, _| {})?;
        }
        connection.commit_migration()?;
        Ok(())
    }

    /// What the catalog says now.
    pub(crate) fn schema(&mut self) -> Result<(Schema, Vec<Diagnostic>), Error> {
        let catalog = self.connection.catalog()?;
        Ok((catalog.schema, catalog.notes))
    }
}
