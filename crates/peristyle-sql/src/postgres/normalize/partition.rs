//! What keeps the rows of a partitioned table apart: <https://www.postgresql.org/docs/current/ddl-partitioning.html>.

use peristyle_schema::{Index, IndexKey, Name, Table};

use super::super::tokens;
use crate::lexer::Kind;
use crate::place::{Errors, Place};

/// A column that divides a table.
struct Divider {
    column: Name,
    /// Whether the table is divided by the column's own collation.
    as_it_is: bool,
}

/// Sees that every key of a partitioned table holds the columns that divide it: no index reaches from one partition to
/// another.
pub(super) fn check_keys(table: &Table, errors: &mut Errors) {
    let Some(by) = &table.options.partition_by else { return };
    let dividers = dividers(by.as_str());
    let mut check = |what: &str, columns: &[Name], holds: &dyn Fn(&Divider) -> bool| {
        let why = match &dividers {
            None => "the table is divided by an expression".to_owned(),
            Some(dividers) => match dividers.iter().find(|divider| !holds(divider)) {
                None => return,
                Some(divider) => {
                    format!("the table is divided by `{}`, which it lacks", divider.column)
                }
            },
        };
        errors.add(
            &Place::part(table, what, columns),
            "partition-key",
            &format!("cannot keep the rows of several partitions apart: {why}"),
            "take every column of `partition_by` into it, in the column's own collation, or declare it on each partition",
        );
    };
    let key = table.primary_key.iter().map(|key| ("the primary key", &key.columns));
    let uniques = table.uniques.iter().map(|unique| ("a unique constraint", &unique.columns));
    for (what, columns) in key.chain(uniques) {
        check(what, columns, &|divider| columns.contains(&divider.column));
    }
    for index in table.indexes.iter().filter(|index| index.unique) {
        check(&format!("the index `{}`", index.name), &[], &|divider| holds(index, divider));
    }
}

fn holds(index: &Index, divider: &Divider) -> bool {
    index.parts.iter().any(|part| match &part.key {
        IndexKey::Column(name) => {
            *name == divider.column && (part.collation.is_none() || !divider.as_it_is)
        }
        IndexKey::Expr(_) => false,
    })
}

/// The columns that divide a table: `RANGE (a, b COLLATE "C")`. None if an expression does.
fn dividers(by: &str) -> Option<Vec<Divider>> {
    let tokens = tokens::significant(by).ok()?;
    let [_method, open, inside @ .., close] = tokens.as_slice() else { return None };
    if open.text != "(" || close.text != ")" {
        return None;
    }
    let mut dividers = Vec::new();
    for part in inside.split(|token| token.text == ",") {
        let (first, rest) = part.split_first()?;
        let is_name = matches!(first.kind, Kind::Word | Kind::Quoted);
        if !is_name || rest.iter().any(|token| ["(", ")"].contains(&token.text)) {
            return None;
        }
        let as_it_is = !rest.iter().any(|token| token.is_word("COLLATE"));
        dividers.push(Divider { column: tokens::identifier(first), as_it_is });
    }
    Some(dividers)
}
