//! A schema that is being thought up, and pairs of them.

use peristyle_schema::{EnumType, EnumValue, Hint, Pair, QualifiedName, Schema, Type};

use peristyle_sql::DialectName;

use super::Dice;
use super::mutate::mutate;
use super::names::taken;
use super::objects::{Topic, topic};
use super::postgres::{Standing, divide, documentation, inherit, is_divided, mood};
use super::table::{ENUM, add_reference, column_names, table};
use super::words;

/// A schema with what its views and triggers are about.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The schema without its objects.
    pub schema: Schema,
    /// What its views and triggers are about.
    pub topics: Vec<Topic>,
    /// What its columns stand on (PostgreSQL).
    pub standing: Standing,
}

/// How the two schemas of a pair came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// The new one is the old one after some edits: the rows of the old one fit the new one.
    Neighbours,
    /// The two have only their names in common: no row of the old one need fit the new one.
    Strangers,
}

/// A pair of declared schemas, by its seed.
pub fn pair(dialect: DialectName, seed: u64) -> (Pairing, Pair<Schema>) {
    let mut dice = Dice::of(seed).speaking(dialect);
    if dice.one_in(5) {
        let old = Draft::random(&mut dice, &[]).finished();
        let mut new = loop {
            let new = Draft::random(&mut dice, &[]).finished();
            if !divides_otherwise(&old, &new) {
                break new;
            }
        };
        advise(dialect, &mut new);
        return (Pairing::Strangers, Pair::new(old, new));
    }
    let mut old = Draft::random(&mut dice, &[]);
    let mut new = old.clone();
    for _ in 0..1 + dice.below(7) {
        mutate(&mut dice, &old, &mut new);
    }
    if dialect == DialectName::Postgres {
        inherit(seed, &mut old, &mut new);
    }
    (Pairing::Neighbours, Pair::new(old.finished(), new.finished()))
}

/// Whether a table of both schemas would have to be divided into partitions otherwise, which no database can.
fn divides_otherwise(old: &Schema, new: &Schema) -> bool {
    old.tables.values().any(|table| {
        new.tables.get(&table.name).is_some_and(|twin| is_divided(table) || is_divided(twin))
    })
}

/// Says of every required column what existing rows get, and of every column how a value of another type is converted.
fn advise(dialect: DialectName, schema: &mut Schema) {
    for table in schema.tables.values_mut() {
        for column in table.columns.iter_mut() {
            let value = words::fill(dialect, &column.data_type);
            if !column.nullable {
                column.fill = Hint::some(value.clone());
            }
            column.using = Hint::some(value);
        }
    }
}

impl Draft {
    /// A random schema whose tables have none of the names to avoid.
    fn random(dice: &mut Dice, avoid: &[String]) -> Self {
        let mut schema = Schema::empty();
        schema.insert_enum(EnumType {
            name: ENUM.into(),
            was: Hint::NONE,
            doc: None,
            values: ["red", "it's green", "blue"].into_iter().map(EnumValue::from).collect(),
        });
        let postgres = dice.dialect() == DialectName::Postgres;
        if postgres {
            schema.insert_enum(mood());
            for held in schema.enums.values_mut() {
                held.doc = documentation(dice);
            }
        }
        for _ in 0..1 + dice.below(4) {
            let mut table = table(dice, &schema, avoid);
            if postgres && dice.one_in(6) {
                divide(dice, &mut schema, &mut table, avoid);
            }
            schema.insert_table(table);
        }
        for _ in 0..dice.below(4) {
            connect(dice, &mut schema, &[]);
        }
        let standing = if postgres { Standing::random(dice) } else { Standing::default() };
        let mut draft = Self { schema, topics: Vec::new(), standing };
        for _ in 0..dice.below(if postgres { 6 } else { 3 }) {
            draft.add_topic(dice, avoid);
        }
        draft
    }

    /// A view or trigger more.
    pub fn add_topic(&mut self, dice: &mut Dice, avoid: &[String]) {
        let mut avoid = avoid.to_vec();
        avoid.extend(self.topics.iter().map(|topic| topic.name().to_string()));
        self.topics.extend(topic(dice, &self.schema, &avoid));
    }

    /// Every name that is taken.
    pub fn taken(&self) -> Vec<String> {
        let mut names = taken(&self.schema);
        names.extend(self.topics.iter().map(|topic| topic.name().to_string()));
        names
    }

    /// The schema with its objects; an enumerated type that no column is of does not count.
    pub fn finished(&self) -> Schema {
        let mut schema = self.schema.clone();
        for topic in self.topics.iter().filter(|topic| topic.holds(&self.schema)) {
            for definition in topic.definitions(&self.schema) {
                schema.objects.entry(definition.id.clone()).or_insert(definition);
            }
        }
        let used = |name: &QualifiedName| {
            let one = Type::Enum(name.clone());
            let many = Type::Array(Box::new(one.clone()));
            let mut columns = self.schema.tables.values().flat_map(|table| &table.columns);
            columns.any(|column| column.data_type == one || column.data_type == many)
        };
        schema.enums.retain(|name, _| used(name));
        for definition in self.standing.definitions(&self.schema) {
            schema.insert_object(definition);
        }
        schema
    }
}

/// A foreign key from a random table to another, or to itself; `avoid` are column names that were used before.
pub fn connect(dice: &mut Dice, schema: &mut Schema, avoid: &[String]) {
    // A partition has the columns and the keys of its table.
    let whole = schema.tables.values().filter(|table| table.options.partition_of.is_none());
    let names: Vec<_> = whole.map(|table| table.name.clone()).collect();
    let (child, parent) = (dice.pick(&names).clone(), dice.pick(&names).clone());
    let Some(parent) = schema.tables.get(&parent).cloned() else { return };
    // A table that lasts cannot lead to one that does not.
    if parent.options.unlogged && parent.name != child {
        return;
    }
    if let Some(table) = schema.tables.get_mut(&child)
        && column_names(table).len() < 12
    {
        add_reference(dice, table, &parent, avoid);
        if is_divided(table) {
            table.foreign_keys.iter_mut().for_each(|key| key.not_valid = false);
        }
    }
}
