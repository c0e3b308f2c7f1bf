//! Which attributes are ours, and where each may stand.

use std::sync::Arc;

use peristyle_schema::{Hint, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, Meta};

use super::options::Entry;
use crate::error::{Error, did_you_mean, list, nearest, span_in};

/// A place where attributes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The struct of a table.
    Table,
    /// The struct of a view.
    View,
    /// An enum.
    Enum,
    /// A field of a table.
    Field,
    /// A field of a view.
    ViewField,
    /// A variant of an enum.
    Variant,
    /// The struct of a newtype.
    Newtype,
}

impl Place {
    /// The attributes that may stand here.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Table => &[
                "table",
                "key",
                "index",
                "unique",
                "check",
                "exclude",
                "foreign_key",
                "trigger",
                "policy",
            ],
            Self::View => &["view", "trigger"],
            Self::Enum => &["enum_type"],
            Self::Field => &["key", "unique", "index", "references", "column"],
            Self::ViewField => &["column"],
            Self::Variant => &["value"],
            Self::Newtype => &[],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Table => "the struct of a table",
            Self::View => "the struct of a view",
            Self::Enum => "an enum",
            Self::Field => "a field",
            Self::ViewField => "a field of a view",
            Self::Variant => "a variant",
            Self::Newtype => "a newtype",
        }
    }
}

/// Where else an attribute of ours belongs.
fn home(word: &str) -> Option<&'static str> {
    Some(match word {
        "table" | "foreign_key" | "exclude" | "policy" => "it belongs on the struct of a table",
        "trigger" => "it belongs on the struct of a table or a view",
        "check" => {
            "on a field write `#[column(check = \"…\")]`; `#[check]` belongs on the struct of a table"
        }
        "view" => "it belongs on the struct of a view",
        "enum_type" => "it belongs on an enum",
        "value" => "it belongs on a variant of an enum",
        "key" | "unique" | "index" => "it belongs on a table or on a field of one",
        "references" | "column" => "it belongs on a field",
        _ => return None,
    })
}

/// The one word of an attribute's path.
pub(super) fn word(attribute: &Attribute) -> String {
    attribute.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

/// Whether an attribute is ours at this place. One of ours that stands elsewhere is reported, and so is a word close
/// to one of ours: the compiler would let the first pass and has no good word for the second.
pub(super) fn is_ours(attribute: &Attribute, place: Place, errors: &mut Vec<Error>) -> bool {
    if let Some(word) = attribute.path().get_ident()
        && place.words().iter().any(|ours| word == ours)
    {
        return true;
    }
    let word = word(attribute);
    if word.is_empty() || FOREIGN.contains(&word.as_str()) {
        return false;
    }
    let at = attribute.path().span();
    if let Some(home) = home(&word) {
        let message = format!("`#[{word}]` has no meaning on {}", place.name());
        errors.push(Error::new("misplaced-attribute", at, message).help(home));
    } else if let Some(near) = nearest(&word, place.words()) {
        let message = format!("there is no attribute `#[{word}]` here");
        errors.push(
            Error::new("unknown-attribute", at, message).help(format!("did you mean `#[{near}]`?")),
        );
    }
    false
}

/// Attributes of others that are common, or close to one of ours and never a misspelling of it.
const FOREIGN: &[&str] =
    &["doc", "derive", "serde", "cfg", "allow", "expect", "repr", "tables", "values", "validate"];

/// The documentation of an item: its doc comments' lines, one leading space taken off each.
pub(super) fn doc(attributes: &[Attribute]) -> Option<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(text) = &literal.lit
        {
            for line in text.value().split('\n') {
                lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned());
            }
        }
    }
    let doc = lines.join("\n");
    let doc = doc.trim_matches('\n');
    (!doc.is_empty()).then(|| doc.to_owned())
}

/// The place of a span, where the file is known.
pub(super) fn place(span: proc_macro2::Span, file: Option<&Arc<str>>) -> Hint<Span> {
    Hint(file.map(|file| span_in(span, file)))
}

/// Says that an attribute has an entry that it does not take.
pub(super) fn unexpected(attribute: &str, entry: &Entry, known: &[&str]) -> Error {
    let Some(word) = entry.name() else {
        let message = format!("`#[{attribute}]` does not take a text here");
        let error = Error::new("unknown-option", entry.span, message);
        return if known.is_empty() {
            error
        } else {
            error.help(format!("it takes {}", list(known)))
        };
    };
    if known.iter().any(|known| word == known) {
        let message = format!("`{word}` is not written this way in `#[{attribute}]`");
        let help = match entry.kind {
            super::options::EntryKind::Assign { .. } => format!("write `{word}` alone"),
            _ => format!("write `{word} = …`"),
        };
        return Error::new("wrong-value", entry.span, message).help(help);
    }
    let error = Error::new(
        "unknown-option",
        entry.span,
        format!("`#[{attribute}]` has no option `{word}`"),
    );
    match did_you_mean(&word.to_string(), known) {
        Some(question) => error.help(question),
        None if known.is_empty() => error.help("it takes none"),
        None => error.help(format!("it takes {}", list(known))),
    }
}
