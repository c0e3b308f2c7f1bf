use peristyle_declare::{Error, parse_newtype};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use crate::rows;

/// Expands `#[derive(Newtype)]`.
pub(crate) fn expand(item: &ItemStruct) -> Result<TokenStream, Vec<Error>> {
    let declared = parse_newtype(item, None)?;
    let name = &item.ident;
    let inner = item.fields.iter().map(|field| &field.ty);
    let inner = quote!(#(#inner)*);
    let declaration = rows::embedded(&declared);
    Ok(quote! {
        #[automatically_derived]
        impl ::peristyle::query::Newtype for #name {
            const DECLARATION: &'static str = #declaration;
        }

        ::peristyle::query::row_of_one!(#name);

        #[automatically_derived]
        impl ::peristyle::query::Value for #name {
            type Inner = Self;
            type As<W: ::peristyle::query::Value> = W;

            #[inline]
            fn read<'r, C: ::peristyle::query::Cell<'r>>(cell: C) -> ::peristyle::query::Fit<Self> {
                ::core::result::Result::map(<#inner as ::peristyle::query::Value>::read(cell), Self)
            }

            #[inline]
            fn bind(&self) -> ::peristyle::query::Bind<'_> {
                <#inner as ::peristyle::query::Value>::bind(&self.0)
            }

            fn make(made: ::peristyle::query::Made) -> ::peristyle::query::Bind<'static> {
                <#inner as ::peristyle::query::Value>::make(made)
            }
        }

        // What can be done with the type inside can be done with this one. The bounds are written for any lifetime so
        // that they may fail.
        #[automatically_derived]
        impl ::peristyle::query::Text for #name where for<'any> #inner: ::peristyle::query::Text {}

        #[automatically_derived]
        impl ::peristyle::query::Number for #name
        where
            for<'any> #inner: ::peristyle::query::Number,
        {
            const KIND: ::peristyle::query::Reckoning =
                <#inner as ::peristyle::query::Number>::KIND;
            type Sum = <#inner as ::peristyle::query::Number>::Sum;
        }
    })
}
