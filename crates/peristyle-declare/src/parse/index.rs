//! Indexes and unique constraints, on a struct or on a field.

use std::sync::Arc;

use peristyle_schema::{Expr, Name, Order};
use syn::spanned::Spanned;
use syn::{Attribute, LitStr};

use super::attributes::{place, unexpected, word};
use super::fields::{Fields, named_twice};
use super::options::{Entry, EntryKind, Given, dialect, entries};
use super::sort::Sort;
use super::{reference, value};
use crate::error::Error;
use crate::model::{IndexDecl, IndexDeclKey, IndexDeclPart};

const INDEX: &[&str] = &[
    "name",
    "unique",
    "where",
    "method",
    "include",
    "nulls_not_distinct",
    "with",
    "concurrently",
    "sqlite",
    "postgres",
];
const UNIQUE: &[&str] =
    &["name", "where", "nulls_not_distinct", "deferrable", "sqlite", "postgres"];
const FIELD_INDEX: &[&str] = &[
    "name",
    "unique",
    "where",
    "desc",
    "collate",
    "ops",
    "method",
    "include",
    "nulls_not_distinct",
    "with",
    "concurrently",
    "sqlite",
    "postgres",
];

/// What carries the attribute.
#[derive(Clone, Copy)]
pub(super) enum On<'a> {
    /// A field, which is the index's one part.
    Field(&'a str),
    /// A struct; the attribute names the parts.
    Struct,
}

/// Reads `#[index(…)]` or `#[unique(…)]`.
pub(super) fn read(
    attribute: &Attribute,
    on: On<'_>,
    fields: &Fields<'_>,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<IndexDecl> {
    let word = word(attribute);
    let span = attribute.path().span();
    let constraint = word == "unique";
    let mut index = IndexDecl {
        name: None,
        parts: Vec::new(),
        unique: constraint,
        constraint,
        filter: None,
        method: None,
        include: Vec::new(),
        nulls_not_distinct: false,
        deferrable: Default::default(),
        storage: Default::default(),
        concurrently: false,
        dialect: None,
        span: place(span, file),
    };
    let before = errors.len();
    let mut given = Given::default();
    if let On::Field(field) = on {
        index.parts.push(part(IndexDeclKey::Field(field.to_owned()), &Sort::default()));
    }
    for entry in entries(attribute, errors) {
        if is_part(&entry, on, constraint) {
            read_part(&mut index, &entry, &word, fields, errors);
            continue;
        }
        given.note(&word, &entry, errors);
        if !read_option(&mut index, &entry, on, fields, errors) {
            let known = match on {
                _ if constraint => UNIQUE,
                On::Field(_) => FIELD_INDEX,
                On::Struct => INDEX,
            };
            errors.push(unexpected(&word, &entry, known));
        }
    }
    if index.parts.is_empty() && errors.len() == before {
        errors.push(Error::new(
            "no-columns",
            span,
            format!("`#[{word}]` on a struct names its fields: `#[{word}(first, second)]`"),
        ));
    }
    // What only an index can be is an index, however it was written.
    let sorted = index.parts.iter().any(|part| {
        part.order != Order::Ascending || part.collation.is_some() || part.nulls.is_some()
    });
    index.constraint = constraint && index.filter.is_none() && !sorted;
    (errors.len() == before).then_some(index)
}

fn is_part(entry: &Entry, on: On<'_>, constraint: bool) -> bool {
    match (&entry.kind, on) {
        (EntryKind::Word { word, sort }, On::Struct) => {
            let option = if constraint { UNIQUE } else { INDEX };
            !(sort.is_plain() && option.iter().any(|option| is_flag(option) && word == option))
        }
        (EntryKind::Text { .. }, On::Struct) => !constraint,
        _ => false,
    }
}

/// The options that are a word alone.
pub(crate) const FLAGS: &[&str] =
    &["unique", "nulls_not_distinct", "concurrently", "sqlite", "postgres"];

/// Whether an option is a word alone. A field of that name is written `r#unique`.
fn is_flag(option: &str) -> bool {
    FLAGS.contains(&option)
}

fn read_part(
    index: &mut IndexDecl,
    entry: &Entry,
    attribute: &str,
    fields: &Fields<'_>,
    errors: &mut Vec<Error>,
) {
    match &entry.kind {
        EntryKind::Word { word, sort } => {
            let Some(field) = fields.find(attribute, word, errors) else { return };
            let new = part(IndexDeclKey::Field(field), sort);
            if index.parts.iter().any(|held| held.key == new.key && held.collation == new.collation)
            {
                errors.push(named_twice(attribute, word));
            }
            index.parts.push(new);
        }
        EntryKind::Text { text, sort } => {
            index.parts.push(part(IndexDeclKey::Expr(Expr::new(text.value())), sort));
        }
        EntryKind::List { .. } | EntryKind::Mixed { .. } | EntryKind::Assign { .. } => {}
    }
}

fn read_option(
    index: &mut IndexDecl,
    entry: &Entry,
    on: On<'_>,
    fields: &Fields<'_>,
    errors: &mut Vec<Error>,
) -> bool {
    let constraint = index.constraint;
    if let Some((name, given)) = entry.assignment() {
        match name.as_str() {
            "name" => index.name = value::name("name", given, errors),
            "where" => index.filter = value::text("where", given, errors).map(Expr::new),
            "method" if !constraint => index.method = value::name("method", given, errors),
            "deferrable" if constraint => index.deferrable = reference::deferrable(given, errors),
            "collate" if !constraint && matches!(on, On::Field(_)) => {
                index.parts[0].collation = value::name("collate", given, errors);
            }
            "ops" if !constraint && matches!(on, On::Field(_)) => {
                index.parts[0].operator_class = value::text("ops", given, errors);
            }
            _ => return false,
        }
        return true;
    }
    match (&entry.kind, entry.word().as_deref()) {
        (EntryKind::List { name, items }, _) if name == "include" && !constraint => {
            index.include = fields.check("index", items, errors);
        }
        (EntryKind::Mixed { name, items, texts, pairs }, _) if name == "with" && !constraint => {
            let plain = items.is_empty() && texts.is_empty();
            super::table::parameters(&mut index.storage, name, plain, pairs, errors);
        }
        (_, Some("unique")) if !constraint => index.unique = true,
        (_, Some("concurrently")) if !constraint => index.concurrently = true,
        (_, Some("sqlite" | "postgres")) => {
            if index.dialect.is_some() {
                errors.push(
                    Error::new("contradiction", entry.span, "this is for one database or for all")
                        .help("take both words away, or write it twice"),
                );
            }
            index.dialect = dialect(entry);
        }
        (_, Some("nulls_not_distinct")) => index.nulls_not_distinct = true,
        (_, Some("desc")) if !constraint && matches!(on, On::Field(_)) => {
            index.parts[0].order = Order::Descending;
        }
        _ => return false,
    }
    true
}

fn part(key: IndexDeclKey, sort: &Sort) -> IndexDeclPart {
    IndexDeclPart {
        key,
        order: sort.order,
        nulls: sort.nulls,
        collation: sort.collation.as_ref().map(|name| Name::new(name.value())),
        operator_class: sort.operator_class.as_ref().map(LitStr::value),
    }
}
