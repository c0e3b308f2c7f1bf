//! Indexes and unique constraints, on a struct or on a field.

use std::sync::Arc;

use peristyle_schema::{Expr, Name, Order};
use syn::{Attribute, LitStr};

use super::attributes::{place, unexpected};
use super::options::{EntryKind, entries, text};
use crate::error::Error;
use crate::model::{IndexDecl, IndexDeclKey, IndexDeclPart};

const OPTIONS: &[&str] = &["name", "unique", "where"];
const UNIQUE_OPTIONS: &[&str] = &["name", "where"];

/// Reads `#[index(…)]` or `#[unique(…)]`; on a field the field is its one part.
pub(super) fn read(
    attribute: &Attribute,
    field: Option<&str>,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<IndexDecl> {
    let word = super::attributes::word(attribute);
    let span = attribute.path().get_ident()?.span();
    let constraint = word == "unique";
    let mut index = IndexDecl {
        name: None,
        parts: Vec::new(),
        unique: constraint,
        constraint,
        filter: None,
        span: place(span, file),
    };
    let mut field_order = Order::Ascending;
    for entry in entries(attribute, errors) {
        match &entry.kind {
            EntryKind::Assign { name, value } if name == "name" => {
                index.name = text("name", value, errors).map(Name::new);
            }
            EntryKind::Assign { name, value } if name == "where" => {
                index.filter = text("where", value, errors).map(Expr::new);
            }
            EntryKind::Word { word, .. } if word == "unique" && !constraint => index.unique = true,
            EntryKind::Word { word, .. } if word == "desc" && field.is_some() => {
                field_order = Order::Descending;
            }
            EntryKind::Word { word, descending, collation } if field.is_none() => {
                let key = IndexDeclKey::Field(word.to_string());
                index.parts.push(part(key, *descending, collation.as_ref()));
            }
            EntryKind::Text { text, descending, collation } if field.is_none() && !constraint => {
                let key = IndexDeclKey::Expr(Expr::new(text.value()));
                index.parts.push(part(key, *descending, collation.as_ref()));
            }
            _ => errors.push(unexpected(
                &word,
                &entry,
                if constraint { UNIQUE_OPTIONS } else { OPTIONS },
            )),
        }
    }
    match field {
        Some(field) => {
            let mut only = part(IndexDeclKey::Field(field.to_owned()), false, None);
            only.order = field_order;
            index.parts.push(only);
        }
        None if index.parts.is_empty() => {
            errors.push(Error::new(
                "no-columns",
                span,
                format!("`#[{word}]` on a struct names its fields: `#[{word}(first, second)]`"),
            ));
            return None;
        }
        None => {}
    }
    // What only an index can be is an index, however it was written.
    index.constraint = constraint && index.filter.is_none();
    Some(index)
}

fn part(key: IndexDeclKey, descending: bool, collation: Option<&LitStr>) -> IndexDeclPart {
    IndexDeclPart {
        key,
        order: if descending { Order::Descending } else { Order::Ascending },
        collation: collation.map(|name| Name::new(name.value())),
    }
}
