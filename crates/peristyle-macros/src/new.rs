//! What an insert takes and what an update changes: `NewUser` and `UserPatch`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, ItemStruct};

use crate::rows::Column;

/// How the field of a column stands in `New…`.
enum Slot {
    /// It must be given.
    Required,
    /// `None` is null.
    Nullable,
    /// `None` leaves it to its default.
    Defaulted,
}

fn slot(column: &Column<'_>) -> Slot {
    if column.has_default() {
        Slot::Defaulted
    } else if column.decl.nullable {
        Slot::Nullable
    } else {
        Slot::Required
    }
}

/// The struct that an insert takes.
pub(crate) fn new(item: &ItemStruct, columns: &[Column<'_>]) -> (Ident, TokenStream) {
    let name = format_ident!("New{}", item.ident);
    let row = item.ident.to_string();
    let columns: Vec<&Column<'_>> = columns.iter().filter(|c| !c.is_generated()).collect();
    let fields: Vec<_> = columns.iter().map(|c| (c.field, field_type(c), doc(c))).collect();
    let values = columns.iter().map(|column| {
        let Column { field, ty, position, .. } = column;
        match slot(column) {
            Slot::Required | Slot::Nullable => quote_spanned! {ty.span()=>
                #position => ::core::option::Option::Some(
                    <#ty as ::peristyle::query::Value>::bind(&self.#field))
            },
            Slot::Defaulted => quote_spanned! {ty.span()=>
                #position => self.#field.as_ref().map(<#ty as ::peristyle::query::Value>::bind)
            },
        }
    });
    let doc = format!(
        "What an insert of a [`{row}`] takes: columns that have a default may be left out."
    );
    let constructor = constructor(item, &columns);
    let setters = columns.iter().map(|column| setter(item, column));
    let structure = structure(item, &name, &doc, &fields, &TokenStream::new());
    let tokens = quote! {
        #structure

        impl #name {
            #constructor
            #(#setters)*
        }

        #[automatically_derived]
        impl ::peristyle::query::New for #name {
            fn value(&self, column: u16) -> ::core::option::Option<::peristyle::query::Bind<'_>> {
                match column {
                    #(#values,)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
    (name, tokens)
}

/// `new` takes the columns that must be given, in the order of the fields.
fn constructor(item: &ItemStruct, columns: &[&Column<'_>]) -> TokenStream {
    let (vis, row) = (&item.vis, &item.ident);
    let required: Vec<&&Column<'_>> =
        columns.iter().filter(|c| matches!(slot(c), Slot::Required)).collect();
    let arguments = required
        .iter()
        .map(|Column { field, ty, .. }| quote!(#field: impl ::core::convert::Into<#ty>));
    let given = columns.iter().map(|column| {
        let field = column.field;
        match slot(column) {
            Slot::Required => quote!(#field: ::core::convert::Into::into(#field)),
            Slot::Nullable | Slot::Defaulted => quote!(#field: ::core::option::Option::None),
        }
    });
    let doc = if required.is_empty() {
        format!("A [`{row}`] with its defaults.")
    } else {
        format!("A [`{row}`] of the columns that must be given, in the order of its fields.")
    };
    quote! {
        #[doc = #doc]
        #[allow(clippy::too_many_arguments, clippy::new_without_default)]
        #vis fn new(#(#arguments),*) -> Self {
            Self { #(#given),* }
        }
    }
}

/// A method for a column that may be left out, to be called behind `new`.
fn setter(item: &ItemStruct, column: &Column<'_>) -> TokenStream {
    let Column { field, ty, decl, .. } = column;
    if matches!(slot(column), Slot::Required) || *field == "new" {
        return TokenStream::new();
    }
    let vis = &item.vis;
    let doc = format!("Gives `{}` a value.", decl.name);
    // A nullable column is given a value here; null is what it has without one, or the field itself is set.
    let inner = if decl.nullable { inner(ty) } else { quote!(#ty) };
    let value = quote!(::core::option::Option::Some(::core::convert::Into::into(value)));
    let value = if decl.nullable && column.has_default() {
        quote!(::core::option::Option::Some(#value))
    } else {
        value
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        #vis fn #field(mut self, value: impl ::core::convert::Into<#inner>) -> Self {
            self.#field = #value;
            self
        }
    }
}

/// The type inside of `Option<…>`.
fn inner(ty: &syn::Type) -> TokenStream {
    if let syn::Type::Path(path) = ty
        && let Some(segment) = path.path.segments.last()
        && let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments
        && let Some(only) = arguments.args.first()
    {
        return quote!(#only);
    }
    quote!(#ty)
}

/// The struct of changes.
pub(crate) fn patch(
    item: &ItemStruct,
    columns: &[Column<'_>],
    key: &[u16],
) -> (Ident, TokenStream) {
    let name = format_ident!("{}Patch", item.ident);
    let columns: Vec<&Column<'_>> = columns
        .iter()
        .filter(|column| !column.is_generated() && !key.contains(&column.position))
        .collect();
    let fields: Vec<_> = columns
        .iter()
        .map(|column| {
            let ty = column.ty;
            (column.field, quote!(::core::option::Option<#ty>), doc(column))
        })
        .collect();
    let values = columns.iter().map(|Column { field, ty, position, .. }| {
        quote_spanned! {ty.span()=>
            #position => self.#field.as_ref().map(<#ty as ::peristyle::query::Value>::bind)
        }
    });
    let doc = format!(
        "A change of a [`{}`]: every column, each to be changed (`Some`) or left as it is (`None`).",
        item.ident
    );
    let structure = structure(item, &name, &doc, &fields, &quote!(#[derive(Default)]));
    let tokens = quote! {
        #structure

        #[automatically_derived]
        impl ::peristyle::query::Patch for #name {
            fn value(&self, column: u16) -> ::core::option::Option<::peristyle::query::Bind<'_>> {
                match column {
                    #(#values,)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
    (name, tokens)
}

fn field_type(column: &Column<'_>) -> TokenStream {
    let ty = column.ty;
    match slot(column) {
        Slot::Required | Slot::Nullable => quote!(#ty),
        Slot::Defaulted => quote!(::core::option::Option<#ty>),
    }
}

fn doc(column: &Column<'_>) -> String {
    column.decl.doc.clone().unwrap_or_else(|| format!("The column `{}`.", column.decl.name))
}

/// A struct of these fields that can be cloned and printed where its fields can.
fn structure(
    item: &ItemStruct,
    name: &Ident,
    doc: &str,
    fields: &[(&Ident, TokenStream, String)],
    attributes: &TokenStream,
) -> TokenStream {
    let vis = &item.vis;
    let text = name.to_string();
    let names: Vec<&Ident> = fields.iter().map(|(field, _, _)| *field).collect();
    let types: Vec<&TokenStream> = fields.iter().map(|(_, ty, _)| ty).collect();
    let docs = fields.iter().map(|(_, _, doc)| doc);
    let texts = names.iter().map(ToString::to_string);
    quote! {
        #[doc = #doc]
        #attributes
        #vis struct #name {
            #(#[doc = #docs] #vis #names: #types,)*
        }

        // The bound is written for any lifetime so that it is asked where a clone is made, not here.
        #[automatically_derived]
        impl ::core::clone::Clone for #name
        where
            #(for<'any> #types: ::core::clone::Clone,)*
        {
            fn clone(&self) -> Self {
                Self { #(#names: ::core::clone::Clone::clone(&self.#names)),* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #name
        where
            #(for<'any> #types: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#text) #(.field(#texts, &self.#names))* .finish()
            }
        }
    }
}
