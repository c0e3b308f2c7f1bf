//! What existing rows get where nothing is known of them.

use peristyle_schema::{Column, QualifiedName, Type};

use super::super::writer;
use super::way::{Direction, Way, Work};
use crate::Decision;
use crate::planning::{is_constrained, must_not_share, what_rows_get};

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
    let upper = value.to_ascii_uppercase();
    (upper != "NULL" && !upper.starts_with("NULL::")).then_some(value)
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
    let plainest = zero(way, &column.data_type).filter(|_| !is_constrained(work.new, &column.name));
    what_rows_get(&work.subject(&column.name), what, plainest)
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
