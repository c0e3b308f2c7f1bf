use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// An SQL expression, as text.
///
/// Two expressions are equal when their texts are; a dialect's `normalize` brings texts that mean the same to one form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Expr(String);

impl Expr {
    /// An expression from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text of the expression.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same expression after a column got another name.
    ///
    /// Only whole identifiers are replaced, bare (in any case) or double-quoted, and never text inside a string
    /// literal or a comment. This is the one thing that this crate knows of SQL text, because a rename is a change of
    /// the schema and every dialect means the same by it.
    #[must_use]
    pub fn rename_column(&self, from: &Name, to: &Name) -> Self {
        let mut out = String::with_capacity(self.0.len());
        for (word, text) in words(&self.0) {
            let renamed = match word {
                Word::Bare => text.eq_ignore_ascii_case(from),
                Word::Quoted => unquote(text).eq_ignore_ascii_case(from),
                Word::Call | Word::Other => false,
            };
            if !renamed {
                out.push_str(text);
            } else if word == Word::Bare && is_plain(to) {
                out.push_str(to);
            } else {
                out.push('"');
                out.push_str(&to.replace('"', "\"\""));
                out.push('"');
            }
        }
        Self(out)
    }

    /// Whether the expression names this column.
    pub fn mentions(&self, column: &Name) -> bool {
        words(&self.0).any(|(word, text)| match word {
            Word::Bare => text.eq_ignore_ascii_case(column),
            Word::Quoted => unquote(text).eq_ignore_ascii_case(column),
            Word::Call | Word::Other => false,
        })
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Expr {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Expr {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// An identifier or keyword.
    Bare,
    /// A function's name: a bare word before an opening parenthesis.
    Call,
    /// A double-quoted identifier.
    Quoted,
    /// Anything else: literals, comments, operators, space.
    Other,
}

/// Words that are never a column where they stand bare: the operators and clauses of expressions in every dialect.
const KEYWORDS: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
    "AS",
    "ASC",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "COLLATE",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "FALSE",
    "FROM",
    "GLOB",
    "GROUP",
    "HAVING",
    "IN",
    "INTERSECT",
    "IS",
    "ISNULL",
    "JOIN",
    "LIKE",
    "LIMIT",
    "NOT",
    "NOTNULL",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "SELECT",
    "THEN",
    "TRUE",
    "UNION",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WITH",
];

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// More words that are keywords in some dialect: a name that is one of them is quoted where it is written.
const QUOTED: &[&str] = &[
    "ABORT",
    "ACTION",
    "ADD",
    "AFTER",
    "ALTER",
    "ALWAYS",
    "ANALYZE",
    "ATTACH",
    "AUTOINCREMENT",
    "BEFORE",
    "BEGIN",
    "CASCADE",
    "CHECK",
    "COLUMN",
    "COMMIT",
    "CONFLICT",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "CURRENT",
    "DATABASE",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DELETE",
    "DETACH",
    "DO",
    "DROP",
    "EACH",
    "EXCLUDE",
    "EXCLUSIVE",
    "EXPLAIN",
    "FAIL",
    "FILTER",
    "FIRST",
    "FOLLOWING",
    "FOR",
    "FOREIGN",
    "FULL",
    "GENERATED",
    "GROUPS",
    "IF",
    "IGNORE",
    "IMMEDIATE",
    "INDEX",
    "INDEXED",
    "INITIALLY",
    "INNER",
    "INSERT",
    "INSTEAD",
    "INTO",
    "KEY",
    "LAST",
    "LEFT",
    "MATCH",
    "MATERIALIZED",
    "NATURAL",
    "NO",
    "NOTHING",
    "NULLS",
    "OF",
    "OFFSET",
    "OTHERS",
    "OUTER",
    "OVER",
    "PARTITION",
    "PLAN",
    "PRAGMA",
    "PRECEDING",
    "PRIMARY",
    "QUERY",
    "RAISE",
    "RANGE",
    "RECURSIVE",
    "REFERENCES",
    "REGEXP",
    "REINDEX",
    "RELEASE",
    "RENAME",
    "REPLACE",
    "RESTRICT",
    "RETURNING",
    "RIGHT",
    "ROLLBACK",
    "ROW",
    "ROWS",
    "SAVEPOINT",
    "SET",
    "TABLE",
    "TEMP",
    "TEMPORARY",
    "TIES",
    "TO",
    "TRANSACTION",
    "TRIGGER",
    "UNBOUNDED",
    "UNIQUE",
    "UPDATE",
    "VACUUM",
    "VIEW",
    "VIRTUAL",
    "WINDOW",
    "WITHIN",
    "WITHOUT",
];

fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    !is_keyword(name)
        && !QUOTED.iter().any(|word| word.eq_ignore_ascii_case(name))
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn unquote(text: &str) -> String {
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text).replace("\"\"", "\"")
}

/// Cuts a text into identifiers and the rest; the pieces joined are the text.
fn words(text: &str) -> impl Iterator<Item = (Word, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (word, len) = match first {
            '"' => (Word::Quoted, quoted(rest, '"')),
            '\'' => (Word::Other, quoted(rest, '\'')),
            '-' if rest.starts_with("--") => (Word::Other, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => {
                (Word::Other, rest.find("*/").map_or(rest.len(), |at| at + 2))
            }
            c if c.is_alphabetic() || c == '_' => {
                let len = run(rest);
                if is_keyword(&rest[..len]) {
                    let (piece, after) = rest.split_at(len);
                    rest = after;
                    return Some((Word::Other, piece));
                }
                let call = rest[len..].trim_start().starts_with('(');
                (if call { Word::Call } else { Word::Bare }, len)
            }
            c if c.is_ascii_digit() => (Word::Other, run(rest)),
            c => (Word::Other, c.len_utf8()),
        };
        let (piece, after) = rest.split_at(len);
        rest = after;
        Some((word, piece))
    })
}

fn run(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(text.len())
}

/// The length of a quoted run, a doubled quote being part of it; an unclosed one runs to the end.
fn quoted(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            if chars.peek().is_some_and(|(_, next)| *next == quote) {
                chars.next();
            } else {
                return at + c.len_utf8();
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_identifiers_alone() {
        let expr = Expr::new(
            "rating > 0 AND \"Rating\" < 9 -- rating\n OR x = 'rating' OR rating(1) OR ratings",
        );
        let renamed = expr.rename_column(&"rating".into(), &"score".into());
        assert_eq!(
            renamed.as_str(),
            "score > 0 AND \"score\" < 9 -- rating\n OR x = 'rating' OR rating(1) OR ratings"
        );
        assert!(renamed.mentions(&"SCORE".into()) && !renamed.mentions(&"rating".into()));
    }

    #[test]
    fn quotes_a_name_that_needs_it() {
        let renamed = Expr::new("a > 1").rename_column(&"a".into(), &"odd \" name".into());
        assert_eq!(renamed.as_str(), "\"odd \"\" name\" > 1");
    }

    #[test]
    fn a_keyword_is_no_column_unless_it_is_quoted() {
        let expr = Expr::new("a IS NULL AND \"null\" > 1 OR \"order\" IN (b)");
        assert_eq!(
            expr.rename_column(&"null".into(), &"x".into()).as_str(),
            "a IS NULL AND \"x\" > 1 OR \"order\" IN (b)"
        );
        assert_eq!(
            expr.rename_column(&"b".into(), &"index".into()).as_str(),
            "a IS NULL AND \"null\" > 1 OR \"order\" IN (\"index\")"
        );
        assert!(!expr.mentions(&"and".into()) && expr.mentions(&"ORDER".into()));
    }

    #[test]
    fn unclosed_quotes_do_not_panic() {
        for text in ["'", "\"", "a 'b", "/*", "--", "é'", "'é"] {
            let same = Expr::new(text).rename_column(&"zz".into(), &"y".into());
            assert_eq!(same.as_str(), text);
        }
    }
}
