//! What stands on a column.

use peristyle_schema::{Index, IndexKey, Name, Table};

/// Whether a constraint may mind a value of this column that nobody chose.
pub(crate) fn is_constrained(table: &Table, column: &Name) -> bool {
    must_not_share(table, column) || table.checks.iter().any(|check| check.expr.mentions(column))
}

/// Whether a key may mind that many rows share one value of this column.
pub(crate) fn must_not_share(table: &Table, column: &Name) -> bool {
    let in_key = table.primary_key.iter().any(|key| key.columns.contains(column));
    let in_foreign_key = table.foreign_keys.iter().any(|key| key.columns.contains(column));
    let in_unique = table.uniques.iter().any(|unique| unique.columns.contains(column));
    let in_index = table.indexes.iter().any(|index| index.unique && reads(index, column));
    let in_exclusion = table.exclusions.iter().any(|one| one.rule.mentions(column));
    in_key || in_foreign_key || in_unique || in_index || in_exclusion
}

/// Whether an index reads a column.
pub(crate) fn reads(index: &Index, column: &Name) -> bool {
    let in_parts = index.parts.iter().any(|part| match &part.key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expr(expr) => expr.mentions(column),
    });
    in_parts
        || index.include.contains(column)
        || index.filter.as_ref().is_some_and(|filter| filter.mentions(column))
}
