//! From a live database straight to a schema, without a migration file.

use std::time::{Duration, Instant};

use peristyle_driver::Connection;
use peristyle_schema::{Pair, diff};

use crate::apply::LastCatalog;
use crate::runner::{Did, in_transaction};
use crate::script::{self, Placed};
use crate::{Choices, Error, Event, Loaded, Planned, Progress, Running, describe, plan};

/// How to push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushOptions {
    /// What somebody has decided.
    pub choices: Choices,
    /// Whether anything is run.
    pub running: Running,
    /// How long to wait for the lock.
    pub lock_timeout: Duration,
}

impl Default for PushOptions {
    fn default() -> Self {
        Self {
            choices: Choices::default(),
            running: Running::Run,
            lock_timeout: Duration::from_secs(30),
        }
    }
}

/// What was pushed.
#[derive(Debug, Clone)]
pub struct Pushed {
    /// The plan; empty if the database was there already.
    pub planned: Planned,
    /// How long it took.
    pub took: Duration,
}

/// Makes the database what the target says, in one transaction that is committed only if its catalog says the same.
pub fn push(
    connection: &mut dyn Connection,
    target: Loaded,
    options: &PushOptions,
    progress: Progress<'_>,
) -> Result<Pushed, Error> {
    if options.running == Running::Dry {
        let planned = plan_push(connection, target, options)?;
        return Ok(Pushed { planned, took: Duration::ZERO });
    }
    connection.set_lock_timeout(options.lock_timeout)?;
    let started = Instant::now();
    let mut planned = None;
    in_transaction(connection, &mut LastCatalog::default(), |connection, _| {
        let found = planned.insert(plan_push(connection, target, options)?);
        if found.is_empty() {
            return Ok(Did::Nothing);
        }
        run(connection, found, progress)?;
        Ok(Did::Run)
    })?;
    match planned {
        Some(planned) => Ok(Pushed { planned, took: started.elapsed() }),
        None => Err(Error::verification("the push", vec!["it was not planned".to_owned()])),
    }
}

/// What is set aside by a push is labelled so.
const LABEL: &str = "push";

fn plan_push(
    connection: &mut dyn Connection,
    target: Loaded,
    options: &PushOptions,
) -> Result<Planned, Error> {
    let catalog = connection.catalog()?;
    let dialect = connection.dialect().name();
    let schemas = Pair::new(catalog.schema, target.schema);
    let mut planned = plan(schemas, dialect, &options.choices, LABEL)?;
    planned.notes.extend(target.notes);
    planned.notes.extend(catalog.notes);
    Ok(planned)
}

fn run(
    connection: &mut dyn Connection,
    planned: &Planned,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let statements: Vec<Placed> = planned
        .plan
        .up
        .iter()
        .flat_map(|step| &step.statements)
        .map(|statement| Placed { statement: statement.clone(), span: None })
        .collect();
    script::run(connection, &statements, &mut |number, statement| {
        progress(Event::Statement { number, sql: statement.sql.clone() });
    })?;
    connection.check_migration()?;
    let found = connection.catalog()?.schema;
    let left = describe(&diff(Pair::new(&found, &planned.schemas.new)));
    if left.is_empty() {
        return Ok(());
    }
    let left = left.iter().map(|words| format!("it would still have to {words}"));
    Err(Error::verification("the push", left.collect()))
}
