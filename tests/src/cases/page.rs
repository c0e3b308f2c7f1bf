//! Reads a page of cases, and writes the expected blocks back.

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
    text: String,
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
    /// The SQL that puts rows into the old schema's tables.
    pub rows: Option<Block>,
    /// What the user decided.
    pub options: Options,
    expected: Vec<(Tag, Block)>,
    expected_at: Range<usize>,
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
enum Tag {
    Up(DialectName),
    Down(DialectName),
    Refused(Option<DialectName>),
}

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
    /// Reads a page.
    pub fn parse(file: &str, text: &str) -> Result<Self, PageError> {
        let mut reader = Reader { file, cases: Vec::new(), open: None };
        let mut fence: Option<Fence> = None;
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let number = index + 1;
            let bare = line.trim_end();
            match &mut fence {
                Some(open) if bare == "```" => {
                    let block = Block { line: open.line, text: std::mem::take(&mut open.text) };
                    reader.block(&open.info, block, open.start..at + line.len())?;
                    fence = None;
                }
                Some(open) => open.text.push_str(line),
                None => {
                    if let Some(info) = bare.strip_prefix("```") {
                        let info = info.trim().to_owned();
                        fence = Some(Fence { info, line: number, start: at, text: String::new() });
                    } else if let Some(title) = bare.strip_prefix("## ") {
                        reader.heading(title, number, at)?;
                    } else {
                        reader.prose(bare, number)?;
                    }
                }
            }
            at += line.len();
        }
        if let Some(open) = fence {
            return Err(reader.error(open.line, "the block is not closed"));
        }
        reader.close(at)?;
        Ok(Self { file: file.to_owned(), cases: reader.cases, text: text.to_owned() })
    }

    /// The page with what each case now expects of a dialect; a case without news keeps what it has.
    pub fn blessed(&self, dialect: DialectName, news: &[Option<Expectation>]) -> String {
        let mut out = String::new();
        let mut from = 0;
        for (case, news) in self.cases.iter().zip(news) {
            let Some(news) = news else { continue };
            out.push_str(self.text[from..case.expected_at.start].trim_end());
            out.push_str("\n\n");
            out.push_str(&case.rendered(dialect, news));
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

    /// The expected blocks with news of one dialect; those of the others stay.
    fn rendered(&self, dialect: DialectName, news: &Expectation) -> String {
        let mut blocks = match news {
            Expectation::Sql { up, down } => {
                vec![(Tag::Up(dialect), up.clone()), (Tag::Down(dialect), down.clone())]
            }
            Expectation::Refused(words) => vec![(Tag::Refused(Some(dialect)), words.clone())],
        };
        if self.expected.iter().any(|(tag, _)| *tag == Tag::Refused(None))
            && let Expectation::Refused(words) = news
        {
            blocks = vec![(Tag::Refused(None), words.clone())];
        }
        for (tag, block) in &self.expected {
            let other = match tag {
                Tag::Up(of) | Tag::Down(of) | Tag::Refused(Some(of)) => *of != dialect,
                Tag::Refused(None) => false,
            };
            if other {
                blocks.push((*tag, block.text.clone()));
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

struct Fence {
    info: String,
    line: usize,
    start: usize,
    text: String,
}

/// A case that is being read.
struct Open {
    title: String,
    line: usize,
    why: bool,
    old: Option<Block>,
    new: Option<Block>,
    rows: Option<Block>,
    options: Option<Options>,
    expected: Vec<(Tag, Block)>,
    expected_at: Option<Range<usize>>,
}

struct Reader<'a> {
    file: &'a str,
    cases: Vec<Case>,
    open: Option<Open>,
}

impl Reader<'_> {
    fn error(&self, line: usize, message: impl Into<String>) -> PageError {
        PageError { place: format!("{}:{line}", self.file), message: message.into() }
    }

    fn heading(&mut self, title: &str, line: usize, at: usize) -> Result<(), PageError> {
        self.close(at)?;
        if let Some(twin) = self.cases.iter().find(|case| case.title == title) {
            return Err(self.error(line, format!("line {} has this heading too", twin.line)));
        }
        self.open = Some(Open {
            title: title.to_owned(),
            line,
            why: false,
            old: None,
            new: None,
            rows: None,
            options: None,
            expected: Vec::new(),
            expected_at: None,
        });
        Ok(())
    }

    fn prose(&mut self, text: &str, line: usize) -> Result<(), PageError> {
        let late = self.open.as_ref().is_some_and(|open| open.expected_at.is_some());
        if late && !text.is_empty() {
            return Err(self.error(line, "words behind the expected blocks would be lost"));
        }
        if let Some(open) = &mut self.open {
            open.why |= !text.is_empty();
        }
        Ok(())
    }

    fn block(&mut self, info: &str, block: Block, at: Range<usize>) -> Result<(), PageError> {
        let line = block.line;
        let misplaced = self.error(line, format!("the block `{info}` comes twice or too late"));
        let options = match info {
            "options" => Some(self.options(&block)?),
            _ => None,
        };
        let unknown = self.error(line, format!("`{info}` is not a block of a case"));
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let place = match info {
            "rust old" => &mut open.old,
            "rust new" => &mut open.new,
            "rows" => &mut open.rows,
            "options" => {
                let twice = open.options.is_some() || open.expected_at.is_some();
                open.options = options;
                return if twice { Err(misplaced) } else { Ok(()) };
            }
            _ => {
                let tag = expected_tag(info).ok_or(unknown)?;
                if open.expected.iter().any(|(held, _)| *held == tag) {
                    return Err(misplaced);
                }
                open.expected.push((tag, block));
                let start = open.expected_at.as_ref().map_or(at.start, |range| range.start);
                open.expected_at = Some(start..at.end);
                return Ok(());
            }
        };
        if place.is_some() || open.expected_at.is_some() {
            return Err(misplaced);
        }
        *place = Some(block);
        Ok(())
    }

    fn options(&self, block: &Block) -> Result<Options, PageError> {
        let mut options = Options::default();
        for (index, line) in block.text.lines().enumerate() {
            let fail = |message: String| self.error(block.line + 1 + index, message);
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "allow-destructive" => options.allow_destructive = true,
                "keep-data" => options.keep_data = true,
                "rename" => {
                    options.renames.push(rest.parse().map_err(|e| fail(format!("{e}")))?);
                }
                "fill" => {
                    let malformed = || fail("write `fill table.column:value`".to_owned());
                    let (left, value) = rest.split_once(':').ok_or_else(malformed)?;
                    let (table, column) = left.rsplit_once('.').ok_or_else(malformed)?;
                    options.fills.push((table.into(), column.into(), value.to_owned()));
                }
                _ => return Err(fail(format!("`{word}` is not an option of a case"))),
            }
        }
        Ok(options)
    }

    fn close(&mut self, end: usize) -> Result<(), PageError> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let error = |message| self.error(open.line, message);
        if !open.why {
            return Err(error("a case says in a sentence why somebody would do it"));
        }
        let new = open.new.ok_or_else(|| error("a case has a block `rust new`"))?;
        self.cases.push(Case {
            title: open.title,
            line: open.line,
            old: open.old,
            new,
            rows: open.rows,
            options: open.options.unwrap_or_default(),
            expected: open.expected,
            expected_at: open.expected_at.unwrap_or(end..end),
        });
        Ok(())
    }
}

fn expected_tag(info: &str) -> Option<Tag> {
    if info == "refused" {
        return Some(Tag::Refused(None));
    }
    let (dialect, what) = info.split_once(' ')?;
    let dialect: DialectName = dialect.parse().ok()?;
    match what {
        "up" => Some(Tag::Up(dialect)),
        "down" => Some(Tag::Down(dialect)),
        "refused" => Some(Tag::Refused(Some(dialect))),
        _ => None,
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
        let sql = |up: &str| Some(Expectation::Sql { up: up.into(), down: "D;\n".into() });
        let refused = Some(Expectation::Refused("no\n".into()));
        let text = page.blessed(DialectName::Sqlite, &[sql("A;\n"), refused, sql("C;\n")]);
        let again = Page::parse("p.md", &text).unwrap();
        assert_eq!(again.cases[0].expectation(DialectName::Sqlite), sql("A;\n"));
        assert_eq!(
            again.cases[1].expectation(DialectName::Sqlite),
            Some(Expectation::Refused("no\n".into()))
        );
        assert_eq!(again.cases[2].expectation(DialectName::Sqlite), sql("C;\n"));
        let kept = page.blessed(DialectName::Sqlite, &[None, None, None]);
        assert_eq!(kept, PAGE);
        let news: Vec<_> =
            again.cases.iter().map(|case| case.expectation(DialectName::Sqlite)).collect();
        assert_eq!(again.blessed(DialectName::Sqlite, &news), text);
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
