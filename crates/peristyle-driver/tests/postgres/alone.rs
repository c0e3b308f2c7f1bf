//! Statements outside of transactions, run again after they were interrupted.

use std::time::Duration;

use peristyle_driver::postgres::Postgres;
use peristyle_driver::{Connection, Error, Value};

use super::server::Database;

const CREATE: &str = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)";

/// Whether each index of the name is whole.
fn indexes(connection: &mut Postgres, name: &str) -> Vec<bool> {
    let sql =
        "SELECT indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname = $1";
    let rows = connection.query(sql, &[name.into()]).expect("rows").rows;
    rows.iter().map(|row| row[0] == Value::Integer(1)).collect()
}

fn table(database: &Database) -> Postgres {
    let mut connection = database.open();
    connection
        .batch("CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 100)")
        .expect("a table");
    connection
}

#[test]
fn an_index_is_made_once() {
    let database = Database::fresh();
    let mut connection = table(&database);
    for _ in 0..2 {
        connection.run_alone(CREATE).expect("it is made, or there");
        assert_eq!(indexes(&mut connection, "i"), [true]);
    }
    connection.run_alone("CREATE INDEX CONCURRENTLY i ON t (a)").expect("it is there");
    for _ in 0..2 {
        connection.run_alone("DROP INDEX CONCURRENTLY i").expect("it is dropped, or gone");
        assert!(indexes(&mut connection, "i").is_empty());
    }
}

#[test]
fn an_index_that_cannot_be_made_leaves_nothing_and_can_be_made_later() {
    let database = Database::fresh();
    let mut connection = table(&database);
    connection.execute("INSERT INTO t VALUES (5)", &[]).expect("a duplicate");
    let refused = connection.run_alone(CREATE);
    assert!(matches!(refused, Err(Error::Constraint(_))), "{refused:?}");
    assert!(indexes(&mut connection, "i").is_empty(), "PostgreSQL itself leaves an invalid one");
    connection.execute("DELETE FROM t WHERE a = 5", &[]).expect("no duplicate");
    connection.run_alone(CREATE).expect("it is made");
    assert_eq!(indexes(&mut connection, "i"), [true]);
}

#[test]
fn an_invalid_index_that_another_run_left_is_made_again() {
    let database = Database::fresh();
    let mut connection = table(&database);
    connection.execute("INSERT INTO t VALUES (5)", &[]).expect("a duplicate");
    assert!(connection.execute(CREATE, &[]).is_err());
    assert_eq!(indexes(&mut connection, "i"), [false], "this is what an interrupted run leaves");
    connection.execute("DELETE FROM t WHERE a = 5", &[]).expect("no duplicate");
    connection.execute(CREATE, &[]).expect("the server itself skips it and says all is well");
    assert_eq!(indexes(&mut connection, "i"), [false]);
    connection.run_alone(CREATE).expect("it is made again");
    assert_eq!(indexes(&mut connection, "i"), [true]);
}

#[test]
fn an_index_whose_builder_is_still_at_work_is_waited_for() {
    let database = Database::fresh();
    let mut connection = table(&database);
    // A transaction that is open holds the builder back.
    let mut old = database.open();
    old.batch("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t").expect("it reads");
    let mut builder = database.open();
    let building = std::thread::spawn(move || builder.run_alone(CREATE));
    while indexes(&mut connection, "i").is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let ending = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        old.batch("COMMIT").expect("it is done");
    });
    let before = oid(&mut connection);
    connection.run_alone(CREATE).expect("the other one made it");
    building.join().expect("it ran").expect("it is made");
    ending.join().expect("it ended");
    assert_eq!(indexes(&mut connection, "i"), [true]);
    assert_eq!(oid(&mut connection), before, "it was not made twice");
}

fn oid(connection: &mut Postgres) -> Option<Value> {
    connection.query("SELECT 'i'::regclass::oid", &[]).expect("rows").single().cloned()
}

#[test]
fn names_are_taken_from_public_and_the_session_stays_as_it_was() {
    let database = Database::fresh();
    let mut connection = table(&database);
    connection
        .batch(&format!("CREATE SCHEMA \"Odd one\"; CREATE TABLE \"Odd one\".t (a int); ALTER DATABASE {} SET search_path = \"Odd one\"", database.name()))
        .expect("a table");
    let mut connection = database.open();
    connection.run_alone(CREATE).expect("it is made");
    connection
        .run_alone("CREATE INDEX CONCURRENTLY \"I\" ON ONLY \"Odd one\".t (a)")
        .expect("it is made");
    let rows = connection
        .query(
            "SELECT indexrelid::regclass::text, indrelid = 'public.t'::regclass FROM pg_index \
             WHERE indrelid IN ('public.t'::regclass, '\"Odd one\".t'::regclass) ORDER BY 1",
            &[],
        )
        .expect("rows");
    let told: Vec<(&str, bool)> = rows
        .rows
        .iter()
        .map(|row| (row[0].as_text().expect("a name"), row[1] == Value::Integer(1)))
        .collect();
    assert_eq!(told, [("\"I\"", false), ("public.i", true)]);
    let lock = connection.query("SHOW lock_timeout", &[]).expect("rows");
    assert_eq!(lock.single(), Some(&Value::from("0")));
}

#[test]
fn something_else_of_the_name_is_told() {
    let database = Database::fresh();
    let mut connection = table(&database);
    connection.batch("CREATE TABLE i (a int)").expect("a table");
    let refused = connection.run_alone(CREATE).expect_err("a table has the name");
    assert!(refused.to_string().contains("something else"), "{refused}");
}

#[test]
fn values_are_added_to_types_once() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection.batch("CREATE TYPE mood AS ENUM ('sad')").expect("a type");
    for _ in 0..2 {
        connection
            .run_alone("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad'")
            .expect("it is there");
    }
    let rows = connection.query("SELECT enum_range(NULL::mood)::text", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::from("{ok,sad}")));
    assert!(connection.run_alone("ALTER TYPE nothing ADD VALUE 'x'").is_err());
    assert!(connection.query("SELECT 1", &[]).is_ok(), "no transaction is left open");
}

#[test]
fn not_inside_of_a_transaction() {
    let database = Database::fresh();
    let mut connection = table(&database);
    connection.begin_migration().expect("it begins");
    assert!(connection.run_alone(CREATE).is_err());
    connection.rollback_migration().expect("it is undone");
    connection.run_alone("VACUUM t").expect("what is not known is run as it is");
}
