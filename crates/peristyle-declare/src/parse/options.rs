//! The inside of an attribute: a list of entries, read in one way for every attribute.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Lit, LitStr, Meta, Token, parenthesized};

use super::sort::Sort;
use super::value::Value;
use crate::error::Error;

/// One entry of an attribute's list.
pub(super) struct Entry {
    pub span: Span,
    pub kind: EntryKind,
}

pub(super) enum EntryKind {
    /// `strict`, `location`, `created_at desc`.
    Word { word: Ident, sort: Sort },
    /// `"lower(email)"`, `"lower(email)" desc`.
    Text { text: LitStr, sort: Sort },
    /// `columns(a, b)`.
    List { name: Ident, items: Vec<Ident> },
    /// `name = value`.
    Assign { name: Ident, value: Value },
}

impl Entry {
    /// The word, if the entry is a word and nothing else.
    pub(super) fn word(&self) -> Option<String> {
        match &self.kind {
            EntryKind::Word { word, sort } if sort.is_plain() => Some(word.to_string()),
            _ => None,
        }
    }

    /// The name and the value, if the entry is an assignment.
    pub(super) fn assignment(&self) -> Option<(String, &Value)> {
        match &self.kind {
            EntryKind::Assign { name, value } => Some((name.to_string(), value)),
            _ => None,
        }
    }

    /// The name by which an option is known: that of a word, a list or an assignment.
    pub(super) fn name(&self) -> Option<&Ident> {
        match &self.kind {
            EntryKind::Word { word: name, .. }
            | EntryKind::List { name, .. }
            | EntryKind::Assign { name, .. } => Some(name),
            EntryKind::Text { .. } => None,
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // Asking syn whether a literal follows would parse it, and make an error of every word.
        if input.cursor().literal().is_some() {
            return match input.parse()? {
                Lit::Str(text) => {
                    let span = text.span();
                    Ok(Self { span, kind: EntryKind::Text { text, sort: input.parse()? } })
                }
                other => {
                    Err(syn::Error::new(other.span(), "an option or a field is expected here"))
                }
            };
        }
        let name = Ident::parse_any(input).map_err(|error| {
            syn::Error::new(error.span(), "an option or a field is expected here")
        })?;
        let span = name.span();
        if input.peek(syn::token::Paren) {
            let inside;
            parenthesized!(inside in input);
            let items = idents(&inside)?;
            comma(input)?;
            return Ok(Self { span, kind: EntryKind::List { name, items } });
        }
        if input.peek(Token![=]) {
            let equals: Token![=] = input.parse()?;
            if at_end(input) {
                return Err(syn::Error::new(
                    equals.span(),
                    format!("the value of `{name}` is missing"),
                ));
            }
            let value = input.parse()?;
            comma(input)?;
            return Ok(Self { span, kind: EntryKind::Assign { name, value } });
        }
        Ok(Self { span, kind: EntryKind::Word { word: name, sort: input.parse()? } })
    }
}

/// Whether an entry ends here: at its comma, or at the end of the list.
pub(super) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Whatever follows a finished entry lacks its comma.
fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if at_end(input) { Ok(()) } else { Err(input.error("a comma is missing before this")) }
}

/// Identifiers and keywords, separated by commas.
pub(super) fn idents(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let list = input.parse_terminated(Ident::parse_any, Token![,])?;
    Ok(list.into_iter().collect())
}

/// The entries of an attribute; a bare `#[key]` has none. An entry that cannot be read is reported, the others are
/// still read.
pub(super) fn entries(attribute: &Attribute, errors: &mut Vec<Error>) -> Vec<Entry> {
    let word = super::attributes::word(attribute);
    match &attribute.meta {
        Meta::Path(_) => Vec::new(),
        Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => {
            let mut parsed = Vec::new();
            let read = |input: ParseStream<'_>| read_list(input, &mut parsed, errors);
            if let Err(error) = list.parse_args_with(read) {
                errors.push(Error::from(error));
            }
            parsed
        }
        other => {
            errors.push(Error::new(
                "syntax",
                other.span(),
                format!("the options of `#[{word}]` stand in parentheses: `#[{word}(…)]`"),
            ));
            Vec::new()
        }
    }
}

/// The text that is all an attribute takes.
pub(super) fn only_text(
    attribute: &Attribute,
    help: &str,
    errors: &mut Vec<Error>,
) -> Option<LitStr> {
    let word = super::attributes::word(attribute);
    let mut texts = Vec::new();
    let before = errors.len();
    for entry in entries(attribute, errors) {
        match entry.kind {
            EntryKind::Text { text, sort } if sort.is_plain() => texts.push(text),
            _ => errors.push(
                Error::new("wrong-value", entry.span, format!("`#[{word}]` takes one text"))
                    .help(help),
            ),
        }
    }
    if texts.len() != 1 && errors.len() == before {
        let span = attribute.path().span();
        errors.push(
            Error::new("wrong-value", span, format!("`#[{word}]` takes one text")).help(help),
        );
    }
    texts.pop()
}

/// Reads the entries of a list. Behind a mistake, reading goes on at the next comma.
fn read_list(
    input: ParseStream<'_>,
    parsed: &mut Vec<Entry>,
    errors: &mut Vec<Error>,
) -> syn::Result<()> {
    while !input.is_empty() {
        if input.peek(Token![,]) {
            let comma: Token![,] = input.parse()?;
            errors.push(Error::new("syntax", comma.span, "there is a comma too many"));
            continue;
        }
        match input.parse() {
            Ok(entry) => parsed.push(entry),
            Err(error) => errors.push(Error::from(error)),
        }
        while !at_end(input) {
            input.parse::<TokenTree>()?;
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// Remembers which options were given, because an option counts once.
#[derive(Default)]
pub(super) struct Given(Vec<String>);

impl Given {
    /// Notes an option; one that was given before is reported.
    pub(super) fn note(&mut self, attribute: &str, entry: &Entry, errors: &mut Vec<Error>) {
        let Some(name) = entry.name().map(ToString::to_string) else { return };
        if self.0.contains(&name) {
            errors.push(Error::new(
                "repeated-option",
                entry.span,
                format!("`#[{attribute}]` has `{name}` twice"),
            ));
        } else {
            self.0.push(name);
        }
    }
}
