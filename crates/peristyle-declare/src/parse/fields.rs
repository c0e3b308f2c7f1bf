//! The fields of a struct, as the attributes of the struct name them.

use syn::Ident;

use crate::convention::bare;
use crate::error::{Error, did_you_mean};

/// The names of a struct's fields.
pub(super) struct Fields<'a> {
    pub owner: &'a str,
    pub names: Vec<String>,
    /// The field that the struct itself says is the key.
    pub key: Option<String>,
}

impl Fields<'_> {
    /// The field that is meant, or an error at the word that names none.
    pub(super) fn find(
        &self,
        attribute: &str,
        word: &Ident,
        errors: &mut Vec<Error>,
    ) -> Option<String> {
        let name = word.to_string();
        let found = self.names.iter().find(|field| bare(field) == bare(&name));
        if found.is_none() {
            let names: Vec<&str> = self.names.iter().map(|name| bare(name)).collect();
            let message =
                format!("`#[{attribute}]` names `{name}`, and `{}` has no such field", self.owner);
            let help = did_you_mean(bare(&name), &names)
                .unwrap_or_else(|| format!("its fields are {}", names.join(", ")));
            errors.push(Error::new("unknown-field", word.span(), message).help(help));
        }
        found.cloned()
    }

    /// The fields that are meant, each named once.
    pub(super) fn check(
        &self,
        attribute: &str,
        words: &[Ident],
        errors: &mut Vec<Error>,
    ) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for word in words {
            let Some(field) = self.find(attribute, word, errors) else { continue };
            if found.contains(&field) {
                errors.push(named_twice(attribute, word));
            } else {
                found.push(field);
            }
        }
        found
    }
}

/// Says that a field is named twice.
pub(super) fn named_twice(attribute: &str, word: &Ident) -> Error {
    let message = format!("`#[{attribute}]` names `{word}` twice");
    Error::new("repeated-option", word.span(), message)
}
