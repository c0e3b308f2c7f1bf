//! A table that inherits from another of a pair's tables, with what people do to it between two releases.
//!
//! It comes from dice of its own, so that the rest of a pair is what it is without it.

use peristyle_schema::{
    Column, Hint, Identity, Name, PrimaryKey, QualifiedName, Schema, Table, Type,
};

use super::super::Dice;
use super::super::draft::Draft;
use super::super::mutate::forget;
use super::super::names::fresh;
use super::super::table::{add_check, column, column_names, index};
use super::super::words;
use super::partition::is_divided;
use super::table::{documentation, home};

/// What the seed of a pair is mixed with.
const ROOM: u64 = 0x1A4E_21D5;

/// Gives some pairs a child: a table that inherits from one that both schemas have.
pub fn inherit(seed: u64, old: &mut Draft, new: &mut Draft) {
    let mut dice = Dice::of(seed ^ ROOM).speaking(peristyle_sql::DialectName::Postgres);
    if !dice.one_in(3) {
        return;
    }
    let parents: Vec<(QualifiedName, QualifiedName)> = old
        .schema
        .tables
        .values()
        .filter(|table| !is_divided(table))
        .filter_map(|table| Some((table.name.clone(), name_after(&new.schema, &table.name)?)))
        .collect();
    if parents.is_empty() {
        return;
    }
    let (was, is) = dice.pick(&parents).clone();
    let mut avoid = column_names(&old.schema.tables[&was]);
    avoid.extend(column_names(&new.schema.tables[&is]));
    let mut names = old.taken();
    names.extend(new.taken());
    let child = child(&mut dice, &old.schema, &was, &avoid, &names);
    names.push(child.name.name.to_string());
    let turn = dice.below(9);
    // It goes.
    if turn == 0 {
        old.schema.insert_table(child);
        return;
    }
    let mut after = child.clone();
    after.options.inherits = vec![is.clone()];
    settle(&mut after, &new.schema.tables[&is], &old.schema.tables[&was]);
    // It comes, or is there already.
    if turn != 8 {
        old.schema.insert_table(child);
    }
    match turn {
        1 => {
            let mut more = column(&mut dice, &after, &avoid);
            if !more.nullable {
                more.fill = Hint::some(words::fill(dice.dialect(), &more.data_type));
            }
            after.columns.insert(more);
        }
        2 => {
            let own: Vec<Name> = after.columns.iter().map(|column| column.name.clone()).collect();
            let keyed = |name: &Name| {
                after.primary_key.as_ref().is_some_and(|key| key.columns.contains(name))
            };
            if let Some(name) = own.iter().find(|name| !keyed(name)) {
                forget(&mut after, name);
            }
        }
        3 => {
            after.was = Hint::some(after.name.clone());
            let to = fresh(&mut dice, &names);
            after.name = home(&mut dice, to);
        }
        4 => add_check(&mut dice, &mut after),
        5 => after.doc = documentation(&mut dice),
        _ => {}
    }
    new.schema.insert_table(after);
}

/// The name that a table of the old schema has in the new one, if it lives on whole.
fn name_after(new: &Schema, name: &QualifiedName) -> Option<QualifiedName> {
    let renamed = new.tables.values().find(|table| table.was.get() == Some(name));
    let lives = || new.tables.get(name).filter(|table| table.was.is_none());
    let table = renamed.or_else(lives)?;
    (!is_divided(table)).then(|| table.name.clone())
}

fn child(
    dice: &mut Dice,
    schema: &Schema,
    parent: &QualifiedName,
    avoid: &[String],
    names: &[String],
) -> Table {
    let name = fresh(dice, names);
    let mut child = Table::new(home(dice, name));
    child.options.inherits = vec![parent.clone()];
    child.doc = documentation(dice);
    if dice.one_in(3) {
        let mut taken = column_names(&child);
        taken.extend_from_slice(avoid);
        let mut key = Column::new(fresh(dice, &taken), Type::BigInt);
        key.identity = Some(Identity::ByDefault);
        let columns = vec![key.name.clone()];
        child.primary_key = Some(PrimaryKey { name: None, columns, autoincrement: false });
        child.columns.insert(key);
    }
    for _ in 0..dice.below(3) {
        let column = column(dice, &child, avoid);
        child.columns.insert(column);
    }
    if dice.one_in(3) {
        add_check(dice, &mut child);
    }
    // An index may stand on the parent's columns, too.
    if dice.one_in(2) {
        let mut whole = child.clone();
        for column in &schema.tables[parent].columns {
            whole.columns.insert(Column { identity: None, ..column.clone() });
        }
        if let Some(mut index) = index(dice, schema, &whole, names, true)
            && !index.unique
        {
            // A declaration names its own fields there.
            index.include.retain(|name| child.columns.contains(name));
            child.indexes.insert(index);
        }
    }
    child
}

/// Takes from the child what stands on columns that its parent has no more, or has otherwise.
fn settle(child: &mut Table, parent: &Table, was: &Table) {
    let gone = was.columns.iter().filter(|column| {
        parent.columns.get(&column.name).is_none_or(|now| now.data_type != column.data_type)
    });
    let gone: Vec<Name> = gone.map(|column| column.name.clone()).collect();
    for name in gone {
        forget(child, &name);
    }
}
