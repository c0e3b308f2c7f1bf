//! Filters that a declaration carries: `#[scope(live = Self::DELETED_AT.is_null())]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, ItemStruct, Token};

use crate::constants::{Names, upper};

struct Scope {
    name: Ident,
    condition: Expr,
}

impl Parse for Scope {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Self { name, condition: input.parse()? })
    }
}

/// What is made of the filters: a constant for each, and the list that `Source` gives.
pub(crate) struct Scopes {
    pub(crate) constants: TokenStream,
    pub(crate) list: TokenStream,
    pub(crate) errors: TokenStream,
}

pub(crate) fn scopes(item: &ItemStruct, names: &mut Names) -> Scopes {
    let mut found = Scopes {
        constants: TokenStream::new(),
        list: TokenStream::new(),
        errors: TokenStream::new(),
    };
    let vis = &item.vis;
    for attribute in item.attrs.iter().filter(|attribute| attribute.path().is_ident("scope")) {
        let parsed = attribute.parse_args_with(Punctuated::<Scope, Token![,]>::parse_terminated);
        let scopes = match parsed {
            Ok(scopes) => scopes,
            Err(error) => {
                found.errors.extend(error.to_compile_error());
                continue;
            }
        };
        for Scope { name, condition } in scopes {
            let text = name.to_string();
            let constant = names.take(upper(&text), "_SCOPE", name.span());
            let doc = format!("The filter `{text}`, to be lifted by `unscoped`.");
            found.constants.extend(quote! {
                #[doc = #doc]
                #vis const #constant: ::peristyle::query::ScopeName<Self> =
                    ::peristyle::query::ScopeName::new(#text);
            });
            found.list.extend(quote! {
                ::peristyle::query::Scoped { name: #text, condition: || #condition },
            });
        }
    }
    found
}
