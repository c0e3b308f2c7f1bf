use proptest::prelude::*;

use super::{Cursor, index, table, trigger, type_words, view, virtual_table};
use crate::sqlite::tokens;

/// Runs every parser over a text; what comes of it does not matter.
fn parse(text: &str) {
    let Ok(tokens) = tokens::significant(text) else { return };
    let cursor = || Cursor::new(text, &tokens);
    let _ = table(cursor());
    let _ = index(cursor());
    let _ = view(cursor());
    let _ = trigger(cursor());
    let _ = virtual_table(cursor());
    let _ = type_words(text);
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b VARCHAR(10) DEFAULT 'x' NOT NULL ON CONFLICT FAIL, \
     c AS (a + 1) STORED, CONSTRAINT f FOREIGN KEY (b) REFERENCES u(x) ON DELETE SET NULL DEFERRABLE INITIALLY \
     DEFERRED, UNIQUE (a, b COLLATE NOCASE DESC), CHECK (b IN ('a', 'b'))) STRICT, WITHOUT ROWID",
    "CREATE UNIQUE INDEX i ON t(lower(a) DESC, b COLLATE NOCASE) WHERE a > 1",
    "CREATE VIEW v(a, b) AS WITH x AS (SELECT 1) SELECT * FROM x",
    "CREATE TRIGGER g INSTEAD OF UPDATE OF a, b ON v FOR EACH ROW WHEN new.a > 1 BEGIN SELECT 1; SELECT 2; END",
    "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = 'unicode61 x', content='')",
];

#[test]
fn a_statement_cut_off_anywhere_is_an_error_or_less() {
    for statement in STATEMENTS {
        for end in 0..=statement.len() {
            parse(&statement[..end]);
        }
    }
}

#[test]
fn types_by_themselves() {
    assert_eq!(type_words("varchar ( 10 )").as_deref(), Some("varchar(10)"));
    assert_eq!(type_words("DECIMAL(10 , -2)").as_deref(), Some("DECIMAL(10,-2)"));
    assert_eq!(type_words("UNSIGNED  BIG\n INT").as_deref(), Some("UNSIGNED BIG INT"));
    assert_eq!(type_words("[INTEGER]").as_deref(), Some("INTEGER"));
    assert_eq!(type_words("'my type'").as_deref(), Some("my type"));
    assert_eq!(type_words("\"primary key\"").as_deref(), Some("\"primary key\""));
    assert_eq!(type_words("").as_deref(), Some(""));
    for text in ["TEXT NOT NULL", "TEXT)", "TEXT; DROP TABLE t", "TEXT, b TEXT", "(10)", "TEXT(a)"]
    {
        assert_eq!(type_words(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        parse(&text);
        parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_mutation_is_too_odd(
        statement in prop::sample::select(STATEMENTS),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<u8>()), 1..8),
    ) {
        let mut bytes = statement.as_bytes().to_vec();
        for (at, kind, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_shuffle_of_tokens_is_too_odd(
        picks in prop::collection::vec((0..STATEMENTS.len(), any::<prop::sample::Index>()), 1..40),
        start in prop::sample::select(vec!["CREATE TABLE t(", "CREATE INDEX i ON t(", "CREATE TRIGGER g", ""]),
    ) {
        let mut text = start.to_owned();
        for (statement, pick) in picks {
            let tokens = tokens::significant(STATEMENTS[statement]).unwrap();
            text.push(' ');
            text.push_str(tokens[pick.index(tokens.len())].text);
        }
        parse(&text);
    }
}
