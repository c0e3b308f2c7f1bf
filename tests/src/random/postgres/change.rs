//! Edits of what only PostgreSQL's tables have.

use peristyle_schema::{Name, QualifiedName, Table};

use super::super::Dice;
use super::super::draft::Draft;
use super::super::mutate::origin_of_column;
use super::partition::is_divided;
use super::table::{
    add_exclusion, add_unique, documentation, enrich_reference, identity, row_security,
};

/// Makes one edit of a table, or of the things that columns stand on.
pub fn change(dice: &mut Dice, old: &Draft, new: &mut Draft, name: &QualifiedName) {
    match dice.below(16) {
        0..=2 => new.standing.turn(dice),
        3 | 4 => change_apart(dice, old, new, name),
        5 => change_logging(dice, new, name),
        6 => change_enums_doc(dice, new),
        7 if !new.topics.is_empty() => {
            let at = dice.place(new.topics.len());
            new.topics[at].document(dice);
        }
        _ => {
            if let Some(table) = new.schema.tables.get_mut(name) {
                change_table(dice, table);
            }
        }
    }
}

fn change_table(dice: &mut Dice, table: &mut Table) {
    let columns: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
    match dice.below(8) {
        0 => table.doc = documentation(dice),
        1 => {
            let name: &Name = dice.pick(&columns);
            if let Some(column) = table.columns.get_mut(name) {
                column.doc = documentation(dice);
            }
        }
        2 if is_divided(table) => {}
        2 => {
            if table.options.storage.remove("fillfactor").is_none() {
                table.options.storage.insert("fillfactor".to_owned(), "55".to_owned());
            }
        }
        3 => table.options.row_security = row_security(dice),
        4 if !table.checks.is_empty() => {
            let at = dice.place(table.checks.len());
            let divided = is_divided(table);
            let check = &mut table.checks[at];
            match dice.below(3) {
                0 if divided => {}
                0 => check.no_inherit = !check.no_inherit,
                1 => check.name = Some(Name::new(format!("law_{}", dice.below(100_000)))),
                _ => check.not_valid = !check.not_valid,
            }
        }
        5 if !table.foreign_keys.is_empty() => {
            let at = dice.place(table.foreign_keys.len());
            let divided = is_divided(table);
            let key = &mut table.foreign_keys[at];
            key.set_columns.clear();
            enrich_reference(dice, key);
            if divided {
                key.not_valid = false;
            }
        }
        6 if is_divided(table) => {}
        6 => {
            for column in columns {
                if let Some(column) = table.columns.get_mut(&column)
                    && column.identity.is_some()
                {
                    column.identity = Some(identity(dice));
                }
            }
        }
        _ => {
            if let Some(key) = &mut table.primary_key {
                key.name = match key.name {
                    None => Some(Name::new(format!("first_{}", dice.below(100_000)))),
                    Some(_) => None,
                };
            }
        }
    }
}

/// A rule that keeps rows apart comes, goes or waits otherwise.
fn change_apart(dice: &mut Dice, old: &Draft, new: &mut Draft, name: &QualifiedName) {
    let schema = new.schema.clone();
    let Some(table) = new.schema.tables.get_mut(name).filter(|table| !is_divided(table)) else {
        return;
    };
    match dice.below(4) {
        0 if !table.uniques.is_empty() => {
            let at = dice.place(table.uniques.len());
            table.uniques.remove(at);
        }
        1 if !table.exclusions.is_empty() => {
            let at = dice.place(table.exclusions.len());
            table.exclusions.remove(at);
        }
        2 if !table.uniques.is_empty() => {
            let at = dice.place(table.uniques.len());
            table.uniques[at].deferrable = super::super::table::deferrable(dice);
        }
        turn => {
            let mut wider = table.clone();
            match turn {
                0 | 2 => add_unique(dice, &mut wider, true),
                _ => add_exclusion(dice, &mut wider, true),
            }
            // Only columns that had a value of their own in each row can keep the rows apart.
            let had_values = |column: &Name| {
                let Some(column) = table.columns.get(column) else { return false };
                origin_of_column(old, &schema, name, column)
                    .is_some_and(|(_, was)| was.data_type == column.data_type)
            };
            let uniques = wider.uniques.iter().all(|unique| {
                table.uniques.contains(unique) || unique.columns.iter().all(had_values)
            });
            let exclusions = wider.exclusions.iter().all(|exclusion| {
                let mut read = table.columns.iter().filter(|c| exclusion.rule.mentions(&c.name));
                table.exclusions.contains(exclusion) || read.all(|column| had_values(&column.name))
            });
            if uniques && exclusions {
                *table = wider;
            }
        }
    }
}

/// A table that another leads to is as durable as that one, so only others change.
fn change_logging(_: &mut Dice, new: &mut Draft, name: &QualifiedName) {
    let mut references = new.schema.tables.values().flat_map(|table| {
        table.foreign_keys.iter().map(|key| (&table.name, &key.references.table))
    });
    let divided = new.schema.tables.get(name).is_some_and(is_divided);
    let tied = divided || references.any(|(from, to)| from != to && (from == name || to == name));
    if !tied && let Some(table) = new.schema.tables.get_mut(name) {
        table.options.unlogged = !table.options.unlogged;
    }
}

fn change_enums_doc(dice: &mut Dice, new: &mut Draft) {
    let mut enums: Vec<_> = new.schema.enums.values_mut().collect();
    let at = dice.place(enums.len());
    enums[at].doc = documentation(dice);
}
