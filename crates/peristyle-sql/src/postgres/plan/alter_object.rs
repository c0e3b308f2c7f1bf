//! Objects that are changed where they are, because others stand on them.

use peristyle_schema::{Change, Definition, ObjectKind, Pair};

use super::super::writer;
use super::{alter_type, describe, mentions};
use crate::{Hazard, HazardKind, Statement, Step};

/// Whether an object can be changed without being dropped.
pub(super) fn can_alter(pair: Pair<&Definition>) -> bool {
    let Pair { old, new } = pair;
    old.on == new.on && (old.sql == new.sql || statements(pair).is_some())
}

/// Whether a field of a composite type gets another type, which the server allows where no column is of the type.
pub(super) fn retypes_field(pair: Pair<&Definition>) -> bool {
    pair.new.id.kind == ObjectKind::CompositeType
        && statements(pair)
            .is_some_and(|made| made.iter().any(|sql| sql.contains(" ALTER ATTRIBUTE ")))
}

/// Whether the change of a domain must hold for the values that are there.
pub(super) fn asks_rows(pair: Pair<&Definition>) -> bool {
    let statements = statements(pair).unwrap_or_default();
    statements.iter().any(|sql| sql.contains(" ADD CONSTRAINT ") || sql.ends_with(" SET NOT NULL"))
}

/// The step that changes an object.
pub(super) fn step(pair: Pair<&Definition>) -> Step {
    let mut made = match pair.old.sql == pair.new.sql {
        true => Vec::new(),
        false => statements(pair).unwrap_or_default(),
    };
    if pair.old.fires != pair.new.fires {
        made.extend(writer::trigger_fires(pair.new));
    }
    if pair.old.doc != pair.new.doc {
        let doc = pair.new.doc.as_deref();
        made.extend(writer::comment_on_object(&pair.new.id, doc));
    }
    Step {
        title: format!("change {}", describe::object(&pair.new.id)),
        reason: None,
        causes: vec![Change::ReplaceObject(pair.map(Clone::clone))],
        statements: made.into_iter().map(Statement::run).collect(),
        hazards: losses(pair),
    }
}

/// What goes with the fields of a composite type that go: their values in every column of the type.
pub(super) fn losses(pair: Pair<&Definition>) -> Vec<Hazard> {
    if pair.new.id.kind != ObjectKind::CompositeType {
        return Vec::new();
    }
    let name = &pair.new.id.name;
    let loss = |field: String| Hazard {
        kind: HazardKind::DataLoss,
        subject: name.to_string(),
        message: format!("the values of the field {field} of {name} are dropped"),
    };
    alter_type::dropped_fields(pair).into_iter().map(loss).collect()
}

/// The statements that make one text of another, if there are any that do.
fn statements(pair: Pair<&Definition>) -> Option<Vec<String>> {
    match pair.new.id.kind {
        ObjectKind::Function => replaced_function(pair),
        ObjectKind::Domain => alter_type::domain(pair),
        ObjectKind::CompositeType => alter_type::composite(pair),
        ObjectKind::Sequence => alter_type::sequence(pair),
        ObjectKind::Extension => alter_type::extension(pair),
        ObjectKind::Namespace
        | ObjectKind::RangeType
        | ObjectKind::VirtualTable
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => None,
    }
}

/// A function with the same arguments and result is replaced.
fn replaced_function(pair: Pair<&Definition>) -> Option<Vec<String>> {
    let heads = pair.map(|held| head(&held.sql));
    if !heads.is_same() {
        return None;
    }
    let sql = &pair.new.sql;
    let words: Vec<_> = mentions::words(sql).take(3).collect();
    if words.get(1).is_some_and(|word| word.name == "or") {
        return Some(vec![sql.clone()]);
    }
    let at = words.get(1)?.start;
    Some(vec![format!("{}OR REPLACE {}", &sql[..at], &sql[at..])])
}

/// What a function takes and gives: its text up to the first clause behind its result.
fn head(sql: &str) -> String {
    const CLAUSES: &[&str] = &[
        "language",
        "as",
        "immutable",
        "stable",
        "volatile",
        "strict",
        "called",
        "security",
        "parallel",
        "cost",
        "rows",
        "support",
        "set",
        "window",
        "transform",
        "leakproof",
        "not",
        "external",
        "return",
        "begin",
    ];
    let words: Vec<_> = mentions::words(sql).collect();
    let closed = arguments_end(sql);
    let end = words
        .iter()
        .find(|word| word.start >= closed && !word.quoted && CLAUSES.contains(&word.name.as_ref()))
        .map_or(sql.len(), |word| word.start);
    let replaces = ["create", "or", "replace", "function", "procedure"];
    let start = words
        .iter()
        .find(|word| word.quoted || !replaces.contains(&word.name.as_ref()))
        .map_or(0, |word| word.start);
    describe::one_line(&sql[start.min(end)..end])
}

/// Where the list of a function's arguments ends.
fn arguments_end(sql: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in sql.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_functions_head_is_its_arguments_and_its_result() {
        assert_eq!(
            head(
                "CREATE OR REPLACE FUNCTION f(a integer,\n  b text DEFAULT 'as') RETURNS text LANGUAGE sql AS $$ select 1 $$"
            ),
            "f(a integer, b text DEFAULT 'as') RETURNS text"
        );
        assert_eq!(head("CREATE PROCEDURE p() LANGUAGE sql AS ''"), "p()");
    }
}
