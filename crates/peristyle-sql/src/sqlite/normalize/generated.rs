//! Generated columns: <https://sqlite.org/gencol.html>.

use std::collections::BTreeMap;

use peristyle_schema::{Name, Table};

use super::super::expression;
use super::expr::{self, Reads};
use super::{Errors, Place};

pub(super) fn normalize(table: &mut Table, names: &[Name], errors: &mut Errors) {
    if table.columns.iter().all(|column| column.generated.is_none()) {
        return;
    }
    let shell = table.clone();
    for column in table.columns.iter_mut() {
        let place = Place::column(&shell, column);
        let Some(generated) = &mut column.generated else { continue };
        generated.expr = expr::normalize(&generated.expr, Reads::Columns, names, &place, errors);
        if column.default.is_some() {
            errors.add(
                &place,
                "generated-default",
                "is generated and has a default",
                "take one of the two away: a generated column always has the value of its expression",
            );
        }
        if column.identity.is_some() {
            errors.add(
                &place,
                "generated-identity",
                "is generated and numbered by the database",
                "take one of the two away",
            );
        }
        if shell.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name)) {
            errors.add(
                &place,
                "generated-key",
                "is generated and in the primary key, which SQLite does not allow",
                "make it an ordinary column, or give it a unique index instead",
            );
        }
    }
    cycles(table, errors);
}

/// A generated column that reads itself, at once or through others.
fn cycles(table: &Table, errors: &mut Errors) {
    let mut reads: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in &table.columns {
        if let Some(generated) = &column.generated {
            let names = expression::columns(&generated.expr);
            let names = names.iter().map(|name| name.to_ascii_lowercase()).collect();
            reads.insert(column.name.to_ascii_lowercase(), names);
        }
    }
    for column in &table.columns {
        let start = column.name.to_ascii_lowercase();
        let mut waiting = reads.get(&start).cloned().unwrap_or_default();
        let mut seen: Vec<String> = Vec::new();
        while let Some(name) = waiting.pop() {
            if name == start {
                errors.add(
                    &Place::column(table, column),
                    "generated-loop",
                    "is generated from itself",
                    "write its expression over other columns",
                );
                break;
            }
            if !seen.contains(&name) {
                waiting.extend(reads.get(&name).into_iter().flatten().cloned());
                seen.push(name);
            }
        }
    }
}
