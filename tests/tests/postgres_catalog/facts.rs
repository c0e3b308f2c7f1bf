//! Every fact of the dialect, tried on the live server.

use peristyle_driver::Connection;
use peristyle_driver::postgres::Postgres;
use peristyle_sql::facts::{
    Alteration, Case, Ddl, Enforcement, Facts, IndexNames, Namespaces, NullsInUnique, Way,
};
use peristyle_sql::{DialectName, dialect};

use crate::live::Live;

const TABLES: &str = "CREATE TABLE other (id int PRIMARY KEY);
    CREATE TABLE t (id int CONSTRAINT t_pkey PRIMARY KEY, a int, b int CONSTRAINT b_check CHECK (b > 0), c int);
    CREATE INDEX by_b ON t (b);";

const ROWS: &str = "INSERT INTO other VALUES (1); INSERT INTO t VALUES (1, 1, 1, 1), (2, 1, 2, 3);";

fn facts() -> &'static Facts {
    dialect(DialectName::Postgres).facts()
}

/// The version of the server: 150004.
fn version(connection: &mut Postgres) -> i64 {
    let rows = connection
        .query("SELECT pg_catalog.current_setting('server_version_num')::int", &[])
        .unwrap()
        .rows;
    match rows[0][0] {
        peristyle_driver::Value::Integer(version) => version,
        ref other => panic!("{other:?}"),
    }
}

/// Whether a statement succeeds; it is undone.
fn takes(connection: &mut Postgres, script: &str) -> bool {
    connection.batch("BEGIN").unwrap();
    let taken = connection.batch(script).is_ok();
    connection.batch("ROLLBACK").unwrap();
    taken
}

/// Whether a query gives the one row that says yes.
fn says(connection: &mut Postgres, script: &str, query: &str) -> bool {
    connection.batch("BEGIN").unwrap();
    connection.batch(script).unwrap_or_else(|error| panic!("{error}\n{script}"));
    let rows = connection.query(query, &[]).unwrap().rows;
    connection.batch("ROLLBACK").unwrap();
    matches!(rows.as_slice(), [row] if row == &[peristyle_driver::Value::Integer(1)])
}

/// The statement that makes an alteration, and the first version of the server that has it.
fn probe(alteration: Alteration) -> (&'static str, i64) {
    match alteration {
        Alteration::AddColumn => ("ALTER TABLE t ADD COLUMN d int DEFAULT 5", 0),
        // With rows in the table it takes a value for them first, which leaves the rows where they are too.
        Alteration::AddRequiredColumn => (
            "ALTER TABLE t ADD COLUMN d int; UPDATE t SET d = 1; ALTER TABLE t ALTER COLUMN d SET NOT NULL",
            0,
        ),
        Alteration::AddComputedDefault => {
            ("ALTER TABLE t ADD COLUMN d timestamptz DEFAULT clock_timestamp()", 0)
        }
        Alteration::AddVirtualColumn => {
            ("ALTER TABLE t ADD COLUMN d int GENERATED ALWAYS AS (a + 1) VIRTUAL", 180_000)
        }
        Alteration::AddStoredColumn => {
            ("ALTER TABLE t ADD COLUMN d int GENERATED ALWAYS AS (a + 1) STORED", 0)
        }
        Alteration::DropColumn => ("ALTER TABLE t DROP COLUMN a", 0),
        Alteration::DropKeyColumn => {
            ("ALTER TABLE t DROP COLUMN b; ALTER TABLE t DROP COLUMN id", 0)
        }
        Alteration::RenameColumn => ("ALTER TABLE t RENAME COLUMN b TO renamed", 0),
        Alteration::RenameTable => {
            ("ALTER TABLE t RENAME TO renamed; ALTER TABLE renamed RENAME TO t", 0)
        }
        Alteration::SetType => ("ALTER TABLE t ALTER COLUMN a SET DATA TYPE text USING a::text", 0),
        Alteration::SetNullability => (
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL; ALTER TABLE t ALTER COLUMN a DROP NOT NULL",
            0,
        ),
        Alteration::SetDefault => ("ALTER TABLE t ALTER COLUMN a SET DEFAULT 5", 0),
        Alteration::SetPrimaryKey => ("ALTER TABLE t ADD PRIMARY KEY (a, b)", 0),
        Alteration::AddCheck => ("ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)", 0),
        Alteration::AddForeignKey => ("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES other", 0),
        Alteration::AddUnique => ("ALTER TABLE t ADD UNIQUE (c)", 0),
        Alteration::DropConstraint => ("ALTER TABLE t DROP CONSTRAINT b_check", 0),
        Alteration::RenameIndex => ("ALTER INDEX by_b RENAME TO renamed", 0),
    }
}

#[test]
fn every_alteration_is_made_as_the_facts_say() {
    let mut live = Live::new();
    let connection = &mut live.connection;
    let version = version(connection);
    for (alteration, fact) in facts().alterations {
        assert!(fact.manual.starts_with("https://www.postgresql.org/docs/"), "{alteration:?}");
        let (statement, since) = probe(*alteration);
        let script = format!("{TABLES}{ROWS}{statement};");
        let kept = "SELECT 1 FROM t HAVING count(*) = 2";
        match fact.value {
            Way::InPlace if version >= since => {
                assert!(says(connection, &script, kept), "{alteration:?}");
            }
            Way::InPlace => assert!(!takes(connection, &script), "{alteration:?}"),
            Way::Anew => {
                assert!(!takes(connection, &script), "{alteration:?}");
                let anew =
                    format!("{TABLES}{ROWS}ALTER TABLE t DROP CONSTRAINT t_pkey; {statement};");
                assert!(says(connection, &anew, kept), "{alteration:?}");
            }
            Way::Rebuild => panic!("{alteration:?}: nothing is rebuilt here"),
        }
    }
}

#[test]
fn every_alteration_has_its_fact() {
    for alteration in [
        Alteration::AddColumn,
        Alteration::AddRequiredColumn,
        Alteration::AddComputedDefault,
        Alteration::AddVirtualColumn,
        Alteration::AddStoredColumn,
        Alteration::DropColumn,
        Alteration::DropKeyColumn,
        Alteration::RenameColumn,
        Alteration::RenameTable,
        Alteration::SetType,
        Alteration::SetNullability,
        Alteration::SetDefault,
        Alteration::SetPrimaryKey,
        Alteration::AddCheck,
        Alteration::AddForeignKey,
        Alteration::AddUnique,
        Alteration::DropConstraint,
        Alteration::RenameIndex,
    ] {
        assert!(facts().way(alteration).is_some(), "{alteration:?}");
    }
}

#[test]
fn the_server_is_as_the_facts_say() {
    let mut live = Live::new();
    let connection = &mut live.connection;
    let facts = facts();

    assert_eq!(facts.ddl.value, Ddl::Transactional);
    assert!(takes(connection, "CREATE TABLE gone (a int)"));
    assert!(!takes(connection, "SELECT * FROM gone"));

    assert_eq!(facts.foreign_keys.value, Enforcement::Always);
    let broken = format!(
        "{TABLES}ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES other; INSERT INTO t VALUES (1, 9, 1, 1);"
    );
    assert!(!takes(connection, &broken));

    assert_eq!(facts.names.value, Case::Folded);
    assert!(takes(connection, "CREATE TABLE Folded (a int); SELECT * FROM folded"));
    assert!(takes(connection, "CREATE TABLE \"Kept\" (a int); CREATE TABLE kept (a int)"));
    assert!(!takes(connection, "CREATE TABLE \"Kept\" (a int); SELECT * FROM Kept"));

    assert_eq!(facts.namespaces.value, Namespaces::Many);
    assert!(takes(
        connection,
        "CREATE SCHEMA app; CREATE TABLE t (a int); CREATE TABLE app.t (a int)"
    ));

    assert_eq!(facts.index_names.value, IndexNames::SharedWithTables);
    assert!(!takes(connection, "CREATE TABLE t (a int); CREATE INDEX t ON t (a)"));
    assert!(!takes(
        connection,
        "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE INDEX i ON t (a); CREATE INDEX i ON u (a)"
    ));

    assert_eq!(facts.nulls_in_unique.value, NullsInUnique::Chosen);
    assert!(takes(
        connection,
        "CREATE TABLE t (a int UNIQUE); INSERT INTO t VALUES (NULL), (NULL)"
    ));
    if version(connection) >= 150_000 {
        let chosen =
            "CREATE TABLE t (a int, UNIQUE NULLS NOT DISTINCT (a)); INSERT INTO t VALUES (NULL)";
        assert!(takes(connection, chosen));
        assert!(!takes(connection, &format!("{chosen}, (NULL)")));
    }

    let table = |columns: usize| {
        let columns: Vec<String> = (0..columns).map(|at| format!("c{at} boolean")).collect();
        format!("CREATE TABLE wide ({})", columns.join(", "))
    };
    assert!(takes(connection, &table(facts.max_columns.value)));
    assert!(!takes(connection, &table(facts.max_columns.value + 1)));
}
