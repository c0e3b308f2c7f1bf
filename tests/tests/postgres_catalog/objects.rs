//! Objects that are known by their text.

use peristyle_schema::ObjectKind;
use peristyle_tests::postgres::Server;

use crate::live::Live;

#[test]
fn namespaces_and_extensions() {
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE SCHEMA \"Odd one\"; CREATE EXTENSION citext WITH SCHEMA app; CREATE EXTENSION \"uuid-ossp\"",
    );
    let texts: Vec<&str> = read.schema.objects.values().map(|held| held.sql.as_str()).collect();
    assert_eq!(
        texts,
        [
            "CREATE SCHEMA \"Odd one\"",
            "CREATE SCHEMA app",
            "CREATE EXTENSION citext WITH SCHEMA app",
            "CREATE EXTENSION \"uuid-ossp\"",
        ]
    );
}

#[test]
fn types_of_the_schema() {
    let mut live = Live::new();
    let read = live.whole(
        "CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('ok');
         CREATE DOMAIN email AS varchar(90) COLLATE \"C\" DEFAULT 'a@b' NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%') CHECK (VALUE <> 'x');
         CREATE DOMAIN app.positive AS int CHECK (VALUE > 0); CREATE DOMAIN of_mood AS mood[];
         ALTER DOMAIN app.positive ADD CONSTRAINT small CHECK (VALUE < 9) NOT VALID;
         CREATE TYPE app.place AS (street text COLLATE \"C\", zip varchar(9), \"Odd one\" mood, at timestamptz(3), tags text[]);
         CREATE TYPE nothing AS ();
         CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
         CREATE TYPE app.words AS RANGE (subtype = text, collation = \"C\", subtype_opclass = text_pattern_ops, multirange_type_name = app.many_words)",
    );
    for (kind, name, sql) in [
        (
            ObjectKind::Domain,
            "email",
            "CREATE DOMAIN email AS character varying(90) COLLATE \"C\" DEFAULT 'a@b'::character varying NOT NULL \
             CONSTRAINT email_check CHECK (VALUE::text <> 'x'::text) CONSTRAINT has_at CHECK (VALUE::text ~~ '%@%'::text)",
        ),
        (
            ObjectKind::Domain,
            "app.positive",
            "CREATE DOMAIN app.positive AS integer CONSTRAINT positive_check CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 9) NOT VALID",
        ),
        (ObjectKind::Domain, "of_mood", "CREATE DOMAIN of_mood AS mood[]"),
        (
            ObjectKind::CompositeType,
            "app.place",
            "CREATE TYPE app.place AS (street text COLLATE \"C\", zip character varying(9), \"Odd one\" mood, \
             at timestamp(3) with time zone, tags text[])",
        ),
        (ObjectKind::CompositeType, "nothing", "CREATE TYPE nothing AS ()"),
        (
            ObjectKind::RangeType,
            "float_range",
            "CREATE TYPE float_range AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi)",
        ),
        (
            ObjectKind::RangeType,
            "app.words",
            "CREATE TYPE app.words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = \"C\", \
             MULTIRANGE_TYPE_NAME = many_words)",
        ),
    ] {
        assert_eq!(read.sql(kind, name), sql);
    }
}

#[test]
fn sequences() {
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE SEQUENCE plain; CREATE SEQUENCE app.small AS smallint; CREATE SEQUENCE \"Odd one\" START 5;
         CREATE SEQUENCE every AS int INCREMENT -3 MINVALUE -100 MAXVALUE 50 START 20 CACHE 9 CYCLE; CREATE SEQUENCE down INCREMENT -1",
    );
    for (name, sql) in [
        ("plain", "CREATE SEQUENCE plain"),
        ("app.small", "CREATE SEQUENCE app.small AS smallint"),
        ("Odd one", "CREATE SEQUENCE \"Odd one\" START WITH 5"),
        (
            "every",
            "CREATE SEQUENCE every AS integer INCREMENT BY -3 MINVALUE -100 MAXVALUE 50 START WITH 20 CACHE 9 CYCLE",
        ),
        ("down", "CREATE SEQUENCE down INCREMENT BY -1"),
    ] {
        assert_eq!(read.sql(ObjectKind::Sequence, name), sql);
    }
}

#[test]
fn views() {
    if Server::shared().is_too_old_for("CREATE VIEW v WITH (security_invoker)") {
        return;
    }
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE TABLE app.t (a int, b text);
         CREATE VIEW v AS SELECT a, b FROM app.t WHERE a > 1; CREATE VIEW app.w (x) AS SELECT a FROM v;
         CREATE VIEW guarded WITH (security_barrier, security_invoker = true) AS SELECT a FROM app.t WITH CASCADED CHECK OPTION;
         CREATE VIEW local_only AS SELECT a FROM app.t WITH LOCAL CHECK OPTION;
         CREATE MATERIALIZED VIEW app.mv WITH (fillfactor = 50) AS SELECT a, count(*) AS n FROM app.t GROUP BY a WITH NO DATA;
         CREATE UNIQUE INDEX mv_a ON app.mv (a); CREATE INDEX mv_n ON app.mv USING hash (n) WHERE a > 1;
         COMMENT ON MATERIALIZED VIEW app.mv IS 'Counted.'",
    );
    for (kind, name, sql) in [
        (
            ObjectKind::View,
            "v",
            "CREATE VIEW v AS\n SELECT t.a,\n    t.b\n   FROM app.t\n  WHERE t.a > 1",
        ),
        (ObjectKind::View, "app.w", "CREATE VIEW app.w AS\n SELECT v.a AS x\n   FROM v"),
        (
            ObjectKind::View,
            "guarded",
            "CREATE VIEW guarded WITH (security_barrier = true, security_invoker = true) AS\n SELECT t.a\n   FROM app.t\n  WITH CASCADED CHECK OPTION",
        ),
        (
            ObjectKind::View,
            "local_only",
            "CREATE VIEW local_only AS\n SELECT t.a\n   FROM app.t\n  WITH LOCAL CHECK OPTION",
        ),
        (
            ObjectKind::MaterializedView,
            "app.mv",
            "CREATE MATERIALIZED VIEW app.mv WITH (fillfactor = 50) AS\n SELECT t.a,\n    count(*) AS n\n   FROM app.t\n  GROUP BY t.a",
        ),
        (ObjectKind::ViewIndex, "app.mv_a", "CREATE UNIQUE INDEX mv_a ON app.mv USING btree (a)"),
        (
            ObjectKind::ViewIndex,
            "app.mv_n",
            "CREATE INDEX mv_n ON app.mv USING hash (n) WHERE a > 1",
        ),
    ] {
        // From version 16 on, columns are qualified only where they have to be.
        let unqualified = |sql: &str| sql.replace("t.", "").replace("v.a", "a").replace("app", "a");
        assert_eq!(unqualified(read.sql(kind, name)), unqualified(sql));
    }
    let on = read.schema.objects.values().filter_map(|held| held.on.clone());
    assert_eq!(on.collect::<Vec<_>>(), vec!["app.mv".parse().unwrap(); 2]);
}

#[test]
fn functions_and_procedures() {
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a int); CREATE TYPE app.place AS (a int);
         CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
         CREATE FUNCTION one(a int, b varchar(9) DEFAULT 'x', VARIADIC c text[] DEFAULT '{}') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
         CREATE FUNCTION app.\"Odd one\"(IN a mood, OUT b int, INOUT c app.place) LANGUAGE plpgsql AS $$ BEGIN b := 1; END $$;
         CREATE FUNCTION rows() RETURNS SETOF t LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp BEGIN ATOMIC SELECT a FROM t; END;
         CREATE FUNCTION made() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, ''a''';
         CREATE PROCEDURE app.run(x int) LANGUAGE sql AS 'SELECT 1'",
    );
    for (name, sql) in [
        (
            "one()",
            "CREATE FUNCTION one()\n RETURNS integer\n LANGUAGE sql\n IMMUTABLE\nAS $function$ SELECT 1 $function$",
        ),
        (
            "one(integer, character varying, text[])",
            "CREATE FUNCTION one(a integer, b character varying DEFAULT 'x'::character varying, VARIADIC c text[] DEFAULT '{}'::text[])\n \
             RETURNS integer\n LANGUAGE sql\nAS $function$ SELECT 1 $function$",
        ),
        (
            "app.Odd one(mood, app.place)",
            "CREATE FUNCTION app.\"Odd one\"(a mood, OUT b integer, INOUT c app.place)\n RETURNS record\n LANGUAGE plpgsql\n\
             AS $function$ BEGIN b := 1; END $function$",
        ),
        (
            "rows()",
            "CREATE FUNCTION rows()\n RETURNS SETOF t\n LANGUAGE sql\n STABLE SECURITY DEFINER\n SET search_path TO 'app', 'pg_temp'\n\
             BEGIN ATOMIC\n SELECT t.a\n    FROM t;\nEND",
        ),
        (
            "made()",
            "CREATE FUNCTION made()\n RETURNS TABLE(x integer, y text)\n LANGUAGE sql\nAS $function$SELECT 1, 'a'$function$",
        ),
        (
            "app.run(integer)",
            "CREATE PROCEDURE app.run(IN x integer)\n LANGUAGE sql\nAS $procedure$SELECT 1$procedure$",
        ),
    ] {
        let name = match name.split_once('.') {
            Some((namespace, name)) => format!("{namespace}.\"{name}\""),
            None => format!("\"{name}\""),
        };
        let unqualified = |sql: &str| sql.replace("t.a", "a");
        assert_eq!(unqualified(read.sql(ObjectKind::Function, &name)), unqualified(sql));
    }
}

#[test]
fn triggers() {
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE TABLE app.t (a int, b int); CREATE VIEW v AS SELECT a FROM app.t;
         CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER touched BEFORE UPDATE OF a, b ON app.t FOR EACH ROW WHEN (old.a IS DISTINCT FROM new.a) EXECUTE FUNCTION app.touch('x', '1');
         CREATE TRIGGER \"Odd one\" AFTER DELETE ON app.t REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
         CREATE CONSTRAINT TRIGGER late AFTER INSERT ON app.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
         CREATE TRIGGER touched INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION app.touch()",
    );
    for (name, of, sql) in [
        (
            "touched",
            "app.t",
            "CREATE TRIGGER touched BEFORE UPDATE OF a, b ON app.t FOR EACH ROW WHEN (old.a IS DISTINCT FROM new.a) EXECUTE FUNCTION app.touch('x', '1')",
        ),
        (
            "Odd one",
            "app.t",
            "CREATE TRIGGER \"Odd one\" AFTER DELETE ON app.t REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.touch()",
        ),
        (
            "late",
            "app.t",
            "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON app.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch()",
        ),
        (
            "touched",
            "v",
            "CREATE TRIGGER touched INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION app.touch()",
        ),
    ] {
        assert_eq!(read.sql_of(ObjectKind::Trigger, name, of), sql);
    }
}

#[test]
fn policies() {
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE TABLE app.t (a int, owner text); CREATE ROLE \"Catalog reader\";
         CREATE POLICY own ON app.t USING (owner = CURRENT_USER);
         CREATE POLICY \"Odd one\" ON app.t AS RESTRICTIVE FOR UPDATE TO \"Catalog reader\", CURRENT_USER USING (true) WITH CHECK (a > 0 AND a < 9);
         CREATE POLICY added ON app.t FOR INSERT WITH CHECK (a > 0); CREATE POLICY gone ON app.t FOR DELETE USING (a > 0)",
    );
    for (name, sql) in [
        ("own", "CREATE POLICY own ON app.t USING (owner = CURRENT_USER)"),
        (
            "Odd one",
            "CREATE POLICY \"Odd one\" ON app.t AS RESTRICTIVE FOR UPDATE TO \"Catalog reader\", postgres USING (true) WITH CHECK (a > 0 AND a < 9)",
        ),
        ("added", "CREATE POLICY added ON app.t FOR INSERT WITH CHECK (a > 0)"),
        ("gone", "CREATE POLICY gone ON app.t FOR DELETE USING (a > 0)"),
    ] {
        let read = read.sql_of(ObjectKind::Policy, name, "app.t");
        assert_eq!(
            read.replace("CURRENT_USER", "current_user"),
            sql.replace("CURRENT_USER", "current_user")
        );
    }
}

#[test]
fn grants() {
    let read = Live::new().read(
        "CREATE ROLE catalog_reader; CREATE ROLE \"Catalog writer\"; CREATE SCHEMA app;
         CREATE TABLE app.t (a serial, b int, c int); CREATE VIEW v AS SELECT a FROM app.t; CREATE SEQUENCE s;
         CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
         CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN d AS int;
         GRANT SELECT, INSERT, UPDATE (c, b) ON app.t TO catalog_reader; GRANT SELECT ON app.t TO PUBLIC;
         GRANT DELETE ON app.t TO \"Catalog writer\" WITH GRANT OPTION; GRANT INSERT ON app.t TO \"Catalog writer\";
         GRANT SELECT ON v TO catalog_reader; GRANT USAGE, SELECT ON SEQUENCE s, app.t_a_seq TO catalog_reader;
         GRANT EXECUTE ON FUNCTION f TO catalog_reader; GRANT USAGE ON SCHEMA app TO catalog_reader;
         GRANT EXECUTE ON PROCEDURE p TO catalog_reader; GRANT USAGE ON TYPE mood, d TO catalog_reader;
         REVOKE EXECUTE ON FUNCTION f FROM PUBLIC; GRANT CREATE ON SCHEMA public TO catalog_reader",
    );
    for (role, of, sql) in [
        (
            "catalog_reader",
            "app.t",
            "GRANT SELECT, INSERT, UPDATE (b, c) ON TABLE app.t TO catalog_reader",
        ),
        ("PUBLIC", "app.t", "GRANT SELECT ON TABLE app.t TO PUBLIC"),
        ("Catalog writer", "app.t", "GRANT INSERT ON TABLE app.t TO \"Catalog writer\""),
        (
            "Catalog writer WITH GRANT OPTION",
            "app.t",
            "GRANT DELETE ON TABLE app.t TO \"Catalog writer\" WITH GRANT OPTION",
        ),
        ("catalog_reader", "v", "GRANT SELECT ON TABLE v TO catalog_reader"),
        ("catalog_reader", "s", "GRANT USAGE, SELECT ON SEQUENCE s TO catalog_reader"),
        (
            "catalog_reader",
            "app.t_a_seq",
            "GRANT USAGE, SELECT ON SEQUENCE app.t_a_seq TO catalog_reader",
        ),
        ("catalog_reader", "f(integer)", "GRANT EXECUTE ON FUNCTION f(integer) TO catalog_reader"),
        ("PUBLIC REVOKED", "f(integer)", "REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC"),
        ("catalog_reader", "p()", "GRANT EXECUTE ON PROCEDURE p() TO catalog_reader"),
        ("catalog_reader", "mood", "GRANT USAGE ON TYPE mood TO catalog_reader"),
        ("catalog_reader", "d", "GRANT USAGE ON DOMAIN d TO catalog_reader"),
        ("catalog_reader", "app.\"\"", "GRANT USAGE ON SCHEMA app TO catalog_reader"),
        ("catalog_reader", "public.\"\"", "GRANT CREATE ON SCHEMA public TO catalog_reader"),
    ] {
        assert_eq!(read.sql_of(ObjectKind::Grant, role, of), sql);
    }
    assert_eq!(read.schema.objects.keys().filter(|id| id.kind == ObjectKind::Grant).count(), 14);
    assert_eq!(read.noted(), [] as [&str; 0]);
}
