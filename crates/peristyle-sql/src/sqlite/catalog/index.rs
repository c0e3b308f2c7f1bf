//! From an index as it is written to an index of the schema.

use peristyle_schema::{Hint, Index, IndexKey, IndexPart, Name, Order, Table};

use super::super::expression::{self, Scope};
use super::super::parse::{CreateIndex, Run, SortedPart};
use super::super::{collation, own_name, quote};
use crate::lexer::Kind;

/// Adds an index. One made by a constraint may bear the name of one that was made by itself, because its name is made
/// up here; it steps aside.
pub(super) fn insert(table: &mut Table, index: Index) {
    if let Some(made_up) = table.indexes.get(&index.name).cloned()
        && index.constraint.is_none()
        && !made_up.constraint.is_none()
    {
        table.indexes.insert(index);
        insert_aside(table, made_up);
    } else {
        table.indexes.insert(index);
    }
}

/// Adds an index under the first free name after its own.
pub(super) fn insert_aside(table: &mut Table, mut index: Index) {
    let stem = index.name.clone();
    let mut number = 1;
    while table.indexes.contains(&index.name) {
        number += 1;
        index.name = Name::new(format!("{stem}_{number}"));
    }
    table.indexes.insert(index);
}

pub(super) fn lower(index: &CreateIndex<'_>, table: &Table) -> Index {
    let columns: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
    Index {
        name: index.name.clone(),
        parts: index.parts.iter().map(|p| part(p, table, &columns)).collect(),
        unique: index.unique,
        filter: index.filter.map(|filter| expression::of_tokens(filter, Scope::Columns(&columns))),
        method: None,
        include: Vec::new(),
        nulls_not_distinct: false,
        storage: Default::default(),
        concurrently: Hint::NONE,
        constraint: Hint::NONE,
    }
}

/// A part of an index's key.
pub(super) fn part(part: &SortedPart<'_>, table: &Table, columns: &[Name]) -> IndexPart {
    let (key, order) = (part.key, part.order);
    let plain =
        |key, collation| IndexPart { key, order, nulls: None, collation, operator_class: None };
    match column(key, table) {
        Some((name, named)) => {
            let column = table.columns.get(&name);
            let collation = named.and_then(|n| column.and_then(|c| collation::of_part(&n, c)));
            plain(IndexKey::Column(name), collation)
        }
        None => plain(IndexKey::Expr(expression::of_tokens(key, Scope::Columns(columns))), None),
    }
}

/// The column that a key names, if it is not an expression, with the collation that is named behind it.
fn column(key: Run<'_>, table: &Table) -> Option<(Name, Option<Name>)> {
    match expression::without_parentheses(key) {
        [token] if matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Text) => {
            Some((own_name::column(table, &quote::unquote(token))?, None))
        }
        [inner @ .., collate, collation] if collate.is_word("COLLATE") => {
            let (name, _) = column(inner, table)?;
            Some((name, Some(quote::unquote(collation))))
        }
        _ => None,
    }
}

/// The columns of a key of columns alone, and whether each is plain: ascending, under its own collation.
pub(super) fn plain_columns(
    parts: &[SortedPart<'_>],
    table: &Table,
    columns: &[Name],
) -> Option<(Vec<Name>, bool)> {
    let mut names = Vec::new();
    let mut plain = true;
    for written in parts {
        let part = part(written, table, columns);
        plain &= part.order == Order::Ascending && part.collation.is_none();
        match part.key {
            IndexKey::Column(name) => names.push(name),
            IndexKey::Expr(_) => return None,
        }
    }
    Some((names, plain))
}
