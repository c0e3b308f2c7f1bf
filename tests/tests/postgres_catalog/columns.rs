//! Columns: types, defaults, numbers, computed values, collations, documentation.

use peristyle_schema::{
    ColumnDefault, Expr, Generated, Identity, Name, Precision, QualifiedName, Type,
};

use crate::live::{Live, Read};

fn native(text: &str) -> Type {
    Type::Native(text.to_owned())
}

#[test]
fn every_type_of_the_server_is_read() {
    let types: Vec<(&str, Type)> = vec![
        ("boolean", Type::Boolean),
        ("smallint", Type::SmallInt),
        ("int", Type::Integer),
        ("bigint", Type::BigInt),
        ("real", Type::Real),
        ("float8", Type::Double),
        ("numeric", Type::Numeric(None)),
        ("numeric(12,3)", Type::Numeric(Some(Precision { precision: 12, scale: 3 }))),
        ("decimal(5)", Type::Numeric(Some(Precision { precision: 5, scale: 0 }))),
        ("text", Type::Text),
        ("varchar", Type::Varchar(None)),
        ("varchar(40)", Type::Varchar(Some(40))),
        ("char", Type::Char(Some(1))),
        ("char(7)", Type::Char(Some(7))),
        ("bpchar", native("bpchar")),
        ("\"char\"", native("\"char\"")),
        ("name", native("name")),
        ("bytea", Type::Bytes),
        ("uuid", Type::Uuid),
        ("date", Type::Date),
        ("time", Type::Time),
        ("time(3)", native("time(3) without time zone")),
        ("timetz", native("time with time zone")),
        ("timestamp", Type::Timestamp),
        ("timestamp(0)", native("timestamp(0) without time zone")),
        ("timestamptz", Type::TimestampTz),
        ("timestamptz(3)", native("timestamp(3) with time zone")),
        ("interval", Type::Interval),
        ("interval(2)", native("interval(2)")),
        ("interval day to second(3)", native("interval day to second(3)")),
        ("interval year to month", native("interval year to month")),
        ("json", native("json")),
        ("jsonb", Type::Json),
        ("inet", native("inet")),
        ("cidr", native("cidr")),
        ("macaddr", native("macaddr")),
        ("money", native("money")),
        ("xml", native("xml")),
        ("bit", native("bit(1)")),
        ("bit(5)", native("bit(5)")),
        ("varbit", native("bit varying")),
        ("varbit(9)", native("bit varying(9)")),
        ("point", native("point")),
        ("tsvector", native("tsvector")),
        ("tsquery", native("tsquery")),
        ("int4range", native("int4range")),
        ("tstzrange", native("tstzrange")),
        ("nummultirange", native("nummultirange")),
        ("oid", native("oid")),
        ("regclass", native("regclass")),
        ("pg_lsn", native("pg_lsn")),
        ("int[]", Type::Array(Box::new(Type::Integer))),
        ("varchar(3)[][]", Type::Array(Box::new(Type::Varchar(Some(3))))),
        ("timestamptz(3)[]", Type::Array(Box::new(native("timestamp(3) with time zone")))),
        ("mood", Type::Enum(QualifiedName::local("mood"))),
        ("mood[]", Type::Array(Box::new(Type::Enum(QualifiedName::local("mood"))))),
        ("app.\"Mood\"", Type::Enum(QualifiedName::qualified("app", "Mood"))),
        ("email", native("email")),
        ("email[]", Type::Array(Box::new(native("email")))),
        ("app.place", native("app.place")),
        ("float_range", native("float_range")),
        ("citext", native("citext")),
        ("\"Odd type\"", native("\"Odd type\"")),
        ("public.box", native("public.box")),
    ];
    let columns: Vec<String> =
        types.iter().enumerate().map(|(at, (text, _))| format!("c{at} {text}")).collect();
    let script = format!(
        "CREATE SCHEMA app; CREATE EXTENSION citext;
         CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TYPE app.\"Mood\" AS ENUM ('ok');
         CREATE DOMAIN email AS text; CREATE TYPE app.place AS (street text);
         CREATE TYPE float_range AS RANGE (subtype = float8); CREATE DOMAIN \"Odd type\" AS int;
         CREATE TYPE public.box AS (a int);
         CREATE TABLE t ({})",
        columns.join(", ")
    );
    let read = Live::new().whole(&script);
    for (at, (text, data_type)) in types.into_iter().enumerate() {
        assert_eq!(read.column("t", &format!("c{at}")).data_type, data_type, "{text}");
    }
    let moods = &read.schema.enums[&QualifiedName::local("mood")];
    assert_eq!(moods.values, ["ok".into(), "sad".into()]);
}

fn default(read: &Read, name: &str) -> Option<String> {
    match &read.column("t", name).default {
        Some(ColumnDefault::Expr(expr)) => Some(expr.as_str().to_owned()),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

#[test]
fn defaults_are_in_the_server_s_words() {
    let defaults = [
        ("boolean", "true", "true"),
        ("int", "5", "5"),
        ("int", "-5", "'-5'::integer"),
        ("bigint", "-5", "'-5'::integer"),
        ("numeric", "0.0", "0.0"),
        ("text", "'x'", "'x'::text"),
        ("text", "'it''s'", "'it''s'::text"),
        ("text", "E'a\\\\b'", "'a\\b'::text"),
        ("varchar(9)", "'x'", "'x'::character varying"),
        ("mood", "'ok'", "'ok'::mood"),
        ("jsonb", "'[]'", "'[]'::jsonb"),
        ("text[]", "'{}'", "'{}'::text[]"),
        ("date", "'2020-01-01'", "'2020-01-01'::date"),
        ("timestamptz", "now()", "now()"),
        ("timestamptz", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("date", "CURRENT_DATE", "CURRENT_DATE"),
        ("uuid", "gen_random_uuid()", "gen_random_uuid()"),
        ("text", "CURRENT_USER", "CURRENT_USER"),
        ("int", "1 + 1", "1 + 1"),
        ("timestamptz", "now() + interval '1 day'", "now() + '1 day'::interval"),
        ("bytea", "'\\x00ff'", "'\\x00ff'::bytea"),
        ("int", "nextval('numbers')", "nextval('numbers'::regclass)"),
        ("text", "app.made(1)", "app.made(1)"),
    ];
    let columns: Vec<String> = defaults
        .iter()
        .enumerate()
        .map(|(at, (data_type, value, _))| format!("c{at} {data_type} DEFAULT {value}"))
        .collect();
    let script = format!(
        "CREATE SCHEMA app; CREATE SEQUENCE numbers; CREATE TYPE mood AS ENUM ('ok', 'sad');
         CREATE FUNCTION app.made(a int) RETURNS text LANGUAGE sql AS 'SELECT ''a''';
         CREATE TABLE t (none int, {})",
        columns.join(", ")
    );
    let read = Live::new().whole(&script);
    for (at, (_, value, expected)) in defaults.iter().enumerate() {
        assert_eq!(default(&read, &format!("c{at}")).as_deref(), Some(*expected), "{value}");
    }
    assert_eq!(default(&read, "none"), None);
}

#[test]
fn numbered_columns_are_told_apart() {
    let mut live = Live::new();
    let read = live.whole(
        "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY, b int GENERATED BY DEFAULT AS IDENTITY,
           c serial, d bigserial, e smallserial, f int NOT NULL);
         CREATE TABLE \"Odd 'one\" (\"The Id\" serial PRIMARY KEY)",
    );
    for (name, data_type, identity) in [
        ("a", Type::BigInt, Some(Identity::Always)),
        ("b", Type::Integer, Some(Identity::ByDefault)),
        ("c", Type::Integer, Some(Identity::Serial)),
        ("d", Type::BigInt, Some(Identity::Serial)),
        ("e", Type::SmallInt, Some(Identity::Serial)),
        ("f", Type::Integer, None),
    ] {
        let column = read.column("t", name);
        assert_eq!((&column.data_type, column.identity), (&data_type, identity), "{name}");
        assert_eq!((column.default.as_ref(), column.nullable), (None, false), "{name}");
    }
    let odd = read.column("Odd 'one", "The Id");
    assert_eq!((odd.identity, &odd.default), (Some(Identity::Serial), &None));
    assert!(read.schema.objects.is_empty(), "{:#?}", read.schema.objects);
}

/// A sequence that a column owns but does not number by, and options of one, are in no declaration.
#[test]
fn what_a_sequence_has_beyond_numbering_is_noted() {
    let read = Live::new().read(
        "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), b int);
         CREATE SEQUENCE s OWNED BY t.b",
    );
    assert_eq!(read.column("t", "a").identity, Some(Identity::Always));
    assert_eq!(read.column("t", "b").identity, None);
    assert_eq!(
        read.table("t").unmodelled,
        ["options of the sequence of column `a`", "sequence `s` that column `b` owns"]
    );
    assert_eq!(
        read.noted(),
        [
            "not-modelled: options of the sequence of column `a` of table `t` is not a part of the schema that is read",
            "not-modelled: sequence `s` that column `b` owns of table `t` is not a part of the schema that is read",
        ]
    );
    let help = read.notes[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("ALTER TABLE … ALTER COLUMN … SET"), "{help}");
}

#[test]
fn generated_columns_and_collations() {
    let read = Live::new().whole(
        "CREATE TABLE t (a int, b int NOT NULL, g int GENERATED ALWAYS AS (a * b + 1) STORED, plain text,
           c text COLLATE \"C\", d text COLLATE \"default\", e varchar(3) COLLATE \"POSIX\", f text[] COLLATE \"C\")",
    );
    let generated = Generated { expr: Expr::from("a * b + 1"), stored: true };
    assert_eq!(read.column("t", "g").generated, Some(generated));
    assert_eq!(read.column("t", "g").default, None);
    assert!(read.column("t", "a").nullable && !read.column("t", "b").nullable);
    for (name, collation) in
        [("plain", None), ("c", Some("C")), ("d", None), ("e", Some("POSIX")), ("f", Some("C"))]
    {
        assert_eq!(read.column("t", name).collation, collation.map(Name::from), "{name}");
    }
}

#[test]
fn a_collation_of_another_schema_keeps_its_path() {
    let read = Live::new().read(
        "CREATE SCHEMA app; CREATE COLLATION app.\"My.C\" FROM \"C\"; CREATE COLLATION mine FROM \"C\";
         CREATE TABLE t (a text COLLATE app.\"My.C\", b text COLLATE mine);
         CREATE INDEX i ON t (a COLLATE mine, b COLLATE app.\"My.C\")",
    );
    assert_eq!(read.column("t", "a").collation, Some("app.\"My.C\"".into()));
    assert_eq!(read.column("t", "b").collation, Some("mine".into()));
    let index = read.table("t").indexes.get("i").unwrap();
    assert_eq!(index.parts[0].collation, Some("mine".into()));
    assert_eq!(index.parts[1].collation, Some("app.\"My.C\"".into()));
    assert_eq!(
        read.noted(),
        [
            "not-modelled: collation `My.C` is not a part of the schema that is read",
            "not-modelled: collation `mine` is not a part of the schema that is read",
        ]
    );
}

#[test]
fn comments_are_documentation() {
    let read = Live::new().whole(
        "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;
         CREATE SEQUENCE s; CREATE DOMAIN d AS int; CREATE SCHEMA app;
         CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
         COMMENT ON TABLE t IS 'Of all.'; COMMENT ON COLUMN t.b IS E'Two\\nlines, it''s';
         COMMENT ON TYPE mood IS 'How it is.'; COMMENT ON VIEW v IS 'A view.'; COMMENT ON SEQUENCE s IS 'Numbers.';
         COMMENT ON DOMAIN d IS 'A domain.'; COMMENT ON SCHEMA app IS 'A schema.'; COMMENT ON FUNCTION f(int) IS 'One.'",
    );
    assert_eq!(read.table("t").doc.as_deref(), Some("Of all."));
    assert_eq!(read.column("t", "a").doc, None);
    assert_eq!(read.column("t", "b").doc.as_deref(), Some("Two\nlines, it's"));
    assert_eq!(read.schema.enums[&"mood".into()].doc.as_deref(), Some("How it is."));
    let docs: Vec<&str> =
        read.schema.objects.values().map(|held| held.doc.as_deref().unwrap_or_default()).collect();
    assert_eq!(docs, ["A schema.", "A domain.", "Numbers.", "One.", "A view."]);
}
