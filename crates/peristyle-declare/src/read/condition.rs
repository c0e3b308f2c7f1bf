//! Conditional compilation: what can be decided without compiling, and what cannot.

use syn::spanned::Spanned;
use syn::{Attribute, Meta};

use super::derive;
use crate::error::Error;

/// Whether an item is compiled for tests alone: `#[cfg(test)]`.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    conditions(attributes).any(|attribute| text(attribute) == "test")
}

/// The condition of an item that only a build can decide.
pub(super) fn undecided(attributes: &[Attribute]) -> Option<&Attribute> {
    conditions(attributes)
        .find(|attribute| !matches!(text(attribute).as_str(), "test" | "not(test)"))
}

/// A derive of ours that comes under a condition: `#[cfg_attr(feature = "x", derive(Table))]`.
pub(super) fn derives(attributes: &[Attribute]) -> Option<&Attribute> {
    attributes.iter().find(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            derive::hidden_in(list.tokens.clone()).is_some()
        }
        _ => false,
    })
}

/// Says that a condition cannot be decided.
pub(super) fn error(attribute: &Attribute) -> Error {
    Error::new(
        "conditional-declaration",
        attribute.span(),
        "whether this is declared depends on how it is compiled",
    )
    .help("declare it without the condition: all builds of an application share one database")
}

fn conditions(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

fn text(attribute: &Attribute) -> String {
    match &attribute.meta {
        Meta::List(list) => list.tokens.to_string().replace(' ', ""),
        Meta::Path(_) | Meta::NameValue(_) => String::new(),
    }
}
