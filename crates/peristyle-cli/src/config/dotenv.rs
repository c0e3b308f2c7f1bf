//! `.env`: variables for a project that are not kept with its sources.

use std::collections::BTreeMap;
use std::path::Path;

use peristyle_schema::Diagnostic;

/// Reads the variables of a `.env` file: `NAME=value`, `export NAME="value"`, `# comment`.
///
/// Nothing is expanded, and no value is ever shown: a value may be a password.
pub fn read(path: &Path, text: &str) -> Result<BTreeMap<String, String>, Diagnostic> {
    let mut variables = BTreeMap::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, value)) = assignment(line) else {
            return Err(malformed(path, number));
        };
        variables.insert(name.to_owned(), value);
    }
    Ok(variables)
}

fn assignment(line: &str) -> Option<(&str, String)> {
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let valid = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    Some((valid.then_some(name)?, unquote(value.trim())?))
}

/// The value without its quotes, or without the comment behind it if it has none. None: a quote is not closed.
fn unquote(value: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split_once(quote).map(|(inside, _)| inside.to_owned());
        }
    }
    Some(value.split_once(" #").map_or(value, |(before, _)| before.trim_end()).to_owned())
}

fn malformed(path: &Path, number: usize) -> Diagnostic {
    let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
    // A span would show the line, and the line may hold a secret: the place stands in the words only.
    let message = format!("{}:{line} is not `NAME=value`", path.display());
    Diagnostic::error("dotenv-syntax", message)
        .help("write `NAME=value` or `NAME=\"value\"`, one a line")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_as_they_are_written() {
        let text =
            "\u{feff}# a comment\nA=1\nexport B = \"two # words\" # why\nC='$A'\nD=x#y # z\nE=\r\n";
        let variables = read(Path::new(".env"), text).expect("a good file");
        let pairs: Vec<_> = variables.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("A", "1"), ("B", "two # words"), ("C", "$A"), ("D", "x#y"), ("E", "")]);
    }

    #[test]
    fn a_bad_line_is_named_without_its_value() {
        for text in [
            "A=1\nsecret-token",
            "A=1\n=secret-token",
            "A=1\nB=\"secret-token",
            "\n1A=secret-token",
        ] {
            let diagnostic = read(Path::new(".env"), text).expect_err("a bad line");
            assert!(diagnostic.message.contains(".env:2"), "{diagnostic}");
            assert!(!diagnostic.to_string().contains("secret-token"));
        }
    }
}
