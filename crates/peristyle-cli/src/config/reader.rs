//! Reading a TOML table whose keys are known, with a diagnostic at the exact place for every other one.

use std::path::Path;
use std::sync::Arc;

use peristyle_schema::{Diagnostic, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::render::position;
use crate::suggest::nearest;

/// A TOML file that is being read, and what was found wrong with it so far.
pub struct Reader<'a> {
    file: Arc<str>,
    text: &'a str,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// A table whose keys have been checked.
#[derive(Clone, Copy)]
pub struct Section<'t, 'a> {
    name: &'t str,
    table: &'t DeTable<'a>,
}

impl<'a> Reader<'a> {
    /// A reader of the text of a file.
    pub fn new(path: &Path, text: &'a str) -> Self {
        Self { file: path.to_string_lossy().into(), text, diagnostics: Vec::new() }
    }

    /// The place of a range of bytes.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span {
            file: Arc::clone(&self.file),
            start: position(self.text, range.start),
            end: position(self.text, range.end),
        }
    }

    /// The whole file as a table.
    pub fn parse(&mut self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let span = error.span().map(|range| self.span(range));
                self.diagnostics.push(
                    Diagnostic::error("config-syntax", format!("this is not TOML: {}", error.message()))
                        .at(span)
                        .help("the syntax is at https://toml.io; `peristyle explain config` shows a whole file"),
                );
                None
            }
        }
    }

    /// Takes a table as a section, and reports every key of it that is not known.
    pub fn section<'t>(
        &mut self,
        name: &'t str,
        table: &'t DeTable<'a>,
        known: &[&str],
    ) -> Section<'t, 'a> {
        for (key, _) in table {
            let word: &str = key.get_ref();
            if known.contains(&word) {
                continue;
            }
            let place = if name.is_empty() { "the file".to_owned() } else { format!("[{name}]") };
            let help = match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.diagnostics.push(
                Diagnostic::error("config-unknown-key", format!("{place} has no key `{word}`"))
                    .at(self.span(key.span()))
                    .help(help),
            );
        }
        Section { name, table }
    }

    /// The tables inside a table, by name, with the place of the name.
    pub fn tables<'t>(
        &mut self,
        value: &'t Spanned<DeValue<'a>>,
        what: &str,
    ) -> Vec<(&'t str, &'t DeTable<'a>)> {
        let Some(outer) = self.table(value, what) else { return Vec::new() };
        let mut tables = Vec::new();
        for (key, value) in outer {
            if let Some(table) = self.table(value, &format!("{what}.{}", key.get_ref())) {
                tables.push((key.get_ref().as_ref(), table));
            }
        }
        tables
    }

    /// A value as a table.
    pub fn table<'t>(
        &mut self,
        value: &'t Spanned<DeValue<'a>>,
        what: &str,
    ) -> Option<&'t DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, what, "a table");
        }
        table
    }

    /// A value as a text.
    pub fn text(&mut self, value: &Spanned<DeValue<'a>>, what: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some("") => {
                let span = self.span(value.span());
                self.diagnostics.push(
                    Diagnostic::error("config-empty", format!("`{what}` is empty"))
                        .at(span)
                        .help("write a value, or leave the key out"),
                );
                None
            }
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong(value, what, "a text in quotes");
                None
            }
        }
    }

    /// A value as a yes or no.
    pub fn flag(&mut self, value: &Spanned<DeValue<'a>>, what: &str) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, what, "`true` or `false`");
        }
        flag
    }

    /// A value as a list of texts.
    pub fn texts(&mut self, value: &Spanned<DeValue<'a>>, what: &str) -> Option<Vec<String>> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, what, "a list of texts");
            return None;
        };
        list.iter().map(|item| self.text(item, what)).collect()
    }

    /// Reports a value of the wrong type.
    fn wrong(&mut self, value: &Spanned<DeValue<'a>>, what: &str, wanted: &str) {
        let span = self.span(value.span());
        self.diagnostics.push(
            Diagnostic::error("config-type", format!("`{what}` must be {wanted}"))
                .at(span)
                .help(format!("it is {} here", kind(value.get_ref()))),
        );
    }

    /// The place of a value.
    pub fn place(&self, value: &Spanned<DeValue<'a>>) -> Span {
        self.span(value.span())
    }

    /// Reports a diagnostic at a value.
    pub fn at_value(&mut self, value: &Spanned<DeValue<'a>>, diagnostic: Diagnostic) {
        let span = self.span(value.span());
        self.diagnostics.push(diagnostic.at(span));
    }
}

impl<'t, 'a> Section<'t, 'a> {
    /// The value under a key, with the key's whole name.
    pub fn get(&self, key: &str) -> Option<(&'t Spanned<DeValue<'a>>, String)> {
        let what =
            if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| (value, what))
    }

    /// The text under a key.
    pub fn text(&self, reader: &mut Reader<'a>, key: &str) -> Option<String> {
        self.get(key).and_then(|(value, what)| reader.text(value, &what))
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a yes or no",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
