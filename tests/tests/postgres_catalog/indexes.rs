//! Indexes.

use peristyle_driver::Connection;
use peristyle_schema::{Expr, Index, IndexKey, IndexPart, Nulls, Order};
use peristyle_tests::postgres::Server;

use crate::live::Live;

fn expr(text: &str) -> IndexPart {
    IndexPart { key: IndexKey::Expr(Expr::from(text)), ..IndexPart::column("") }
}

fn class(name: &str, class: &str) -> IndexPart {
    IndexPart { operator_class: Some(class.to_owned()), ..IndexPart::column(name) }
}

fn index(name: &str, parts: Vec<IndexPart>) -> Index {
    Index { parts, ..Index::on_columns::<&str>(name, []) }
}

#[test]
fn every_clause_of_an_index() {
    if Server::shared().is_too_old_for("NULLS NOT DISTINCT") {
        return;
    }
    let read = Live::new().whole(
        "CREATE EXTENSION pg_trgm; CREATE SCHEMA app;
         CREATE TABLE app.t (a int, b text, v varchar(9), c text COLLATE \"C\", j jsonb, tags text[], r int4range, p point, at timestamptz);
         CREATE INDEX plain ON app.t (a, b); CREATE UNIQUE INDEX only_one ON app.t (b);
         CREATE UNIQUE INDEX only_null ON app.t (a, b) NULLS NOT DISTINCT;
         CREATE INDEX sorted ON app.t (a DESC, b NULLS FIRST, v DESC NULLS LAST, c ASC NULLS LAST);
         CREATE INDEX made ON app.t (lower(b), (a + 1) DESC, (b || v) text_pattern_ops, (a IS NULL));
         CREATE INDEX partial ON app.t (a) WHERE a > 5 AND b IS NOT NULL;
         CREATE INDEX carrying ON app.t (a) INCLUDE (b, v); CREATE INDEX stored ON app.t (a) WITH (fillfactor = 70, deduplicate_items = off);
         CREATE INDEX pattern ON app.t (b text_pattern_ops, v varchar_pattern_ops);
         CREATE INDEX collated ON app.t (b COLLATE \"C\", c, c COLLATE \"POSIX\");
         CREATE INDEX of_c ON app.t (lower(c)); CREATE INDEX of_b ON app.t (lower(b) COLLATE \"C\");
         CREATE INDEX in_json ON app.t USING gin (j); CREATE INDEX in_paths ON app.t USING gin (j jsonb_path_ops);
         CREATE INDEX in_tags ON app.t USING gin (tags); CREATE INDEX ranges ON app.t USING gist (r); CREATE INDEX points ON app.t USING spgist (p);
         CREATE INDEX hashed ON app.t USING hash (b); CREATE INDEX blocks ON app.t USING brin (at) WITH (pages_per_range = 32);
         CREATE INDEX alike ON app.t USING gin (b gin_trgm_ops); CREATE INDEX signed ON app.t USING gist (b gist_trgm_ops (siglen = 32))",
    );
    let table = read.table("app.t");
    let with = |name: &str, method: &str, parts: Vec<IndexPart>| Index {
        method: Some(method.into()),
        ..index(name, parts)
    };
    let column = |name: &str| IndexPart::column(name);
    let collated = |part: IndexPart, name: &str| IndexPart { collation: Some(name.into()), ..part };
    let sorted = vec![
        IndexPart { order: Order::Descending, ..column("a") },
        IndexPart { nulls: Some(Nulls::First), ..column("b") },
        IndexPart { order: Order::Descending, nulls: Some(Nulls::Last), ..column("v") },
        column("c"),
    ];
    let made = vec![
        expr("lower(b)"),
        IndexPart { order: Order::Descending, ..expr("a + 1") },
        IndexPart { operator_class: Some("text_pattern_ops".into()), ..expr("b || v::text") },
        expr("a IS NULL"),
    ];
    let stored = [("deduplicate_items", "off"), ("fillfactor", "70")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let expected = [
        with("alike", "gin", vec![class("b", "gin_trgm_ops")]),
        Index {
            storage: [("pages_per_range".to_owned(), "32".to_owned())].into(),
            ..with("blocks", "brin", vec![column("at")])
        },
        Index { include: vec!["b".into(), "v".into()], ..index("carrying", vec![column("a")]) },
        index(
            "collated",
            vec![collated(column("b"), "C"), column("c"), collated(column("c"), "POSIX")],
        ),
        with("hashed", "hash", vec![column("b")]),
        with("in_json", "gin", vec![column("j")]),
        with("in_paths", "gin", vec![class("j", "jsonb_path_ops")]),
        with("in_tags", "gin", vec![column("tags")]),
        index("made", made),
        index("of_b", vec![collated(expr("lower(b)"), "C")]),
        index("of_c", vec![expr("lower(c)")]),
        Index {
            unique: true,
            nulls_not_distinct: true,
            ..Index::on_columns("only_null", ["a", "b"])
        },
        Index { unique: true, ..Index::on_columns("only_one", ["b"]) },
        Index {
            filter: Some("a > 5 AND b IS NOT NULL".into()),
            ..Index::on_columns("partial", ["a"])
        },
        index("pattern", vec![class("b", "text_pattern_ops"), class("v", "varchar_pattern_ops")]),
        Index::on_columns("plain", ["a", "b"]),
        with("points", "spgist", vec![column("p")]),
        with("ranges", "gist", vec![column("r")]),
        with("signed", "gist", vec![class("b", "gist_trgm_ops (siglen=32)")]),
        index("sorted", sorted),
        Index { storage: stored.into(), ..Index::on_columns("stored", ["a"]) },
    ];
    for index in &expected {
        assert_eq!(table.indexes.get(&index.name), Some(index));
    }
    assert_eq!(table.indexes.len(), expected.len());
}

/// An operator class that the search path does not lead to has its schema before it.
#[test]
fn an_operator_class_of_another_schema() {
    let read = Live::new().whole(
        "CREATE SCHEMA ext; CREATE EXTENSION pg_trgm WITH SCHEMA ext; CREATE TABLE t (a text);
         CREATE INDEX i ON t USING gin (a ext.gin_trgm_ops)",
    );
    let part = &read.table("t").indexes.get("i").unwrap().parts[0];
    assert_eq!(part.operator_class.as_deref(), Some("ext.gin_trgm_ops"));
}

/// What `CREATE INDEX CONCURRENTLY` leaves behind when it fails is no index.
#[test]
fn an_invalid_index_is_noted_and_left_out() {
    let mut live = Live::new();
    live.connection.batch("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)").unwrap();
    assert!(live.connection.batch("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)").is_err());
    let catalog = live.connection.catalog().unwrap();
    assert!(catalog.schema.tables[&"t".into()].indexes.is_empty());
    assert_eq!(catalog.notes.len(), 1);
    assert_eq!(catalog.notes[0].code, "invalid-index");
    assert!(catalog.notes[0].message.contains("`broken` on `t`"), "{}", catalog.notes[0]);
}
