//! Tables as a whole: storage, partitions, inheritance, row security, namespaces, names.

use peristyle_schema::{
    Expr, Identity, ObjectId, ObjectKind, Partition, QualifiedName, RowSecurity, Type,
};

use crate::live::Live;

#[test]
fn storage_and_row_security() {
    let read = Live::new().whole(
        "CREATE UNLOGGED TABLE u (a text) WITH (fillfactor = 50, toast.autovacuum_enabled = false);
         CREATE TABLE enabled (a int); ALTER TABLE enabled ENABLE ROW LEVEL SECURITY;
         CREATE TABLE forced (a int); ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    );
    let options = &read.table("u").options;
    assert!(options.unlogged);
    let storage: Vec<(&str, &str)> =
        options.storage.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(storage, [("fillfactor", "50"), ("toast.autovacuum_enabled", "false")]);
    assert_eq!(read.table("u").options.row_security, RowSecurity::Off);
    assert_eq!(read.table("enabled").options.row_security, RowSecurity::Enabled);
    assert_eq!(read.table("forced").options.row_security, RowSecurity::Forced);
}

/// A partition holds only what is its own: what comes from its table is its table's.
#[test]
fn partitions() {
    let mut live = Live::new();
    let read = live.whole(
        "CREATE TABLE events (id bigint, at date NOT NULL, kind text CHECK (kind <> ''), up bigint, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
         ALTER TABLE events ADD FOREIGN KEY (up, at) REFERENCES events; CREATE INDEX events_kind ON events (kind);
         CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
         CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY HASH (id);
         CREATE TABLE events_a PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
         CREATE TABLE kinds (kind text) PARTITION BY LIST (lower(kind)); CREATE TABLE kinds_a PARTITION OF kinds FOR VALUES IN ('a', NULL);
         CREATE INDEX own ON events_2020 (up); ALTER TABLE events_2020 ADD CONSTRAINT mine CHECK (up > 0);
         CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER touched AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION touch();
         CREATE TABLE hashed (a int) PARTITION BY HASH (a); CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 1);
         CREATE TABLE attached (id bigint NOT NULL, at date NOT NULL, kind text CONSTRAINT events_kind_check CHECK (kind <> ''), up bigint);
         ALTER TABLE events ATTACH PARTITION attached FOR VALUES FROM ('2022-01-01') TO (MAXVALUE)",
    );
    let bounds = [
        ("events_2020", "events", "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')"),
        ("events_rest", "events", "DEFAULT"),
        ("events_a", "events_rest", "FOR VALUES WITH (modulus 2, remainder 0)"),
        ("kinds_a", "kinds", "FOR VALUES IN ('a', NULL)"),
        ("hashed_1", "hashed", "FOR VALUES WITH (modulus 4, remainder 1)"),
        ("attached", "events", "FOR VALUES FROM ('2022-01-01') TO (MAXVALUE)"),
    ];
    for (name, table, bound) in bounds {
        let read = read.table(name);
        let partition = Partition { table: table.into(), bound: Expr::from(bound) };
        assert_eq!(read.options.partition_of, Some(partition));
        assert!(read.columns.is_empty() && read.primary_key.is_none(), "{read:#?}");
        assert!(read.foreign_keys.is_empty() && read.uniques.is_empty(), "{read:#?}");
    }
    assert_eq!(read.table("events").options.partition_by, Some("RANGE (at)".into()));
    assert_eq!(read.table("kinds").options.partition_by, Some("LIST (lower(kind))".into()));
    assert_eq!(read.table("events").indexes.len(), 1);
    assert_eq!(read.table("events").checks.len(), 1);
    assert_eq!(read.table("events").foreign_keys.len(), 1);
    let own = read.table("events_2020");
    assert_eq!((own.indexes.len(), own.checks.len()), (1, 1));
    assert!(own.indexes.contains("own") && own.checks[0].name == Some("mine".into()));
    assert!(read.table("events_a").indexes.is_empty() && read.table("events_a").checks.is_empty());
    let triggers = read.schema.objects.keys().filter(|id| id.kind == ObjectKind::Trigger);
    assert_eq!(triggers.count(), 1);
}

#[test]
fn what_a_partition_changes_of_its_columns_is_noted() {
    let read = Live::new().read(
        "CREATE TABLE p (a int, b int DEFAULT 1) PARTITION BY LIST (a);
         CREATE TABLE p_1 PARTITION OF p (b DEFAULT 2, a NOT NULL) FOR VALUES IN (1)",
    );
    assert_eq!(
        read.table("p_1").unmodelled,
        ["NOT NULL of the inherited column `a`", "default of the inherited column `b`"]
    );
}

#[test]
fn inheritance() {
    let read = Live::new().whole(
        "CREATE TABLE base (a int NOT NULL, b text, CHECK (a > 0), CHECK (b <> '') NO INHERIT);
         CREATE SCHEMA app; CREATE TABLE app.other (z int);
         CREATE TABLE child (c int, a int NOT NULL, CHECK (c > 0)) INHERITS (base, app.other)",
    );
    let child = read.table("child");
    let parents = [QualifiedName::local("base"), QualifiedName::qualified("app", "other")];
    assert_eq!(child.options.inherits, parents);
    let columns: Vec<&str> = child.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["a", "c"]);
    assert_eq!(child.checks.len(), 1);
    assert_eq!(read.table("base").checks.len(), 2);
    assert_eq!(child.options.partition_of, None);
}

/// Names that need care, in every place where a name can stand.
#[test]
fn hostile_names() {
    let long = "n".repeat(63);
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let mut live = Live::new();
    for name in [
        "select",
        "User",
        "two words",
        "q\"uote",
        "semi;colon",
        "a.b",
        "größe",
        "🦀",
        "'",
        "\\",
        "$1",
        &long,
    ] {
        // The same name with an ending, cut where it would be too long.
        let like = |ending: &str| format!("{name:.40}_{ending}");
        let (index, check, view) = (like("i"), like("c"), like("v"));
        let script = format!(
            "CREATE SCHEMA {name}; CREATE TYPE {name}.{name} AS ENUM ({text});
             CREATE TABLE {name}.{table} ({name} serial PRIMARY KEY, e {name}.{name} DEFAULT {text}, CONSTRAINT {check} CHECK ({name} > 0));
             CREATE INDEX {index} ON {name}.{table} ({name}, ({name} + 1)); CREATE VIEW {name}.{view} AS SELECT {name} FROM {name}.{table};
             CREATE FUNCTION {name}.{name}({name} int) RETURNS int LANGUAGE sql AS 'SELECT 1'; COMMENT ON TABLE {name}.{table} IS {text}",
            name = quote(name),
            text = format_args!("'{}'", name.replace('\'', "''")),
            table = quote(&like("t")),
            index = quote(&index),
            check = quote(&check),
            view = quote(&view),
        );
        let read = live.whole(&script);
        let in_namespace = |inner: &str| QualifiedName::qualified(name, inner);
        let table = &read.schema.tables[&in_namespace(&like("t"))];
        assert_eq!(table.doc.as_deref(), Some(name));
        let serial = table.columns.get(name).unwrap();
        assert_eq!((serial.identity, &serial.default), (Some(Identity::Serial), &None), "{name}");
        let of_enum = Type::Enum(in_namespace(name));
        assert_eq!(table.columns.get("e").unwrap().data_type, of_enum);
        assert_eq!(read.schema.enums[&in_namespace(name)].values, [name.into()]);
        assert!(table.indexes.contains(&index), "{:?}", table.indexes);
        assert_eq!(table.checks[0].name, Some(check.as_str().into()));
        let function = in_namespace(&format!("{name}(integer)"));
        for id in [
            ObjectId::new(ObjectKind::Namespace, QualifiedName::local(name)),
            ObjectId::new(ObjectKind::View, in_namespace(&view)),
            ObjectId::new(ObjectKind::Function, function),
        ] {
            read.object(&id);
        }
    }
}

/// What is Peristyle's own, an extension's, the server's or temporary is not in the schema.
#[test]
fn what_is_not_the_user_s_is_left_out() {
    let read = Live::new().whole(
        "CREATE TABLE _peristyle_history (id serial PRIMARY KEY, a text CHECK (a <> '')); CREATE INDEX ON _peristyle_history (a);
         CREATE TABLE _peristyle_kept_0001_t (a int); CREATE TEMPORARY TABLE passing (a int); CREATE TEMPORARY VIEW seen AS SELECT 1;
         COMMENT ON TABLE _peristyle_history IS 'ours'; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hstore; CREATE EXTENSION ltree",
    );
    assert!(read.schema.tables.is_empty(), "{:#?}", read.schema.tables);
    let objects: Vec<&str> = read.schema.objects.values().map(|held| held.sql.as_str()).collect();
    assert_eq!(
        objects,
        [
            "CREATE EXTENSION hstore",
            "CREATE EXTENSION ltree",
            "CREATE EXTENSION pg_stat_statements"
        ]
    );
}
