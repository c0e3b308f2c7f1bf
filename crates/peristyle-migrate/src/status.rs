//! Which migrations a database has.

use peristyle_driver::Connection;
use peristyle_schema::Diagnostic;
use peristyle_sql::Reversible;

use crate::history::{self, Applied, HistoryTable};
use crate::{Error, Folder, MigrationId};

/// Which migrations a database has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Every migration of the folder or of the history, in order.
    pub migrations: Vec<StatusEntry>,
    /// Files that are not what they were, and other differences between folder and history.
    pub faults: Vec<Diagnostic>,
}

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// Its name.
    pub id: MigrationId,
    /// What it is for; nothing if its file is gone.
    pub purpose: Option<String>,
    /// Whether its way back brings everything back; nothing if nobody has proven it.
    pub reversible: Option<Reversible>,
    /// Where it stands.
    pub state: StatusState,
}

/// Where a migration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusState {
    /// The database has it.
    Applied(Applied),
    /// The database does not have it.
    Pending,
    /// The database has it, but its file is gone.
    Missing(Applied),
}

/// Compares the folder with the database's history.
pub fn status(connection: &mut dyn Connection, folder: &Folder) -> Result<Status, Error> {
    let history = history::read(connection, &HistoryTable::of(folder))?;
    let mut faults = folder.faults().to_vec();
    faults.extend(history::faults(folder, &history));
    let find = |id: &MigrationId| history.iter().find(|applied| applied.id == *id).cloned();
    let mut migrations: Vec<StatusEntry> = folder
        .migrations()
        .iter()
        .map(|migration| StatusEntry {
            id: migration.id.clone(),
            purpose: Some(migration.header.purpose.clone()),
            reversible: migration.header.seal.as_ref().map(|seal| seal.reversible),
            state: find(&migration.id).map_or(StatusState::Pending, StatusState::Applied),
        })
        .collect();
    for applied in &history {
        if !migrations.iter().any(|entry| entry.id == applied.id) {
            migrations.push(StatusEntry {
                id: applied.id.clone(),
                purpose: None,
                reversible: Some(applied.reversible),
                state: StatusState::Missing(applied.clone()),
            });
        }
    }
    migrations.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Status { migrations, faults })
}
