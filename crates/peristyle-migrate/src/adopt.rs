//! A database that is there becomes the beginning of a history.

use std::path::{Path, PathBuf};
use std::time::Duration;

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Change, Diagnostic, Pair, Schema, diff};
use peristyle_sql::Reversible;

use crate::apply::LastCatalog;
use crate::external::{application, external_tables, own_tables, without};
use crate::folder::parse;
use crate::history::{self, HistoryTable, State};
use crate::own::{other_tool, owned};
use crate::runner::{Did, in_transaction};
use crate::sql::table_name;
use crate::{
    Body, Choices, Error, Folder, GenerateRequest, Generated, GeneratedMigration, MigrationId,
    Progress, Proof, Scratch, Source, Writing, generate, load, retry,
};

/// What to adopt.
#[derive(Debug, Clone)]
pub struct AdoptRequest<'a> {
    /// The migration folder, which holds nothing yet.
    pub folder: &'a Path,
    /// What the database is declared to be.
    pub target: &'a Source,
    /// The database's language, and where the proof is made.
    pub scratch: Scratch,
    /// What the first migration is for.
    pub purpose: Option<String>,
    /// Which ticket it belongs to.
    pub ticket: Option<String>,
    /// Whether something is written.
    pub writing: Writing,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Adopted {
    /// The database is not what is declared: what it would need.
    Differs {
        /// What would have to change.
        changes: Vec<Change>,
        /// What is worth knowing.
        notes: Vec<Diagnostic>,
    },
    /// The database has a history that begins with this migration.
    Baseline(Box<Baseline>),
}

/// The first migration of a database that was there before it.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// Its name.
    pub id: MigrationId,
    /// Its file, written unless only shown.
    pub path: PathBuf,
    /// The text of the file.
    pub text: String,
    /// What was proven of it.
    pub proof: Option<Proof>,
    /// The histories of other tools that were found.
    pub others: Vec<OtherHistory>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

/// The history of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherHistory {
    /// Its table.
    pub table: String,
    /// Whose it is.
    pub tool: &'static str,
    /// How many entries it has.
    pub entries: u64,
}

/// Writes the migration that makes what a database is, and notes in the database that it has it. Nothing of the database itself is
/// touched: the migration is proven elsewhere, and never run here.
pub fn adopt(
    connection: &mut dyn Connection,
    request: &AdoptRequest<'_>,
    progress: Progress<'_>,
) -> Result<Adopted, Error> {
    let folder = Folder::open(request.folder)?;
    folder.sound()?;
    if let Some(first) = folder.migrations().first() {
        return Err(begun(format!("{} holds {} already", request.folder.display(), first.id)));
    }
    let mut target = load(request.target, &request.scratch)?;
    let table = HistoryTable::named(application(&target.schema));
    if let Some(first) = history::read(connection, &table)?.first() {
        return Err(begun(format!("the database has {} already", first.id)));
    }
    let catalog = connection.catalog()?;
    let others = other_histories(connection, &catalog.schema, &target.schema)?;
    let mut notes = std::mem::take(&mut target.notes);
    let (changes, left_alone) = differences(connection, catalog.schema, &target.schema)?;
    notes.extend(left_alone);
    notes.extend(catalog.notes);
    if !changes.is_empty() {
        return Ok(Adopted::Differs { changes, notes });
    }
    let generated = generate(
        &GenerateRequest {
            folder: request.folder,
            target: request.target,
            scratch: request.scratch.clone(),
            name: Some("baseline".to_owned()),
            purpose: request.purpose.clone().or_else(|| Some("what was there before".to_owned())),
            ticket: request.ticket.clone(),
            choices: Choices::default(),
            body: Body::Planned,
            writing: Writing::Dry,
            sidecars: &[],
        },
        progress,
    )?;
    let Generated::Migration(migration) = generated else {
        return Err(Error::usage(
            "nothing-to-adopt",
            "nothing is declared, and so nothing can be adopted",
            "declare what the database holds; `--pull` writes the declarations",
        ));
    };
    if request.writing == Writing::Write {
        record(connection, request, &migration, &target.schema, progress)?;
    }
    let GeneratedMigration { id, path, text, proof, .. } = *migration;
    Ok(Adopted::Baseline(Box::new(Baseline { id, path, text, proof, others, notes })))
}

/// Notes the migration and writes its file: both or nothing, and only if the database is still what it was.
fn record(
    connection: &mut dyn Connection,
    request: &AdoptRequest<'_>,
    generated: &GeneratedMigration,
    target: &Schema,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let GeneratedMigration { id, path, text, .. } = generated;
    let migration = parse(id, path, text)
        .map_err(|reason| Error::verification(id.to_string(), vec![reason]))?;
    let owner = format!("process {}", std::process::id());
    retry::until(connection, request.lock_timeout, progress, |connection, _| {
        in_transaction(connection, &mut LastCatalog::default(), |connection, _| {
            let table = &HistoryTable::named(migration.header.application());
            if let Some(first) = history::read(connection, table)?.first() {
                return Err(begun(format!("the database has {} already", first.id)));
            }
            let live = connection.catalog()?.schema;
            let (changes, _) = differences(connection, live, target)?;
            if !changes.is_empty() {
                return Err(Error::verification("the database", crate::describe(&changes)));
            }
            history::ensure(connection, table)?;
            let seal = migration.header.seal.as_ref();
            let reversible = seal.map_or(Reversible::No, |seal| seal.reversible);
            let now = history::now();
            history::insert(connection, table, &migration, reversible, &now, &owner, State::Done)?;
            generated.write(request.folder)?;
            Ok(Did::Run)
        })
    })
    .map(drop)
}

/// What the part of a live schema that is declared would need to be as it is declared.
fn differences(
    connection: &mut dyn Connection,
    live: Schema,
    declared: &Schema,
) -> Result<(Vec<Change>, Vec<Diagnostic>), Error> {
    let external = external_tables(declared);
    let (mine, notes) = owned(without(live, &external), declared);
    let declared = connection.canonical(own_tables(declared), &mine)?;
    Ok((diff(Pair::new(&mine, &declared)), notes))
}

/// The histories of other tools among the tables that are not declared.
fn other_histories(
    connection: &mut dyn Connection,
    live: &Schema,
    declared: &Schema,
) -> Result<Vec<OtherHistory>, Error> {
    let mut found = Vec::new();
    for table in live.tables.keys().filter(|name| !declared.tables.contains_key(*name)) {
        let Some(tool) = other_tool(table) else { continue };
        let sql = format!("SELECT count(*) FROM {}", table_name(connection.dialect(), table));
        let count = connection.query(&sql, &[])?.single().and_then(Value::as_integer);
        let entries = count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default();
        found.push(OtherHistory { table: table.to_string(), tool, entries });
    }
    Ok(found)
}

fn begun(message: String) -> Error {
    Error::usage(
        "not-empty",
        format!("there is a history already: {message}"),
        "go on with it: `peristyle generate` and `peristyle migrate`",
    )
}
