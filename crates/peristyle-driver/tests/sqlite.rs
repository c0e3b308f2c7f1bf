//! The SQLite connection on real files.

use std::time::Duration;

use peristyle_driver::sqlite::Sqlite;
use peristyle_driver::{Connection, ConstraintKind, Error, Options, Url, Value, open};

fn file(folder: &tempfile::TempDir, name: &str) -> Url {
    Url::file(folder.path().join(name))
}

fn made(folder: &tempfile::TempDir, script: &str) -> Sqlite {
    let mut connection = Sqlite::open(&file(folder, "app.db"), &Options::create()).unwrap();
    connection.batch(script).unwrap();
    connection
}

const FAMILY: &str = "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> ''));
    CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents ON DELETE CASCADE);
    INSERT INTO parents VALUES (1, 'a'), (2, 'b');
    INSERT INTO children VALUES (1, 1), (2, 1), (3, 2);";

fn count(connection: &mut dyn Connection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    connection.query(&sql, &[]).unwrap().single().and_then(Value::as_integer).unwrap()
}

#[test]
fn values_come_back_as_they_went() {
    let mut connection = Sqlite::scratch().unwrap();
    let values = [
        Value::Null,
        Value::Integer(-7),
        Value::Real(0.5),
        "té'xt".into(),
        Value::Bytes(vec![0, 255]),
    ];
    let rows = connection.query("SELECT $1 AS a, $2, $3, $4, $5", &values).unwrap();
    assert_eq!(rows.columns[0], "a");
    assert_eq!(rows.rows, [values.to_vec()]);
}

#[test]
fn a_migration_can_drop_a_parent_without_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = made(&folder, FAMILY);
    connection.begin_migration().unwrap();
    connection
        .batch(
            "CREATE TABLE new_parents (id INTEGER PRIMARY KEY, name TEXT);
             INSERT INTO new_parents SELECT * FROM parents;
             DROP TABLE parents;
             ALTER TABLE new_parents RENAME TO parents;",
        )
        .unwrap();
    connection.check_migration().unwrap();
    connection.commit_migration().unwrap();
    assert_eq!(count(&mut connection, "children"), 3);
    connection.execute("DELETE FROM parents WHERE id = $1", &[Value::Integer(1)]).unwrap();
    assert_eq!(count(&mut connection, "children"), 1, "foreign keys act again afterwards");
}

#[test]
fn new_orphans_are_named_and_old_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = made(&folder, FAMILY);
    connection
        .batch("PRAGMA foreign_keys = OFF; INSERT INTO children VALUES (9, 99); PRAGMA foreign_keys = ON;")
        .unwrap();
    connection.begin_migration().unwrap();
    connection.check_migration().expect("an old orphan is not this migration's doing");
    connection.execute("DELETE FROM parents WHERE id = 2", &[]).unwrap();
    let Err(Error::ForeignKeys(violations)) = connection.check_migration() else { panic!() };
    assert_eq!(violations.len(), 1);
    assert_eq!((violations[0].table.as_str(), violations[0].rowid), ("children", Some(3)));
    assert_eq!(violations[0].parent, "parents");
    connection.rollback_migration().unwrap();
    assert_eq!(count(&mut connection, "parents"), 2);
}

#[test]
fn a_migration_needs_to_begin_outside_a_transaction() {
    let mut connection = Sqlite::scratch().unwrap();
    connection.batch("BEGIN").unwrap();
    assert_eq!(connection.begin_migration(), Err(Error::ForeignKeysStayOn));
}

#[test]
fn a_second_migrator_waits_and_then_says_locked() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = made(&folder, FAMILY);
    let options = Options { lock_timeout: Duration::from_millis(10), ..Options::default() };
    let mut second = open(&file(&folder, "app.db"), &options).unwrap();
    first.begin_migration().unwrap();
    assert_eq!(second.begin_migration(), Err(Error::Locked(None)));
    first.rollback_migration().unwrap();
    second.begin_migration().unwrap();
    second.rollback_migration().unwrap();
}

#[test]
fn broken_constraints_say_which() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = made(&folder, FAMILY);
    for (sql, kind, table, columns, name) in [
        (
            "INSERT INTO parents VALUES (1, 'z')",
            ConstraintKind::PrimaryKey,
            Some("parents"),
            vec!["id"],
            None,
        ),
        (
            "INSERT INTO parents VALUES (3, 'a')",
            ConstraintKind::Unique,
            Some("parents"),
            vec!["name"],
            None,
        ),
        (
            "INSERT INTO parents VALUES (3, NULL)",
            ConstraintKind::NotNull,
            Some("parents"),
            vec!["name"],
            None,
        ),
        (
            "INSERT INTO parents VALUES (3, '')",
            ConstraintKind::Check,
            None,
            vec![],
            Some("name <> ''"),
        ),
        ("INSERT INTO children VALUES (7, 77)", ConstraintKind::ForeignKey, None, vec![], None),
    ] {
        let Err(Error::Constraint(broken)) = connection.execute(sql, &[]) else { panic!("{sql}") };
        assert_eq!(broken.kind, kind, "{sql}");
        assert_eq!(broken.table.as_deref(), table, "{sql}");
        assert_eq!(broken.columns, columns, "{sql}");
        assert_eq!(broken.name.as_deref(), name, "{sql}");
    }
    connection.batch("CREATE TABLE strict (n INTEGER) STRICT").unwrap();
    let Err(Error::Constraint(broken)) = connection.execute("INSERT INTO strict VALUES ('x')", &[])
    else {
        panic!()
    };
    assert_eq!((broken.kind, broken.table.as_deref()), (ConstraintKind::DataType, Some("strict")));
}

#[test]
fn what_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("notes.txt"),
        "not a database, whatever its name says\n".repeat(40),
    )
    .unwrap();
    let reason = |url: &Url, options: &Options| Sqlite::open(url, options).unwrap_err();
    let missing = file(&folder, "none.db");
    assert!(matches!(reason(&missing, &Options::default()), Error::CannotOpen { .. }));
    assert!(matches!(reason(&missing, &Options::read()), Error::CannotOpen { .. }));
    assert!(matches!(
        reason(&file(&folder, "none/none.db"), &Options::create()),
        Error::CannotOpen { .. }
    ));
    assert!(matches!(
        reason(&Url::file(folder.path()), &Options::create()),
        Error::CannotOpen { .. }
    ));
    assert!(matches!(
        reason(&file(&folder, "notes.txt"), &Options::create()),
        Error::NotADatabase { .. }
    ));
    assert!(!folder.path().join("none.db").exists());
    let server: Url = "libsql://me:secret@localhost/app".parse().unwrap();
    let error = open(&server, &Options::default()).err().unwrap();
    assert!(matches!(error, Error::Unsupported { .. }) && !error.to_string().contains("secret"));
}

#[test]
fn a_read_only_connection_does_not_write() {
    let folder = tempfile::tempdir().unwrap();
    drop(made(&folder, FAMILY));
    let mut connection = open(&file(&folder, "app.db"), &Options::read()).unwrap();
    assert!(matches!(connection.execute("DELETE FROM children", &[]), Err(Error::ReadOnly(_))));
    let url: Url =
        format!("sqlite:{}?mode=ro", folder.path().join("app.db").display()).parse().unwrap();
    let mut connection = open(&url, &Options::create()).unwrap();
    assert!(matches!(connection.execute("DELETE FROM children", &[]), Err(Error::ReadOnly(_))));
}

#[test]
fn syntax_errors_say_where() {
    let mut connection = Sqlite::scratch().unwrap();
    let Err(Error::Syntax { offset, .. }) = connection.execute("SELECT 1 FORM x y", &[]) else {
        panic!()
    };
    assert_eq!(offset, Some(14));
}

#[test]
fn a_running_statement_can_be_interrupted() {
    let mut connection = Sqlite::scratch().unwrap();
    let interrupter = connection.interrupter();
    let stopper = std::thread::spawn(move || {
        for _ in 0..2000 {
            interrupter.interrupt();
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    assert_eq!(connection.query(endless, &[]), Err(Error::Interrupted));
    drop(stopper);
}
