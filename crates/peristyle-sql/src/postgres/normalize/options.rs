//! How a table is stored and divided.

use peristyle_schema::{Partition, Schema, Table};

use super::{expr, local};
use crate::place::{Errors, Place};

/// SQLite's ways to store a table say nothing here: a declaration for both databases may have them.
pub(super) fn normalize(table: &mut Table, errors: &mut Errors) {
    let place = Place::table(table);
    let options = &mut table.options;
    options.strict = false;
    options.without_rowid = false;
    if let Some(by) = &options.partition_by {
        let spelled = expr::partition(by.as_str());
        options.partition_by = Some(expr::report(by, spelled, &place, errors));
    }
    options.partition_of = options.partition_of.take().map(|partition| {
        let spelled = expr::partition(partition.bound.as_str());
        let bound = expr::report(&partition.bound, spelled, &place, errors);
        Partition { table: local(partition.table), bound }
    });
    options.inherits = options.inherits.drain(..).map(local).collect();
    options.storage = std::mem::take(&mut options.storage)
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    if options.partition_of.is_some() && !options.inherits.is_empty() {
        errors.add(
            &place,
            "bad-partition",
            "is a partition and inherits from a table too",
            "take one of the two away: a partition has the columns of its table alone",
        );
    }
}

/// Sees that the tables it is divided from or inherits from are there.
pub(super) fn check(schema: &Schema, errors: &mut Errors) {
    for table in schema.tables.values() {
        let place = Place::table(table);
        if let Some(partition) = &table.options.partition_of {
            let parent = schema.tables.get(&partition.table);
            if parent.is_none_or(|parent| parent.options.partition_by.is_none()) {
                let message = format!(
                    "is a partition of `{}`, which is {}",
                    partition.table,
                    if parent.is_some() { "not partitioned" } else { "not declared" }
                );
                let help = "name a table that says `partition_by = \"…\"`";
                errors.add(&place, "bad-partition", &message, help);
            }
        }
        for parent in table.options.inherits.iter().filter(|name| !schema.tables.contains_key(name))
        {
            let message = format!("inherits from `{parent}`, which is not declared");
            errors.add(
                &place,
                "unknown-table",
                &message,
                "declare that table, or correct its name",
            );
        }
    }
}
