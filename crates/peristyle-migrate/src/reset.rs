//! Emptying a database.

use std::time::Duration;

use peristyle_driver::Connection;

use crate::{Error, Progress, retry, room};

/// What a reset dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResetReport {
    /// Each thing, in words, in the order it went.
    pub dropped: Vec<String>,
}

/// Drops everything in the database: tables, views, triggers, the history and what was set aside. Whether that may be done to
/// this database is the caller's to know. Who migrates it is waited for so long.
pub fn reset(
    connection: &mut dyn Connection,
    lock_timeout: Duration,
    progress: Progress<'_>,
) -> Result<ResetReport, Error> {
    let owner = format!("process {}, which empties the database", std::process::id());
    retry::until(connection, lock_timeout, progress, |connection, _| {
        connection.lease(&owner).map_err(Error::from)
    })?;
    let report =
        retry::until(connection, lock_timeout, progress, |connection, _| empty(connection));
    let released = connection.release();
    // What failed first is what is told.
    let report = report?;
    released?;
    Ok(report)
}

fn empty(connection: &mut dyn Connection) -> Result<ResetReport, Error> {
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
