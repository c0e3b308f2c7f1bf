//! Tables that another application owns: pointed to, never altered, and no part of the history.

use peristyle_schema::{Schema, Table};

/// The tables that the schema declares as another's.
pub(crate) fn external_tables(schema: &Schema) -> Vec<Table> {
    schema.tables.values().filter(|table| table.external).cloned().collect()
}

/// The schema without the tables that it declares as another's.
pub(crate) fn own_tables(schema: &Schema) -> Schema {
    let mut own = schema.clone();
    own.tables.retain(|_, table| !table.external);
    own
}

/// The schema without these tables.
pub(crate) fn without(mut schema: Schema, external: &[Table]) -> Schema {
    schema.tables.retain(|name, _| !external.iter().any(|table| table.name == *name));
    schema
}

/// The schema with these tables.
pub(crate) fn with(mut schema: Schema, external: &[Table]) -> Schema {
    external.iter().for_each(|table| schema.insert_table(table.clone()));
    schema
}
