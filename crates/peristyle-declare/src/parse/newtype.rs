//! A struct that wraps a column's type.

use std::sync::Arc;

use syn::spanned::Spanned;
use syn::{Fields, ItemStruct};

use super::attributes::{Place, is_ours, place};
use super::{not_generic, rust_type, wrong_item};
use crate::error::Error;
use crate::model::NewtypeDecl;

/// Reads a struct with `#[derive(Newtype)]`: `struct Email(String);`.
pub fn parse_newtype(
    item: &ItemStruct,
    file: Option<&Arc<str>>,
) -> Result<NewtypeDecl, Vec<Error>> {
    not_generic(&item.generics, "Newtype").map_err(|error| vec![error])?;
    let only = match &item.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0],
        Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => {
            return Err(vec![wrong_item(&item.ident, "Newtype")]);
        }
    };
    let mut errors = Vec::new();
    for attribute in item.attrs.iter().chain(&only.attrs) {
        is_ours(attribute, Place::Newtype, &mut errors);
    }
    let read = rust_type::read(&only.ty).map_err(|error| errors.push(error)).ok();
    if read.as_ref().is_some_and(|read| read.nullable) {
        errors.push(
            Error::new("unsupported-type", only.ty.span(), "a newtype does not hold an `Option`")
                .help("put the `Option` around the newtype in the table"),
        );
    }
    match read {
        Some(read) if errors.is_empty() => Ok(NewtypeDecl {
            rust_name: item.ident.to_string(),
            rust_type: read.text,
            kind: read.kind,
            span: place(item.ident.span(), file),
        }),
        _ => Err(errors),
    }
}
