//! The facts of SQLite 3.37 and later.

use crate::facts::{
    Alteration, Case, Ddl, Enforcement, Fact, Facts, IndexNames, Namespaces, NullsInUnique, Way,
};

const ADD: &str = "https://sqlite.org/lang_altertable.html#alter_table_add_column";
const DROP: &str = "https://sqlite.org/lang_altertable.html#alter_table_drop_column";
const RENAME: &str = "https://sqlite.org/lang_altertable.html#alter_table_rename";
const OTHER: &str =
    "https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes";
const INDEX: &str = "https://sqlite.org/lang_createindex.html";

const fn way(value: Way, manual: &'static str) -> Fact<Way> {
    Fact { value, manual }
}

pub(super) const FACTS: Facts = Facts {
    alterations: &[
        (Alteration::AddColumn, way(Way::InPlace, ADD)),
        (Alteration::AddRequiredColumn, way(Way::Rebuild, ADD)),
        (Alteration::AddComputedDefault, way(Way::Rebuild, ADD)),
        (Alteration::AddVirtualColumn, way(Way::InPlace, ADD)),
        (Alteration::AddStoredColumn, way(Way::Rebuild, ADD)),
        (Alteration::DropColumn, way(Way::InPlace, DROP)),
        (Alteration::DropKeyColumn, way(Way::Rebuild, DROP)),
        (Alteration::RenameColumn, way(Way::InPlace, RENAME)),
        (Alteration::RenameTable, way(Way::InPlace, RENAME)),
        (Alteration::SetType, way(Way::Rebuild, OTHER)),
        (Alteration::SetNullability, way(Way::Rebuild, OTHER)),
        (Alteration::SetDefault, way(Way::Rebuild, OTHER)),
        (Alteration::SetPrimaryKey, way(Way::Rebuild, OTHER)),
        (Alteration::AddCheck, way(Way::Rebuild, OTHER)),
        (Alteration::AddForeignKey, way(Way::Rebuild, OTHER)),
        (Alteration::AddUnique, way(Way::InPlace, INDEX)),
        (Alteration::DropConstraint, way(Way::Rebuild, OTHER)),
        (Alteration::RenameIndex, way(Way::Anew, INDEX)),
    ],
    ddl: Fact { value: Ddl::Transactional, manual: "https://sqlite.org/lang_transaction.html" },
    foreign_keys: Fact {
        value: Enforcement::SwitchedOutsideTransactions,
        manual: "https://sqlite.org/pragma.html#pragma_foreign_keys",
    },
    names: Fact { value: Case::Ignored, manual: "https://sqlite.org/lang_keywords.html" },
    namespaces: Fact { value: Namespaces::One, manual: "https://sqlite.org/lang_naming.html" },
    index_names: Fact { value: IndexNames::SharedWithTables, manual: INDEX },
    nulls_in_unique: Fact {
        value: NullsInUnique::Distinct,
        manual: "https://sqlite.org/lang_createtable.html#unique_constraints",
    },
    max_columns: Fact { value: 2000, manual: "https://sqlite.org/limits.html#max_column" },
};

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    const TABLE: &str = "CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);
        CREATE TABLE t(a UNIQUE, b, c CHECK (c > 0), d); CREATE INDEX i ON t(d); INSERT INTO t VALUES (1, 1, 1, 1);";

    /// Whether a script runs on a table with a row in it.
    fn runs(script: &str) -> bool {
        let engine = Connection::open_in_memory().unwrap();
        engine.execute_batch(TABLE).unwrap();
        engine.execute_batch(script).is_ok()
    }

    /// The statements by which an alteration would be made in place, as any database words them.
    fn in_place(alteration: Alteration) -> &'static [&'static str] {
        match alteration {
            Alteration::AddColumn => &[
                "ALTER TABLE t ADD COLUMN x TEXT",
                "ALTER TABLE t ADD COLUMN x NOT NULL DEFAULT 'x'",
            ],
            Alteration::AddRequiredColumn => &["ALTER TABLE t ADD COLUMN x TEXT NOT NULL"],
            Alteration::AddComputedDefault => &[
                "ALTER TABLE t ADD COLUMN x DEFAULT (date('now'))",
                "ALTER TABLE t ADD x DEFAULT CURRENT_DATE",
            ],
            Alteration::AddVirtualColumn => &["ALTER TABLE t ADD COLUMN x AS (a + 1) VIRTUAL"],
            Alteration::AddStoredColumn => &["ALTER TABLE t ADD COLUMN x AS (a + 1) STORED"],
            Alteration::DropColumn => &["ALTER TABLE t DROP COLUMN b"],
            Alteration::DropKeyColumn => &[
                "ALTER TABLE t DROP COLUMN a",
                "ALTER TABLE t DROP COLUMN d",
                "ALTER TABLE p DROP COLUMN id",
            ],
            Alteration::RenameColumn => &["ALTER TABLE t RENAME COLUMN c TO x"],
            Alteration::RenameTable => &["ALTER TABLE t RENAME TO x"],
            Alteration::SetType => &["ALTER TABLE t ALTER COLUMN b TYPE INT"],
            Alteration::SetNullability => &["ALTER TABLE t ALTER COLUMN b SET NOT NULL"],
            Alteration::SetDefault => &["ALTER TABLE t ALTER COLUMN b SET DEFAULT 1"],
            Alteration::SetPrimaryKey => &["ALTER TABLE t ADD PRIMARY KEY (b)"],
            Alteration::AddCheck => &["ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0)"],
            Alteration::AddForeignKey => &["ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES p (id)"],
            Alteration::AddUnique => &["CREATE UNIQUE INDEX x ON t(b)"],
            Alteration::DropConstraint => {
                &["ALTER TABLE t DROP CONSTRAINT x", "DROP INDEX sqlite_autoindex_t_1"]
            }
            Alteration::RenameIndex => &["ALTER INDEX i RENAME TO x"],
        }
    }

    #[test]
    fn each_alteration_is_made_the_way_the_table_says() {
        for (alteration, fact) in FACTS.alterations {
            for statement in in_place(*alteration) {
                assert_eq!(
                    runs(statement),
                    fact.value == Way::InPlace,
                    "{alteration:?}: {statement}"
                );
            }
            if fact.value == Way::Anew {
                assert!(runs("DROP INDEX i; CREATE INDEX x ON t(d)"), "{alteration:?}");
            }
            assert_eq!(FACTS.way(*alteration), Some(*fact), "{alteration:?} stands twice");
        }
    }

    #[test]
    fn a_rollback_undoes_statements_that_change_the_schema() {
        let engine = Connection::open_in_memory().unwrap();
        engine.execute_batch("BEGIN; CREATE TABLE t(a); ROLLBACK").unwrap();
        assert_eq!(FACTS.ddl.value, Ddl::Transactional);
        assert!(engine.prepare("SELECT * FROM t").is_err());
    }

    #[test]
    fn foreign_keys_cannot_be_switched_inside_a_transaction() {
        let engine = Connection::open_in_memory().unwrap();
        let on =
            || engine.query_row("PRAGMA foreign_keys", [], |row| row.get::<_, bool>(0)).unwrap();
        engine.execute_batch("PRAGMA foreign_keys = on; BEGIN; PRAGMA foreign_keys = off").unwrap();
        assert_eq!(FACTS.foreign_keys.value, Enforcement::SwitchedOutsideTransactions);
        assert!(on());
        engine.execute_batch("COMMIT; PRAGMA foreign_keys = off").unwrap();
        assert!(!on());
    }

    #[test]
    fn names_are_told_apart_as_the_table_says() {
        assert_eq!(FACTS.names.value, Case::Ignored);
        assert!(!runs("CREATE TABLE \"T\"(a)") && runs("SELECT \"A\" FROM \"T\""));
        assert!(runs("CREATE TABLE é(a); CREATE TABLE É(a)"), "only ASCII letters");
        assert_eq!(FACTS.namespaces.value, Namespaces::One);
        assert!(!runs("CREATE SCHEMA x"));
        assert_eq!(FACTS.index_names.value, IndexNames::SharedWithTables);
        assert!(!runs("CREATE INDEX p ON t(a)") && !runs("CREATE INDEX i ON p(id)"));
    }

    #[test]
    fn unique_keys_take_two_nulls() {
        assert_eq!(FACTS.nulls_in_unique.value, NullsInUnique::Distinct);
        assert!(runs("INSERT INTO t(a) VALUES (NULL), (NULL)"));
    }

    #[test]
    fn tables_have_at_most_so_many_columns() {
        let columns = |count: usize| {
            let names: Vec<String> = (0..count).map(|at| ["c", &at.to_string()].concat()).collect();
            runs(&["CREATE TABLE wide(", &names.join(", "), ")"].concat())
        };
        assert!(columns(FACTS.max_columns.value) && !columns(FACTS.max_columns.value + 1));
    }

    #[test]
    fn every_fact_names_its_page() {
        let pages = FACTS.alterations.iter().map(|(_, fact)| fact.manual).chain([
            FACTS.ddl.manual,
            FACTS.foreign_keys.manual,
            FACTS.names.manual,
            FACTS.namespaces.manual,
            FACTS.index_names.manual,
            FACTS.nulls_in_unique.manual,
            FACTS.max_columns.manual,
        ]);
        assert!(pages.into_iter().all(|page| page.starts_with("https://sqlite.org/")));
    }
}
