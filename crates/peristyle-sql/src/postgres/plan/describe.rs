//! Changes in words, for the titles of steps.

use peristyle_schema::{Column, ForeignKey, Identity, Name, ObjectId, ObjectKind, Pair, TableEdit};

use super::super::catalog::grant::REVOKED;
use super::super::writer;

/// One edit of a table, in a few words.
pub(super) fn edit(edit: &TableEdit) -> String {
    match edit {
        TableEdit::RenameColumn(names) => format!("rename column {} to {}", names.old, names.new),
        TableEdit::AddColumn(column) => format!("add column {}", column.name),
        TableEdit::DropColumn(column) => format!("drop column {}", column.name),
        TableEdit::AlterColumn(columns) => column(columns.as_ref()),
        TableEdit::SetPrimaryKey(keys) => match &keys.new {
            Some(key) => format!("primary key ({})", list(&key.columns)),
            None => "no primary key".to_owned(),
        },
        TableEdit::AddUnique(unique) => format!("unique ({})", list(&unique.columns)),
        TableEdit::DropUnique(unique) => format!("no unique ({})", list(&unique.columns)),
        TableEdit::AddForeignKey(key) => format!("foreign key {}", foreign_key(key)),
        TableEdit::DropForeignKey(key) => format!("no foreign key {}", foreign_key(key)),
        TableEdit::AddCheck(check) => format!("check ({})", one_line(check.expr.as_str())),
        TableEdit::DropCheck(check) => format!("no check ({})", one_line(check.expr.as_str())),
        TableEdit::AddExclusion(one) => format!("exclusion {}", one_line(one.rule.as_str())),
        TableEdit::DropExclusion(one) => format!("no exclusion {}", one_line(one.rule.as_str())),
        TableEdit::AddIndex(index) => format!("create index {}", index.name),
        TableEdit::DropIndex(index) => format!("drop index {}", index.name),
        TableEdit::RenameIndex(names) => format!("rename index {} to {}", names.old, names.new),
        TableEdit::SetOptions(_) => "storage".to_owned(),
        TableEdit::SetDoc(_) => "documentation".to_owned(),
    }
}

/// What changes in a column.
fn column(columns: Pair<&Column>) -> String {
    let Pair { old, new } = columns;
    let mut parts = Vec::new();
    if old.data_type != new.data_type {
        let words = columns.map(|column| writer::type_words(&column.data_type));
        parts.push(format!("{} becomes {}", words.old, words.new));
    }
    if old.nullable != new.nullable {
        parts.push(if new.nullable { "may be NULL" } else { "NOT NULL" }.to_owned());
    }
    if old.default != new.default {
        parts.push(match new.default.as_ref().and_then(writer::default_value) {
            Some(value) => format!("default {}", one_line(&value)),
            None => "no default".to_owned(),
        });
    }
    if old.generated != new.generated {
        parts.push(if new.generated.is_some() { "generated" } else { "not generated" }.to_owned());
    }
    if old.identity != new.identity {
        parts.push(
            match new.identity {
                Some(Identity::ByDefault) => "numbered by default",
                Some(Identity::Always) => "always numbered",
                Some(Identity::Serial) => "serial",
                None => "not numbered",
            }
            .to_owned(),
        );
    }
    if old.collation != new.collation {
        parts.push(match &new.collation {
            Some(collation) => format!("collation {collation}"),
            None => "no collation".to_owned(),
        });
    }
    if old.doc != new.doc {
        parts.push("documentation".to_owned());
    }
    if parts.is_empty() {
        parts.push("changed".to_owned());
    }
    format!("column {}: {}", new.name, parts.join(", "))
}

/// What a foreign key leads from and to, and what it does.
fn foreign_key(key: &ForeignKey) -> String {
    let mut words = format!("({}) to {}", list(&key.columns), key.references.table);
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if let Some(action) = writer::action_words(action) {
            words.push_str(&format!(" ON {event} {action}"));
        }
    }
    words
}

/// What an object is called.
pub(super) fn object(id: &ObjectId) -> String {
    if let (ObjectKind::Grant, Some(of), Some(role)) =
        (id.kind, &id.of, id.name.name.strip_suffix(REVOKED))
    {
        return format!("what is revoked from {role} on {of}");
    }
    match (id.kind, &id.of) {
        (ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Grant, Some(of)) => {
            format!("{} {} on {of}", id.kind.words(), id.name)
        }
        _ => format!("{} {}", id.kind.words(), id.name),
    }
}

/// Names with commas between.
pub(super) fn list(names: &[Name]) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
