//! What happens inside a migration's transaction.

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Fingerprint, Pair, QualifiedName, Schema, diff};

use crate::folder::{Folder, Migration};
use crate::replay::Replay;
use crate::script::{self, Placed};
use crate::sql::table_name;
use crate::{Direction, Error, Event, Progress, Scratch, describe, room};

/// A migration that is ready to run one way.
pub(crate) struct Ready<'a> {
    pub(crate) migration: &'a Migration,
    pub(crate) direction: Direction,
    pub(crate) statements: Vec<Placed>,
}

impl<'a> Ready<'a> {
    /// Reads the statements of one of the migration's parts.
    pub(crate) fn new(
        connection: &dyn Connection,
        migration: &'a Migration,
        direction: Direction,
    ) -> Result<Self, Error> {
        let part = match direction {
            Direction::Up => &migration.up,
            Direction::Down => &migration.down,
        };
        let statements = script::part(connection.dialect(), migration, part)?;
        Ok(Self { migration, direction, statements })
    }

    /// The texts of the statements.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.statements.iter().map(|placed| placed.statement.sql.clone()).collect()
    }

    fn subject(&self) -> String {
        match self.direction {
            Direction::Up => self.migration.id.to_string(),
            Direction::Down => format!("the way back of {}", self.migration.id),
        }
    }
}

/// The catalog as it was last read, so that a chain of migrations reads it once each.
#[derive(Debug, Default)]
pub(crate) struct LastCatalog(Option<Seen>);

#[derive(Debug)]
struct Seen {
    version: i64,
    schema: Schema,
    fingerprint: Fingerprint,
}

impl LastCatalog {
    /// Reads the catalog unless it is as it was.
    fn read(&mut self, connection: &mut dyn Connection) -> Result<&Seen, Error> {
        let version = connection.catalog_version()?;
        let held = self.0.take().filter(|seen| version == Some(seen.version));
        let seen = match held {
            Some(seen) => seen,
            None => {
                let schema = connection.catalog()?.schema;
                let fingerprint = schema.fingerprint();
                // Where a database has no version, this one is never equal to it.
                Seen { version: version.unwrap_or_default(), schema, fingerprint }
            }
        };
        Ok(self.0.insert(seen))
    }

    /// Forgets what was read in a transaction that was rolled back.
    pub(crate) fn forget(&mut self) {
        self.0 = None;
    }
}

/// Runs a migration inside the transaction that is open, and makes sure that it did what its file promises.
pub(crate) fn apply(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let expected = expected(connection, folder, ready, scratch, catalog, progress)?;
    let rebuilt = rebuilt_rows(connection, &ready.statements)?;
    progress(Event::Started {
        id: ready.migration.id.clone(),
        direction: ready.direction,
        statements: ready.statements.len(),
    });
    script::run(connection, &ready.statements, &mut |number, statement| {
        progress(Event::Statement { number, sql: statement.sql.clone() });
    })?;
    same_rows(connection, ready, rebuilt)?;
    let found = catalog.read(connection)?;
    let differences = match &expected {
        Expected::Fingerprint(fingerprint) if found.fingerprint == *fingerprint => Vec::new(),
        Expected::Fingerprint(_) => {
            let (_, schema) = replayed(folder, ready, scratch)?;
            describe(&diff(Pair::new(&found.schema, &schema)))
        }
        Expected::Schema(schema) => describe(&diff(Pair::new(&found.schema, schema))),
    };
    if differences.is_empty() {
        Ok(())
    } else {
        let missing = differences.iter().map(|words| format!("it would still have to {words}"));
        Err(Error::verification(ready.subject(), missing.collect()))
    }
}

/// What the catalog must say afterwards.
enum Expected {
    /// What the file's header says.
    Fingerprint(Fingerprint),
    /// What the file makes of a database that is not what the history makes.
    Schema(Schema),
}

fn expected(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    catalog: &mut LastCatalog,
    progress: Progress<'_>,
) -> Result<Expected, Error> {
    let before = catalog.read(connection)?;
    let sealed = ready.migration.header.seal.as_ref().map(|seal| match ready.direction {
        Direction::Up => seal.schema.clone(),
        Direction::Down => seal.schema.clone().swap(),
    });
    if let Some(sealed) = sealed
        && before.fingerprint == sealed.old
    {
        return Ok(Expected::Fingerprint(sealed.new));
    }
    let mut schema = before.schema.clone();
    let (from, to) = replayed(folder, ready, scratch)?;
    let drift = diff(Pair::new(&from, &schema));
    if !drift.is_empty() {
        progress(Event::Drifted { differences: describe(&drift) });
    }
    schema.apply_all(&diff(Pair::new(&from, &to)));
    Ok(Expected::Schema(schema))
}

/// The schemas that a migration leads between, by the history, in the direction it goes.
fn replayed(
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
) -> Result<(Schema, Schema), Error> {
    let all = folder.migrations();
    let at = all.iter().position(|m| m.id == ready.migration.id).unwrap_or(all.len());
    let mut replay = Replay::of(&all[..at], scratch)?;
    let (before, _) = replay.schema()?;
    replay.run(&all[at..(at + 1).min(all.len())])?;
    let (after, _) = replay.schema()?;
    Ok(match ready.direction {
        Direction::Up => (before, after),
        Direction::Down => (after, before),
    })
}

/// How many rows the tables have that will be rebuilt.
fn rebuilt_rows(
    connection: &mut dyn Connection,
    statements: &[Placed],
) -> Result<Vec<(QualifiedName, i64)>, Error> {
    let room = room::of(connection.dialect().name());
    let mut counts = Vec::new();
    for table in statements.iter().filter_map(|placed| room.rebuilt(&placed.statement)) {
        // A table that gets its name in this very migration cannot be counted yet.
        if let Ok(count) = count(connection, &table) {
            counts.push((table, count));
        }
    }
    Ok(counts)
}

fn count(connection: &mut dyn Connection, table: &QualifiedName) -> Result<i64, Error> {
    let sql = format!("SELECT count(*) FROM {}", table_name(connection.dialect(), table));
    Ok(connection.query(&sql, &[])?.single().and_then(Value::as_integer).unwrap_or_default())
}

fn same_rows(
    connection: &mut dyn Connection,
    ready: &Ready<'_>,
    before: Vec<(QualifiedName, i64)>,
) -> Result<(), Error> {
    let mut differences = Vec::new();
    for (table, before) in before {
        let now = count(connection, &table)?;
        if now != before {
            differences
                .push(format!("{table} had {before} rows before it was rebuilt and has {now}"));
        }
    }
    if differences.is_empty() {
        Ok(())
    } else {
        Err(Error::verification(ready.subject(), differences))
    }
}
