//! Objects that are known by their text.

use super::support::Case;

const T: &str = "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer); INSERT INTO t VALUES (1, 2, 3);";

#[test]
fn functions_are_replaced_where_others_stand_on_them() {
    let rest = "CREATE TABLE u (id integer DEFAULT f(1), CHECK (f(id) > 0)); CREATE INDEX fi ON u (f(id)); CREATE VIEW v AS SELECT f(a) AS x FROM t;";
    let arrived = Case::new(
        &format!("{T} CREATE FUNCTION f(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT a $$; {rest} INSERT INTO u VALUES (1);"),
        &format!("{T} CREATE FUNCTION f(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT a + 1 $$; COMMENT ON FUNCTION f(integer) IS 'F'; {rest}"),
    )
    .travels();
    assert!(arrived.up().contains("CREATE OR REPLACE FUNCTION"));
    arrived.shows("SELECT x FROM v", &[r#"{"x": 3}"#]);
    // Another name of the argument makes it another function to the server, with the same identity.
    Case::new(
        &format!("{T} CREATE FUNCTION f(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT a $$; {rest} INSERT INTO u VALUES (1);"),
        &format!("{T} CREATE FUNCTION f(b integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT b + 1 $$; {rest}"),
    )
    .travels();
}

#[test]
fn views_on_views_change_with_their_rights() {
    Case::new(
        &format!("{T} CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE MATERIALIZED VIEW m AS SELECT id FROM w;
            CREATE INDEX mi ON m (id); COMMENT ON MATERIALIZED VIEW m IS 'M'; GRANT SELECT ON v TO pg_monitor; GRANT SELECT ON w TO PUBLIC;
            CREATE VIEW gone AS SELECT 1 AS one; CREATE VIEW documented AS SELECT 1 AS one;"),
        &format!("{T} CREATE VIEW v AS SELECT id, b FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE MATERIALIZED VIEW m AS SELECT id FROM w;
            CREATE INDEX mi ON m (id); COMMENT ON MATERIALIZED VIEW m IS 'M'; GRANT SELECT, UPDATE ON v TO pg_monitor; GRANT SELECT ON w TO PUBLIC;
            CREATE VIEW documented AS SELECT 1 AS one; COMMENT ON VIEW documented IS 'D';"),
    )
    .travels();
}

#[test]
fn triggers_policies_and_rights_change() {
    let f = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;";
    Case::new(
        &format!("{T} {f} CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
            ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a > 0); CREATE POLICY q ON t FOR DELETE USING (true);
            GRANT SELECT ON t TO pg_monitor; GRANT INSERT ON t TO PUBLIC; CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO PUBLIC;"),
        &format!("{T} {f} CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
            ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;
            CREATE POLICY p ON t AS RESTRICTIVE TO pg_monitor USING (a > 1) WITH CHECK (b > 1);
            GRANT SELECT (a), UPDATE ON t TO pg_monitor WITH GRANT OPTION; CREATE SCHEMA app;"),
    )
    .travels();
}

#[test]
fn types_sequences_namespaces_and_extensions_come_and_go() {
    let all = "CREATE SCHEMA app; CREATE EXTENSION citext; CREATE TYPE pair AS (a integer, b text); CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
        CREATE TYPE floats AS RANGE (subtype = float8); CREATE SEQUENCE numbers; CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';";
    let used = "CREATE TABLE t (id integer PRIMARY KEY DEFAULT one(), p pair, q positive, r floats, c citext, n bigint DEFAULT nextval('numbers'));";
    Case::new(
        "CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t VALUES (1);",
        &format!("{all} {used}"),
    )
    .travels();
    Case::new(
        &format!("{all} {used} INSERT INTO t VALUES (1, '(1,x)', 5, '[1,2)', 'Text', 4);"),
        "CREATE TABLE t (id integer PRIMARY KEY);",
    )
    .keep()
    .travels();
}

#[test]
fn a_view_of_all_columns_gets_new_ones() {
    Case::new(
        &format!("{T} CREATE VIEW v AS SELECT * FROM t;"),
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer); CREATE VIEW v AS SELECT * FROM t;",
    )
    .travels();
}

#[test]
fn domains_composite_types_and_sequences_change() {
    Case::new(
        &format!("{T} CREATE DOMAIN d AS integer DEFAULT 1 CHECK (VALUE > 0); CREATE TYPE c AS (a integer, b text); CREATE SEQUENCE s START 5;
            CREATE TABLE u (x d, y c, z bigint DEFAULT nextval('s')); INSERT INTO u VALUES (3, '(1,x)', 2);"),
        &format!("{T} CREATE DOMAIN d AS integer DEFAULT 2 NOT NULL CONSTRAINT small CHECK (VALUE < 9); CREATE TYPE c AS (a integer, b text, e date);
            CREATE SEQUENCE s START 5 INCREMENT 3 CYCLE MAXVALUE 1000; CREATE TABLE u (x d, y c, z bigint DEFAULT nextval('s'));"),
    )
    .travels();
}

/// What stands on a type that is made anew: rights, a view, a function, a policy, rules, keys and a computed column.
#[test]
fn types_are_made_anew_under_what_stands_on_them() {
    let with = |code: &str, place: &str, name: &str| {
        format!(
            "CREATE DOMAIN code AS {code}; COMMENT ON DOMAIN code IS 'short'; REVOKE USAGE ON DOMAIN code FROM PUBLIC;
             CREATE SCHEMA app; CREATE TYPE app.place AS ({place});
             CREATE FUNCTION shown(of code) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT of::text';
             CREATE TABLE {name} (id code PRIMARY KEY DEFAULT 7, home app.place, codes code[], twice text GENERATED ALWAYS AS (id::text || id::text) STORED,
                CONSTRAINT big CHECK (id > 0), CONSTRAINT named CHECK ((home).city <> ''));
             CREATE TABLE child (of code REFERENCES {name} ON DELETE CASCADE, note text);
             CREATE UNIQUE INDEX by_city ON {name} (((home).city)) WHERE id > 1;
             CREATE INDEX by_code ON child (of);
             CREATE VIEW cities AS SELECT id, (home).city AS city FROM {name};
             ALTER TABLE child ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON child USING (of > 2);"
        )
    };
    let rows = "INSERT INTO t VALUES (1, ROW('Long Lane', 'York', 5), '{1,2}'), (2, NULL, NULL), (3, ROW(NULL, NULL, NULL), '{}');
                INSERT INTO child VALUES (1, 'one'), (3, 'three'), (NULL, 'none');";
    let old = with("integer CHECK (VALUE < 900)", "street text, city text, zip integer", "t");
    for (code, place, name) in [
        ("bigint CHECK (VALUE < 900)", "street text, city text, zip integer", "t"),
        ("integer CHECK (VALUE < 900)", "zip bigint, street text, city varchar(40)", "t"),
        ("bigint CHECK (VALUE < 9000)", "city text, zip integer, street text", "u"),
    ] {
        let case = Case::new(&format!("{old} {rows}"), &with(code, place, name));
        let case = if name == "t" { case } else { case.was(name, "t") };
        let arrived = case.travels();
        let city = format!("SELECT (home).city FROM {name} WHERE id = 1");
        arrived.shows(&city, &["{\"city\": \"York\"}"]);
        let whole = format!("SELECT count(*) FROM {name} WHERE home IS DISTINCT FROM NULL");
        arrived.shows(&whole, &["{\"count\": 2}"]);
    }
}

#[test]
fn values_that_a_type_made_anew_does_not_take_are_shown() {
    let with = |code: &str, place: &str| {
        format!(
            "CREATE DOMAIN code AS {code}; CREATE TYPE place AS ({place});
             CREATE TABLE t (id integer PRIMARY KEY, a code, home place);"
        )
    };
    let old = with("text", "name text, size numeric");
    for (rows, code, place, row) in [
        ("(1, 'short', NULL), (2, 'too long', NULL)", "varchar(5)", "name text, size numeric", "2"),
        (
            "(1, NULL, ROW(NULL, 1.25)), (2, NULL, ROW('x', 1.5))",
            "text",
            "name text, size numeric(5,1)",
            "1",
        ),
    ] {
        let case = Case::new(&format!("{old} INSERT INTO t VALUES {rows};"), &with(code, place));
        let (message, shown) = case.stops();
        assert!(message.contains("is not the same as"), "{message}");
        assert!(shown.contains(&format!("Integer({row})")), "{shown}");
    }
    let old = format!("{old} INSERT INTO t VALUES (1, 'x', NULL), (2, NULL, NULL);");
    let new = with("varchar(5) NOT NULL", "name text, size numeric");
    let (message, shown) = Case::new(&old, &new).stops();
    assert!(message.contains("--fill t.a:"), "{message}");
    assert!(shown.contains("Integer(2)"), "{shown}");
}
