//! SQL text, cut into tokens.
//!
//! What differs between the dialects (quotes, parameters, operators) is data: a [`Lexicon`]. Every text can be cut, and
//! the tokens joined are the text again; what no token may look like comes as [`Kind::Illegal`] or [`Kind::Unclosed`].

use peristyle_schema::Position;

/// What a dialect's tokens look like.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The opening and closing marks of quoted identifiers. A doubled closing mark stands for itself, unless it differs
    /// from the opening one.
    pub identifier_quotes: &'static [(char, char)],
    /// What a bound parameter starts with.
    pub parameters: &'static [char],
    /// The operators and punctuation marks, a longer one before its own beginnings.
    pub operators: &'static [&'static str],
    /// Whether this character is space.
    pub is_space: fn(char) -> bool,
    /// Whether a word may start with this character.
    pub starts_word: fn(char) -> bool,
    /// Whether a word may go on with this character.
    pub continues_word: fn(char) -> bool,
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
pub(crate) struct Lexer<'a> {
    lexicon: &'static Lexicon,
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of a text.
    pub fn new(lexicon: &'static Lexicon, text: &'a str) -> Self {
        Self { lexicon, text, at: 0 }
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let (kind, len) = self.lexicon.measure(rest, first);
        let token = Token { kind, text: &rest[..len], start: self.at };
        self.at += len;
        Some(token)
    }
}

impl Lexicon {
    /// The kind and the length of the token that `rest` starts with.
    fn measure(&self, rest: &str, first: char) -> (Kind, usize) {
        if (self.is_space)(first) {
            return (Kind::Space, run(rest, self.is_space));
        }
        if rest.starts_with("--") {
            return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
        }
        if let Some(inside) = rest.strip_prefix("/*") {
            return match inside.find("*/") {
                Some(at) => (Kind::Comment, at + 4),
                None => (Kind::Unclosed, rest.len()),
            };
        }
        if first == '\'' {
            return closed(Kind::Text, quoted(rest, '\'', '\''), rest);
        }
        if let Some((open, close)) = self.identifier_quotes.iter().find(|(open, _)| *open == first)
        {
            return closed(Kind::Quoted, quoted(rest, *open, *close), rest);
        }
        if matches!(first, 'x' | 'X') && rest[1..].starts_with('\'') {
            return blob(rest);
        }
        if (self.starts_word)(first) {
            return (Kind::Word, run(rest, self.continues_word));
        }
        if first.is_ascii_digit() || first == '.' && rest[1..].starts_with(is_digit) {
            return self.number(rest);
        }
        if self.parameters.contains(&first) {
            let len = first.len_utf8() + run(&rest[first.len_utf8()..], self.continues_word);
            let kind = if len > 1 || first == '?' { Kind::Parameter } else { Kind::Illegal };
            return (kind, len);
        }
        match self.operators.iter().find(|operator| rest.starts_with(**operator)) {
            Some(operator) => (Kind::Operator, operator.len()),
            None => (Kind::Illegal, first.len_utf8()),
        }
    }

    /// A number; one that runs into a word is no token.
    fn number(&self, rest: &str) -> (Kind, usize) {
        let hexadecimal = rest
            .strip_prefix("0x")
            .or_else(|| rest.strip_prefix("0X"))
            .filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()));
        let len = match hexadecimal {
            Some(digits) => 2 + run(digits, |c| c.is_ascii_hexdigit() || c == '_'),
            None => decimal(rest),
        };
        match run(&rest[len..], self.continues_word) {
            0 => (Kind::Number, len),
            more => (Kind::Illegal, len + more),
        }
    }
}

/// The length of a decimal number: digits, a fraction, an exponent.
fn decimal(text: &str) -> usize {
    let digits = |from: usize| from + run(&text[from..], |c| is_digit(c) || c == '_');
    let mut len = digits(0);
    if text[len..].starts_with('.') {
        len = digits(len + 1);
    }
    if text[len..].starts_with(['e', 'E']) {
        let sign = usize::from(text[len + 1..].starts_with(['+', '-']));
        if text[len + 1 + sign..].starts_with(is_digit) {
            len = digits(len + 1 + sign);
        }
    }
    len
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A binary literal: `x'00ff'`, with an even number of hexadecimal digits.
fn blob(text: &str) -> (Kind, usize) {
    let digits = run(&text[2..], |c| c.is_ascii_hexdigit());
    if digits % 2 == 0 && text[2 + digits..].starts_with('\'') {
        return (Kind::Blob, digits + 3);
    }
    match text[2..].find('\'') {
        Some(at) => (Kind::Illegal, at + 3),
        None => (Kind::Unclosed, text.len()),
    }
}

/// The length of the characters at the start of a text that are all of one sort.
fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

/// The length of a quoted run with its marks, if it is closed.
fn quoted(text: &str, open: char, close: char) -> Option<usize> {
    let mut at = open.len_utf8();
    loop {
        at += text[at..].find(close)? + close.len_utf8();
        if open != close || !text[at..].starts_with(close) {
            return Some(at);
        }
        at += close.len_utf8();
    }
}

fn closed(kind: Kind, len: Option<usize>, rest: &str) -> (Kind, usize) {
    match len {
        Some(len) => (kind, len),
        None => (Kind::Unclosed, rest.len()),
    }
}

/// The line and column of a place in a text that is given in bytes.
pub(crate) fn position(text: &str, at: usize) -> Position {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position {
        line: count(before.matches('\n').count()).saturating_add(1),
        column: count(before[line_start..].chars().count()).saturating_add(1),
    }
}
