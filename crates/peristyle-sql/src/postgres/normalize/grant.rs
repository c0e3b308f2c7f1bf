//! `GRANT`: <https://www.postgresql.org/docs/current/sql-grant.html>.

use peristyle_schema::{Diagnostic, Name, ObjectId, ObjectKind, QualifiedName};

use super::cursor::Cursor;
use super::head::Head;
use super::{arguments, local};
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
    if cursor.sees(&["TO"]) {
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
        return Err(cursor.unexpected("TO").help("write one GRANT for each object"));
    }
    cursor.expect_word("TO")?;
    cursor.word("GROUP");
    let role = if cursor.word("PUBLIC") { Name::from("PUBLIC") } else { cursor.name()? };
    if cursor.sees_operator(",") {
        return Err(cursor.unexpected("the end").help("write one GRANT for each role"));
    }
    let option = cursor.words(&["WITH", "GRANT", "OPTION"]);
    if !cursor.at_end() {
        return Err(cursor.unexpected("the end"));
    }
    if all {
        privileges = known.iter().map(|privilege| (*privilege).to_owned()).collect();
    }
    let place = |privilege: &String| {
        let word = privilege.split(' ').next().unwrap_or_default();
        known.iter().position(|known| *known == word).unwrap_or(known.len())
    };
    privileges.sort_by_key(place);
    privileges.dedup();
    let quoted = if role == "PUBLIC" { "PUBLIC".to_owned() } else { quote::quote(&role) };
    let option = if option { " WITH GRANT OPTION" } else { "" };
    let sql = format!("GRANT {} ON {kind} {on} TO {quoted}{option}", privileges.join(", "));
    let name = Name::new(format!("{role}{option}"));
    let id = ObjectId { of: Some(of.clone()), ..ObjectId::new(ObjectKind::Grant, name) };
    Ok(Head { id, on: Some(of), sql })
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
