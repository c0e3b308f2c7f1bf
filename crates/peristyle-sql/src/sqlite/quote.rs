//! Identifiers, and how they are quoted.

use peristyle_schema::Name;

use super::keywords;
use crate::lexer::{Kind, Token};

/// An identifier, quoted where it must be: where it is not plain, or a keyword, reserved or not.
pub(super) fn quote(identifier: &str) -> String {
    if is_plain(identifier)
        && keywords::class(identifier).is_none()
        && !keywords::is_truth(identifier)
    {
        identifier.to_owned()
    } else {
        always(identifier)
    }
}

/// An identifier, quoted in any case.
pub(super) fn always(identifier: &str) -> String {
    let mut quoted = String::with_capacity(identifier.len() + 2);
    quoted.push('"');
    quoted.push_str(&identifier.replace('"', "\"\""));
    quoted.push('"');
    quoted
}

/// Whether an identifier has only ASCII letters, digits and underscores, and no digit first.
pub(super) fn is_plain(identifier: &str) -> bool {
    let mut bytes = identifier.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The identifier that a token names, without its quotes. SQLite takes a string for an identifier where only an
/// identifier can stand.
pub(super) fn unquote(token: &Token<'_>) -> Name {
    let inside = || &token.text[1..token.text.len() - 1];
    match (token.kind, token.text.as_bytes().first()) {
        (Kind::Quoted, Some(b'[')) => Name::from(inside()),
        (Kind::Quoted, Some(b'`')) => Name::new(inside().replace("``", "`")),
        (Kind::Quoted, _) => Name::new(inside().replace("\"\"", "\"")),
        (Kind::Text, _) => Name::new(inside().replace("''", "'")),
        _ => Name::from(token.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_what_needs_it() {
        for plain in ["users", "_x", "Name2", "rowid"] {
            assert_eq!(quote(plain), plain);
        }
        for (odd, quoted) in [
            ("", "\"\""),
            ("2nd", "\"2nd\""),
            ("two words", "\"two words\""),
            ("order", "\"order\""),
            ("Key", "\"Key\""),
            ("true", "\"true\""),
            ("a\"b", "\"a\"\"b\""),
            ("πίνακας", "\"πίνακας\""),
        ] {
            assert_eq!(quote(odd), quoted);
        }
    }
}
