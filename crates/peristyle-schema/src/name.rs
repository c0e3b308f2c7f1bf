use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One identifier, as the database stores it: case kept, unquoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// Makes a name from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text of the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An identifier that may be qualified by a namespace (the SQL standard's schema qualified name).
///
/// Its text form is `name` or `namespace.name`; a part that holds a dot or a double quote is double-quoted there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace, where one was named. SQLite has none.
    pub namespace: Option<Name>,
    /// The name inside the namespace.
    pub name: Name,
}

impl QualifiedName {
    /// A name without a namespace.
    pub fn local(name: impl Into<Name>) -> Self {
        Self { namespace: None, name: name.into() }
    }

    /// A name in a namespace.
    pub fn qualified(namespace: impl Into<Name>, name: impl Into<Name>) -> Self {
        Self { namespace: Some(namespace.into()), name: name.into() }
    }
}

impl From<&str> for QualifiedName {
    fn from(text: &str) -> Self {
        Self::local(text)
    }
}

impl From<Name> for QualifiedName {
    fn from(name: Name) -> Self {
        Self::local(name)
    }
}

fn write_part(f: &mut fmt::Formatter<'_>, part: &str) -> fmt::Result {
    if part.is_empty() || part.contains(['.', '"']) {
        write!(f, "\"{}\"", part.replace('"', "\"\""))
    } else {
        f.write_str(part)
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write_part(f, namespace)?;
            f.write_str(".")?;
        }
        write_part(f, &self.name)
    }
}

/// A text that is not a qualified name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameError {
    text: String,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a name: write `name` or `namespace.name`", self.text)
    }
}

impl std::error::Error for NameError {}

impl FromStr for QualifiedName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let fail = || NameError { text: text.to_owned() };
        let mut parts = Vec::new();
        let mut rest = text;
        loop {
            let (part, after) = if let Some(quoted) = rest.strip_prefix('"') {
                let mut part = String::new();
                let mut chars = quoted.char_indices();
                let end = loop {
                    match chars.next() {
                        None => return Err(fail()),
                        Some((i, '"')) if quoted[i + 1..].starts_with('"') => {
                            part.push('"');
                            chars.next();
                        }
                        Some((i, '"')) => break i + 1,
                        Some((_, c)) => part.push(c),
                    }
                };
                (part, &quoted[end..])
            } else {
                let end = rest.find('.').unwrap_or(rest.len());
                if end == 0 || rest[..end].contains('"') {
                    return Err(fail());
                }
                (rest[..end].to_owned(), &rest[end..])
            };
            parts.push(Name::new(part));
            match after.strip_prefix('.') {
                Some(next) => rest = next,
                None if after.is_empty() => break,
                None => return Err(fail()),
            }
        }
        let mut parts = parts.into_iter();
        match (parts.next(), parts.next(), parts.next()) {
            (Some(name), None, None) => Ok(Self { namespace: None, name }),
            (Some(namespace), Some(name), None) => Ok(Self { namespace: Some(namespace), name }),
            _ => Err(fail()),
        }
    }
}

impl Serialize for QualifiedName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for QualifiedName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_comes_back() {
        for name in [
            QualifiedName::local("users"),
            QualifiedName::qualified("app", "users"),
            QualifiedName::local("a.b"),
            QualifiedName::qualified("odd\"one", "x.y\"z"),
            QualifiedName::local(""),
            QualifiedName::local("Πίνακας"),
        ] {
            assert_eq!(name.to_string().parse::<QualifiedName>().as_ref(), Ok(&name));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", ".", "a.", ".a", "a.b.c", "\"a", "\"a\"b", "a\"b"] {
            assert!(text.parse::<QualifiedName>().is_err(), "{text}");
        }
    }
}
