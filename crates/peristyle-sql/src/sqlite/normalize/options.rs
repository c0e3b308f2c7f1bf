//! What other databases' tables have. What only says how rows are stored is left out, because a declaration may be meant for
//! several databases; what says which rows there can be, or who may see them, is an error.

use peristyle_schema::{RowSecurity, Table, TableOptions};

use crate::place::{Errors, Place};

pub(super) fn normalize(table: &mut Table, errors: &mut Errors) {
    let place = Place::table(table);
    let options = &table.options;
    let faults = [
        (
            options.partition_by.is_some(),
            "is partitioned, and SQLite has no partitions",
            "take `partition_by` away: SQLite keeps the rows of a table in one place",
        ),
        (
            options.partition_of.is_some(),
            "is a partition, and SQLite has no partitions",
            "declare the whole table alone",
        ),
        (
            !options.inherits.is_empty(),
            "inherits from a table, which SQLite's tables cannot",
            "write the columns out, or reference the other table",
        ),
        (
            options.row_security != RowSecurity::Off,
            "has row security, which SQLite has not",
            "take `row_security` away, and let the application see to who may see what",
        ),
        (
            !table.exclusions.is_empty(),
            "has an exclusion constraint, which SQLite has not",
            "say that it is PostgreSQL's, `#[exclude(postgres, \"…\")]`, and let a trigger see to it here",
        ),
    ];
    for (_, message, help) in faults.into_iter().filter(|(found, ..)| *found) {
        errors.add(&place, "unsupported-table", message, help);
    }
    table.exclusions.clear();
    table.options = TableOptions {
        strict: options.strict,
        without_rowid: options.without_rowid,
        ..TableOptions::default()
    };
    for check in &mut table.checks {
        (check.no_inherit, check.not_valid) = (false, false);
    }
    for key in &mut table.foreign_keys {
        key.not_valid = false;
    }
    for index in table.indexes.iter_mut() {
        index.storage.clear();
    }
}
