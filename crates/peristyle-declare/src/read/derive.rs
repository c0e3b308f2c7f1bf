//! Which of our derives an item has.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// A derive of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Derive {
    Table,
    View,
    Enum,
    Newtype,
}

impl Derive {
    const ALL: [Self; 4] = [Self::Table, Self::View, Self::Enum, Self::Newtype];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "Table",
            Self::View => "View",
            Self::Enum => "Enum",
            Self::Newtype => "Newtype",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|derive| derive.name() == name)
    }
}

/// Whether a file can hold a declaration of ours or lead to one. Most files of an application do neither, and need not
/// be parsed.
pub(super) fn may_matter(text: &str) -> bool {
    let derives =
        text.contains("derive") && Derive::ALL.iter().any(|derive| text.contains(derive.name()));
    derives || ["mod ", "include!", "object!"].iter().any(|word| text.contains(word))
}

/// Our derive among an item's attributes.
pub(super) fn of(attributes: &[Attribute]) -> Option<Derive> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("derive") => in_list(&list.tokens),
        _ => None,
    })
}

/// Our derive in `Debug, Clone, peristyle::Table`.
fn in_list(tokens: &TokenStream) -> Option<Derive> {
    let mut path: Vec<String> = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                if let Some(derive) = ours(&path) {
                    return Some(derive);
                }
                path.clear();
            }
            TokenTree::Punct(_) | TokenTree::Group(_) | TokenTree::Literal(_) => {}
        }
    }
    ours(&path)
}

/// A derive is known by its last word; `other::Enum` is another's.
fn ours(path: &[String]) -> Option<Derive> {
    let (last, before) = path.split_last()?;
    let root = before.first().map_or("peristyle", String::as_str);
    matches!(root, "peristyle" | "crate" | "self" | "super").then(|| Derive::named(last))?
}

/// Our derive anywhere in tokens that are not read: `derive(…)` followed by a list that names it.
pub(super) fn hidden_in(tokens: TokenStream) -> Option<Derive> {
    let mut after_derive = false;
    for token in tokens {
        let was_derive = std::mem::replace(&mut after_derive, false);
        match token {
            TokenTree::Ident(word) => after_derive = word == "derive",
            TokenTree::Group(group) => {
                let found =
                    if was_derive { in_list(&group.stream()) } else { hidden_in(group.stream()) };
                if found.is_some() {
                    return found;
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}
