//! Reads a page of cases.

use std::ops::Range;

use peristyle_sql::DialectName;

use super::page::{Block, Case, Options, Page, PageError, Tag};

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
    rows_of: Vec<(DialectName, Block)>,
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
            rows_of: Vec::new(),
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
            _ if rows_tag(info).is_some() => {
                let dialect = rows_tag(info).ok_or(unknown)?;
                let twice = open.rows_of.iter().any(|(of, _)| *of == dialect);
                open.rows_of.push((dialect, block));
                let late = twice || open.expected_at.is_some();
                return if late { Err(misplaced) } else { Ok(()) };
            }
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
                "only" => options.only = Some(rest.parse().map_err(|e| fail(format!("{e}")))?),
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
            rows_of: open.rows_of,
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

/// The dialect of a block `rows <dialect>`.
fn rows_tag(info: &str) -> Option<DialectName> {
    info.strip_prefix("rows ")?.parse().ok()
}
