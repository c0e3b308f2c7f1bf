//! What a table and a view have in common: rows that are read.

use peristyle_declare::ApplicationValue;
use peristyle_declare::{ColumnDecl, DefaultDecl};
use peristyle_schema::{Identity, QualifiedName};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Field, Ident, ItemStruct, Type};

/// A field as it was written, and what was read from it.
pub(crate) struct Column<'a> {
    pub(crate) decl: &'a ColumnDecl,
    pub(crate) field: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) position: u16,
}

/// The struct with its own name in the place of `Self`, because types of its fields stand in other structs too.
pub(crate) fn without_self(item: &ItemStruct) -> ItemStruct {
    let mut item = item.clone();
    let name = item.ident.clone();
    for field in &mut item.fields {
        let mut found = false;
        let tokens = replaced(field.ty.to_token_stream(), &name, &mut found);
        if found && let Ok(ty) = syn::parse2(tokens) {
            field.ty = ty;
        }
    }
    item
}

fn replaced(tokens: TokenStream, name: &Ident, found: &mut bool) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(word) if word == "Self" => {
            *found = true;
            let mut name = name.clone();
            name.set_span(word.span());
            TokenTree::Ident(name)
        }
        TokenTree::Group(group) => {
            let inside = replaced(group.stream(), name, found);
            let mut whole = Group::new(group.delimiter(), inside);
            whole.set_span(group.span());
            TokenTree::Group(whole)
        }
        other => other,
    };
    tokens.into_iter().map(replace).collect()
}

/// The fields of a struct beside their declarations, in order.
pub(crate) fn columns<'a>(item: &'a ItemStruct, declared: &'a [ColumnDecl]) -> Vec<Column<'a>> {
    let fields = item.fields.iter().zip(declared).zip(0..);
    let column = |((field, decl), position): ((&'a Field, &'a ColumnDecl), u16)| {
        Some(Column { decl, field: field.ident.as_ref()?, ty: &field.ty, position })
    };
    fields.filter_map(column).collect()
}

impl Column<'_> {
    /// Whether the database alone gives it values.
    pub(crate) fn is_generated(&self) -> bool {
        self.decl.generated.is_some() || self.decl.identity == Some(Identity::Always)
    }

    /// Whether an insert may leave it out and it gets a value all the same.
    pub(crate) fn has_default(&self) -> bool {
        self.decl.default.is_some() || self.decl.identity.is_some()
    }

    fn origin(&self) -> TokenStream {
        if self.is_generated() {
            return quote!(::peristyle::query::Origin::Generated);
        }
        match &self.decl.default {
            Some(DefaultDecl::Application(value)) => {
                let maker = self.maker(*value);
                quote!(::peristyle::query::Origin::Application(#maker))
            }
            Some(DefaultDecl::Database(_) | DefaultDecl::Variant(_)) => {
                quote!(::peristyle::query::Origin::Database)
            }
            None if self.decl.identity.is_some() => quote!(::peristyle::query::Origin::Database),
            None => quote!(::peristyle::query::Origin::Given),
        }
    }

    fn maker(&self, value: ApplicationValue) -> TokenStream {
        let ty = self.ty;
        let value = match value {
            ApplicationValue::Now => quote!(Now),
            ApplicationValue::Uuid4 => quote!(Uuid4),
            ApplicationValue::Uuid7 => quote!(Uuid7),
            ApplicationValue::Cuid2 => quote!(Cuid2),
        };
        quote!(::peristyle::query::Maker::of::<#ty>(::peristyle::query::Made::#value))
    }

    fn info(&self) -> TokenStream {
        let name = self.decl.name.as_str();
        let field = self.decl.field.strip_prefix("r#").unwrap_or(&self.decl.field);
        let nullable = self.decl.nullable;
        let origin = self.origin();
        let on_update = match self.decl.on_update {
            Some(value) => {
                let maker = self.maker(value);
                quote!(::core::option::Option::Some(#maker))
            }
            None => quote!(::core::option::Option::None),
        };
        quote! {
            ::peristyle::query::ColumnInfo {
                name: #name, field: #field, nullable: #nullable, origin: #origin, on_update: #on_update,
            }
        }
    }
}

/// How rows are read: `Row`.
pub(crate) fn row(item: &ItemStruct, fields: &[(&Ident, &Type)], present: &[usize]) -> TokenStream {
    let row = &item.ident;
    let width = fields.len();
    let reads = fields.iter().enumerate().map(|(at, (field, ty))| {
        quote_spanned!(ty.span()=> #field: ::peristyle::query::Reader::get::<#ty>(row, at + #at)?)
    });
    quote! {
        #[automatically_derived]
        impl ::peristyle::query::Row for #row {
            const WIDTH: usize = #width;

            #[inline]
            fn decode<'r, R: ::peristyle::query::Reader<'r>>(
                row: &R,
                at: usize,
            ) -> ::core::result::Result<Self, ::peristyle::query::DecodeError> {
                ::core::result::Result::Ok(Self { #(#reads),* })
            }

            #[inline]
            fn is_absent<'r, R: ::peristyle::query::Reader<'r>>(row: &R, at: usize) -> bool {
                true #(&& ::peristyle::query::Cell::is_null(::peristyle::query::Reader::cell(row, at + #present)))*
            }
        }
    }
}

/// How rows are read and known: `Row` and `Source`.
pub(crate) fn source(
    item: &ItemStruct,
    name: &QualifiedName,
    columns: &[Column<'_>],
    key: &[u16],
    uniques: &TokenStream,
    scopes: &TokenStream,
) -> TokenStream {
    let fields: Vec<(&Ident, &Type)> = columns.iter().map(|c| (c.field, c.ty)).collect();
    // A row is there where a column that is never null has a value; where all may be null, any of them.
    let present = columns.iter().find(|column| !column.decl.nullable);
    let present: Vec<usize> = match present {
        Some(column) => vec![usize::from(column.position)],
        None => (0..columns.len()).collect(),
    };
    let read = row(item, &fields, &present);
    let row = &item.ident;
    let namespace = match &name.namespace {
        Some(namespace) => {
            let namespace = namespace.as_str();
            quote!(::core::option::Option::Some(#namespace))
        }
        None => quote!(::core::option::Option::None),
    };
    let name = name.name.as_str();
    let infos = columns.iter().map(Column::info);
    let binds = columns.iter().map(|Column { field, ty, position, .. }| {
        quote_spanned!(ty.span()=> #position => <#ty as ::peristyle::query::Value>::bind(&self.#field))
    });
    quote! {
        #read

        #[automatically_derived]
        impl ::peristyle::query::Source for #row {
            const SOURCE: &'static ::peristyle::query::SourceInfo = {
                static SOURCE: ::peristyle::query::SourceInfo = ::peristyle::query::SourceInfo {
                    namespace: #namespace,
                    name: #name,
                    alias: ::core::option::Option::None,
                    home: ::peristyle::query::Home::Database,
                    columns: &[#(#infos),*],
                    key: &[#(#key),*],
                    uniques: &[#uniques],
                };
                &SOURCE
            };
            const SCOPES: &'static [::peristyle::query::Scoped<Self>] = &[#scopes];

            fn bind(&self, column: u16) -> ::peristyle::query::Bind<'_> {
                match column {
                    #(#binds,)*
                    _ => ::peristyle::query::Bind::Null,
                }
            }
        }
    }
}

/// The text of a declaration, embedded in the program.
pub(crate) fn embedded(declaration: &impl serde::Serialize) -> TokenStream {
    match serde_json::to_string(declaration) {
        Ok(text) => quote!(#text),
        Err(error) => {
            let message = format!("the declaration cannot be written as JSON: {error}");
            quote!(::core::compile_error!(#message))
        }
    }
}
