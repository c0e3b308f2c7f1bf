//! The laws of the diff, on schemas small enough to read.

use peristyle_schema::{
    Action, Change, Check, Column, ColumnDefault, Deferrable, Definition, Expr, ForeignKey, Hint,
    Index, Literal, Match, ObjectId, ObjectKind, Pair, PrimaryKey, Reference, Schema, Table,
    TableEdit, Type, Unique, diff,
};

fn table(name: &str, columns: &[(&str, Type)]) -> Table {
    let mut table = Table::new(name);
    for (name, data_type) in columns {
        table.columns.insert(Column::new(*name, data_type.clone()));
    }
    table.primary_key =
        Some(PrimaryKey { name: None, columns: vec![columns[0].0.into()], autoincrement: false });
    table
}

fn foreign_key(column: &str, to: &str) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: vec![column.into()],
        references: Reference { table: to.into(), columns: vec!["id".into()] },
        on_delete: Action::Cascade,
        on_update: Action::NoAction,
        deferrable: Default::default(),
        matching: Default::default(),
        set_columns: Vec::new(),
        not_valid: false,
    }
}

fn blog() -> Schema {
    let mut schema = Schema::empty();
    let mut users = table("users", &[("id", Type::BigInt), ("name", Type::Text)]);
    users.uniques.push(Unique {
        name: None,
        columns: vec!["name".into()],
        nulls_not_distinct: false,
        deferrable: Default::default(),
    });
    users.checks.push(Check::new("length(name) > 1"));
    let mut posts = table("posts", &[("id", Type::BigInt), ("user_id", Type::BigInt)]);
    posts.foreign_keys.push(foreign_key("user_id", "users"));
    posts.indexes.insert(Index::on_columns("posts_user_id_idx", ["user_id"]));
    schema.insert_table(users);
    schema.insert_table(posts);
    schema.insert_object(Definition::new(
        ObjectId::new(ObjectKind::View, "authors"),
        "CREATE VIEW authors AS SELECT name FROM users",
    ));
    schema
}

/// Both directions of a change: there, and home again by the inverse.
#[track_caller]
fn assert_there_and_back(old: &Schema, new: &Schema) -> Vec<Change> {
    let changes = diff(Pair::new(old, new));
    let mut there = old.clone();
    there.apply_all(&changes);
    assert_eq!(&there, new, "applying {changes:#?}");
    assert_eq!(there.fingerprint(), new.fingerprint());
    assert_eq!(diff(Pair::new(&there, new)), []);
    let inverse = Change::invert_all(changes.clone());
    there.apply_all(&inverse);
    assert_eq!(&there, old, "applying the inverse {inverse:#?}");
    changes
}

#[test]
fn a_schema_does_not_differ_from_itself() {
    assert_eq!(diff(Pair::new(&blog(), &blog())), []);
}

#[test]
fn everything_comes_and_goes() {
    assert_there_and_back(&Schema::empty(), &blog());
    assert_there_and_back(&blog(), &Schema::empty());
}

#[test]
fn a_table_rename_takes_its_references_along() {
    let mut new = blog();
    let mut users = new.tables.remove(&"users".into()).unwrap();
    users.name = "people".into();
    users.was = Hint::some("users".into());
    new.insert_table(users);
    new.tables.get_mut(&"posts".into()).unwrap().foreign_keys[0].references.table = "people".into();
    let changes = assert_there_and_back(&blog(), &new);
    assert_eq!(changes, [Change::RenameTable(Pair::new("users".into(), "people".into()))]);
}

#[test]
fn a_column_rename_takes_checks_keys_and_references_along() {
    let mut new = blog();
    let users = new.tables.get_mut(&"users".into()).unwrap();
    users.columns = users
        .columns
        .iter()
        .map(|column| {
            let mut column = column.clone();
            let (was, now) = (column.name.clone(), format!("{}_x", column.name));
            column.name = now.into();
            column.was = Hint::some(was);
            column
        })
        .collect();
    users.primary_key.as_mut().unwrap().columns = vec!["id_x".into()];
    users.uniques[0].columns = vec!["name_x".into()];
    users.checks[0].expr = Expr::new("length(name_x) > 1");
    new.tables.get_mut(&"posts".into()).unwrap().foreign_keys[0].references.columns =
        vec!["id_x".into()];
    let changes = assert_there_and_back(&blog(), &new);
    let [Change::AlterTable { edits, .. }] = changes.as_slice() else {
        panic!("one table changes: {changes:?}")
    };
    assert!(edits.iter().all(|edit| matches!(edit, TableEdit::RenameColumn(_))), "{edits:?}");
}

#[test]
fn a_former_name_is_no_difference_once_it_is_acted_upon() {
    let mut new = blog();
    new.tables.get_mut(&"users".into()).unwrap().was = Hint::some("people".into());
    assert_eq!(diff(Pair::new(&blog(), &new)), []);
}

#[test]
fn two_claims_to_one_former_name_rename_once() {
    let mut new = blog();
    let users = new.tables.remove(&"users".into()).unwrap();
    for name in ["a", "b"] {
        let mut claim = users.clone();
        claim.name = name.into();
        claim.was = Hint::some("users".into());
        new.insert_table(claim);
    }
    new.tables.get_mut(&"posts".into()).unwrap().foreign_keys[0].references.table = "a".into();
    let changes = assert_there_and_back(&blog(), &new);
    assert_eq!(changes[0], Change::RenameTable(Pair::new("users".into(), "a".into())));
    assert!(matches!(&changes[1], Change::CreateTable(table) if table.name == "b".into()));
}

#[test]
fn attributes_of_a_column_change_in_place() {
    let mut new = blog();
    let users = new.tables.get_mut(&"users".into()).unwrap();
    let name = users.columns.get_mut("name").unwrap();
    name.nullable = true;
    name.default = Some(ColumnDefault::Literal(Literal::Text("?".into())));
    users.columns.insert(Column::new("age", Type::Integer));
    users.indexes.insert(Index::on_columns("users_age_idx", ["age"]));
    users.uniques.clear();
    users.options.strict = true;
    let changes = assert_there_and_back(&blog(), &new);
    assert_eq!(changes.len(), 1);
}

#[test]
fn an_index_with_another_name_is_renamed_not_remade() {
    let mut new = blog();
    let posts = new.tables.get_mut(&"posts".into()).unwrap();
    let mut index = posts.indexes.remove("posts_user_id_idx").unwrap();
    index.name = "by_user".into();
    posts.indexes.insert(index);
    let changes = assert_there_and_back(&blog(), &new);
    let expected =
        vec![TableEdit::RenameIndex(Pair::new("posts_user_id_idx".into(), "by_user".into()))];
    assert_eq!(changes, [Change::AlterTable { table: "posts".into(), edits: expected }]);
}

#[test]
fn what_another_application_owns_is_never_touched() {
    let mut new = blog();
    let users = new.tables.get_mut(&"users".into()).unwrap();
    users.external = true;
    users.columns.insert(Column::new("age", Type::Integer));
    assert_eq!(diff(Pair::new(&blog(), &new)), []);
}

#[test]
fn order_of_columns_and_constraints_is_no_difference() {
    let mut new = blog();
    let users = new.tables.get_mut(&"users".into()).unwrap();
    let mut columns: Vec<Column> = users.columns.iter().cloned().collect();
    columns.reverse();
    users.columns = columns.into_iter().collect();
    assert_eq!(diff(Pair::new(&blog(), &new)), []);
    assert_eq!(blog().fingerprint(), new.fingerprint());
}

#[test]
fn a_changed_view_is_replaced() {
    let mut new = blog();
    let view = new.objects.values_mut().next().unwrap();
    view.sql = "CREATE VIEW authors AS SELECT id FROM users".into();
    let changes = assert_there_and_back(&blog(), &new);
    assert!(matches!(&changes[..], [Change::ReplaceObject(_)]), "{changes:?}");
}

#[test]
fn a_schema_survives_its_json() {
    let text = serde_json::to_string_pretty(&blog()).unwrap();
    let back: Schema = serde_json::from_str(&text).unwrap();
    assert_eq!(back, blog());
    assert_eq!(back.fingerprint(), blog().fingerprint());
}

/// A table of these integer columns, each with its former name if it has one.
fn numbers(columns: &[(&str, Option<&str>)]) -> Schema {
    let mut table = Table::new("numbers");
    for (name, was) in columns {
        let was = was.map(Into::into).into();
        table.columns.insert(Column { was, ..Column::new(*name, Type::BigInt) });
    }
    let mut schema = Schema::empty();
    schema.insert_table(table);
    schema
}

#[test]
fn a_chain_of_renames_is_followed_from_its_end() {
    let old = numbers(&[("a", None), ("b", None)]);
    let new = numbers(&[("b", Some("a")), ("c", Some("b"))]);
    let changes = assert_there_and_back(&old, &new);
    let renames = [("b", "c"), ("a", "b")]
        .map(|(from, to)| TableEdit::RenameColumn(Pair::new(from.into(), to.into())));
    let [Change::AlterTable { edits, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(*edits, renames);
}

#[test]
fn a_new_column_may_take_the_name_that_a_renamed_one_had() {
    let old = numbers(&[("a", None)]);
    let new = numbers(&[("a", None), ("b", Some("a"))]);
    let changes = assert_there_and_back(&old, &new);
    let [Change::AlterTable { edits: first, .. }, Change::AlterTable { edits: second, .. }] =
        changes.as_slice()
    else {
        panic!("{changes:?}")
    };
    assert!(matches!(first.as_slice(), [TableEdit::RenameColumn(_)]));
    assert!(matches!(second.as_slice(), [TableEdit::AddColumn(_)]));
    assert_eq!(diff(Pair::new(&new, &new)), []);
}

#[test]
fn a_new_table_may_take_the_name_that_a_renamed_one_had() {
    let mut new = blog();
    let mut people = new.tables.remove(&"users".into()).unwrap();
    people.name = "people".into();
    people.was = Hint::some("users".into());
    new.insert_table(people);
    new.insert_table(table("users", &[("id", Type::BigInt)]));
    new.tables.get_mut(&"posts".into()).unwrap().foreign_keys[0].references.table = "people".into();
    let changes = assert_there_and_back(&blog(), &new);
    assert_eq!(changes[0], Change::RenameTable(Pair::new("users".into(), "people".into())));
    assert!(matches!(&changes[1], Change::CreateTable(table) if table.name == "users".into()));
}

#[test]
fn names_are_not_exchanged_again_and_again() {
    let old = numbers(&[("a", None), ("b", None)]);
    let new = numbers(&[("a", Some("b")), ("b", Some("a"))]);
    assert_eq!(diff(Pair::new(&old, &new)), []);
}

#[test]
fn a_foreign_key_goes_while_the_column_it_points_to_is_renamed() {
    let schema = |column: &str, was: Option<&str>, keys: Vec<ForeignKey>| {
        let mut schema = Schema::empty();
        let mut parent = Table::new("z_parent");
        let mut key = Column::new(column, Type::BigInt);
        key.was = Hint(was.map(Into::into));
        parent.columns.insert(key);
        schema.insert_table(parent);
        let mut child = Table::new("a_child");
        child.columns.insert(Column::new("parent_id", Type::BigInt));
        child.foreign_keys = keys;
        schema.insert_table(child);
        schema
    };
    let key = ForeignKey {
        name: None,
        columns: vec!["parent_id".into()],
        references: Reference { table: "z_parent".into(), columns: vec!["id".into()] },
        on_delete: Action::Cascade,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    };
    let old = schema("id", None, vec![key]);
    let new = schema("number", Some("id"), Vec::new());
    let mut applied = old.clone();
    applied.apply_all(&diff(Pair::new(&old, &new)));
    assert_eq!(applied, new);
}
