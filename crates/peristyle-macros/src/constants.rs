//! The constants of a row type: columns, unique keys, references.

use std::collections::BTreeSet;

use peristyle_declare::{IndexDeclKey, TableDecl};
use peristyle_schema::naming;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, Ident, ItemStruct, PathArguments, Type};

use crate::rows::Column;

/// Names that are taken, so that each constant has its own.
#[derive(Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// The name, or the first of it with this suffix that is free.
    pub(crate) fn take(&mut self, name: String, suffix: &str, span: Span) -> Ident {
        let mut name = name;
        while !self.0.insert(name.clone()) {
            name.push_str(suffix);
        }
        Ident::new(&name, span)
    }
}

pub(crate) fn upper(field: &str) -> String {
    field.strip_prefix("r#").unwrap_or(field).to_uppercase()
}

/// One constant for each column.
pub(crate) fn columns(item: &ItemStruct, columns: &[Column<'_>], names: &mut Names) -> TokenStream {
    let vis = &item.vis;
    columns
        .iter()
        .map(|Column { decl, field, ty, position }| {
            let name = names.take(upper(&decl.field), "_COLUMN", field.span());
            let doc = decl.doc.clone().unwrap_or_else(|| format!("The column `{}`.", decl.name));
            quote! {
                #[doc = #doc]
                #vis const #name: ::peristyle::query::Column<Self, #ty> =
                    ::peristyle::query::Column::new(#position);
            }
        })
        .collect()
}

/// The unique keys of a table: what is known of each, and a constant for each.
pub(crate) struct Uniques {
    pub(crate) infos: TokenStream,
    pub(crate) constants: TokenStream,
}

pub(crate) fn uniques(
    item: &ItemStruct,
    table: &TableDecl,
    columns: &[Column<'_>],
    key: &[u16],
    names: &mut Names,
) -> Uniques {
    let mut found = Uniques { infos: TokenStream::new(), constants: TokenStream::new() };
    let mut count = 0u16;
    let mut add = |name: &str, positions: &[u16], filter: Option<&str>, constant: Ident| {
        let filter = match filter {
            Some(filter) => quote!(::core::option::Option::Some(#filter)),
            None => quote!(::core::option::Option::None),
        };
        let doc = format!("The unique key `{name}`.");
        let vis = &item.vis;
        found.infos.extend(quote! {
            ::peristyle::query::UniqueInfo {
                name: #name, columns: &[#(#positions),*], filter: #filter,
            },
        });
        found.constants.extend(quote! {
            #[doc = #doc]
            #vis const #constant: ::peristyle::query::Unique<Self> =
                ::peristyle::query::Unique::new(#count);
        });
        count += 1;
    };
    if !key.is_empty() {
        let constant = names.take("PRIMARY_KEY".to_owned(), "_UNIQUE", item.ident.span());
        let name = table.key_name.clone().unwrap_or_else(|| naming::primary_key(&table.name));
        add(&name, key, None, constant);
    }
    for index in table.indexes.iter().filter(|index| index.unique) {
        // A key over expressions, or in another collation, is not one that a conflict can be matched with by columns.
        let parts: Option<Vec<&Column<'_>>> = index
            .parts
            .iter()
            .map(|part| match &part.key {
                IndexDeclKey::Field(field) if part.collation.is_none() => {
                    columns.iter().find(|c| upper(&c.decl.field) == upper(field))
                }
                IndexDeclKey::Field(_) | IndexDeclKey::Expr(_) => None,
            })
            .collect();
        let Some(parts) = parts else { continue };
        let positions: Vec<u16> = parts.iter().map(|part| part.position).collect();
        let fields: Vec<String> = parts.iter().map(|part| upper(&part.decl.field)).collect();
        let constant =
            names.take(format!("{}_KEY", fields.join("_")), "_UNIQUE", item.ident.span());
        let of: Vec<_> = parts.iter().map(|part| part.decl.name.clone()).collect();
        let name = index.name.clone().unwrap_or_else(|| naming::unique(&table.name, &of));
        add(&name, &positions, index.filter.as_ref().map(|filter| filter.as_str()), constant);
    }
    found
}

/// One constant for each foreign key.
pub(crate) fn references(
    item: &ItemStruct,
    table: &TableDecl,
    columns: &[Column<'_>],
    names: &mut Names,
) -> TokenStream {
    let mut constants = TokenStream::new();
    for column in columns {
        let Some(reference) = &column.decl.reference else { continue };
        let Some(target) = target(column.ty, reference.target.as_deref(), column.field) else {
            continue;
        };
        let field = upper(&column.decl.field);
        let name = match field.strip_suffix("_ID") {
            Some(stem) if !stem.is_empty() => stem.to_owned(),
            _ => format!("{field}_REFERENCE"),
        };
        let name = names.take(name, "_REFERENCE", column.field.span());
        let to: Vec<&str> = reference.column.iter().map(|field| field.name.as_str()).collect();
        constants.extend(constant(item, &name, &[column], &target, &to));
    }
    for key in &table.foreign_keys {
        let Some(target) = key.reference.target.as_deref() else { continue };
        let parts: Vec<&Column<'_>> = key
            .columns
            .iter()
            .filter_map(|field| columns.iter().find(|c| upper(&c.decl.field) == upper(field)))
            .collect();
        let name = match &key.reference.name {
            Some(name) => upper(name),
            None => upper(&peristyle_declare::enum_name(target)),
        };
        let name = names.take(name, "_REFERENCE", item.ident.span());
        let target = format_ident!("{target}");
        let to: Vec<&str> = key.references.iter().map(|field| field.name.as_str()).collect();
        constants.extend(constant(item, &name, &parts, &quote!(#target), &to));
    }
    constants
}

fn constant(
    item: &ItemStruct,
    name: &Ident,
    parts: &[&Column<'_>],
    target: &TokenStream,
    to: &[&str],
) -> TokenStream {
    let vis = &item.vis;
    let positions = parts.iter().map(|part| part.position);
    let presence = if parts.iter().any(|part| part.decl.nullable) {
        quote!(::peristyle::query::Optional)
    } else {
        quote!(::peristyle::query::Required)
    };
    let doc = format!("What `{}` references, and what references it.", item.ident);
    quote! {
        #[doc = #doc]
        #vis const #name: ::peristyle::query::Reference<Self, #target, #presence> =
            ::peristyle::query::Reference::new(&[#(#positions),*], &[#(#to),*]);
    }
}

/// What a field references: the type inside of `Id<…>` as it was written, or the name that the attribute gives.
fn target(ty: &Type, named: Option<&str>, field: &Ident) -> Option<TokenStream> {
    let inside = inside(ty, "Id");
    let last = inside.and_then(|ty| match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    });
    match (inside, named) {
        (Some(ty), None) => Some(quote!(#ty)),
        (Some(ty), Some(named)) if last.as_deref().is_some_and(|l| l == named || l == "Self") => {
            Some(quote!(#ty))
        }
        (_, Some(named)) => {
            let named = Ident::new(named, field.span());
            Some(quote!(#named))
        }
        (None, None) => None,
    }
}

/// The type inside of `Id<…>`, through `Option<…>`.
fn inside<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let argument = arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })?;
    if segment.ident == wrapper {
        Some(argument)
    } else if segment.ident == "Option" {
        inside(argument, wrapper)
    } else {
        None
    }
}
