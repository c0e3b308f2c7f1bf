//! The rebuild: a new table beside the old one, the rows copied, the old one dropped, the new one put in its place.
//!
//! <https://www.sqlite.org/lang_altertable.html#otheralter> The runner has switched foreign keys off before the
//! transaction, so that dropping the old table touches no row of another; the name that other tables refer to never
//! changes. What reads the table was dropped before (SQLite checks views and triggers at the rename) and is made again
//! after.

use peristyle_schema::{Change, Name, TableEdit};

use super::super::quote::quote;
use super::super::writer;
use super::copy::{Around, Copy};
use super::keep::{has_sequence, set_sequence};
use super::table::{drop_column, index_edit};
use super::way::{Direction, Findings, Way, Work};
use super::{describe, guard};
use crate::planning::reads;
use crate::{Hazard, HazardKind, Statement, Step};

/// The step that rebuilds one table.
pub(super) fn step(
    way: &Way<'_>,
    work: &Work<'_>,
    (copy, around): (Copy, Around),
    reasons: &[&str],
    findings: &mut Findings,
) -> Step {
    let table = &work.new.name;
    let edits: Vec<TableEdit> =
        work.edits.iter().filter(|edit| !index_edit(work, edit)).cloned().collect();
    let words: Vec<String> = edits.iter().map(describe::edit).collect();
    let mut hazards = vec![Hazard {
        kind: HazardKind::Rebuild,
        subject: table.to_string(),
        message: format!("{table} is copied into a new table; nothing else can write meanwhile"),
    }];
    let mut guards = around.guards;
    guards.extend(guard::of_copy(work, &copy));
    if !guards.is_empty() {
        hazards.push(Hazard {
            kind: HazardKind::MayFail,
            subject: table.to_string(),
            message: format!("rows of {table} that do not fit stop the migration and are shown"),
        });
    }
    hazards.extend(around.hazards);
    // The guards look into what was kept as often as the copy does, so the indexes come before them.
    let mut statements = around.indexes;
    statements.extend(guards);
    statements.extend(around.keeps);
    for edit in &edits {
        if let TableEdit::DropColumn(column) = edit {
            let (kept, dangers) = drop_column(way, work, &copy, column, findings);
            statements.extend(kept);
            hazards.extend(dangers);
        }
    }
    statements.extend(swap(work, &copy));
    statements.extend(around.drops);
    statements.extend(same_indexes(work, &copy));
    if has_sequence(work.old) && !has_sequence(work.new) && way.direction == Direction::Up {
        findings.losses.push(format!("{table}: the last number given is forgotten"));
    }
    Step {
        title: format!("alter {table}: {}", words.join("; ")),
        reason: Some(format!("rebuilt: {}", reasons.join("; "))),
        causes: vec![Change::AlterTable { table: table.clone(), edits }],
        statements,
        hazards,
    }
}

/// Create, copy, drop, rename.
fn swap(work: &Work<'_>, copy: &Copy) -> Vec<Statement> {
    let old = &work.new.name.name;
    let new = Name::new(format!("_peristyle_new_{old}"));
    let mut targets: Vec<String> = copy.columns.iter().map(|c| quote(&c.name)).collect();
    let mut values: Vec<String> = copy.columns.iter().map(|c| c.value.clone()).collect();
    if let Some(words) = &copy.rowid {
        targets.insert(0, words.new.to_owned());
        values.insert(0, words.old.to_owned());
    }
    let mut statements = vec![
        Statement::run(writer::create_table_as(work.new, &new)),
        Statement::run(format!(
            "INSERT INTO {} ({})\nSELECT {}\nFROM {}",
            quote(&new),
            targets.join(", "),
            values.join(", "),
            quote(old)
        )),
    ];
    if has_sequence(work.old) && has_sequence(work.new) {
        let query = format!(
            "SELECT {}, seq FROM sqlite_sequence WHERE name = {}",
            writer::text(&new),
            writer::text(old)
        );
        statements.extend(set_sequence(&new, &query));
    }
    statements.push(Statement::run(format!("DROP TABLE {}", quote(old))));
    statements.push(Statement::run(format!(
        "ALTER TABLE {} RENAME TO {}",
        quote(&new),
        quote(old)
    )));
    statements
}

/// The indexes that went with the old table and are the same on the new one. Where the values that one of them is unique
/// over may have changed, the table is asked first.
fn same_indexes(work: &Work<'_>, copy: &Copy) -> Vec<Statement> {
    let mut statements = Vec::new();
    for index in &work.new.indexes {
        if work.old.indexes.get(&index.name) != Some(index) {
            continue;
        }
        let touched =
            copy.columns.iter().any(|column| column.touched && reads(index, &column.name));
        if index.unique && touched {
            statements.push(guard::of_unique(&work.new.name, index));
        }
        statements.push(Statement::run(writer::create_index(&work.new.name, index)));
    }
    statements
}
