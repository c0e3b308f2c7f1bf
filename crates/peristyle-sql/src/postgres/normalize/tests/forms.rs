//! The forms that declared things get.

use super::*;
use peristyle_schema::{
    Action, Check, Deferrable, Exclusion, Expr, ForeignKey, Identity, Index, IndexKey, IndexPart,
    Match, Nulls, Order, Reference, Unique,
};

fn unique(name: Option<&str>, columns: &[&str]) -> Unique {
    Unique {
        name: name.map(Name::from),
        columns: columns.iter().map(|name| (*name).into()).collect(),
        nulls_not_distinct: false,
        deferrable: Deferrable::Not,
    }
}

fn foreign_key(columns: &[&str], table: &str) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: columns.iter().map(|name| (*name).into()).collect(),
        references: Reference { table: table.into(), columns: Vec::new() },
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    }
}

#[test]
fn types_are_the_server_s() {
    let native = |text: &str| Type::Native(text.to_owned());
    for (declared, expected) in [
        (Type::SmallInt, Type::SmallInt),
        (Type::Char(None), Type::Char(Some(1))),
        (native("VARCHAR( 40 )"), Type::Varchar(Some(40))),
        (native("timestamptz(3)"), native("timestamp(3) with time zone")),
        (native("int4[]"), Type::Array(Box::new(Type::Integer))),
        (native("mood"), Type::Enum("mood".into())),
        (native("public.mood[]"), Type::Array(Box::new(Type::Enum("mood".into())))),
        (native("citext"), native("citext")),
        (
            Type::Array(Box::new(Type::Array(Box::new(Type::Text)))),
            Type::Array(Box::new(Type::Text)),
        ),
        (Type::Enum(QualifiedName::qualified("public", "mood")), Type::Enum("mood".into())),
    ] {
        let table = one(table("t", [column("a", declared.clone())]));
        assert_eq!(table.columns.get("a").unwrap().data_type, expected, "{declared:?}");
    }
}

#[test]
fn every_constraint_has_a_name() {
    let mut t = table("t", [column("a", Type::Integer), column("b", Type::Integer)]);
    t.uniques =
        vec![unique(None, &["a"]), unique(None, &["a", "b"]), unique(Some("t_b_key"), &["b"])];
    t.checks = vec![
        Check::new("a > 0"),
        Check { name: Some("t_a_check".into()), ..Check::new("a < 9") },
        Check::new("( a<b )"),
        Check::new("b <> a"),
    ];
    t.foreign_keys = vec![foreign_key(&["a"], "t"), foreign_key(&["b"], "t")];
    t.foreign_keys[1].columns = vec!["a".into()];
    t.foreign_keys[1].references.table = QualifiedName::qualified("public", "u");
    t.exclusions = vec![Exclusion {
        name: None,
        rule: Expr::new("exclude using gist(a with =)"),
        deferrable: Deferrable::Not,
    }];
    // The index has the name that the first unique constraint would get.
    t.indexes.insert(Index::on_columns("t_a_key", ["b"]));
    let t = normalized(schema([t, table("u", [])])).tables.remove(&"t".into()).unwrap();
    let name = |name: &Option<Name>| name.clone().unwrap().to_string();
    assert_eq!(name(&t.primary_key.as_ref().unwrap().name), "t_pkey");
    let uniques: Vec<_> = t.uniques.iter().map(|unique| name(&unique.name)).collect();
    assert_eq!(uniques, ["t_a_key1", "t_a_b_key", "t_b_key"]);
    let checks: Vec<_> =
        t.checks.iter().map(|check| format!("{} {}", name(&check.name), check.expr)).collect();
    assert_eq!(checks, ["t_a_check1 a > 0", "t_a_check a < 9", "t_check a < b", "t_check1 b <> a"]);
    let keys: Vec<_> = t.foreign_keys.iter().map(|key| name(&key.name)).collect();
    assert_eq!(keys, ["t_a_fkey", "t_a_fkey1"]);
    assert_eq!(t.foreign_keys[1].references.table, "u".into());
    assert_eq!(t.foreign_keys[1].references.columns, ["id"]);
    assert_eq!(name(&t.exclusions[0].name), "t_excl");
    assert_eq!(t.exclusions[0].rule.as_str(), "USING gist (a WITH =)");
}

#[test]
fn numbered_keys_are_identities() {
    let mut t = table("t", []);
    t.primary_key.as_mut().unwrap().autoincrement = true;
    t.columns.get_mut("id").unwrap().nullable = true;
    let t = one(t);
    let id = t.columns.get("id").unwrap();
    assert_eq!((id.identity, id.nullable), (Some(Identity::ByDefault), false));
    assert!(!t.primary_key.unwrap().autoincrement);
}

#[test]
fn indexes_say_only_what_does_not_hold_anyhow() {
    let mut index = Index::on_columns("i", ["a", "b"]);
    index.method = Some("BTREE".into());
    index.parts[0].nulls = Some(Nulls::Last);
    index.parts[1].order = Order::Descending;
    index.parts[1].nulls = Some(Nulls::First);
    index.parts[1].collation = Some("C".into());
    index.parts.push(IndexPart { key: IndexKey::Expr("\"a\"".into()), ..IndexPart::column("a") });
    index
        .parts
        .push(IndexPart { key: IndexKey::Expr("lower(B)".into()), ..IndexPart::column("a") });
    index.filter = Some("(a  is not null)".into());
    let mut b = column("b", Type::Text);
    b.collation = Some("C".into());
    let mut t = table("t", [nullable(column("a", Type::Text)), b]);
    t.indexes.insert(index);
    let t = one(t);
    let index = t.indexes.get("i").unwrap();
    assert_eq!(index.method, None);
    assert!(index.parts.iter().all(|part| part.nulls.is_none() && part.collation.is_none()));
    assert_eq!(index.parts[2].key, IndexKey::Column("a".into()));
    assert_eq!(index.parts[3].key, IndexKey::Expr("lower(b)".into()));
    assert_eq!(index.filter, Some("a IS NOT NULL".into()));
}

#[test]
fn what_is_sqlite_s_alone_is_left_out() {
    let mut t = table("t", [column("a", Type::Text)]);
    t.options.strict = true;
    t.options.without_rowid = true;
    t.columns.get_mut("a").unwrap().collation = Some("binary".into());
    let mut schema = schema([t]);
    let mut view = object(ObjectKind::View, "CREATE VIEW v AS SELECT 1");
    view.dialect = Some("sqlite".into());
    schema.insert_object(view);
    let schema = normalized(schema);
    assert!(schema.objects.is_empty());
    let t = &schema.tables[&"t".into()];
    assert_eq!(t.options, peristyle_schema::TableOptions::default());
    assert_eq!(t.columns.get("a").unwrap().collation, Some("C".into()));
}

#[test]
fn a_namespace_in_use_is_declared() {
    let mut t = table("t", []);
    t.name = QualifiedName::qualified("Billing", "t");
    let mut u = table("u", []);
    u.name = QualifiedName::qualified("public", "u");
    let schema = normalized(schema([t, u]));
    assert!(schema.tables.contains_key(&"u".into()));
    let [(id, definition)] = schema.objects.iter().collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(id, &ObjectId::new(ObjectKind::Namespace, "Billing"));
    assert_eq!(definition.sql, "CREATE SCHEMA \"Billing\"");
}

#[test]
fn partitions_have_one_spelling() {
    let mut parent = table("t", [column("at", Type::Date)]);
    parent.options.partition_by = Some("range(at)".into());
    parent.primary_key = None;
    let mut part = Table::new("t_2026");
    part.options.partition_of = Some(peristyle_schema::Partition {
        table: QualifiedName::qualified("public", "t"),
        bound: "for values from('2026-01-01')to(maxvalue)".into(),
    });
    let schema = normalized(schema([parent, part]));
    assert_eq!(schema.tables[&"t".into()].options.partition_by, Some("RANGE (at)".into()));
    let part = schema.tables[&"t_2026".into()].options.partition_of.clone().unwrap();
    assert_eq!(part.table, "t".into());
    assert_eq!(part.bound.as_str(), "FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)");
}

#[test]
fn what_is_postgresql_s_alone_finds_its_place() {
    use peristyle_schema::{Only, TablePart};
    let mut t = table("t", [column("a", Type::Text)]);
    let only = |dialect: &str, part| Only { dialect: dialect.into(), part };
    t.only = vec![
        only("postgres", TablePart::Check(Check::new("a ~ 'x'"))),
        only("sqlite", TablePart::Check(Check::new("a GLOB 'x'"))),
        only("postgres", TablePart::Unique(unique(None, &["a"]))),
    ];
    let t = one(t);
    assert_eq!(t.checks.len(), 1);
    assert_eq!(t.checks[0].name, Some("t_a_check".into()));
    assert_eq!(t.uniques[0].name, Some("t_a_key".into()));
    assert!(t.only.is_empty());
}
