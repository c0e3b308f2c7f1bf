//! Steps for whole tables.

use peristyle_schema::{
    Change, ForeignKey, Index, Pair, QualifiedName, RowSecurity, Schema, Table, TableEdit,
};

use super::super::quote::{qualified, quote};
use super::super::writer;
use super::guard;
use super::keep::whole;
use super::way::{Direction, Findings, Way, has_children};
use crate::{Hazard, HazardKind, Statement, Step};

/// The step that creates a table with its indexes and comments, and the rows that come back into it. The foreign keys for
/// which `with` is true are part of it.
pub(super) fn create(way: &Way<'_>, table: &Table, with: impl Fn(&ForeignKey) -> bool) -> Step {
    let kept = way.kept_table(&table.name);
    let mut statements = vec![Statement::run(writer::create_table(table, with))];
    let uniques = table.uniques.iter().filter(|unique| writer::repeats(table, unique));
    let checks = table.checks.iter().filter(|check| check.not_valid);
    let added = uniques
        .map(|unique| writer::unique(table, unique))
        .chain(checks.map(|check| writer::check(table, check)));
    statements.extend(added.map(|constraint| {
        Statement::run(format!("ALTER TABLE {} ADD {constraint}", qualified(&table.name)))
    }));
    if let Some(kept) = kept {
        statements.extend(kept.restore(&whole(way.schemas.new, table)));
    }
    statements.extend(
        table
            .indexes
            .iter()
            .map(|index| Statement::run(writer::create_index(&table.name, index, false))),
    );
    statements.extend(row_security(&table.name, RowSecurity::Off, table.options.row_security));
    statements.extend(comments(table));
    Step {
        title: format!("create table {}", table.name),
        reason: kept.map(|kept| format!("its rows come back from {}", kept.holder)),
        causes: vec![Change::CreateTable(table.clone())],
        statements,
        hazards: Vec::new(),
    }
}

fn comments(table: &Table) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(doc) = &table.doc {
        statements.push(Statement::run(writer::comment_on_table(&table.name, Some(doc))));
    }
    for column in &table.columns {
        if let Some(doc) = &column.doc {
            let sql = writer::comment_on_column(&table.name, &column.name, Some(doc));
            statements.push(Statement::run(sql));
        }
    }
    statements
}

/// The statements that change whether policies decide which rows a role sees.
pub(super) fn row_security(
    table: &QualifiedName,
    old: RowSecurity,
    new: RowSecurity,
) -> Vec<Statement> {
    let words: &[&str] = match (old, new) {
        (RowSecurity::Off, RowSecurity::Off)
        | (RowSecurity::Enabled, RowSecurity::Enabled)
        | (RowSecurity::Forced, RowSecurity::Forced) => &[],
        (RowSecurity::Off, RowSecurity::Enabled) => &["ENABLE"],
        (RowSecurity::Off, RowSecurity::Forced) => &["ENABLE", "FORCE"],
        (RowSecurity::Enabled, RowSecurity::Forced) => &["FORCE"],
        (RowSecurity::Enabled, RowSecurity::Off) => &["DISABLE"],
        (RowSecurity::Forced, RowSecurity::Enabled) => &["NO FORCE"],
        (RowSecurity::Forced, RowSecurity::Off) => &["NO FORCE", "DISABLE"],
    };
    words
        .iter()
        .map(|word| {
            let table = qualified(table);
            Statement::run(format!("ALTER TABLE {table} {word} ROW LEVEL SECURITY"))
        })
        .collect()
}

/// The step that adds a foreign key to a table that is there; it asks first whether every row points at something.
///
/// `guarded` says which rows it asks, if any.
pub(super) fn add_foreign_key(table: &Table, key: &ForeignKey, guarded: Option<&str>) -> Step {
    let mut statements = Vec::new();
    let mut hazards = Vec::new();
    if let Some(rows) = guarded.filter(|_| !key.not_valid) {
        statements.extend(guard::of_foreign_key(rows, table, key));
        hazards.push(Hazard {
            kind: HazardKind::MayFail,
            subject: table.name.to_string(),
            message: format!(
                "rows of {} that refer to nothing stop the migration and are shown",
                table.name
            ),
        });
    }
    statements.push(Statement::run(format!(
        "ALTER TABLE {} ADD {}",
        qualified(&table.name),
        writer::foreign_key(table, key)
    )));
    let edit = TableEdit::AddForeignKey(key.clone());
    Step {
        title: format!("{}: {}", table.name, super::describe::edit(&edit)),
        reason: None,
        causes: vec![Change::AlterTable { table: table.name.clone(), edits: vec![edit] }],
        statements,
        hazards,
    }
}

/// The step that drops a table. `was` is the name it is known by.
pub(super) fn drop(
    way: &Way<'_>,
    renamed: &Schema,
    table: &Table,
    was: &QualifiedName,
    findings: &mut Findings,
) -> Step {
    let mut statements = Vec::new();
    let loses = |kind, message: String| Hazard { kind, subject: was.to_string(), message };
    let hazard = match (way.direction, &way.options.keep) {
        // The rows of a partitioned table are those of its partitions.
        _ if table.options.partition_by.is_some() => {
            let numbered = table.columns.iter().any(|column| column.identity.is_some());
            if way.direction == Direction::Up && numbered {
                findings.losses.push(format!("how far the numbers of {was} have come"));
            }
            loses(HazardKind::DataLoss, format!("{was} is dropped"))
        }
        (Direction::Up, Some(keep)) => {
            let mut known = way.schemas.old.tables.get(was).unwrap_or(table).clone();
            known.name = was.clone();
            let (holder, keeping) = findings.keeper.keep_table(
                keep,
                Pair::new(&whole(way.schemas.old, &known), &whole(renamed, table)),
                has_children(renamed, &table.name),
            );
            statements.extend(keeping);
            loses(HazardKind::DataKept, format!("the rows of {was} are kept in {holder}"))
        }
        (Direction::Up, None) => {
            findings.losses.push(format!("the rows of {was}"));
            loses(HazardKind::DataLoss, format!("{was} is dropped with all its rows"))
        }
        (Direction::Down, _) => loses(
            HazardKind::DataLoss,
            format!("{was} is dropped with all rows that came into it since"),
        ),
    };
    if !table.unmodelled.is_empty() && way.direction == Direction::Up {
        findings.losses.push(format!("{} of {was}", table.unmodelled.join(", ")));
    }
    if let Some(whole) = &table.options.partition_of
        && renamed.tables.contains_key(&whole.table)
        && way.schemas.new.tables.contains_key(&whole.table)
        && renamed.referencing(&whole.table).next().is_some()
    {
        // While others lead to the whole table, a part of it can only go by itself.
        statements.push(Statement::run(format!(
            "ALTER TABLE {} DETACH PARTITION {}",
            qualified(&whole.table),
            qualified(&table.name)
        )));
    }
    statements.push(Statement::run(format!("DROP TABLE {}", qualified(&table.name))));
    let mut dropped = table.clone();
    dropped.name = was.clone();
    Step {
        title: format!("drop table {was}"),
        reason: None,
        causes: vec![Change::DropTable(dropped)],
        statements,
        hazards: vec![hazard],
    }
}

/// An index by its name in statements: it lies in its table's namespace.
pub(super) fn index_name(table: &QualifiedName, index: &Index) -> String {
    qualified(&QualifiedName { namespace: table.namespace.clone(), name: index.name.clone() })
}

/// A constraint by its name is dropped from its table.
pub(super) fn drop_constraint(table: &QualifiedName, name: &str) -> Statement {
    Statement::run(format!("ALTER TABLE {} DROP CONSTRAINT {}", qualified(table), quote(name)))
}
