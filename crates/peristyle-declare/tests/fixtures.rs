//! Every fixture is read, and what is printed of it reads back. The derives compile the same files.

use std::fs;
use std::path::{Path, PathBuf};

use peristyle_declare::{ApplicationValue, Declarations, DefaultDecl, print, read_path, resolve};
use peristyle_schema::{
    Action, ColumnDefault, Deferrable, Identity, Literal, ObjectKind, Order, Schema, Table, Type,
};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[track_caller]
fn read(name: &str) -> Declarations {
    read_path(&path(name)).unwrap_or_else(|e| panic!("{name}: {e:#?}"))
}

#[track_caller]
fn schema(name: &str) -> Schema {
    resolve(&read(name)).unwrap_or_else(|e| panic!("{name}: {e:#?}"))
}

fn table<'a>(schema: &'a Schema, name: &str) -> &'a Table {
    schema.tables.get(&name.into()).unwrap_or_else(|| panic!("no table {name}"))
}

#[test]
fn each_fixture_prints_and_reads_back() {
    let mut count = 0;
    for entry in fs::read_dir(path("")).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".rs") {
            continue;
        }
        count += 1;
        let schema = schema(&name);
        let text = print(&schema);
        let folder = tempfile::tempdir().unwrap();
        let printed = folder.path().join("printed.rs");
        fs::write(&printed, &text).unwrap();
        let read = read_path(&printed).unwrap_or_else(|e| panic!("{name}: {e:#?}\n{text}"));
        let back = resolve(&read).unwrap_or_else(|e| panic!("{name}: {e:#?}\n{text}"));
        assert_eq!(back, schema, "{name}\n{text}");
        assert_eq!(print(&back), text, "{name}");
    }
    assert!(count >= 12, "{count}");
}

#[test]
fn declarations_go_through_json() {
    for name in ["references.rs", "objects.rs", "enums.rs", "newtypes.rs", "defaults.rs"] {
        let declarations = read(name);
        let json = serde_json::to_string(&declarations).unwrap();
        let back: Declarations = serde_json::from_str(&json).unwrap();
        assert_eq!(back, declarations);
        assert_eq!(resolve(&back), resolve(&declarations));
    }
}

#[test]
fn types() {
    let schema = schema("types.rs");
    let samples = table(&schema, "samples");
    let of = |name: &str| samples.columns.get(name).unwrap().data_type.to_string();
    for (column, data_type) in [
        ("truth", "boolean"),
        ("small", "smallint"),
        ("medium", "integer"),
        ("large", "bigint"),
        ("single", "real"),
        ("double", "double precision"),
        ("blob", "bytes"),
        ("bytes", "bytes"),
        ("uuid", "uuid"),
        ("cuid", "text"),
        ("exact", "numeric"),
        ("measured", "numeric(12, 3)"),
        ("date", "date"),
        ("time", "time"),
        ("local", "timestamp"),
        ("instant", "timestamp with time zone"),
        ("pairs", "json"),
        ("short", "varchar(40)"),
        ("country", "char(2)"),
    ] {
        assert_eq!(of(column), data_type, "{column}");
    }
    let maybe = table(&schema, "maybe_samples");
    assert!(maybe.columns.iter().all(|column| column.nullable == (column.name != "id")));
    assert_eq!(maybe.columns.get("sample_id").unwrap().data_type, Type::BigInt);
    assert_eq!(maybe.foreign_keys[0].references.table, "samples".into());
}

#[test]
fn keys() {
    let schema = schema("keys.rs");
    let key_type = |name: &str| {
        let table = table(&schema, name);
        let key = table.primary_key.as_ref().unwrap();
        table.columns.get(&key.columns[0]).unwrap().data_type.clone()
    };
    assert_eq!(key_type("accounts"), Type::Text);
    assert_eq!(key_type("tickets"), Type::Uuid);
    assert_eq!(key_type("events"), Type::Uuid);
    assert_eq!(key_type("invoices"), Type::BigInt);
    assert_eq!(key_type("municipalities"), Type::BigInt);
    assert_eq!(key_type("devices"), Type::Uuid);
    assert_eq!(key_type("profiles"), Type::Text);
    let receipts = table(&schema, "receipts");
    assert!(receipts.primary_key.as_ref().unwrap().autoincrement);
    let identity =
        |table: &str| self::table(&schema, table).columns.iter().next().unwrap().identity;
    assert_eq!(identity("invoices"), Some(Identity::ByDefault));
    assert_eq!(identity("municipalities"), None);
    let attendances = table(&schema, "attendances").primary_key.as_ref().unwrap();
    assert_eq!(attendances.columns, ["account_id", "day"]);
    assert_eq!(attendances.name, Some("attendance_key".into()));
    assert!(table(&schema, "log_lines").primary_key.is_none());
    let profile = table(&schema, "profiles");
    assert_eq!(profile.foreign_keys.len(), 2);
    assert!(table(&schema, "devices").foreign_keys.is_empty());
    assert!(table(&schema, "accounts").foreign_keys.is_empty());
    let declared = read("keys.rs");
    let own =
        |name: &str| declared.tables.iter().find(|t| t.rust_name == name).unwrap().own_key_type();
    assert_eq!(own("Device"), Some(Type::Uuid));
    assert_eq!(own("Country"), None);
}

#[test]
fn defaults() {
    let declared = read("defaults.rs");
    let schema = schema("defaults.rs");
    let settings = table(&schema, "settings");
    let of = |name: &str| settings.columns.get(name).unwrap().default.clone();
    let text = |text: &str| Some(ColumnDefault::Literal(Literal::Text(text.into())));
    let int = |value| Some(ColumnDefault::Literal(Literal::Int(value)));
    assert_eq!(of("zero"), int(0));
    assert_eq!(of("minus"), int(-1));
    assert_eq!(of("grouped"), int(1000));
    assert_eq!(of("fraction"), Some(ColumnDefault::Literal(Literal::Number("1.5".into()))));
    assert_eq!(of("price"), Some(ColumnDefault::Literal(Literal::Number("19.90".into()))));
    assert_eq!(of("on"), Some(ColumnDefault::Literal(Literal::Bool(true))));
    assert_eq!(of("text"), text("it's \"quoted\""));
    assert_eq!(of("bytes"), Some(ColumnDefault::Literal(Literal::Bytes(vec![0, 255]))));
    assert_eq!(of("made_at"), Some(ColumnDefault::Now));
    assert_eq!(of("made_there"), Some(ColumnDefault::Now));
    assert_eq!(of("made_here"), None);
    assert_eq!(of("random"), Some(ColumnDefault::Uuid4));
    assert_eq!(of("random_here"), None);
    assert_eq!(of("ordered"), None);
    assert_eq!(of("token"), None);
    assert_eq!(of("computed"), Some(ColumnDefault::Expr("1 + 1".into())));
    assert_eq!(of("nothing"), Some(ColumnDefault::Literal(Literal::Null)));
    assert_eq!(of("mode"), text("read_only"));
    assert_eq!(of("maybe_mode"), text("open"));
    let column = |name: &str| declared.tables[0].columns.iter().find(|c| c.field == name).unwrap();
    assert_eq!(column("made_here").on_update, Some(ApplicationValue::Now));
    for (field, value) in [
        ("made_here", ApplicationValue::Now),
        ("random_here", ApplicationValue::Uuid4),
        ("ordered", ApplicationValue::Uuid7),
        ("token", ApplicationValue::Cuid2),
    ] {
        assert_eq!(column(field).default, Some(DefaultDecl::Application(value)), "{field}");
    }
}

#[test]
fn references() {
    let schema = schema("references.rs");
    let people = table(&schema, "people");
    let of = |columns: &[&str], table: &Table| {
        let found: Vec<_> = table
            .foreign_keys
            .iter()
            .filter(|key| key.columns.iter().map(|c| c.as_str()).eq(columns.iter().copied()))
            .cloned()
            .collect();
        assert_eq!(found.len(), 1, "{columns:?}");
        found[0].clone()
    };
    assert_eq!(people.foreign_keys.len(), 4);
    let tenant = of(&["tenant_id"], people);
    assert_eq!((tenant.on_delete, tenant.on_update), (Action::Cascade, Action::Cascade));
    assert_eq!(tenant.references.columns, ["id"]);
    assert_eq!(of(&["leader_id"], people).references.table, "people".into());
    let deputy = of(&["deputy_id"], people);
    assert_eq!((deputy.on_delete, deputy.name), (Action::SetNull, Some("people_deputy".into())));
    let domain = of(&["mail_domain"], people);
    assert_eq!(domain.references.columns, ["domain"]);
    assert_eq!(domain.deferrable, Deferrable::InitiallyDeferred);
    let badges = table(&schema, "badges");
    let holder = of(&["tenant_id", "person_number"], badges);
    assert_eq!(holder.references.columns, ["tenant_id", "number"]);
    assert_eq!(
        (holder.on_delete, holder.deferrable),
        (Action::Restrict, Deferrable::InitiallyImmediate)
    );
    let replaced = of(&["tenant_id", "replaces"], badges);
    assert_eq!(replaced.references.columns, ["tenant_id", "serial"]);
    assert_eq!(of(&["printer"], badges).references.table, "devices".into());
    assert_eq!(of(&["made_by"], badges).references.columns, ["id"]);
    assert_eq!(of(&["tenant_id"], badges).references.table, "tenants".into());
}

#[test]
fn indexes() {
    let schema = schema("indexes.rs");
    let articles = table(&schema, "articles");
    let names: Vec<&str> = articles.indexes.iter().map(|index| index.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "articles_author_idx",
            "articles_newest",
            "articles_code_key",
            "articles_external_id_key",
            "articles_kind_created_at_idx",
            "articles_by_title",
            "articles_title_author",
            "articles_expr_idx",
            "articles_created_at_idx",
            "articles_live",
        ]
    );
    let index = |name: &str| articles.indexes.get(name).unwrap();
    assert_eq!(index("articles_kind_created_at_idx").parts[1].order, Order::Descending);
    assert_eq!(index("articles_newest").parts[0].order, Order::Descending);
    assert_eq!(index("articles_by_title").parts[0].collation, Some("NOCASE".into()));
    assert!(index("articles_title_author").unique && index("articles_live").unique);
    assert!(index("articles_live").filter.is_some());
    let uniques: Vec<Vec<&str>> = articles
        .uniques
        .iter()
        .map(|unique| unique.columns.iter().map(|c| c.as_str()).collect())
        .collect();
    assert_eq!(uniques, [vec!["number"], vec!["author", "title"], vec!["slug"]]);
    assert_eq!(articles.uniques[2].name, Some("articles_slug".into()));
}

#[test]
fn checks_and_computed_columns() {
    let schema = schema("checks.rs");
    let ranges = table(&schema, "ranges");
    assert_eq!(ranges.checks.len(), 6);
    let width = ranges.columns.get("width").unwrap().generated.clone().unwrap();
    assert!(width.stored && width.expr.as_str() == "high - low");
    assert!(!ranges.columns.get("shout").unwrap().generated.as_ref().unwrap().stored);
    assert_eq!(ranges.columns.get("note").unwrap().collation, Some("NOCASE".into()));
}

#[test]
fn enums_and_newtypes() {
    let enums = schema("enums.rs");
    let state = &enums.enums[&"order_state".into()];
    let values: Vec<&str> = state.values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["open", "in_transit", "no-show", "Δ"]);
    assert_eq!(state.values[2].was.get().map(|was| was.as_str()), Some("noshow"));
    assert_eq!(state.was.get(), Some(&"order_status".into()));
    assert_eq!(state.doc.as_deref(), Some("How far an order has come."));
    assert_eq!(enums.enums[&"http_method".into()].values[1].name, "post_form");
    let newtypes = schema("newtypes.rs");
    let customers = table(&newtypes, "customers");
    let of = |name: &str| customers.columns.get(name).unwrap().data_type.to_string();
    assert_eq!(
        ["email", "credit", "stars", "seen"].map(of),
        ["text", "numeric(10, 2)", "smallint", "timestamp with time zone"]
    );
}

#[test]
fn objects() {
    let schema = schema("objects.rs");
    let found: Vec<(ObjectKind, String, Option<String>)> = schema
        .objects
        .values()
        .map(|o| (o.id.kind, o.id.name.to_string(), o.on.as_ref().map(ToString::to_string)))
        .collect();
    let on = |table: &str| Some(table.to_owned());
    assert_eq!(
        found,
        [
            (ObjectKind::VirtualTable, "note_search".into(), None),
            (ObjectKind::View, "note_sizes".into(), None),
            (ObjectKind::View, "recent_notes".into(), None),
            (ObjectKind::Trigger, "notes_keep".into(), on("notes")),
            (ObjectKind::Trigger, "notes_touch".into(), on("notes")),
            (ObjectKind::Trigger, "recent_notes_insert".into(), on("recent_notes")),
        ]
    );
    assert!(schema.objects.values().all(|o| !o.sql.ends_with(';') && o.span.get().is_some()));
    assert!(
        schema
            .objects
            .values()
            .any(|o| o.sql.starts_with("CREATE VIEW \"recent_notes\" AS select id"))
    );
}

#[test]
fn names_renames_and_storage() {
    let names = schema("names.rs");
    for name in ["categories", "diagnoses", "http_proxies", "weird \"table\""] {
        table(&names, name);
    }
    let weird = table(&names, "weird \"table\"");
    assert!(weird.columns.contains("type") && weird.columns.contains("group by"));
    assert!(table(&names, "categories").columns.contains("match"));
    let renames = schema("renames.rs");
    let practitioners = table(&renames, "practitioners");
    assert_eq!(practitioners.was.get(), Some(&"doctors".into()));
    let column = |name: &str| practitioners.columns.get(name).unwrap();
    assert_eq!(column("full_name").was.get().map(|was| was.as_str()), Some("name"));
    let fill = |name: &str| column(name).fill.get().unwrap().to_string();
    assert_eq!(
        ["city", "visits", "balance", "active"].map(fill),
        ["'unknown'", "0", "-1.5", "TRUE"]
    );
    assert!(column("fee").using.get().is_some());
    let storage = schema("storage.rs");
    assert!(table(&storage, "shop_products").external);
    assert!(table(&storage, "reviews").options.strict);
    assert!(table(&storage, "key_value").options.without_rowid);
    let reviews = table(&storage, "reviews");
    assert_eq!(reviews.columns.get("anything").unwrap().data_type, Type::Native("ANY".into()));
    assert_eq!(reviews.columns.get("small").unwrap().data_type, Type::Native("INT".into()));
    assert!(table(&storage, "legacies").columns.get("code").unwrap().nullable);
}

#[test]
fn documentation() {
    let schema = schema("documentation.rs");
    let chapters = table(&schema, "chapters");
    assert_eq!(
        chapters.doc.as_deref(),
        Some("One line.\n\nAnd a paragraph, with `code`, \"quotes\" and a | bar:\n  indented")
    );
    let doc = |name: &str| chapters.columns.get(name).unwrap().doc.clone();
    assert_eq!(doc("id").as_deref(), Some("The number."));
    assert_eq!(doc("title").as_deref(), Some("An attribute."));
    assert_eq!(doc("body").as_deref(), Some("A block."));
    assert_eq!(doc("tone"), None);
}
