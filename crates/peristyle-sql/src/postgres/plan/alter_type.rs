//! Domains, composite types, sequences and extensions: the clauses of their texts, and how one list becomes another.

use std::collections::BTreeMap;

use peristyle_schema::{Definition, Pair, naming};

use super::super::writer::{self, ObjectWords};
use super::super::{quote, tokens};
use crate::lexer::{Kind, Token};

/// The statements that change a domain; none if its type is another.
pub(super) fn domain(pair: Pair<&Definition>) -> Option<Vec<String>> {
    let name = name(pair.new)?;
    let Pair { old, new } = pair.map(Domain::read);
    let (old, new) = (old?, new?);
    if old.base != new.base {
        return None;
    }
    let alter = |what: String| format!("ALTER DOMAIN {name} {what}");
    let mut statements = Vec::new();
    for constraint in old.checks.iter().filter(|(name, text)| new.checks.get(*name) != Some(*text))
    {
        statements.push(alter(format!("DROP CONSTRAINT {}", constraint.0)));
    }
    if old.default != new.default {
        statements.push(alter(match &new.default {
            Some(value) => format!("SET DEFAULT {value}"),
            None => "DROP DEFAULT".to_owned(),
        }));
    }
    if old.not_null != new.not_null {
        statements.push(alter(format!("{} NOT NULL", if new.not_null { "SET" } else { "DROP" })));
    }
    for (name, text) in
        new.checks.iter().filter(|(name, text)| old.checks.get(*name) != Some(*text))
    {
        statements.push(alter(format!("ADD CONSTRAINT {name} {text}")));
    }
    Some(statements)
}

/// Whether a domain takes no null.
pub(super) fn is_not_null(held: &Definition) -> bool {
    Domain::read(held).is_some_and(|domain| domain.not_null)
}

/// Whether the text of a domain can be read.
pub(super) fn is_domain(held: &Definition) -> bool {
    Domain::read(held).is_some()
}

/// The names of a domain's checks, as they are written.
pub(super) fn checks(domain: &Definition) -> Vec<String> {
    Domain::read(domain).map_or_else(Vec::new, |domain| domain.checks.into_keys().collect())
}

/// `CREATE DOMAIN d AS integer DEFAULT 2 NOT NULL CONSTRAINT small CHECK (VALUE < 9)`.
struct Domain {
    /// The type with its collation.
    base: String,
    default: Option<String>,
    not_null: bool,
    /// The checks, by their names as they are written.
    checks: BTreeMap<String, String>,
}

impl Domain {
    fn read(held: &Definition) -> Option<Self> {
        let sql = &held.sql;
        let starts = |token: &Token<'_>, before: Option<&Token<'_>>| {
            let after_default = before.is_some_and(|token| token.is_word("DEFAULT"));
            ["DEFAULT", "NOT", "NULL", "CONSTRAINT", "CHECK"].iter().any(|word| token.is_word(word))
                && !after_default
                // `NOT NULL` is one clause, and the check of a named constraint belongs to its name.
                && !(token.is_word("NULL") && before.is_some_and(|token| token.is_word("NOT")))
        };
        let clauses = clauses(sql, "AS", starts)?;
        let mut domain = Self {
            base: clauses.first()?.clone(),
            default: None,
            not_null: false,
            checks: BTreeMap::new(),
        };
        let mut name: Option<String> = None;
        for clause in &clauses[1..] {
            let (word, rest) = clause.split_once(char::is_whitespace).unwrap_or((clause, ""));
            let is = |text: &str| word.eq_ignore_ascii_case(text);
            if is("DEFAULT") {
                domain.default = Some(rest.trim().to_owned());
            } else if is("NOT") {
                domain.not_null = true;
            } else if is("CONSTRAINT") {
                name = Some(rest.trim().to_owned());
            } else if clause.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("CHECK")) {
                let name = match name.take() {
                    Some(name) => name,
                    None => domain.name_of_check(&held.id.name.name)?,
                };
                domain.checks.insert(name, clause.clone());
            }
        }
        Some(domain)
    }

    /// The name that the server gave to a check without one; none where it had to cut that.
    fn name_of_check(&self, domain: &str) -> Option<String> {
        let name = |number: usize| match number {
            0 => format!("{domain}_check"),
            number => format!("{domain}_check{number}"),
        };
        let free = (0..=self.checks.len())
            .map(name)
            .find(|name| !self.checks.contains_key(&quote::quote(name)))?;
        (free.len() <= naming::MAX_BYTES).then(|| quote::quote(&free))
    }
}

/// The statements that change a composite type: fields go, change their type or come at the end.
pub(super) fn composite(pair: Pair<&Definition>) -> Option<Vec<String>> {
    let name = name(pair.new)?;
    let Pair { old, new } = pair.map(|held| fields(&held.sql));
    let (old, new) = (old?, new?);
    let mut held: Vec<(String, String)> = old;
    let mut statements = Vec::new();
    let lives = |field: &str| new.iter().any(|(name, _)| name == field);
    for (field, _) in held.iter().filter(|(field, _)| !lives(field)) {
        statements.push(format!("ALTER TYPE {name} DROP ATTRIBUTE {field}"));
    }
    held.retain(|(field, _)| lives(field));
    for (at, (field, words)) in new.iter().enumerate() {
        match held.get(at) {
            Some((other, _)) if other != field => return None,
            Some((_, held)) if held == words => {}
            Some(_) => {
                statements.push(format!("ALTER TYPE {name} ALTER ATTRIBUTE {field} TYPE {words}"));
            }
            None => statements.push(format!("ALTER TYPE {name} ADD ATTRIBUTE {field} {words}")),
        }
    }
    Some(statements)
}

/// The fields of a composite type that go.
pub(super) fn dropped_fields(pair: Pair<&Definition>) -> Vec<String> {
    let Pair { old, new } = pair.map(|held| fields(&held.sql).unwrap_or_default());
    let names = old.into_iter().map(|(field, _)| field);
    names.filter(|field| !new.iter().any(|(name, _)| name == field)).collect()
}

/// The fields of `CREATE TYPE pair AS (a integer, b text)`, each with its type.
pub(super) fn fields(sql: &str) -> Option<Vec<(String, String)>> {
    let tokens = tokens::significant(sql).ok()?;
    let open = tokens.iter().position(|token| token.is_operator("("))?;
    let mut fields = Vec::new();
    let mut depth = 0_usize;
    let mut start = open + 1;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.is_operator("(") {
            depth += 1;
        } else if token.is_operator(")") {
            depth -= 1;
        }
        let ends = (depth == 1 && token.is_operator(",")) || depth == 0;
        if ends && at > start {
            let first = &tokens[start];
            let words = sql[first.end()..token.start].trim();
            fields.push((first.text.to_owned(), words.to_owned()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    Some(fields)
}

/// The statement that changes a sequence, its position apart.
pub(super) fn sequence(pair: Pair<&Definition>) -> Option<Vec<String>> {
    let name = name(pair.new)?;
    let Pair { old, new } = pair.map(|held| sequence_clauses(&held.sql));
    let (old, new) = (old?, new?);
    let descends = new.get("INCREMENT").is_some_and(|words| words.contains('-'));
    let limit = if descends { "MAXVALUE" } else { "MINVALUE" };
    let start = new
        .get(limit)
        .and_then(|words| words.split_whitespace().last())
        .unwrap_or(if descends { "-1" } else { "1" });
    let mut clauses = Vec::new();
    // Where it starts depends on its limits, so these come first.
    for key in ["AS", "INCREMENT", "MINVALUE", "MAXVALUE", "START", "CACHE", "CYCLE"] {
        if old.get(key) == new.get(key) {
            continue;
        }
        clauses.push(match (new.get(key), key) {
            (Some(words), _) => words.clone(),
            (None, "AS") => "AS bigint".to_owned(),
            (None, "INCREMENT") => "INCREMENT BY 1".to_owned(),
            (None, "START") => format!("START WITH {start}"),
            (None, "CACHE") => "CACHE 1".to_owned(),
            (None, other) => format!("NO {other}"),
        });
    }
    let known = |clauses: &BTreeMap<String, String>| clauses.keys().all(|key| key != "OTHER");
    (known(&old) && known(&new))
        .then(|| vec![format!("ALTER SEQUENCE {name} {}", clauses.join(" "))])
}

fn sequence_clauses(sql: &str) -> Option<BTreeMap<String, String>> {
    const STARTS: &[&str] =
        &["AS", "INCREMENT", "MINVALUE", "MAXVALUE", "START", "CACHE", "CYCLE", "NO", "OWNED"];
    let tokens = tokens::significant(sql).ok()?;
    let is_start = |token: &Token<'_>| STARTS.iter().any(|word| token.is_word(word));
    let mut starts: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate().skip(3) {
        let negated = at.checked_sub(1).is_some_and(|before| tokens[before].is_word("NO"));
        if is_start(token) && !negated {
            starts.push(at);
        }
    }
    let mut clauses = BTreeMap::new();
    for (number, at) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(sql.len(), |next| tokens[*next].start);
        let word = tokens[*at].text.to_ascii_uppercase();
        // `NO MINVALUE` and its like say what holds anyhow.
        if word == "NO" {
            continue;
        }
        let key = if word == "OWNED" { "OTHER".to_owned() } else { word };
        clauses.insert(key, sql[tokens[*at].start..end].trim().to_owned());
    }
    Some(clauses)
}

/// The statement that moves an extension into another namespace.
pub(super) fn extension(pair: Pair<&Definition>) -> Option<Vec<String>> {
    let name = name(pair.new)?;
    let namespace = |held: &Definition| {
        let tokens = tokens::significant(&held.sql).ok()?;
        let at = tokens.iter().position(|token| token.is_word("SCHEMA"));
        Some(
            at.and_then(|at| tokens.get(at + 1)).map_or("public".to_owned(), |t| t.text.to_owned()),
        )
    };
    let namespaces = pair.map(namespace);
    let (old, new) = (namespaces.old?, namespaces.new?);
    (old != new).then(|| vec![format!("ALTER EXTENSION {name} SET SCHEMA {new}")])
}

fn name(held: &Definition) -> Option<String> {
    match writer::object_words(&held.id) {
        ObjectWords::Named { name, .. } => Some(name),
        ObjectWords::Nameless => None,
    }
}

/// The clauses behind the first `after`: what stands before the first that starts one, then each of them.
fn clauses(
    sql: &str,
    after: &str,
    starts: impl Fn(&Token<'_>, Option<&Token<'_>>) -> bool,
) -> Option<Vec<String>> {
    let tokens = tokens::significant(sql).ok()?;
    let first = tokens.iter().position(|token| token.is_word(after))? + 1;
    let mut cuts = vec![tokens.get(first)?.start];
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(first + 1) {
        match (token.kind, token.text) {
            (Kind::Operator, "(") => depth += 1,
            (Kind::Operator, ")") => depth = depth.saturating_sub(1),
            _ if depth == 0 && starts(token, tokens.get(at - 1)) => cuts.push(token.start),
            _ => {}
        }
    }
    cuts.push(sql.len());
    Some(cuts.windows(2).map(|pair| sql[pair[0]..pair[1]].trim().to_owned()).collect())
}
