//! Changes in words, for the titles of steps.

use peristyle_schema::{Column, ForeignKey, Pair, TableEdit};

use super::super::writer;

/// One edit, in a few words.
pub(super) fn edit(edit: &TableEdit) -> String {
    match edit {
        TableEdit::RenameColumn(names) => format!("rename column {} to {}", names.old, names.new),
        TableEdit::AddColumn(column) => format!("add column {}", column.name),
        TableEdit::DropColumn(column) => format!("drop column {}", column.name),
        TableEdit::AlterColumn(columns) => column(columns.as_ref()),
        TableEdit::SetPrimaryKey(keys) => match &keys.new {
            Some(key) => {
                let numbered = if key.autoincrement { " AUTOINCREMENT" } else { "" };
                let was = keys.old.as_ref().is_some_and(|old| old.autoincrement);
                let numbered =
                    if was && !key.autoincrement { ", not AUTOINCREMENT" } else { numbered };
                format!("primary key ({}){numbered}", list(&key.columns))
            }
            None => "no primary key".to_owned(),
        },
        TableEdit::AddUnique(unique) => format!("unique ({})", list(&unique.columns)),
        TableEdit::DropUnique(unique) => format!("no unique ({})", list(&unique.columns)),
        TableEdit::AddForeignKey(key) => {
            format!("foreign key {}", foreign_key(key))
        }
        TableEdit::DropForeignKey(key) => format!("no foreign key {}", foreign_key(key)),
        TableEdit::AddCheck(check) => {
            format!("check ({})", super::guard::one_line(check.expr.as_str()))
        }
        TableEdit::DropCheck(check) => {
            format!("no check ({})", super::guard::one_line(check.expr.as_str()))
        }
        TableEdit::AddExclusion(exclusion) => format!("exclusion {}", exclusion.rule),
        TableEdit::DropExclusion(exclusion) => format!("no exclusion {}", exclusion.rule),
        TableEdit::AddIndex(index) => format!("create index {}", index.name),
        TableEdit::DropIndex(index) => format!("drop index {}", index.name),
        TableEdit::RenameIndex(names) => format!("rename index {} to {}", names.old, names.new),
        TableEdit::SetOptions(options) => {
            let words =
                |on: bool, word: &str| if on { word.to_owned() } else { format!("not {word}") };
            let mut parts = Vec::new();
            if options.old.strict != options.new.strict {
                parts.push(words(options.new.strict, "STRICT"));
            }
            if options.old.without_rowid != options.new.without_rowid {
                parts.push(words(options.new.without_rowid, "WITHOUT ROWID"));
            }
            parts.join(", ")
        }
        TableEdit::SetDoc(_) => "documentation".to_owned(),
    }
}

/// What changes in a column.
fn column(columns: Pair<&Column>) -> String {
    let Pair { old, new } = columns;
    let mut parts = Vec::new();
    if old.data_type != new.data_type {
        parts.push(format!("{} becomes {}", old.data_type, new.data_type));
    }
    if old.nullable != new.nullable {
        parts.push(if new.nullable { "may be NULL" } else { "NOT NULL" }.to_owned());
    }
    if old.default != new.default {
        parts.push(match new.default.as_ref().and_then(writer::default_value) {
            Some(value) => format!("default {}", super::guard::one_line(&value)),
            None => "no default".to_owned(),
        });
    }
    if old.generated != new.generated {
        parts.push(if new.generated.is_some() { "generated" } else { "not generated" }.to_owned());
    }
    if old.collation != new.collation {
        parts.push(match &new.collation {
            Some(collation) => format!("collation {collation}"),
            None => "no collation".to_owned(),
        });
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

fn list(names: &[peristyle_schema::Name]) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
}
