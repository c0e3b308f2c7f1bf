//! The inside of an attribute: a list of entries, read in one way for every attribute.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Lit, LitStr, Token, parenthesized};

use crate::error::{Error, nearest};

/// One entry of an attribute's list.
pub(super) struct Entry {
    pub span: Span,
    pub kind: EntryKind,
}

pub(super) enum EntryKind {
    /// `strict`, `location`, `created_at desc`, `name collate "NOCASE"`.
    Word { word: Ident, descending: bool, collation: Option<LitStr> },
    /// `"lower(email)"`, `"lower(email)" desc`.
    Text { text: LitStr, descending: bool, collation: Option<LitStr> },
    /// `columns(a, b)`.
    List { name: Ident, items: Vec<Ident> },
    /// `name = value`.
    Assign { name: Ident, value: Value },
}

/// The right side of an assignment.
#[derive(Clone)]
pub(super) enum Value {
    /// A literal, with a minus before a number.
    Literal { literal: Lit, negative: bool, span: Span },
    /// A path: `now`, `app::uuid7`, `Status::Requested`, `set_null`.
    Path { parts: Vec<String>, span: Span },
    /// A path with arguments: `sql("…")`, `Other(x, y)`.
    Call { name: String, text: Option<LitStr>, items: Vec<Ident>, span: Span },
}

impl Value {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Literal { span, .. } | Self::Path { span, .. } | Self::Call { span, .. } => *span,
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let text: LitStr = input.parse()?;
            let span = text.span();
            let (descending, collation) = modifiers(input)?;
            return Ok(Self { span, kind: EntryKind::Text { text, descending, collation } });
        }
        let name = Ident::parse_any(input)?;
        let span = name.span();
        if input.peek(syn::token::Paren) {
            let inside;
            parenthesized!(inside in input);
            let items = Punctuated::<AnyIdent, Token![,]>::parse_terminated(&inside)?;
            let items = items.into_iter().map(|item| item.0).collect();
            return Ok(Self { span, kind: EntryKind::List { name, items } });
        }
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let value = input.parse()?;
            return Ok(Self { span, kind: EntryKind::Assign { name, value } });
        }
        let (descending, collation) = modifiers(input)?;
        Ok(Self { span, kind: EntryKind::Word { word: name, descending, collation } })
    }
}

struct AnyIdent(Ident);

impl Parse for AnyIdent {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ident::parse_any(input).map(Self)
    }
}

fn modifiers(input: ParseStream<'_>) -> syn::Result<(bool, Option<LitStr>)> {
    let mut descending = false;
    let mut collation = None;
    while !input.is_empty() && !input.peek(Token![,]) {
        let word = Ident::parse_any(input)?;
        match word.to_string().as_str() {
            "asc" => {}
            "desc" => descending = true,
            "collate" => collation = Some(input.parse()?),
            other => {
                return Err(syn::Error::new(
                    word.span(),
                    format!(
                        "`{other}` cannot stand here: write `asc`, `desc`, `collate \"…\"` or a comma"
                    ),
                ));
            }
        }
    }
    Ok((descending, collation))
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![-]) {
            let minus: Token![-] = input.parse()?;
            let literal: Lit = input.parse()?;
            let span = minus.span().join(literal.span()).unwrap_or_else(|| minus.span());
            return Ok(Self::Literal { literal, negative: true, span });
        }
        if input.peek(Lit) {
            let literal: Lit = input.parse()?;
            let span = literal.span();
            return Ok(Self::Literal { literal, negative: false, span });
        }
        let mut parts = Vec::new();
        let first = Ident::parse_any(input)?;
        let span = first.span();
        parts.push(first.to_string());
        while input.peek(Token![::]) {
            input.parse::<Token![::]>()?;
            parts.push(Ident::parse_any(input)?.to_string());
        }
        if !input.peek(syn::token::Paren) {
            return Ok(Self::Path { parts, span });
        }
        let inside;
        parenthesized!(inside in input);
        let name = parts.join("::");
        if inside.peek(LitStr) {
            let text = Some(inside.parse()?);
            return Ok(Self::Call { name, text, items: Vec::new(), span });
        }
        let items = Punctuated::<AnyIdent, Token![,]>::parse_terminated(&inside)?;
        let items = items.into_iter().map(|item| item.0).collect();
        Ok(Self::Call { name, text: None, items, span })
    }
}

/// The entries of an attribute; a bare `#[key]` has none.
pub(super) fn entries(attribute: &Attribute, errors: &mut Vec<Error>) -> Vec<Entry> {
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return Vec::new();
    }
    match attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated) {
        Ok(list) => list.into_iter().collect(),
        Err(error) => {
            errors.push(Error::from(error));
            Vec::new()
        }
    }
}

/// The text of a string literal, or an error that says what is wanted.
pub(super) fn text(name: &str, value: &Value, errors: &mut Vec<Error>) -> Option<String> {
    match value {
        Value::Literal { literal: Lit::Str(text), .. } => Some(text.value()),
        other => {
            errors.push(Error::new(
                "wrong-value",
                other.span(),
                format!("`{name}` takes a text in double quotes: `{name} = \"…\"`"),
            ));
            None
        }
    }
}

/// A number that fits.
pub(super) fn number<T: std::str::FromStr>(
    name: &str,
    value: &Value,
    errors: &mut Vec<Error>,
) -> Option<T> {
    if let Value::Literal { literal: Lit::Int(digits), negative: false, .. } = value
        && let Ok(number) = digits.base10_digits().parse()
    {
        return Some(number);
    }
    errors.push(Error::new(
        "wrong-value",
        value.span(),
        format!("`{name}` takes a small whole number: `{name} = 10`"),
    ));
    None
}

/// Says that an option is not known, and which one was probably meant.
pub(super) fn unknown(attribute: &str, word: &str, span: Span, known: &[&str]) -> Error {
    let error =
        Error::new("unknown-option", span, format!("`#[{attribute}]` has no option `{word}`"));
    match nearest(word, known) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => error.help("it takes none"),
        None => error.help(format!("it takes {}", list(known))),
    }
}

/// `a`, `b` and `c`, in backticks.
pub(super) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
