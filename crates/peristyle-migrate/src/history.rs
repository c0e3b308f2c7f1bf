//! What the database remembers of its migrations.

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Diagnostic, Fingerprint};
use peristyle_sql::Reversible;
use serde::{Deserialize, Serialize};

use crate::folder::{Folder, Migration, MigrationId, reversible, reversible_word};
use crate::{Error, room};

/// The table of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HistoryTable(String);

impl HistoryTable {
    /// Where the history of a folder is kept.
    pub(crate) fn of(folder: &Folder) -> Self {
        Self::named(folder.migrations().first().and_then(|first| first.header.application()))
    }

    /// Where the history of this application is kept: beside the usual one, if it has a name.
    pub(crate) fn named(application: Option<&str>) -> Self {
        Self(match application {
            None => "_peristyle_migrations".to_owned(),
            Some(application) => format!("_peristyle_migrations_{application}"),
        })
    }

    /// Its name as SQL.
    fn sql(&self, connection: &dyn Connection) -> String {
        room::of(connection.dialect().name()).own_table(&self.0)
    }
}

const RUNNING: &str = "running";
const UNDOING: &str = "undoing";
const DONE: &str = "done";

const COLUMNS: &str = "(
  id TEXT NOT NULL PRIMARY KEY,
  parent TEXT,
  checksum TEXT NOT NULL,
  state TEXT NOT NULL,
  reversible TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT,
  owner TEXT NOT NULL,
  step INTEGER NOT NULL DEFAULT 0
)";

/// A migration that the database has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Its name.
    pub id: MigrationId,
    /// The one before it.
    pub parent: Option<MigrationId>,
    /// The checksum of its file when it was applied.
    pub checksum: Fingerprint,
    /// How far it is.
    pub state: State,
    /// Whether its way back brings everything back: `Yes`, `Partial` or `No`.
    pub reversible: Reversible,
    /// When it began, in UTC.
    pub started: String,
    /// When it was done, in UTC.
    pub finished: Option<String>,
    /// Who applied it.
    pub owner: String,
    /// How many of its statements are done, while it is on its way.
    pub step: usize,
}

/// How far a migration is. One that runs in a single transaction is only ever seen done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has begun: some of its statements stand outside of any transaction.
    Running,
    /// It is being taken back.
    Undoing,
    /// It is done.
    Done,
}

/// The history, in the order of the migrations; a database without one has none.
pub(crate) fn read(
    connection: &mut dyn Connection,
    table: &HistoryTable,
) -> Result<Vec<Applied>, Error> {
    let room = room::of(connection.dialect().name());
    if !room.tables_like(connection, &table.0)?.iter().any(|name| *name == *table.0) {
        return Ok(Vec::new());
    }
    let rows = connection.query(&format!("SELECT * FROM {}", table.sql(connection)), &[])?;
    let columns = &rows.columns;
    let mut all =
        rows.rows.iter().map(|row| applied(columns, row, table)).collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

fn applied(columns: &[String], row: &[Value], table: &HistoryTable) -> Result<Applied, Error> {
    let value = |name: &str| row.get(columns.iter().position(|column| column == name)?);
    let text = |name: &str| value(name).and_then(Value::as_text);
    let read = || {
        Some(Applied {
            id: text("id")?.parse().ok()?,
            parent: text("parent").and_then(|parent| parent.parse().ok()),
            checksum: text("checksum")?.parse().ok()?,
            state: match text("state")? {
                RUNNING => State::Running,
                UNDOING => State::Undoing,
                DONE => State::Done,
                _ => return None,
            },
            reversible: reversible(text("reversible")?)?,
            started: text("started")?.to_owned(),
            finished: text("finished").map(str::to_owned),
            owner: text("owner")?.to_owned(),
            step: value("step").and_then(Value::as_integer).unwrap_or(0).try_into().ok()?,
        })
    };
    read().ok_or_else(|| {
        let row: Vec<String> = row.iter().map(ToString::to_string).collect();
        let message = format!("a row of {} is damaged: {}", table.0, row.join(", "));
        Error::History(vec![
            Diagnostic::error("damaged-history", message)
                .help("restore the row from a backup of the database"),
        ])
    })
}

/// Makes the table of the history, inside the migration's transaction.
pub(crate) fn ensure(connection: &mut dyn Connection, table: &HistoryTable) -> Result<(), Error> {
    let table = table.sql(connection);
    let sql = format!("CREATE TABLE IF NOT EXISTS {table} {COLUMNS}");
    connection.execute(&sql, &[]).map(drop).map_err(Error::from)
}

/// Notes that a migration was applied.
pub(crate) fn insert(
    connection: &mut dyn Connection,
    table: &HistoryTable,
    migration: &Migration,
    reversible: Reversible,
    started: &str,
    owner: &str,
    state: State,
) -> Result<(), Error> {
    let table = table.sql(connection);
    let (word, finished) = match state {
        State::Running => (RUNNING, None),
        State::Undoing => (UNDOING, None),
        State::Done => (DONE, Some(now())),
    };
    let parent = migration.header.parent.as_ref().map(|parent| parent.id.to_string());
    connection.execute(
        &format!(
            "INSERT INTO {table} (id, parent, checksum, state, reversible, started, finished, owner)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[
            migration.id.as_str().into(),
            parent.into(),
            migration.checksum.as_str().into(),
            word.into(),
            reversible_word(reversible).into(),
            started.into(),
            finished.into(),
            owner.into(),
        ],
    )?;
    Ok(())
}

/// Notes how far a migration is that is on its way.
pub(crate) fn set(
    connection: &mut dyn Connection,
    table: &HistoryTable,
    id: &MigrationId,
    state: State,
    step: usize,
) -> Result<(), Error> {
    let table = table.sql(connection);
    let (word, finished) = match state {
        State::Running => (RUNNING, None),
        State::Undoing => (UNDOING, None),
        State::Done => (DONE, Some(now())),
    };
    let sql = format!("UPDATE {table} SET state = $1, step = $2, finished = $3 WHERE id = $4");
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    connection.execute(&sql, &[word.into(), step.into(), finished.into(), id.as_str().into()])?;
    Ok(())
}

/// Forgets a migration that was rolled back.
pub(crate) fn remove(
    connection: &mut dyn Connection,
    table: &HistoryTable,
    id: &MigrationId,
) -> Result<(), Error> {
    let table = table.sql(connection);
    let sql = format!("DELETE FROM {table} WHERE id = $1");
    connection.execute(&sql, &[id.as_str().into()]).map(drop).map_err(Error::from)
}

/// The time, in UTC, as the history writes it.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// How the history and the folder differ: files that the database had otherwise, or that are gone, or that came in between.
pub(crate) fn faults(folder: &Folder, history: &[Applied]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for applied in history {
        let id = &applied.id;
        match folder.migrations().iter().find(|migration| migration.id == *id) {
            None => faults.push(
                Diagnostic::error(
                    "missing-migration",
                    format!("{id} was applied to this database, but is not in {}", folder.path().display()),
                )
                .help("restore the file from version control, or use the folder that this database belongs to"),
            ),
            Some(migration) if migration.checksum != applied.checksum => faults.push(
                Diagnostic::error(
                    "edited-migration",
                    format!("{id} was changed after it was applied to this database"),
                )
                .help("restore the file from version control and put the change into a new migration"),
            ),
            Some(_) => {}
        }
    }
    let last = history.last().map(|applied| &applied.id);
    for migration in folder.migrations() {
        let known = history.iter().any(|applied| applied.id == migration.id);
        if let Some(last) = last.filter(|last| !known && migration.id < **last) {
            faults.push(
                Diagnostic::error(
                    "out-of-order-migration",
                    format!(
                        "{} was not applied, but {last}, which comes after it, was",
                        migration.id
                    ),
                )
                .help("generate it again, so that it comes last"),
            );
        }
    }
    faults
}
