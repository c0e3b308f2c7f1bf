//! Queries that must find nothing: what the rows that are there would do to a new constraint.

use peristyle_schema::{ForeignKey, Index, IndexKey, QualifiedName, Table};

use super::super::quote::quote;
use super::super::writer;
use super::copy::Copy;
use super::way::{Work, rowid_word};
use crate::Statement;

/// The name of the referenced table inside a query about a foreign key.
const PARENT: &str = "_peristyle_parent";

/// What the copied rows would do to the new table's own constraints: missing values, checks and the primary key.
///
/// The queries read the very `SELECT` that the copy does, so that they see the values as they will be.
pub(super) fn of_copy(work: &Work<'_>, copy: &Copy) -> Vec<Statement> {
    let table = &work.new.name;
    let rows = format!("(\n    {}\n) AS {}", copy.select(work), work.sql_name());
    let mut guards = Vec::new();
    for column in copy.columns.iter().filter(|column| column.may_lack) {
        let subject = format!("{table}.{}", column.name);
        let place = column.place.as_ref().unwrap_or(&subject);
        guards.push(Statement::guard(
            format!("SELECT *\nFROM {rows}\nWHERE {} IS NULL\nLIMIT 10", quote(&column.name)),
            format!(
                "{subject} is NOT NULL, and these rows would have no value in it; give one with \
                 --fill {place}:<sql value>"
            ),
        ));
    }
    guards.extend(checks(work, copy, &rows));
    guards.extend(key(work, copy, &rows));
    guards
}

/// A check is asked about if it is new or if a value that it reads may have changed, and if it reads only what is copied.
fn checks(work: &Work<'_>, copy: &Copy, rows: &str) -> Vec<Statement> {
    let reads_generated = |check: &peristyle_schema::Check| {
        work.new
            .columns
            .iter()
            .any(|column| column.generated.is_some() && check.expr.mentions(&column.name))
            || ["rowid", "oid", "_rowid_"].iter().any(|word| check.expr.mentions(&(*word).into()))
    };
    let concerned = work.new.checks.iter().filter(|check| {
        let touched =
            copy.columns.iter().any(|column| column.touched && check.expr.mentions(&column.name));
        (touched || !work.old.checks.contains(check)) && !reads_generated(check)
    });
    concerned
        .map(|check| {
            Statement::guard(
                format!("SELECT *\nFROM {rows}\nWHERE NOT ({})\nLIMIT 10", check.expr),
                format!(
                    "{} has a check ({}) that these rows do not pass; correct them first",
                    work.new.name,
                    one_line(check.expr.as_str())
                ),
            )
        })
        .collect()
}

fn key(work: &Work<'_>, copy: &Copy, rows: &str) -> Option<Statement> {
    let key = work.new.primary_key.as_ref()?;
    let touched = key.columns.iter().any(|name| copy.get(name).is_some_and(|c| c.touched));
    let same = work.old.primary_key.as_ref().is_some_and(|held| held.columns == key.columns);
    if same && !touched {
        return None;
    }
    let columns = writer::names(&key.columns);
    let is_given: Vec<String> =
        key.columns.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
    Some(Statement::guard(
        format!(
            "SELECT {columns}, count(*) AS how_many\nFROM {rows}\nWHERE {}\nGROUP BY {columns}\n\
             HAVING count(*) > 1\nLIMIT 10",
            is_given.join(" AND ")
        ),
        format!(
            "{} cannot have the primary key ({columns}): these values stand in more than one row",
            work.new.name
        ),
    ))
}

/// Rows that share a key that is to be unique.
pub(super) fn of_unique(table: &QualifiedName, index: &Index) -> Statement {
    let keys: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let key = match &part.key {
                IndexKey::Column(name) => quote(name),
                IndexKey::Expr(expr) => format!("({expr})"),
            };
            match &part.collation {
                Some(collation) => format!("{key} COLLATE {}", quote(collation)),
                None => key,
            }
        })
        .collect();
    let mut conditions: Vec<String> = keys.iter().map(|key| format!("{key} IS NOT NULL")).collect();
    conditions.extend(index.filter.as_ref().map(|filter| format!("({filter})")));
    let keys = keys.join(", ");
    Statement::guard(
        format!(
            "SELECT {keys}, count(*) AS how_many\nFROM {}\nWHERE {}\nGROUP BY {keys}\n\
             HAVING count(*) > 1\nLIMIT 10",
            quote(&table.name),
            conditions.join(" AND ")
        ),
        format!(
            "{table} cannot have the unique index {}: these values stand in more than one row",
            index.name
        ),
    )
}

/// Rows whose foreign key points at nothing.
pub(super) fn of_foreign_key(table: &Table, key: &ForeignKey) -> Option<Statement> {
    if key.columns.len() != key.references.columns.len() {
        return None;
    }
    let name = quote(&table.name.name);
    let is_given: Vec<String> =
        key.columns.iter().map(|column| format!("{} IS NOT NULL", quote(column))).collect();
    let matches: Vec<String> = key
        .columns
        .iter()
        .zip(&key.references.columns)
        .map(|(from, to)| format!("{PARENT}.{} = {name}.{}", quote(to), quote(from)))
        .collect();
    let mut shown: Vec<String> = match (&table.primary_key, rowid_word(table)) {
        (Some(key), _) => key.columns.iter().map(|name| quote(name)).collect(),
        (None, Some(word)) => vec![word.to_owned()],
        (None, None) => Vec::new(),
    };
    for column in key.columns.iter().map(|name| quote(name)) {
        if !shown.contains(&column) {
            shown.push(column);
        }
    }
    let parent = &key.references.table;
    Some(Statement::guard(
        format!(
            "SELECT {}\nFROM {name}\nWHERE {} AND NOT EXISTS (\n    SELECT 1 FROM {} AS {PARENT} WHERE {}\n)\n\
             LIMIT 10",
            shown.join(", "),
            is_given.join(" AND "),
            quote(&parent.name),
            matches.join(" AND ")
        ),
        format!(
            "{}.{} refers to {parent}, and these rows point at rows of it that do not exist",
            table.name,
            key.columns.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
        ),
    ))
}

/// A text on one line, as a message must be.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
