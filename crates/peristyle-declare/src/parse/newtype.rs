//! A struct that wraps a column's type.

use std::sync::Arc;

use syn::spanned::Spanned;
use syn::{Fields, ItemStruct};

use super::attributes::place;
use super::rust_type;
use crate::error::Error;
use crate::model::NewtypeDecl;

/// Reads a struct with `#[derive(Newtype)]`: `struct Email(String);`.
pub fn parse_newtype(
    item: &ItemStruct,
    file: Option<&Arc<str>>,
) -> Result<NewtypeDecl, Vec<Error>> {
    let only = match &item.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0],
        _ => {
            return Err(vec![
                Error::new(
                    "not-a-newtype",
                    item.ident.span(),
                    "`#[derive(Newtype)]` needs a struct around one type",
                )
                .help(format!("write `struct {}(String);`", item.ident)),
            ]);
        }
    };
    let read = rust_type::read(&only.ty).map_err(|error| vec![error])?;
    if read.nullable {
        return Err(vec![
            Error::new("unsupported-type", only.ty.span(), "a newtype does not hold an `Option`")
                .help("put the `Option` around the newtype in the table"),
        ]);
    }
    Ok(NewtypeDecl {
        rust_name: item.ident.to_string(),
        rust_type: read.text,
        kind: read.kind,
        span: place(item.ident.span(), file),
    })
}
