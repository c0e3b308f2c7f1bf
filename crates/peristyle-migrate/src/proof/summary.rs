//! What was proven, in one sentence.

use peristyle_schema::QualifiedName;
use peristyle_sql::Reversible;

/// How the sentence begins where there is no way back.
const NO_WAY_BACK: &str = "up; there is no way back";
/// What the sentence says of rows that came back with less than they had.
const WITH_LOSS: &str = "came back, but for the values that are lost";

/// Whether a header's word for the way back fits the sentence of its proof.
pub(crate) fn fits(proven: &str, reversible: Reversible) -> bool {
    match reversible {
        Reversible::No => proven.starts_with(NO_WAY_BACK),
        Reversible::Partial => !proven.starts_with(NO_WAY_BACK),
        Reversible::Yes => !proven.starts_with(NO_WAY_BACK) && !proven.contains(WITH_LOSS),
    }
}

/// What a trial has counted.
pub(super) struct Counts<'a> {
    pub(super) reversible: Reversible,
    /// Rows and tables that were there before.
    pub(super) rows: (usize, usize),
    /// Rows and tables that came with it.
    pub(super) new_rows: (usize, usize),
    pub(super) without_rows: &'a [(QualifiedName, String)],
    /// What is lost, each thing in words.
    pub(super) losses: &'a [String],
    /// How many tables there were before.
    pub(super) existing_tables: usize,
}

/// The sentence for the file's header.
pub(super) fn summary(counts: &Counts<'_>) -> String {
    let mut parts = vec![match counts.reversible {
        Reversible::Yes | Reversible::Partial => "up, down and up again".to_owned(),
        Reversible::No => NO_WAY_BACK.to_owned(),
    }];
    if counts.existing_tables > 0 {
        let rows = in_tables(counts.rows, "");
        parts.push(match counts.reversible {
            Reversible::Yes => format!("{rows} came back"),
            Reversible::Partial => format!("{rows} {WITH_LOSS}"),
            Reversible::No => format!("{rows} were there"),
        });
    }
    if counts.new_rows.0 > 0 {
        parts.push(format!("with {}", in_tables(counts.new_rows, "new ")));
    }
    if !counts.losses.is_empty() {
        parts.push(format!("data is lost: {}", counts.losses.join(", ")));
    }
    for (table, reason) in counts.without_rows {
        parts.push(format!("no rows in {table} ({reason})"));
    }
    parts.join("; ")
}

fn in_tables((rows, tables): (usize, usize), kind: &str) -> String {
    let plural = |n: usize, word: &str| if n == 1 { word.to_owned() } else { format!("{word}s") };
    format!("{rows} {} in {tables} {kind}{}", plural(rows, "row"), plural(tables, "table"))
}
