//! Constants that every dialect writes alike.

/// Text: `'it''s'`.
pub(crate) fn text(value: &str) -> String {
    let mut literal = String::with_capacity(value.len() + 2);
    literal.push('\'');
    literal.push_str(&value.replace('\'', "''"));
    literal.push('\'');
    literal
}
