//! Which attributes are ours, and what stands in them whatever they are on.

use std::sync::Arc;

use peristyle_schema::{Action, Deferrable, Hint, Name, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, Meta};

use super::options::{Value, list, unknown};
use crate::error::{Error, nearest, span_in};

/// The attributes of a table's struct, besides those of other crates.
pub(super) const TABLE: &[&str] =
    &["table", "key", "index", "unique", "check", "foreign_key", "trigger"];

/// The attributes of a field.
pub(super) const FIELD: &[&str] = &["key", "unique", "index", "references", "column"];

/// Attributes that the language or well-known derives own; they are never a misspelling of ours.
const FOREIGN: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "must_use",
    "non_exhaustive",
    "repr",
    "serde",
    "warn",
    "deny",
    "forbid",
    "inline",
    "schemars",
    "ts",
    "validate",
];

/// The one word of an attribute's path.
pub(super) fn word(attribute: &Attribute) -> String {
    attribute.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

/// Says that an attribute is not ours if it is close to one that is.
///
/// The compiler itself refuses an attribute that nobody registered; a word close to ours gets the better message.
pub(super) fn check_word(attribute: &Attribute, ours: &[&str], errors: &mut Vec<Error>) {
    let word = word(attribute);
    if word.is_empty() || FOREIGN.contains(&word.as_str()) || ours.contains(&word.as_str()) {
        return;
    }
    if let Some(near) = nearest(&word, ours) {
        errors.push(
            Error::new(
                "unknown-attribute",
                attribute.path().span(),
                format!("there is no attribute `#[{word}]` here"),
            )
            .help(format!("did you mean `#[{near}]`?")),
        );
    }
}

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

/// What `on_delete`, `on_update`, `deferrable` and `name` say of a foreign key.
#[derive(Default)]
pub(super) struct Rules {
    pub name: Option<Name>,
    pub on_delete: Action,
    pub on_update: Action,
    pub deferrable: Deferrable,
}

impl Rules {
    /// Takes one option; `false` if it is not one of ours.
    pub(super) fn take(&mut self, name: &str, value: &Value, errors: &mut Vec<Error>) -> bool {
        match name {
            "name" => {
                self.name = super::options::text(name, value, errors).map(Name::new);
            }
            "on_delete" => self.on_delete = action(name, value, errors),
            "on_update" => self.on_update = action(name, value, errors),
            "deferrable" => self.deferrable = deferrable(value, errors),
            _ => return false,
        }
        true
    }
}

fn one_word(value: &Value) -> Option<&str> {
    match value {
        Value::Path { parts, .. } => match parts.as_slice() {
            [word] => Some(word),
            _ => None,
        },
        Value::Literal { .. } | Value::Call { .. } => None,
    }
}

fn action(name: &str, value: &Value, errors: &mut Vec<Error>) -> Action {
    const KNOWN: &[&str] = &["no_action", "restrict", "cascade", "set_null", "set_default"];
    match one_word(value) {
        Some("no_action") => Action::NoAction,
        Some("restrict") => Action::Restrict,
        Some("cascade") => Action::Cascade,
        Some("set_null") => Action::SetNull,
        Some("set_default") => Action::SetDefault,
        other => {
            errors.push(wrong_word(name, other, value, KNOWN));
            Action::NoAction
        }
    }
}

fn deferrable(value: &Value, errors: &mut Vec<Error>) -> Deferrable {
    const KNOWN: &[&str] = &["deferred", "immediate"];
    match one_word(value) {
        Some("deferred") => Deferrable::InitiallyDeferred,
        Some("immediate") => Deferrable::InitiallyImmediate,
        other => {
            errors.push(wrong_word("deferrable", other, value, KNOWN));
            Deferrable::Not
        }
    }
}

fn wrong_word(name: &str, word: Option<&str>, value: &Value, known: &[&str]) -> Error {
    let error =
        Error::new("wrong-value", value.span(), format!("`{name}` takes one of {}", list(known)));
    match word.and_then(|word| nearest(word, known)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// Says that an attribute has an entry that it does not take.
pub(super) fn unexpected(attribute: &str, entry: &super::options::Entry, known: &[&str]) -> Error {
    use super::options::EntryKind;
    match &entry.kind {
        EntryKind::Word { word, .. } => unknown(attribute, &word.to_string(), entry.span, known),
        EntryKind::List { name, .. } | EntryKind::Assign { name, .. } => {
            unknown(attribute, &name.to_string(), entry.span, known)
        }
        EntryKind::Text { .. } => Error::new(
            "unknown-option",
            entry.span,
            format!("`#[{attribute}]` does not take a text here"),
        )
        .help(format!("it takes {}", list(known))),
    }
}
