//! Small pieces of SQL that every database takes.

use peristyle_schema::{Name, QualifiedName};
use peristyle_sql::Dialect;

/// A table's name, quoted.
pub(crate) fn table_name(dialect: &dyn Dialect, name: &QualifiedName) -> String {
    match &name.namespace {
        Some(namespace) => format!("{}.{}", dialect.quote(namespace), dialect.quote(&name.name)),
        None => dialect.quote(&name.name),
    }
}

/// Columns' names, quoted, with commas.
pub(crate) fn column_list<'a>(
    dialect: &dyn Dialect,
    columns: impl Iterator<Item = &'a Name>,
) -> String {
    columns.map(|column| dialect.quote(column)).collect::<Vec<_>>().join(", ")
}
