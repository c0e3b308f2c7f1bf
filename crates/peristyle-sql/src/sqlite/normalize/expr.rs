//! Expressions over the columns of a table: checks, generated columns, indexes and their filters.

use peristyle_schema::{Expr, Name, Table};

use super::super::expression::{self, Scope};
use super::{Errors, Place};

/// Where an expression stands; it decides whether the row's number can be read there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// Columns alone.
    Columns,
    /// Columns, and the row's number by the names that SQLite gives it.
    ColumnsAndRowid,
}

/// The canonical form of an expression; what is wrong with it is an error, and it stays as it is.
pub(super) fn normalize(
    expr: &Expr,
    reads: Reads,
    columns: &[Name],
    place: &Place,
    errors: &mut Errors,
) -> Expr {
    let canonical = match expression::canonical_in(expr.as_str(), Scope::Open) {
        Ok(canonical) => canonical,
        Err(error) => {
            let message = format!("holds `{expr}`, which is no expression: {}", error.message);
            errors.add(
                place,
                "bad-expression",
                &message,
                error.help.as_deref().unwrap_or_default(),
            );
            return expr.clone();
        }
    };
    if expression::holds_query(&canonical) {
        errors.add(
            place,
            "bad-expression",
            &format!("holds `{canonical}`, and SQLite allows no query there"),
            "use a trigger, or let the application see to it",
        );
    }
    for name in expression::columns(&canonical) {
        let rowid = ["rowid", "oid", "_rowid_"].iter().any(|r| r.eq_ignore_ascii_case(&name));
        let known = columns.iter().any(|column| column.eq_ignore_ascii_case(&name))
            || rowid && reads == Reads::ColumnsAndRowid;
        if !known {
            errors.add(
                place,
                "unknown-column",
                &format!("holds `{canonical}`, which names the unknown column `{name}`"),
                &unknown_help(&name, columns),
            );
        }
    }
    canonical
}

/// The way out where a column is not known.
pub(super) fn unknown_help(name: &Name, columns: &[Name]) -> String {
    let list: Vec<&str> = columns.iter().map(Name::as_str).collect();
    format!(
        "write '{name}' in single quotes if it is text; the table's columns are {}",
        list.join(", ")
    )
}

/// The table's checks.
pub(super) fn checks(table: &mut Table, names: &[Name], errors: &mut Errors) {
    let mut checks = std::mem::take(&mut table.checks);
    for check in &mut checks {
        let columns: Vec<Name> = match expression::canonical(check.expr.as_str()) {
            Ok(expr) => expression::columns(&expr),
            Err(_) => Vec::new(),
        };
        let place = Place::part(table, "a check", &columns);
        check.expr = normalize(&check.expr, Reads::ColumnsAndRowid, names, &place, errors);
    }
    table.checks = checks;
}
