use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, LitStr};

/// Expands `sql!("… {value} …")`: the pieces of the text, and the values between them.
pub(crate) fn expand(text: &LitStr) -> syn::Result<TokenStream> {
    let written = text.value();
    let mut pieces = vec![String::new()];
    let mut values: Vec<Expr> = Vec::new();
    let mut rest = written.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        append(&mut pieces, before);
        if let Some(behind) = from.strip_prefix("{{") {
            append(&mut pieces, "{");
            rest = behind;
        } else if let Some(behind) = from.strip_prefix("}}") {
            append(&mut pieces, "}");
            rest = behind;
        } else if let Some(behind) = from.strip_prefix('{') {
            let (inside, behind) = behind.split_at(closing(behind).ok_or_else(|| {
                refused(text, "a `{` without its `}`\n= help: a brace that belongs to the SQL is written twice: `{{`")
            })?);
            values.push(value(text, inside)?);
            pieces.push(String::new());
            rest = behind.strip_prefix('}').unwrap_or_default();
        } else {
            return Err(refused(
                text,
                "a `}` without its `{`\n= help: a brace that belongs to the SQL is written twice: `}}`",
            ));
        }
    }
    append(&mut pieces, rest);
    Ok(quote! {
        {
            #[allow(unused_imports)]
            use ::peristyle::query::Bound as _;
            ::peristyle::query::Sql::new(&[#(#pieces),*], ::std::vec![#((#values).bound()),*])
        }
    })
}

fn append(pieces: &mut [String], text: &str) {
    if let Some(last) = pieces.last_mut() {
        last.push_str(text);
    }
}

/// Where the value ends that begins here.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn value(text: &LitStr, inside: &str) -> syn::Result<Expr> {
    let parsed = inside.parse::<TokenStream>().ok().and_then(|tokens| {
        let tokens = at(tokens, text.span());
        syn::parse2::<Expr>(tokens).ok()
    });
    parsed.ok_or_else(|| {
        refused(text, &format!("`{{{inside}}}` holds no Rust expression\n= help: the value of a variable: `{{name}}`"))
    })
}

/// The tokens as if they stood at the literal, so that errors point to it and names are those that are known there.
fn at(tokens: TokenStream, span: proc_macro2::Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let proc_macro2::TokenTree::Group(group) = &token {
                let inside = at(group.stream(), span);
                token = proc_macro2::Group::new(group.delimiter(), inside).into();
            }
            token.set_span(span);
            token
        })
        .collect()
}

fn refused(text: &LitStr, message: &str) -> syn::Error {
    syn::Error::new(text.span(), message)
}
