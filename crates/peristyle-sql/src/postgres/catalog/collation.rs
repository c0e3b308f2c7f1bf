//! Names of collations.

use peristyle_schema::{Name, QualifiedName};

use super::super::{data_type, quote};
use super::quoted;

/// The name of a collation, out of its print: with its namespace where the search path does not lead to it.
pub(in super::super) fn read(print: &str) -> Name {
    match data_type::path(print) {
        Some(name) => Name::new(name.to_string()),
        None => Name::from(print),
    }
}

/// A collation's name in SQL.
pub(in super::super) fn words(name: &Name) -> String {
    match name.parse::<QualifiedName>() {
        Ok(name) => quoted(&name),
        Err(_) => quote::quote(name),
    }
}
