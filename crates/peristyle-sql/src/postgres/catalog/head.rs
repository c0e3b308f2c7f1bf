//! The names at the head of a statement.

use peristyle_schema::{Name, QualifiedName};

use super::super::{quote, tokens};
use super::quoted;
use crate::lexer::Token;

/// The place behind these words.
pub(in super::super) fn skip_words(tokens: &[Token<'_>], at: usize, words: &str) -> Option<usize> {
    words
        .split(' ')
        .enumerate()
        .try_fold(at, |_, (i, word)| tokens.get(at + i)?.is_word(word).then_some(at + i + 1))
}

/// The place behind this name.
pub(in super::super) fn skip_name(
    tokens: &[Token<'_>],
    at: usize,
    name: &QualifiedName,
) -> Option<usize> {
    let is =
        |at: usize, name: &Name| tokens.get(at).is_some_and(|t| tokens::identifier(t) == *name);
    match &name.namespace {
        None => is(at, &name.name).then_some(at + 1),
        Some(namespace) => {
            let dotted = tokens.get(at + 1)?.is_operator(".");
            (is(at, namespace) && dotted && is(at + 2, &name.name)).then_some(at + 3)
        }
    }
}

/// The statement of a trigger or policy with another name for the table it stands on.
pub(in super::super) fn on(sql: &str, from: &QualifiedName, to: &QualifiedName) -> Option<String> {
    let tokens = tokens::significant(sql).ok()?;
    let (first, last) = table(&tokens, from)?;
    Some(format!("{}{}{}", &sql[..first.start], quoted(to), &sql[last.end()..]))
}

/// The statement of an index with other names for it and for what it is on.
pub(in super::super) fn index(
    sql: &str,
    name: &Name,
    from: &QualifiedName,
    to: &QualifiedName,
) -> Option<String> {
    let tokens = tokens::significant(sql).ok()?;
    let word = if skip_words(&tokens, 0, "CREATE UNIQUE INDEX").is_some() {
        "UNIQUE INDEX"
    } else {
        "INDEX"
    };
    let (_, last) = table(&tokens, from)?;
    let rest = &sql[last.end()..];
    Some(format!("CREATE {word} {} ON {}{rest}", quote::quote(name), quoted(to)))
}

/// The first and the last token of the name behind the first `ON`.
fn table<'a, 't>(
    tokens: &'a [Token<'t>],
    name: &QualifiedName,
) -> Option<(&'a Token<'t>, &'a Token<'t>)> {
    let at = tokens.iter().position(|token| token.is_word("ON"))? + 1;
    let end = skip_name(tokens, at, name)?;
    Some((tokens.get(at)?, tokens.get(end - 1)?))
}
