use peristyle_schema::Name;
use proptest::prelude::*;
use rusqlite::Connection;

use super::{Scope, canonical, canonical_in, columns};

fn form(text: &str) -> String {
    canonical(text).unwrap_or_else(|error| panic!("{text}: {error}")).as_str().to_owned()
}

#[test]
fn ways_to_write_the_same_have_one_form() {
    for (text, expected) in [
        ("a>0 and\n  b<1", "a > 0 AND b < 1"),
        ("((a))", "a"),
        ("(a) AND (b)", "(a) AND (b)"),
        ("(a, b)", "(a, b)"),
        ("(a, b) = (1, 2)", "(a, b) = (1, 2)"),
        ("\"a\" > [b] + `c`", "a > b + c"),
        ("\"order\" > 0", "\"order\" > 0"),
        ("key > 0", "\"key\" > 0"),
        ("\"key\" > 0", "\"key\" > 0"),
        ("a -- why\n = /* because */ 1", "a = 1"),
        ("'it''s -- no comment'", "'it''s -- no comment'"),
        ("-1", "-1"),
        ("- 1", "-1"),
        ("- - 1", "- -1"),
        ("a-1", "a - 1"),
        ("a- -1", "a - -1"),
        ("(a)-1", "(a) - 1"),
        ("~ a", "~a"),
        ("length ( a )", "length(a)"),
        ("replace(a,'x','y')", "replace(a, 'x', 'y')"),
        ("cast ( a as integer )", "CAST(a AS integer)"),
        ("cast(a as unsigned big int)", "CAST(a AS unsigned big int)"),
        ("cast(a as varchar(10))", "CAST(a AS varchar(10))"),
        ("a not like 'x%' escape '!'", "a NOT LIKE 'x%' ESCAPE '!'"),
        ("a glob 'x' or match > 1", "a GLOB 'x' OR \"match\" > 1"),
        ("a in(1,2)", "a IN (1, 2)"),
        ("a collate nocase = 'x'", "a COLLATE nocase = 'x'"),
        ("case when a then 1 else end end", "CASE WHEN a THEN 1 ELSE \"end\" END"),
        ("t.a = new . b", "t.a = new.b"),
        ("a is not null", "a IS NOT NULL"),
        ("a not null", "a NOT NULL"),
        ("x'0aFf'", "X'0AFF'"),
        ("true", "TRUE"),
        ("\"true\"", "\"true\""),
        ("current_timestamp", "CURRENT_TIMESTAMP"),
        ("json_extract(a,'$.b')->>'c'", "json_extract(a, '$.b') ->> 'c'"),
        ("count(*)", "count(*)"),
        ("not(a)", "NOT (a)"),
        ("(select 1)", "(select 1)"),
        ("a BETWEEN 1 AND 2", "a BETWEEN 1 AND 2"),
    ] {
        assert_eq!(form(text), expected, "{text}");
        assert_eq!(form(expected), expected, "of the form itself");
    }
}

#[test]
fn a_name_that_names_no_column_is_the_string_that_sqlite_takes_it_for() {
    let names = [Name::from("a")];
    let form = |text| canonical_in(text, Scope::Columns(&names)).unwrap().as_str().to_owned();
    assert_eq!(form("\"A\" = \"b\""), "A = 'b'");
    assert_eq!(form("[b] = `c`"), "b = c");
    assert_eq!(form("\"f\"(a)"), "f(a)");
}

#[test]
fn what_is_no_expression_is_refused_with_its_place() {
    for (text, message) in [
        ("", "empty"),
        ("-- nothing", "empty"),
        ("(a", "not closed"),
        ("a)", "not opened"),
        ("a, b", "list"),
        ("a; DROP TABLE t", "`;`"),
        ("'a", "not closed"),
        ("a /* b", "not closed"),
        ("a = ?1", "parameters"),
        ("a \\ b", "cannot hold"),
        ("1abc", "cannot hold"),
        ("a >", "missing behind"),
        ("> 3", "missing before"),
        ("a b", "operator is missing"),
        ("length(a) 3", "operator is missing"),
        ("a BETWEEN 1 AND", "missing behind"),
        ("a IS NOT", "missing behind"),
    ] {
        let error = canonical(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert!(error.help.is_some(), "{text}");
    }
}

#[test]
fn columns_are_told_from_functions_types_and_collations() {
    let named = |text: &str| {
        columns(&canonical(text).unwrap()).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        named("lower(a) COLLATE nocase = CAST(t.b AS text) AND \"c d\" IS NULL"),
        ["a", "b", "c d"]
    );
    assert_eq!(named("strftime('%s', 'now')"), Vec::<String>::new());
}

/// Pieces that make expressions, right and wrong ones.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "\"a\"",
        "[b]",
        "`a`",
        "\"key\"",
        "key",
        "1",
        "2.5",
        "-",
        "+",
        "~",
        "*",
        "/",
        "||",
        "(",
        ")",
        ",",
        "=",
        "<",
        ">=",
        "<>",
        "and",
        "OR",
        "not",
        "is",
        "null",
        "in",
        "like",
        "between",
        "case",
        "when",
        "then",
        "else",
        "end",
        "cast",
        "as",
        "text",
        "collate",
        "nocase",
        "'s'",
        "'it''s'",
        "x'0a'",
        "abs",
        "length",
        ".",
        "->",
        "/* c */",
        "-- c\n",
        "\n",
        "true",
        "glob",
        "escape",
        "isnull",
        "replace",
        "left",
        "current_date",
    ]);
    prop::collection::vec(piece, 1..14).prop_map(|pieces| pieces.join(" "))
}

/// Expressions by a grammar, so that most of them are right.
fn right() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a", "b", "\"a\"", "[b]", "`A`", "key", "\"key\"", "1", "2.5", "-3", "'s'", "'it''s'",
        "NULL", "x'61'", "true", "t.a", "end",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let binary = prop::sample::select(vec![
            "+",
            "-",
            "*",
            "/",
            "||",
            "=",
            "<",
            "<=",
            "<>",
            "and",
            "OR",
            "is",
            "is not",
            "like",
            "not  like",
            "glob",
            "is distinct from",
            "%",
            "&",
            "<<",
        ]);
        prop_oneof![
            (inner.clone(), binary, inner.clone()).prop_map(|(l, op, r)| format!("{l} {op}\n{r}")),
            inner.clone().prop_map(|e| format!("( {e} )")),
            inner
                .clone()
                .prop_map(|e| format!("-{}{e}", if e.starts_with('-') { " " } else { "" })),
            inner.clone().prop_map(|e| format!("- {e}")),
            inner.clone().prop_map(|e| format!("not {e}")),
            inner.clone().prop_map(|e| format!("abs( {e})")),
            inner.clone().prop_map(|e| format!("cast ({e} as unsigned big int)")),
            inner.clone().prop_map(|e| format!("{e} collate nocase")),
            inner.clone().prop_map(|e| format!("{e} isnull")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} in({b},1)")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("case when {a} then {b} else {c} end")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("({a} between {b} and {c})")),
        ]
    })
}

fn engine() -> Connection {
    let engine = Connection::open_in_memory().unwrap();
    engine
        .execute_batch(
            "CREATE TABLE t(a, b, key, end); INSERT INTO t VALUES (1, 's', 5, 0.5), (NULL, 'S', '7', x'61'), \
             (-3, 2.5, NULL, 'x');",
        )
        .unwrap();
    engine
}

fn values(engine: &Connection, expr: &str) -> Result<Vec<String>, String> {
    let mut query =
        engine.prepare(&format!("SELECT quote({expr}) FROM t")).map_err(|e| e.to_string())?;
    let rows = query.query_map([], |row| row.get::<_, String>(0)).map_err(|e| e.to_string())?;
    rows.collect::<Result<_, _>>().map_err(|e| e.to_string())
}

proptest! {
    #[test]
    fn the_form_of_a_form_is_itself(text in pieces()) {
        if let Ok(once) = canonical(&text) {
            let twice = canonical(once.as_str());
            prop_assert_eq!(twice.as_ref(), Ok(&once), "{}", text);
        }
    }

    #[test]
    fn the_form_means_the_same(text in right()) {
        let engine = engine();
        let form = form(&text);
        if let Ok(expected) = values(&engine, &text) {
            prop_assert_eq!(values(&engine, &form), Ok(expected), "{} and {}", text, form);
        }
        prop_assert_eq!(self::form(&form), form);
    }

    #[test]
    fn what_the_engine_takes_is_taken_and_means_the_same(text in pieces()) {
        let engine = engine();
        if let Ok(expected) = values(&engine, &text) {
            let form = form(&text);
            prop_assert_eq!(values(&engine, &form), Ok(expected), "{} and {}", text, form);
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = canonical(&text);
        let _ = canonical(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_quoted_table_before_a_dot_is_no_string() {
    let columns = ["a".into()];
    let held = canonical_in("\"t\".a > \"t\"", Scope::Columns(&columns)).unwrap();
    assert_eq!(held.as_str(), "t.a > 't'");
}
