//! The rollback document of a folder: what each migration changes, and how that is taken back.

use std::fmt::Write;

use peristyle_sql::{Dialect, DialectName, Reversible};

use crate::folder::{Folder, Migration, Part};
use crate::script::{guard_message, leading_comments};
use crate::{Error, script};

/// The rollback document of a migration folder, as Markdown, newest migration first: for each what it changes, whether it can be
/// taken back and by which command, what that loses, and the statements. It says what the files say, which the chain of hashes
/// covers; no database is needed.
pub fn rollback_document(folder: &Folder, dialect: DialectName) -> Result<String, Error> {
    folder.sound()?;
    let dialect = peristyle_sql::dialect(dialect);
    let mut out = String::from("# Rollback\n");
    let migrations = folder.migrations();
    if migrations.is_empty() {
        out.push_str("\nThere is no migration yet.\n");
        return Ok(out);
    }
    out.push_str(
        "\nMigrations are taken back from the newest one on, each in one go with its row of the history.\n\n\
         | migration | way back | purpose |\n|---|---|---|\n",
    );
    for migration in migrations.iter().rev() {
        let purpose = cell(&migration.header.purpose);
        let _ = writeln!(out, "| {} | {} | {purpose} |", migration.id, word(migration));
    }
    for (at, migration) in migrations.iter().enumerate().rev() {
        let before = at.checked_sub(1).map(|before| &migrations[before]);
        write_migration(&mut out, dialect, migration, before)?;
    }
    Ok(out)
}

/// Whether there is a way back, in a word.
fn word(migration: &Migration) -> &'static str {
    match migration.header.seal.as_ref().map(|seal| seal.reversible) {
        Some(Reversible::Yes) => "whole",
        Some(Reversible::Partial) => "partial",
        Some(Reversible::No) => "none",
        None => "not proven yet",
    }
}

fn write_migration(
    out: &mut String,
    dialect: &dyn Dialect,
    migration: &Migration,
    before: Option<&Migration>,
) -> Result<(), Error> {
    let header = &migration.header;
    let _ = write!(out, "\n## {}\n\nPurpose: {}\n\n", migration.id, header.purpose);
    if header.ticket != "N/A" {
        let _ = write!(out, "Ticket: {}\n\n", header.ticket);
    }
    write_steps(out, "What it changes", &steps(dialect, migration, &migration.up)?);
    let (can, command) = match header.seal.as_ref().map(|seal| seal.reversible) {
        Some(Reversible::Yes) => ("The catalog and the rows come back.", true),
        Some(Reversible::Partial) => ("The catalog comes back, some values do not.", true),
        Some(Reversible::No) => ("There is no way back: restore a backup.", false),
        None => ("Nobody has proven its way back yet: `peristyle generate --prove` does.", true),
    };
    let _ = write!(out, "Way back: {can}");
    if let Some(seal) = &header.seal {
        let _ = write!(out, " Proven: {}.", seal.proven.trim_end_matches('.'));
    }
    out.push_str("\n\n");
    if !command {
        out.truncate(out.trim_end().len());
        out.push('\n');
        return Ok(());
    }
    let all = match before {
        Some(before) => format!("peristyle rollback --to {}", before.id),
        None => "peristyle rollback --all".to_owned(),
    };
    let _ = write!(
        out,
        "Command: `peristyle rollback` while it is the last one applied; `{all}` together with all that came after it.\n\n"
    );
    write_steps(out, "What the way back does", &steps(dialect, migration, &migration.down)?);
    let sql = migration.down.text.trim();
    let fence = fence(sql);
    let _ = write!(out, "{fence}sql\n{sql}\n{fence}\n");
    Ok(())
}

fn write_steps(out: &mut String, heading: &str, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    let _ = write!(out, "{heading}:\n\n");
    for step in steps {
        let _ = writeln!(out, "- {}", step.title);
        for note in &step.notes {
            let _ = writeln!(out, "  - {note}");
        }
    }
    out.push('\n');
}

/// One thing that a part of a migration does, and what its file says about it.
struct Step {
    title: String,
    notes: Vec<String>,
}

/// The steps of a part: each begins where a comment stands above a statement. Statements without any are told by number.
fn steps(dialect: &dyn Dialect, migration: &Migration, part: &Part) -> Result<Vec<Step>, Error> {
    // What cannot be cut into statements is told here, at its place.
    script::part(dialect, migration, part)?;
    let pieces =
        dialect.split(&part.text).map_err(|diagnostic| Error::Invalid(vec![diagnostic]))?;
    let mut steps: Vec<Step> = Vec::new();
    let mut untold = 0;
    for piece in pieces {
        let (comments, sql) = leading_comments(piece.text);
        if sql.is_empty() {
            continue;
        }
        let mut words = comments
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--"))
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("peristyle:"));
        match (words.next(), steps.last_mut()) {
            (Some(title), _) => {
                let notes = words.map(str::to_owned).collect();
                steps.push(Step { title: title.to_owned(), notes });
            }
            (None, Some(_)) => {}
            (None, None) => untold += 1,
        }
        if let (Some(message), Some(step)) = (guard_message(comments), steps.last_mut()) {
            step.notes.push(format!("stops if a row is in the way: {message}"));
        }
    }
    if untold > 0 {
        let plural = if untold == 1 { "statement" } else { "statements" };
        let title = format!("{untold} {plural} without a comment");
        steps.insert(0, Step { title, notes: Vec::new() });
    }
    Ok(steps)
}

/// A fence that is longer than any run of backticks in a text.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// A text in one cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn migration(id: &str, parent: &str, purpose: &str, up: &str, down: &str) -> String {
        format!(
            "-- Migration: {id}\n-- Purpose: {purpose}\n-- Ticket: T-7\n-- Reversible: not proven yet\n-- Parent: {parent}\n\
             -- Schema: not proven yet\n-- Rollback: not proven yet\n-- Proven: not proven yet\n-- Hash: not proven yet\n\
             -- peristyle:up\n\n{up}\n-- peristyle:down\n\n{down}\n"
        )
    }

    fn document(up: &str, down: &str) -> Result<String, Error> {
        let text = migration("0001_first", "none", "one | two", up, down);
        let folder = Folder::embedded("migrations", &[("0001_first.sql", &text)]);
        rollback_document(&folder, DialectName::Sqlite)
    }

    #[test]
    fn a_migration_is_told_by_its_steps() {
        let page = document(
            "-- create table a\nCREATE TABLE a (x TEXT DEFAULT '-- no comment');\nCREATE INDEX i ON a (x);\n",
            "-- drop table a\n-- a is dropped with its rows\n-- peristyle:guard a row is there\nSELECT 1 FROM a;\nDROP TABLE a;\n",
        )
        .expect("a document");
        let expected = "# Rollback\n\nMigrations are taken back from the newest one on, each in one go with its row of the history.\n\n\
             | migration | way back | purpose |\n|---|---|---|\n| 0001_first | not proven yet | one \\| two |\n\n\
             ## 0001_first\n\nPurpose: one | two\n\nTicket: T-7\n\nWhat it changes:\n\n- create table a\n\n\
             Way back: Nobody has proven its way back yet: `peristyle generate --prove` does.\n\n\
             Command: `peristyle rollback` while it is the last one applied; `peristyle rollback --all` together with all that came after it.\n\n\
             What the way back does:\n\n- drop table a\n  - a is dropped with its rows\n  - stops if a row is in the way: a row is there\n\n\
             ```sql\n-- drop table a\n-- a is dropped with its rows\n-- peristyle:guard a row is there\nSELECT 1 FROM a;\nDROP TABLE a;\n```\n";
        assert_eq!(page, expected);
    }

    #[test]
    fn statements_without_a_comment_are_counted() {
        let page = document("CREATE TABLE a (x);\nCREATE TABLE b (x);\n", "DROP TABLE b;\n")
            .expect("a document");
        assert!(page.contains("- 2 statements without a comment\n"), "{page}");
        assert!(page.contains("- 1 statement without a comment\n"), "{page}");
    }

    #[test]
    fn an_empty_folder_has_a_document() {
        let page =
            rollback_document(&Folder::default(), DialectName::Postgres).expect("a document");
        assert!(page.ends_with("There is no migration yet.\n"));
    }

    #[test]
    fn what_cannot_be_cut_is_told() {
        let error = document("CREATE TABLE a (x TEXT DEFAULT 'open);\n", "").unwrap_err();
        assert!(!error.diagnostics().is_empty());
    }
}
