//! The words by which an object that is known by its text is named and dropped.

use peristyle_schema::{Definition, Fires, ObjectId, ObjectKind};

use super::super::plan::mentions::{self, Mention};
use super::super::quote::{qualified, quote};

/// How an object is named in statements.
pub(in super::super) enum ObjectWords {
    /// By a word for its kind and a name.
    Named {
        /// The word for its kind.
        word: &'static str,
        /// Its name, with what it stands on.
        name: String,
    },
    /// It has no name, because it is no object but a right.
    Nameless,
}

/// How an object is named in `DROP` and `COMMENT ON`.
pub(in super::super) fn object_words(id: &ObjectId) -> ObjectWords {
    let word = match id.kind {
        ObjectKind::Namespace => "SCHEMA",
        ObjectKind::Extension => "EXTENSION",
        ObjectKind::CompositeType | ObjectKind::RangeType => "TYPE",
        ObjectKind::Domain => "DOMAIN",
        ObjectKind::Sequence => "SEQUENCE",
        // `normalize` refuses a virtual table; to the server it would be a table.
        ObjectKind::VirtualTable => "TABLE",
        ObjectKind::Function => "ROUTINE",
        ObjectKind::View => "VIEW",
        ObjectKind::MaterializedView => "MATERIALIZED VIEW",
        ObjectKind::ViewIndex => "INDEX",
        ObjectKind::Trigger => "TRIGGER",
        ObjectKind::Policy => "POLICY",
        ObjectKind::Grant => return ObjectWords::Nameless,
    };
    let name = match (id.kind, &id.of) {
        (ObjectKind::Trigger | ObjectKind::Policy, Some(of)) => {
            format!("{} ON {}", quote(&id.name.name), qualified(of))
        }
        (ObjectKind::Function, _) => routine(id),
        _ => qualified(&id.name),
    };
    ObjectWords::Named { word, name }
}

/// A function with the types of its arguments: its name is quoted, the types are the server's own words.
fn routine(id: &ObjectId) -> String {
    let (name, arguments) = match id.name.name.split_once('(') {
        Some((name, arguments)) => (name, format!("({arguments}")),
        None => (id.name.name.as_str(), String::new()),
    };
    match &id.name.namespace {
        Some(namespace) => format!("{}.{}{arguments}", quote(namespace), quote(name)),
        None => format!("{}{arguments}", quote(name)),
    }
}

/// The statement that drops an object, or takes a right away.
pub(in super::super) fn drop_object(held: &Definition) -> String {
    match object_words(&held.id) {
        ObjectWords::Named { word, name } => format!("DROP {word} {name}"),
        ObjectWords::Nameless => revoke(&held.sql),
    }
}

/// The statement that says when a trigger fires.
pub(in super::super) fn trigger_fires(held: &Definition) -> Option<String> {
    let words = match held.fires {
        None => "ENABLE",
        Some(Fires::Never) => "DISABLE",
        Some(Fires::OnReplica) => "ENABLE REPLICA",
        Some(Fires::Always) => "ENABLE ALWAYS",
    };
    let table = qualified(held.on.as_ref()?);
    Some(format!("ALTER TABLE {table} {words} TRIGGER {}", quote(&held.id.name.name)))
}

/// `GRANT … TO …` turned round: `REVOKE … FROM …`, and the other way.
fn revoke(grant: &str) -> String {
    let [verb, before, other, behind] = match mentions::words(grant).next() {
        Some(word) if word.name.eq_ignore_ascii_case("REVOKE") => ["REVOKE", "FROM", "GRANT", "TO"],
        _ => ["GRANT", "TO", "REVOKE", "FROM"],
    };
    let mentions: Vec<Mention<'_>> =
        mentions::words(grant).filter(|word| !word.quoted && !word.inside).collect();
    let is = |word: &Mention<'_>, text: &str| word.name.eq_ignore_ascii_case(text);
    let first = mentions.iter().find(|word| is(word, verb));
    let to = mentions.iter().rev().find(|word| is(word, before));
    let (Some(first), Some(to)) = (first, to) else { return grant.to_owned() };
    let options = mentions
        .iter()
        .filter(|word| word.start > to.start)
        .find(|word| is(word, "WITH") || is(word, "GRANTED"))
        .map_or(grant.len(), |word| word.start);
    format!(
        "{}{other}{}{behind}{}",
        &grant[..first.start],
        &grant[first.start + verb.len()..to.start],
        grant[to.start + before.len()..options].trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::revoke;

    #[test]
    fn a_grant_is_turned_round() {
        assert_eq!(
            revoke(
                "GRANT SELECT, UPDATE (\"to\") ON TABLE app.users TO reader, \"Odd to\" WITH GRANT OPTION"
            ),
            "REVOKE SELECT, UPDATE (\"to\") ON TABLE app.users FROM reader, \"Odd to\""
        );
        assert_eq!(
            revoke("REVOKE EXECUTE ON FUNCTION f(\"to\") FROM PUBLIC"),
            "GRANT EXECUTE ON FUNCTION f(\"to\") TO PUBLIC"
        );
        assert_eq!(revoke("grant usage on schema app to x"), "REVOKE usage on schema app FROM x");
    }
}
