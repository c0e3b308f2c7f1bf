//! Where there is no way, because what goes takes with it what others stand on.

use peristyle_schema::{Column, Diagnostic, ForeignKey, Index, IndexKey, Match, Name};

use super::fill;
use super::way::{Direction, Findings, Way, Work};

/// A foreign key comes back whose rows still hold their values, but what the values point at went without being kept: the
/// referenced table comes back empty, or the referenced column without its values. Every such row would be an orphan.
pub(super) fn refuse_orphans(way: &Way<'_>, works: &[Work<'_>], findings: &mut Findings) {
    if way.direction == Direction::Up {
        return;
    }
    for work in works {
        let comes_back = |key: &&ForeignKey| !work.old.foreign_keys.contains(key) && !key.not_valid;
        for key in work.new.foreign_keys.iter().filter(comes_back) {
            let holds_values = key.columns.iter().all(|name| {
                work.old.columns.contains(name) || way.kept_column(work, name).is_some()
            });
            if half_null(way, work, key) {
                findings.refuse(Diagnostic::error(
                    "no-way-back",
                    format!(
                        "a foreign key of {} is MATCH FULL, and only a part of its columns would have values again",
                        work.new.name
                    ),
                ));
            }
            if holds_values && points_at_nothing(way, works, key) {
                findings.refuse(Diagnostic::error(
                    "no-way-back",
                    format!(
                        "{} still holds what it referred to in {}, and that is gone for good",
                        work.new.name, key.references.table
                    ),
                ));
            }
        }
    }
}

/// A key that counts nulls as equal comes back on columns of which nothing is known: every row would have the same null.
pub(super) fn refuse_equal_rows(way: &Way<'_>, works: &[Work<'_>], findings: &mut Findings) {
    if way.direction == Direction::Up {
        return;
    }
    for work in works {
        for column in work.new.columns.iter().filter(|column| is_unknown(way, work, column)) {
            if counts_nulls(work, &column.name) {
                findings.refuse(Diagnostic::error(
                    "no-way-back",
                    format!(
                        "nothing is known to put into {} again, and a key of it counts nulls as equal",
                        work.subject(&column.name)
                    ),
                ));
            }
        }
    }
}

/// Whether a column comes back without values: each row has null in it.
fn is_unknown(way: &Way<'_>, work: &Work<'_>, column: &Column) -> bool {
    column.nullable
        && column.generated.is_none()
        && !work.old.columns.contains(&column.name)
        && way.kept_column(work, &column.name).is_none()
        && fill::explicit(way, work, column).is_none()
}

/// Whether a foreign key that allows no mixture of null and values comes back over columns with values and others without.
fn half_null(way: &Way<'_>, work: &Work<'_>, key: &ForeignKey) -> bool {
    let is_null = |name: &Name| {
        work.new.columns.get(name).is_some_and(|column| is_unknown(way, work, column))
    };
    let nulls = key.columns.iter().filter(|name| is_null(name)).count();
    key.matching == Match::Full && nulls > 0 && nulls < key.columns.len()
}

/// Whether a key of the table counts nulls of the column as equal.
fn counts_nulls(work: &Work<'_>, column: &Name) -> bool {
    let in_index = |index: &Index| {
        index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expr(expr) => expr.mentions(column),
        })
    };
    let mut uniques = work.new.uniques.iter().filter(|unique| unique.nulls_not_distinct);
    let mut indexes = work.new.indexes.iter().filter(|index| index.nulls_not_distinct);
    uniques.any(|unique| unique.columns.contains(column)) || indexes.any(in_index)
}

/// Whether the rows or values that a foreign key points at are not there on the way home.
fn points_at_nothing(way: &Way<'_>, works: &[Work<'_>], key: &ForeignKey) -> bool {
    let target = &key.references.table;
    if !way.schemas.new.tables.contains_key(target) {
        return false;
    }
    match works.iter().find(|work| work.new.name == *target) {
        None => way.kept_table(target).is_none(),
        Some(parent) => key.references.columns.iter().any(|name| {
            !parent.old.columns.contains(name) && way.kept_column(parent, name).is_none()
        }),
    }
}
