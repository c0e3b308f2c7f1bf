use peristyle_declare::{ApplicationValue, DefaultDecl, Error, Kind, TableDecl, parse_table};
use peristyle_schema::{ColumnDefault, Type};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use crate::constants::{self, Names};
use crate::new;
use crate::rows::{self, Column};
use crate::scopes::{Scopes, scopes};

/// Expands `#[derive(Table)]`.
pub(crate) fn expand(item: &ItemStruct) -> Result<TokenStream, Vec<Error>> {
    let table = parse_table(item, None)?;
    let item = &rows::without_self(item);
    let columns = rows::columns(item, &table.columns);
    let key = key_positions(&table, &columns);
    let row = &item.ident;
    let mut names = Names::default();
    let column_constants = constants::columns(item, &columns, &mut names);
    let uniques = constants::uniques(item, &table, &columns, &key, &mut names);
    let references = constants::references(item, &table, &columns, &mut names);
    let Scopes { constants: scope_constants, list, errors } = scopes(item, &mut names);
    let source = rows::source(item, &table.name, &columns, &key, &uniques.infos, &list);
    let unique_constants = &uniques.constants;
    let (new_name, new) = new::new(item, &columns);
    let (patch_name, patch) = new::patch(item, &columns, &key);
    let key_type = key_type(&columns, &key);
    let keyed = keyed(item, &table, &columns, &key);
    let declaration = rows::embedded(&table);
    Ok(quote! {
        #keyed
        #source

        #[automatically_derived]
        impl ::peristyle::query::Table for #row {
            type Key = #key_type;
            type New = #new_name;
            type Patch = #patch_name;
            const DECLARATION: &'static str = #declaration;
        }

        #[allow(dead_code)]
        impl #row {
            #column_constants
            #unique_constants
            #references
            #scope_constants
        }

        #errors

        #new
        #patch
    })
}

/// The positions of the key's columns, in the key's order.
fn key_positions(table: &TableDecl, columns: &[Column<'_>]) -> Vec<u16> {
    let plain = |name: &str| name.strip_prefix("r#").unwrap_or(name).to_owned();
    let position = |field: &String| {
        columns.iter().find(|c| plain(&c.decl.field) == plain(field)).map(|c| c.position)
    };
    table.key.iter().filter_map(position).collect()
}

fn key_type(columns: &[Column<'_>], key: &[u16]) -> TokenStream {
    let types = key.iter().filter_map(|at| columns.get(usize::from(*at))).map(|c| c.ty);
    match key {
        [] => quote!(::peristyle::query::NoKey),
        [_] => quote!(#(#types)*),
        _ => quote!((#(#types,)*)),
    }
}

/// What an `Id` of the table wraps, and that the table is known by one column if it is.
fn keyed(item: &ItemStruct, table: &TableDecl, columns: &[Column<'_>], key: &[u16]) -> TokenStream {
    let only = match key {
        [position] => columns.get(usize::from(*position)),
        _ => None,
    };
    let Some(column) = only else { return known_by(item, &quote!(::peristyle::query::NoKey)) };
    let own = matches!(&column.decl.kind, Kind::Id(target) if *target == table.rust_name);
    let ty = column.ty;
    let (base, error) = match if own { own_key(column) } else { Ok(quote!(#ty)) } {
        Ok(base) => (base, TokenStream::new()),
        Err(error) => (quote!(::std::string::String), error.to_compile_error()),
    };
    let keyed = known_by(item, &base);
    let row = &item.ident;
    quote! {
        #keyed
        #error

        #[automatically_derived]
        impl ::peristyle::query::SingleKey for #row {}
    }
}

/// Whatever is wrong with a table, its `Id`s are types: one mistake is one error.
pub(crate) fn known_by(item: &ItemStruct, key: &TokenStream) -> TokenStream {
    let row = &item.ident;
    quote! {
        #[automatically_derived]
        impl ::peristyle::query::Keyed for #row {
            type Key = #key;
        }
    }
}

/// A key of type `Id<Self>` is made of what makes it.
fn own_key(column: &Column<'_>) -> syn::Result<TokenStream> {
    let decl = column.decl;
    Ok(match &decl.data_type {
        Some(Type::Uuid) => quote!(::peristyle::Uuid),
        Some(Type::SmallInt | Type::Integer | Type::BigInt) => quote!(i64),
        Some(_) => quote!(::std::string::String),
        None if decl.identity.is_some() => quote!(i64),
        None => match &decl.default {
            Some(DefaultDecl::Application(ApplicationValue::Cuid2)) => {
                quote!(::std::string::String)
            }
            Some(
                DefaultDecl::Application(ApplicationValue::Uuid4 | ApplicationValue::Uuid7)
                | DefaultDecl::Database(ColumnDefault::Uuid4 | ColumnDefault::Uuid7),
            ) => quote!(::peristyle::Uuid),
            Some(_) | None => {
                return Err(syn::Error::new(
                    column.field.span(),
                    format!(
                        "nothing says what the key `{}` is made of\n= help: write `#[key(default = cuid2)]`, `#[key(default = uuid7)]`, `#[key(auto)]`, or state it: `#[key(type = bigint)]`",
                        decl.field
                    ),
                ));
            }
        },
    })
}
