//! What the engine's pragmas say of a database, against what was read.

use std::collections::BTreeSet;

use peristyle_schema::{Action, ColumnDefault, Index, IndexKey, ObjectKind, Order, Schema, Table};
use rusqlite::{Connection, Row};

use super::super::super::{collation, data_type, rowid};

fn query<T>(engine: &Connection, sql: &str, name: &str, map: impl Fn(&Row<'_>) -> T) -> Vec<T> {
    let mut query = engine.prepare(sql).unwrap();
    query.query_map([name], |row| Ok(map(row))).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Compares all that the pragmas tell.
pub(super) fn compare(engine: &Connection, schema: &Schema, script: &str) {
    let listed = query(
        engine,
        "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = ?1 AND name NOT LIKE 'sqlite_%' ORDER BY name",
        "main",
        |row| {
            let text = |at| row.get::<_, String>(at).unwrap();
            (text(0), text(1), row.get::<_, bool>(2).unwrap(), row.get::<_, bool>(3).unwrap())
        },
    );
    let names = |kind: &str| -> BTreeSet<String> {
        listed.iter().filter(|(_, k, ..)| k == kind).map(|(name, ..)| name.clone()).collect()
    };
    let objects = |kind: ObjectKind| -> BTreeSet<String> {
        schema
            .objects
            .keys()
            .filter(|id| id.kind == kind)
            .map(|id| id.name.name.to_string())
            .collect()
    };
    let tables: BTreeSet<String> = schema.tables.keys().map(|name| name.name.to_string()).collect();
    assert_eq!(tables, names("table"), "{script}");
    assert_eq!(objects(ObjectKind::View), names("view"), "{script}");
    assert_eq!(objects(ObjectKind::VirtualTable), names("virtual"), "{script}");
    for table in schema.tables.values() {
        let (_, _, without_rowid, strict) =
            listed.iter().find(|(n, ..)| *n == *table.name.name).unwrap();
        assert_eq!(
            (table.options.without_rowid, table.options.strict),
            (*without_rowid, *strict),
            "{script}"
        );
        compare_columns(engine, table, script);
        compare_indexes(engine, table, script);
        compare_foreign_keys(engine, table, script);
    }
}

fn compare_columns(engine: &Connection, table: &Table, script: &str) {
    let theirs = query(
        engine,
        "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)",
        &table.name.name,
        |row| {
            let (name, words): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
            let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            let (not_null, key, hidden): (bool, u32, u8) =
                (row.get(2).unwrap(), row.get(3).unwrap(), row.get(4).unwrap());
            (name, words.to_uppercase(), not_null, key, hidden)
        },
    );
    let alias = rowid::alias(table);
    let key = table.primary_key.iter().flat_map(|key| &key.columns).collect::<Vec<_>>();
    let ours: Vec<_> = table
        .columns
        .iter()
        .zip(&theirs)
        .map(|(column, (_, their_words, their_not_null, ..))| {
            let words = data_type::words(&column.data_type).to_uppercase();
            // Comments inside a type, and the quotes of one that is quoted in part, are the engine's own affair.
            let odd = words.contains(['"', '\'']) || their_words.contains("/*");
            let words = if odd { their_words.clone() } else { words.replace(' ', "") };
            // The row's number is never null, whether the text says so or not.
            let is_alias = alias == Some(&column.name);
            let not_null = if is_alias { *their_not_null } else { !column.nullable };
            let place =
                key.iter().position(|name| **name == column.name).map_or(0, |at| at as u32 + 1);
            let hidden = column.generated.as_ref().map_or(0, |g| if g.stored { 3 } else { 2 });
            (column.name.to_string(), words, not_null, place, hidden)
        })
        .collect();
    assert_eq!(ours, theirs, "{script}");
    compare_defaults(engine, table, script);
}

/// The two texts must give the same value; one that gives another at each time is left to the eye.
fn compare_defaults(engine: &Connection, table: &Table, script: &str) {
    let theirs = query(
        engine,
        "SELECT name, dflt_value FROM pragma_table_xinfo(?1) WHERE dflt_value IS NOT NULL",
        &table.name.name,
        |row| (row.get::<_, String>(0).unwrap(), row.get::<_, String>(1).unwrap()),
    );
    let value = |expr: &str| -> Result<String, rusqlite::Error> {
        engine.query_row(&format!("SELECT quote({expr}\n)"), [], |row| row.get(0))
    };
    for (name, text) in theirs {
        let ours = match &table.columns.get(&name).unwrap().default {
            None => "NULL".to_owned(),
            Some(ColumnDefault::Expr(expr)) => expr.to_string(),
            Some(other) => panic!("{other:?}"),
        };
        let lower = text.to_lowercase();
        let stable = !["random", "current", "now"].iter().any(|word| lower.contains(word));
        if let Ok(expected) = value(&text)
            && stable
        {
            assert_eq!(value(&ours).unwrap(), expected, "{script}: {name}");
        }
    }
}

fn compare_indexes(engine: &Connection, table: &Table, script: &str) {
    let theirs = query(
        engine,
        "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1) WHERE origin <> 'pk'",
        &table.name.name,
        |row| {
            let (name, unique): (String, bool) = (row.get(0).unwrap(), row.get(1).unwrap());
            let (origin, partial): (String, bool) = (row.get(2).unwrap(), row.get(3).unwrap());
            (name, unique, origin, partial)
        },
    );
    let mut theirs: Vec<String> = theirs
        .iter()
        .map(|(name, unique, origin, partial)| {
            let parts = query(
                engine,
                "SELECT name, \"desc\", coll, cid FROM pragma_index_xinfo(?1) WHERE key",
                name,
                |row| {
                    let (name, desc): (Option<String>, bool) =
                        (row.get(0).unwrap(), row.get(1).unwrap());
                    let (coll, cid): (String, i64) = (row.get(2).unwrap(), row.get(3).unwrap());
                    match name {
                        Some(name) if cid >= 0 => format!("{name} {} {desc}", coll.to_uppercase()),
                        _ => format!("expr {desc}"),
                    }
                },
            );
            let name = if origin == "c" { name } else { "-" };
            format!("{name} {unique} {partial} {parts:?}")
        })
        .collect();
    let mut ours: Vec<String> = table.indexes.iter().map(|index| shown(index, table)).collect();
    theirs.sort();
    ours.sort();
    assert_eq!(ours, theirs, "{script}");
}

fn shown(index: &Index, table: &Table) -> String {
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let desc = part.order == Order::Descending;
            match &part.key {
                IndexKey::Expr(_) => format!("expr {desc}"),
                IndexKey::Column(name) => {
                    let column = table.columns.get(name).unwrap();
                    let collation = part.collation.as_ref().or(column.collation.as_ref());
                    let collation = collation.map_or_else(|| "BINARY".into(), collation::canonical);
                    format!("{name} {} {desc}", collation.to_uppercase())
                }
            }
        })
        .collect();
    let name = if index.constraint.is_none() { index.name.as_str() } else { "-" };
    format!("{name} {} {} {parts:?}", index.unique, index.filter.is_some())
}

fn compare_foreign_keys(engine: &Connection, table: &Table, script: &str) {
    let mut theirs = query(
        engine,
        "SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1)",
        &table.name.name,
        |row| {
            let text = |at| row.get::<_, Option<String>>(at).unwrap();
            let id: u32 = row.get(0).unwrap();
            let lower = |at| text(at).map(|text| text.to_lowercase());
            (id, row.get::<_, u32>(1).unwrap(), lower(2), text(3), lower(4), text(5), text(6))
        },
    );
    theirs.sort();
    let last = table.foreign_keys.len() as u32;
    let mut ours = Vec::new();
    for (at, key) in table.foreign_keys.iter().enumerate() {
        for (seq, column) in key.columns.iter().enumerate() {
            let to = key.references.columns.get(seq).map(|name| name.to_lowercase());
            // The pragma counts from the last one.
            let (id, seq) = (last - 1 - at as u32, seq as u32);
            let their_to =
                theirs.iter().find(|row| (row.0, row.1) == (id, seq)).and_then(|row| row.4.clone());
            let to = if their_to.is_none() { None } else { to };
            ours.push((
                id,
                seq,
                Some(key.references.table.name.to_lowercase()),
                Some(column.to_string()),
                to,
                Some(action(key.on_update).to_owned()),
                Some(action(key.on_delete).to_owned()),
            ));
        }
    }
    ours.sort();
    assert_eq!(ours, theirs, "{script}");
}

fn action(action: Action) -> &'static str {
    match action {
        Action::NoAction => "NO ACTION",
        Action::Restrict => "RESTRICT",
        Action::Cascade => "CASCADE",
        Action::SetNull => "SET NULL",
        Action::SetDefault => "SET DEFAULT",
    }
}
