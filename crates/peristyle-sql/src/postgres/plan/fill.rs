//! What existing rows get where nothing is known of them.

use peristyle_schema::{Column, Index, IndexKey, Name, QualifiedName, Table, Type};

use super::super::writer;
use super::way::{Direction, Way, Work};
use crate::Decision;

/// The value that the caller or the declaration gives for existing rows.
pub(super) fn explicit(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<String> {
    let names = |table: &QualifiedName| *table == work.new.name || *table == work.was;
    let chosen = way
        .options
        .fills
        .iter()
        .find(|(table, name, _)| names(table) && *name == column.name)
        .map(|(_, _, value)| value);
    chosen.or_else(|| column.fill.get()).map(|value| value.as_str().to_owned())
}

/// The default, as a value for existing rows, unless it is no value.
pub(super) fn default(column: &Column) -> Option<String> {
    let value = column.default.as_ref().and_then(writer::default_value)?;
    (!value.to_ascii_uppercase().starts_with("NULL")).then_some(value)
}

/// The default, as a value for the rows that are there. On the way home it is none where the rows must not share a value:
/// their own values are gone, and one for all would break the constraint.
pub(super) fn default_for_rows(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<String> {
    match way.direction {
        Direction::Down if must_not_share(work.new, &column.name) => None,
        Direction::Up | Direction::Down => default(column),
    }
}

/// What is known for rows that have no value in a column that wants one: what was chosen, the default or, on the way home,
/// the plainest value of the type where no constraint minds it.
pub(super) fn known(way: &Way<'_>, work: &Work<'_>, column: &Column) -> Option<String> {
    let default = || default_for_rows(way, work, column);
    explicit(way, work, column).or_else(default).or_else(|| match way.direction {
        Direction::Up => None,
        Direction::Down if is_constrained(work.new, &column.name) => None,
        Direction::Down => zero(way, &column.data_type),
    })
}

/// The question what existing rows get; `what` is its end.
pub(super) fn question(way: &Way<'_>, work: &Work<'_>, column: &Column, what: &str) -> Decision {
    let subject = work.subject(&column.name);
    let mut answers = Vec::new();
    if let Some(zero) = zero(way, &column.data_type)
        && !is_constrained(work.new, &column.name)
    {
        answers.push((format!("--fill {subject}:{zero}"), format!("those rows get {zero}")));
    }
    answers.push((
        format!("--fill {subject}:<sql value>"),
        "those rows get this value; it may read the row's other columns".to_owned(),
    ));
    answers.push((
        "#[column(fill = \"…\")]".to_owned(),
        "the same, said in the declaration".to_owned(),
    ));
    answers.push(("#[column(default = …)]".to_owned(), "new rows get this value too".to_owned()));
    Decision { question: format!("{subject} {what}"), answers }
}

/// Whether a constraint may mind a value of this column that nobody chose.
fn is_constrained(table: &Table, column: &Name) -> bool {
    must_not_share(table, column) || table.checks.iter().any(|check| check.expr.mentions(column))
}

/// Whether a key may mind that many rows share one value of this column.
fn must_not_share(table: &Table, column: &Name) -> bool {
    let in_key = table.primary_key.iter().any(|key| key.columns.contains(column));
    let in_foreign_key = table.foreign_keys.iter().any(|key| key.columns.contains(column));
    let in_unique = table.uniques.iter().any(|unique| unique.columns.contains(column));
    let in_index = table.indexes.iter().any(|index| index.unique && reads(index, column));
    let in_exclusion = table.exclusions.iter().any(|one| one.rule.mentions(column));
    in_key || in_foreign_key || in_unique || in_index || in_exclusion
}

/// Whether an index reads a column.
pub(super) fn reads(index: &Index, column: &Name) -> bool {
    let in_parts = index.parts.iter().any(|part| match &part.key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expr(expr) => expr.mentions(column),
    });
    in_parts
        || index.include.contains(column)
        || index.filter.as_ref().is_some_and(|filter| filter.mentions(column))
}

/// The plainest value of a type, where it has one.
fn zero(way: &Way<'_>, data_type: &Type) -> Option<String> {
    let value = match data_type {
        Type::Boolean => "false",
        Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Numeric(_) => "0",
        Type::Text | Type::Varchar(_) | Type::Char(_) => "''",
        Type::Bytes => "''::bytea",
        Type::Date => "'1970-01-01'::date",
        Type::Time => "'00:00:00'::time",
        Type::Timestamp => "'1970-01-01 00:00:00'::timestamp",
        Type::TimestampTz => "'1970-01-01 00:00:00+00'::timestamptz",
        Type::Interval => "'00:00:00'::interval",
        Type::Json => "'{}'::jsonb",
        Type::Array(_) => "'{}'",
        Type::Enum(name) => {
            let held = way.schemas.new.enums.get(name)?;
            return held.values.first().map(|value| writer::text(&value.name));
        }
        Type::Values(_) | Type::Uuid | Type::Native(_) => return None,
    };
    Some(value.to_owned())
}
