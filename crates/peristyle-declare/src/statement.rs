//! The head of a CREATE statement: what it makes, and on what.
//!
//! Only names are read. What stands behind them is the database's.

use peristyle_schema::{Name, ObjectKind, QualifiedName};

/// What a CREATE statement makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub kind: ObjectKind,
    pub name: QualifiedName,
    /// The table or view that a trigger belongs to.
    pub on: Option<QualifiedName>,
}

impl Header {
    /// Whether a struct with columns can stand for it.
    pub(crate) fn is_read_like_a_table(&self) -> bool {
        match self.kind {
            ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::VirtualTable => true,
            ObjectKind::Namespace
            | ObjectKind::Extension
            | ObjectKind::CompositeType
            | ObjectKind::Domain
            | ObjectKind::RangeType
            | ObjectKind::Sequence
            | ObjectKind::Function
            | ObjectKind::ViewIndex
            | ObjectKind::Trigger
            | ObjectKind::Policy
            | ObjectKind::Grant => false,
        }
    }
}

/// What is said of a text that [`header`] does not know.
pub(crate) const UNKNOWN: &str = "`object!` takes one statement: CREATE SCHEMA, EXTENSION, TYPE, DOMAIN, SEQUENCE, FUNCTION, PROCEDURE, VIEW, MATERIALIZED VIEW, INDEX (of a materialized view), TRIGGER, POLICY, VIRTUAL TABLE, GRANT, or REVOKE (from PUBLIC)";

/// What to do about it.
pub(crate) const UNKNOWN_HELP: &str = "a table is declared as a struct, `#[derive(Table)]`, and an enumerated type as an enum, `#[derive(Enum)]`";

/// A statement without surrounding space and without its closing semicolon.
pub(crate) fn trimmed(sql: &str) -> &str {
    let sql = sql.trim();
    sql.strip_suffix(';').unwrap_or(sql).trim_end()
}

/// Whether a statement is a query: it begins with SELECT, WITH or VALUES.
pub(crate) fn is_query(sql: &str) -> bool {
    matches!(Words::new(sql).next(), Some(Word::Bare(word)) if ["select", "with", "values"].iter().any(|k| word.eq_ignore_ascii_case(k)))
}

/// Reads the head of a CREATE, GRANT or REVOKE statement; none if it is not one that is known.
pub(crate) fn header(sql: &str) -> Option<Header> {
    let mut words = Words::new(sql).peekable();
    if next_is(&mut words, "grant") {
        return grant(words, "to", "");
    }
    if next_is(&mut words, "revoke") {
        return grant(words, "from", " revoked");
    }
    expect(&mut words, "create")?;
    if next_is(&mut words, "or") {
        expect(&mut words, "replace")?;
    }
    let _ = next_is(&mut words, "temp") || next_is(&mut words, "temporary");
    let kind = kind(&mut words)?;
    if next_is(&mut words, "if") {
        expect(&mut words, "not")?;
        expect(&mut words, "exists")?;
    }
    if kind == ObjectKind::ViewIndex {
        let _ = next_is(&mut words, "concurrently");
        if next_is(&mut words, "if") {
            expect(&mut words, "not")?;
            expect(&mut words, "exists")?;
        }
    }
    let mut name = name(&mut words)?;
    let kind = match kind {
        ObjectKind::CompositeType => {
            expect(&mut words, "as")?;
            match words.next()? {
                Word::Other('(') => ObjectKind::CompositeType,
                Word::Bare(word) if word.eq_ignore_ascii_case("range") => ObjectKind::RangeType,
                Word::Bare(_) | Word::Quoted(_) | Word::Other(_) => return None,
            }
        }
        ObjectKind::Function => {
            // Functions of one name are told apart by their arguments.
            name.name = Name::new(format!("{}{}", name.name, arguments(&mut words)));
            kind
        }
        kind => kind,
    };
    let on = match kind {
        ObjectKind::ViewIndex => {
            expect(&mut words, "on")?;
            let _ = next_is(&mut words, "only");
            Some(self::name(&mut words)?)
        }
        ObjectKind::Trigger | ObjectKind::Policy => {
            while !next_is(&mut words, "on") {
                words.next()?;
            }
            Some(self::name(&mut words)?)
        }
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::VirtualTable
        | ObjectKind::Function
        | ObjectKind::Grant => None,
    };
    Some(Header { kind, name, on })
}

/// What stands behind GRANT or REVOKE. What is granted on what to whom tells one from another; a dialect reads it properly.
fn grant(words: Stream<'_>, before_role: &str, revoked: &str) -> Option<Header> {
    let mut parts = [String::new(), String::new(), String::new()];
    let mut at = 0;
    let boundaries = ["on", before_role];
    for word in words {
        if let (Some(boundary), Word::Bare(text)) = (boundaries.get(at), &word)
            && text.eq_ignore_ascii_case(boundary)
        {
            at += 1;
            continue;
        }
        push(&mut parts[at], &word);
    }
    let [_, on, role] = parts;
    if at < 2 || on.is_empty() || role.is_empty() {
        return None;
    }
    let name = QualifiedName::local(format!("{role}{revoked} on {on}").as_str());
    Some(Header { kind: ObjectKind::Grant, name, on: None })
}

/// The arguments of a function, in one spelling.
fn arguments(words: &mut Stream<'_>) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    while let Some(word) = words.peek() {
        match word {
            Word::Other('(') => depth += 1,
            Word::Other(')') => depth = depth.saturating_sub(1),
            Word::Bare(_) | Word::Quoted(_) | Word::Other(_) => {}
        }
        if depth == 0 && text.is_empty() {
            return text;
        }
        push(&mut text, word);
        words.next();
        if depth == 0 {
            break;
        }
    }
    text
}

fn push(text: &mut String, word: &Word<'_>) {
    match word {
        Word::Other(c) => text.push(*c),
        Word::Bare(word) => {
            if text.ends_with(|c: char| c.is_alphanumeric()) {
                text.push(' ');
            }
            text.push_str(&word.to_lowercase());
        }
        Word::Quoted(word) => {
            if text.ends_with(|c: char| c.is_alphanumeric()) {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
}

type Stream<'a> = std::iter::Peekable<Words<'a>>;

fn kind(words: &mut Stream<'_>) -> Option<ObjectKind> {
    if next_is(words, "constraint") {
        expect(words, "trigger")?;
        return Some(ObjectKind::Trigger);
    }
    if next_is(words, "materialized") {
        expect(words, "view")?;
        return Some(ObjectKind::MaterializedView);
    }
    if next_is(words, "unique") {
        expect(words, "index")?;
        return Some(ObjectKind::ViewIndex);
    }
    if next_is(words, "unlogged") {
        expect(words, "sequence")?;
        return Some(ObjectKind::Sequence);
    }
    if next_is(words, "recursive") {
        expect(words, "view")?;
        return Some(ObjectKind::View);
    }
    if next_is(words, "virtual") {
        expect(words, "table")?;
        return Some(ObjectKind::VirtualTable);
    }
    [
        ("view", ObjectKind::View),
        ("trigger", ObjectKind::Trigger),
        ("function", ObjectKind::Function),
        ("procedure", ObjectKind::Function),
        ("policy", ObjectKind::Policy),
        ("schema", ObjectKind::Namespace),
        ("extension", ObjectKind::Extension),
        ("domain", ObjectKind::Domain),
        ("sequence", ObjectKind::Sequence),
        ("index", ObjectKind::ViewIndex),
        // Or a range type: what follows the name tells.
        ("type", ObjectKind::CompositeType),
    ]
    .into_iter()
    .find_map(|(word, kind)| next_is(words, word).then_some(kind))
}

fn next_is(words: &mut Stream<'_>, keyword: &str) -> bool {
    let found =
        matches!(words.peek(), Some(Word::Bare(word)) if word.eq_ignore_ascii_case(keyword));
    if found {
        words.next();
    }
    found
}

fn expect(words: &mut Stream<'_>, keyword: &str) -> Option<()> {
    next_is(words, keyword).then_some(())
}

fn name(words: &mut Stream<'_>) -> Option<QualifiedName> {
    let first = part(words)?;
    if words.peek() == Some(&Word::Other('.')) {
        words.next();
        let second = part(words)?;
        return Some(QualifiedName::qualified(first, second));
    }
    Some(QualifiedName::local(first))
}

fn part(words: &mut Stream<'_>) -> Option<Name> {
    match words.next()? {
        Word::Bare(word) => Some(Name::from(word)),
        Word::Quoted(text) => Some(Name::new(text)),
        Word::Other(_) => None,
    }
}

/// A piece of SQL, as far as names go.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word<'a> {
    Bare(&'a str),
    /// A quoted name, its quotes taken off.
    Quoted(String),
    Other(char),
}

struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn new(sql: &'a str) -> Self {
        Self(sql)
    }

    /// Skips space and comments.
    fn skip(&mut self) {
        loop {
            self.0 = self.0.trim_start();
            if self.0.starts_with("--") {
                self.0 = self.0.find('\n').map_or("", |at| &self.0[at..]);
            } else if self.0.starts_with("/*") {
                self.0 = self.0.find("*/").map_or("", |at| &self.0[at + 2..]);
            } else {
                return;
            }
        }
    }

    /// Takes a run in quotes; a doubled closing quote is one of its characters.
    fn quoted(&mut self, close: char) -> Word<'a> {
        let mut text = String::new();
        let mut chars = self.0.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            if c != close {
                text.push(c);
            } else if close != ']' && chars.peek().is_some_and(|(_, next)| *next == close) {
                text.push(c);
                chars.next();
            } else {
                self.0 = &self.0[at + c.len_utf8()..];
                return Word::Quoted(text);
            }
        }
        self.0 = "";
        Word::Quoted(text)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        self.skip();
        let first = self.0.chars().next()?;
        match first {
            '"' | '`' | '\'' => Some(self.quoted(first)),
            '[' => Some(self.quoted(']')),
            c if c.is_alphanumeric() || c == '_' => {
                let end = self
                    .0
                    .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                    .unwrap_or(self.0.len());
                let (word, rest) = self.0.split_at(end);
                self.0 = rest;
                Some(Word::Bare(word))
            }
            c => {
                self.0 = &self.0[c.len_utf8()..];
                Some(Word::Other(c))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read() {
        let cases = [
            ("create view v as select 1", ObjectKind::View, "v", None),
            (
                "CREATE TEMP VIEW IF NOT EXISTS \"a \"\"b\" AS SELECT 1",
                ObjectKind::View,
                "a \"b",
                None,
            ),
            ("CREATE VIRTUAL TABLE [docs] USING fts5(x)", ObjectKind::VirtualTable, "docs", None),
            (
                "-- why\nCREATE TRIGGER /* x */ t AFTER UPDATE OF a, b ON `my table` BEGIN SELECT 1; END",
                ObjectKind::Trigger,
                "t",
                Some("my table"),
            ),
            ("CREATE OR REPLACE FUNCTION f() RETURNS int", ObjectKind::Function, "f()", None),
            (
                "create procedure p( A int , b  text default '(') language sql",
                ObjectKind::Function,
                "p(a int,b text default ()",
                None,
            ),
            ("CREATE SCHEMA IF NOT EXISTS app", ObjectKind::Namespace, "app", None),
            ("CREATE EXTENSION \"uuid-ossp\"", ObjectKind::Extension, "uuid-ossp", None),
            ("CREATE TYPE a AS (b int)", ObjectKind::CompositeType, "a", None),
            ("CREATE TYPE a AS RANGE (subtype = int4)", ObjectKind::RangeType, "a", None),
            ("CREATE DOMAIN d AS text", ObjectKind::Domain, "d", None),
            ("CREATE UNLOGGED SEQUENCE s", ObjectKind::Sequence, "s", None),
            (
                "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY v (a)",
                ObjectKind::ViewIndex,
                "i",
                Some("v"),
            ),
            (
                "GRANT select, INSERT (a) ON TABLE t TO \"r\" WITH GRANT OPTION",
                ObjectKind::Grant,
                "r with grant option on table t",
                None,
            ),
            (
                "REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC",
                ObjectKind::Grant,
                "public revoked on function f(integer)",
                None,
            ),
        ];
        for (sql, kind, name, on) in cases {
            let header = header(sql).unwrap_or_else(|| panic!("{sql}"));
            assert_eq!((header.kind, header.name.name.as_str()), (kind, name), "{sql}");
            assert_eq!(header.on.map(|on| on.name.to_string()).as_deref(), on, "{sql}");
        }
        for sql in [
            "",
            "select 1",
            "create",
            "create trigger",
            "create trigger t after insert",
            "create view (",
            "create type a as enum ('b')",
            "create index i (a)",
            "grant a to b",
            "grant select on t",
        ] {
            assert_eq!(header(sql), None, "{sql}");
        }
    }

    #[test]
    fn names_are_read_in_every_style_of_quotes() {
        for (written, name) in [
            ("plain", "plain"),
            ("\"quo\"\"ted\"", "quo\"ted"),
            ("`back``tick`", "back`tick"),
            ("[a]", "a"),
            ("\"\"\"\"", "\""),
        ] {
            let sql =
                format!("CREATE TRIGGER {written} AFTER DELETE ON \"a\"\"b\" BEGIN SELECT 1; END");
            let header = header(&sql).unwrap();
            assert_eq!(header.name, QualifiedName::local(name));
            assert_eq!(header.on, Some(QualifiedName::local("a\"b")));
        }
    }

    #[test]
    fn queries_are_told_from_statements() {
        assert!(is_query(" -- a\n Select 1") && is_query("WITH x AS (SELECT 1) SELECT * FROM x"));
        assert!(!is_query("create view v as select 1") && !is_query(""));
    }
}
