//! Identifiers and literals in SQLite's words.

/// An identifier, double-quoted.
pub(super) fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}
