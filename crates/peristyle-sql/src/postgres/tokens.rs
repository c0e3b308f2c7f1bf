//! The tokens of PostgreSQL: what they look like.

use peristyle_schema::{Diagnostic, Name, Span};

use crate::lexer::{Kind, Lexer, Lexicon, Token, position, quoted, run};

/// What PostgreSQL's tokens look like:
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>.
#[derive(Debug)]
pub(super) struct Words;

impl Lexicon for Words {
    const IDENTIFIER_QUOTES: &'static [(u8, u8)] = &[(b'"', b'"')];
    const PARAMETERS: &'static [u8] = b"$";

    fn is_space(byte: u8) -> bool {
        matches!(byte, b' ' | b'\t'..=b'\r')
    }

    fn starts_word(byte: u8) -> bool {
        byte.is_ascii_alphabetic() || byte == b'_'
    }

    fn continues_word(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
    }

    fn operator(text: &[u8]) -> usize {
        match text {
            [b':', b':' | b'=', ..] | [b'.', b'.', ..] => 2,
            [b'(' | b')' | b'[' | b']' | b',' | b';' | b':' | b'.', ..] => 1,
            _ => symbol(text),
        }
    }

    fn special(text: &str) -> Option<(Kind, usize)> {
        let bytes = text.as_bytes();
        match bytes {
            [b'/', b'*', ..] => Some(comment(bytes)),
            [b'e' | b'E', b'\'', ..] => Some(closed(Kind::Text, escaped(bytes), bytes)),
            [b'n' | b'N', b'\'', ..] => Some(prefixed(Kind::Text, 1, bytes)),
            [b'b' | b'B' | b'x' | b'X', b'\'', ..] => Some(prefixed(Kind::Blob, 1, bytes)),
            [b'u' | b'U', b'&', b'\'', ..] => Some(prefixed(Kind::Text, 2, bytes)),
            [b'u' | b'U', b'&', b'"', ..] => Some(prefixed(Kind::Quoted, 2, bytes)),
            [b'$', ..] => dollar_quoted(text),
            _ => None,
        }
    }
}

fn closed(kind: Kind, len: Option<usize>, bytes: &[u8]) -> (Kind, usize) {
    len.map_or((Kind::Unclosed, bytes.len()), |len| (kind, len))
}

/// A string or name behind a prefix of so many bytes.
fn prefixed(kind: Kind, prefix: usize, bytes: &[u8]) -> (Kind, usize) {
    let mark = bytes[prefix];
    closed(kind, quoted(&bytes[prefix..], mark, mark).map(|len| prefix + len), bytes)
}

/// A comment between marks; another may stand in it.
fn comment(bytes: &[u8]) -> (Kind, usize) {
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return (Kind::Comment, at);
        }
    }
    (Kind::Unclosed, bytes.len())
}

/// The length of a string with backslashes, if it is closed. It goes on in a string on a later line, by the same rules.
fn escaped(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\'' => {
                let space = run(&bytes[at + 1..], Words::is_space);
                let between = &bytes[at + 1..at + 1 + space];
                let goes_on = bytes.get(at + 1 + space) == Some(&b'\'')
                    && between.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
                if !goes_on {
                    return Some(at + 1);
                }
                at += space + 2;
            }
            _ => at += 1,
        }
    }
}

/// `$$…$$` or `$tag$…$tag$`; nothing if the text starts with neither.
fn dollar_quoted(text: &str) -> Option<(Kind, usize)> {
    let tag = text[1..].find('$').map(|len| &text[..len + 2])?;
    let inner = &tag.as_bytes()[1..tag.len() - 1];
    let is_tag = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    if inner.first().is_some_and(u8::is_ascii_digit) || !inner.iter().all(is_tag) {
        return None;
    }
    let end = text[tag.len()..].find(tag).map(|at| at + 2 * tag.len());
    Some(closed(Kind::Text, end, text.as_bytes()))
}

/// The length of an operator of symbols. A comment ends it, and one of several symbols ends in `+` or `-` only if another of
/// its symbols says that it may.
fn symbol(text: &[u8]) -> usize {
    let mut len = run(text, |byte| b"+-*/<>=~!@#%^&|`?".contains(&byte));
    if let Some(at) = (1..len).find(|at| matches!(text[*at..], [b'-', b'-', ..] | [b'/', b'*', ..]))
    {
        len = at;
    }
    while len > 1
        && matches!(text[len - 1], b'+' | b'-')
        && !text[..len].iter().any(|byte| b"~!@#%^&|`?".contains(byte))
    {
        len -= 1;
    }
    len
}

/// The file that a diagnostic about a text without one points into.
const UNNAMED: &str = "<sql>";

/// All tokens of a text, space and comments too.
pub(super) fn lex(text: &str) -> Lexer<'_, Words> {
    Lexer::new(text)
}

/// The tokens of a text without space and comments; what is no token is an error.
pub(super) fn significant(text: &str) -> Result<Vec<Token<'_>>, Diagnostic> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    for token in lex(text) {
        match token.kind {
            Kind::Space | Kind::Comment => {}
            Kind::Unclosed | Kind::Illegal => return Err(no_token(text, &token)),
            Kind::Word
            | Kind::Quoted
            | Kind::Text
            | Kind::Blob
            | Kind::Number
            | Kind::Parameter
            | Kind::Operator => tokens.push(token),
        }
    }
    Ok(tokens)
}

/// The error for what is no token.
pub(super) fn no_token(text: &str, token: &Token<'_>) -> Diagnostic {
    let shown: String = token.text.chars().take(20).collect();
    let place = span(text, token.start, token.end());
    if token.kind == Kind::Illegal {
        return Diagnostic::error("sql-syntax", format!("SQL cannot hold `{shown}`"))
            .at(place)
            .help("remove it, or put it into a string");
    }
    let (what, close) = match token.text.as_bytes() {
        [b'/', ..] => ("comment", "*/"),
        [b'"', ..] | [b'u' | b'U', b'&', b'"', ..] => ("quoted name", "\""),
        [b'$', ..] => match token.text[1..].find('$') {
            Some(at) => ("dollar-quoted string", &token.text[..at + 2]),
            None => ("dollar-quoted string", "$$"),
        },
        _ => ("string", "'"),
    };
    Diagnostic::error(
        "sql-unclosed",
        format!("the {what} that starts with `{shown}` is not closed"),
    )
    .at(place)
    .help(format!("close it with `{close}`"))
}

/// A place in a text that belongs to no file.
pub(super) fn span(text: &str, start: usize, end: usize) -> Span {
    Span { file: UNNAMED.into(), start: position(text, start), end: position(text, end) }
}

/// The name that an identifier stands for: an unquoted one is folded to lower case.
pub(super) fn identifier(token: &Token<'_>) -> Name {
    if token.kind == Kind::Quoted {
        let inner = &token.text[1..token.text.len().saturating_sub(1)];
        Name::new(inner.replace("\"\"", "\""))
    } else {
        Name::new(token.text.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        lex(text)
            .filter(|token| token.kind != Kind::Space)
            .map(|token| (token.kind, token.text))
            .collect()
    }

    #[test]
    fn every_kind_is_told() {
        use Kind::*;
        assert_eq!(
            kinds(
                "a$1 'b\\' E'c\\'d''' U&'e' U&\"f\" B'01' x'1f' $1 $$ ; $$ $a$ $$ $a$ /* /* */ */ 1.5"
            ),
            [
                (Word, "a$1"),
                (Text, "'b\\'"),
                (Text, "E'c\\'d'''"),
                (Text, "U&'e'"),
                (Quoted, "U&\"f\""),
                (Blob, "B'01'"),
                (Blob, "x'1f'"),
                (Parameter, "$1"),
                (Text, "$$ ; $$"),
                (Text, "$a$ $$ $a$"),
                (Comment, "/* /* */ */"),
                (Number, "1.5"),
            ]
        );
        assert_eq!(kinds("E'a' \n 'b\\'c'"), [(Text, "E'a' \n 'b\\'c'")]);
        for unclosed in ["'a", "e'a\\'", "\"a", "/* /* */", "$$ $a$", "$a$ $$", "u&'a", "x'0"] {
            assert_eq!(kinds(unclosed), [(Unclosed, unclosed)], "{unclosed}");
        }
    }

    #[test]
    fn operators_are_as_long_as_postgresql_reads_them() {
        let operators = |text| kinds(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(operators("a::b"), ["a", "::", "b"]);
        assert_eq!(operators("a<@b"), ["a", "<@", "b"]);
        assert_eq!(operators("a=-1"), ["a", "=", "-", "1"]);
        assert_eq!(operators("a@-1"), ["a", "@-", "1"]);
        assert_eq!(operators("a*--b\n1"), ["a", "*", "--b", "1"]);
        assert_eq!(operators("a#>>'{b}'"), ["a", "#>>", "'{b}'"]);
        assert_eq!(operators("a[1:2]"), ["a", "[", "1", ":", "2", "]"]);
    }

    proptest! {
        #[test]
        fn tokens_joined_are_the_text(
            text in any::<String>(),
            words in prop::collection::vec(
                prop::sample::select(vec!["$$", "$a$", "E'", "'", "\"", "/*", "*/", "--", "\n", "U&'", "\\", "a", "é", "$1", "::"]),
                0..24,
            ),
        ) {
            for text in [text, words.concat()] {
                let joined: String = lex(&text).map(|token| token.text).collect();
                prop_assert_eq!(joined, text.as_str());
                prop_assert!(lex(&text).all(|token| !token.text.is_empty()));
                for token in lex(&text) {
                    if matches!(token.kind, Kind::Unclosed | Kind::Illegal) {
                        no_token(&text, &token);
                    }
                }
            }
        }
    }
}
