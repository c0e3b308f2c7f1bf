//! A page of cases, and how the expected blocks are written back.

use std::fmt;
use std::ops::Range;

use peristyle_schema::{Name, QualifiedName, Rename};
use peristyle_sql::DialectName;

/// A page of cases.
#[derive(Debug)]
pub struct Page {
    /// The file, as it was named.
    pub file: String,
    /// The cases in their order.
    pub cases: Vec<Case>,
    pub(super) text: String,
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its heading.
    pub title: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// The declarations before.
    pub old: Option<Block>,
    /// The declarations after.
    pub new: Block,
    pub(super) rows: Option<Block>,
    pub(super) rows_of: Vec<(DialectName, Block)>,
    /// What the user decided.
    pub options: Options,
    pub(super) expected: Vec<(Tag, Block)>,
    pub(super) expected_at: Range<usize>,
}

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// Its text, every line closed.
    pub text: String,
}

/// What the user of a case decided.
#[derive(Debug, Default)]
pub struct Options {
    /// Whether data may be dropped.
    pub allow_destructive: bool,
    /// Whether dropped data is set aside.
    pub keep_data: bool,
    /// The only dialect that the case is about, because its texts are that dialect's own.
    pub only: Option<DialectName>,
    /// What was renamed.
    pub renames: Vec<Rename>,
    /// What existing rows get.
    pub fills: Vec<(QualifiedName, Name, String)>,
}

/// What a case expects of a dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// The SQL forward and back.
    Sql {
        /// Forward.
        up: String,
        /// Back.
        down: String,
    },
    /// What is said instead, by the dialect or before one is asked.
    Refused(String),
}

/// What stands behind the fence of an expected block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Up(DialectName),
    Down(DialectName),
    Refused(Option<DialectName>),
}

/// What a case now expects, by dialect.
pub type News = Vec<(DialectName, Expectation)>;

/// The dialects that cases speak of, in the order of their blocks.
pub const DIALECTS: [DialectName; 2] = [DialectName::Sqlite, DialectName::Postgres];

/// Why a page could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct PageError {
    /// The file and line.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl Page {
    /// The page with what each case now expects of some dialects; of the others it keeps what it has.
    pub fn blessed(&self, news: &[News]) -> String {
        let mut out = String::new();
        let mut from = 0;
        for (case, news) in self.cases.iter().zip(news) {
            if news.is_empty() {
                continue;
            }
            out.push_str(self.text[from..case.expected_at.start].trim_end());
            out.push_str("\n\n");
            out.push_str(&case.rendered(news));
            from = case.expected_at.end;
            if self.text[from..].starts_with("## ") {
                out.push('\n');
            }
        }
        out.push_str(&self.text[from..]);
        out
    }
}

impl Case {
    /// What the case expects of a dialect, if its page says anything of it.
    pub fn expectation(&self, dialect: DialectName) -> Option<Expectation> {
        let text = |wanted: Tag| {
            self.expected.iter().find(|(tag, _)| *tag == wanted).map(|(_, b)| b.text.clone())
        };
        if let (Some(up), Some(down)) = (text(Tag::Up(dialect)), text(Tag::Down(dialect))) {
            return Some(Expectation::Sql { up, down });
        }
        text(Tag::Refused(Some(dialect)))
            .or_else(|| text(Tag::Refused(None)))
            .map(Expectation::Refused)
    }

    /// The SQL that puts rows into the old schema's tables, in the words of a dialect.
    pub fn rows(&self, dialect: DialectName) -> Option<&Block> {
        let own = self.rows_of.iter().find(|(of, _)| *of == dialect);
        own.map(|(_, block)| block).or(self.rows.as_ref())
    }

    /// The expected blocks with the news. What every dialect refuses in the same words stands there once.
    fn rendered(&self, news: &News) -> String {
        let expected = DIALECTS.map(|dialect| {
            let new = news.iter().find(|(of, _)| *of == dialect);
            new.map(|(_, expectation)| expectation.clone()).or_else(|| self.expectation(dialect))
        });
        let mut blocks = Vec::new();
        match &expected[0] {
            Some(Expectation::Refused(words)) if expected.iter().all(|e| *e == expected[0]) => {
                blocks.push((Tag::Refused(None), words.clone()));
            }
            _ => {
                for (dialect, expectation) in DIALECTS.into_iter().zip(expected) {
                    match expectation {
                        Some(Expectation::Sql { up, down }) => {
                            blocks.push((Tag::Up(dialect), up));
                            blocks.push((Tag::Down(dialect), down));
                        }
                        Some(Expectation::Refused(words)) => {
                            blocks.push((Tag::Refused(Some(dialect)), words));
                        }
                        None => {}
                    }
                }
            }
        }
        let fenced: Vec<String> =
            blocks.iter().map(|(tag, text)| format!("```{tag}\n{text}```\n")).collect();
        fenced.join("\n")
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Up(dialect) => write!(f, "{dialect} up"),
            Self::Down(dialect) => write!(f, "{dialect} down"),
            Self::Refused(Some(dialect)) => write!(f, "{dialect} refused"),
            Self::Refused(None) => f.write_str("refused"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Topic\n\nWords.\n\n## One\n\nBecause.\n\n```rust new\nstruct A;\n```\n\n```options\nkeep-data\nrename a.b:c\nfill a.c:'x:y'\n```\n\n## Two\n\nBecause.\n\n```rust new\n```\n\n```sqlite up\nUP;\n```\n\n```sqlite down\nDOWN;\n```\n\n## Three\n\nBecause.\n\n```rust new\n```\n";

    #[test]
    fn a_page_is_read() {
        let page = Page::parse("p.md", PAGE).unwrap();
        assert_eq!(page.cases.len(), 3);
        let one = &page.cases[0];
        assert_eq!((one.line, one.new.line, one.new.text.as_str()), (5, 9, "struct A;\n"));
        assert!(one.options.keep_data && !one.options.allow_destructive);
        assert_eq!(one.options.fills, [("a".into(), "c".into(), "'x:y'".to_owned())]);
        assert_eq!(one.expectation(DialectName::Sqlite), None);
        assert_eq!(
            page.cases[1].expectation(DialectName::Sqlite),
            Some(Expectation::Sql { up: "UP;\n".into(), down: "DOWN;\n".into() })
        );
    }

    #[test]
    fn blessing_changes_the_expected_blocks_alone() {
        let page = Page::parse("p.md", PAGE).unwrap();
        let news = |expectation: Expectation| vec![(DialectName::Sqlite, expectation)];
        let sql = |up: &str| Expectation::Sql { up: up.into(), down: "D;\n".into() };
        let refused = || Expectation::Refused("no\n".into());
        let text = page.blessed(&[news(sql("A;\n")), news(refused()), news(sql("C;\n"))]);
        let again = Page::parse("p.md", &text).unwrap();
        let said = |at: usize, dialect| again.cases[at].expectation(dialect);
        assert_eq!(said(0, DialectName::Sqlite), Some(sql("A;\n")));
        assert_eq!(said(1, DialectName::Sqlite), Some(refused()));
        assert_eq!(said(1, DialectName::Postgres), None);
        assert_eq!(page.blessed(&[vec![], vec![], vec![]]), PAGE);
        let same: Vec<News> =
            (0..3).map(|at| said(at, DialectName::Sqlite).map_or(vec![], news)).collect();
        assert_eq!(again.blessed(&same), text);

        let other = vec![(DialectName::Postgres, sql("P;\n"))];
        let text = again.blessed(&[other, vec![(DialectName::Postgres, refused())], vec![]]);
        assert!(text.contains("```sqlite up\nA;\n```") && text.contains("```postgres up\nP;\n```"));
        assert!(text.contains("```refused\nno\n```"), "what both refuse alike stands once: {text}");
    }

    #[test]
    fn a_wrong_page_is_refused_by_line() {
        let place = |text: &str| Page::parse("p.md", text).unwrap_err().place;
        assert_eq!(place("## One\n\n```rust new\n```\n"), "p.md:1");
        assert_eq!(place("## One\n\nWhy.\n"), "p.md:1");
        assert_eq!(place("## One\n\nWhy.\n\n```rust gnu\n```\n"), "p.md:5");
        assert_eq!(place("## One\n\nWhy.\n\n```rust new\n"), "p.md:5");
        assert_eq!(place("## One\n\nWhy.\n\n```options\nkeep\n```\n"), "p.md:6");
        assert_eq!(place("## A\n\nW.\n\n```rust new\n```\n\n## A\n"), "p.md:8");
        assert_eq!(
            place("## A\n\nW.\n\n```rust new\n```\n\n```refused\n```\n\nLate words.\n"),
            "p.md:11"
        );
    }
}
