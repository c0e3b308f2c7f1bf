//! Which names a text mentions, so that what it needs can be made before it.
//!
//! It reads words, not grammar: a name found where it means something else only makes an order stricter than it must be.

use std::borrow::Cow;

/// A word of a text that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Mention<'a> {
    /// The name: in lower case if it was bare, as it is if it was quoted.
    pub(in super::super) name: Cow<'a, str>,
    /// The word before it and a dot.
    pub(in super::super) qualifier: Option<Cow<'a, str>>,
    /// Whether it was quoted.
    pub(in super::super) quoted: bool,
    /// Whether a parenthesis opens behind it.
    pub(in super::super) call: bool,
    /// Whether it stands inside of a string: the body of a function, or a name given as text.
    pub(in super::super) inside: bool,
    /// Where it starts, in bytes.
    pub(in super::super) start: usize,
}

/// The words of a text, in order, those inside of its strings included.
pub(in super::super) fn words(text: &str) -> impl Iterator<Item = Mention<'_>> {
    let mut found = Vec::new();
    scan(text, 0, false, &mut found);
    found.into_iter()
}

fn scan<'a>(text: &'a str, base: usize, inside: bool, found: &mut Vec<Mention<'a>>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut before: Option<Cow<'a, str>> = None;
    let mut dotted = false;
    while at < bytes.len() {
        let rest = &text[at..];
        let first = bytes[at];
        let (name, quoted, len) = match first {
            b'-' if rest.starts_with("--") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                at += comment(rest);
                continue;
            }
            b'\'' => {
                let len = quoted_run(rest, b'\'');
                let inner = &rest[1..len];
                scan(inner.strip_suffix('\'').unwrap_or(inner), base + at + 1, true, found);
                (before, dotted) = (None, false);
                at += len;
                continue;
            }
            b'$' if dollar_tag(rest).is_some() => {
                let tag = dollar_tag(rest).unwrap_or_default();
                let body = &rest[tag.len()..];
                let end = body.find(tag).unwrap_or(body.len());
                scan(&body[..end], base + at + tag.len(), true, found);
                (before, dotted) = (None, false);
                at += (tag.len() + end + tag.len()).min(rest.len());
                continue;
            }
            b'"' => {
                let len = quoted_run(rest, b'"');
                let name = rest[1..len].strip_suffix('"').unwrap_or(&rest[1..len]);
                (Cow::Owned(name.replace("\"\"", "\"")), true, len)
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let len = rest
                    .bytes()
                    .position(|b| {
                        !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || b >= 0x80)
                    })
                    .unwrap_or(rest.len());
                let word = &rest[..len];
                let name = if word.bytes().any(|b| b.is_ascii_uppercase()) {
                    Cow::Owned(word.to_ascii_lowercase())
                } else {
                    Cow::Borrowed(word)
                };
                (name, false, len)
            }
            b'0'..=b'9' => {
                at += rest
                    .bytes()
                    .position(|b| !(b.is_ascii_alphanumeric() || b == b'_'))
                    .unwrap_or(rest.len());
                (before, dotted) = (None, false);
                continue;
            }
            b'.' => {
                dotted = before.is_some();
                at += 1;
                continue;
            }
            _ => {
                if !first.is_ascii_whitespace() {
                    (before, dotted) = (None, false);
                }
                at += 1;
                continue;
            }
        };
        let call = text[at + len..].trim_start().starts_with('(');
        let qualifier = if dotted { before.clone() } else { None };
        found.push(Mention {
            name: name.clone(),
            qualifier,
            quoted,
            call,
            inside,
            start: base + at,
        });
        (before, dotted) = (Some(name), false);
        at += len;
    }
}

/// The length of a quoted run with its marks, a doubled mark being part of it; an unclosed one runs to the end.
fn quoted_run(text: &str, mark: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] == mark {
            if bytes.get(at + 1) != Some(&mark) {
                return at + 1;
            }
            at += 1;
        }
        at += 1;
    }
    text.len()
}

/// The length of a comment, which may hold others.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The mark of a dollar-quoted string that a text starts with: `$$` or `$body$`.
fn dollar_tag(text: &str) -> Option<&str> {
    let end = text[1..].find('$')? + 2;
    let name = &text[1..end - 1];
    let is_name = !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        words(text)
            .map(|word| {
                let dot = word.qualifier.map(|q| format!("{q}.")).unwrap_or_default();
                let inside = if word.inside { "~" } else { "" };
                format!("{inside}{dot}{}{}", word.name, if word.call { "()" } else { "" })
            })
            .collect()
    }

    #[test]
    fn words_are_told_with_what_stands_around_them() {
        assert_eq!(
            names(
                "select A.\"B\"\"c\", f (x) from app . t -- no\n/* /* no */ no */ where d = 'it''s s.q'"
            ),
            [
                "select", "a", "a.B\"c", "f()", "x", "from", "app", "app.t", "where", "d", "~it",
                "~s", "~s", "~s.q"
            ]
        );
        assert_eq!(names("as $x$ begin $$y$$ end $x$ z"), ["as", "~begin", "~y", "~end", "z"]);
    }

    #[test]
    fn nothing_unclosed_panics() {
        for text in
            ["'", "\"", "$", "$$", "$a$", "/*", "--", "'é", "é.\"", "$é", "a.", ".", "''", "'a''"]
        {
            words(text).for_each(drop);
        }
    }
}
