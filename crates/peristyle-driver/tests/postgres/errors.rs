//! What the server's errors mean.

use peristyle_driver::postgres::Postgres;
use peristyle_driver::{Connection, ConstraintKind, Error, Options};

use super::server::{Database, open, server};

#[test]
fn constraints_are_told_with_what_they_are_about() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection
        .batch(
            "CREATE TABLE p (id int PRIMARY KEY, email text UNIQUE); \
             CREATE TABLE t (a int NOT NULL, b int CONSTRAINT small CHECK (b < 10), p int REFERENCES p); \
             INSERT INTO p VALUES (1, 'x'); \
             CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$; \
             CREATE TRIGGER no BEFORE DELETE ON p FOR EACH ROW EXECUTE FUNCTION no()",
        )
        .expect("tables");
    for (sql, kind, table, columns, name) in [
        (
            "INSERT INTO p VALUES (1, 'y')",
            ConstraintKind::PrimaryKey,
            Some("p"),
            vec![],
            Some("p_pkey"),
        ),
        (
            "INSERT INTO p VALUES (2, 'x')",
            ConstraintKind::Unique,
            Some("p"),
            vec![],
            Some("p_email_key"),
        ),
        ("INSERT INTO t VALUES (NULL)", ConstraintKind::NotNull, Some("t"), vec!["a"], None),
        ("INSERT INTO t VALUES (1, 11)", ConstraintKind::Check, Some("t"), vec![], Some("small")),
        (
            "INSERT INTO t VALUES (1, 1, 9)",
            ConstraintKind::ForeignKey,
            Some("t"),
            vec![],
            Some("t_p_fkey"),
        ),
        ("DELETE FROM p", ConstraintKind::Trigger, None, vec![], None),
    ] {
        let Err(Error::Constraint(broken)) = connection.execute(sql, &[]) else {
            panic!("{sql} breaks a constraint");
        };
        assert_eq!(broken.kind, kind, "{sql}");
        assert_eq!(broken.table.as_deref(), table, "{sql}");
        assert_eq!(broken.columns, columns, "{sql}");
        assert_eq!(broken.name.as_deref(), name, "{sql}");
        assert!(!broken.message.is_empty());
    }
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let database = Database::fresh();
    let mut connection = database.open();
    let error = connection.execute("SELECT 'é', missing", &[]).expect_err("no such column");
    let Error::Syntax { message, offset } = error else { panic!("{error:?}") };
    assert_eq!(offset, Some("SELECT 'é', ".len()));
    assert!(message.contains("missing"), "{message}");
    let error = connection.execute("DROP TABLE missing", &[]).expect_err("no such table");
    assert_eq!(error.state(), Some("42P01"));
}

#[test]
fn a_server_that_is_too_old_is_told_from_a_mistake() {
    let database = Database::fresh();
    let mut connection = database.open();
    connection.batch("CREATE TABLE t (a int)").expect("a table");
    let version = connection.major_version().expect("a version");
    for (sql, needs) in [
        ("CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT", 15),
        ("CREATE VIEW v WITH (security_invoker) AS SELECT a FROM t", 15),
        ("ALTER TABLE t ADD b numeric(5,-2)", 15),
        ("GRANT SELECT, MAINTAIN ON t TO PUBLIC", 17),
    ] {
        let ran = connection.batch(sql);
        if version >= needs {
            assert!(ran.is_ok(), "{sql}: {ran:?}");
            continue;
        }
        let Err(error @ Error::TooOld { since, server, .. }) = ran else {
            panic!("{sql}: {ran:?}")
        };
        assert_eq!((since, server), (needs, version), "{sql}");
        assert!(error.to_string().contains(&format!("needs PostgreSQL {needs}")), "{error}");
    }
    let mistake = connection.batch("CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTNCT");
    assert!(matches!(mistake, Err(Error::Syntax { .. })), "{mistake:?}");
}

#[test]
fn what_cannot_be_sent_is_refused_and_the_connection_goes_on() {
    let database = Database::fresh();
    let mut connection = database.open();
    for refused in [
        connection.query("SELECT $1::text", &["a\0b".into()]),
        connection.query("SELECT 1\0", &[]),
        connection.query("SELECT $1::int", &["x".into()]),
    ] {
        assert!(matches!(&refused, Err(Error::Server(_) | Error::Syntax { .. })), "{refused:?}");
    }
    assert!(connection.batch("SELECT 1\0").is_err());
    assert!(connection.query("SELECT 1", &[]).is_ok());
}

#[test]
fn a_lost_connection_says_so_and_stays_lost() {
    let database = Database::fresh();
    let mut connection = database.open();
    let process = connection.wire().process().expect("a process");
    open(&server())
        .query("SELECT pg_terminate_backend($1)", &[i64::from(process).into()])
        .expect("it is ended");
    for _ in 0..2 {
        let lost = connection.query("SELECT 1", &[]);
        assert!(matches!(lost, Err(Error::Disconnected(_))), "{lost:?}");
    }
    assert!(connection.wire().is_broken());
}

#[test]
fn what_cannot_be_reached_says_why() {
    for (url, reason) in [
        ("postgres://u@127.0.0.1:1/d", "no server listens there"),
        ("postgres://u@/d?host=/nowhere", "No such file"),
        ("postgres://u@no-such-host.invalid/d?sslmode=disable", "no-such-host.invalid"),
    ] {
        let error = Postgres::open(&url.parse().expect("a URL"), &Options::default())
            .expect_err("it cannot be opened");
        assert!(matches!(error, Error::CannotOpen { .. }), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
    }
}
