//! The catalog: what SQLite says of itself, read into a schema.

use peristyle_schema::{Diagnostic, Schema};

use crate::{Answer, CatalogQuery};

/// The one question that says it all: SQLite keeps every object's `CREATE` statement.
pub(super) const QUERIES: &[CatalogQuery] = &[CatalogQuery {
    about: "objects",
    sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid",
}];

pub(super) fn read(_answers: &[Answer]) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
    Err(vec![Diagnostic::error("not-built", "the catalog reader is not built yet")])
}
