//! The inside of an attribute: a list of entries, read in one way for every attribute.

use peristyle_schema::{Fires, Name};
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
    /// `storage(fillfactor = 70)`, `partition_of(Parent, "default")`.
    Mixed { name: Ident, items: Vec<Ident>, texts: Vec<LitStr>, pairs: Vec<(String, String)> },
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
            | EntryKind::Mixed { name, .. }
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
            if MIXED.iter().any(|word| name == word) {
                let kind = mixed(name, &inside)?;
                comma(input)?;
                return Ok(Self { span, kind });
            }
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

/// The lists that hold more than words.
const MIXED: &[&str] = &["storage", "with", "partition_of"];

/// Reads the inside of a list of words, texts and `name = value`.
fn mixed(name: Ident, input: ParseStream<'_>) -> syn::Result<EntryKind> {
    let (mut items, mut texts, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    while !input.is_empty() {
        let text: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        let word = match &text {
            Some(_) => None,
            None => match Ident::parse_any(input) {
                Ok(word) => Some(word),
                Err(error) => {
                    // What is left unread would be a second mistake.
                    while !input.is_empty() {
                        input.parse::<TokenTree>()?;
                    }
                    let message = format!("`{name}` takes words, texts and `name = value`");
                    return Err(syn::Error::new(error.span(), message));
                }
            },
        };
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let key = match (&text, &word) {
                (Some(text), _) => text.value(),
                (None, Some(word)) => word.unraw().to_string(),
                (None, None) => String::new(),
            };
            pairs.push((key, plain_value(input)?));
        } else {
            texts.extend(text);
            items.extend(word);
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(EntryKind::Mixed { name, items, texts, pairs })
}

/// A word, a number or a text, as its text.
fn plain_value(input: ParseStream<'_>) -> syn::Result<String> {
    if input.cursor().literal().is_none() && !input.peek(Token![-]) {
        return Ok(Ident::parse_any(input)?.unraw().to_string());
    }
    let sign = if input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        "-"
    } else {
        ""
    };
    match input.parse()? {
        Lit::Str(text) if sign.is_empty() => Ok(text.value()),
        Lit::Int(number) => Ok(format!("{sign}{}", number.base10_digits())),
        Lit::Float(number) => Ok(format!("{sign}{}", number.base10_digits())),
        other => Err(syn::Error::new(other.span(), "a word, a number or a text is expected here")),
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

/// The dialects that a text can be meant for.
pub(crate) const DIALECTS: &[&str] = &["sqlite", "postgres"];

/// The dialect that an entry names, if it is nothing but that.
pub(super) fn dialect(entry: &Entry) -> Option<Name> {
    let word = entry.word()?;
    DIALECTS.contains(&word.as_str()).then(|| Name::new(word))
}

/// A statement that is all an attribute takes, with the dialect it is meant for and its documentation.
pub(super) struct Text {
    pub text: LitStr,
    pub dialect: Option<Name>,
    pub fires: Option<Fires>,
    pub doc: Option<String>,
}

/// When a trigger fires, in the words of `#[trigger]`.
pub(crate) const FIRES: &[(&str, Fires)] =
    &[("disabled", Fires::Never), ("on_replica", Fires::OnReplica), ("always", Fires::Always)];

/// Reads `#[trigger(postgres, "CREATE …", doc = "…")]`.
pub(super) fn only_text(
    attribute: &Attribute,
    help: &str,
    errors: &mut Vec<Error>,
) -> Option<Text> {
    let word = super::attributes::word(attribute);
    let mut texts = Vec::new();
    let mut of = None;
    let mut fires = None;
    let mut doc = None;
    let before = errors.len();
    for entry in entries(attribute, errors) {
        if let Some(dialect) = dialect(&entry)
            && of.is_none()
        {
            of = Some(dialect);
            continue;
        }
        let said = FIRES.iter().find(|(said, _)| entry.word().as_deref() == Some(*said));
        if let Some((_, said)) = said
            && word == "trigger"
            && fires.is_none()
        {
            fires = Some(*said);
            continue;
        }
        if let Some((name, given)) = entry.assignment()
            && name == "doc"
        {
            doc = super::value::text("doc", given, errors);
            continue;
        }
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
    Some(Text { text: texts.pop()?, dialect: of, fires, doc })
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
