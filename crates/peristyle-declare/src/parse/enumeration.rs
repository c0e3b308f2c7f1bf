//! An enum that is an enumerated type.

use std::sync::Arc;

use peristyle_schema::{Name, QualifiedName};
use syn::spanned::Spanned;
use syn::{Fields, ItemEnum, Variant};

use super::attributes::{check_word, doc, place, unexpected, word};
use super::options::{EntryKind, entries, text};
use super::table;
use crate::convention;
use crate::error::Error;
use crate::model::{EnumDecl, VariantDecl};

/// Reads an enum with `#[derive(Enum)]`: each variant is a value.
pub fn parse_enum(item: &ItemEnum, file: Option<&Arc<str>>) -> Result<EnumDecl, Vec<Error>> {
    let rust_name = item.ident.to_string();
    let mut errors = Vec::new();
    let mut enumerated = EnumDecl {
        name: QualifiedName::local(convention::enum_name(&rust_name)),
        rust_name,
        was: None,
        doc: doc(&item.attrs),
        variants: Vec::new(),
        span: place(item.ident.span(), file),
    };
    for attribute in &item.attrs {
        check_word(attribute, &["enum_type"], &mut errors);
        if word(attribute) != "enum_type" {
            continue;
        }
        for entry in entries(attribute, &mut errors) {
            match &entry.kind {
                EntryKind::Assign { name, value } if name == "name" => {
                    if let Some(name) = table::qualified("name", value, &mut errors) {
                        enumerated.name = name;
                    }
                }
                EntryKind::Assign { name, value } if name == "was" => {
                    enumerated.was = table::qualified("was", value, &mut errors);
                }
                _ => errors.push(unexpected("enum_type", &entry, &["name", "was"])),
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
    for attribute in &variant.attrs {
        check_word(attribute, &["value"], errors);
        if word(attribute) != "value" {
            continue;
        }
        for entry in entries(attribute, errors) {
            match &entry.kind {
                EntryKind::Text { text, .. } => read.name = Name::new(text.value()),
                EntryKind::Assign { name, value } if name == "name" => {
                    if let Some(text) = text("name", value, errors) {
                        read.name = Name::new(text);
                    }
                }
                EntryKind::Assign { name, value } if name == "was" => {
                    read.was = text("was", value, errors).map(Name::new);
                }
                _ => errors.push(unexpected("value", &entry, &["name", "was"])),
            }
        }
    }
    read
}
