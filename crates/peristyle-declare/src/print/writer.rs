//! The text that is being written: attributes, documentation, literals.

use std::collections::BTreeSet;

/// A line longer than this is broken, as rustfmt does.
const WIDTH: usize = 100;

/// The body of a file of declarations, and the names of the façade that it uses.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    used: BTreeSet<&'static str>,
}

impl Writer {
    /// Writes a line; an empty one is not indented.
    pub(super) fn line(&mut self, indent: &str, line: &str) {
        if !line.is_empty() {
            self.text.push_str(indent);
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// Writes an attribute: `#[word(entry, entry)]`, on several lines if one would be too long.
    pub(super) fn attribute(&mut self, indent: &str, word: &str, entries: &[String]) {
        if entries.is_empty() {
            return self.line(indent, &format!("#[{word}]"));
        }
        let line = format!("#[{word}({})]", entries.join(", "));
        let broken = line.contains('\n') || indent.len() + line.len() > WIDTH;
        if !broken || entries.len() == 1 {
            return self.line(indent, &line);
        }
        self.line(indent, &format!("#[{word}("));
        let inner = format!("{indent}    ");
        for (at, entry) in entries.iter().enumerate() {
            let comma = if at + 1 < entries.len() { "," } else { "" };
            self.line(&inner, &format!("{entry}{comma}"));
        }
        self.line(indent, ")]");
    }

    /// Writes documentation as doc comments.
    pub(super) fn doc(&mut self, indent: &str, doc: Option<&str>) {
        for line in doc.into_iter().flat_map(|doc| doc.split('\n')) {
            // A bare carriage return may not stand in a doc comment.
            let line = line.replace('\r', " ");
            self.line(indent, format!("/// {line}").trim_end());
        }
    }

    /// Writes the first line of an item with one of our derives.
    pub(super) fn derive(&mut self, derive: &'static str, others: &str) {
        self.uses(derive);
        self.line("", &format!("#[derive({derive}, {others})]"));
    }

    /// Notes that a name of the façade is used.
    pub(super) fn uses(&mut self, name: &'static str) {
        self.used.insert(name);
    }

    /// The whole file.
    pub(super) fn finish(self) -> String {
        let mut file = String::from("//! The declarations of the database schema.\n");
        let names: Vec<&str> = self.used.into_iter().collect();
        match names.as_slice() {
            [] => {}
            [only] => file.push_str(&format!("\nuse peristyle::{only};\n")),
            names => file.push_str(&format!("\nuse peristyle::{{{}}};\n", names.join(", "))),
        }
        file.push_str(&self.text);
        file
    }
}

/// A text as a Rust literal: as it is where that can be read, escaped where it must be.
pub(super) fn literal(text: &str) -> String {
    let readable = text.contains(['\n', '"', '\\'])
        && text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control());
    if !readable {
        return format!("{text:?}");
    }
    let hashes = "#".repeat(longest_hashes(text));
    format!("r{hashes}\"{text}\"{hashes}")
}

/// How many hashes a raw string needs, so that no quote in it ends it.
fn longest_hashes(text: &str) -> usize {
    text.split('"')
        .skip(1)
        .map(|rest| 1 + rest.chars().take_while(|c| *c == '#').count())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_come_back() {
        for text in
            ["", "a", "a\"b", "\"#", "\"##\"#", "x\\y", "two\nlines", "\r\n", "\u{0}", "é😀", "#\""]
        {
            let parsed: syn::LitStr =
                syn::parse_str(&literal(text)).unwrap_or_else(|e| panic!("{text:?}: {e}"));
            assert_eq!(parsed.value(), text);
        }
    }
}
