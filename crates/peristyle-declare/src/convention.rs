//! The names that tables, columns, enumerated types and values get when a declaration gives none.

/// The table of a struct: its name in snake_case, plural.
///
/// `Practitioner` is `practitioners`, `Diagnosis` is `diagnoses`, `Category` is `categories`, `Box` is `boxes`. Anything less regular
/// (`Person`, `News`) is named with `#[table(name = "…")]`.
pub fn table_name(rust: &str) -> String {
    let snake = snake(rust);
    if let Some(stem) = snake.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
        && !stem.is_empty()
    {
        return format!("{stem}ies");
    }
    if let Some(stem) = snake.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| snake.ends_with(end)) {
        return format!("{snake}es");
    }
    format!("{snake}s")
}

/// The column of a field: the field's name, `r#type` being `type`.
pub fn column_name(field: &str) -> String {
    bare(field).to_owned()
}

/// An identifier without its `r#`.
pub(crate) fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The enumerated type of a Rust enum: its name in snake_case.
pub fn enum_name(rust: &str) -> String {
    snake(rust)
}

/// The stored text of a variant: its name in snake_case.
pub fn value_name(variant: &str) -> String {
    snake(variant)
}

/// `HTTPServer2Go` is `http_server2_go`.
fn snake(camel: &str) -> String {
    let camel = camel.strip_prefix("r#").unwrap_or(camel);
    let chars: Vec<char> = camel.chars().collect();
    let mut out = String::with_capacity(camel.len() + 4);
    for (at, c) in chars.iter().enumerate() {
        if c.is_uppercase() && at > 0 && chars[at - 1] != '_' {
            let after_lower = !chars[at - 1].is_uppercase();
            let before_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
            if after_lower || before_lower {
                out.push('_');
            }
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_plural_snake_case() {
        for (rust, table) in [
            ("User", "users"),
            ("AvailabilitySlot", "availability_slots"),
            ("Category", "categories"),
            ("Day", "days"),
            ("Diagnosis", "diagnoses"),
            ("Box", "boxes"),
            ("Branch", "branches"),
            ("HTTPServer2Go", "http_server2_gos"),
        ] {
            assert_eq!(table_name(rust), table);
        }
    }

    #[test]
    fn values_are_snake_case() {
        assert_eq!(value_name("NoShow"), "no_show");
        assert_eq!(value_name("A"), "a");
        assert_eq!(column_name("r#type"), "type");
    }
}
