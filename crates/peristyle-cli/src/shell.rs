//! Command lines as a person would type them.

/// A word as a POSIX shell reads it: quoted where it must be.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if !word.contains('\'') {
        format!("'{word}'")
    } else if !word.contains(['"', '$', '`', '\\', '!']) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The command line of this run, with more flags behind it.
///
/// A flag is a text such as `--rename users.name:full_name`: its first word is the flag, the rest its value.
pub fn again<'a>(flags: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = vec!["peristyle".to_owned()];
    line.extend(std::env::args_os().skip(1).map(|word| quote(&word.to_string_lossy())));
    line.extend(flags.into_iter().map(quote_flag));
    line.join(" ")
}

/// A flag and its value, the value quoted where it must be; `<placeholders>` stay bare, for a person fills them in. What is
/// no flag (an attribute to write) stays as it is.
pub fn quote_flag(flag: &str) -> String {
    match flag.split_once(' ') {
        Some((name, value)) if name.starts_with("--") && !value.contains('<') => {
            format!("{name} {}", quote(value))
        }
        _ => flag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{quote, quote_flag};

    #[test]
    fn words_survive_a_shell() {
        for (word, quoted) in [
            ("plain-word_1.2:3", "plain-word_1.2:3"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", "\"it's\""),
            ("it's $HOME", r"'it'\''s $HOME'"),
            ("$HOME", "'$HOME'"),
        ] {
            assert_eq!(quote(word), quoted);
        }
    }

    #[test]
    fn a_flag_is_quoted_and_what_is_none_is_not() {
        for (flag, quoted) in [
            ("--keep-data", "--keep-data"),
            ("--fill users.name:''", "--fill \"users.name:''\""),
            ("--fill users.name:<value>", "--fill users.name:<value>"),
            ("#[column(fill = \"x y\")]", "#[column(fill = \"x y\")]"),
        ] {
            assert_eq!(quote_flag(flag), quoted);
        }
    }
}
