//! `GRANT` and `REVOKE`: <https://www.postgresql.org/docs/current/sql-grant.html>.

use peristyle_schema::{Diagnostic, Name, ObjectId, ObjectKind, QualifiedName};

use super::cursor::Cursor;
use super::head::Head;
use super::{arguments, local};
use crate::postgres::catalog::grant::REVOKED;
use crate::postgres::quote;

/// The kinds of things that privileges are on, in the words of the statement, and all the privileges on each in the order of the
/// manual.
const KINDS: &[(&str, &[&str])] = &[
    ("TABLE", &["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]),
    ("SEQUENCE", &["USAGE", "SELECT", "UPDATE"]),
    ("FUNCTION", &["EXECUTE"]),
    ("PROCEDURE", &["EXECUTE"]),
    ("SCHEMA", &["CREATE", "USAGE"]),
    ("TYPE", &["USAGE"]),
    ("DOMAIN", &["USAGE"]),
];

/// Reads what stands behind `GRANT`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Head, Diagnostic> {
    let Rights { privileges, of, on } = rights(cursor, "TO")?;
    cursor.word("GROUP");
    let role = if cursor.word("PUBLIC") { Name::from("PUBLIC") } else { cursor.name()? };
    if cursor.sees_operator(",") {
        return Err(cursor.unexpected("the end").help("write one GRANT for each role"));
    }
    let option = cursor.words(&["WITH", "GRANT", "OPTION"]);
    if !cursor.at_end() {
        return Err(cursor.unexpected("the end"));
    }
    let quoted = if role == "PUBLIC" { "PUBLIC".to_owned() } else { quote::quote(&role) };
    let option = if option { " WITH GRANT OPTION" } else { "" };
    let sql = format!("GRANT {privileges} ON {on} TO {quoted}{option}");
    let name = Name::new(format!("{role}{option}"));
    let id = ObjectId { of: Some(of.clone()), ..ObjectId::new(ObjectKind::Grant, name) };
    Ok(Head { id, on: Some(of), sql })
}

/// Reads what stands behind `REVOKE`: what everybody has not, although everybody has it on other objects of the kind.
pub(super) fn read_revoke(cursor: &mut Cursor<'_>) -> Result<Head, Diagnostic> {
    if cursor.sees(&["GRANT", "OPTION"]) {
        return Err(cursor.unexpected("a privilege").help("write the GRANT without its option"));
    }
    let Rights { privileges, of, on } = rights(cursor, "FROM")?;
    if !cursor.word("PUBLIC") {
        return Err(cursor
            .unexpected("PUBLIC")
            .help("a role has only what a GRANT gives it: take the declaration of that away"));
    }
    cursor.word("RESTRICT");
    if !cursor.at_end() {
        return Err(cursor.unexpected("the end"));
    }
    let sql = format!("REVOKE {privileges} ON {on} FROM PUBLIC");
    let id = ObjectId {
        of: Some(of.clone()),
        ..ObjectId::new(ObjectKind::Grant, Name::new(format!("PUBLIC{REVOKED}")))
    };
    Ok(Head { id, on: Some(of), sql })
}

/// Which privileges on what.
struct Rights {
    /// The privileges in the order of the manual.
    privileges: String,
    /// What they are on: its identity.
    of: QualifiedName,
    /// What they are on, in SQL with the word for its kind.
    on: String,
}

/// Reads privileges and what they are on, up to the word before the role.
fn rights(cursor: &mut Cursor<'_>, before_role: &str) -> Result<Rights, Diagnostic> {
    let mut privileges = Vec::new();
    let all = cursor.word("ALL");
    if all {
        cursor.word("PRIVILEGES");
    } else {
        loop {
            let Some(token) = cursor.peek() else { return Err(cursor.unexpected("a privilege")) };
            let mut privilege = token.text.to_uppercase();
            cursor.skip()?;
            if cursor.sees_operator("(") {
                let columns = cursor.skip()?;
                privilege = format!("{privilege} {}", cursor.written(columns));
            }
            privileges.push(privilege);
            if !cursor.operator(",") {
                break;
            }
        }
    }
    if cursor.sees(&[before_role]) {
        return Err(cursor.unexpected("ON").help(
            "membership of roles is the server's, not the schema's: declare privileges on an object",
        ));
    }
    cursor.expect_word("ON")?;
    if cursor.sees(&["ALL"]) {
        return Err(cursor
            .unexpected("the name of one object")
            .help("write one GRANT for each object: what comes later would not be in this one"));
    }
    let (kind, known) =
        KINDS.iter().find(|(kind, _)| cursor.word(kind)).copied().unwrap_or(KINDS[0]);
    let (of, on) = object(kind, cursor)?;
    if cursor.sees_operator(",") {
        return Err(cursor.unexpected(before_role).help("write one GRANT for each object"));
    }
    cursor.expect_word(before_role)?;
    if all {
        privileges = known.iter().map(|privilege| (*privilege).to_owned()).collect();
    }
    let place = |privilege: &String| {
        let word = privilege.split(' ').next().unwrap_or_default();
        known.iter().position(|known| *known == word).unwrap_or(known.len())
    };
    privileges.sort_by_key(place);
    privileges.dedup();
    Ok(Rights { privileges: privileges.join(", "), of, on: format!("{kind} {on}") })
}

/// Whether everybody may do that anyhow, so that the catalog does not tell: call a function, use a type.
pub(super) fn holds_anyhow(head: &Head) -> bool {
    let on = |words: &str| head.sql.starts_with(words);
    head.id.kind == ObjectKind::Grant
        && head.id.name.name == "PUBLIC"
        && ["GRANT EXECUTE ON ", "GRANT USAGE ON TYPE ", "GRANT USAGE ON DOMAIN "]
            .into_iter()
            .any(on)
}

/// What the privileges are on: its identity, and how it is written.
fn object(kind: &str, cursor: &mut Cursor<'_>) -> Result<(QualifiedName, String), Diagnostic> {
    match kind {
        "SCHEMA" => {
            let name = cursor.name()?;
            let written = quote::quote(&name);
            Ok((QualifiedName { namespace: Some(name), name: Name::from("") }, written))
        }
        "FUNCTION" | "PROCEDURE" => {
            let name = local(cursor.qualified_name()?);
            let types = arguments::types(cursor)?.join(", ");
            let written = format!("{}({types})", quote::qualified(&name));
            let with_types = Name::new(format!("{}({types})", name.name));
            Ok((QualifiedName { namespace: name.namespace, name: with_types }, written))
        }
        _ => {
            let name = local(cursor.qualified_name()?);
            let written = quote::qualified(&name);
            Ok((name, written))
        }
    }
}
