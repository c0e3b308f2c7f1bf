//! From Rust items to declarations: the grammar, in one place.

mod attributes;
mod column;
mod default;
mod enumeration;
mod index;
mod newtype;
mod options;
mod rust_type;
mod table;
mod view;

pub use enumeration::parse_enum;
pub use newtype::parse_newtype;
pub use table::parse_table;
pub use view::parse_view;

use syn::spanned::Spanned;

use crate::error::Error;

/// The named fields of a struct that is a table or a view.
fn named_fields<'a>(
    item: &'a syn::ItemStruct,
    derive: &str,
) -> Result<&'a syn::FieldsNamed, Error> {
    if !item.generics.params.is_empty() {
        return Err(Error::new(
            "generic-struct",
            item.generics.span(),
            format!("`#[derive({derive})]` cannot be on a generic struct"),
        )
        .help("declare one struct for each table"));
    }
    match &item.fields {
        syn::Fields::Named(fields) => Ok(fields),
        _ => Err(Error::new(
            "no-named-fields",
            item.ident.span(),
            format!("`#[derive({derive})]` needs a struct with named fields: each is a column"),
        )),
    }
}
