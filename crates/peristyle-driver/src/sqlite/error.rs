//! What SQLite's errors mean.

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::{Constraint, ConstraintKind, Error, Url};

/// What an error of `rusqlite` means.
pub fn from_rusqlite(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let message = message.unwrap_or_else(|| failure.to_string());
            from_failure(failure, message, None)
        }
        rusqlite::Error::SqlInputError { error, msg, offset, .. } => {
            from_failure(error, msg, usize::try_from(offset).ok())
        }
        other => Error::Database { message: other.to_string(), code: None },
    }
}

/// What an error of opening this database means.
pub(super) fn opening(error: rusqlite::Error, url: &Url) -> Error {
    let not_a_database =
        error.sqlite_error_code().is_some_and(|code| code == ErrorCode::NotADatabase);
    if not_a_database {
        return Error::NotADatabase { url: url.clone() };
    }
    match from_rusqlite(error) {
        error @ (Error::Locked(_) | Error::Interrupted) => error,
        error => Error::CannotOpen { url: url.clone(), reason: error.to_string(), state: None },
    }
}

fn from_failure(failure: ffi::Error, message: String, offset: Option<usize>) -> Error {
    let code = Some(failure.extended_code);
    match failure.code {
        ErrorCode::ConstraintViolation => {
            Error::Constraint(constraint(failure.extended_code, message))
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Locked(None),
        ErrorCode::ReadOnly => Error::ReadOnly(message),
        ErrorCode::DiskFull => Error::Full,
        ErrorCode::OperationInterrupted => Error::Interrupted,
        ErrorCode::Unknown => Error::Syntax { message, offset },
        _ => Error::Database { message, code },
    }
}

fn constraint(code: i32, message: String) -> Constraint {
    let kind = match code {
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            ConstraintKind::PrimaryKey
        }
        ffi::SQLITE_CONSTRAINT_UNIQUE => ConstraintKind::Unique,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ConstraintKind::NotNull,
        ffi::SQLITE_CONSTRAINT_CHECK => ConstraintKind::Check,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ConstraintKind::ForeignKey,
        SQLITE_CONSTRAINT_DATATYPE => ConstraintKind::DataType,
        ffi::SQLITE_CONSTRAINT_TRIGGER => ConstraintKind::Trigger,
        _ => ConstraintKind::Other,
    };
    let (table, columns, name) = subject(kind, &message);
    Constraint { kind, table, columns, name, message }
}

/// Not among the bindings' names: <https://sqlite.org/rescode.html#constraint_datatype>.
const SQLITE_CONSTRAINT_DATATYPE: i32 = 3091;

/// What the message is about: SQLite says it nowhere else.
fn subject(kind: ConstraintKind, message: &str) -> (Option<String>, Vec<String>, Option<String>) {
    let (_, what) = message.split_once(" constraint failed: ").unwrap_or(("", ""));
    match kind {
        ConstraintKind::PrimaryKey | ConstraintKind::Unique | ConstraintKind::NotNull => {
            if let Some(index) = what.strip_prefix("index '") {
                return (None, Vec::new(), Some(index.trim_end_matches('\'').to_owned()));
            }
            let parts: Vec<(&str, &str)> =
                what.split(", ").filter_map(|part| part.split_once('.')).collect();
            let table = parts.first().map(|(table, _)| (*table).to_owned());
            (table, parts.into_iter().map(|(_, column)| column.to_owned()).collect(), None)
        }
        ConstraintKind::Check => (None, Vec::new(), (!what.is_empty()).then(|| what.to_owned())),
        ConstraintKind::DataType => {
            // cannot store TEXT value in INTEGER column users.age
            let place =
                message.rsplit_once(" column ").and_then(|(_, place)| place.split_once('.'));
            match place {
                Some((table, column)) => (Some(table.to_owned()), vec![column.to_owned()], None),
                None => (None, Vec::new(), None),
            }
        }
        ConstraintKind::ForeignKey | ConstraintKind::Trigger | ConstraintKind::Other => {
            (None, Vec::new(), None)
        }
    }
}
