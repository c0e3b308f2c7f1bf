//! From SQLite's words to typed errors.

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::Error;
use crate::source::SourceInfo;

/// What SQLite says of a statement on `source`.
pub(super) fn of_statement(error: rusqlite::Error, source: &'static SourceInfo) -> Error {
    let rusqlite::Error::SqliteFailure(failure, Some(message)) = &error else {
        return general(error);
    };
    if failure.code != ErrorCode::ConstraintViolation {
        return general(error);
    }
    let subject = message.split_once("failed: ").map_or("", |(_, subject)| subject);
    let table = source.name.to_owned();
    match failure.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => unique(subject, source),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKey { constraint: None, table },
        // `ON DELETE RESTRICT` is a trigger inside of SQLite, and fails as one: https://sqlite.org/foreignkeys.html#fk_actions
        ffi::SQLITE_CONSTRAINT_TRIGGER if message == "FOREIGN KEY constraint failed" => {
            Error::ForeignKey { constraint: None, table }
        }
        ffi::SQLITE_CONSTRAINT_CHECK => Error::Check { table, name: subject.to_owned() },
        ffi::SQLITE_CONSTRAINT_NOTNULL => {
            let (table, column) = subject.split_once('.').unwrap_or((source.name, subject));
            Error::NotNull { table: table.to_owned(), column: column.to_owned() }
        }
        _ => general(error),
    }
}

/// What SQLite says where no statement on a table is at fault.
pub(super) fn general(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy,
            _ => Error::Database {
                code: Some(failure.extended_code.to_string()),
                message: message.unwrap_or_else(|| failure.to_string()),
            },
        },
        other => Error::Database { code: None, message: other.to_string() },
    }
}

/// `users.email, users.tenant`, or `index 'name'` for an index over expressions.
fn unique(subject: &str, source: &'static SourceInfo) -> Error {
    if let Some(name) = subject.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\'')) {
        return Error::Unique {
            constraint: Some(name.to_owned()),
            table: source.name.to_owned(),
            columns: Vec::new(),
        };
    }
    let mut table = source.name;
    let mut columns = Vec::new();
    for part in subject.split(", ") {
        let (of, column) = part.split_once('.').unwrap_or((source.name, part));
        table = of;
        columns.push(column.to_owned());
    }
    let constraint = source
        .uniques
        .iter()
        .find(|unique| {
            table == source.name
                && unique.columns.len() == columns.len()
                && unique
                    .columns
                    .iter()
                    .zip(&columns)
                    .all(|(at, name)| source.column_name(*at) == name)
        })
        .map(|unique| unique.name.to_owned());
    Error::Unique { constraint, table: table.to_owned(), columns }
}
