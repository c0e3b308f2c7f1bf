//! What PostgreSQL's errors mean. See <https://www.postgresql.org/docs/current/errcodes-appendix.html>.

use std::io;

use peristyle_sql::postgres::Later;

use super::{Address, ServerError};
use crate::{Constraint, ConstraintKind, Error};

/// What an error of the server means; `sql` is the statement that it answers.
pub fn from_server(error: ServerError, sql: &str) -> Error {
    let text = || error.to_string();
    match error.state.as_str() {
        // Integrity constraints, and what a trigger raised.
        state if state.starts_with("23") || state == "P0001" => {
            Error::Constraint(constraint(error))
        }
        "40001" | "40P01" => Error::Conflict(text()),
        "55P03" => Error::Locked(None),
        "57014" => Error::Interrupted,
        "25006" => Error::ReadOnly(text()),
        "53100" => Error::Full,
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Error::Disconnected(text()),
        state if state.starts_with("08") => Error::Disconnected(text()),
        state if state == "42601" || (state.starts_with("42") && error.position.is_some()) => {
            let offset = error.position.and_then(|position| byte_offset(sql, position));
            Error::Syntax { message: text(), offset }
        }
        _ => Error::Server(Box::new(error)),
    }
}

/// The same, where it may be that the server, of this version, is too old for the statement.
pub(super) fn understood(error: ServerError, sql: &str, version: Option<u32>) -> Error {
    // What it takes for a mistake in writing, or for a parameter that it does not know.
    let puzzled = matches!(error.state.as_str(), "42601" | "22023");
    let later = version.filter(|_| puzzled).and_then(|version| Later::than(version, sql));
    match (later, version) {
        (Some(later), Some(server)) => Error::TooOld {
            what: later.what,
            since: later.since,
            instead: later.instead,
            server,
            offset: error.position.and_then(|position| byte_offset(sql, position)),
        },
        (None, _) | (_, None) => from_server(error, sql),
    }
}

/// The server counts characters from 1.
fn byte_offset(sql: &str, position: usize) -> Option<usize> {
    let characters = position.checked_sub(1)?;
    let ends = std::iter::once(sql.len());
    sql.char_indices().map(|(offset, _)| offset).chain(ends).nth(characters)
}

fn constraint(error: ServerError) -> Constraint {
    let kind = match error.state.as_str() {
        "23505" if is_primary_key(&error) => ConstraintKind::PrimaryKey,
        "23505" => ConstraintKind::Unique,
        "23502" => ConstraintKind::NotNull,
        "23514" => ConstraintKind::Check,
        "23503" | "23001" => ConstraintKind::ForeignKey,
        "P0001" => ConstraintKind::Trigger,
        _ => ConstraintKind::Other,
    };
    Constraint {
        kind,
        message: error.to_string(),
        table: error.table,
        columns: error.column.into_iter().collect(),
        name: error.constraint,
    }
}

/// The server does not say whether a key is the primary one; its name does, unless somebody chose another.
fn is_primary_key(error: &ServerError) -> bool {
    match (&error.constraint, &error.table) {
        (Some(name), Some(_)) => name.ends_with("_pkey"),
        _ => false,
    }
}

/// No session could be begun with the server.
pub(super) fn unreachable(address: &Address, error: &io::Error) -> Error {
    let reason = match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            format!("no server listens there ({error}); is it running, and is the port right?")
        }
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            let seconds = address.connect_timeout.as_secs();
            format!("the server did not answer in {seconds} s")
        }
        _ => error.to_string(),
    };
    refused(address, &reason)
}

/// No session was begun with the server, for this reason.
pub(super) fn refused(address: &Address, reason: &str) -> Error {
    Error::CannotOpen { url: address.url(), reason: reason.to_owned(), state: None }
}

/// A session ended unasked.
pub(super) fn lost(error: &io::Error) -> Error {
    Error::Disconnected(match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            "the server did not answer in time".to_owned()
        }
        _ => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_in_characters() {
        assert_eq!(byte_offset("é x", 3), Some(3));
        assert_eq!(byte_offset("é", 2), Some(2));
        assert_eq!(byte_offset("é", 3), None);
        assert_eq!(byte_offset("x", 0), None);
    }
}
