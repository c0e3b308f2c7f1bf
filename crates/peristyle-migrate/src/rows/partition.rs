//! Partitions, which hold the rows of a divided table.

use std::borrow::Cow;

use peristyle_schema::{QualifiedName, Schema, Table};

/// The table with the columns and rules that it has from the table it is a partition of.
pub(super) fn whole<'a>(schema: &'a Schema, table: &'a Table) -> Cow<'a, Table> {
    let parent = table.options.partition_of.as_ref();
    let Some(parent) = parent.and_then(|of| schema.tables.get(&of.table)) else {
        return Cow::Borrowed(table);
    };
    let parent = whole(schema, parent);
    let mut whole = table.clone();
    for column in parent.columns.iter().filter(|c| table.columns.get(&c.name).is_none()) {
        whole.columns.insert(column.clone());
    }
    whole.primary_key = table.primary_key.clone().or_else(|| parent.primary_key.clone());
    let more = parent.foreign_keys.iter().filter(|key| !table.foreign_keys.contains(key));
    whole.foreign_keys.extend(more.cloned());
    let more = parent.checks.iter().filter(|check| !table.checks.contains(check));
    whole.checks.extend(more.cloned());
    Cow::Owned(whole)
}

/// The partitions of a table.
pub(super) fn of<'a>(
    schema: &'a Schema,
    table: &'a QualifiedName,
) -> impl Iterator<Item = &'a QualifiedName> {
    schema
        .tables
        .values()
        .filter(move |t| t.options.partition_of.as_ref().is_some_and(|of| of.table == *table))
        .map(|t| &t.name)
}
