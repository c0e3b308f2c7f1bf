//! What SQLite itself says of a database, by its pragmas: a witness that knows nothing of Peristyle's catalog reader.

use std::collections::BTreeMap;

use crate::engine::Engine;

/// Facts by subject: `users.email` has these attributes.
pub type Facts = BTreeMap<String, Vec<String>>;

/// Everything that the pragmas tell of the user's tables.
///
/// The order of columns and of constraints is not among it, because it means nothing.
pub fn facts(engine: &Engine) -> Facts {
    let mut facts = Facts::new();
    for table in engine.tables() {
        let quoted = format!("'{}'", table.replace('\'', "''"));
        let ask = |sql: String| engine.query(&sql).expect("a pragma answers").1;
        let list = ask(format!("SELECT type, wr, strict FROM pragma_table_list({quoted})"));
        facts.insert(table.clone(), list.into_iter().flatten().collect());

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

/// The facts that two databases do not share, one a line.
pub fn disagreement(expected: &Facts, found: &Facts) -> String {
    let mut out = String::new();
    for (subject, fact) in expected {
        if found.get(subject) != Some(fact) {
            let other = found.get(subject).map_or("nothing".to_owned(), |fact| fact.join(" | "));
            out.push_str(&format!("{subject}: expected {}, found {other}\n", fact.join(" | ")));
        }
    }
    for (subject, fact) in found {
        if !expected.contains_key(subject) {
            out.push_str(&format!("{subject}: unexpected {}\n", fact.join(" | ")));
        }
    }
    out
}
