//! The tokens of SQLite: what they look like, and how they are joined again.

use peristyle_schema::{Diagnostic, Span};

use super::quote;
use crate::lexer::{Kind, Lexer, Lexicon, Token, position};

/// What SQLite's tokens look like: <https://github.com/sqlite/sqlite/blob/master/src/tokenize.c>.
#[derive(Debug)]
pub(super) struct Words;

impl Lexicon for Words {
    const IDENTIFIER_QUOTES: &'static [(u8, u8)] = &[(b'"', b'"'), (b'[', b']'), (b'`', b'`')];
    const PARAMETERS: &'static [u8] = b"?:@$#";

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
            [b'-', b'>', b'>', ..] => 3,
            [b'-', b'>', ..] | [b'|', b'|', ..] | [b'=' | b'!', b'=', ..] => 2,
            [b'<', b'<' | b'=' | b'>', ..] | [b'>', b'>' | b'=', ..] => 2,
            [b'(' | b')' | b',' | b';' | b'.' | b'=' | b'<' | b'>', ..] => 1,
            [b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'~', ..] => 1,
            _ => 0,
        }
    }
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
            _ => tokens.push(token),
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
    let (what, close) = match token.text.as_bytes().first() {
        Some(b'/') => ("comment", "*/"),
        Some(b'"') => ("quoted name", "\""),
        Some(b'`') => ("quoted name", "`"),
        Some(b'[') => ("quoted name", "]"),
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

/// How a written token stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word, a literal, an operator between two operands.
    Spaced,
    /// A function's name: its parenthesis follows at once.
    Call,
    /// A sign: its operand follows at once.
    Sign,
    /// A dot between two names.
    Dot,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis or a comma.
    Close,
}

/// Writes a token at the end of `out`, with a space before it where one belongs.
pub(super) fn push(out: &mut String, before: Option<Shape>, shape: Shape, text: &str) {
    let glued = matches!(
        (before, shape),
        (None | Some(Shape::Open | Shape::Sign | Shape::Dot), _)
            | (_, Shape::Close | Shape::Dot)
            | (Some(Shape::Call), Shape::Open)
    );
    if !glued {
        out.push(' ');
    }
    out.push_str(text);
}

/// Writes the tokens of a whole statement: comments gone, space made uniform, words as they are. Only an identifier in
/// brackets or backticks gets the standard's quotes; a double-quoted one stays, because SQLite takes it for a string
/// where it names nothing.
pub(super) fn statement(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut before = None;
    for (at, token) in tokens.iter().enumerate() {
        let shape = shape(tokens, at);
        if token.kind == Kind::Quoted && !token.text.starts_with('"') {
            push(&mut out, before, shape, &quote::quote(&quote::unquote(token)));
        } else {
            push(&mut out, before, shape, token.text);
        }
        before = Some(shape);
    }
    out
}

/// The shape of a token, as its neighbours tell it.
fn shape(tokens: &[Token<'_>], at: usize) -> Shape {
    let previous = at.checked_sub(1).map(|i| &tokens[i]);
    let next = tokens.get(at + 1);
    let is_name = |token: &Token<'_>| matches!(token.kind, Kind::Word | Kind::Quoted);
    match (tokens[at].kind, tokens[at].text) {
        (Kind::Operator, "(") => Shape::Open,
        (Kind::Operator, ")" | "," | ";") => Shape::Close,
        (Kind::Operator, ".")
            if previous.is_some_and(is_name)
                && next.is_some_and(|n| is_name(n) || n.is_operator("*")) =>
        {
            Shape::Dot
        }
        (Kind::Operator, "+" | "-" | "~") => {
            let binary = previous.is_some_and(ends_operand);
            if !binary && next.is_some_and(starts_operand) { Shape::Sign } else { Shape::Spaced }
        }
        (Kind::Word, word)
            if next.is_some_and(|n| n.is_operator("("))
                && super::keywords::class(word).is_none() =>
        {
            Shape::Call
        }
        _ => Shape::Spaced,
    }
}

/// Whether an operand may end with this token, so that a sign behind it stands between two.
fn ends_operand(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Word => {
            super::keywords::class(token.text) != Some(super::keywords::Class::Reserved)
                || token.is_word("NULL")
        }
        Kind::Operator => token.text == ")",
        _ => true,
    }
}

/// Whether an operand may start with this token, so that a sign can stand at once before it.
pub(super) fn starts_operand(token: &Token<'_>) -> bool {
    token.kind != Kind::Operator || token.text == "("
}
