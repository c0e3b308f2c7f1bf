//! What a statement that stands outside of any transaction does, as far as it matters for running it again.

use peristyle_schema::{Name, QualifiedName};

use super::tokens::{identifier, significant};
use crate::lexer::{Kind, Token};

/// A statement that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alone {
    /// `CREATE INDEX CONCURRENTLY`. The index is in the namespace of its table.
    CreateIndex {
        /// The index.
        name: Name,
        /// Its table.
        table: QualifiedName,
    },
    /// `DROP INDEX CONCURRENTLY` of one index.
    DropIndex {
        /// The index.
        name: QualifiedName,
    },
    /// `ALTER TYPE … ADD VALUE`, which may stand in a transaction as long as the value is not used in it.
    AddValue,
    /// Anything else.
    Other,
}

impl Alone {
    /// What the statement does.
    pub fn read(sql: &str) -> Self {
        significant(sql).ok().and_then(|tokens| read(&tokens)).unwrap_or(Self::Other)
    }
}

fn read(tokens: &[Token<'_>]) -> Option<Alone> {
    let mut rest = tokens;
    if words(&mut rest, &["CREATE"]) {
        words(&mut rest, &["UNIQUE"]);
        words(&mut rest, &["INDEX", "CONCURRENTLY"]).then_some(())?;
        words(&mut rest, &["IF", "NOT", "EXISTS"]);
        let name = name(&mut rest)?;
        words(&mut rest, &["ON"]).then_some(())?;
        words(&mut rest, &["ONLY"]);
        return Some(Alone::CreateIndex { name, table: qualified(&mut rest)? });
    }
    if words(&mut rest, &["DROP", "INDEX", "CONCURRENTLY"]) {
        words(&mut rest, &["IF", "EXISTS"]);
        let name = qualified(&mut rest)?;
        if operator(&mut rest, ",") {
            return None;
        }
        return Some(Alone::DropIndex { name });
    }
    if words(&mut rest, &["ALTER", "TYPE"]) {
        qualified(&mut rest)?;
        return words(&mut rest, &["ADD", "VALUE"]).then_some(Alone::AddValue);
    }
    None
}

/// Takes these words, if all of them come next.
fn words(tokens: &mut &[Token<'_>], words: &[&str]) -> bool {
    let found = tokens.len() >= words.len()
        && tokens.iter().zip(words).all(|(token, word)| token.is_word(word));
    if found {
        *tokens = &tokens[words.len()..];
    }
    found
}

fn operator(tokens: &mut &[Token<'_>], operator: &str) -> bool {
    match tokens.split_first() {
        Some((first, rest)) if first.is_operator(operator) => {
            *tokens = rest;
            true
        }
        Some(_) | None => false,
    }
}

fn name(tokens: &mut &[Token<'_>]) -> Option<Name> {
    let (first, rest) = tokens.split_first()?;
    let named = match first.kind {
        // With escapes in it, a name is beyond what is needed here.
        Kind::Quoted => first.text.starts_with('"'),
        Kind::Word => !first.is_word("ON"),
        Kind::Text
        | Kind::Blob
        | Kind::Number
        | Kind::Parameter
        | Kind::Operator
        | Kind::Space
        | Kind::Comment
        | Kind::Unclosed
        | Kind::Illegal => false,
    };
    *tokens = rest;
    named.then(|| identifier(first))
}

fn qualified(tokens: &mut &[Token<'_>]) -> Option<QualifiedName> {
    let first = name(tokens)?;
    if operator(tokens, ".") {
        return Some(QualifiedName { namespace: Some(first), name: name(tokens)? });
    }
    Some(QualifiedName::local(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn qualified(namespace: Option<&str>, name: &str) -> QualifiedName {
        QualifiedName { namespace: namespace.map(Name::new), name: Name::new(name) }
    }

    #[test]
    fn statements_are_told_apart() {
        let index = |name: &str, table| Alone::CreateIndex { name: Name::new(name), table };
        for (sql, alone) in [
            ("CREATE INDEX CONCURRENTLY i ON t (a)", index("i", qualified(None, "t"))),
            (
                "-- why\ncreate unique index concurrently if not exists \"I \"\"x\" on only App.\"T\" using btree (a);",
                index("I \"x", qualified(Some("app"), "T")),
            ),
            ("CREATE INDEX CONCURRENTLY ON t (a)", Alone::Other),
            ("CREATE INDEX i ON t (a)", Alone::Other),
            (
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                Alone::DropIndex { name: qualified(None, "i") },
            ),
            (
                "DROP INDEX CONCURRENTLY app.i CASCADE",
                Alone::DropIndex { name: qualified(Some("app"), "i") },
            ),
            ("DROP INDEX CONCURRENTLY i, j", Alone::Other),
            ("ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", Alone::AddValue),
            ("ALTER TYPE mood RENAME VALUE 'x' TO 'y'", Alone::Other),
            ("VACUUM t", Alone::Other),
            ("CREATE INDEX CONCURRENTLY 'i", Alone::Other),
            ("", Alone::Other),
        ] {
            assert_eq!(Alone::read(sql), alone, "{sql}");
        }
    }
}
