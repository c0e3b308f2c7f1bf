use std::collections::BTreeMap;
use std::fmt::Write;

use peristyle_schema::{Column, ForeignKey, QualifiedName, Schema, Table};

/// The schema as a Mermaid entity-relationship diagram (<https://mermaid.js.org/syntax/entityRelationshipDiagram.html>).
///
/// Mermaid takes only plain words as names of columns and types, so every other character becomes an underscore there;
/// the names of tables are quoted and kept.
pub fn mermaid(schema: &Schema) -> String {
    let ids = ids(schema);
    let mut out = String::from("erDiagram\n");
    for table in schema.tables.values() {
        let id = &ids[&table.name];
        let label = label(&table.name.to_string());
        let _ = writeln!(out, "    {id}[\"{label}\"] {{");
        for column in &table.columns {
            let _ = write!(
                out,
                "        {} {}",
                word(&column.data_type.to_string()),
                word(&column.name)
            );
            let keys = keys(table, column);
            if !keys.is_empty() {
                let _ = write!(out, " {}", keys.join(", "));
            }
            if column.nullable {
                out.push_str(" \"may be null\"");
            }
            out.push('\n');
        }
        out.push_str("    }\n");
    }
    for table in schema.tables.values() {
        for key in &table.foreign_keys {
            if let Some(target) = ids.get(&key.references.table) {
                let columns: Vec<&str> = key.columns.iter().map(|c| c.as_str()).collect();
                let _ = writeln!(
                    out,
                    "    {target} {} {} : \"{}\"",
                    line(table, key),
                    ids[&table.name],
                    label(&columns.join(", "))
                );
            }
        }
    }
    out
}

/// A word for each table that no other table shares.
fn ids(schema: &Schema) -> BTreeMap<&QualifiedName, String> {
    let mut ids = BTreeMap::new();
    for name in schema.tables.keys() {
        let stem = word(&name.to_string());
        let mut id = stem.clone();
        let mut count = 1;
        while ids.values().any(|taken| *taken == id) {
            count += 1;
            id = format!("{stem}_{count}");
        }
        ids.insert(name, id);
    }
    ids
}

/// How many rows stand at each end: one or none at the referenced end if the key may be null, at most one at the
/// referencing end if its columns are unique.
fn line(table: &Table, key: &ForeignKey) -> String {
    let optional =
        key.columns.iter().any(|name| table.columns.get(name).is_some_and(|c| c.nullable));
    let referenced = if optional { "|o" } else { "||" };
    let referencing = if is_unique(table, key) { "o|" } else { "o{" };
    format!("{referenced}--{referencing}")
}

fn is_unique(table: &Table, key: &ForeignKey) -> bool {
    let same = |columns: &[peristyle_schema::Name]| {
        columns.len() == key.columns.len() && columns.iter().all(|c| key.columns.contains(c))
    };
    table.primary_key.as_ref().is_some_and(|pk| same(&pk.columns))
        || table.uniques.iter().any(|unique| same(&unique.columns))
        || table.indexes.iter().any(|index| {
            let columns: Option<Vec<_>> = index
                .parts
                .iter()
                .map(|part| match &part.key {
                    peristyle_schema::IndexKey::Column(name) => Some(name.clone()),
                    peristyle_schema::IndexKey::Expr(_) => None,
                })
                .collect();
            index.unique && index.filter.is_none() && columns.is_some_and(|columns| same(&columns))
        })
}

fn keys(table: &Table, column: &Column) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name)) {
        keys.push("PK");
    }
    if table.foreign_keys.iter().any(|key| key.columns.contains(&column.name)) {
        keys.push("FK");
    }
    keys
}

fn word(text: &str) -> String {
    let mut word: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        word.insert(0, 'x');
    }
    word
}

fn label(text: &str) -> String {
    text.replace('"', "'").replace('\n', " ")
}
