//! Does what a case describes, on a real database with rows in it.

use peristyle_migrate::{Choices, DroppedData, Error, Planned, plan, steps_text};
use peristyle_schema::{Diagnostic, Expr, Pair, Schema};
use peristyle_sql::postgres::Later;
use peristyle_sql::{Dialect, DialectName, Reversible, Statement};

use super::page::{Case, Expectation};
use super::words::refusal;
use crate::engine::fresh;
use crate::journey::{Journey, keeps};
use crate::postgres::Server;
use crate::{declarations, rows};

/// What came of a case.
#[derive(Debug)]
pub struct Outcome {
    /// What the page should say.
    pub expectation: Expectation,
    /// What went wrong on the way there and back, though the text may be as expected.
    pub failure: Option<String>,
}

/// How many rows each table gets where the case brings none.
const ROWS: usize = 4;

/// Plans what the case describes, and tries the plan on the dialect's database.
///
/// An error means that the page itself is wrong.
pub fn check(case: &Case, dialect: DialectName) -> Result<Outcome, String> {
    let refused = |error: &Error| Outcome {
        expectation: Expectation::Refused(refusal(error)),
        failure: None,
    };
    let old = match &case.old {
        None => Schema::empty(),
        Some(block) => {
            read("old", &block.text).map_err(|error| refusal(&error))?;
            match declared("old", &block.text, dialect) {
                Ok(old) => old,
                Err(error) => return Ok(refused(&error)),
            }
        }
    };
    let new = match declared("new", &case.new.text, dialect) {
        Ok(new) => new,
        Err(error) => return Ok(refused(&error)),
    };
    let printed = reads_back(&case.new.text).err();
    let planned = match plan(Pair::new(old, new), dialect, &choices(case), "0001") {
        Ok(planned) => planned,
        Err(error) => return Ok(Outcome { failure: printed, ..refused(&error) }),
    };
    let (up, down) = (part(&planned, Way::Up), part(&planned, Way::Down));
    let failure = printed.or_else(|| tried(case, dialect, &planned, &up, &down));
    Ok(Outcome { expectation: Expectation::Sql { up, down }, failure })
}

/// What goes wrong when the plan is tried. A server that is too old for the case must refuse it; that is said aloud.
fn tried(
    case: &Case,
    dialect: DialectName,
    planned: &Planned,
    up: &str,
    down: &str,
) -> Option<String> {
    let went = travel(case, dialect, planned, up, down);
    let Some(later) = later(dialect, planned.schemas.as_ref()) else { return went.err() };
    let (what, since) = (later.what, later.since);
    if went.is_ok() {
        return Some(format!("{what} needs PostgreSQL {since}, it is said; yet it went through"));
    }
    eprintln!("`{}` is not tried on this server: {what} needs PostgreSQL {since}", case.title);
    None
}

/// What the server is too old for in either schema.
pub fn later(dialect: DialectName, schemas: Pair<&Schema>) -> Option<&'static Later> {
    match dialect {
        DialectName::Sqlite => None,
        DialectName::Postgres => {
            let version = Server::shared().version();
            [schemas.old, schemas.new].into_iter().find_map(|schema| {
                let statements = peristyle_sql::dialect(dialect).create(schema).ok()?;
                statements.iter().find_map(|statement| Later::than(version, &statement.sql))
            })
        }
    }
}

/// The schema that a text declares.
fn read(name: &str, text: &str) -> Result<Schema, Error> {
    declarations::read(name, text).map_err(Error::Invalid)
}

/// The schema that a text declares, as a dialect holds it.
fn declared(name: &str, text: &str, dialect: DialectName) -> Result<Schema, Error> {
    peristyle_sql::dialect(dialect).normalize(read(name, text)?).map_err(Error::Invalid)
}

/// Whether the declarations, written anew from their schema, declare the same schema.
fn reads_back(text: &str) -> Result<(), String> {
    let told = |diagnostics: Vec<Diagnostic>| refusal(&Error::Invalid(diagnostics));
    let schema = declarations::read("new", text).map_err(told)?;
    let printed = declarations::print(&schema);
    let again = declarations::read("printed", &printed)
        .map_err(|e| format!("the printed declarations are refused: {}\n{printed}", told(e)))?;
    if again == schema {
        return Ok(());
    }
    let told = crate::engine::difference(Pair::new(&schema, &again));
    Err(format!("the printed declarations declare another schema:\n{told}\n{printed}"))
}

fn choices(case: &Case) -> Choices {
    let dropped = match (case.options.keep_data, case.options.allow_destructive) {
        (true, _) => DroppedData::Keep,
        (false, true) => DroppedData::Lose,
        (false, false) => DroppedData::Refuse,
    };
    let fill = |(table, column, value): &(_, _, String)| {
        (
            peristyle_schema::QualifiedName::clone(table),
            peristyle_schema::Name::clone(column),
            Expr::new(value.as_str()),
        )
    };
    Choices {
        renames: case.options.renames.clone(),
        fills: case.options.fills.iter().map(fill).collect(),
        dropped,
        ..Choices::default()
    }
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

/// The text of one part, as the migration file has it; the way back says what it does not bring back.
fn part(planned: &Planned, way: Way) -> String {
    let plan = &planned.plan;
    let (steps, promise) = match (way, plan.reversible) {
        (Way::Up, _) => (&plan.up, None),
        (Way::Down, Reversible::Yes) => (&plan.down, None),
        (Way::Down, Reversible::Partial) => (&plan.down, Some("Partial")),
        (Way::Down, Reversible::No) => (&plan.down, Some("No")),
    };
    let mut text = String::new();
    if let Some(promise) = promise {
        text.push_str(&format!("-- Reversible: {promise}\n"));
        for lost in &plan.unrestored {
            text.push_str(&format!("-- not restored: {lost}\n"));
        }
    }
    let steps = steps_text(steps);
    if !text.is_empty() && !steps.is_empty() {
        text.push('\n');
    }
    text.push_str(&steps);
    match text.is_empty() {
        true => "-- nothing to do\n".to_owned(),
        false => format!("{}\n", text.trim_end()),
    }
}

/// Makes the old schema with rows in every table, and goes there and back with the text of the page.
fn travel(
    case: &Case,
    dialect: DialectName,
    planned: &Planned,
    up: &str,
    down: &str,
) -> Result<(), String> {
    let engine = fresh(dialect);
    let schemas = planned.schemas.as_ref();
    let mut start = schemas.old.clone();
    for table in schemas.new.tables.values().filter(|table| table.external) {
        start.tables.entry(table.name.clone()).or_insert_with(|| table.clone());
    }
    for table in start.tables.values_mut() {
        table.external = false;
    }
    let made = engine.dialect().create(&start).map_err(|refusal| format!("{refusal:#?}"))?;
    engine.migrate(&made).map_err(|e| format!("the old schema cannot be made: {e}"))?;
    match case.rows(dialect) {
        Some(block) => engine.script(&block.text).map_err(|e| format!("rows: {e}"))?,
        None => rows::populate(engine.as_ref(), &start, &start, ROWS)
            .map_err(|e| format!("rows: {e}"))?,
    }
    let contents = engine.contents();
    if let Some((table, _)) = contents.iter().find(|(_, rows)| rows.rows.is_empty()) {
        return Err(format!("the table {table} has no rows to lose"));
    }
    let journey = Journey {
        schemas,
        changes: &planned.changes,
        up: read_statements(engine.dialect(), up)?,
        down: read_statements(engine.dialect(), down)?,
        reversible: planned.plan.reversible,
        keeps: keeps(&planned.plan),
    };
    journey.travel(engine.as_ref())
}

/// The statements of a text; a comment above a statement may make it a guard, or let it stand alone.
fn read_statements(dialect: &dyn Dialect, text: &str) -> Result<Vec<Statement>, String> {
    let pieces = dialect.split(text).map_err(|diagnostic| diagnostic.to_string())?;
    let comments = |text: &str| -> Vec<String> {
        let comment = |line: &&str| line.is_empty() || line.starts_with("--");
        text.lines().map(str::trim).take_while(comment).map(str::to_owned).collect()
    };
    let only_comments = |text: &str| {
        text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with("--"))
    };
    let statement = |text: &str| {
        let comments = comments(text);
        let last = comments.last().map(String::as_str).unwrap_or_default();
        match last.strip_prefix("-- peristyle:guard ") {
            Some(message) => Statement::guard(text, message),
            None if last == "-- peristyle:alone" => Statement::alone(text),
            None => Statement::run(text),
        }
    };
    Ok(pieces.iter().map(|p| p.text).filter(|text| !only_comments(text)).map(statement).collect())
}
