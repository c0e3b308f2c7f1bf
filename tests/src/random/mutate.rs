//! Random edits of a draft: what people do to a schema between two releases.
//!
//! Every edit leaves a schema that the rows of [`crate::rows`], made for the old schema, fit into.

use peristyle_schema::{
    Change, Column, ColumnDefault, EnumValue, Expr, Hint, IndexKey, Name, Pair, QualifiedName,
    Schema, Table, TableEdit, Type,
};

use peristyle_sql::DialectName;

use super::Dice;
use super::draft::{Draft, connect};
use super::names::{ODD, fresh};
use super::postgres::{self, home, partitions};
use super::table::{
    action, add_check, add_generated, column, column_names, deferrable, index, some_column, table,
    toggle_rowid,
};
use super::words;
use crate::rows::in_key;

/// Makes one random edit; where the dice ask for one that cannot be made, nothing changes.
pub fn mutate(dice: &mut Dice, old: &Draft, new: &mut Draft) {
    let whole = new.schema.tables.values().filter(|table| table.options.partition_of.is_none());
    let names: Vec<_> = whole.map(|table| table.name.clone()).collect();
    let mut avoid = old.taken();
    avoid.extend(new.taken());
    if names.is_empty() || dice.one_in(12) {
        let table = table(dice, &new.schema, &avoid);
        new.schema.insert_table(table);
        return;
    }
    let name = dice.pick(&names).clone();
    if dice.dialect() == DialectName::Postgres && dice.one_in(3) {
        postgres::change(dice, old, new, &name);
        return;
    }
    match dice.below(24) {
        0 => drop_table(new, &name),
        1 => rename_table(dice, old, new, &name, &avoid),
        2 | 3 => rename_column(dice, old, new, &name),
        4 | 5 => add_column(dice, old, new, &name),
        6 | 7 => drop_column(dice, new, &name),
        8 => connect(dice, &mut new.schema, &old_columns(old)),
        9 => change_keys(dice, new, &name),
        10 | 11 => change_indexes(dice, old, new, &name, &avoid),
        12 => change_objects(dice, new, &avoid),
        13 => change_values(dice, new),
        14 => change_nullability(dice, old, new, &name),
        15 => change_type(dice, new, &name),
        _ => change_table(dice, new, &name),
    }
}

/// Every column name of the old schema: a name that comes again would be another column under an old name.
fn old_columns(old: &Draft) -> Vec<String> {
    old.schema.tables.values().flat_map(column_names).collect()
}

fn drop_table(new: &mut Draft, name: &QualifiedName) {
    let parts: Vec<_> = partitions(&new.schema, name).map(|table| table.name.clone()).collect();
    for name in parts.iter().chain([name]) {
        new.schema.tables.remove(name);
    }
    for table in new.schema.tables.values_mut() {
        table.foreign_keys.retain(|key| key.references.table != *name);
    }
}

fn rename_table(
    dice: &mut Dice,
    old: &Draft,
    new: &mut Draft,
    name: &QualifiedName,
    avoid: &[String],
) {
    let to = fresh(dice, avoid);
    let to = match dice.dialect() {
        DialectName::Sqlite => QualifiedName::local(to),
        DialectName::Postgres => home(dice, to),
    };
    let origin = origin_of_table(old, &new.schema, name);
    new.schema.apply(&Change::RenameTable(Pair::new(name.clone(), to.clone())));
    if let Some(table) = new.schema.tables.get_mut(&to) {
        table.was = Hint(origin);
    }
    for topic in &mut new.topics {
        topic.rename_table(name, &to);
    }
}

/// The name that a table of the new schema has in the old one.
fn origin_of_table(old: &Draft, new: &Schema, name: &QualifiedName) -> Option<QualifiedName> {
    let was = new.tables.get(name)?.was.get();
    was.or_else(|| old.schema.tables.contains_key(name).then_some(name)).cloned()
}

/// The column of the old schema that a column of the new one was.
pub fn origin_of_column<'a>(
    old: &'a Draft,
    new: &Schema,
    table: &QualifiedName,
    column: &Column,
) -> Option<(&'a Table, &'a Column)> {
    let table = old.schema.tables.get(&origin_of_table(old, new, table)?)?;
    let name = column.was.get().unwrap_or(&column.name);
    table.columns.get(name).map(|column| (table, column))
}

fn rename_column(dice: &mut Dice, old: &Draft, new: &mut Draft, name: &QualifiedName) {
    let Some(column) = some_column(dice, &new.schema.tables[name], |_| true) else { return };
    let mut avoid = old_columns(old);
    avoid.extend(column_names(&new.schema.tables[name]));
    // An expression follows a rename as text, where a keyword would have to be quoted.
    let keyword = |name: &&&str| name.bytes().all(|byte| byte.is_ascii_alphabetic());
    avoid.extend(ODD.iter().filter(keyword).map(|name| (*name).to_owned()));
    let to = Name::new(fresh(dice, &avoid));
    let origin = origin_of_column(old, &new.schema, name, &column).map(|(_, c)| c.name.clone());
    let names = Pair::new(column.name.clone(), to.clone());
    new.schema.apply(&Change::AlterTable {
        table: name.clone(),
        edits: vec![TableEdit::RenameColumn(names)],
    });
    if let Some(renamed) =
        new.schema.tables.get_mut(name).and_then(|table| table.columns.get_mut(&to))
    {
        renamed.was = Hint(origin);
    }
    for topic in &mut new.topics {
        topic.rename_column(name, &column.name, &to);
    }
}

fn add_column(dice: &mut Dice, old: &Draft, new: &mut Draft, name: &QualifiedName) {
    let Some(table) = new.schema.tables.get_mut(name) else { return };
    let mut column = column(dice, table, &old_columns(old));
    if !column.nullable && (column.default.is_none() || dice.one_in(3)) {
        column.fill = Hint::some(words::fill(dice.dialect(), &column.data_type));
    }
    table.columns.insert(column);
}

fn drop_column(dice: &mut Dice, new: &mut Draft, name: &QualifiedName) {
    let schema = &new.schema;
    let referenced = |column: &Name| {
        schema
            .tables
            .values()
            .flat_map(|t| &t.foreign_keys)
            .any(|key| key.references.table == *name && key.references.columns.contains(column))
    };
    let free = |column: &Column| {
        let table = &schema.tables[name];
        let keyed = table.primary_key.as_ref().is_some_and(|k| k.columns.contains(&column.name));
        let plain = table.columns.iter().filter(|c| c.generated.is_none()).count();
        let divides = table.options.partition_by.iter().any(|by| by.mentions(&column.name));
        !keyed && !divides && !referenced(&column.name) && (plain > 1 || column.generated.is_some())
    };
    let Some(column) = some_column(dice, &new.schema.tables[name], free) else { return };
    if let Some(table) = new.schema.tables.get_mut(name) {
        forget(table, &column.name);
    }
}

/// Takes a column out of a table, with all that stands on it.
pub fn forget(table: &mut Table, column: &Name) {
    let computed: Vec<Name> = table
        .columns
        .iter()
        .filter(|c| c.generated.as_ref().is_some_and(|g| g.expr.mentions(column)))
        .map(|c| c.name.clone())
        .collect();
    table.columns.remove(column);
    table.checks.retain(|check| !check.expr.mentions(column));
    table.foreign_keys.retain(|key| !key.columns.contains(column));
    table.uniques.retain(|unique| !unique.columns.contains(column));
    table.exclusions.retain(|exclusion| !exclusion.rule.mentions(column));
    let stands = |index: &peristyle_schema::Index| {
        index.filter.as_ref().is_some_and(|filter| filter.mentions(column))
            || index.include.contains(column)
            || index.parts.iter().any(|part| match &part.key {
                IndexKey::Column(name) => name == column,
                IndexKey::Expr(expr) => expr.mentions(column),
            })
    };
    let gone: Vec<Name> =
        table.indexes.iter().filter(|index| stands(index)).map(|i| i.name.clone()).collect();
    for name in gone {
        table.indexes.remove(&name);
    }
    for name in computed {
        forget(table, &name);
    }
}

fn change_keys(dice: &mut Dice, new: &mut Draft, name: &QualifiedName) {
    let referenced = new
        .schema
        .tables
        .values()
        .flat_map(|table| &table.foreign_keys)
        .any(|key| key.references.table == *name);
    let Some(table) = new.schema.tables.get_mut(name) else { return };
    let rowid_alias = table.primary_key.as_ref().is_some_and(|key| {
        key.columns.len() == 1
            && table.columns.get(&key.columns[0]).is_some_and(|c| c.data_type == Type::BigInt)
    });
    match dice.below(3) {
        0 if !table.foreign_keys.is_empty() => {
            let at = dice.place(table.foreign_keys.len());
            let key = &mut table.foreign_keys[at];
            let nullable =
                key.columns.iter().all(|c| table.columns.get(c).is_some_and(|c| c.nullable));
            key.on_delete = action(dice, nullable);
            key.deferrable = deferrable(dice);
        }
        1 if !table.foreign_keys.is_empty() => {
            let at = dice.place(table.foreign_keys.len());
            table.foreign_keys.remove(at);
        }
        _ if rowid_alias && !table.options.without_rowid => {
            if let Some(key) = &mut table.primary_key {
                key.autoincrement = !key.autoincrement;
            }
        }
        _ if !referenced => match &mut table.primary_key {
            Some(key) if key.columns.len() > 1 => key.columns.reverse(),
            Some(key) if !table.options.without_rowid => {
                for name in &key.columns {
                    if let Some(column) = table.columns.get_mut(name) {
                        column.identity = None;
                    }
                }
                table.primary_key = None;
            }
            Some(_) | None => {}
        },
        _ => {}
    }
}

fn change_indexes(
    dice: &mut Dice,
    old: &Draft,
    new: &mut Draft,
    name: &QualifiedName,
    avoid: &[String],
) {
    let referenced = |schema: &Schema, column: &str| {
        schema.tables.values().flat_map(|t| &t.foreign_keys).any(|key| {
            key.references.table == *name && key.references.columns.iter().any(|c| c == column)
        })
    };
    let table = &new.schema.tables[name];
    if dice.one_in(2) && !table.indexes.is_empty() {
        let index = dice.pick(table.indexes.as_slice()).name.clone();
        let stands = table.indexes.get(&index).is_some_and(|index| {
            index.parts.iter().any(|part| match &part.key {
                IndexKey::Column(column) => referenced(&new.schema, column),
                IndexKey::Expr(_) => false,
            })
        });
        if !stands && let Some(table) = new.schema.tables.get_mut(name) {
            table.indexes.remove(&index);
        }
        return;
    }
    // A unique index may only come to columns that had a value of their own in each row, or that have no rows yet.
    let settled: Vec<String> = table
        .columns
        .iter()
        .filter(|column| {
            origin_of_column(old, &new.schema, name, column)
                .is_none_or(|(_, was)| was.data_type != column.data_type)
        })
        .map(|column| column.name.to_string())
        .collect();
    if let Some(index) = index(dice, &new.schema, table, avoid, true) {
        let fresh_column = index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(column) => settled.iter().any(|name| *name == column.as_str()),
            IndexKey::Expr(_) => false,
        });
        if !(index.unique && fresh_column)
            && let Some(table) = new.schema.tables.get_mut(name)
        {
            table.indexes.insert(index);
        }
    }
}

fn change_objects(dice: &mut Dice, new: &mut Draft, avoid: &[String]) {
    match dice.below(3) {
        0 => new.add_topic(dice, avoid),
        1 if !new.topics.is_empty() => {
            let at = dice.place(new.topics.len());
            new.topics.remove(at);
        }
        _ if !new.topics.is_empty() => {
            let at = dice.place(new.topics.len());
            new.topics[at].turn();
        }
        _ => {}
    }
}

fn change_values(dice: &mut Dice, new: &mut Draft) {
    let mut enums: Vec<_> = new.schema.enums.values_mut().collect();
    if enums.is_empty() {
        return;
    }
    let at = dice.place(enums.len());
    let colours = &mut enums[at];
    match dice.below(3) {
        0 => {
            let name = format!("colour {}", dice.below(50));
            if !colours.values.iter().any(|value| value.name == name.as_str()) {
                colours.values.push(EnumValue::from(name.as_str()));
            }
        }
        1 => colours.values.reverse(),
        _ => {
            // `red` stays: it is what columns are filled with.
            if let Some(value) = colours.values.iter_mut().find(|value| value.name == "blue") {
                value.was = Hint::some(value.name.clone());
                value.name = Name::new("navy");
            }
        }
    }
}

fn change_nullability(dice: &mut Dice, old: &Draft, new: &mut Draft, name: &QualifiedName) {
    let schema = new.schema.clone();
    let own = |column: &Column| {
        let table = &schema.tables[name];
        column.generated.is_none() && !in_key(&schema, table, column)
    };
    let Some(column) = some_column(dice, &schema.tables[name], own) else { return };
    let origin = origin_of_column(old, &schema, name, &column).map(|(_, was)| was);
    let Some(table) = new.schema.tables.get_mut(name) else { return };
    if let Some(column) = table.columns.get_mut(&column.name) {
        column.nullable = !column.nullable;
        if !column.nullable {
            let was_flag = origin.is_some_and(|was| was.data_type == Type::Boolean);
            column.fill = Hint::some(if was_flag {
                words::fill(dice.dialect(), &Type::Boolean)
            } else {
                words::fill(dice.dialect(), &column.data_type)
            });
        }
    }
}

/// Changes a type to one that holds every value of the rows.
fn change_type(dice: &mut Dice, new: &mut Draft, name: &QualifiedName) {
    let schema = new.schema.clone();
    let own = |column: &Column| {
        let table = &schema.tables[name];
        let read = table
            .columns
            .iter()
            .any(|twin| twin.generated.as_ref().is_some_and(|g| g.expr.mentions(&column.name)));
        column.generated.is_none() && !read && !in_key(&schema, table, column)
    };
    let Some(chosen) = some_column(dice, &schema.tables[name], own) else { return };
    let Some(table) = new.schema.tables.get_mut(name) else { return };
    let wider = words::wider(dice, &chosen.data_type);
    if let Some(column) = table.columns.get_mut(&chosen.name)
        && column.data_type != wider
    {
        column.data_type = wider;
        column.default = None;
        // What a flag is filled with must be one when it is turned back into a flag.
        if column.fill.get().is_some() && chosen.data_type != Type::Boolean {
            column.fill = Hint::some(words::fill(dice.dialect(), &column.data_type));
        }
        table.checks.retain(|check| !check.expr.mentions(&chosen.name));
    }
}

fn change_table(dice: &mut Dice, new: &mut Draft, name: &QualifiedName) {
    let Some(table) = new.schema.tables.get_mut(name) else { return };
    match dice.below(8) {
        0 => table.options.strict = !table.options.strict,
        1 => toggle_rowid(table),
        2 if !table.checks.is_empty() => {
            let at = dice.place(table.checks.len());
            table.checks.remove(at);
        }
        2 | 3 => add_check(dice, table),
        4 => add_generated(dice, table),
        5 => change_collation(dice, table),
        _ => change_default(dice, table),
    }
}

fn change_collation(dice: &mut Dice, table: &mut Table) {
    let text = |column: &Column| column.data_type == Type::Text && column.generated.is_none();
    let Some(column) = some_column(dice, table, text) else { return };
    // What a table is divided by stays what it is.
    if table.options.partition_by.iter().any(|by| by.mentions(&column.name)) {
        return;
    }
    if let Some(column) = table.columns.get_mut(&column.name) {
        column.collation = match &column.collation {
            Some(_) => None,
            None => Some(words::collation(dice.dialect())),
        };
    }
}

fn change_default(dice: &mut Dice, table: &mut Table) {
    let Some(column) = some_column(dice, table, |c| c.generated.is_none()) else { return };
    let keyed = table.primary_key.as_ref().is_some_and(|k| k.columns.contains(&column.name))
        || table.uniques.iter().any(|unique| unique.columns.contains(&column.name))
        || table.exclusions.iter().any(|exclusion| exclusion.rule.mentions(&column.name))
        || table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    if let Some(column) = table.columns.get_mut(&column.name)
        && !keyed
    {
        column.default = match &column.default {
            Some(ColumnDefault::Expr(_)) | None => words::default(dice, &column.data_type),
            Some(_) if dice.one_in(2) => {
                // A column that came in the same release, and without a default, must say what rows get.
                if !column.nullable && column.fill.is_none() {
                    column.fill = Hint::some(words::fill(dice.dialect(), &column.data_type));
                }
                None
            }
            Some(_) => {
                Some(ColumnDefault::Expr(fill_as_default(dice.dialect(), &column.data_type)))
            }
        };
    }
}

fn fill_as_default(dialect: DialectName, data_type: &Type) -> Expr {
    Expr::new(format!("( {} )", words::fill(dialect, data_type)))
}
