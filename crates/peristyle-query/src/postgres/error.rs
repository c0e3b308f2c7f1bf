//! From PostgreSQL's words to typed errors (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).

use peristyle_driver::postgres::ServerError;

use crate::Error;
use crate::source::SourceInfo;

/// What the server says of a statement on `source`.
pub(super) fn of_statement(refused: &ServerError, source: &'static SourceInfo) -> Error {
    let table = || refused.table.clone().unwrap_or_else(|| source.name.to_owned());
    let constraint = || refused.constraint.clone();
    match refused.state.as_str() {
        "23505" => unique(refused, table(), source),
        // The server names the table that has the key, and not the one that was written to.
        "23503" if source.name.is_empty() => {
            Error::ForeignKey { constraint: constraint(), table: table() }
        }
        "23503" => Error::ForeignKey { constraint: constraint(), table: source.name.to_owned() },
        "23514" => Error::Check { table: table(), name: constraint().unwrap_or_default() },
        "23502" => {
            Error::NotNull { table: table(), column: refused.column.clone().unwrap_or_default() }
        }
        "23P01" => {
            Error::Exclusion { table: table(), constraint: constraint().unwrap_or_default() }
        }
        _ => general(refused),
    }
}

/// What the server says where no statement on a table is at fault.
pub(super) fn general(refused: &ServerError) -> Error {
    match refused.state.as_str() {
        // A lock that was not to be had in time.
        "55P03" => Error::Busy,
        // Two transactions that cannot both have run by themselves, or that wait for each other.
        "40001" | "40P01" => Error::Conflict { message: refused.to_string() },
        "25P02" => Error::Aborted,
        // Rules that are checked when the transaction ends are broken by no statement in particular.
        "23505" | "23503" | "23514" | "23502" | "23P01" => deferred(refused),
        _ if refused.is_fatal() || refused.state.starts_with("08") => {
            Error::Connection { reason: format!("the connection is lost: {refused}") }
        }
        state => Error::Database { code: Some(state.to_owned()), message: refused.to_string() },
    }
}

/// A rule that is broken at the end of a transaction, of which the server alone says the table.
fn deferred(refused: &ServerError) -> Error {
    static UNKNOWN: SourceInfo = SourceInfo {
        namespace: None,
        name: "",
        alias: None,
        home: crate::source::Home::Database,
        columns: &[],
        key: &[],
        uniques: &[],
    };
    of_statement(refused, &UNKNOWN)
}

/// The session is over.
pub(super) fn lost(error: peristyle_driver::Error) -> Error {
    Error::Connection { reason: error.to_string() }
}

/// Whether a prepared statement fails because what it was prepared for has changed, or because it is not there.
pub(super) fn is_stale(refused: &ServerError) -> bool {
    matches!(
        refused.state.as_str(),
        // A changed result, no such statement, one of that name, other types, no such operator, and a type that is gone.
        "0A000" | "26000" | "42P05" | "42804" | "42883" | "XX000"
    )
}

/// The constraint's columns are known by its name; those of an index that the declaration does not have, from the words.
fn unique(refused: &ServerError, table: String, source: &'static SourceInfo) -> Error {
    let constraint = refused.constraint.clone();
    let declared = source
        .uniques
        .iter()
        .find(|unique| table == source.name && Some(unique.name) == constraint.as_deref());
    let columns = match declared {
        Some(unique) => {
            unique.columns.iter().map(|at| source.column_name(*at).to_owned()).collect()
        }
        None => refused.detail.as_deref().map(key_of).unwrap_or_default(),
    };
    Error::Unique { constraint, table, columns }
}

/// The columns in `Key (author_id, title)=(…) already exists.`, in whatever language; none if there is an expression.
fn key_of(detail: &str) -> Vec<String> {
    let key = detail.split_once('(').and_then(|(_, rest)| rest.split_once(")=("));
    let Some((key, _)) = key else { return Vec::new() };
    let column = |text: &str| {
        let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        plain.then(|| text.to_owned())
    };
    key.split(", ").map(column).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_key_are_read_from_its_words() {
        assert_eq!(key_of("Key (author_id, title)=(1, A) already exists."), ["author_id", "title"]);
        assert_eq!(key_of("Schlüssel »(name)=((x)=(y))« existiert bereits."), ["name"]);
        assert_eq!(key_of("Key (lower(email))=(a) already exists."), [] as [&str; 0]);
        assert_eq!(key_of("Something else."), [] as [&str; 0]);
    }
}
