use std::collections::BTreeMap;

use super::Facts;
use crate::engine::{Engine, SqliteEngine};

/// Everything that the pragmas tell of the user's tables.
///
/// The order of columns and of constraints is not among it, because it means nothing.
pub fn facts(engine: &SqliteEngine) -> Facts {
    let mut facts = Facts::new();
    for table in engine.tables() {
        let quoted = format!("'{}'", table.name.replace('\'', "''"));
        let ask = |sql: String| engine.query(&sql).expect("a pragma answers").1;
        let list = ask(format!("SELECT type, wr, strict FROM pragma_table_list({quoted})"));
        facts.insert(table.to_string(), list.into_iter().flatten().collect());

        let columns = ask(format!(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({quoted})"
        ));
        for column in columns {
            facts.insert(format!("{table} column {}", column[0]), column);
        }
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in ask(format!(
            "SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete, match FROM pragma_foreign_key_list({quoted}) ORDER BY id, seq"
        )) {
            keys.entry(row[0].clone()).or_default().push(row[1..].join(" "));
        }
        let mut keys: Vec<String> = keys.into_values().map(|parts| parts.join("; ")).collect();
        keys.sort();
        facts.insert(format!("{table} foreign keys"), keys);

        for index in ask(format!(
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list({quoted})"
        )) {
            let parts = ask(format!(
                "SELECT seqno, name, \"desc\", coll, key FROM pragma_index_xinfo({}) WHERE key ORDER BY seqno",
                index[0]
            ));
            let name =
                if index[0].starts_with("'sqlite_autoindex") { "its own" } else { &index[0] };
            let mut fact: Vec<String> = index[1..].to_vec();
            fact.extend(parts.iter().map(|part| part.join(" ")));
            facts.insert(format!("{table} index {name}"), fact);
        }
    }
    facts
}
