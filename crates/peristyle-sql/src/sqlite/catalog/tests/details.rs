use peristyle_schema::{
    Column, ColumnDefault, Expr, Index, IndexKey, ObjectId, ObjectKind, QualifiedName, Schema,
    Table, Type,
};

use super::schema;

fn table(script: &str) -> Table {
    let (_, schema, _) = schema(script);
    schema.tables[&QualifiedName::from("t")].clone()
}

fn column(table: &Table, name: &str) -> Column {
    table.columns.get(name).unwrap().clone()
}

fn default(table: &Table, name: &str) -> Option<String> {
    match column(table, name).default? {
        ColumnDefault::Expr(expr) => Some(expr.to_string()),
        other => panic!("{other:?}"),
    }
}

fn object(schema: &Schema, kind: ObjectKind, name: &str) -> String {
    schema.objects[&ObjectId::new(kind, name)].sql.clone()
}

#[test]
fn json_and_enumerated_columns_are_known_by_their_checks() {
    let t = table(
        "CREATE TABLE t(a TEXT CHECK (json_valid(a)), b TEXT CONSTRAINT b_enum CHECK (b IN ('x', 'it''s')), \
         c TEXT CHECK (c IN ('x')), d BLOB CHECK (json_valid(d)), e TEXT CONSTRAINT j CHECK (json_valid(e)))",
    );
    assert_eq!(column(&t, "a").data_type, Type::Json);
    assert_eq!(column(&t, "b").data_type, Type::Values(vec!["x".into(), "it's".into()]));
    assert_eq!(column(&t, "c").data_type, Type::Text);
    assert_eq!(column(&t, "d").data_type, Type::Bytes);
    assert_eq!(column(&t, "e").data_type, Type::Text);
    let checks: Vec<_> = t.checks.iter().map(|check| check.expr.as_str()).collect();
    assert_eq!(checks, ["c IN ('x')", "json_valid(d)", "json_valid(e)"]);
}

#[test]
fn an_enumerated_column_is_still_known_after_a_rename() {
    let t = table(
        "CREATE TABLE t(a TEXT CONSTRAINT a_enum CHECK (a IN ('x')), b TEXT CHECK (json_valid(b)));
         ALTER TABLE t RENAME COLUMN a TO \"order\"; ALTER TABLE t RENAME COLUMN b TO c;",
    );
    assert_eq!(column(&t, "order").data_type, Type::Values(vec!["x".into()]));
    assert_eq!(column(&t, "c").data_type, Type::Json);
    assert!(t.checks.is_empty());
}

#[test]
fn defaults_have_one_form() {
    let t = table(
        "CREATE TABLE t(a DEFAULT 1, b DEFAULT (1), c DEFAULT - 1, d DEFAULT +1, e DEFAULT 'x', f DEFAULT x, \
         g DEFAULT \"it's\", h DEFAULT null, i DEFAULT (( 1+2 )), j DEFAULT current_timestamp, k DEFAULT true, \
         l DEFAULT x'0a', m DEFAULT (strftime( '%s','now' )), n DEFAULT [y z], o DEFAULT 1.50, p DEFAULT \"true\")",
    );
    let forms: Vec<_> = t.columns.iter().map(|c| default(&t, &c.name)).collect();
    let expected = [
        Some("1"),
        Some("1"),
        Some("-1"),
        Some("+1"),
        Some("'x'"),
        Some("'x'"),
        Some("'it''s'"),
        None,
        Some("1 + 2"),
        Some("CURRENT_TIMESTAMP"),
        Some("TRUE"),
        Some("X'0A'"),
        Some("strftime('%s', 'now')"),
        Some("'y z'"),
        Some("1.50"),
        Some("'true'"),
    ];
    assert_eq!(forms, expected.map(|form| form.map(str::to_owned)));
}

#[test]
fn unique_constraints_become_indexes_and_one_that_repeats_another_does_not() {
    let t = table(
        "CREATE TABLE t(a UNIQUE, b, c, UNIQUE (a), CONSTRAINT two UNIQUE (b, c DESC), UNIQUE (B COLLATE nocase), \
         PRIMARY KEY (c), UNIQUE (c)); CREATE UNIQUE INDEX t_a_key ON t(a, b);",
    );
    let indexes: Vec<_> =
        t.indexes.iter().map(|i| (i.name.as_str(), i.constraint.is_none())).collect();
    assert_eq!(
        indexes,
        [("t_a_key", true), ("two", false), ("t_b_key", false), ("t_a_key_2", false)]
    );
    assert_eq!(t.indexes.get("t_b_key").unwrap().parts[0].collation.as_deref(), Some("NOCASE"));
}

#[test]
fn two_tables_may_name_their_constraints_alike() {
    let (_, schema, _) = schema(
        "CREATE TABLE t(a, CONSTRAINT same UNIQUE (a)); CREATE TABLE u(a, CONSTRAINT same UNIQUE (a));",
    );
    let names: Vec<_> =
        schema.tables.values().flat_map(|t| &t.indexes).map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["same", "same_2"]);
}

#[test]
fn names_take_the_case_of_their_definition() {
    let (_, schema, _) = schema(
        "CREATE TABLE Parent(Id INTEGER PRIMARY KEY, Code UNIQUE);
         CREATE TABLE t(A REFERENCES parent, b REFERENCES PARENT(CODE), C, PRIMARY KEY (c), FOREIGN KEY (a) REFERENCES T(C));
         CREATE INDEX i ON T(a, B, lower(c)) WHERE A > 1;",
    );
    let t = &schema.tables[&QualifiedName::from("t")];
    let targets: Vec<_> = t
        .foreign_keys
        .iter()
        .map(|k| format!("{} {}({})", k.columns[0], k.references.table, k.references.columns[0]))
        .collect();
    assert_eq!(targets, ["A Parent(Id)", "b Parent(Code)", "A t(C)"]);
    assert_eq!(t.primary_key.as_ref().unwrap().columns, ["C"]);
    let keys: Vec<_> = t.indexes.get("i").unwrap().parts.iter().map(|p| p.key.clone()).collect();
    assert_eq!(
        keys,
        [
            IndexKey::Column("A".into()),
            IndexKey::Column("b".into()),
            IndexKey::Expr(Expr::from("lower(c)")),
        ]
    );
}

#[test]
fn an_index_part_is_a_column_however_it_is_written() {
    let t = table(
        "CREATE TABLE t(a, b COLLATE nocase, [desc]);
         CREATE INDEX i ON t((a), 'a', \"b\" DESC, (a) COLLATE rtrim, b COLLATE NOCASE, (b COLLATE binary), desc, a || b COLLATE nocase);",
    );
    let index: &Index = t.indexes.get("i").unwrap();
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|p| {
            let key = match &p.key {
                IndexKey::Column(name) => name.to_string(),
                IndexKey::Expr(expr) => format!("({expr})"),
            };
            format!("{key} {:?} {}", p.order, p.collation.as_deref().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        parts,
        [
            "a Ascending -",
            "a Ascending -",
            "b Descending -",
            "a Ascending RTRIM",
            "b Ascending -",
            "b Ascending BINARY",
            "desc Ascending -",
            "(a || b COLLATE nocase) Ascending -",
        ]
    );
}

#[test]
fn what_a_schema_cannot_hold_is_noted_and_nothing_else_is() {
    let (_, schema, notes) = schema(
        "CREATE TABLE t(a INTEGER PRIMARY KEY ON CONFLICT REPLACE, b UNIQUE ON CONFLICT IGNORE, c NOT NULL ON CONFLICT FAIL);
         CREATE TABLE u(a, b, PRIMARY KEY (a DESC, b COLLATE NOCASE));
         CREATE TABLE v(a INTEGER PRIMARY KEY DESC, b NOT NULL ON CONFLICT ABORT);
         CREATE TABLE w(a INTEGER PRIMARY KEY, b NOT NULL UNIQUE);",
    );
    let unmodelled = |name: &str| schema.tables[&QualifiedName::from(name)].unmodelled.clone();
    assert_eq!(
        unmodelled("t"),
        ["c NOT NULL ON CONFLICT", "PRIMARY KEY ON CONFLICT", "b UNIQUE ON CONFLICT"]
    );
    assert_eq!(unmodelled("u"), ["PRIMARY KEY with DESC or COLLATE"]);
    assert_eq!(unmodelled("v"), ["PRIMARY KEY DESC"]);
    assert!(unmodelled("w").is_empty());
    assert_eq!(notes.len(), 3);
}

#[test]
fn objects_are_kept_in_one_form() {
    let (_, schema, _) = schema(
        "CREATE TABLE t(a, b);
         CREATE TEMP TABLE x(a);
         create  view if not exists [a view] (p,q) as -- why
           select a , 'x  y' /* c */ from `t` where \"a\">- 1;
         create trigger main.g after insert on t begin
            update t set a=new . a+1 where b = 'a;  b' ; select 1;
         end;",
    );
    assert_eq!(
        object(&schema, ObjectKind::View, "a view"),
        "CREATE VIEW \"a view\" (p, q) as select a, 'x  y' from t where \"a\" > -1"
    );
    assert_eq!(
        object(&schema, ObjectKind::Trigger, "g"),
        "CREATE TRIGGER g AFTER INSERT ON t begin update t set a = new.a + 1 where b = 'a;  b'; select 1; end"
    );
    assert_eq!(
        schema.objects.values().filter_map(|d| d.on.clone()).collect::<Vec<_>>(),
        [QualifiedName::from("t")]
    );
}

#[test]
fn a_table_renamed_by_hand_is_named_plainly_in_what_reads_it() {
    let (_, schema, _) = schema(
        "CREATE TABLE t(a, b);
         CREATE VIEW v AS SELECT t.a, \"no column\" FROM t JOIN [t] AS x WHERE t.b IS NOT DISTINCT FROM \"text\";
         CREATE TRIGGER g AFTER UPDATE OF a ON t BEGIN UPDATE t SET b = 1; INSERT INTO t(a) VALUES (1); END;
         ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO c;",
    );
    assert_eq!(
        object(&schema, ObjectKind::View, "v"),
        "CREATE VIEW v AS SELECT u.c, 'no column' FROM u JOIN u AS x WHERE u.b IS NOT DISTINCT FROM 'text'"
    );
    assert_eq!(
        object(&schema, ObjectKind::Trigger, "g"),
        "CREATE TRIGGER g AFTER UPDATE OF c ON u BEGIN UPDATE u SET b = 1; INSERT INTO u(c) VALUES (1); END"
    );
}

#[test]
fn virtual_tables_are_read_and_their_own_tables_are_hidden() {
    let (engine, schema, _) = schema(
        "CREATE TABLE t(a); CREATE TABLE f_notes(a);
         CREATE VIRTUAL TABLE f USING fts5(a,  b , tokenize = 'unicode61  remove_diacritics 0', content='');
         CREATE VIRTUAL TABLE g USING fts4(a, tokenize=porter);
         CREATE VIRTUAL TABLE \"r t\" USING rtree(id, x0, x1);",
    );
    let tables: Vec<_> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["f_notes", "t"]);
    assert_eq!(
        object(&schema, ObjectKind::VirtualTable, "f"),
        "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = 'unicode61  remove_diacritics 0', content='')"
    );
    assert_eq!(
        object(&schema, ObjectKind::VirtualTable, "r t"),
        "CREATE VIRTUAL TABLE \"r t\" USING rtree(id, x0, x1)"
    );
    // A database that cannot say which tables are shadows is read the same.
    let first = super::answers(&engine).swap_remove(0);
    let (again, _) = super::read(&[first]).unwrap();
    assert_eq!(again, schema);
}

#[test]
fn internal_objects_are_not_seen() {
    let (_, schema, _) = schema(
        "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT);
         CREATE TABLE _peristyle_history(a UNIQUE); CREATE INDEX i ON _peristyle_history(a);
         CREATE TABLE _Peristyle_kept_0001_t AS SELECT * FROM t;
         CREATE INDEX _peristyle_x ON t(a); ANALYZE;",
    );
    assert_eq!(schema.tables.len(), 1);
    assert!(schema.tables.values().all(|t| t.indexes.is_empty()));
    assert!(schema.tables.values().all(|t| t.primary_key.as_ref().unwrap().autoincrement));
}

#[test]
fn what_cannot_be_read_is_an_error_that_names_it() {
    let row = |kind: &str, name: &str, sql: &str| {
        [kind, name, name, sql].map(|text| crate::Cell::Text(text.to_owned())).to_vec()
    };
    let errors = super::read(&[vec![
        row("table", "fine", "CREATE TABLE fine(a)"),
        row("table", "bad", "CREATE TABLE bad(a,\n b NOT)"),
        row("view", "worse", "CREATE VIEW worse"),
        row("shape", "odd", "CREATE SHAPE odd"),
    ]])
    .unwrap_err();
    let messages: Vec<_> = errors.iter().map(|e| e.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "cannot read the table `bad`: `)` is expected here, not `NOT` (line 2, column 4 of its statement)",
            "cannot read the view `worse`: `AS` is expected here, not the end (line 1, column 18 of its statement)",
            "cannot read the shape `odd`: the catalog holds an object of the unknown kind `shape`",
        ]
    );
}

#[test]
fn answers_of_the_wrong_form_do_no_harm() {
    use crate::Cell::{Integer, Null, Text};
    let odd = vec![vec![], vec![Null], vec![Integer(1), Text("t".into()), Null, Null]];
    assert!(super::read(&[]).unwrap().0.is_empty());
    assert!(super::read(&[odd.clone(), odd]).unwrap().0.is_empty());
}
