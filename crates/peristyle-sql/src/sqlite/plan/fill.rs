//! What existing rows get where nothing is known of them.

use peristyle_schema::{Column, ColumnDefault, Pair, QualifiedName, Type};

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

/// Whether a value that was chosen may turn out to be none: it is NULL, or it is computed.
pub(super) fn may_be_null(value: &str) -> bool {
    value.eq_ignore_ascii_case("NULL") || !writer::is_constant(value)
}

/// The default, as a value for existing rows, unless it is no value.
pub(super) fn default(column: &Column) -> Option<String> {
    let value = column.default.as_ref().and_then(writer::default_value)?;
    (!value.eq_ignore_ascii_case("NULL")).then_some(value)
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
        Direction::Down => zero(&column.data_type),
    })
}

/// On the way home, the constant that the way there put into rows that held nothing. Where it cannot be converted back,
/// nothing is what such a row held.
pub(super) fn put_in(way: &Way<'_>, work: &Work<'_>, columns: Pair<&Column>) -> Option<String> {
    let is_filled = !columns.old.nullable && columns.new.nullable;
    if way.direction == Direction::Up || !is_filled {
        return None;
    }
    let mut held = columns.old.clone();
    held.name = work.former(&columns.old.name);
    let value = explicit(way, work, &held).or_else(|| default(&held))?;
    writer::is_constant(&value).then_some(value)
}

/// The question what existing rows get; `what` is its end.
pub(super) fn question(work: &Work<'_>, column: &Column, what: &str) -> Decision {
    let plainest = zero(&column.data_type).filter(|_| !is_constrained(work.new, &column.name));
    what_rows_get(&work.subject(&column.name), what, plainest)
}

/// The plainest value of a type, where it has one.
fn zero(data_type: &Type) -> Option<String> {
    let value = match data_type {
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Numeric(_) => "0",
        Type::Text | Type::Varchar(_) | Type::Char(_) => "''",
        Type::Bytes => "x''",
        Type::Date => "'1970-01-01'",
        Type::Time => "'00:00:00.000000'",
        Type::Timestamp => "'1970-01-01T00:00:00.000000'",
        Type::TimestampTz => "'1970-01-01T00:00:00.000000Z'",
        Type::Json => "'{}'",
        Type::Values(values) => return values.first().map(|value| writer::text(&value.name)),
        Type::Uuid | Type::Interval | Type::Enum(_) | Type::Array(_) | Type::Native(_) => {
            return None;
        }
    };
    Some(value.to_owned())
}

/// Whether a column's default is the same for every row, so that `ADD COLUMN` takes it.
pub(super) fn has_constant_default(default: &ColumnDefault) -> bool {
    writer::default_value(default).is_some_and(|value| writer::is_constant(&value))
}
