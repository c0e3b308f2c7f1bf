//! Names that people use, and names that break programs.

use peristyle_schema::Schema;

use super::Dice;

const PLAIN: &[&str] = &[
    "user", "account", "note", "title", "body", "email", "state", "amount", "city", "country",
    "tag", "slot", "price", "event", "kind", "level", "score", "owner", "parent", "label",
];

/// Names that have to be quoted, or to be told apart from something.
pub const ODD: &[&str] = &[
    "order",
    "group",
    "select",
    "table",
    "index",
    "check",
    "primary",
    "references",
    "two words",
    "quo\"ted",
    "it's",
    "Πίνακας",
    "MixedCase",
    "1st",
    "semi;colon",
    "da-sh",
    "[brackets]",
    "back`tick",
    "a.dot",
    "percent%",
    "rowid_",
    "null",
    "type",
    "fn",
    "key",
];

/// A name that none of the taken ones equals, in any case.
pub fn fresh(dice: &mut Dice, taken: &[String]) -> String {
    loop {
        let mut name = match dice.below(4) {
            0 => (*dice.pick(ODD)).to_owned(),
            _ => (*dice.pick(PLAIN)).to_owned(),
        };
        if dice.one_in(3) || taken.len() > 12 {
            name.push_str(&format!("_{}", dice.below(90)));
        }
        if !taken.iter().any(|held| held.to_lowercase() == name.to_lowercase()) {
            return name;
        }
    }
}

/// The names that tables, indexes and objects of a schema have: SQLite keeps them all in one place.
pub fn taken(schema: &Schema) -> Vec<String> {
    let tables = schema.tables.values();
    let mut names: Vec<String> = schema.tables.keys().map(|name| name.name.to_string()).collect();
    names.extend(tables.flat_map(|table| table.indexes.iter().map(|i| i.name.to_string())));
    names.extend(schema.objects.keys().map(|id| id.name.name.to_string()));
    names
}
