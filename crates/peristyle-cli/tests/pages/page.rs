//! A page of Markdown, and the blocks that it shows.

use std::path::Path;

/// A page of this repository.
pub struct Page {
    name: String,
    pub text: String,
    blocks: Vec<Block>,
}

/// What stands between two fences.
#[derive(Debug)]
pub struct Block {
    /// The page and the line, to be found by.
    pub place: String,
    language: String,
    pub text: String,
}

/// Blocks that nothing here can try: what tests and sets up this very repository.
const NOT_HERE: &[&str] = &["sh"];

/// A file of this repository.
pub fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

impl Page {
    pub fn read(name: &str) -> Self {
        let text = text(name);
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for (number, line) in text.lines().enumerate() {
            match (line.strip_prefix("```"), open.take()) {
                (Some(""), Some(block)) => blocks.push(block),
                (Some(language), None) => {
                    let place = format!("{name}:{}", number + 1);
                    open =
                        Some(Block { place, language: language.to_owned(), text: String::new() });
                }
                (_, Some(mut block)) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                    open = Some(block);
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{name} ends inside of a block");
        Self { name: name.to_owned(), text, blocks }
    }

    /// The page's blocks, which are in these languages: whoever adds one to a page says here how it is tried.
    pub fn blocks<const N: usize>(&self, languages: &[&str; N]) -> [&Block; N] {
        let blocks: Vec<&Block> = self
            .blocks
            .iter()
            .filter(|block| !NOT_HERE.contains(&block.language.as_str()))
            .collect();
        let found: Vec<&str> = blocks.iter().map(|block| block.language.as_str()).collect();
        assert_eq!(found, languages, "the blocks of {}", self.name);
        blocks.try_into().expect("as many as there are languages")
    }
}

/// One command of a block and what it shows below it.
pub struct Shown<'a> {
    pub command: &'a str,
    pub says: Vec<&'a str>,
}

impl Block {
    /// The commands of a console, each behind `$ `.
    pub fn commands(&self) -> Vec<Shown<'_>> {
        let mut all: Vec<Shown<'_>> = Vec::new();
        for line in self.text.lines() {
            match (line.strip_prefix("$ "), all.last_mut()) {
                (Some(command), _) => all.push(Shown { command, says: Vec::new() }),
                (None, Some(shown)) => shown.says.push(line),
                (None, None) => panic!("{}: `{line}` stands under no command", self.place),
            }
        }
        all
    }
}
