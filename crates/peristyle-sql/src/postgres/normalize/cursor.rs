//! A place in the tokens of a statement.

use peristyle_schema::{Diagnostic, Name, QualifiedName};

use crate::lexer::{Kind, Token};
use crate::postgres::{keywords, tokens};

/// A place in the tokens of a statement.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    tokens: &'t [Token<'t>],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a statement, given as its text and its significant tokens. A semicolon at its end is no part of it.
    pub fn new(text: &'t str, mut tokens: &'t [Token<'t>]) -> Self {
        while let [inner @ .., last] = tokens
            && last.is_operator(";")
        {
            tokens = inner;
        }
        Self { text, tokens, at: 0 }
    }

    /// The next token.
    pub fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at)
    }

    /// Whether nothing is left.
    pub fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether the next tokens are these words.
    pub fn sees(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| self.tokens.get(self.at + i).is_some_and(|token| token.is_word(word)))
    }

    /// Takes a word, if it comes next.
    pub fn word(&mut self, word: &str) -> bool {
        self.words(&[word])
    }

    /// Takes these words, if all of them come next.
    pub fn words(&mut self, words: &[&str]) -> bool {
        let found = self.sees(words);
        if found {
            self.at += words.len();
        }
        found
    }

    /// Whether an operator comes next.
    pub fn sees_operator(&self, operator: &str) -> bool {
        self.peek().is_some_and(|token| token.is_operator(operator))
    }

    /// Takes an operator, if it comes next.
    pub fn operator(&mut self, operator: &str) -> bool {
        let found = self.sees_operator(operator);
        self.at += usize::from(found);
        found
    }

    /// Takes a word that must come next.
    pub fn expect_word(&mut self, word: &str) -> Result<(), Diagnostic> {
        if self.word(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    /// Takes a name.
    pub fn name(&mut self) -> Result<Name, Diagnostic> {
        match self.peek() {
            Some(token) if token.kind == Kind::Quoted && token.text.starts_with('"') => {
                self.at += 1;
                Ok(tokens::identifier(token))
            }
            Some(token)
                if token.kind == Kind::Word
                    && !keywords::must_be_quoted(&token.text.to_lowercase()) =>
            {
                self.at += 1;
                Ok(tokens::identifier(token))
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// Takes a name with the namespace before it, if there is one.
    pub fn qualified_name(&mut self) -> Result<QualifiedName, Diagnostic> {
        let first = self.name()?;
        if self.operator(".") {
            return Ok(QualifiedName { namespace: Some(first), name: self.name()? });
        }
        Ok(QualifiedName::local(first))
    }

    /// Takes one token, or a parenthesis with all that is in it.
    pub fn skip(&mut self) -> Result<&'t [Token<'t>], Diagnostic> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            self.at += 1;
            match token.text {
                "(" if token.kind == Kind::Operator => depth += 1,
                ")" if token.kind == Kind::Operator => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Ok(&self.tokens[start..self.at]);
            }
        }
        Err(self.unexpected(")"))
    }

    /// Takes all that is left, as it is written.
    pub fn rest(&mut self) -> Result<&'t str, Diagnostic> {
        let (Some(first), Some(last)) = (self.peek(), self.tokens.last()) else { return Ok("") };
        self.at = self.tokens.len();
        Ok(&self.text[first.start..last.end()])
    }

    /// What tokens are, as they are written.
    pub fn written(&self, tokens: &[Token<'t>]) -> &'t str {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => &self.text[first.start..last.end()],
            _ => "",
        }
    }

    /// The error that something else was expected here.
    pub fn unexpected(&self, wanted: &str) -> Diagnostic {
        let (found, start, end) = match self.peek() {
            Some(token) => (format!("`{}`", token.text), token.start, token.end()),
            None => ("the end".to_owned(), self.text.len(), self.text.len()),
        };
        Diagnostic::error("sql-syntax", format!("{wanted} is expected here, not {found}"))
            .at(tokens::span(self.text, start, end))
    }
}
