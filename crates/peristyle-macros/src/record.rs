use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Fields, Ident, ItemStruct, Type};

use crate::rows;

/// The most columns that a tuple, and so a query, gives.
const MOST: usize = 16;

/// Expands `#[derive(Row)]`.
pub(crate) fn expand(item: &ItemStruct) -> syn::Result<TokenStream> {
    let Fields::Named(named) = &item.fields else {
        return Err(syn::Error::new(
            item.ident.span(),
            "a row is a struct with named fields\n= help: for columns without names, select a tuple",
        ));
    };
    if let Some(parameter) = item.generics.params.first() {
        return Err(syn::Error::new(parameter.span(), "a row has no type parameters"));
    }
    let fields: Vec<(&Ident, &Type)> =
        named.named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))).collect();
    if fields.is_empty() || fields.len() > MOST {
        return Err(syn::Error::new(
            item.ident.span(),
            format!(
                "a row has one to {MOST} fields, and `{}` has {}\n= help: select whole rows beside it: `(User::ROW, …)`",
                item.ident,
                fields.len()
            ),
        ));
    }
    let all: Vec<usize> = (0..fields.len()).collect();
    let read = rows::row(item, &fields, &all);
    let row = &item.ident;
    let vis = &item.vis;
    let name = peristyle_declare::enum_name(&row.to_string());
    let plain = |field: &Ident| field.to_string().trim_start_matches("r#").to_owned();
    let infos = fields.iter().map(|(field, _)| {
        let name = plain(field);
        quote! {
            ::peristyle::query::ColumnInfo {
                name: #name,
                field: #name,
                nullable: true,
                origin: ::peristyle::query::Origin::Given,
                on_update: ::core::option::Option::None,
            }
        }
    });
    let positions = 0u16..;
    let binds = fields.iter().zip(positions.clone()).map(|((field, ty), at)| {
        quote_spanned!(ty.span()=> #at => <#ty as ::peristyle::query::Value>::bind(&self.#field))
    });
    let constants = fields.iter().zip(positions).map(|((field, ty), at)| {
        let constant = Ident::new(&plain(field).to_uppercase(), field.span());
        let doc = format!("The column `{}`.", plain(field));
        quote! {
            #[doc = #doc]
            #vis const #constant: ::peristyle::query::Column<Self, #ty> =
                ::peristyle::query::Column::new(#at);
        }
    });
    let types = fields.iter().map(|(_, ty)| ty);
    Ok(quote! {
        #read

        #[automatically_derived]
        impl ::peristyle::query::Record for #row {
            type Fields = (#(#types,)*);
        }

        #[automatically_derived]
        impl ::peristyle::query::Source for #row {
            const SOURCE: &'static ::peristyle::query::SourceInfo = {
                static SOURCE: ::peristyle::query::SourceInfo = ::peristyle::query::SourceInfo {
                    namespace: ::core::option::Option::None,
                    name: #name,
                    alias: ::core::option::Option::None,
                    home: ::peristyle::query::Home::Statement,
                    columns: &[#(#infos),*],
                    key: &[],
                    uniques: &[],
                };
                &SOURCE
            };

            fn bind(&self, column: u16) -> ::peristyle::query::Bind<'_> {
                match column {
                    #(#binds,)*
                    _ => ::peristyle::query::Bind::Null,
                }
            }
        }

        #[allow(dead_code)]
        impl #row {
            /// Every column, for a query that gives several things.
            #vis const ROW: ::peristyle::query::Whole<Self> = ::peristyle::query::Whole::new();
            #(#constants)*
        }
    })
}
