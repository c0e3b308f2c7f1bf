use peristyle_declare::{Error, parse_enum};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ItemEnum;

use crate::rows;

/// Expands `#[derive(Enum)]`.
pub(crate) fn expand(item: &ItemEnum) -> Result<TokenStream, Vec<Error>> {
    let declared = parse_enum(item, None)?;
    let name = &item.ident;
    let declaration = rows::embedded(&declared);
    let texts: Vec<&str> = declared.variants.iter().map(|variant| variant.name.as_str()).collect();
    let variants: Vec<_> = item.variants.iter().map(|variant| &variant.ident).collect();
    let found = format_ident!("found");
    Ok(quote! {
        #[automatically_derived]
        impl ::peristyle::query::Enum for #name {
            const VALUES: &'static [&'static str] = &[#(#texts),*];
            const DECLARATION: &'static str = #declaration;

            fn text(&self) -> &'static str {
                match self {
                    #(Self::#variants => #texts,)*
                }
            }

            fn from_text(text: &str) -> ::peristyle::query::Fit<Self> {
                match text {
                    #(#texts => ::core::result::Result::Ok(Self::#variants),)*
                    #found => ::core::result::Result::Err(::std::boxed::Box::new(
                        ::peristyle::query::ValueError::Variant {
                            found: ::std::borrow::ToOwned::to_owned(#found),
                            expected: <Self as ::peristyle::query::Enum>::VALUES,
                        },
                    )),
                }
            }
        }

        ::peristyle::query::row_of_one!(#name);

        #[automatically_derived]
        impl ::peristyle::query::Value for #name {
            type Inner = Self;
            type As<W: ::peristyle::query::Value> = W;

            fn read<'r, C: ::peristyle::query::Cell<'r>>(cell: C) -> ::peristyle::query::Fit<Self> {
                ::peristyle::query::Enum::from_text(::peristyle::query::Cell::text(cell)?)
            }

            fn bind(&self) -> ::peristyle::query::Bind<'_> {
                ::peristyle::query::Bind::Text(::std::borrow::Cow::Borrowed(
                    ::peristyle::query::Enum::text(self),
                ))
            }
        }
    })
}
