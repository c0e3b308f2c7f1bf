//! SQL text, cut into tokens.
//!
//! What differs between the dialects (quotes, parameters, operators) is a [`Lexicon`]. Every text can be cut, and the
//! tokens joined are the text again; what no token may look like comes as [`Kind::Illegal`] or [`Kind::Unclosed`].

use std::marker::PhantomData;

use peristyle_schema::Position;

/// What a dialect's tokens look like. Every character that is not ASCII may stand anywhere in a word.
pub(crate) trait Lexicon {
    /// The opening and closing marks of quoted identifiers. A doubled closing mark stands for itself, unless it differs
    /// from the opening one.
    const IDENTIFIER_QUOTES: &'static [(u8, u8)];

    /// What a bound parameter starts with.
    const PARAMETERS: &'static [u8];

    /// Whether this is space.
    fn is_space(byte: u8) -> bool;

    /// Whether a word may start with this.
    fn starts_word(byte: u8) -> bool;

    /// Whether a word may go on with this.
    fn continues_word(byte: u8) -> bool;

    /// The length of the operator or punctuation mark that a text starts with; 0 if it starts with none.
    fn operator(text: &[u8]) -> usize;

    /// The kind and the length of a token that only this dialect has, if a text starts with one. It is asked first.
    fn special(text: &str) -> Option<(Kind, usize)> {
        let _ = text;
        None
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// White space.
    Space,
    /// A comment, up to the end of its line or to its closing mark.
    Comment,
    /// A keyword or an unquoted identifier.
    Word,
    /// A quoted identifier.
    Quoted,
    /// A string literal.
    Text,
    /// A binary literal.
    Blob,
    /// A number.
    Number,
    /// A bound parameter.
    Parameter,
    /// An operator or a punctuation mark.
    Operator,
    /// A comment, a string or an identifier that the text ends in.
    Unclosed,
    /// What is no token.
    Illegal,
}

/// A piece of SQL text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// It, as it is written.
    pub text: &'a str,
    /// Where it starts, in bytes.
    pub start: usize,
}

impl Token<'_> {
    /// Whether it is this word, in any case.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this operator.
    pub fn is_operator(&self, operator: &str) -> bool {
        self.kind == Kind::Operator && self.text == operator
    }

    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of a text, in order.
#[derive(Debug)]
pub(crate) struct Lexer<'a, L> {
    text: &'a str,
    at: usize,
    lexicon: PhantomData<L>,
}

impl<'a, L: Lexicon> Lexer<'a, L> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, lexicon: PhantomData }
    }

    /// Goes on at a later place, which must be between two characters.
    pub fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }
}

impl<'a, L: Lexicon> Iterator for Lexer<'a, L> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let (kind, len) = measure::<L>(rest, *rest.as_bytes().first()?);
        let token = Token { kind, text: &rest[..len], start: self.at };
        self.at += len;
        Some(token)
    }
}

/// A mark that some editors put before a text; it is space.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The kind and the length of the token that `rest` starts with.
fn measure<L: Lexicon>(rest: &str, first: u8) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let second = bytes.get(1).copied();
    if let Some(token) = L::special(rest) {
        return token;
    }
    match first {
        _ if L::is_space(first) => (Kind::Space, run(bytes, L::is_space)),
        b'-' if second == Some(b'-') => (Kind::Comment, rest.find('\n').unwrap_or(rest.len())),
        b'/' if second == Some(b'*') => match rest[2..].find("*/") {
            Some(at) => (Kind::Comment, at + 4),
            None => (Kind::Unclosed, rest.len()),
        },
        b'\'' => closed(Kind::Text, quoted(bytes, b'\'', b'\''), rest),
        b'x' | b'X' if second == Some(b'\'') => blob(rest),
        0x80.. if rest.starts_with(BYTE_ORDER_MARK) => (Kind::Space, BYTE_ORDER_MARK.len_utf8()),
        0x80.. => (Kind::Word, word::<L>(bytes)),
        _ if L::starts_word(first) => (Kind::Word, word::<L>(bytes)),
        b'0'..=b'9' => number::<L>(rest),
        b'.' if second.is_some_and(|byte| byte.is_ascii_digit()) => number::<L>(rest),
        _ => measure_mark::<L>(rest, first),
    }
}

/// The kind and the length of a token that starts with a mark.
fn measure_mark<L: Lexicon>(rest: &str, first: u8) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    if let Some((open, close)) = L::IDENTIFIER_QUOTES.iter().find(|(open, _)| *open == first) {
        return closed(Kind::Quoted, quoted(bytes, *open, *close), rest);
    }
    if L::PARAMETERS.contains(&first) {
        let len = 1 + word::<L>(&bytes[1..]);
        let kind = if len > 1 || first == b'?' { Kind::Parameter } else { Kind::Illegal };
        return (kind, len);
    }
    match L::operator(bytes) {
        0 => (Kind::Illegal, 1),
        len => (Kind::Operator, len),
    }
}

/// A number; one that runs into a word is no token.
fn number<L: Lexicon>(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let is_hexadecimal = |byte: u8| byte.is_ascii_hexdigit();
    let len = match bytes {
        [b'0', b'x' | b'X', digit, ..] if is_hexadecimal(*digit) => {
            2 + run(&bytes[2..], |byte| is_hexadecimal(byte) || byte == b'_')
        }
        _ => decimal(bytes),
    };
    match word::<L>(&bytes[len..]) {
        0 => (Kind::Number, len),
        more => (Kind::Illegal, len + more),
    }
}

/// The length of a decimal number: digits, a fraction, an exponent.
fn decimal(bytes: &[u8]) -> usize {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let digits = |from: usize| from + run(&bytes[from..], |b| b.is_ascii_digit() || b == b'_');
    let mut len = digits(0);
    if bytes.get(len) == Some(&b'.') {
        len = digits(len + 1);
    }
    if matches!(bytes.get(len), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(len + 1), Some(b'+' | b'-')));
        if is_digit(len + 1 + sign) {
            len = digits(len + 1 + sign);
        }
    }
    len
}

/// A binary literal: `x'00ff'`, with an even number of hexadecimal digits.
fn blob(text: &str) -> (Kind, usize) {
    let digits = run(&text.as_bytes()[2..], |byte| byte.is_ascii_hexdigit());
    if digits % 2 == 0 && text[2 + digits..].starts_with('\'') {
        return (Kind::Blob, digits + 3);
    }
    match text[2..].find('\'') {
        Some(at) => (Kind::Illegal, at + 3),
        None => (Kind::Unclosed, text.len()),
    }
}

/// The length of the word that a text starts with.
fn word<L: Lexicon>(bytes: &[u8]) -> usize {
    run(bytes, |byte| byte >= 0x80 || L::continues_word(byte))
}

/// The length of the bytes at the start of a text that are all of one sort.
pub(crate) fn run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is(*byte)).unwrap_or(bytes.len())
}

/// The length of a quoted run with its marks, if it is closed.
pub(crate) fn quoted(bytes: &[u8], open: u8, close: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == close)? + 1;
        if open != close || bytes.get(at) != Some(&close) {
            return Some(at);
        }
        at += 1;
    }
}

fn closed(kind: Kind, len: Option<usize>, rest: &str) -> (Kind, usize) {
    match len {
        Some(len) => (kind, len),
        None => (Kind::Unclosed, rest.len()),
    }
}

/// Where every text starts.
pub(crate) const START: Position = Position { line: 1, column: 1 };

/// The line and column of a place in a text that is given in bytes.
pub(crate) fn position(text: &str, at: usize) -> Position {
    advance(START, &text[..at])
}

/// Where one is after reading on from a position.
pub(crate) fn advance(from: Position, read: &str) -> Position {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match read.rfind('\n') {
        None => Position {
            line: from.line,
            column: from.column.saturating_add(count(read.chars().count())),
        },
        Some(newline) => Position {
            line: from.line.saturating_add(count(read.matches('\n').count())),
            column: count(read[newline + 1..].chars().count()).saturating_add(1),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As small as a lexicon can be; it has no brackets for names, and one operator.
    struct Small;

    impl Lexicon for Small {
        const IDENTIFIER_QUOTES: &'static [(u8, u8)] = &[(b'"', b'"')];
        const PARAMETERS: &'static [u8] = b"$";

        fn is_space(byte: u8) -> bool {
            byte == b' '
        }

        fn starts_word(byte: u8) -> bool {
            byte.is_ascii_alphabetic()
        }

        fn continues_word(byte: u8) -> bool {
            byte.is_ascii_alphanumeric()
        }

        fn operator(text: &[u8]) -> usize {
            usize::from(text.starts_with(b"="))
        }
    }

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        Lexer::<Small>::new(text).map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn every_kind_is_told() {
        use Kind::*;
        assert_eq!(
            kinds("a1=\"b\"\"c\"'d''e'"),
            [(Word, "a1"), (Operator, "="), (Quoted, "\"b\"\"c\""), (Text, "'d''e'"),]
        );
        assert_eq!(
            kinds("1.5e-3 0xfF .5 1e 7_0"),
            [
                (Number, "1.5e-3"),
                (Space, " "),
                (Number, "0xfF"),
                (Space, " "),
                (Number, ".5"),
                (Space, " "),
                (Illegal, "1e"),
                (Space, " "),
                (Number, "7_0"),
            ]
        );
        assert_eq!(
            kinds("$a $ [é/*x*/--y\nx'0a'X'0'"),
            [
                (Parameter, "$a"),
                (Space, " "),
                (Illegal, "$"),
                (Space, " "),
                (Illegal, "["),
                (Word, "é"),
                (Comment, "/*x*/"),
                (Comment, "--y"),
                (Illegal, "\n"),
                (Blob, "x'0a'"),
                (Illegal, "X'0'"),
            ]
        );
        for unclosed in ["'a", "\"a", "/* a", "x'0"] {
            assert_eq!(kinds(unclosed), [(Unclosed, unclosed)]);
        }
    }

    #[test]
    fn positions_count_lines_and_characters() {
        let text = "aé\nb\n\ncé=";
        let at = |at| (position(text, at).line, position(text, at).column);
        assert_eq!([at(0), at(3), at(4), at(7), at(10)], [(1, 1), (1, 3), (2, 1), (4, 1), (4, 3)]);
        assert_eq!(advance(position(text, 4), &text[4..10]), position(text, 10));
    }

    proptest! {
        #[test]
        fn tokens_joined_are_the_text(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            for text in [text.as_str(), &String::from_utf8_lossy(&bytes)] {
                let joined: String = Lexer::<Small>::new(text).map(|token| token.text).collect();
                prop_assert_eq!(joined, text);
                prop_assert!(Lexer::<Small>::new(text).all(|token| !token.text.is_empty()));
            }
        }
    }
}
