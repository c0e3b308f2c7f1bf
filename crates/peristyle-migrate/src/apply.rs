//! What happens inside a migration's transaction.

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Fingerprint, QualifiedName, Schema};
use peristyle_sql::Role;

use crate::folder::{Folder, Migration};
use crate::promise::{Expected, expected};
use crate::script::{self, Placed};
use crate::sql::table_name;
use crate::{Direction, Error, Event, Progress, Scratch, room};

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

    /// The texts of the statements; what is not simply run stands under the line that says so in a migration file.
    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |placed: &Placed| match &placed.statement.role {
            Role::Run => placed.statement.sql.clone(),
            Role::Alone => format!("-- peristyle:alone\n{}", placed.statement.sql),
            Role::Guard { message } => {
                let guard = format!("-- peristyle:guard {message}\n{}", placed.statement.sql);
                let fills = placed.fills.iter().map(|fill| format!("{fill};\n"));
                fills.chain([guard]).collect()
            }
        };
        self.statements.iter().map(text).collect()
    }

    /// Whether a statement of it runs outside of any transaction.
    pub(crate) fn stands_alone(&self) -> bool {
        self.statements.iter().any(Placed::stands_alone)
    }

    pub(crate) fn subject(&self) -> String {
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
pub(crate) struct Seen {
    version: Option<i64>,
    pub(crate) schema: Schema,
    pub(crate) fingerprint: Fingerprint,
}

impl LastCatalog {
    /// What the catalog says before a migration: as it was read last, if it cannot have changed since. Where a database does
    /// not tell, it is the lease that keeps other migrators away.
    pub(crate) fn before(&mut self, connection: &mut dyn Connection) -> Result<&Seen, Error> {
        let version = connection.catalog_version()?;
        let held = self.0.take().filter(|seen| version == seen.version);
        self.or_read(connection, version, held)
    }

    /// What the catalog says now.
    pub(crate) fn now(&mut self, connection: &mut dyn Connection) -> Result<&Seen, Error> {
        let version = connection.catalog_version()?;
        let held = self.0.take().filter(|seen| version.is_some() && version == seen.version);
        self.or_read(connection, version, held)
    }

    fn or_read(
        &mut self,
        connection: &mut dyn Connection,
        version: Option<i64>,
        held: Option<Seen>,
    ) -> Result<&Seen, Error> {
        let seen = match held {
            Some(seen) => seen,
            None => {
                let schema = connection.catalog()?.schema;
                let fingerprint = schema.fingerprint();
                Seen { version, schema, fingerprint }
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
    progress(ready.started());
    script::run(connection, &ready.statements, &mut |number, statement| {
        progress(Event::Statement { number, sql: statement.sql.clone() });
    })?;
    same_rows(connection, ready, rebuilt)?;
    kept(connection, folder, ready, scratch, catalog, expected)
}

impl Ready<'_> {
    /// The event of its beginning.
    pub(crate) fn started(&self) -> Event {
        Event::Started {
            id: self.migration.id.clone(),
            direction: self.direction,
            statements: self.statements.len(),
        }
    }
}

/// Makes sure that the catalog is what was promised.
pub(crate) fn kept(
    connection: &mut dyn Connection,
    folder: &Folder,
    ready: &Ready<'_>,
    scratch: &Scratch,
    catalog: &mut LastCatalog,
    expected: Expected,
) -> Result<(), Error> {
    let found = catalog.now(connection)?;
    let differences = expected.differences(connection, folder, ready, scratch, found)?;
    if differences.is_empty() {
        Ok(())
    } else {
        let missing = differences.iter().map(|words| format!("it would still have to {words}"));
        Err(Error::verification(ready.subject(), missing.collect()))
    }
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
