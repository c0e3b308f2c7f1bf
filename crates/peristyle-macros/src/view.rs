use peristyle_declare::{Error, parse_view};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use crate::constants::{self, Names};
use crate::rows;
use crate::scopes::{Scopes, scopes};

/// Expands `#[derive(View)]`.
pub(crate) fn expand(item: &ItemStruct) -> Result<TokenStream, Vec<Error>> {
    let view = parse_view(item, None)?;
    let item = &rows::without_self(item);
    let columns = rows::columns(item, &view.columns);
    let row = &item.ident;
    let mut names = Names::default();
    let constants = constants::columns(item, &columns, &mut names);
    let Scopes { constants: scope_constants, list, errors } = scopes(item, &mut names);
    let source = rows::source(item, &view.name, &columns, &[], &TokenStream::new(), &list);
    let declaration = rows::embedded(&view);
    Ok(quote! {
        #source

        #[automatically_derived]
        impl ::peristyle::query::View for #row {
            const DECLARATION: &'static str = #declaration;
        }

        #[allow(dead_code)]
        impl #row {
            #constants
            #scope_constants
        }

        #errors
    })
}
