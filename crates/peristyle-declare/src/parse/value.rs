//! The right side of an assignment in an attribute.

use peristyle_schema::{Name, QualifiedName};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Lit, LitBool, LitStr, Token, parenthesized};

use super::options::at_end;
use crate::error::{Error, did_you_mean, list};

/// The right side of an assignment.
pub(super) enum Value {
    /// A literal, with a minus before a number.
    Literal { literal: Lit, negative: bool, span: Span },
    /// A path: `now`, `app::uuid7`, `Status::Requested`, `set_null`.
    Path { parts: Vec<String>, span: Span },
    /// A path with arguments: `sql("…")`, `Other(x, y)`, `table("people", "id")`.
    Call { parts: Vec<String>, texts: Vec<LitStr>, items: Vec<Ident>, span: Span },
}

impl Value {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Literal { span, .. } | Self::Path { span, .. } | Self::Call { span, .. } => *span,
        }
    }

    /// The word, if the value is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Path { parts, .. } => match parts.as_slice() {
                [word] => Some(word),
                _ => None,
            },
            Self::Literal { .. } | Self::Call { .. } => None,
        }
    }

    /// The one text of a call to `function`: `sql("…")`.
    pub(super) fn text_of(&self, function: &str) -> Option<String> {
        match self {
            Self::Call { parts, texts, .. } if parts.len() == 1 && parts[0] == function => {
                match texts.as_slice() {
                    [text] => Some(text.value()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![-]) {
            let minus: Token![-] = input.parse()?;
            let literal: Lit = match at_end(input) {
                true => return Err(syn::Error::new(minus.span, "a number is missing")),
                false => input.parse()?,
            };
            let span = joined(minus.span, literal.span());
            return Ok(Self::Literal { literal, negative: true, span });
        }
        if input.cursor().literal().is_some() {
            let literal: Lit = input.parse()?;
            let span = literal.span();
            return Ok(Self::Literal { literal, negative: false, span });
        }
        let (parts, span) = path(input)?;
        if let [word @ ("true" | "false")] =
            parts.iter().map(String::as_str).collect::<Vec<_>>()[..]
        {
            let literal = Lit::Bool(LitBool::new(word == "true", span));
            return Ok(Self::Literal { literal, negative: false, span });
        }
        if input.peek(Token![!]) {
            return Err(syn::Error::new(
                span,
                "a macro is not expanded here: write out what it stands for",
            ));
        }
        if !input.peek(syn::token::Paren) {
            return Ok(Self::Path { parts, span });
        }
        let inside;
        parenthesized!(inside in input);
        if inside.cursor().literal().is_some() {
            let texts = inside.parse_terminated(<LitStr as Parse>::parse, Token![,])?;
            return Ok(Self::Call {
                parts,
                texts: texts.into_iter().collect(),
                items: Vec::new(),
                span,
            });
        }
        let items = super::options::idents(&inside)?;
        Ok(Self::Call { parts, texts: Vec::new(), items, span })
    }
}

/// The words of a path, and where it stands.
pub(super) fn path(input: ParseStream<'_>) -> syn::Result<(Vec<String>, Span)> {
    let wrong = |span| syn::Error::new(span, "a constant, a word or a path is expected here");
    let mut last = Ident::parse_any(input).map_err(|error| wrong(error.span()))?;
    let first = last.span();
    let mut parts = vec![last.to_string()];
    while input.peek(Token![::]) {
        let colons: Token![::] = input.parse()?;
        if at_end(input) {
            return Err(wrong(colons.spans[0]));
        }
        last = Ident::parse_any(input).map_err(|error| wrong(error.span()))?;
        parts.push(last.to_string());
    }
    Ok((parts, joined(first, last.span())))
}

/// Both places as one, where the compiler allows it.
fn joined(first: Span, last: Span) -> Span {
    first.join(last).unwrap_or(first)
}

/// The text of a string literal, or an error that says what is wanted.
pub(super) fn text(name: &str, value: &Value, errors: &mut Vec<Error>) -> Option<String> {
    if let Value::Literal { literal: Lit::Str(text), .. } = value {
        return Some(text.value());
    }
    errors.push(Error::new(
        "wrong-value",
        value.span(),
        format!("`{name}` takes a text in double quotes: `{name} = \"…\"`"),
    ));
    None
}

/// A name; an empty text names nothing.
pub(super) fn name(option: &str, value: &Value, errors: &mut Vec<Error>) -> Option<Name> {
    let text = text(option, value, errors)?;
    if text.is_empty() {
        errors.push(Error::new("wrong-value", value.span(), format!("`{option}` is empty")));
        return None;
    }
    Some(Name::new(text))
}

/// A name that may be qualified by a namespace.
pub(super) fn qualified(
    option: &str,
    value: &Value,
    errors: &mut Vec<Error>,
) -> Option<QualifiedName> {
    let text = text(option, value, errors)?;
    text.parse()
        .map_err(|error: peristyle_schema::NameError| {
            let whole = QualifiedName::local(text.as_str()).to_string();
            errors.push(
                Error::new("wrong-value", value.span(), error.to_string())
                    .help(format!("as one name it is quoted: `{option} = {whole:?}`")),
            );
        })
        .ok()
}

/// A number that fits.
pub(super) fn number<T: std::str::FromStr>(
    name: &str,
    value: &Value,
    errors: &mut Vec<Error>,
) -> Option<T> {
    if let Value::Literal { literal: Lit::Int(digits), negative, .. } = value {
        let sign = if *negative { "-" } else { "" };
        if let Ok(number) = format!("{sign}{}", digits.base10_digits()).parse() {
            return Some(number);
        }
    }
    errors.push(Error::new(
        "wrong-value",
        value.span(),
        format!("`{name}` takes a small whole number: `{name} = 10`"),
    ));
    None
}

/// One of a few words, each of which means something.
pub(super) fn one_of<T: Copy>(
    name: &str,
    value: &Value,
    known: &[(&str, T)],
    errors: &mut Vec<Error>,
) -> Option<T> {
    let word = value.word();
    if let Some((_, meaning)) = known.iter().find(|(known, _)| Some(*known) == word) {
        return Some(*meaning);
    }
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let error =
        Error::new("wrong-value", value.span(), format!("`{name}` takes one of {}", list(&words)));
    errors.push(error.maybe_help(word.and_then(|word| did_you_mean(word, &words))));
    None
}
