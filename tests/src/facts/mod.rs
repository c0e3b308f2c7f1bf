//! What a database says of itself: a witness that knows nothing of Peristyle's catalog readers.

mod postgres;
mod sqlite;

use std::collections::BTreeMap;

pub use postgres::facts as of_postgres;
pub use sqlite::facts as of_sqlite;

/// Facts by subject: `users.email` has these attributes.
pub type Facts = BTreeMap<String, Vec<String>>;

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
