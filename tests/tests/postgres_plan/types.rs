//! Types that change.

use peristyle_sql::{HazardKind, Reversible};

use super::support::Case;

/// A column of a type, with values, becomes one of another type and comes home.
#[track_caller]
fn exactly(from: &str, to: &str, values: &str) -> bool {
    let arrived = Case::new(
        &format!("CREATE TABLE t (id serial PRIMARY KEY, v {from}); INSERT INTO t (v) VALUES {values}, (NULL);"),
        &format!("CREATE TABLE t (id serial PRIMARY KEY, v {to});"),
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes, "{from} -> {to}");
    arrived.endangers(HazardKind::Rebuild)
}

#[test]
fn numbers() {
    for (from, to, values) in [
        ("smallint", "integer", "(1), (-32768)"),
        ("integer", "bigint", "(1), (-2147483648)"),
        ("bigint", "smallint", "(1), (32767)"),
        ("bigint", "integer", "(1), (-2147483648)"),
        ("integer", "numeric(12,2)", "(5)"),
        ("integer", "text", "(5), (-7)"),
        ("integer", "double precision", "(5)"),
        ("bigint", "real", "(5), (16777216)"),
        ("integer", "boolean", "(0), (1)"),
        ("boolean", "bigint", "(true), (false)"),
        ("boolean", "text", "(true), (false)"),
        ("double precision", "integer", "(5), (-3)"),
        ("double precision", "numeric", "(5.25), (0.1)"),
        ("double precision", "text", "(5.25), (0.1), ('NaN')"),
        ("real", "double precision", "(5.25), (0.1)"),
        ("numeric(10,2)", "numeric(12,2)", "(5.25)"),
        ("numeric(10,2)", "numeric(5,2)", "(5.25)"),
        ("numeric(10,2)", "text", "(5.25)"),
        ("text", "integer", "('5'), ('-7'), ('0')"),
        ("integer", "jsonb", "(5)"),
        ("boolean", "jsonb", "(true)"),
    ] {
        exactly(from, to, values);
    }
}

#[test]
fn texts_and_bytes() {
    assert!(!exactly("varchar(5)", "varchar(9)", "('ab')"), "no row is written anew");
    assert!(!exactly("varchar(5)", "text", "('ab')"), "no row is written anew");
    for (from, to, values) in [
        ("text", "varchar(5)", "('abcde')"),
        ("text", "char(3)", "('abc')"),
        ("text", "uuid", "('6f1a3c1e-8d0b-4d6e-9f53-0d2f8a5e7b11')"),
        ("uuid", "text", "('6f1a3c1e-8d0b-4d6e-9f53-0d2f8a5e7b11')"),
        ("text", "bytea", "('aé\\x')"),
        ("text", "boolean", "('true'), ('false')"),
        ("text", "inet", "('10.0.0.1')"),
        ("inet", "text", "('10.0.0.1')"),
        ("text[]", "varchar[]", "('{a,b}')"),
        ("integer[]", "bigint[]", "('{1,2}')"),
        ("jsonb", "text", "('{\"a\": 1}')"),
    ] {
        exactly(from, to, values);
    }
}

#[test]
fn dates_and_times() {
    for (from, to, values) in [
        ("text", "date", "('2024-02-29'), ('0001-01-01')"),
        ("date", "text", "('2024-02-29'), ('0001-01-01')"),
        ("date", "timestamp", "('2024-02-29'), ('infinity')"),
        ("date", "timestamptz", "('2024-02-29')"),
        ("timestamp", "timestamptz", "('2024-02-29 12:30:00.5')"),
        ("timestamptz", "timestamp", "('2024-02-29 12:30:00.5+05')"),
        ("timestamp", "text", "('2024-02-29 12:30:00.5')"),
        ("timestamptz", "text", "('2024-02-29 12:30:00.5+05')"),
        ("timestamp", "date", "('2024-02-29 00:00:00')"),
        ("time", "text", "('12:30:00.5')"),
        ("timestamptz", "timestamp(3) with time zone", "('2024-02-29 12:30:00.5+05')"),
    ] {
        exactly(from, to, values);
    }
}

#[test]
fn what_does_not_fit_is_shown() {
    for (from, to, value, says) in [
        ("integer", "smallint", "70000", "out of the new type's range"),
        ("double precision", "integer", "1.5", "not a whole number"),
        ("double precision", "integer", "'NaN'", "not a whole number"),
        ("double precision", "real", "0.1", "not exact"),
        ("double precision", "real", "1e300", "not exact"),
        ("numeric", "numeric(4,2)", "123.4", "more digits than numeric(4,2)"),
        ("numeric", "numeric(4,2)", "1.234", "more digits than numeric(4,2)"),
        ("numeric", "bigint", "1e30", "not a whole number"),
        ("text", "integer", "'12a'", "not written as an integer"),
        ("text", "integer", "'99999999999'", "not written as an integer"),
        ("text", "integer", "'007'", "not written as an integer"),
        ("text", "numeric(4,2)", "'abc'", "not written as a decimal number"),
        ("text", "numeric(4,2)", "'123.45'", "more digits than"),
        ("text", "varchar(3)", "'abcd'", "more than 3 characters"),
        ("text", "char(3)", "'ab '", "ends in spaces"),
        ("text", "date", "'2023-02-29'", "not a date"),
        ("text", "date", "'yesterday'", "not a date"),
        ("text", "timestamptz", "'2023-02-28T10:00:00'", "not a time with its zone"),
        ("text", "time", "'25:00'", "not a time of day"),
        ("text", "uuid", "'6F1A3C1E-8d0b-4d6e-9f53-0d2f8a5e7b11'", "not a UUID in lower case"),
        ("timestamp", "date", "'2024-02-29 12:00'", "has a time of day"),
        (
            "timestamptz",
            "timestamp(0) with time zone",
            "'2024-02-29 12:00:00.7+00'",
            "is not the same as",
        ),
        ("integer", "boolean", "2", "neither 0 nor 1"),
        ("jsonb", "integer", "'\"a\"'", "not an integer"),
        ("date", "text", "'infinity'", "is infinite"),
    ] {
        let (message, row) = Case::new(
            &format!("CREATE TABLE t (id serial PRIMARY KEY, v {from}); INSERT INTO t (v) VALUES ({value}), (NULL);"),
            &format!("CREATE TABLE t (id serial PRIMARY KEY, v {to});"),
        )
        .stops();
        assert!(message.contains(says), "{from} -> {to}: {message}");
        assert!(row.contains("Integer(1)"), "{from} -> {to}: {row}");
    }
}

#[test]
fn only_a_using_can_say_it() {
    let case = || {
        Case::new(
            "CREATE TABLE t (id integer PRIMARY KEY, v integer NOT NULL DEFAULT 5); INSERT INTO t VALUES (1, 20), (2, 30);",
            "CREATE TABLE t (id integer PRIMARY KEY, v date NOT NULL DEFAULT '2024-01-01');",
        )
    };
    let refusal = case().plan().expect_err("somebody must say how");
    assert_eq!(
        refusal.decisions[0].question,
        "t.v changes from integer to date: how are its values converted?"
    );
    let using = "date '2020-01-01' + v";
    let plan = case().using("t", "v", using).plan().expect("it is said");
    assert_eq!(plan.reversible, Reversible::No);
    let arrived = case().using("t", "v", using).keep().travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.shows("SELECT v FROM t", &[r#"{"v": "2020-01-21"}"#, r#"{"v": "2020-01-31"}"#]);
}

#[test]
fn what_a_conversion_loses_is_kept() {
    let arrived = Case::new(
        "CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, '1.50'), (2, '2');",
        "CREATE TABLE t (id integer PRIMARY KEY, v double precision);",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived
        .then("UPDATE t SET v = 9 WHERE id = 2; INSERT INTO t VALUES (3, 1.25)")
        .home_shows("SELECT v FROM t", &[r#"{"v": "1.25"}"#, r#"{"v": "1.50"}"#, r#"{"v": "9"}"#]);
}

#[test]
fn a_type_changes_under_everything_that_stands_on_it() {
    Case::new(
        "CREATE TABLE parent (id integer PRIMARY KEY, code text UNIQUE DEFAULT '1', CHECK (code <> 'x'));
         CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent, code text REFERENCES parent (code));
         CREATE INDEX lowered ON child (lower(code)) WHERE code <> 'y';
         CREATE VIEW v AS SELECT p.id, c.code FROM parent p JOIN child c ON c.parent = p.id;
         CREATE MATERIALIZED VIEW m AS SELECT * FROM v; CREATE UNIQUE INDEX mi ON m (id);
         GRANT SELECT ON m TO pg_monitor;
         CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER noting BEFORE UPDATE OF code ON child FOR EACH ROW EXECUTE FUNCTION noted();
         INSERT INTO parent VALUES (1, '7'); INSERT INTO child VALUES (2, 1, '7');",
        "CREATE TABLE parent (id bigint PRIMARY KEY, code integer UNIQUE DEFAULT 1, CHECK (code <> 9));
         CREATE TABLE child (id integer PRIMARY KEY, parent bigint REFERENCES parent, code integer REFERENCES parent (code));
         CREATE INDEX lowered ON child (abs(code)) WHERE code <> 3;
         CREATE VIEW v AS SELECT p.id, c.code FROM parent p JOIN child c ON c.parent = p.id;
         CREATE MATERIALIZED VIEW m AS SELECT * FROM v; CREATE UNIQUE INDEX mi ON m (id);
         GRANT SELECT ON m TO pg_monitor;
         CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER noting BEFORE UPDATE OF code ON child FOR EACH ROW EXECUTE FUNCTION noted();",
    )
    .travels()
    .shows("SELECT * FROM m", &[r#"{"id": 1, "code": 7}"#]);
}

#[test]
fn collations_and_serial_columns() {
    Case::new(
        "CREATE TABLE t (id serial PRIMARY KEY, a text, b text COLLATE \"C\"); INSERT INTO t (a, b) VALUES ('x', 'y');",
        "CREATE TABLE t (id bigserial PRIMARY KEY, a text COLLATE \"C\", b text);",
    )
    .travels();
}
