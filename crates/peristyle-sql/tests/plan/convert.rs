//! Type changes: what converts exactly, what converts by meaning, and what is shown instead.

use peristyle_sql::{HazardKind, Reversible};

use crate::support::Case;

/// A table with one column of a type, and values in it.
fn with(data_type: &str, values: &[&str]) -> String {
    let mut script = format!("CREATE TABLE t (id INTEGER PRIMARY KEY, v {data_type});");
    for value in values {
        script.push_str(&format!("INSERT INTO t (v) VALUES ({value});"));
    }
    script.push_str("INSERT INTO t (v) VALUES (NULL);");
    script
}

/// Asserts that these values convert, into those, and come home.
#[track_caller]
fn converts(from: &str, to: &str, values: &[(&str, &str)], reversible: Reversible) {
    let old: Vec<&str> = values.iter().map(|(old, _)| *old).collect();
    let arrived = Case::new(&with(from, &old), &with(to, &[])).travels();
    assert_eq!(arrived.plan.reversible, reversible, "{from} to {to}");
    let mut rows: Vec<Vec<&str>> = values.iter().map(|(_, new)| vec![*new]).collect();
    rows.push(vec!["NULL"]);
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    arrived.shows("SELECT v FROM t ORDER BY id", &rows);
}

/// Asserts that each of these values stops the migration and is shown.
#[track_caller]
fn stops(from: &str, to: &str, values: &[&str]) {
    for value in values {
        let (message, row) = Case::new(&with(from, &[value]), &with(to, &[])).stops();
        assert!(message.starts_with("t.v becomes "), "{message}");
        assert!(!message.contains('\n'), "{message}");
        assert_eq!(row.len(), 2, "{row:?}");
    }
}

#[test]
fn numbers_among_themselves() {
    use Reversible::Yes;
    converts("INTEGER", "REAL", &[("5", "5.0"), ("-7", "-7.0")], Yes);
    converts("REAL", "INTEGER", &[("5.0", "5"), ("-7.0", "-7")], Yes);
    converts("INTEGER", "NUMERIC", &[("5", "5")], Yes);
    converts("NUMERIC", "INTEGER", &[("5", "5")], Yes);
    converts("REAL", "NUMERIC", &[("2.5", "2.5"), ("2.0", "2")], Yes);
    converts("NUMERIC", "REAL", &[("2.5", "2.5"), ("2", "2.0")], Yes);
    converts("INTEGER", "BOOLEAN", &[("1", "1"), ("0", "0")], Yes);
    converts("BOOLEAN", "INTEGER", &[("1", "1"), ("0", "0")], Yes);
    converts("BOOLEAN", "REAL", &[("1", "1.0")], Yes);
    converts("INT", "INTEGER", &[("1", "1")], Yes);
    stops("REAL", "INTEGER", &["1.5", "1e300", "'x'"]);
    stops("INTEGER", "REAL", &["9007199254740993", "'x'"]);
    stops("NUMERIC", "INTEGER", &["1.5", "'x'"]);
    stops("INTEGER", "BOOLEAN", &["2", "'x'"]);
}

#[test]
fn decimals_of_another_precision() {
    use Reversible::Yes;
    converts("NUMERIC(10,2)", "NUMERIC(12,4)", &[("1.55", "1.55")], Yes);
    converts("NUMERIC(10,2)", "NUMERIC(10,1)", &[("1.5", "1.5")], Yes);
    converts("INTEGER", "NUMERIC(4,1)", &[("999", "999")], Yes);
    stops("NUMERIC(10,2)", "NUMERIC(10,1)", &["1.55"]);
    stops("NUMERIC(10,2)", "NUMERIC(4,2)", &["100"]);
    stops("INTEGER", "NUMERIC(4,1)", &["1000"]);
}

#[test]
fn numbers_to_text_and_home() {
    use Reversible::Yes;
    converts(
        "INTEGER",
        "TEXT",
        &[("5", "'5'"), ("-9223372036854775808", "'-9223372036854775808'")],
        Yes,
    );
    converts(
        "REAL",
        "TEXT",
        &[("0.5", "'0.5'"), ("0.1 + 0.2", "'0.30000000000000004'"), ("1e100", "'1.0e+100'")],
        Yes,
    );
    converts("NUMERIC(10,2)", "TEXT", &[("12.5", "'12.5'"), ("3", "'3'")], Yes);
    converts("BOOLEAN", "TEXT", &[("1", "'true'"), ("0", "'false'")], Yes);
    stops("INTEGER", "TEXT", &["1.5", "'x'"]);
    stops("REAL", "TEXT", &["9e999", "'x'"]);
    stops("BOOLEAN", "TEXT", &["2"]);
}

#[test]
fn text_to_numbers() {
    use Reversible::{Partial, Yes};
    converts("TEXT", "INTEGER", &[("'5'", "5"), ("'-12'", "-12")], Yes);
    converts("TEXT", "REAL", &[("'1.50'", "1.5"), ("'2'", "2.0"), ("'1e3'", "1000.0")], Partial);
    converts(
        "TEXT",
        "NUMERIC(10,2)",
        &[("'12.50'", "12.5"), ("'0.05'", "0.05"), ("'-3'", "-3"), ("'0'", "0")],
        Partial,
    );
    converts("TEXT", "BOOLEAN", &[("'true'", "1"), ("'false'", "0")], Yes);
    stops(
        "TEXT",
        "INTEGER",
        &["'007'", "''", "'5 '", "'1.0'", "'x'", "'+5'", "'99999999999999999999'", "x'35'"],
    );
    stops("TEXT", "REAL", &["'12abc'", "''", "' 1'", "'007'", "'0x10'"]);
    stops("TEXT", "NUMERIC", &["'0.1234567890123456789'", "'1,5'", "'x'"]);
    stops("TEXT", "BOOLEAN", &["'yes'", "'1'", "'TRUE'"]);
}

#[test]
fn text_to_dates_and_times() {
    use Reversible::{Partial, Yes};
    converts("TEXT", "DATE", &[("'2024-02-29'", "'2024-02-29'")], Yes);
    converts(
        "TEXT",
        "TIME",
        &[
            ("'09:30'", "'09:30:00.000000'"),
            ("'09:30:15'", "'09:30:15.000000'"),
            ("'09:30:15.25'", "'09:30:15.250000'"),
        ],
        Partial,
    );
    converts(
        "TEXT",
        "TIMESTAMP",
        &[
            ("'2024-05-01 09:30:00'", "'2024-05-01T09:30:00.000000'"),
            ("'2024-05-01T09:30:00.123'", "'2024-05-01T09:30:00.123000'"),
        ],
        Partial,
    );
    converts(
        "TEXT",
        "TIMESTAMPTZ",
        &[
            ("'2024-05-01 09:30:00'", "'2024-05-01T09:30:00.000000Z'"),
            ("'2024-05-01T09:30:00Z'", "'2024-05-01T09:30:00.000000Z'"),
            ("'2024-05-01T09:30:00.123456Z'", "'2024-05-01T09:30:00.123456Z'"),
        ],
        Partial,
    );
    converts(
        "DATETIME",
        "TIMESTAMPTZ",
        &[("'2024-05-01 09:30:00'", "'2024-05-01T09:30:00.000000Z'")],
        Partial,
    );
    stops("TEXT", "DATE", &["'2023-02-29'", "'1.5.2024'", "'2024-5-1'", "'now'", "''"]);
    stops(
        "TEXT",
        "TIME",
        &["'25:00'", "'9:30'", "'09:30:'", "'09:30:15.'", "'09:30:15.1234567'", "'x'"],
    );
    stops(
        "TEXT",
        "TIMESTAMP",
        &["'2024-05-01'", "'2024-05-01T09:30'", "'2024-05-01T09:30:00Z'", "'2024-13-01T09:30:00'"],
    );
    stops(
        "TEXT",
        "TIMESTAMPTZ",
        &[
            "'2024-05-01T09:30:00+02:00'",
            "'2024-05-01T09:30:00.Z'",
            "'2024-05-01T09:30:00ZZ'",
            "'x'",
        ],
    );
}

#[test]
fn dates_and_times_among_themselves() {
    use Reversible::Yes;
    converts("DATE", "TEXT", &[("'2024-05-01'", "'2024-05-01'")], Yes);
    converts("DATE", "TIMESTAMP", &[("'2024-05-01'", "'2024-05-01T00:00:00.000000'")], Yes);
    converts("DATE", "TIMESTAMPTZ", &[("'2024-05-01'", "'2024-05-01T00:00:00.000000Z'")], Yes);
    converts("TIMESTAMP", "DATE", &[("'2024-05-01T00:00:00.000000'", "'2024-05-01'")], Yes);
    converts("TIMESTAMPTZ", "DATE", &[("'2024-05-01T00:00:00.000000Z'", "'2024-05-01'")], Yes);
    converts(
        "TIMESTAMP",
        "TIMESTAMPTZ",
        &[("'2024-05-01T09:30:00.000001'", "'2024-05-01T09:30:00.000001Z'")],
        Yes,
    );
    converts(
        "TIMESTAMPTZ",
        "TIMESTAMP",
        &[("'2024-05-01T09:30:00.000001Z'", "'2024-05-01T09:30:00.000001'")],
        Yes,
    );
    converts(
        "TIMESTAMPTZ",
        "TEXT",
        &[("'2024-05-01T09:30:00.000001Z'", "'2024-05-01T09:30:00.000001Z'")],
        Yes,
    );
    converts("TIME", "TEXT", &[("'09:30:00.000000'", "'09:30:00.000000'")], Yes);
    stops("TIMESTAMP", "DATE", &["'2024-05-01T09:30:00.000000'", "'x'"]);
    stops("DATE", "TIMESTAMP", &["'x'"]);
}

#[test]
fn json_bytes_and_text() {
    use Reversible::Yes;
    let json = "TEXT CHECK (json_valid(v))";
    converts("TEXT", json, &[("'{\"a\": 1}'", "'{\"a\": 1}'")], Yes);
    converts(json, "TEXT", &[("'[1]'", "'[1]'")], Yes);
    converts("INTEGER", json, &[("5", "'5'")], Yes);
    converts("BOOLEAN", json, &[("1", "'true'")], Yes);
    converts(json, "INTEGER", &[("'5'", "5")], Yes);
    converts("TEXT", "BLOB", &[("'ä'", "x'[c3, a4]'"), ("''", "x'[]'")], Yes);
    converts("BLOB", "TEXT", &[("x'c3a4'", "'ä'"), ("x''", "''")], Yes);
    stops("TEXT", json, &["'{'", "'abc'", "''"]);
    stops(json, "INTEGER", &["'[1]'", "'1.5'"]);
    stops("BLOB", "TEXT", &["x'ff'", "x'6100'", "5"]);
}

#[test]
fn a_conversion_of_a_key_is_made_in_both_tables() {
    let schema = |t: &str| {
        format!(
            "CREATE TABLE p (id {t} PRIMARY KEY NOT NULL); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id {t} REFERENCES p (id) ON DELETE CASCADE);"
        )
    };
    let rows = "INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 2), (3, NULL);";
    let arrived = Case::new(&format!("{}{rows}", schema("INTEGER")), &schema("TEXT")).travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.shows("SELECT p_id FROM c", &[&["'1'"], &["'2'"], &["NULL"]]);
}

#[test]
fn an_expression_converts_what_no_rule_does() {
    let case = || {
        Case::new(&with("INTEGER", &["0", "86400"]), &with("TIMESTAMPTZ", &[])).using(
            "t",
            "v",
            "strftime('%Y-%m-%dT%H:%M:%f000Z', v, 'unixepoch')",
        )
    };
    let arrived = case().travels();
    arrived.shows(
        "SELECT v FROM t",
        &[&["'1970-01-01T00:00:00.000000Z'"], &["'1970-01-02T00:00:00.000000Z'"], &["NULL"]],
    );
    assert_eq!(arrived.plan.reversible, Reversible::No);
    assert!(arrived.endangers(HazardKind::DataLoss));
    let kept = case().keep().travels_with("INSERT INTO t (v) VALUES ('2024-05-01T00:00:00.000000Z'); UPDATE t SET v = '2025-01-01T00:00:00.000000Z' WHERE id = 1");
    assert_eq!(kept.plan.reversible, Reversible::Yes);
    kept.home_shows(
        "SELECT id, v FROM t",
        &[&["1", "NULL"], &["2", "86400"], &["3", "NULL"], &["4", "NULL"]],
    );
}

#[test]
fn strict_tables_hold_values_to_their_types() {
    let (message, _) = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO t VALUES (1, 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER) STRICT;",
    )
    .stops();
    assert!(message.contains("becomes STRICT"), "{message}");
}
