//! What a `CREATE` statement makes, and of which name: the first words of its text.

use peristyle_schema::{Definition, Hint, Name, ObjectId, ObjectKind, QualifiedName};

/// The object that a statement makes, if it is of a kind that is known by its text.
pub(super) fn definition(sql: &str) -> Option<Definition> {
    let sql = sql.trim().trim_end_matches(';').trim_end();
    let mut words = Words(sql);
    if !words.next()?.is("create") {
        return None;
    }
    let mut word = words.next()?;
    while ["temp", "temporary", "or", "replace"].iter().any(|skip| word.is(skip)) {
        word = words.next()?;
    }
    let kind = if word.is("trigger") {
        ObjectKind::Trigger
    } else if word.is("view") {
        ObjectKind::View
    } else if word.is("materialized") && words.next()?.is("view") {
        ObjectKind::MaterializedView
    } else if word.is("virtual") && words.next()?.is("table") {
        ObjectKind::VirtualTable
    } else if word.is("function") || word.is("procedure") {
        ObjectKind::Function
    } else if word.is("policy") {
        ObjectKind::Policy
    } else {
        return None;
    };
    let mut name = words.next()?;
    if name.is("if") {
        words.next()?;
        words.next()?;
        name = words.next()?;
    }
    let name = words.qualified(name)?;
    let on = match kind {
        ObjectKind::Trigger | ObjectKind::Policy => words.after_on(),
        _ => None,
    };
    Some(Definition { id: ObjectId { kind, name }, on, sql: sql.to_owned(), span: Hint::NONE })
}

/// A word of SQL: bare, or quoted in any of the styles there are.
struct Word<'a> {
    text: &'a str,
    /// The character that closes the quotes it stands in.
    quoted: Option<char>,
}

impl Word<'_> {
    fn is(&self, keyword: &str) -> bool {
        self.quoted.is_none() && self.text.eq_ignore_ascii_case(keyword)
    }

    fn name(&self) -> Name {
        Name::new(match self.quoted {
            Some(quote @ ('"' | '`')) => {
                self.text.replace(&String::from_iter([quote, quote]), &quote.to_string())
            }
            Some(_) | None => self.text.to_owned(),
        })
    }
}

/// The words of a text, one after the other.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<Word<'a>> {
        let rest = self.0.trim_start();
        let closing = match rest.chars().next()? {
            '"' => Some('"'),
            '`' => Some('`'),
            '[' => Some(']'),
            _ => None,
        };
        if let Some(closing) = closing {
            let inside = &rest[1..];
            let end = end_of_quotes(inside, closing)?;
            self.0 = &inside[end + 1..];
            return Some(Word { text: &inside[..end], quoted: Some(closing) });
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(rest.len())
            .max(rest.chars().next()?.len_utf8());
        self.0 = &rest[end..];
        Some(Word { text: &rest[..end], quoted: None })
    }

    /// The name that starts with this word, and what follows a dot.
    fn qualified(&mut self, first: Word<'a>) -> Option<QualifiedName> {
        match self.0.strip_prefix('.') {
            None => Some(QualifiedName::local(first.name())),
            Some(rest) => {
                self.0 = rest;
                let second = self.next()?;
                Some(QualifiedName::qualified(first.name(), second.name()))
            }
        }
    }

    /// The name behind the first `ON`.
    fn after_on(&mut self) -> Option<QualifiedName> {
        loop {
            if self.next()?.is("on") {
                let first = self.next()?;
                return self.qualified(first);
            }
        }
    }
}

/// Where quotes close. A doubled quote is one that is part of the name; brackets know no such thing.
fn end_of_quotes(inside: &str, closing: char) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside[from..].find(closing)?;
        if closing == ']' || !inside[at + 1..].starts_with(closing) {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let definition = definition(&sql).unwrap();
            assert_eq!(definition.id.name, QualifiedName::local(name));
            assert_eq!(definition.on, Some(QualifiedName::local("a\"b")));
        }
    }
}
