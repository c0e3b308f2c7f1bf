//! Defaults as `pg_get_expr` prints them; `tests/postgres_declare.rs` asks a server for the same.

use super::*;

fn default(data_type: Type, default: ColumnDefault) -> Option<String> {
    let mut column = column("a", data_type);
    column.default = Some(default);
    match one(table("t", [column])).columns.get("a")?.default.clone()? {
        ColumnDefault::Expr(expr) => Some(expr.to_string()),
        other => panic!("{other:?}"),
    }
}

fn native(text: &str) -> Type {
    Type::Native(text.to_owned())
}

fn list(of: Type) -> Type {
    Type::Array(Box::new(of))
}

#[test]
fn constants_are_typed_as_the_server_prints_them() {
    use Literal::{Bool, Int, Number, Text};
    let text = |text: &str| Text(text.to_owned());
    let number = |text: &str| Number(text.to_owned());
    for (data_type, literal, expected) in [
        (Type::Boolean, Bool(true), "true"),
        (Type::Integer, Int(5), "5"),
        (Type::Integer, Int(-5), "'-5'::integer"),
        (Type::Integer, Int(i64::from(i32::MIN)), "'-2147483648'::integer"),
        (Type::BigInt, Int(2_147_483_647), "2147483647"),
        (Type::BigInt, Int(2_147_483_648), "'2147483648'::bigint"),
        (Type::BigInt, Int(i64::MIN), "'-9223372036854775808'::bigint"),
        (Type::Numeric(None), number("0.0"), "0.0"),
        (Type::Numeric(None), number("-1.50"), "'-1.50'::numeric"),
        (Type::Numeric(None), number("1e3"), "'1000'::numeric"),
        (Type::Numeric(None), number("1.5e-3"), "0.0015"),
        (Type::Numeric(None), number("99999999999999999999"), "'99999999999999999999'::numeric"),
        (Type::Numeric(None), number("1."), "'1'::numeric"),
        (Type::Double, number("-1.5"), "'-1.5'::numeric"),
        (Type::Real, number(".5"), "0.5"),
        (Type::Text, text("it's \\ back"), "'it''s \\ back'::text"),
        (Type::Varchar(Some(20)), text("x"), "'x'::character varying"),
        (Type::Char(None), text("x"), "'x'::bpchar"),
        (Type::Enum("mood".into()), text("it's"), "'it''s'::mood"),
        (Type::Json, text("{\"b\":1,\"a\":[]}"), "'{\"a\": [], \"b\": 1}'::jsonb"),
        (native("json"), text("{}"), "'{}'::json"),
        (list(Type::Text), text("{}"), "'{}'::text[]"),
        (list(Type::Varchar(Some(5))), text("{a}"), "'{a}'::character varying[]"),
        (list(Type::Enum("mood".into())), text("{}"), "'{}'::mood[]"),
        (Type::Date, text("2020-01-01"), "'2020-01-01'::date"),
        (native("inet"), text("127.0.0.1"), "'127.0.0.1'::inet"),
        (native("bit(3)"), text("101"), "'101'::\"bit\""),
        (native("bit varying(5)"), text("101"), "'101'::bit varying"),
        (
            native("timestamp(3) with time zone"),
            text("2020-01-01 00:00:00+00"),
            "'2020-01-01 00:00:00+00'::timestamp with time zone",
        ),
        (
            Type::Uuid,
            text("A0EEBC999C0B4EF8BB6D6BB9BD380A11"),
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
        ),
        (Type::Numeric(None), text("1.50"), "1.50"),
        (Type::BigInt, text("5"), "'5'::bigint"),
        (Type::Boolean, text("yes"), "true"),
        (Type::Bytes, Literal::Bytes(vec![0, 255]), "'\\x00ff'::bytea"),
    ] {
        let found = default(data_type.clone(), ColumnDefault::Literal(literal.clone()));
        assert_eq!(found.as_deref(), Some(expected), "{data_type} {literal:?}");
    }
    assert_eq!(default(Type::Text, ColumnDefault::Literal(Literal::Null)), None);
}

#[test]
fn words_are_calls() {
    use ColumnDefault::{Now, Uuid4};
    for (data_type, word, expected) in [
        (Type::TimestampTz, Now, "now()"),
        (native("timestamp(3)"), Now, "now()"),
        (Type::Date, Now, "CURRENT_DATE"),
        (Type::Time, Now, "LOCALTIME"),
        (Type::BigInt, Now, "EXTRACT(epoch FROM now())::bigint"),
        (Type::Uuid, Uuid4, "gen_random_uuid()"),
        (Type::Text, Uuid4, "gen_random_uuid()::text"),
    ] {
        assert_eq!(default(data_type, word).as_deref(), Some(expected));
    }
}

#[test]
fn an_expression_that_is_a_constant_is_one() {
    for (data_type, text, expected) in [
        (Type::Text, "'x'", Some("'x'::text")),
        (Type::Text, "('x')", Some("'x'::text")),
        (Type::Text, "'x'::text", Some("'x'::text")),
        (Type::Text, "'x' :: VARCHAR", Some("'x'::character varying")),
        (Type::Integer, "(5)", Some("5")),
        (Type::Integer, "- 5", Some("'-5'::integer")),
        (Type::Integer, "'-5'::integer", Some("'-5'::integer")),
        (Type::Text, "null", None),
        (Type::Boolean, "FALSE", Some("false")),
        (Type::Date, "current_date", Some("CURRENT_DATE")),
        (Type::Text, "upper( 'x' )", Some("upper('x')")),
        (Type::Enum("mood".into()), "'glad'::mood", Some("'glad'::mood")),
        (list(Type::Text), "'{}'::TEXT[]", Some("'{}'::text[]")),
        (Type::Json, "'[]'", Some("'[]'::jsonb")),
    ] {
        let found = default(data_type, ColumnDefault::Expr(text.into()));
        assert_eq!(found.as_deref(), expected, "{text}");
    }
}
