//! Declared texts in the server's words: what was written in another way is the same schema.

use peristyle_driver::Connection;
use peristyle_schema::{
    ColumnDefault, Expr, Generated, IndexKey, Name, ObjectKind, Pair, Schema, diff,
};
use peristyle_sql::{DialectName, dialect};

use crate::live::Live;

/// Makes a schema, changes the words of what was read of it, and has the server print them again.
fn comes_back(script: &str, respell: impl FnOnce(&mut Schema)) {
    let mut live = Live::new();
    live.connection.batch(script).unwrap_or_else(|error| panic!("{error}\n{script}"));
    let held = live.connection.catalog().unwrap().schema;
    let mut declared = held.clone();
    respell(&mut declared);
    assert_ne!(declared, held, "nothing was respelled");
    let canonical = live.connection.canonical(declared, &held).unwrap();
    assert_eq!(diff(Pair::new(&held, &canonical)), []);
    assert_eq!(live.connection.catalog().unwrap().schema, held, "something stayed behind");
}

fn default(schema: &mut Schema, table: &str, column: &str, text: &str) {
    let table = schema.tables.get_mut(&table.parse().unwrap()).unwrap();
    table.columns.get_mut(column).unwrap().default = Some(ColumnDefault::Expr(Expr::from(text)));
}

fn check(schema: &mut Schema, table: &str, name: &str, text: &str) {
    let table = schema.tables.get_mut(&table.parse().unwrap()).unwrap();
    let named = |check: &&mut peristyle_schema::Check| check.name == Some(Name::from(name));
    table.checks.iter_mut().find(named).unwrap().expr = Expr::from(text);
}

fn object(schema: &mut Schema, kind: ObjectKind, name: &str, sql: &str) {
    let found = schema
        .objects
        .values_mut()
        .find(|held| held.id.kind == kind && held.id.name == name.parse().unwrap());
    found.unwrap_or_else(|| panic!("{kind:?} {name}")).sql = sql.to_owned();
}

#[test]
fn defaults_checks_and_generated_columns() {
    comes_back(
        "CREATE TYPE mood AS ENUM ('ok', 'sad');
         CREATE TABLE t (a int DEFAULT 1 + 1, b timestamptz DEFAULT now() + interval '1 day', m mood DEFAULT 'ok',
           \"Odd one\" text DEFAULT 'x' || 'y', g int GENERATED ALWAYS AS (a * 2) STORED,
           CONSTRAINT among CHECK (a IN (1, 2, 3)), CONSTRAINT between_two CHECK (a BETWEEN 1 AND 9),
           CONSTRAINT named CHECK (t.\"Odd one\" LIKE 'x%'))",
        |schema| {
            default(schema, "t", "a", "1+1");
            default(schema, "t", "b", "CURRENT_TIMESTAMP + '1 day'");
            default(schema, "t", "b", "now() + '24:00:00'::interval - interval '0'");
            default(schema, "t", "b", "now() + interval '1 day'");
            default(schema, "t", "Odd one", "'x'||'y'");
            let table = schema.tables.get_mut(&"t".parse().unwrap()).unwrap();
            let generated = Generated { expr: Expr::from("a*2"), stored: true };
            table.columns.get_mut("g").unwrap().generated = Some(generated);
            check(schema, "t", "among", "a in (1, 2, 3)");
            check(schema, "t", "between_two", "a between 1 and 9");
            check(schema, "t", "named", "t.\"Odd one\" like 'x%'");
        },
    );
}

#[test]
fn indexes_and_exclusions() {
    comes_back(
        "CREATE TABLE app_t (a int, s text, j jsonb, during tstzrange,
           CONSTRAINT once EXCLUDE USING gist (during WITH &&) WHERE (a > 0 AND a < 9));
         CREATE INDEX by_expr ON app_t (lower(s) text_pattern_ops, (a + 1) DESC, a) WHERE s <> '' AND a IN (1, 2);
         CREATE EXTENSION pg_trgm;
         CREATE INDEX by_json ON app_t USING gin ((j -> 'tags') jsonb_path_ops);
         CREATE INDEX by_class ON app_t USING gist (s gist_trgm_ops (siglen = 32), during)",
        |schema| {
            let table = schema.tables.get_mut(&"app_t".parse().unwrap()).unwrap();
            table.exclusions[0].rule =
                Expr::from("using gist (during with &&) where (a>0 and a<9)");
            let index = table.indexes.get_mut("by_expr").unwrap();
            index.parts[0].key = IndexKey::Expr(Expr::from("LOWER(s)"));
            index.parts[1].key = IndexKey::Expr(Expr::from("a+1"));
            index.filter = Some(Expr::from("s != '' and a in (1,2)"));
            let index = table.indexes.get_mut("by_json").unwrap();
            index.parts[0].key = IndexKey::Expr(Expr::from("j->'tags'"));
            let index = table.indexes.get_mut("by_class").unwrap();
            index.parts[0].operator_class = Some("gist_trgm_ops(siglen='32')".into());
            index.parts[1].operator_class = Some("range_ops".into());
        },
    );
}

/// A constraint or an index that was renamed is asked for too, so that the rename is seen as one.
#[test]
fn what_was_renamed_is_the_same_text() {
    let mut live = Live::new();
    live.connection
        .batch(
            "CREATE TABLE t (a int, s text, CONSTRAINT old_check CHECK (a IN (1, 2)));
             CREATE INDEX old_index ON t (lower(s)) WHERE a IN (1, 2)",
        )
        .unwrap();
    let held = live.connection.catalog().unwrap().schema;
    let mut declared = held.clone();
    let table = declared.tables.get_mut(&"t".parse().unwrap()).unwrap();
    table.checks[0].name = Some("new_check".into());
    table.checks[0].expr = Expr::from("a in (1, 2)");
    let mut index = table.indexes.remove("old_index").unwrap();
    index.name = "new_index".into();
    index.filter = Some(Expr::from("a in (1, 2)"));
    table.indexes.insert(index);
    let canonical = live.connection.canonical(declared, &held).unwrap();
    let table = &canonical.tables[&"t".parse().unwrap()];
    let before = &held.tables[&"t".parse().unwrap()];
    assert_eq!(table.checks[0].expr, before.checks[0].expr);
    let filter = |table: &peristyle_schema::Table, name: &str| {
        table.indexes.get(name).unwrap().filter.clone()
    };
    assert_eq!(filter(table, "new_index"), filter(before, "old_index"));
}

/// One text that the server refuses leaves the others to be asked, and stays as it was declared.
#[test]
fn what_is_refused_stays_as_declared() {
    let mut live = Live::new();
    live.connection
        .batch("CREATE TABLE t (a int DEFAULT 1 + 1, b int DEFAULT 2, CONSTRAINT c CHECK (a IN (1, 2)))")
        .unwrap();
    let held = live.connection.catalog().unwrap().schema;
    let mut declared = held.clone();
    default(&mut declared, "t", "a", "1+1");
    default(&mut declared, "t", "b", "not_there_yet()");
    check(&mut declared, "t", "c", "a in (1, 2)");
    let canonical = live.connection.canonical(declared, &held).unwrap();
    let table = &canonical.tables[&"t".parse().unwrap()];
    let before = &held.tables[&"t".parse().unwrap()];
    assert_eq!(table.columns.get("a"), before.columns.get("a"));
    assert_eq!(table.checks, before.checks);
    let refused = ColumnDefault::Expr(Expr::from("not_there_yet()"));
    assert_eq!(table.columns.get("b").unwrap().default, Some(refused));
}

#[test]
fn views_and_their_indexes() {
    comes_back(
        "CREATE SCHEMA app;
         CREATE TABLE app.t (a int, s text);
         CREATE VIEW v AS SELECT a FROM app.t WHERE a IN (1, 2);
         CREATE VIEW app.v WITH (security_barrier) AS SELECT * FROM app.t WITH LOCAL CHECK OPTION;
         CREATE VIEW named (x, y) AS SELECT a, s FROM app.t;
         CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9;
         CREATE MATERIALIZED VIEW app.mv AS SELECT a, count(*) AS n FROM app.t GROUP BY a;
         CREATE UNIQUE INDEX mv_a ON app.mv (a) WHERE n > 1 AND a IN (1, 2);
         CREATE INDEX mv_n ON app.mv (lower(n::text))",
        |schema| {
            object(schema, ObjectKind::View, "v", "CREATE VIEW v AS\nselect a from app.t where a in (1, 2)");
            object(
                schema,
                ObjectKind::View,
                "app.v",
                "CREATE VIEW app.v with (security_barrier = true) as select * from app.t with local check option",
            );
            object(schema, ObjectKind::View, "named", "CREATE VIEW named (x, y) AS SELECT a, s FROM app.t");
            object(
                schema,
                ObjectKind::View,
                "numbers",
                "CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9",
            );
            object(
                schema,
                ObjectKind::MaterializedView,
                "app.mv",
                "CREATE MATERIALIZED VIEW app.mv AS\nselect a, count(*) as n from app.t group by a WITH DATA",
            );
            object(
                schema,
                ObjectKind::ViewIndex,
                "app.mv_a",
                "CREATE UNIQUE INDEX mv_a ON app.mv USING btree (a) where n>1 and a in (1,2)",
            );
            object(
                schema,
                ObjectKind::ViewIndex,
                "app.mv_n",
                "CREATE INDEX mv_n ON app.mv USING btree (LOWER(n::text))",
            );
        },
    );
}

#[test]
fn functions_and_procedures() {
    comes_back(
        "CREATE SCHEMA app;
         CREATE TABLE t (a int);
         CREATE FUNCTION total(a int, b text DEFAULT 'x') RETURNS bigint LANGUAGE sql STABLE STRICT AS $$ SELECT sum(a) FROM t $$;
         CREATE FUNCTION app.rows() RETURNS SETOF t LANGUAGE sql BEGIN ATOMIC SELECT * FROM t; END;
         CREATE PROCEDURE app.\"Odd (one\"(INOUT x varchar(3)) LANGUAGE plpgsql SECURITY DEFINER SET search_path = app AS $$ BEGIN x := 'a'; END $$;
         CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        |schema| {
            object(
                schema,
                ObjectKind::Function,
                "total(integer, text)",
                "CREATE FUNCTION total(a int, b text default 'x') RETURNS bigint STABLE STRICT AS ' SELECT sum(a) FROM t ' LANGUAGE sql",
            );
            object(
                schema,
                ObjectKind::Function,
                "app.rows()",
                "CREATE FUNCTION app.rows() RETURNS setof t LANGUAGE sql BEGIN ATOMIC SELECT * FROM t; END",
            );
            let name = "app.Odd (one(character varying)";
            let sql = "CREATE PROCEDURE app.\"Odd (one\" (inout x varchar) security definer set search_path to app \
                       language plpgsql as $x$ BEGIN x := 'a'; END $x$";
            object(schema, ObjectKind::Function, name, sql);
            let sql = "CREATE FUNCTION touch() RETURNS TRIGGER AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql";
            object(schema, ObjectKind::Function, "touch()", sql);
        },
    );
}

#[test]
fn triggers_and_policies() {
    comes_back(
        "CREATE SCHEMA app;
         CREATE TABLE app.t (a int, owner text);
         CREATE TABLE u (a int);
         CREATE VIEW v AS SELECT a FROM u;
         CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER touched BEFORE UPDATE OF a ON app.t FOR EACH ROW WHEN (old.a <> new.a) EXECUTE FUNCTION touch();
         CREATE TRIGGER \"On t\" AFTER INSERT OR DELETE ON u EXECUTE FUNCTION touch();
         CREATE CONSTRAINT TRIGGER late AFTER INSERT ON u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
         CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch();
         CREATE POLICY own ON app.t FOR SELECT TO PUBLIC USING (owner = CURRENT_USER);
         CREATE POLICY members ON u AS RESTRICTIVE USING (EXISTS (SELECT FROM app.t WHERE t.a = u.a)) WITH CHECK (a IN (1, 2))",
        |schema| {
            let sql = "CREATE TRIGGER touched before update of a on app.t for each row when (OLD.a != NEW.a) execute procedure touch()";
            object(schema, ObjectKind::Trigger, "touched", sql);
            let sql = "CREATE TRIGGER \"On t\" AFTER DELETE OR INSERT ON u FOR EACH STATEMENT EXECUTE FUNCTION touch()";
            object(schema, ObjectKind::Trigger, "On t", sql);
            let sql = "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON u INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch()";
            object(schema, ObjectKind::Trigger, "late", sql);
            let sql = "CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION public.touch()";
            object(schema, ObjectKind::Trigger, "instead", sql);
            let sql = "CREATE POLICY own ON app.t AS PERMISSIVE FOR SELECT USING (owner = current_user)";
            object(schema, ObjectKind::Policy, "own", sql);
            let sql = "CREATE POLICY members ON u AS RESTRICTIVE FOR ALL TO PUBLIC USING (exists (select from app.t where t.a = u.a)) WITH CHECK (a in (1,2))";
            object(schema, ObjectKind::Policy, "members", sql);
        },
    );
}

#[test]
fn grants() {
    comes_back(
        "CREATE TABLE t (a int, b int); GRANT SELECT, UPDATE (a, b) ON t TO PUBLIC",
        |schema| {
            let sql = "GRANT UPDATE (b, a), SELECT ON TABLE t TO PUBLIC";
            object(schema, ObjectKind::Grant, "PUBLIC", sql);
        },
    );
}

#[test]
fn types_and_sequences() {
    comes_back(
        "CREATE DOMAIN email AS text DEFAULT '' NOT NULL CONSTRAINT at CHECK (VALUE LIKE '%@%') CHECK (length(VALUE) < 99);
         CREATE SCHEMA app;
         CREATE TYPE app.place AS (street varchar(40), at timestamptz, tags text[]);
         CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
         CREATE SEQUENCE tickets AS int INCREMENT 5 START 100;
         CREATE UNLOGGED TABLE u (a int)",
        |schema| {
            object(
                schema,
                ObjectKind::Domain,
                "email",
                "CREATE DOMAIN email text default '' constraint at check (value like '%@%') constraint email_check check (length(value)<99) not null",
            );
            object(
                schema,
                ObjectKind::CompositeType,
                "app.place",
                "CREATE TYPE app.place AS (street varchar (40), at timestamp with time zone, tags text array)",
            );
            object(
                schema,
                ObjectKind::RangeType,
                "float_range",
                "CREATE TYPE float_range AS RANGE (SUBTYPE_DIFF = float8mi, SUBTYPE = float8)",
            );
            object(
                schema,
                ObjectKind::Sequence,
                "tickets",
                "CREATE SEQUENCE tickets START WITH 100 AS integer INCREMENT BY 5 NO CYCLE MINVALUE 1",
            );
        },
    );
}

#[test]
fn partitions() {
    comes_back(
        "CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
         CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
         ALTER TABLE events_1 ADD CONSTRAINT own CHECK (id IN (1, 2));
         CREATE INDEX own_index ON events_1 (id) WHERE id IN (1, 2);
         CREATE TABLE base (a int); CREATE TABLE derived (b int, CONSTRAINT sums CHECK (a + b IN (1, 2))) INHERITS (base);
         CREATE SCHEMA app;
         CREATE TABLE app.kinds (kind text) PARTITION BY LIST (lower(kind));
         CREATE TABLE app.kinds_a PARTITION OF app.kinds FOR VALUES IN ('a', 'b')",
        |schema| {
            let mut options = |name: &str, by: Option<&str>, bound: Option<&str>| {
                let table = schema.tables.get_mut(&name.parse().unwrap()).unwrap();
                table.options.partition_by = by.map(Expr::from);
                if let (Some(partition), Some(bound)) = (&mut table.options.partition_of, bound) {
                    partition.bound = Expr::from(bound);
                }
            };
            options("events", Some("RANGE (\"at\")"), None);
            options("events_1", None, Some("FOR VALUES FROM ('2020-1-1') TO ('2021-1-1')"));
            options("app.kinds", Some("LIST (LOWER(kind))"), None);
            options("app.kinds_a", None, Some("FOR VALUES IN ('a','b')"));
            check(schema, "events_1", "own", "id in (1, 2)");
            check(schema, "derived", "sums", "a+b in (1,2)");
            let table = schema.tables.get_mut(&"events_1".parse().unwrap()).unwrap();
            table.indexes.get_mut("own_index").unwrap().filter = Some(Expr::from("id in (1, 2)"));
        },
    );
}

/// What is the same is not asked for.
#[test]
fn nothing_is_asked_where_nothing_differs() {
    let mut live = Live::new();
    live.connection
        .batch(
            "CREATE TABLE t (a int DEFAULT 1 + 1 CHECK (a IN (1, 2)), s text); CREATE INDEX ON t (lower(s));
             CREATE VIEW v AS SELECT * FROM t",
        )
        .unwrap();
    let held = live.connection.catalog().unwrap().schema;
    let mut asked = 0;
    let same = dialect(DialectName::Postgres).canonical(held.clone(), &held, &mut |_, _| {
        asked += 1;
        None
    });
    assert_eq!((same, asked), (held, 0));
}
