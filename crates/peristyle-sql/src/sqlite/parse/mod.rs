//! Parsers of the `CREATE` statements that SQLite keeps in its catalog: what SQLite's own grammar accepts, by recursive
//! descent. Expressions stay runs of tokens.
//!
//! <https://sqlite.org/lang_createtable.html> and
//! <https://github.com/sqlite/sqlite/blob/master/src/parse.y>.

use peristyle_schema::{Diagnostic, Name};

use super::keywords::{self, Class};
use super::{quote, tokens};
use crate::lexer::{Kind, Token};

mod clause;
mod column;
mod index;
mod object;
mod table;

pub(super) use clause::{Conflict, ReferenceClause, SortedPart};
pub(super) use column::{ColumnClause, ColumnDefinition, type_words};
pub(super) use index::{CreateIndex, index};
pub(super) use object::{trigger, view, virtual_table};
pub(super) use table::{CreateTable, TableClause, table};

/// Tokens of one expression.
pub(super) type Run<'t> = &'t [Token<'t>];

/// A clause and the constraint's name before it, if there is one.
#[derive(Debug)]
pub(super) struct Constrained<T> {
    /// The name that `CONSTRAINT` gave.
    pub name: Option<Name>,
    /// The clause.
    pub clause: T,
}

/// A place in the tokens of a statement.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    tokens: Run<'t>,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a statement, given as its text and its significant tokens.
    pub fn new(text: &'t str, tokens: Run<'t>) -> Self {
        Self { text, tokens, at: 0 }
    }

    /// The next token.
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at)
    }

    /// Whether the next tokens are these words.
    fn sees(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| self.tokens.get(self.at + i).is_some_and(|token| token.is_word(word)))
    }

    /// Takes these words, if they come next.
    fn word(&mut self, word: &str) -> bool {
        self.words(&[word])
    }

    /// Takes these words, if all of them come next.
    fn words(&mut self, words: &[&str]) -> bool {
        let found = self.sees(words);
        if found {
            self.at += words.len();
        }
        found
    }

    /// Takes an operator, if it comes next.
    fn operator(&mut self, operator: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is_operator(operator));
        self.at += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Result<(), Diagnostic> {
        if self.word(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    fn expect_operator(&mut self, operator: &str) -> Result<(), Diagnostic> {
        if self.operator(operator) { Ok(()) } else { Err(self.unexpected(operator)) }
    }

    /// Whether the next token can be a name.
    fn sees_name(&self) -> bool {
        self.peek().is_some_and(|token| match token.kind {
            Kind::Quoted | Kind::Text => true,
            Kind::Word => keywords::class(token.text) != Some(Class::Reserved),
            _ => false,
        })
    }

    /// Takes a name.
    fn name(&mut self) -> Result<Name, Diagnostic> {
        match self.peek() {
            Some(token) if self.sees_name() => {
                self.at += 1;
                Ok(quote::unquote(token))
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// Takes the name of an object, dropping the database's name before it.
    fn object_name(&mut self) -> Result<Name, Diagnostic> {
        let name = self.name()?;
        if self.operator(".") { self.name() } else { Ok(name) }
    }

    /// Takes `CREATE TEMP <kind> IF NOT EXISTS`, of which only the first and the kind must be there.
    fn create(&mut self, kind: &[&str]) -> Result<(), Diagnostic> {
        self.expect_word("CREATE")?;
        let _ = self.word("TEMP") || self.word("TEMPORARY");
        if !self.words(kind) {
            return Err(self.unexpected(&kind.join(" ")));
        }
        self.words(&["IF", "NOT", "EXISTS"]);
        Ok(())
    }

    /// Takes a parenthesis with all that is in it, and gives what is in it.
    fn group(&mut self) -> Result<Run<'t>, Diagnostic> {
        self.expect_operator("(")?;
        let start = self.at;
        let mut depth = 1_usize;
        while let Some(token) = self.peek() {
            if token.is_operator("(") {
                depth += 1;
            } else if token.is_operator(")") {
                depth -= 1;
            }
            self.at += 1;
            if depth == 0 {
                return Ok(&self.tokens[start..self.at - 1]);
            }
        }
        Err(self.unexpected(")"))
    }

    /// Takes a list in parentheses.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<Vec<T>, Diagnostic> {
        self.expect_operator("(")?;
        let mut items = vec![item(self)?];
        while self.operator(",") {
            items.push(item(self)?);
        }
        self.expect_operator(")")?;
        Ok(items)
    }

    /// All tokens that are left.
    fn rest(&mut self) -> Run<'t> {
        let rest = &self.tokens[self.at..];
        self.at = self.tokens.len();
        rest
    }

    /// Sees that nothing is left.
    fn end(&mut self) -> Result<(), Diagnostic> {
        while self.operator(";") {}
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end")),
        }
    }

    /// The error that something else was expected here.
    fn unexpected(&self, wanted: &str) -> Diagnostic {
        let (found, start, end) = match self.peek() {
            Some(token) => (format!("`{}`", token.text), token.start, token.end()),
            None => ("the end".to_owned(), self.text.len(), self.text.len()),
        };
        let wanted = match wanted {
            "a name" | "the end" => wanted.to_owned(),
            symbol => format!("`{symbol}`"),
        };
        Diagnostic::error("sql-syntax", format!("{wanted} is expected here, not {found}"))
            .at(tokens::span(self.text, start, end))
    }
}

#[cfg(test)]
mod tests;
