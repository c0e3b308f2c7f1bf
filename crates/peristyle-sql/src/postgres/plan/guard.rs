//! Queries that must find nothing: what the rows that are there would do to a new constraint.
//!
//! The server would refuse them too, but it shows one row at most, and only where it stopped. Keys and foreign keys speak of a
//! table's own rows, not of those of tables that inherit from it: what stands behind `FROM` is for the caller to say.

use peristyle_schema::{Check, ForeignKey, Index, Name, PrimaryKey, Table, Unique};

use super::super::quote::{qualified, quote};
use super::super::writer;
use super::convert::Conversion;
use super::way::Work;
use crate::Statement;

/// The name of the referenced table inside a query about a foreign key.
const PARENT: &str = "_peristyle_parent";

/// Rows without a value in a column that wants one.
pub(super) fn of_missing(work: &Work<'_>, column: &Name) -> Statement {
    let subject = work.subject(column);
    Statement::guard(
        format!(
            "SELECT {}\nFROM {}\nWHERE {} IS NULL\nLIMIT 10",
            shown(work.shown_key(), &quote(column)),
            work.sql_name(),
            quote(column)
        ),
        format!(
            "{subject} is NOT NULL, and these rows have no value in it; give one with --fill {subject}:<sql value>"
        ),
    )
}

/// Rows whose value cannot be converted.
pub(super) fn of_stray(
    work: &Work<'_>,
    name: &str,
    conversion: &Conversion,
    stray: &str,
    message: String,
) -> Statement {
    let given = conversion.given;
    Statement::guard(
        format!(
            "SELECT {}\nFROM {}\nWHERE {name} {given} AND ({stray})\nLIMIT 10",
            shown(work.shown_key(), name),
            work.sql_name()
        ),
        message,
    )
}

/// Rows that do not pass a check, out of `rows`.
pub(super) fn of_check(rows: &str, table: &Table, check: &Check) -> Statement {
    Statement::guard(
        format!("SELECT *\nFROM {rows}\nWHERE NOT ({})\nLIMIT 10", check.expr),
        format!(
            "{} has a check ({}) that these rows do not pass; correct them first",
            table.name, check.expr
        ),
    )
}

/// Rows of `rows` that share a primary key.
pub(super) fn of_key(rows: &str, table: &Table, key: &PrimaryKey) -> Statement {
    let columns = writer::names(&key.columns);
    let given = given(&key.columns);
    twins(
        rows,
        &columns,
        &[given],
        format!(
            "{} cannot have the primary key ({columns}): these values stand in more than one row",
            table.name
        ),
    )
}

/// Rows that share the values of a unique constraint.
pub(super) fn of_unique_constraint(rows: &str, table: &Table, unique: &Unique) -> Statement {
    let columns = writer::names(&unique.columns);
    let conditions =
        if unique.nulls_not_distinct { Vec::new() } else { vec![given(&unique.columns)] };
    twins(
        rows,
        &columns,
        &conditions,
        format!(
            "{} cannot be unique by ({columns}): these values stand in more than one row",
            table.name
        ),
    )
}

/// Rows that share a key that is to be unique.
pub(super) fn of_unique_index(rows: &str, table: &Table, index: &Index) -> Statement {
    let keys: Vec<String> = index
        .parts
        .iter()
        .map(|part| match &part.collation {
            Some(collation) => {
                format!(
                    "{} COLLATE {}",
                    writer::index_key(part),
                    writer::collation_words(collation)
                )
            }
            None => writer::index_key(part),
        })
        .collect();
    let mut conditions: Vec<String> = match index.nulls_not_distinct {
        true => Vec::new(),
        false => keys.iter().map(|key| format!("{key} IS NOT NULL")).collect(),
    };
    conditions.extend(index.filter.as_ref().map(|filter| format!("({filter})")));
    twins(
        rows,
        &keys.join(", "),
        &conditions,
        format!(
            "{} cannot have the unique index {}: these values stand in more than one row",
            table.name, index.name
        ),
    )
}

/// Rows whose foreign key points at nothing.
pub(super) fn of_foreign_key(rows: &str, table: &Table, key: &ForeignKey) -> Option<Statement> {
    if key.columns.len() != key.references.columns.len() || key.columns.is_empty() {
        return None;
    }
    let name = qualified(&table.name);
    let matches: Vec<String> = key
        .columns
        .iter()
        .zip(&key.references.columns)
        .map(|(from, to)| format!("{PARENT}.{} = {name}.{}", quote(to), quote(from)))
        .collect();
    let mut columns: Vec<String> = match &table.primary_key {
        Some(key) => key.columns.iter().map(|name| quote(name)).collect(),
        None => vec!["ctid".to_owned()],
    };
    for column in key.columns.iter().map(|name| quote(name)) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    let parent = &key.references.table;
    Some(Statement::guard(
        format!(
            "SELECT {}\nFROM {rows}\nWHERE {} AND NOT EXISTS (\n    SELECT 1 FROM {} AS {PARENT} WHERE {}\n)\n\
             LIMIT 10",
            columns.join(", "),
            given(&key.columns),
            qualified(parent),
            matches.join(" AND ")
        ),
        format!(
            "{}.{} refers to {parent}, and these rows point at rows of it that do not exist",
            table.name,
            key.columns.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
        ),
    ))
}

fn twins(table: &str, keys: &str, conditions: &[String], message: String) -> Statement {
    let which = match conditions {
        [] => String::new(),
        conditions => format!("WHERE {}\n", conditions.join(" AND ")),
    };
    Statement::guard(
        format!(
            "SELECT {keys}, count(*) AS how_many\nFROM {table}\n{which}GROUP BY {keys}\n\
             HAVING count(*) > 1\nLIMIT 10"
        ),
        message,
    )
}

fn given(columns: &[Name]) -> String {
    let terms: Vec<String> =
        columns.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
    terms.join(" AND ")
}

fn shown(mut key: Vec<String>, column: &str) -> String {
    if !key.iter().any(|name| name == column) {
        key.push(column.to_owned());
    }
    key.join(", ")
}
