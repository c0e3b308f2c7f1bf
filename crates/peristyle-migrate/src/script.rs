//! SQL text as it stands in a file: cut into statements, refused where it must be, run with its places.

use std::sync::Arc;

use peristyle_driver::{Connection, Rows, Value};
use peristyle_schema::{Diagnostic, Position, Span};
use peristyle_sql::{Dialect, Role, Statement};

use crate::error::{GuardFailure, StatementFailure};
use crate::folder::{Migration, Part};
use crate::{Error, room};

/// A statement and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) statement: Statement,
    pub(crate) span: Option<Span>,
    /// What is filled in before it, if it is a guard that asks for a value.
    pub(crate) fills: Vec<String>,
}

impl Placed {
    /// Whether it runs outside of any transaction.
    pub(crate) fn stands_alone(&self) -> bool {
        match self.statement.role {
            Role::Alone => true,
            Role::Run | Role::Guard { .. } => false,
        }
    }
}

/// Whether a text may hold statements that only a person may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A migration, which runs inside a transaction of ours.
    Migration,
    /// A script for a scratch database.
    Script,
}

/// The line above a statement that runs outside of any transaction.
const ALONE: &str = "-- peristyle:alone";

/// The line above a guard.
const GUARD: &str = "-- peristyle:guard";

/// The statements of one part of a migration.
pub(crate) fn part(
    dialect: &dyn Dialect,
    migration: &Migration,
    part: &Part,
) -> Result<Vec<Placed>, Error> {
    statements(dialect, &migration.file(), &part.text, part.line, Kind::Migration)
}

/// Cuts a text into its statements. `line` is the line of the file that the text begins on.
pub(crate) fn statements(
    dialect: &dyn Dialect,
    file: &Arc<str>,
    text: &str,
    line: u32,
    kind: Kind,
) -> Result<Vec<Placed>, Error> {
    let place = |position: Position| {
        let start = Position { line: position.line + line - 1, column: position.column };
        Span { file: file.clone(), start, end: start }
    };
    let pieces = dialect.split(text).map_err(|mut diagnostic| {
        diagnostic.span = diagnostic.span.map(|span| place(span.start)).or(Some(place(START)));
        Error::Invalid(vec![diagnostic])
    })?;
    let room = room::of(dialect.name());
    let mut placed = Vec::with_capacity(pieces.len());
    let mut refused = Vec::new();
    for piece in pieces {
        let (comments, sql) = leading_comments(piece.text);
        if sql.is_empty() {
            continue;
        }
        let span = place(piece.position);
        if let Some(reason) = room.refused(keyword(sql), kind) {
            refused.push(refused_statement(sql, reason).at(span.clone()));
        }
        let statement = match guard_message(comments) {
            Some(message) => Statement::guard(sql, message),
            None if stands_alone(comments) => Statement::alone(sql),
            None => Statement::run(sql),
        };
        placed.push(Placed { statement, span: Some(span), fills: Vec::new() });
    }
    if refused.is_empty() { Ok(placed) } else { Err(Error::Invalid(refused)) }
}

const START: Position = Position { line: 1, column: 1 };

fn refused_statement(sql: &str, reason: &str) -> Diagnostic {
    let word = keyword(sql).to_ascii_uppercase();
    Diagnostic::error("refused-statement", format!("`{word}` cannot stand here: {reason}"))
        .help("take the statement out")
}

/// The comments and space before a statement, and the statement.
pub(crate) fn leading_comments(text: &str) -> (&str, &str) {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        if trimmed.starts_with("--") {
            rest = trimmed.find('\n').map_or("", |end| &trimmed[end..]);
        } else if trimmed.starts_with("/*") {
            rest = trimmed.find("*/").map_or("", |end| &trimmed[end + 2..]);
        } else {
            let split = text.len() - trimmed.len();
            return (&text[..split], trimmed.trim_end());
        }
    }
}

/// Whether a directive among the comments before a statement takes it out of the transaction.
fn stands_alone(comments: &str) -> bool {
    comments.lines().any(|line| line.trim() == ALONE)
}

/// The message of the guard directive among the comments before a statement.
pub(crate) fn guard_message(comments: &str) -> Option<String> {
    let line = comments.lines().map(str::trim).rfind(|line| line.starts_with(GUARD))?;
    Some(line[GUARD.len()..].trim().to_owned())
}

/// The first word of a statement.
fn keyword(sql: &str) -> &str {
    let end = sql.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(sql.len());
    &sql[..end]
}

/// The word of a statement that removes rows which its condition finds, if it is one.
pub(crate) fn may_remove_rows(statement: &Statement) -> Option<&'static str> {
    const REMOVAL: [&str; 2] = ["DELETE", "TRUNCATE"];
    match statement.role {
        Role::Run | Role::Alone => {}
        Role::Guard { .. } => return None,
    }
    let first = keyword(&statement.sql);
    let found = REMOVAL.into_iter().find(|word| word.eq_ignore_ascii_case(first));
    // A word inside of a string is asked about once too often, which does no harm.
    let mut words = statement.sql.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let behind_with = first.eq_ignore_ascii_case("WITH")
        && words.any(|word| word.eq_ignore_ascii_case(REMOVAL[0]));
    found.or(behind_with.then_some(REMOVAL[0]))
}

/// At most this many rows of a guard are shown.
const SHOWN: usize = 10;

/// Runs statements in order and stops at the first that fails or the first guard that returns a row.
pub(crate) fn run(
    connection: &mut dyn Connection,
    statements: &[Placed],
    about_to: &mut dyn FnMut(usize, &Statement),
) -> Result<(), Error> {
    for (at, placed) in statements.iter().enumerate() {
        about_to(at + 1, &placed.statement);
        let sql = &placed.statement.sql;
        for fill in &placed.fills {
            connection.execute(fill, &[]).map_err(|error| {
                let statement = Statement::run(fill.clone());
                failed(&Placed { statement, span: None, fills: Vec::new() }, error)
            })?;
        }
        let ran = match &placed.statement.role {
            Role::Run => connection.execute(sql, &[]).map(|_| None),
            Role::Alone => connection.run_alone(sql).map(|()| None),
            Role::Guard { message } => guarded(connection, sql).map(|found| {
                found.map(|(rows, count)| GuardFailure {
                    span: placed.span.clone(),
                    message: message.clone(),
                    sql: sql.clone(),
                    rows,
                    count,
                })
            }),
        };
        match ran {
            Ok(None) => {}
            Ok(Some(failure)) => return Err(Error::Guard(Box::new(failure))),
            Err(error) => return Err(failed(placed, error)),
        }
    }
    Ok(())
}

/// Runs the guards ahead of the statements before them, as far as these leave rows as they are: what is bound to be stopped should
/// not begin. A guard that cannot be run yet is left to its time.
pub(crate) fn foresee(connection: &mut dyn Connection, statements: &[Placed]) -> Result<(), Error> {
    let room = room::of(connection.dialect().name());
    for placed in statements {
        match &placed.statement.role {
            Role::Guard { .. } if placed.fills.is_empty() => {
                let sql =
                    format!("SELECT * FROM (\n{}\n) AS guarded LIMIT 1", placed.statement.sql);
                let found = room.trying(connection, &mut |connection| connection.query(&sql, &[]));
                if found.is_ok_and(|rows| !rows.rows.is_empty()) {
                    run(connection, std::slice::from_ref(placed), &mut |_, _| {})?;
                }
            }
            Role::Run | Role::Alone if room.leaves_rows(&placed.statement) => {}
            Role::Run | Role::Alone | Role::Guard { .. } => break,
        }
    }
    Ok(())
}

/// Runs statements on a scratch database, where nobody minds that one which stands alone commits what was done before it.
pub(crate) fn run_across(
    connection: &mut dyn Connection,
    statements: &[Placed],
) -> Result<(), Error> {
    for stretch in statements.chunk_by(|a, b| !(a.stands_alone() || b.stands_alone())) {
        if stretch.iter().any(Placed::stands_alone) {
            connection.check_migration()?;
            connection.commit_migration()?;
            let ran = run(connection, stretch, &mut |_, _| {});
            connection.begin_migration()?;
            ran?;
        } else {
            run(connection, stretch, &mut |_, _| {})?;
        }
    }
    Ok(())
}

/// The first rows of a guard's query and how many there are, if there are any.
fn guarded(
    connection: &mut dyn Connection,
    sql: &str,
) -> Result<Option<(Rows, usize)>, peristyle_driver::Error> {
    let few = format!("SELECT * FROM (\n{sql}\n) AS guarded LIMIT {SHOWN}");
    let rows = connection.query(&few, &[])?;
    if rows.rows.is_empty() {
        return Ok(None);
    }
    let count = if rows.rows.len() < SHOWN {
        rows.rows.len()
    } else {
        let all = format!("SELECT count(*) FROM (\n{sql}\n) AS guarded");
        let count = connection.query(&all, &[])?.single().and_then(Value::as_integer);
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(rows.rows.len())
    };
    Ok(Some((rows, count)))
}

/// An error of the statement, at the very place where the database says that it is.
fn failed(placed: &Placed, error: peristyle_driver::Error) -> Error {
    let sql = &placed.statement.sql;
    let span = placed.span.clone().map(|span| match &error {
        peristyle_driver::Error::Syntax { offset: Some(offset), .. }
        | peristyle_driver::Error::TooOld { offset: Some(offset), .. } => {
            let start = advance(span.start, sql.get(..*offset).unwrap_or_default());
            Span { start, end: start, ..span }
        }
        _ => span,
    });
    Error::Statement(Box::new(StatementFailure { span, sql: sql.clone(), error }))
}

/// The position after a text that begins at `from`.
fn advance(from: Position, text: &str) -> Position {
    let lines = text.matches('\n').count();
    let last = text.rsplit('\n').next().unwrap_or_default();
    let columns = u32::try_from(last.chars().count()).unwrap_or(u32::MAX);
    if lines == 0 {
        Position { line: from.line, column: from.column.saturating_add(columns) }
    } else {
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        Position { line: from.line.saturating_add(lines), column: columns.saturating_add(1) }
    }
}

/// Runs a script on a scratch database.
pub(crate) fn run_script(
    connection: &mut dyn Connection,
    file: &str,
    text: &str,
) -> Result<(), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let placed = statements(connection.dialect(), &file.into(), text, 1, Kind::Script)?;
    run(connection, &placed, &mut |_, _| {})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_part_of_a_statement() {
        let (comments, sql) =
            leading_comments("-- a\n /* b -- */ -- peristyle:guard no rows\nSELECT 1 -- c\n");
        assert_eq!(sql, "SELECT 1 -- c");
        assert!(comments.contains("guard"));
        assert_eq!(leading_comments("-- only").1, "");
        assert_eq!(leading_comments("/* unclosed").1, "");
    }

    #[test]
    fn positions_advance_by_characters_and_lines() {
        let from = Position { line: 3, column: 5 };
        assert_eq!(advance(from, "né"), Position { line: 3, column: 7 });
        assert_eq!(advance(from, "a\nbc\nd"), Position { line: 5, column: 2 });
    }
}
