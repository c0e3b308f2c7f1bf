//! Privileges: what roles other than the owner may do, beyond what an object of its kind lets everybody do.

use std::collections::BTreeMap;

use peristyle_schema::{Definition, ObjectId, ObjectKind, QualifiedName};

use super::super::quote;
use super::queries::About;
use super::row::Row;
use super::{Class, Reader, Subject, list};

/// The privileges, in the order in which each kind of object has its own in the manual:
/// <https://www.postgresql.org/docs/current/sql-grant.html>
const ORDER: &[&str] = &[
    "CREATE",
    "USAGE",
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "TRUNCATE",
    "REFERENCES",
    "TRIGGER",
    "CONNECT",
    "TEMPORARY",
    "EXECUTE",
    "MAINTAIN",
];

/// The privilege for everybody, in the place of a role.
const PUBLIC: &str = "PUBLIC";

/// What stands behind the role in the name of what is taken away from it.
pub(in super::super) const REVOKED: &str = " REVOKED";

/// The privileges of one role on one object, by their place in [`ORDER`]: on the whole of it, or on some columns.
type Held<'a> = BTreeMap<(usize, bool), Vec<&'a str>>;

impl<'a> Reader<'a> {
    pub(super) fn grants(&mut self) {
        let mut held: BTreeMap<(Class, i64, &'a str, bool), Held<'a>> = BTreeMap::new();
        for row in self.rows(About::Grants) {
            let (kind, taken) = match row.text(0).strip_prefix('-') {
                Some(kind) => (kind, true),
                None => (row.text(0), false),
            };
            let class = match kind {
                "c" => Class::Relation,
                "f" => Class::Function,
                "t" => Class::Type,
                _ => Class::Namespace,
            };
            let (oid, role) = (row.number(1), row.text(3));
            let Some(subject) = self.named.get(&(class, oid)) else { continue };
            if taken && role == PUBLIC {
                let revoked = revoked(subject, row);
                self.schema.insert_object(revoked);
                continue;
            }
            if taken {
                let what = format!(
                    "that {role} has not {} on {} `{}`",
                    row.texts(5).join(", "),
                    subject.word.to_lowercase(),
                    subject.name
                );
                self.not_modelled(what);
                continue;
            }
            let held = held.entry((class, oid, role, row.flag(4))).or_default();
            for privilege in row.texts(5) {
                let at = ORDER.iter().position(|known| *known == privilege).unwrap_or(ORDER.len());
                let columns = held.entry((at, row.number(2) != 0)).or_default();
                columns.extend(self.columns.get(&(oid, row.number(2))));
            }
        }
        for ((class, oid, role, passed), held) in held {
            if let Some(subject) = self.named.get(&(class, oid)).cloned() {
                self.schema.insert_object(grant(&subject, role, passed, &held));
            }
        }
    }
}

/// A right that everybody has on an object of its kind, and has not on this one.
fn revoked(subject: &Subject, row: Row<'_>) -> Definition {
    let privileges = row.texts(5);
    let known = ORDER.iter().filter(|known| privileges.iter().any(|held| held == *known));
    let sql = format!(
        "REVOKE {} ON {} {} FROM {PUBLIC}",
        known.copied().collect::<Vec<_>>().join(", "),
        subject.word,
        subject.sql
    );
    let name = QualifiedName::local(format!("{PUBLIC}{REVOKED}"));
    let id = ObjectId { of: Some(subject.name.clone()), ..ObjectId::new(ObjectKind::Grant, name) };
    Definition { on: Some(subject.name.clone()), ..Definition::new(id, sql) }
}

fn grant(subject: &Subject, role: &str, passed: bool, held: &Held<'_>) -> Definition {
    let privileges = held.iter().filter_map(|((at, of_columns), columns)| {
        let word = ORDER.get(*at)?;
        Some(match of_columns {
            true => format!("{word} ({})", list(columns.iter().copied())),
            false => (*word).to_owned(),
        })
    });
    let option = if passed { " WITH GRANT OPTION" } else { "" };
    // A view is a table in the words of GRANT.
    let word = match subject.word {
        "VIEW" | "MATERIALIZED VIEW" => "TABLE",
        word => word,
    };
    let grantee = if role == PUBLIC { PUBLIC.to_owned() } else { quote::quote(role) };
    let sql = format!(
        "GRANT {} ON {word} {} TO {grantee}{option}",
        privileges.collect::<Vec<_>>().join(", "),
        subject.sql
    );
    let name = QualifiedName::local(format!("{role}{option}"));
    let id = ObjectId { of: Some(subject.name.clone()), ..ObjectId::new(ObjectKind::Grant, name) };
    Definition { on: Some(subject.name.clone()), ..Definition::new(id, sql) }
}
