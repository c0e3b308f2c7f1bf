//! Plurals and snake_case, without a dictionary: what is not made with s, es or ies is for the project to tell.

use std::collections::BTreeMap;

/// The plurals that a project tells, by their singular.
type Plurals = BTreeMap<String, String>;

/// Whether a name is lower-case words of letters and digits, joined by single underscores.
pub(super) fn is_snake_case(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

/// The name in snake_case: `createdAt` and `Created At` are `created_at`, `HTTPLog` is `http_log`.
pub(super) fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            continue;
        }
        let before = i.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(i + 1);
        let begins = c.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase() || b.is_numeric() || after.is_some_and(|a| a.is_lowercase())
            });
        if begins && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out.trim_end_matches('_').to_owned()
}

/// Whether the last word of a name is a plural.
pub(super) fn is_plural(name: &str, plurals: &Plurals) -> bool {
    let word = last(name).1;
    if plurals.values().any(|plural| plural == word) {
        return true;
    }
    let singular = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    word.ends_with('s') && !singular && !plurals.contains_key(word)
}

/// The name with its last word in the plural.
pub(super) fn plural(name: &str, plurals: &Plurals) -> String {
    let (head, word) = last(name);
    let plural = match plurals.get(word) {
        Some(plural) => plural.clone(),
        None if takes_ies(word) => format!("{}ies", &word[..word.len() - 1]),
        None if takes_es(word) => format!("{word}es"),
        None => format!("{word}s"),
    };
    format!("{head}{plural}")
}

/// Whether one name is the singular of another one.
pub(super) fn is_singular_of(singular: &str, name: &str, plurals: &Plurals) -> bool {
    if plural(singular, plurals) == name {
        return true;
    }
    // Some words in o take es (heroes) and most do not (photos).
    let (head, word) = last(singular);
    !plurals.contains_key(word) && word.ends_with('o') && format!("{head}{word}es") == name
}

/// The singular that a name most probably has.
pub(super) fn singular(name: &str, plurals: &Plurals) -> String {
    let (head, word) = last(name);
    if let Some((singular, _)) = plurals.iter().find(|(_, plural)| *plural == word) {
        return format!("{head}{singular}");
    }
    let singular = match (word.strip_suffix("ies"), word.strip_suffix("es")) {
        (Some(stem), _) if takes_ies(&format!("{stem}y")) => format!("{stem}y"),
        (_, Some(stem)) if had_no_e(stem) => stem.to_owned(),
        _ if is_plural(word, plurals) => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    };
    format!("{head}{singular}")
}

/// A name before its last word, and that word.
fn last(name: &str) -> (&str, &str) {
    name.split_at(name.rfind('_').map_or(0, |at| at + 1))
}

fn takes_ies(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next() == Some('y') && back.next().is_some_and(|c| !"aeiou".contains(c))
}

fn takes_es(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending))
}

/// Whether what stands before `es` is the whole word: `box`, `status`, but not `cas` of `cases` or `hous` of `houses`.
fn had_no_e(stem: &str) -> bool {
    let status = stem.ends_with("us") && !stem.ends_with("ous") && !stem.ends_with("aus");
    status || ["ss", "x", "zz", "ch", "sh"].iter().any(|ending| stem.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn irregular() -> Plurals {
        [("person", "people"), ("series", "series"), ("hero", "heroes")]
            .map(|(one, many)| (one.to_owned(), many.to_owned()))
            .into()
    }

    #[test]
    fn regular_words_go_there_and_back() {
        let words = [
            ("user", "users"),
            ("box", "boxes"),
            ("status", "statuses"),
            ("address", "addresses"),
            ("branch", "branches"),
            ("company", "companies"),
            ("day", "days"),
            ("case", "cases"),
            ("house", "houses"),
            ("response", "responses"),
            ("photo", "photos"),
            ("audit_entry", "audit_entries"),
            ("vote_person", "vote_people"),
            ("series", "series"),
        ];
        for (one, many) in words {
            assert_eq!(plural(one, &irregular()), many);
            assert_eq!(singular(many, &irregular()), one);
            assert!(is_plural(many, &irregular()), "{many}");
            assert!(is_singular_of(one, many, &irregular()), "{one} {many}");
        }
    }

    #[test]
    fn singulars_are_no_plurals() {
        for one in ["user", "status", "address", "analysis", "person", "audit_log"] {
            assert!(!is_plural(one, &irregular()), "{one}");
        }
        assert!(!is_singular_of("persons", "people", &irregular()));
        assert!(!is_singular_of("person", "persons", &irregular()));
        assert!(is_singular_of("echo", "echoes", &Plurals::new()));
    }

    #[test]
    fn snake_case_is_told_and_made() {
        for good in ["users", "created_at", "line_2", "sha256"] {
            assert!(is_snake_case(good), "{good}");
            assert_eq!(snake_case(good), good);
        }
        let bad = [
            ("createdAt", "created_at"),
            ("Users", "users"),
            ("HTTPLog", "http_log"),
            ("user-name", "user_name"),
            ("user__name", "user_name"),
            ("_private", "private"),
            ("line2Text", "line2_text"),
            ("ÜberUser", "über_user"),
        ];
        for (name, snake) in bad {
            assert!(!is_snake_case(name), "{name}");
            assert_eq!(snake_case(name), snake);
        }
    }
}
