//! Indexes.

use peristyle_schema::{Index, IndexKey, IndexPart, Name, Nulls, Order, Table};

use super::super::{collation, expression, own_name, quote};
use super::expr::{self, Reads};
use super::{Errors, Place, key};

/// The columns that an index names outright.
pub(super) fn columns(index: &Index) -> Vec<Name> {
    let named = index.parts.iter().filter_map(|part| match &part.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expr(_) => None,
    });
    named.collect()
}

pub(super) fn normalize(table: &mut Table, names: &[Name], errors: &mut Errors) {
    let mut indexes = std::mem::take(&mut table.indexes);
    for index in indexes.iter_mut() {
        let what = format!("the index `{}`", index.name);
        let place = Place::part(table, &what, &columns(index));
        unsupported(index, &place, errors);
        if index.parts.is_empty() {
            errors.add(&place, "empty-key", "has no part", "name its columns");
        }
        for part in &mut index.parts {
            normalize_part(part, table, names, &place, errors);
        }
        index.filter = index
            .filter
            .as_ref()
            .map(|filter| expr::normalize(filter, Reads::ColumnsAndRowid, names, &place, errors));
    }
    table.indexes = indexes;
}

/// What other databases' indexes have.
fn unsupported(index: &mut Index, place: &Place, errors: &mut Errors) {
    let faults = [
        (
            index.method.is_some(),
            "has an access method",
            "take it away: SQLite has one kind of index",
        ),
        (!index.include.is_empty(), "includes columns", "name them as last parts of the key"),
        (
            index.nulls_not_distinct,
            "counts nulls as equal, and SQLite never does",
            "make the columns NOT NULL, or index `coalesce(column, …)`",
        ),
        (
            index.parts.iter().any(|part| part.operator_class.is_some()),
            "has an operator class",
            "take it away: SQLite sorts by collations",
        ),
    ];
    for (_, message, help) in faults.into_iter().filter(|(found, ..)| *found) {
        errors.add(place, "unsupported-index", message, help);
    }
}

fn normalize_part(
    part: &mut IndexPart,
    table: &Table,
    names: &[Name],
    place: &Place,
    errors: &mut Errors,
) {
    match (part.nulls.take(), part.order) {
        (None, _) | (Some(Nulls::First), Order::Ascending) => {}
        (Some(Nulls::Last), Order::Descending) => {}
        (Some(_), _) => errors.add(
            place,
            "unsupported-index",
            "places nulls, and SQLite has them before all values",
            "take `nulls` away, or index `column IS NULL` before the column",
        ),
    }
    if let IndexKey::Expr(text) = &part.key {
        let expr = expr::normalize(text, Reads::Columns, names, place, errors);
        let column = expression::as_column(&expr).and_then(|name| own_name::column(table, &name));
        part.key = column.map_or(IndexKey::Expr(expr), IndexKey::Column);
    }
    match &mut part.key {
        IndexKey::Column(name) => {
            key::columns(table, std::slice::from_mut(name), place, errors);
            let column = table.columns.get(name);
            part.collation = part
                .collation
                .as_ref()
                .and_then(|named| column.and_then(|column| collation::of_part(named, column)));
        }
        // The catalog does not tell the collation of an expression from the expression.
        IndexKey::Expr(expr) => {
            if let Some(named) = part.collation.take() {
                let named = quote::quote(&collation::canonical(&named));
                let text = format!("({expr}) COLLATE {named}");
                *expr = expr::normalize(&text.into(), Reads::Columns, names, place, errors);
            }
        }
    }
}
