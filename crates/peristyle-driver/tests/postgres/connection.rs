//! A connection does what every connection does.

use std::time::Duration;

use peristyle_driver::postgres::Postgres;
use peristyle_driver::{Access, Connection, Error, Options, Value};

use super::server::{Database, server};

fn integer(value: i64) -> Value {
    Value::Integer(value)
}

#[test]
fn values_come_back_as_what_they_are() {
    let database = Database::fresh();
    let mut connection = database.open();
    let rows = connection
        .query(
            "SELECT true AS b, -7::smallint AS s, 9223372036854775807 AS l, 1.5::real AS r, 0.1::double precision AS d, \
             1.50::numeric AS n, 'é'::text AS t, '\\x00ff'::bytea AS y, NULL AS nothing, 'infinity'::float8 AS i",
            &[],
        )
        .expect("it answers");
    assert_eq!(rows.columns, ["b", "s", "l", "r", "d", "n", "t", "y", "nothing", "i"]);
    assert_eq!(
        rows.rows,
        [vec![
            integer(1),
            integer(-7),
            integer(i64::MAX),
            Value::Real(1.5),
            Value::Real(0.1),
            Value::from("1.50"),
            Value::from("é"),
            Value::Bytes(vec![0, 255]),
            Value::Null,
            Value::Real(f64::INFINITY),
        ]]
    );
}

#[test]
fn parameters_take_the_types_of_their_places() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection
        .batch("CREATE TABLE t (b boolean, i bigint, r double precision, t text, y bytea, n numeric); CREATE INDEX ON t (i)")
        .expect("a script of two statements");
    let values = [
        integer(1),
        integer(i64::MIN),
        Value::Real(-0.1),
        Value::from("a 'b' \\"),
        Value::Bytes(vec![0, 1, 254]),
        Value::from("12.30"),
    ];
    let changed = connection
        .execute(
            "INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6), ($1, NULL, NULL, NULL, NULL, NULL)",
            &values,
        )
        .expect("it inserts");
    assert_eq!(changed, 2);
    let rows =
        connection.query("SELECT * FROM t WHERE i = $1", &[integer(i64::MIN)]).expect("rows");
    assert_eq!(rows.rows, [values.to_vec()]);
    assert_eq!(connection.query("SELECT * FROM t", &[]).expect("rows").rows.len(), 2);
    let counted = connection.execute("SELECT * FROM t", &[]).expect("it reads");
    assert_eq!(counted, 0, "reading changes nothing");
}

#[test]
fn one_statement_is_one_statement_and_a_script_is_a_script() {
    let database = Database::fresh();
    let mut connection = database.open();
    let refused = connection.execute("SELECT 1; SELECT 2", &[]);
    assert!(matches!(refused, Err(Error::Syntax { .. })), "{refused:?}");
    let refused = connection.batch("CREATE TABLE one (a int); CREATE TABLE two (a nonsense)");
    assert!(matches!(refused, Err(Error::Syntax { .. })), "{refused:?}");
    let rows =
        connection.query("SELECT to_regclass('one')", &[]).expect("it goes on after an error");
    assert_eq!(rows.single(), Some(&Value::Null), "a script that fails leaves nothing");
    assert_eq!(connection.execute("", &[]), Ok(0));
}

#[test]
fn reading_only_reads() {
    let database = Database::fresh();
    database.open().batch("CREATE TABLE t (a int); INSERT INTO t VALUES (1)").expect("a table");
    let mut reader = Postgres::open(&database.url, &Options::read()).expect("it opens");
    assert_eq!(reader.query("SELECT a FROM t", &[]).expect("rows").single(), Some(&integer(1)));
    for refused in [
        reader.execute("DELETE FROM t", &[]),
        reader
            .query("SELECT nextval('s') FROM (SELECT 1) x, LATERAL (SELECT 1) y WHERE false", &[])
            .map(|_| 0),
        reader.batch("DELETE FROM t").map(|()| 0),
        reader.batch("CREATE TABLE u (a int)").map(|()| 0),
    ] {
        assert!(refused.is_err());
    }
    assert!(matches!(reader.execute("DELETE FROM t", &[]), Err(Error::ReadOnly(_))));
    assert_eq!(
        reader.query("SELECT count(*) FROM t", &[]).expect("rows").single(),
        Some(&integer(1))
    );
}

#[test]
fn a_database_that_is_not_there_is_made_only_where_that_was_asked_for() {
    let database = Database::fresh();
    let name = format!("{} ü", database.url.address().expect("an address").database);
    let url = database.url.with_database(&name).expect("a URL");
    let missing = Postgres::open(&url, &Options::default()).expect_err("it is not there");
    assert!(missing.to_string().contains("make the database first"), "{missing}");
    let mut made = Postgres::open(&url, &Options::create()).expect("it is made");
    let rows = made.query("SELECT current_database()::text", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::from(name.as_str())));
    let again = Postgres::open(&url, &Options { access: Access::Create, ..Options::default() });
    drop((made, again.expect("it is there")));
    let quoted = peristyle_sql::dialect(peristyle_sql::DialectName::Postgres).quote(&name);
    super::server::open(&server())
        .execute(&format!("DROP DATABASE {quoted} WITH (FORCE)"), &[])
        .expect("it is dropped");
}

#[test]
fn a_migration_is_one_transaction_that_nothing_outside_configures() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection
        .batch("CREATE TABLE t (a int); SET search_path = nowhere; SET lock_timeout = 0; SET statement_timeout = '1min'")
        .expect("a table");
    connection.set_lock_timeout(Duration::from_millis(1234)).expect("it is remembered");
    connection.begin_migration().expect("it begins");
    for (setting, value) in [
        ("search_path", "public"),
        ("lock_timeout", "1234ms"),
        ("statement_timeout", "0"),
        ("timezone", "UTC"),
    ] {
        let asked = connection.query(&format!("SHOW {setting}"), &[]).expect("rows");
        assert_eq!(asked.single(), Some(&Value::from(value)), "{setting}");
    }
    connection.execute("INSERT INTO t VALUES (1)", &[]).expect("a row");
    connection.savepoint("here").expect("a savepoint");
    connection.execute("INSERT INTO t VALUES (2)", &[]).expect("a row");
    assert!(connection.execute("INSERT INTO nowhere VALUES (2)", &[]).is_err());
    connection.rollback_to_savepoint("here").expect("it goes back, also after an error");
    connection.savepoint("here").expect("a savepoint");
    connection.execute("INSERT INTO t VALUES (3)", &[]).expect("a row");
    connection.release_savepoint("here").expect("it is forgotten");
    connection.check_migration().expect("nothing is wrong");
    connection.commit_migration().expect("it commits");
    connection.begin_migration().expect("it begins");
    connection.execute("DELETE FROM t", &[]).expect("gone");
    connection.rollback_migration().expect("it is undone");
    let rows = connection.query("SELECT sum(a) FROM public.t", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&integer(4)));
    let outside = connection.query("SHOW search_path", &[]).expect("rows");
    assert_eq!(outside.single(), Some(&Value::from("nowhere")), "the session is as it was");
}

#[test]
fn a_transaction_in_which_something_failed_is_not_committed() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection.begin_migration().expect("it begins");
    connection.batch("CREATE TABLE t (a int)").expect("a table");
    assert!(connection.execute("nonsense", &[]).is_err());
    assert!(connection.commit_migration().is_err(), "PostgreSQL itself says nothing here");
    let rows = connection.query("SELECT to_regclass('public.t')", &[]).expect("rows");
    assert_eq!(rows.single(), Some(&Value::Null));
}

#[test]
fn deferred_constraints_are_checked_before_the_commit() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection
        .batch("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)")
        .expect("tables");
    connection.begin_migration().expect("it begins");
    connection.execute("INSERT INTO c VALUES (1)", &[]).expect("not checked yet");
    let checked = connection.check_migration();
    assert!(matches!(checked, Err(Error::Constraint(_))), "{checked:?}");
    connection.rollback_migration().expect("it is undone");
}

#[test]
fn a_running_statement_is_stopped_from_another_thread() {
    let database = Database::fresh();
    let mut connection = database.open();
    let interrupter = connection.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        interrupter.interrupt();
    });
    let stopped = connection.execute("SELECT pg_sleep(60)", &[]);
    stopper.join().expect("it stopped");
    assert_eq!(stopped, Err(Error::Interrupted));
    assert_eq!(connection.query("SELECT 1", &[]).expect("it goes on").single(), Some(&integer(1)));
}

#[test]
fn the_catalog_is_read_in_and_out_of_transactions_whatever_names_mean() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection
        .batch("CREATE SCHEMA odd; CREATE TABLE odd.t (b text); CREATE TABLE t (a bigint PRIMARY KEY); SET search_path = odd")
        .expect("tables");
    let tables = |connection: &mut Postgres| -> Vec<String> {
        let catalog = connection.catalog().unwrap_or_else(|error| panic!("{error}"));
        catalog.schema.tables.keys().map(ToString::to_string).collect()
    };
    assert_eq!(tables(&mut connection), ["t", "odd.t"]);
    connection.begin_migration().expect("it begins");
    connection.batch("CREATE TABLE u (a bigint); SET LOCAL search_path = odd").expect("a table");
    assert_eq!(tables(&mut connection), ["t", "u", "odd.t"]);
    let path = connection.query("SHOW search_path", &[]).expect("the transaction goes on");
    assert_eq!(path.single(), Some(&Value::from("odd")), "and is as it was");
    connection.rollback_migration().expect("it is undone");
    let mut reader = Postgres::open(&database.url, &Options::read()).expect("it opens");
    assert_eq!(tables(&mut reader), ["t", "odd.t"]);
}
