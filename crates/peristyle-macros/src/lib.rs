//! The derives of Peristyle: they expand what `peristyle-declare` parsed, and read no attribute themselves.
//!
//! An application uses them through the crate `peristyle`, which the expansions name.

mod constants;
mod enumeration;
mod migrations;
mod new;
mod newtype;
mod record;
mod rows;
mod scopes;
mod sql;
mod table;
mod view;

use peristyle_declare::Error;
use proc_macro::TokenStream;

/// Declares a struct as a table: each field is a column.
///
/// It implements `Table` and makes a constant for each column (`User::EMAIL`), unique key (`User::EMAIL_KEY`) and
/// reference (`Post::AUTHOR`), and the structs `NewUser` (what an insert takes) and `UserPatch` (what an update changes).
#[proc_macro_derive(
    Table,
    attributes(
        table,
        key,
        index,
        unique,
        check,
        foreign_key,
        exclude,
        trigger,
        policy,
        references,
        column,
        scope
    )
)]
pub fn table(input: TokenStream) -> TokenStream {
    expand(input, |item| {
        table::expand(&item).map_err(|errors| {
            let keyed = table::known_by(&item, &quote::quote!(::std::string::String));
            (errors, keyed)
        })
    })
}

/// Declares a struct as a view: each field is a column that its `SELECT` returns.
#[proc_macro_derive(View, attributes(view, column, trigger, scope))]
pub fn view(input: TokenStream) -> TokenStream {
    expand(input, |item| view::expand(&item).map_err(alone))
}

/// Declares an enum of unit variants as an enumerated type.
#[proc_macro_derive(Enum, attributes(enum_type, value))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    expand(input, |item| enumeration::expand(&item).map_err(alone))
}

/// Declares a struct around one type as a type that a column can hold.
#[proc_macro_derive(Newtype)]
pub fn newtype(input: TokenStream) -> TokenStream {
    expand(input, |item| newtype::expand(&item).map_err(alone))
}

/// Makes a struct one that the columns of a query are read into, in the order of its fields:
/// `.select_as::<Summary>().from((User::NAME, count()))`.
///
/// Its columns are constants too, so that a query of it can be read by another one under its name.
#[proc_macro_derive(Row)]
pub fn record(input: TokenStream) -> TokenStream {
    syn::parse::<syn::ItemStruct>(input)
        .and_then(|item| record::expand(&item))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// SQL as it is written, with values in braces: `sql!("SELECT count(*) FROM posts WHERE views > {least}")`.
///
/// Each value is a parameter and never a part of the text. The rows are of any type that fits them.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    syn::parse::<syn::LitStr>(input)
        .and_then(|text| sql::expand(&text))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// The files of a migration folder, carried in the program: `static MIGRATIONS: Migrations = migrations!("migrations");`.
///
/// The folder is named relative to the folder of `Cargo.toml`. A changed file is noticed by the compiler; so that a new one
/// is, too, let `build.rs` print `cargo:rerun-if-changed=migrations`.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    syn::parse::<syn::LitStr>(input)
        .and_then(|folder| migrations::expand(&folder))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Errors, and what stands in the place of the expansion so that they are the only ones.
type Refused = (Vec<Error>, proc_macro2::TokenStream);

fn alone(errors: Vec<Error>) -> Refused {
    (errors, proc_macro2::TokenStream::new())
}

/// Parses the item and expands it, or says what is wrong with it: all of it, each at its place.
fn expand<I: syn::parse::Parse>(
    input: TokenStream,
    expand: impl FnOnce(I) -> Result<proc_macro2::TokenStream, Refused>,
) -> TokenStream {
    let expanded = match syn::parse::<I>(input) {
        Ok(item) => expand(item).unwrap_or_else(|(errors, mut instead)| {
            instead.extend(errors.iter().map(Error::to_compile_error));
            instead
        }),
        Err(error) => error.to_compile_error(),
    };
    expanded.into()
}
