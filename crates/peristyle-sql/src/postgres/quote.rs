//! Identifiers, and how they are quoted.

use peristyle_schema::QualifiedName;

use super::keywords;

/// Quotes an identifier unless it is one that PostgreSQL takes bare: lower case, and no keyword.
pub(super) fn quote(identifier: &str) -> String {
    if is_plain(identifier) && !keywords::must_be_quoted(identifier) {
        return identifier.to_owned();
    }
    let mut quoted = String::with_capacity(identifier.len() + 2);
    quoted.push('"');
    quoted.push_str(&identifier.replace('"', "\"\""));
    quoted.push('"');
    quoted
}

/// A name with its namespace before it, if it has one: what has none is found in `public`.
pub(super) fn qualified(name: &QualifiedName) -> String {
    match &name.namespace {
        Some(namespace) => format!("{}.{}", quote(namespace), quote(&name.name)),
        None => quote(&name.name),
    }
}

/// Whether PostgreSQL would read an unquoted identifier as it is written.
fn is_plain(identifier: &str) -> bool {
    let mut bytes = identifier.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_')
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_quoted() {
        for (name, expected) in [
            ("users", "users"),
            ("Users", "\"Users\""),
            ("user", "\"user\""),
            ("two words", "\"two words\""),
            ("q\"q", "\"q\"\"q\""),
            ("7up", "\"7up\""),
            ("größe", "\"größe\""),
            ("a$b", "\"a$b\""),
            ("", "\"\""),
        ] {
            assert_eq!(quote(name), expected);
        }
        assert_eq!(qualified(&QualifiedName::qualified("app", "order")), "app.\"order\"");
    }
}
