//! Indexes: <https://www.postgresql.org/docs/current/sql-createindex.html>.

use peristyle_schema::{Hint, Index, IndexKey, IndexPart, Name, Nulls, Order, Table};

use super::super::{quote, tokens};
use super::{column, expr, key};
use crate::lexer::Kind;
use crate::place::{Errors, Place};

/// The columns of an index that has no other parts.
pub(super) fn plain_columns(index: &Index) -> Option<Vec<Name>> {
    let columns = index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expr(_) => None,
    });
    columns.collect()
}

fn named_columns(index: &Index) -> Vec<Name> {
    let columns = index.parts.iter().filter_map(|part| match &part.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expr(_) => None,
    });
    columns.collect()
}

pub(super) fn normalize(table: &mut Table, errors: &mut Errors) {
    let mut indexes = std::mem::take(&mut table.indexes);
    for index in indexes.iter_mut() {
        let place =
            Place::part(table, &format!("the index `{}`", index.name), &named_columns(index));
        normalize_index(index, table, &place, errors);
    }
    table.indexes = indexes;
}

fn normalize_index(index: &mut Index, table: &Table, place: &Place, errors: &mut Errors) {
    index.constraint = Hint::NONE;
    if index.parts.is_empty() {
        errors.add(place, "empty-key", "has no part", "name its columns");
    }
    index.method = index
        .method
        .take()
        .map(|method| Name::new(method.to_ascii_lowercase()))
        .filter(|method| *method != "btree");
    for part in &mut index.parts {
        normalize_part(part, table, place, errors);
    }
    for name in &index.include {
        key::known(table, name, place, errors);
    }
    index.filter = index.filter.as_ref().map(|filter| expr::normalize(filter, place, errors));
    if index.nulls_not_distinct && !index.unique {
        errors.add(
            place,
            "unsupported-index",
            "counts nulls as equal and is not unique",
            "make it unique, or take `nulls_not_distinct` away",
        );
    }
    if index.unique && index.method.is_some() {
        errors.add(
            place,
            "unsupported-index",
            "is unique and has an access method that cannot be",
            "take `method` away, or declare an exclusion constraint: `#[exclude(\"using gist (…)\")]`",
        );
    }
}

fn normalize_part(part: &mut IndexPart, table: &Table, place: &Place, errors: &mut Errors) {
    // Where nulls stand by themselves: <https://www.postgresql.org/docs/current/indexes-ordering.html>.
    part.nulls = match (part.nulls, part.order) {
        (Some(Nulls::Last), Order::Ascending) | (Some(Nulls::First), Order::Descending) => None,
        (nulls, _) => nulls,
    };
    if let IndexKey::Expr(text) = &part.key {
        let expr = expr::normalize(text, place, errors);
        part.key = as_column(expr.as_str())
            .filter(|name| table.columns.contains(name) || key::has_parents(table))
            .map_or(IndexKey::Expr(expr), IndexKey::Column);
    }
    part.operator_class = part.operator_class.as_ref().map(|class| class.trim().to_owned());
    part.collation =
        part.collation.take().and_then(|name| column::collation_name(name, place, errors));
    if let IndexKey::Column(name) = &part.key {
        key::known(table, name, place, errors);
        let of_column = table.columns.get(name).and_then(|column| column.collation.clone());
        if part.collation == of_column {
            part.collation = None;
        }
    }
}

/// The column that an expression is nothing but.
fn as_column(text: &str) -> Option<Name> {
    match tokens::significant(text).ok()?.as_slice() {
        [token] if matches!(token.kind, Kind::Word | Kind::Quoted) => {
            let name = tokens::identifier(token);
            // A bare keyword such as CURRENT_DATE is no column.
            (token.kind == Kind::Quoted || quote::quote(&name) == *token.text).then_some(name)
        }
        _ => None,
    }
}
