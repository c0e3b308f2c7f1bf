//! How a table is stored, and its documentation.

use std::collections::BTreeMap;

use peristyle_schema::{Diagnostic, Name, Pair, Schema, TableEdit, TableOptions};

use super::super::quote::{qualified, quote};
use super::super::{tokens, writer};
use super::keep::whole;
use super::shape::{Shape, cause};
use super::table::row_security;
use super::way::{Findings, Way, Work};
use crate::lexer::{Kind, Token};
use crate::{Hazard, HazardKind, Statement, Step};

/// How a table is divided otherwise all the same.
const ANEW: &str = "declare a new table that is divided so, under another name; move the rows in a migration of your own (`peristyle generate --empty`: `INSERT INTO … SELECT …`); then take the old declaration away, and in the migration after that give the new one its name: `#[table(was = \"…\")]`";

/// A table that is divided into partitions cannot become one that is not, nor be divided otherwise.
pub(super) fn refuse(way: &Way<'_>, works: &[Work<'_>], renamed: &Schema, findings: &mut Findings) {
    for work in works {
        refuse_heirs(way, work, renamed, findings);
        let was = way.schemas.old.tables.get(&work.was);
        let was = was.and_then(|table| table.options.partition_by.as_ref());
        let is = work.new.options.partition_by.as_ref();
        let was = was.map(|by| words(by.as_str(), &Name::clone));
        // What a column was called before its rename, it is called in the old words.
        if was != is.map(|by| words(by.as_str(), &|name| work.former(name))) {
            findings.refuse(
                Diagnostic::error(
                    "partitioning-changes",
                    format!(
                        "{} would have to be divided into partitions otherwise, and PostgreSQL cannot change that in place",
                        work.new.name
                    ),
                )
                .at(work.new.span.get().cloned())
                .help(ANEW),
            );
        }
    }
}

/// A table begins or ends to inherit in place only where that changes none of its columns and checks: what it has of its
/// parent becomes its own for ever when it leaves it.
fn refuse_heirs(way: &Way<'_>, work: &Work<'_>, renamed: &Schema, findings: &mut Findings) {
    let Pair { old, new } = Pair::new(work.old, work.new);
    let (held, wanted) = (&old.options.inherits, &new.options.inherits);
    let lost = held.iter().filter(|parent| !wanted.contains(parent));
    let gained = wanted.iter().filter(|parent| !held.contains(parent));
    let lost = lost.filter_map(|parent| Some((old, renamed, renamed.tables.get(parent)?)));
    let gained = gained
        .filter_map(|parent| Some((new, way.schemas.new, way.schemas.new.tables.get(parent)?)));
    for (table, schema, parent) in lost.chain(gained) {
        let parent = &whole(schema, parent);
        let columns = parent.columns.iter().all(|c| table.columns.contains(&c.name));
        let mut checks = parent.checks.iter().filter(|check| !check.no_inherit);
        if columns && checks.all(|check| table.checks.iter().any(|own| own.name == check.name)) {
            continue;
        }
        findings.refuse(
            Diagnostic::error(
                "inheritance-changes",
                format!(
                    "{} would begin or end to inherit from {}, and PostgreSQL does not take away what it has of it",
                    work.new.name, parent.name
                ),
            )
            .at(work.new.span.get().cloned())
            .help("declare a new table in its place, under another name; move the rows in a migration of your own (`peristyle generate --empty`: `INSERT INTO … SELECT …`); then take the old declaration away, and in the migration after that give the new one its name: `#[table(was = \"…\")]`"),
        );
        return;
    }
}

/// Nor can a column that a table is divided by become another: the server would have to look anew where each row belongs.
pub(super) fn refuse_moved(work: &Work<'_>, shape: &Shape, findings: &mut Findings) {
    let Some(by) = &work.new.options.partition_by else { return };
    let moved = shape.moved.iter().chain(&shape.regenerated).find(|name| by.mentions(name));
    if let Some(column) = moved {
        findings.refuse(
            Diagnostic::error(
                "partitioning-changes",
                format!(
                    "{} is divided into partitions by {}, and PostgreSQL cannot change the type or collation of such a column in place",
                    work.new.name,
                    work.subject(column)
                ),
            )
            .at(work.new.columns.get(column).and_then(|column| column.span.get().cloned()))
            .help(ANEW),
        );
    }
}

/// The words of a text, each name as something calls it.
fn words(text: &str, called: &impl Fn(&Name) -> Name) -> Vec<String> {
    let word = |token: &Token<'_>| match token.kind {
        Kind::Word | Kind::Quoted => quote(&called(&tokens::identifier(token))),
        _ => token.text.to_owned(),
    };
    match tokens::significant(text) {
        Ok(tokens) => tokens.iter().map(word).collect(),
        Err(_) => vec![text.to_owned()],
    }
}

/// The steps for the edits of a table that concern no column, constraint or index.
pub(super) fn steps(work: &Work<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for edit in &work.edits {
        let (title, statements, hazards) = match edit {
            TableEdit::SetOptions(options) => {
                let (statements, hazards) = options_sql(work, options);
                (format!("{}: storage", work.new.name), statements, hazards)
            }
            TableEdit::SetDoc(docs) => (
                format!("{}: documentation", work.new.name),
                vec![Statement::run(writer::comment_on_table(&work.new.name, docs.new.as_deref()))],
                Vec::new(),
            ),
            TableEdit::RenameColumn(_)
            | TableEdit::AddColumn(_)
            | TableEdit::DropColumn(_)
            | TableEdit::AlterColumn(_)
            | TableEdit::SetPrimaryKey(_)
            | TableEdit::AddUnique(_)
            | TableEdit::DropUnique(_)
            | TableEdit::AddForeignKey(_)
            | TableEdit::DropForeignKey(_)
            | TableEdit::AddCheck(_)
            | TableEdit::DropCheck(_)
            | TableEdit::AddExclusion(_)
            | TableEdit::DropExclusion(_)
            | TableEdit::AddIndex(_)
            | TableEdit::DropIndex(_)
            | TableEdit::RenameIndex(_) => continue,
        };
        steps.push(Step {
            title,
            reason: None,
            causes: vec![cause(&work.new.name, vec![edit.clone()])],
            statements,
            hazards,
        });
    }
    steps
}

fn options_sql(work: &Work<'_>, options: &Pair<TableOptions>) -> (Vec<Statement>, Vec<Hazard>) {
    let Pair { old, new } = options;
    let table = work.sql_name();
    let alter = |what: String| Statement::run(format!("ALTER TABLE {table} {what}"));
    let mut statements = Vec::new();
    let mut hazards = Vec::new();
    if old.unlogged != new.unlogged {
        statements.push(alter(format!("SET {}", if new.unlogged { "UNLOGGED" } else { "LOGGED" })));
        hazards.push(Hazard {
            kind: HazardKind::Rebuild,
            subject: work.new.name.to_string(),
            message: format!(
                "{} is written anew; nothing else can use it meanwhile",
                work.new.name
            ),
        });
    }
    statements.extend(storage(&old.storage, &new.storage).into_iter().map(alter));
    for parent in old.inherits.iter().filter(|parent| !new.inherits.contains(parent)) {
        statements.push(alter(format!("NO INHERIT {}", qualified(parent))));
    }
    for parent in new.inherits.iter().filter(|parent| !old.inherits.contains(parent)) {
        statements.push(alter(format!("INHERIT {}", qualified(parent))));
    }
    if old.partition_of != new.partition_of {
        if let Some(partition) = &old.partition_of {
            let parent = qualified(&partition.table);
            statements
                .push(Statement::run(format!("ALTER TABLE {parent} DETACH PARTITION {table}")));
        }
        if let Some(partition) = &new.partition_of {
            let parent = qualified(&partition.table);
            statements.push(Statement::run(format!(
                "ALTER TABLE {parent} ATTACH PARTITION {table} {}",
                partition.bound
            )));
            hazards.push(Hazard {
                kind: HazardKind::MayFail,
                subject: work.new.name.to_string(),
                message: format!(
                    "a row of {} that does not belong into the partition stops the migration",
                    work.new.name
                ),
            });
        }
    }
    statements.extend(row_security(&work.new.name, old.row_security, new.row_security));
    (statements, hazards)
}

/// The clauses that lead from some storage parameters to others.
fn storage(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let mut clauses = Vec::new();
    let gone: Vec<&str> =
        old.keys().filter(|name| !new.contains_key(*name)).map(String::as_str).collect();
    if !gone.is_empty() {
        clauses.push(format!("RESET ({})", gone.join(", ")));
    }
    let set: BTreeMap<String, String> = new
        .iter()
        .filter(|(name, value)| old.get(*name) != Some(*value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if !set.is_empty() {
        clauses.push(format!("SET ({})", writer::storage(&set)));
    }
    clauses
}
