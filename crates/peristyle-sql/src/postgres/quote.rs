//! Identifiers.

/// Quotes an identifier unless it is one that PostgreSQL takes bare: lower case, and no keyword.
pub(super) fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}
