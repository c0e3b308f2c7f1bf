//! A column's definition.

use peristyle_schema::{Deferrable, Diagnostic, Name, Order};

use super::{Conflict, Constrained, Cursor, ReferenceClause, Run};
use crate::lexer::{Kind, Token};
use crate::sqlite::keywords::{self, Class};
use crate::sqlite::{quote, tokens};

/// A column as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct ColumnDefinition<'t> {
    /// Its name.
    pub name: Name,
    /// The words of its type; empty if it has none.
    pub type_words: String,
    /// What else is said of it, in order.
    pub clauses: Vec<Constrained<ColumnClause<'t>>>,
}

/// What can be said of a column behind its type.
#[derive(Debug)]
pub(in crate::sqlite) enum ColumnClause<'t> {
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// `ASC` or `DESC`.
        order: Order,
        /// `ON CONFLICT`.
        conflict: Conflict,
        /// `AUTOINCREMENT`.
        autoincrement: bool,
    },
    /// `NOT NULL`.
    NotNull(Conflict),
    /// `NULL`, which says nothing.
    Null,
    /// `UNIQUE`.
    Unique(Conflict),
    /// `CHECK`.
    Check(Run<'t>),
    /// `DEFAULT`, a constant or, without its parentheses, an expression.
    Default(Run<'t>),
    /// `COLLATE`.
    Collate(Name),
    /// `REFERENCES`.
    References(ReferenceClause),
    /// `DEFERRABLE` and the like, for the reference before it.
    Deferrable(Deferrable),
    /// `GENERATED ALWAYS AS`.
    Generated {
        /// The expression.
        expr: Run<'t>,
        /// Whether `STORED` stands behind it.
        stored: bool,
    },
}

impl<'t> Cursor<'t> {
    pub(super) fn column(&mut self) -> Result<ColumnDefinition<'t>, Diagnostic> {
        let name = self.name()?;
        let type_words = self.type_words()?;
        let mut clauses = Vec::new();
        loop {
            let constraint = self.constraint_name()?;
            match self.column_clause()? {
                Some(clause) => clauses.push(Constrained { name: constraint, clause }),
                None => return Ok(ColumnDefinition { name, type_words, clauses }),
            }
        }
    }

    /// The words of a type, and numbers in parentheses.
    fn type_words(&mut self) -> Result<String, Diagnostic> {
        let start = self.at;
        while self.sees_type_word() {
            self.at += 1;
        }
        let words = &self.tokens[start..self.at];
        if words.is_empty() || !self.operator("(") {
            return Ok(joined(words, &[]));
        }
        let mut numbers = vec![self.signed_number()?];
        if self.operator(",") {
            numbers.push(self.signed_number()?);
        }
        self.expect_operator(")")?;
        Ok(joined(words, &numbers))
    }

    fn sees_type_word(&self) -> bool {
        let generated = self.sees(&["GENERATED", "ALWAYS"]);
        self.peek().is_some_and(|token| match token.kind {
            Kind::Quoted | Kind::Text => true,
            Kind::Word => {
                let class = keywords::class(token.text);
                !generated && matches!(class, None | Some(Class::Fallback))
            }
            _ => false,
        })
    }

    fn signed_number(&mut self) -> Result<String, Diagnostic> {
        let sign = match self.peek() {
            Some(token) if token.is_operator("-") || token.is_operator("+") => {
                self.at += 1;
                token.text
            }
            _ => "",
        };
        match self.peek() {
            Some(token) if token.kind == Kind::Number => {
                self.at += 1;
                Ok(format!("{sign}{}", token.text))
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    fn column_clause(&mut self) -> Result<Option<ColumnClause<'t>>, Diagnostic> {
        if let Some(deferrable) = self.deferrable() {
            return Ok(Some(ColumnClause::Deferrable(deferrable)));
        }
        let clause = if self.words(&["PRIMARY", "KEY"]) {
            let order = self.order();
            let conflict = self.conflict()?;
            ColumnClause::PrimaryKey { order, conflict, autoincrement: self.word("AUTOINCREMENT") }
        } else if self.words(&["NOT", "NULL"]) {
            ColumnClause::NotNull(self.conflict()?)
        } else if self.word("NULL") {
            self.conflict()?;
            ColumnClause::Null
        } else if self.word("UNIQUE") {
            ColumnClause::Unique(self.conflict()?)
        } else if self.word("CHECK") {
            ColumnClause::Check(self.group()?)
        } else if self.word("DEFAULT") {
            ColumnClause::Default(self.default()?)
        } else if self.word("COLLATE") {
            ColumnClause::Collate(self.name()?)
        } else if self.word("REFERENCES") {
            ColumnClause::References(self.references()?)
        } else if self.words(&["GENERATED", "ALWAYS", "AS"]) || self.word("AS") {
            let expr = self.group()?;
            let stored = self.word("STORED");
            if !stored {
                self.word("VIRTUAL");
            }
            ColumnClause::Generated { expr, stored }
        } else {
            return Ok(None);
        };
        Ok(Some(clause))
    }

    /// A default: an expression in parentheses, or a constant with or without a sign.
    fn default(&mut self) -> Result<Run<'t>, Diagnostic> {
        if self.peek().is_some_and(|token| token.is_operator("(")) {
            return self.group();
        }
        let start = self.at;
        let _ = self.operator("-") || self.operator("+");
        match self.peek() {
            Some(token) if token.kind != Kind::Operator => {
                self.at += 1;
                Ok(&self.tokens[start..self.at])
            }
            _ => Err(self.unexpected("a constant")),
        }
    }
}

/// The words of a type that is given by itself; none if the text is anything but a type.
pub(in crate::sqlite) fn type_words(text: &str) -> Option<String> {
    let tokens = tokens::significant(text).ok()?;
    let mut cursor = Cursor::new(text, &tokens);
    let words = cursor.type_words().ok()?;
    cursor.peek().is_none().then_some(words)
}

/// The text of a type. SQLite takes the quotes off a type that is one quoted word; so do we, where the words inside
/// are a type without them.
fn joined(words: &[Token<'_>], numbers: &[String]) -> String {
    if let ([word], []) = (words, numbers)
        && word.kind != Kind::Word
    {
        let inside = quote::unquote(word);
        let bare = type_words(&inside).is_some_and(|words| words == *inside) && !inside.is_empty();
        return if bare { inside.to_string() } else { word.text.to_owned() };
    }
    let mut text = words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    if !numbers.is_empty() {
        text.push('(');
        text.push_str(&numbers.join(","));
        text.push(')');
    }
    text
}
