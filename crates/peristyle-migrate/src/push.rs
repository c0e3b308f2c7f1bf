//! From a live database straight to a schema, without a migration file.

use std::time::{Duration, Instant};

use peristyle_driver::Connection;
use peristyle_schema::{Diagnostic, Pair, diff};
use peristyle_sql::Transaction;

use crate::apply::LastCatalog;
use crate::own::owned;
use crate::runner::{Did, in_transaction};
use crate::script::{self, Placed};
use crate::{Choices, Error, Event, Loaded, Planned, Progress, Running, describe, plan, retry};

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
        let mut planned = plan_push(connection, target, options)?;
        if planned.plan.transaction == Transaction::Several {
            planned.notes.push(not_one_transaction(&statements(&planned)));
        }
        return Ok(Pushed { planned, took: Duration::ZERO });
    }
    let started = Instant::now();
    let owner = format!("process {}", std::process::id());
    retry::until(connection, options.lock_timeout, progress, |connection, _| {
        connection.lease(&owner).map_err(Error::from)
    })?;
    let pushed =
        retry::until(connection, options.lock_timeout, progress, |connection, progress| {
            push_once(connection, target.clone(), options, progress)
        });
    let released = connection.release();
    // What failed first is what is told.
    let planned = pushed?;
    released?;
    Ok(Pushed { planned, took: started.elapsed() })
}

/// Plans and runs; what stands alone is run outside of any transaction, and made sure of at the end.
fn push_once(
    connection: &mut dyn Connection,
    target: Loaded,
    options: &PushOptions,
    progress: Progress<'_>,
) -> Result<Planned, Error> {
    let mut planned = None;
    let catalog = &mut LastCatalog::default();
    in_transaction(connection, catalog, |connection, _| {
        let found = planned.insert(plan_push(connection, target, options)?);
        if found.is_empty() || found.plan.transaction == Transaction::Several {
            return Ok(Did::Nothing);
        }
        run(connection, &statements(found), 0, progress)?;
        finish(connection, found)?;
        Ok(Did::Run)
    })?;
    let Some(planned) = planned else {
        return Err(Error::verification("the push", vec!["it was not planned".to_owned()]));
    };
    if planned.is_empty() || planned.plan.transaction == Transaction::One {
        return Ok(planned);
    }
    let all = statements(&planned);
    progress(Event::Warned { warning: not_one_transaction(&all) });
    let mut at = 0;
    for stretch in all.chunk_by(|a, b| !(a.stands_alone() || b.stands_alone())) {
        if stretch.iter().any(Placed::stands_alone) {
            run(connection, stretch, at, progress)?;
        } else {
            in_transaction(connection, catalog, |connection, _| {
                run(connection, stretch, at, progress)?;
                connection.check_migration()?;
                Ok(Did::Run)
            })?;
        }
        at += stretch.len();
    }
    finish(connection, &planned)?;
    Ok(planned)
}

/// What it means for a push that a statement stands alone.
fn not_one_transaction(statements: &[Placed]) -> Diagnostic {
    let alone = statements.iter().filter(|placed| placed.stands_alone()).count();
    let which =
        if alone == 1 { "1 statement stands" } else { &format!("{alone} statements stand") };
    Diagnostic::warning(
        "not-one-transaction",
        format!("{which} outside of any transaction: should something fail, what was done before it stays"),
    )
    .help("the next `peristyle push` does what is left")
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
    let (live, notes) = owned(catalog.schema, &target.schema);
    let declared = connection.canonical(target.schema, &live)?;
    let mut planned = plan(Pair::new(live, declared), dialect, &options.choices, LABEL)?;
    planned.notes.extend(target.notes);
    planned.notes.extend(notes);
    planned.notes.extend(catalog.notes);
    Ok(planned)
}

fn statements(planned: &Planned) -> Vec<Placed> {
    let steps = planned.plan.up.iter().flat_map(|step| &step.statements);
    steps
        .map(|statement| Placed { statement: statement.clone(), span: None, fills: Vec::new() })
        .collect()
}

fn run(
    connection: &mut dyn Connection,
    statements: &[Placed],
    before: usize,
    progress: Progress<'_>,
) -> Result<(), Error> {
    script::run(connection, statements, &mut |number, statement| {
        progress(Event::Statement { number: before + number, sql: statement.sql.clone() });
    })
}

/// Makes sure that nothing is left to do.
fn finish(connection: &mut dyn Connection, planned: &Planned) -> Result<(), Error> {
    connection.check_migration()?;
    let new = &planned.schemas.new;
    let (found, _) = owned(connection.catalog()?.schema, new);
    let expected = connection.canonical(new.clone(), &found)?;
    let left = describe(&diff(Pair::new(&found, &expected)));
    if left.is_empty() {
        return Ok(());
    }
    let left = left.iter().map(|words| format!("it would still have to {words}"));
    Err(Error::verification("the push", left.collect()))
}
