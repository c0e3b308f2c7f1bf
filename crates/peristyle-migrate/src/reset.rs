//! Emptying a database.

use peristyle_driver::Connection;

use crate::{Error, room};

/// What a reset dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResetReport {
    /// Each thing, in words, in the order it went.
    pub dropped: Vec<String>,
}

/// Drops everything in the database: tables, views, triggers, the history and what was set aside. Whether that may be done to
/// this database is the caller's to know.
pub fn reset(connection: &mut dyn Connection) -> Result<ResetReport, Error> {
    let room = room::of(connection.dialect().name());
    connection.begin_migration()?;
    match room.drop_all(connection) {
        Ok(dropped) => {
            connection.commit_migration()?;
            Ok(ResetReport { dropped })
        }
        Err(error) => {
            connection.rollback_migration()?;
            Err(error)
        }
    }
}
