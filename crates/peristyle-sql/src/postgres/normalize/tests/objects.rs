//! Objects by their text.

use super::*;

/// The identity and the text of an object, in words.
fn read(kind: ObjectKind, sql: &str) -> (String, String) {
    let mut schema = schema([table("t", [])]);
    for view in ["v", "m"] {
        let (kind, word) = match view {
            "v" => (ObjectKind::View, "VIEW"),
            _ => (ObjectKind::MaterializedView, "MATERIALIZED VIEW"),
        };
        let id = ObjectId::new(kind, view);
        schema.insert_object(Definition::new(id, format!("CREATE {word} {view} AS SELECT 1")));
    }
    schema.insert_object(object(kind, sql));
    let before: Vec<_> = ["v", "m"].iter().map(|name| QualifiedName::from(*name)).collect();
    let schema = normalized(schema);
    let found = schema
        .objects
        .values()
        .find(|d| d.id.kind == kind && !before.contains(&d.id.name) && d.id.name.name != "implied");
    let found = found.unwrap();
    let of = found.id.of.as_ref().map_or_else(String::new, |of| format!(" of {of}"));
    let on = found.on.as_ref().map_or_else(String::new, |on| format!(" on {on}"));
    (format!("{}{of}{on}", found.id.name), found.sql.clone())
}

#[test]
fn each_kind_has_its_identity_and_one_head() {
    for (kind, sql, identity, expected) in [
        (ObjectKind::Namespace, "create schema if not exists App;", "app", "CREATE SCHEMA app"),
        (
            ObjectKind::Extension,
            "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA public",
            "uuid-ossp",
            "CREATE EXTENSION \"uuid-ossp\"",
        ),
        (
            ObjectKind::Extension,
            "create extension citext schema implied",
            "citext",
            "CREATE EXTENSION citext WITH SCHEMA implied",
        ),
        (
            ObjectKind::Domain,
            "create domain public.\"email\" as text check (value ~ '@')",
            "email",
            "CREATE DOMAIN email as text check (value ~ '@')",
        ),
        (
            ObjectKind::CompositeType,
            "CREATE TYPE address AS (street text, zip text)",
            "address",
            "CREATE TYPE address AS (street text, zip text)",
        ),
        (
            ObjectKind::RangeType,
            "CREATE TYPE span AS RANGE (subtype = float8)",
            "span",
            "CREATE TYPE span AS RANGE (subtype = float8)",
        ),
        (ObjectKind::Sequence, "CREATE SEQUENCE s START 5", "s", "CREATE SEQUENCE s START 5"),
        (
            ObjectKind::Function,
            "CREATE OR REPLACE FUNCTION total(a int, b varchar(4) DEFAULT 'x', OUT c text, double precision, variadic d numeric(3)[])\n RETURNS text LANGUAGE sql AS $$ SELECT 1; $$ ;",
            "total(integer, character varying, double precision, numeric[])",
            "CREATE FUNCTION total(a int, b varchar(4) DEFAULT 'x', OUT c text, double precision, variadic d numeric(3)[])\n RETURNS text LANGUAGE sql AS $$ SELECT 1; $$",
        ),
        (
            ObjectKind::Function,
            "CREATE PROCEDURE tidy() LANGUAGE sql AS ''",
            "tidy()",
            "CREATE PROCEDURE tidy() LANGUAGE sql AS ''",
        ),
        (
            ObjectKind::View,
            "create or replace view  W as\n\n select *\n from t;",
            "w",
            "CREATE VIEW w AS\nselect *\n from t",
        ),
        (
            ObjectKind::View,
            "CREATE VIEW w (a) WITH (security_barrier) AS SELECT 1",
            "w",
            "CREATE VIEW w(a) WITH (security_barrier) AS SELECT 1",
        ),
        (
            ObjectKind::ViewIndex,
            "create unique index concurrently i on public.m (a)",
            "i on m",
            "CREATE UNIQUE INDEX i ON m USING btree (a)",
        ),
        (
            ObjectKind::Trigger,
            "CREATE TRIGGER g BEFORE UPDATE OF id ON public.t EXECUTE FUNCTION f()",
            "g of t on t",
            "CREATE TRIGGER g BEFORE UPDATE OF id ON public.t EXECUTE FUNCTION f()",
        ),
        (
            ObjectKind::Policy,
            "CREATE POLICY \"own rows\" ON t USING (true)",
            "own rows of t on t",
            "CREATE POLICY \"own rows\" ON t USING (true)",
        ),
        (
            ObjectKind::Grant,
            "grant insert, select (id), SELECT on t to app_role",
            "app_role of t on t",
            "GRANT SELECT (id), SELECT, INSERT ON TABLE t TO app_role",
        ),
        (
            ObjectKind::Grant,
            "GRANT ALL PRIVILEGES ON SCHEMA app TO PUBLIC WITH GRANT OPTION",
            "PUBLIC WITH GRANT OPTION of app.\"\" on app.\"\"",
            "GRANT CREATE, USAGE ON SCHEMA app TO PUBLIC WITH GRANT OPTION",
        ),
        (
            ObjectKind::Grant,
            "grant execute on function total(int) to app_role",
            "app_role of total(integer) on total(integer)",
            "GRANT EXECUTE ON FUNCTION total(integer) TO app_role",
        ),
        (
            ObjectKind::Grant,
            "revoke all on function total(int) from public",
            "PUBLIC REVOKED of total(integer) on total(integer)",
            "REVOKE EXECUTE ON FUNCTION total(integer) FROM PUBLIC",
        ),
    ] {
        assert_eq!(read(kind, sql), (identity.to_owned(), expected.to_owned()));
    }
}

fn refused(kind: ObjectKind, sql: &str) -> String {
    let mut schema = schema([table("t", [])]);
    schema.insert_object(object(kind, sql));
    error(schema)
}

#[test]
fn what_cannot_be_held_is_refused() {
    for (kind, sql, expected) in [
        (ObjectKind::View, "CREATE VIEW w SELECT 1", "AS is expected here, not the end"),
        (
            ObjectKind::View,
            "CREATE FUNCTION f() RETURNS int AS ''",
            "has a statement that makes a function",
        ),
        (
            ObjectKind::Function,
            "CREATE FUNCTION f RETURNS int",
            "( is expected here, not `RETURNS`",
        ),
        (
            ObjectKind::CompositeType,
            "CREATE TYPE m AS ENUM ('a')",
            "declare an enumerated type as a Rust enum",
        ),
        (
            ObjectKind::Extension,
            "CREATE EXTENSION a CASCADE",
            "each extension is declared by itself",
        ),
        (ObjectKind::Namespace, "CREATE SCHEMA a AUTHORIZATION b", "who owns it is not declared"),
        (
            ObjectKind::Trigger,
            "CREATE TRIGGER g AFTER INSERT ON u EXECUTE FUNCTION f()",
            "neither a table nor a view",
        ),
        (ObjectKind::ViewIndex, "CREATE INDEX i ON t (id)", "declare it on the struct"),
        (ObjectKind::Grant, "GRANT SELECT ON t, u TO a", "one GRANT for each object"),
        (ObjectKind::Grant, "GRANT SELECT ON t TO a, b", "one GRANT for each role"),
        (ObjectKind::Grant, "GRANT a TO b", "membership of roles"),
        (ObjectKind::Grant, "REVOKE SELECT ON t FROM a", "only what a GRANT gives it"),
        (
            ObjectKind::Grant,
            "GRANT SELECT ON ALL TABLES IN SCHEMA a TO b",
            "one GRANT for each object",
        ),
        (
            ObjectKind::VirtualTable,
            "CREATE VIRTUAL TABLE f USING fts5(a)",
            "of a kind that PostgreSQL does not have",
        ),
        (ObjectKind::View, "CREATE VIEW w AS SELECT 'a", "is not closed"),
        (ObjectKind::View, "DROP TABLE t", "CREATE is expected here, not `DROP`"),
    ] {
        let found = refused(kind, sql);
        assert!(found.starts_with("schema.rs:40:5: error["), "{found}");
        assert!(found.contains(expected), "{sql}: {found}");
    }
}
