use peristyle_schema::Table;

use super::Finding;

/// What every table has, and how it is written.
const COLUMNS: [(&str, &str); 2] = [
    ("created_at", "#[column(default = now)] pub created_at: Timestamp"),
    ("updated_at", "#[column(default = now, on_update = now)] pub updated_at: Timestamp"),
];

pub(super) fn check(table: &Table) -> Vec<Finding> {
    let missing = COLUMNS.iter().filter(|(name, _)| table.columns.get(name).is_none());
    missing
        .map(|(name, declaration)| {
            Finding::new(
                table.span.get(),
                format!("the table `{}` has no `{name}`", table.name),
                format!("write `{declaration}`"),
            )
        })
        .collect()
}
