//! The keywords of SQLite, and which of them it also takes for identifiers.
//!
//! <https://sqlite.org/lang_keywords.html>

/// How a keyword stands to identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It is never an unquoted identifier.
    Reserved,
    /// Where the grammar has no use for the keyword, it is an identifier.
    Fallback,
    /// A part of a join: it may name a table, a column or a function, but not a type.
    Join,
}

use Class::{Fallback, Join, Reserved};

/// Every keyword, in order.
pub(super) const KEYWORDS: &[(&str, Class)] = &[
    ("ABORT", Fallback),
    ("ACTION", Fallback),
    ("ADD", Reserved),
    ("AFTER", Fallback),
    ("ALL", Reserved),
    ("ALTER", Reserved),
    ("ALWAYS", Fallback),
    ("ANALYZE", Fallback),
    ("AND", Reserved),
    ("AS", Reserved),
    ("ASC", Fallback),
    ("ATTACH", Fallback),
    ("AUTOINCREMENT", Reserved),
    ("BEFORE", Fallback),
    ("BEGIN", Fallback),
    ("BETWEEN", Reserved),
    ("BY", Fallback),
    ("CASCADE", Fallback),
    ("CASE", Reserved),
    ("CAST", Fallback),
    ("CHECK", Reserved),
    ("COLLATE", Reserved),
    ("COLUMN", Fallback),
    ("COMMIT", Reserved),
    ("CONFLICT", Fallback),
    ("CONSTRAINT", Reserved),
    ("CREATE", Reserved),
    ("CROSS", Join),
    ("CURRENT", Fallback),
    ("CURRENT_DATE", Fallback),
    ("CURRENT_TIME", Fallback),
    ("CURRENT_TIMESTAMP", Fallback),
    ("DATABASE", Fallback),
    ("DEFAULT", Reserved),
    ("DEFERRABLE", Reserved),
    ("DEFERRED", Fallback),
    ("DELETE", Reserved),
    ("DESC", Fallback),
    ("DETACH", Fallback),
    ("DISTINCT", Reserved),
    ("DO", Fallback),
    ("DROP", Reserved),
    ("EACH", Fallback),
    ("ELSE", Reserved),
    ("END", Fallback),
    ("ESCAPE", Reserved),
    ("EXCEPT", Reserved),
    ("EXCLUDE", Fallback),
    ("EXCLUSIVE", Fallback),
    ("EXISTS", Reserved),
    ("EXPLAIN", Fallback),
    ("FAIL", Fallback),
    ("FILTER", Fallback),
    ("FIRST", Fallback),
    ("FOLLOWING", Fallback),
    ("FOR", Fallback),
    ("FOREIGN", Reserved),
    ("FROM", Reserved),
    ("FULL", Join),
    ("GENERATED", Fallback),
    ("GLOB", Fallback),
    ("GROUP", Reserved),
    ("GROUPS", Fallback),
    ("HAVING", Reserved),
    ("IF", Fallback),
    ("IGNORE", Fallback),
    ("IMMEDIATE", Fallback),
    ("IN", Reserved),
    ("INDEX", Reserved),
    ("INDEXED", Join),
    ("INITIALLY", Fallback),
    ("INNER", Join),
    ("INSERT", Reserved),
    ("INSTEAD", Fallback),
    ("INTERSECT", Reserved),
    ("INTO", Reserved),
    ("IS", Reserved),
    ("ISNULL", Reserved),
    ("JOIN", Reserved),
    ("KEY", Fallback),
    ("LAST", Fallback),
    ("LEFT", Join),
    ("LIKE", Fallback),
    ("LIMIT", Reserved),
    ("MATCH", Fallback),
    ("MATERIALIZED", Fallback),
    ("NATURAL", Join),
    ("NO", Fallback),
    ("NOT", Reserved),
    ("NOTHING", Reserved),
    ("NOTNULL", Reserved),
    ("NULL", Reserved),
    ("NULLS", Fallback),
    ("OF", Fallback),
    ("OFFSET", Fallback),
    ("ON", Reserved),
    ("OR", Reserved),
    ("ORDER", Reserved),
    ("OTHERS", Fallback),
    ("OUTER", Join),
    ("OVER", Fallback),
    ("PARTITION", Fallback),
    ("PLAN", Fallback),
    ("PRAGMA", Fallback),
    ("PRECEDING", Fallback),
    ("PRIMARY", Reserved),
    ("QUERY", Fallback),
    ("RAISE", Fallback),
    ("RANGE", Fallback),
    ("RECURSIVE", Fallback),
    ("REFERENCES", Reserved),
    ("REGEXP", Fallback),
    ("REINDEX", Fallback),
    ("RELEASE", Fallback),
    ("RENAME", Fallback),
    ("REPLACE", Fallback),
    ("RESTRICT", Fallback),
    ("RETURNING", Reserved),
    ("RIGHT", Join),
    ("ROLLBACK", Fallback),
    ("ROW", Fallback),
    ("ROWS", Fallback),
    ("SAVEPOINT", Fallback),
    ("SELECT", Reserved),
    ("SET", Reserved),
    ("TABLE", Reserved),
    ("TEMP", Fallback),
    ("TEMPORARY", Fallback),
    ("THEN", Reserved),
    ("TIES", Fallback),
    ("TO", Reserved),
    ("TRANSACTION", Reserved),
    ("TRIGGER", Fallback),
    ("UNBOUNDED", Fallback),
    ("UNION", Reserved),
    ("UNIQUE", Reserved),
    ("UPDATE", Reserved),
    ("USING", Reserved),
    ("VACUUM", Fallback),
    ("VALUES", Reserved),
    ("VIEW", Fallback),
    ("VIRTUAL", Fallback),
    ("WHEN", Reserved),
    ("WHERE", Reserved),
    ("WINDOW", Fallback),
    ("WITH", Fallback),
    ("WITHIN", Fallback),
    ("WITHOUT", Fallback),
];

/// The class of a word, if it is a keyword.
pub(super) fn class(word: &str) -> Option<Class> {
    let given = word.bytes().map(|byte| byte.to_ascii_uppercase());
    let at = KEYWORDS.binary_search_by(|(keyword, _)| keyword.bytes().cmp(given.clone())).ok()?;
    Some(KEYWORDS[at].1)
}

/// Whether a bare word is one of the two constants that are no keywords, yet no identifiers either.
pub(super) fn is_truth(word: &str) -> bool {
    word.eq_ignore_ascii_case("TRUE") || word.eq_ignore_ascii_case("FALSE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn the_engine_agrees_on_which_words_name_a_column_and_which_a_type() {
        let engine = rusqlite::Connection::open_in_memory().unwrap();
        for (word, class) in KEYWORDS {
            let column = engine.prepare(&format!("CREATE TABLE t({word})")).is_ok();
            assert_eq!(column, *class != Reserved, "{word} as a column");
            let data_type = engine.prepare(&format!("CREATE TABLE t(a {word}(1, 2))")).is_ok();
            assert_eq!(data_type, *class == Fallback, "{word} as a type");
        }
    }
}
