//! `[lint]` of peristyle.toml.

use peristyle_lint::{Allowance, Conventions, KeyType, Rule};
use peristyle_schema::Diagnostic;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use crate::suggest::nearest;

/// Reads `[lint.conventions]`, whose presence turns the group on.
pub fn read<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>) -> Option<Conventions> {
    let section = reader.section("lint", table, &["conventions"]);
    let (value, what) = section.get("conventions")?;
    let table = reader.table(value, &what)?;
    Some(conventions(reader, &what, table))
}

fn conventions<'a>(reader: &mut Reader<'a>, what: &str, table: &DeTable<'a>) -> Conventions {
    let section = reader.section(what, table, &["off", "key", "allow", "plurals"]);
    let mut settings = Conventions::default();
    if let Some((value, what)) = section.get("off") {
        settings.off = rules(reader, value, &what).into_iter().collect();
    }
    if let Some((value, what)) = section.get("key")
        && let Some(text) = reader.text(value, &what)
    {
        match text.parse() {
            Ok(key) => settings.key = key,
            Err(()) => {
                let known: Vec<&str> = KeyType::ALL.iter().map(|key| key.name()).collect();
                reader.at_value(value, unknown("a type of keys", &text, &known));
            }
        }
    }
    if let Some((value, what)) = section.get("allow")
        && let Some(table) = reader.table(value, &what)
    {
        for (name, value) in table {
            let name: &str = name.get_ref();
            let rules = rules(reader, value, &format!("{what}.{name}")).into_iter().collect();
            let span = Some(reader.place(value));
            settings.allow.push(Allowance { table: name.to_owned(), rules, span });
        }
    }
    if let Some((value, what)) = section.get("plurals")
        && let Some(table) = reader.table(value, &what)
    {
        for (singular, value) in table {
            let singular: &str = singular.get_ref();
            if let Some(plural) = reader.text(value, &format!("{what}.{singular}")) {
                settings.plurals.insert(singular.to_owned(), plural);
            }
        }
    }
    settings
}

/// A list of rules.
fn rules<'a>(reader: &mut Reader<'a>, value: &Spanned<DeValue<'a>>, what: &str) -> Vec<Rule> {
    let names = reader.texts(value, what).unwrap_or_default();
    let known: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let mut rules = Vec::new();
    for name in names {
        match name.parse() {
            Ok(rule) => rules.push(rule),
            Err(()) => reader.at_value(value, unknown("a rule", &name, &known)),
        }
    }
    rules
}

fn unknown(what: &str, given: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(given, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", known.join(", ")),
    };
    Diagnostic::error("config-unknown-value", format!("`{given}` is not {what}")).help(help)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::file;

    fn settings(text: &str) -> Result<Option<Conventions>, Vec<Diagnostic>> {
        file::read(Path::new("peristyle.toml"), text).map(|file| file.conventions)
    }

    #[test]
    fn a_section_turns_the_group_on() {
        assert_eq!(settings("[project]\n"), Ok(None));
        assert_eq!(settings("[lint]\n"), Ok(None));
        assert_eq!(settings("[lint.conventions]\n"), Ok(Some(Conventions::default())));
        let whole = settings(
            "[lint.conventions]\noff = [\"on_delete\"]\nkey = \"uuid\"\n\
             allow.\"app.people\" = [\"timestamps\"]\nplurals.person = \"people\"\n",
        );
        let whole = whole.expect("a good file").expect("settings");
        assert_eq!(whole.off, [Rule::OnDelete].into());
        assert_eq!(whole.key, KeyType::Uuid);
        assert_eq!(whole.allow[0].table, "app.people");
        assert_eq!(whole.allow[0].rules, [Rule::Timestamps].into());
        assert_eq!(whole.allow[0].span.as_ref().map(|span| span.start.line), Some(4));
        assert_eq!(whole.plurals["person"], "people");
    }

    #[test]
    fn what_is_not_known_is_told_with_its_place() {
        let text = "[lint.conventions]\noff = [\"timestamp\"]\nkey = \"bigint\"\nallow.users = [\"x\"]\nofff = []\n";
        let mut told: Vec<(String, u32, Option<String>)> = settings(text)
            .expect_err("a bad file")
            .into_iter()
            .map(|d| (d.code, d.span.expect("a place").start.line, d.help))
            .collect();
        told.sort();
        let codes: Vec<(&str, u32)> = told.iter().map(|(code, line, _)| (&**code, *line)).collect();
        let value = "config-unknown-value";
        assert_eq!(codes, [("config-unknown-key", 5), (value, 2), (value, 3), (value, 4)]);
        assert_eq!(told[1].2.as_deref(), Some("did you mean `timestamps`?"));
    }
}
