//! What objects stand on, and whether they must make way when it changes.

use std::collections::BTreeSet;

use peristyle_schema::{Definition, ObjectId, ObjectKind, QualifiedName, Schema};

use super::graph::{Named, Node};
use super::mentions;

/// What changes in tables and types, as far as objects that stand on them must make way. All names are the old ones.
#[derive(Default)]
pub(super) struct Touched {
    /// Tables that go.
    pub(super) gone: BTreeSet<QualifiedName>,
    /// Tables of which a column goes, changes its type or its name.
    pub(super) reshaped: BTreeSet<QualifiedName>,
    /// The columns that do so, with their tables.
    pub(super) columns: BTreeSet<(QualifiedName, String)>,
    /// Those of them that are dropped and made again.
    pub(super) remade: BTreeSet<(QualifiedName, String)>,
    /// The columns that change so, and those that get another name.
    pub(super) reread: BTreeSet<(QualifiedName, String)>,
    /// Tables that get more columns: a view that takes all of them must be made again.
    pub(super) widened: BTreeSet<QualifiedName>,
    /// Tables whose rows are updated: their triggers must not fire.
    pub(super) updated: BTreeSet<QualifiedName>,
    /// Types that are made anew.
    pub(super) types: BTreeSet<QualifiedName>,
}

/// Whether an object must be dropped, because the server will not let what it stands on change beneath it.
pub(super) fn must_go(
    held: &Definition,
    named: &[Named],
    old: &Schema,
    early: &BTreeSet<&ObjectId>,
    touched: &Touched,
) -> bool {
    let tracked = || named.iter().filter(|named| named.is_tracked());
    let names_any = |names: &BTreeSet<QualifiedName>| {
        tracked().any(|named| names.iter().any(|name| named.is_name(name)))
    };
    let names_early = tracked().any(|named| {
        early.iter().any(|id| {
            **id != held.id
                && old.objects.get(*id).is_some_and(|other| named.is(&Node::Object(other)))
        })
    });
    let owner = held.id.of.as_ref().or(held.on.as_ref());
    let reads = |columns: &BTreeSet<(QualifiedName, String)>| {
        columns.iter().any(|(table, column)| {
            tracked().any(|named| named.is_name(table))
                && mentions::words(&held.sql).any(|word| word.name == column.as_str())
        })
    };
    match held.id.kind {
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable => false,
        ObjectKind::Function => {
            let words = || mentions::words(&held.sql).filter(|word| !word.inside);
            let atomic = words().any(|word| word.name == "atomic" || word.name == "return");
            names_early
                || names_any(&touched.gone)
                || names_any(&touched.types)
                || (atomic && names_any(&touched.reshaped))
        }
        ObjectKind::View | ObjectKind::MaterializedView => {
            names_early
                || names_any(&touched.gone)
                || names_any(&touched.types)
                || reads(&touched.reread)
                || (takes_unnamed(&held.sql) && names_any(&touched.reshaped))
                || (takes_all(&held.sql) && names_any(&touched.widened))
        }
        ObjectKind::ViewIndex => names_early,
        ObjectKind::Trigger => {
            names_early
                || owner.is_some_and(|owner| {
                    touched.gone.contains(owner) || touched.updated.contains(owner)
                })
                || reads(&touched.columns)
        }
        ObjectKind::Policy => {
            names_early
                || names_any(&touched.gone)
                || names_any(&touched.types)
                || reads(&touched.columns)
        }
        // A right goes with what it is on, and that on a column with the column.
        ObjectKind::Grant => owner.is_some_and(|owner| {
            let on_remade = touched.remade.iter().any(|(table, column)| {
                table == owner
                    && mentions::words(&held.sql).any(|word| word.name == column.as_str())
            });
            touched.gone.contains(owner)
                || touched.types.contains(owner)
                || on_remade
                || early.iter().any(|id| id.kind != ObjectKind::Grant && id.name == *owner)
        }),
    }
}

/// Whether a query takes all columns of something: `*` that does not stand in a call.
fn takes_all(sql: &str) -> bool {
    let words: Vec<&str> = sql.split('*').collect();
    words.windows(2).any(|pair| {
        let before = pair[0].trim_end();
        let after = pair[1].trim_start();
        before.ends_with(|c: char| c == ',' || c == '.' || c.is_alphabetic())
            && (after.starts_with([',', ')'])
                || after.is_empty()
                || after.starts_with(char::is_alphabetic))
            && (before.ends_with([',', '.'])
                || ends_with_word(before, &["select", "distinct", "all"]))
    })
}

/// Whether a query takes columns without naming them: all of them, those that two tables share, or by their places.
fn takes_unnamed(sql: &str) -> bool {
    let words: Vec<_> = mentions::words(sql).filter(|word| !word.inside).collect();
    let bare =
        |at: usize, text: &str| words.get(at).is_some_and(|word| !word.quoted && word.name == text);
    // `FROM t AS x (a, b)` names the columns anew.
    let aliased = (0..words.len()).any(|at| {
        let from = bare(at, "from") || bare(at, "join");
        let behind = at + 2 + usize::from(bare(at + 2, "as"));
        from && words.get(at + 1).is_some_and(|word| !word.call)
            && words.get(behind).is_some_and(|word| word.call && !is_keyword(&word.name))
    });
    takes_all(sql) || aliased || (0..words.len()).any(|at| bare(at, "natural") || bare(at, "table"))
}

/// Words that may stand behind a table in a query with a parenthesis behind them.
fn is_keyword(word: &str) -> bool {
    ["where", "on", "using", "join", "lateral", "values", "union", "except", "intersect", "select"]
        .contains(&word)
}

fn ends_with_word(text: &str, words: &[&str]) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    words.iter().any(|word| word.eq_ignore_ascii_case(last))
}

#[cfg(test)]
mod tests {
    use super::{takes_all, takes_unnamed};

    #[test]
    fn columns_that_a_query_takes_without_their_names() {
        for sql in [
            "CREATE VIEW v AS SELECT * FROM t",
            "CREATE VIEW v AS SELECT a FROM t NATURAL JOIN u",
            "CREATE VIEW v AS TABLE t",
            "CREATE VIEW v AS SELECT x.one FROM t x (one, two)",
            "CREATE VIEW v AS SELECT x.one FROM u JOIN t AS x(one) ON true",
        ] {
            assert!(takes_unnamed(sql), "{sql}");
        }
        for sql in [
            "CREATE VIEW v AS SELECT a, count(*) FROM t WHERE (b > 1)",
            "CREATE VIEW v (one) AS SELECT lower(a) FROM t x JOIN u USING (id)",
            "CREATE VIEW v AS SELECT n.a FROM f(1) n JOIN u ON (u.a = n.a)",
        ] {
            assert!(!takes_unnamed(sql), "{sql}");
        }
    }

    #[test]
    fn a_star_that_takes_columns_is_told_from_the_others() {
        for sql in [
            "select * from t",
            "SELECT t.* FROM t",
            "select a,*\nfrom t",
            "select distinct *, 1 from t",
        ] {
            assert!(takes_all(sql), "{sql}");
        }
        for sql in ["select count(*) from t", "select a * b from t", "select 2 *3"] {
            assert!(!takes_all(sql), "{sql}");
        }
    }
}
