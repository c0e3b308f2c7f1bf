//! An enum that is an enumerated type.

use std::sync::Arc;

use peristyle_schema::{Name, QualifiedName};
use syn::spanned::Spanned;
use syn::{Fields, ItemEnum, Variant};

use super::attributes::{Place, doc, is_ours, place, unexpected};
use super::options::{EntryKind, Given, entries};
use super::{not_generic, value};
use crate::convention;
use crate::error::Error;
use crate::model::{EnumDecl, VariantDecl};

const ENUM_TYPE: &[&str] = &["name", "schema", "was"];

/// Reads an enum with `#[derive(Enum)]`: each variant is a value.
pub fn parse_enum(item: &ItemEnum, file: Option<&Arc<str>>) -> Result<EnumDecl, Vec<Error>> {
    let rust_name = item.ident.to_string();
    let mut errors = Vec::new();
    errors.extend(not_generic(&item.generics, "Enum").err());
    let mut enumerated = EnumDecl {
        name: QualifiedName::local(convention::enum_name(&rust_name)),
        rust_name,
        was: None,
        doc: doc(&item.attrs),
        variants: Vec::new(),
        span: place(item.ident.span(), file),
    };
    let mut given = Given::default();
    for attribute in &item.attrs {
        if !is_ours(attribute, Place::Enum, &mut errors) {
            continue;
        }
        for entry in entries(attribute, &mut errors) {
            given.note("enum_type", &entry, &mut errors);
            match entry.assignment() {
                Some((name, given)) if name == "name" => {
                    if let Some(name) = value::qualified("name", given, &mut errors) {
                        enumerated.name.name = name.name;
                        if name.namespace.is_some() {
                            enumerated.name.namespace = name.namespace;
                        }
                    }
                }
                Some((name, given)) if name == "schema" => {
                    enumerated.name.namespace = value::name("schema", given, &mut errors);
                }
                Some((name, given)) if name == "was" => {
                    enumerated.was = value::qualified("was", given, &mut errors);
                }
                _ => errors.push(unexpected("enum_type", &entry, ENUM_TYPE)),
            }
        }
    }
    for variant in &item.variants {
        let read = read_variant(variant, &mut errors);
        if let Some(twin) = enumerated.variants.iter().find(|held| held.name == read.name) {
            errors.push(Error::new(
                "duplicate-value",
                variant.ident.span(),
                format!(
                    "`{}` and `{}` are both stored as `{}`",
                    twin.rust_name, read.rust_name, read.name
                ),
            ));
        }
        enumerated.variants.push(read);
    }
    if enumerated.variants.is_empty() {
        errors.push(Error::new(
            "no-values",
            item.ident.span(),
            "an enumerated type needs a value: the enum has no variants",
        ));
    }
    if errors.is_empty() { Ok(enumerated) } else { Err(errors) }
}

fn read_variant(variant: &Variant, errors: &mut Vec<Error>) -> VariantDecl {
    let rust_name = variant.ident.to_string();
    if !matches!(variant.fields, Fields::Unit) {
        errors.push(
            Error::new(
                "variant-with-fields",
                variant.fields.span(),
                format!(
                    "`{rust_name}` holds fields, and a value of an enumerated type is only a name"
                ),
            )
            .help("use a `Json<…>` column for values that hold more"),
        );
    }
    let mut read =
        VariantDecl { name: Name::new(convention::value_name(&rust_name)), rust_name, was: None };
    let mut given = Given::default();
    for attribute in &variant.attrs {
        if !is_ours(attribute, Place::Variant, errors) {
            continue;
        }
        for entry in entries(attribute, errors) {
            given.note("value", &entry, errors);
            match (&entry.kind, entry.assignment()) {
                (EntryKind::Text { text, sort }, _) if sort.is_plain() => {
                    read.name = Name::new(text.value());
                }
                (_, Some((name, given))) if name == "name" => {
                    if let Some(text) = value::text("name", given, errors) {
                        read.name = Name::new(text);
                    }
                }
                (_, Some((name, given))) if name == "was" => {
                    read.was = value::text("was", given, errors).map(Name::new);
                }
                _ => errors.push(unexpected("value", &entry, &["name", "was"])),
            }
        }
    }
    read
}
