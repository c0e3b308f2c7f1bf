//! How one part of an index is sorted.

use peristyle_schema::{Nulls, Order};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr};

use super::options::at_end;

/// The words behind a part: `desc`, `nulls last`, `collate "NOCASE"`, `ops "text_pattern_ops"`.
#[derive(Default)]
pub(super) struct Sort {
    pub order: Order,
    pub nulls: Option<Nulls>,
    pub collation: Option<LitStr>,
    pub operator_class: Option<LitStr>,
    given: bool,
}

impl Sort {
    /// Whether no word was given.
    pub(super) fn is_plain(&self) -> bool {
        !self.given
    }
}

impl Parse for Sort {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut sort = Self::default();
        while !at_end(input) {
            sort.given = true;
            let word = Ident::parse_any(input)
                .map_err(|error| syn::Error::new(error.span(), "a comma is missing before this"))?;
            match word.to_string().as_str() {
                "asc" => sort.order = Order::Ascending,
                "desc" => sort.order = Order::Descending,
                "nulls" => sort.nulls = Some(nulls(&word, input)?),
                "collate" => sort.collation = Some(text(&word, input)?),
                "ops" => sort.operator_class = Some(text(&word, input)?),
                other => {
                    return Err(syn::Error::new(
                        word.span(),
                        format!(
                            "`{other}` cannot stand here: write `asc`, `desc`, `nulls first`, `nulls last`, `collate \"…\"` or a comma"
                        ),
                    ));
                }
            }
        }
        Ok(sort)
    }
}

fn nulls(word: &Ident, input: ParseStream<'_>) -> syn::Result<Nulls> {
    let wrong = |span| syn::Error::new(span, "write `nulls first` or `nulls last`");
    if at_end(input) {
        return Err(wrong(word.span()));
    }
    let place = Ident::parse_any(input).map_err(|error| wrong(error.span()))?;
    match place.to_string().as_str() {
        "first" => Ok(Nulls::First),
        "last" => Ok(Nulls::Last),
        _ => Err(wrong(place.span())),
    }
}

fn text(word: &Ident, input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    let span = if at_end(input) { word.span() } else { input.span() };
    Err(syn::Error::new(span, format!("`{word}` is followed by a name in double quotes")))
}
