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

/// Writes the tokens of a whole statement: comments gone, space made uniform, words as they are, and identifiers quoted
/// only where they must be. A double-quoted one stays where it may be a string, because SQLite takes it for one if it
/// names nothing.
pub(super) fn statement(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut before = None;
    for (at, token) in tokens.iter().enumerate() {
        let shape = shape(tokens, at);
        let stays = token.text.starts_with('"') && !names_table(tokens, at);
        if token.kind == Kind::Quoted && !stays {
            push(&mut out, before, shape, &quote::quote(&quote::unquote(token)));
        } else {
            push(&mut out, before, shape, token.text);
        }
        before = Some(shape);
    }
    out
}

/// Whether an identifier stands where only a name can: before or behind a dot, or where a table is named.
fn names_table(tokens: &[Token<'_>], at: usize) -> bool {
    let is_dot = |token: &Token<'_>| token.is_operator(".");
    let before = |back: usize| at.checked_sub(back).map(|i| &tokens[i]);
    let introduced = before(1).is_some_and(|word| {
        ["FROM", "JOIN", "INTO", "UPDATE"].iter().any(|named| word.is_word(named))
            && !before(2).is_some_and(|token| token.is_word("DISTINCT"))
    });
    introduced || before(1).is_some_and(is_dot) || tokens.get(at + 1).is_some_and(is_dot)
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
        (Kind::Word, word) if super::keywords::class(word).is_some() => Shape::Spaced,
        (Kind::Word | Kind::Quoted, _) if next.is_some_and(|n| n.is_operator("(")) => Shape::Call,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(text: &str) -> String {
        statement(&significant(text).unwrap())
    }

    #[test]
    fn only_what_can_be_no_string_loses_its_quotes() {
        for (text, expected) in [
            ("select  \"a\" ,[b]\nfrom \"t\" -- x", "select \"a\", b from t"),
            ("x is distinct from \"t\"", "x is distinct from \"t\""),
            ("select `order`, \"t\".\"a\"", "select \"order\", t.a"),
            ("a>-1 and b - 1 and count( * ) in(1)", "a > -1 and b - 1 and count(*) in (1)"),
        ] {
            assert_eq!(form(text), expected);
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself_and_has_its_tokens(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "select", "from", "a", "\"a\"", "[b]", "`order`", "\"two words\"", "'s'", ".", ",", "(", ")", "-", "+",
                    "->", "||", "1", ".5", "x'0a'", ";", "/* c */", "-- c\n", "distinct", "join", "null", "count", "$p", "?",
                ]),
                0..24,
            )
        ) {
            let text = words.join(" ");
            let once = form(&text);
            prop_assert_eq!(form(&once), once.as_str());
            let texts = |text: &str| {
                let tokens = significant(text).unwrap();
                let name = |t: &Token<'_>| t.kind == Kind::Quoted || t.kind == Kind::Word;
                tokens
                    .iter()
                    .map(|t| if name(t) { quote::unquote(t).to_string() } else { t.text.to_owned() })
                    .collect::<Vec<_>>()
            };
            prop_assert_eq!(texts(&once), texts(&text));
        }
    }
}
