//! Indexes.

use peristyle_schema::{Index, IndexKey, IndexPart, Nulls, Order, QualifiedName};

use super::super::quote::{qualified, quote};
use super::{collation_words, names, parenthesized, storage};

/// `CREATE INDEX`. One that is built without blocking writers may have been built before, so it says `IF NOT EXISTS`.
pub(in super::super) fn create_index(
    table: &QualifiedName,
    index: &Index,
    concurrently: bool,
) -> String {
    let mut sql = format!(
        "CREATE {}INDEX {}{} ON {}",
        if index.unique { "UNIQUE " } else { "" },
        if concurrently { "CONCURRENTLY IF NOT EXISTS " } else { "" },
        quote(&index.name),
        qualified(table),
    );
    if let Some(method) = &index.method {
        sql.push_str(&format!(" USING {}", quote(method)));
    }
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    sql.push_str(&format!(" ({})", parts.join(", ")));
    if !index.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", names(&index.include)));
    }
    if index.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    if !index.storage.is_empty() {
        sql.push_str(&format!(" WITH ({})", storage(&index.storage)));
    }
    if let Some(filter) = &index.filter {
        sql.push_str(&format!(" WHERE {filter}"));
    }
    sql
}

/// What a part of an index sorts by, as it stands in any expression.
pub(in super::super) fn index_key(part: &IndexPart) -> String {
    match &part.key {
        IndexKey::Column(name) => quote(name),
        IndexKey::Expr(expr) => parenthesized(expr.as_str()),
    }
}

fn index_part(part: &IndexPart) -> String {
    let mut text = index_key(part);
    if let Some(collation) = &part.collation {
        text.push_str(&format!(" COLLATE {}", collation_words(collation)));
    }
    if let Some(class) = &part.operator_class {
        text.push_str(&format!(" {class}"));
    }
    match part.order {
        Order::Ascending => {}
        Order::Descending => text.push_str(" DESC"),
    }
    match part.nulls {
        None => {}
        Some(Nulls::First) => text.push_str(" NULLS FIRST"),
        Some(Nulls::Last) => text.push_str(" NULLS LAST"),
    }
    text
}
