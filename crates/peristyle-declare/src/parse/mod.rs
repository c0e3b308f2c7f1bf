//! From Rust items to declarations: the grammar, in one place.

mod attributes;
mod column;
mod default;
mod enumeration;
mod fields;
mod finish;
mod index;
mod newtype;
mod options;
mod reference;
mod rust_type;
mod sort;
mod table;
mod value;
mod view;

pub use enumeration::parse_enum;
pub use newtype::parse_newtype;
pub use table::parse_table;
pub use view::parse_view;

pub(crate) use default::misfit;
pub(crate) use index::FLAGS;
pub(crate) use options::{DIALECTS, FIRES};

use syn::spanned::Spanned;

use crate::error::Error;

/// The struct that a derive was put on, or why it cannot be put there.
pub fn as_struct(input: &syn::DeriveInput, derive: &str) -> Result<syn::ItemStruct, Error> {
    match &input.data {
        syn::Data::Struct(data) => Ok(syn::ItemStruct {
            attrs: input.attrs.clone(),
            vis: input.vis.clone(),
            struct_token: data.struct_token,
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            fields: data.fields.clone(),
            semi_token: data.semi_token,
        }),
        syn::Data::Enum(_) | syn::Data::Union(_) => Err(wrong_item(&input.ident, derive)),
    }
}

/// The enum that a derive was put on, or why it cannot be put there.
pub fn as_enum(input: &syn::DeriveInput, derive: &str) -> Result<syn::ItemEnum, Error> {
    match &input.data {
        syn::Data::Enum(data) => Ok(syn::ItemEnum {
            attrs: input.attrs.clone(),
            vis: input.vis.clone(),
            enum_token: data.enum_token,
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            brace_token: data.brace_token,
            variants: data.variants.clone(),
        }),
        syn::Data::Struct(_) | syn::Data::Union(_) => Err(wrong_item(&input.ident, derive)),
    }
}

/// Says that a derive stands on the wrong kind of item.
pub(crate) fn wrong_item(ident: &syn::Ident, derive: &str) -> Error {
    let (code, wanted, help) = match derive {
        "Enum" => ("not-an-enum", "an enum", format!("write `enum {ident} {{ First, Second }}`")),
        "Newtype" => (
            "not-a-newtype",
            "a struct around one type",
            format!("write `struct {ident}(String);`"),
        ),
        _ => (
            "no-named-fields",
            "a struct with named fields",
            format!("write `struct {ident} {{ … }}`: each field is a column"),
        ),
    };
    let message = format!("`#[derive({derive})]` needs {wanted}");
    Error::new(code, ident.span(), message).help(help)
}

/// Refuses a generic struct: a table is one type.
fn not_generic(generics: &syn::Generics, derive: &str) -> Result<(), Error> {
    if generics.params.is_empty() {
        return Ok(());
    }
    let message = format!("`#[derive({derive})]` cannot be on a generic type");
    Err(Error::new("generic-struct", generics.span(), message).help("declare one type for each"))
}

/// The named fields of a struct that is a table or a view.
fn named_fields<'a>(
    item: &'a syn::ItemStruct,
    derive: &str,
) -> Result<&'a syn::FieldsNamed, Error> {
    not_generic(&item.generics, derive)?;
    match &item.fields {
        syn::Fields::Named(fields) => Ok(fields),
        syn::Fields::Unnamed(_) | syn::Fields::Unit => Err(wrong_item(&item.ident, derive)),
    }
}
