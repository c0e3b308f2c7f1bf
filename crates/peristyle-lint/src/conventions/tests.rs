//! Each rule both ways: what it lets pass, what it finds and what it says to write.

use std::collections::BTreeSet;

use peristyle_schema::{
    Action, Column, ColumnDefault, ForeignKey, Hint, Position, PrimaryKey, Reference, Schema, Span,
    Table, Type,
};

use super::*;

/// A table that follows every convention.
fn table(name: &str) -> Table {
    let mut table = Table::new(name);
    table.span = Hint::some(place(1));
    let mut id = column("id", Type::Text);
    id.default = Some(ColumnDefault::Uuid4);
    table.columns.insert(id);
    for name in ["created_at", "updated_at"] {
        table.columns.insert(column(name, Type::TimestampTz));
    }
    table.primary_key =
        Some(PrimaryKey { name: None, columns: vec!["id".into()], autoincrement: false });
    table
}

fn place(line: u32) -> Span {
    let start = Position { line, column: 5 };
    Span { file: "src/schema.rs".into(), start, end: start }
}

fn column(name: &str, data_type: Type) -> Column {
    let mut column = Column::new(name, data_type);
    column.span = Hint::some(place(2));
    column
}

fn pointing(table: &mut Table, name: &str, to: &str, on_delete: Action) {
    table.columns.insert(column(name, Type::Text));
    table.foreign_keys.push(ForeignKey {
        name: None,
        columns: vec![name.into()],
        references: Reference { table: to.into(), columns: vec!["id".into()] },
        on_delete,
        on_update: Action::NoAction,
        deferrable: peristyle_schema::Deferrable::Not,
        matching: peristyle_schema::Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    });
}

fn found(table: Table, settings: &Conventions) -> Vec<(String, String, u32)> {
    let mut schema = Schema::empty();
    schema.insert_table(table);
    conventions(&schema, settings)
        .into_iter()
        .map(|d| {
            assert!(d.help.is_some(), "{d}");
            (d.code, d.message, d.span.expect("a place").start.line)
        })
        .collect()
}

fn codes(table: Table, settings: &Conventions) -> Vec<String> {
    found(table, settings).into_iter().map(|(code, ..)| code).collect()
}

fn usual() -> Conventions {
    Conventions::default()
}

#[test]
fn what_follows_them_is_not_told() {
    let mut sessions = table("sessions");
    pointing(&mut sessions, "user_id", "users", Action::Cascade);
    assert_eq!(codes(sessions, &usual()), [""; 0]);
}

#[test]
fn a_tables_name() {
    for good in ["users", "audit_entries", "boxes"] {
        assert_eq!(codes(table(good), &usual()), [""; 0], "{good}");
    }
    for bad in ["user", "Users", "userLogs", "status"] {
        assert_eq!(codes(table(bad), &usual()), ["convention-table-name"], "{bad}");
    }
    let mut schema = Schema::empty();
    schema.insert_table(table("AuditEntry"));
    let [finding] = &conventions(&schema, &usual())[..] else { panic!("one finding") };
    assert!(finding.is_error());
    assert_eq!(
        finding.message,
        "the table's name `AuditEntry` is neither in snake_case nor a plural"
    );
    assert!(finding.help.as_deref().is_some_and(|help| help.contains("name = \"audit_entries\"")));
    let plurals = [("person".to_owned(), "people".to_owned())].into();
    let told = Conventions { plurals, ..usual() };
    assert_eq!(codes(table("people"), &usual()), ["convention-table-name"]);
    assert_eq!(codes(table("people"), &told), [""; 0]);
}

#[test]
fn a_columns_name() {
    let mut users = table("users");
    users.columns.insert(column("fullName", Type::Text));
    users.columns.insert(column("line_2", Type::Text));
    assert_eq!(
        found(users, &usual()),
        [(
            "convention-column-name".to_owned(),
            "the column's name `users.fullName` is not in snake_case".to_owned(),
            2
        )]
    );
}

#[test]
fn a_primary_key() {
    let key = |change: fn(&mut Column)| {
        let mut users = table("users");
        let mut id = users.columns.get("id").expect("a key").clone();
        change(&mut id);
        users.columns.insert(id);
        users
    };
    let settings = |key| Conventions { key, ..usual() };
    let bad = ["convention-primary-key"];
    for good in [ColumnDefault::Uuid7, ColumnDefault::Expr("my_uuid()".into())] {
        let mut users = key(|_| {});
        let mut id = users.columns.get("id").expect("a key").clone();
        id.default = Some(good);
        users.columns.insert(id);
        assert_eq!(codes(users, &usual()), [""; 0]);
    }
    assert_eq!(codes(key(|id| id.default = None), &usual()), bad);
    let made = |by: fn(&mut Column)| key(by);
    let by_uuid7 = made(|id| {
        id.default = None;
        id.made_by_application = Hint::some("uuid7");
    });
    assert_eq!(codes(by_uuid7, &usual()), [""; 0]);
    let by_cuid2 = made(|id| {
        id.default = None;
        id.made_by_application = Hint::some("cuid2");
    });
    assert_eq!(
        found(by_cuid2, &usual())[0].1,
        "the primary key `users.id` is text that holds a cuid2 and not a UUID"
    );
    assert_eq!(codes(key(|id| id.data_type = Type::BigInt), &usual()), bad);
    assert_eq!(codes(key(|id| id.data_type = Type::BigInt), &settings(KeyType::Any)), [""; 0]);
    assert_eq!(codes(key(|id| id.data_type = Type::Uuid), &usual()), bad);
    assert_eq!(codes(key(|id| id.data_type = Type::Uuid), &settings(KeyType::Uuid)), [""; 0]);
    assert_eq!(codes(key(|_| {}), &settings(KeyType::Uuid)), bad);

    let mut none = table("users");
    none.primary_key = None;
    assert_eq!(codes(none, &usual()), bad);
    let mut two = table("users");
    two.primary_key.as_mut().expect("a key").columns.push("created_at".into());
    assert_eq!(codes(two, &usual()), bad);
    let mut other = table("users");
    other.columns.insert(column("uid", Type::Text));
    other.primary_key.as_mut().expect("a key").columns = vec!["uid".into()];
    assert_eq!(
        found(other, &settings(KeyType::Any))[0].1,
        "the primary key of `users` is called `uid` and not `id`"
    );
    // A key that is another table's holds what that one holds.
    let mut profile = key(|id| id.default = None);
    profile.name = "profiles".into();
    profile.columns.remove("id");
    pointing(&mut profile, "id", "users", Action::Cascade);
    assert_eq!(codes(profile, &usual()), [""; 0]);
}

#[test]
fn timestamps() {
    let mut users = table("users");
    users.columns.remove("updated_at");
    let finding =
        ("convention-timestamps".to_owned(), "the table `users` has no `updated_at`".to_owned(), 1);
    assert_eq!(found(users.clone(), &usual()), [finding]);
    users.columns.remove("created_at");
    assert_eq!(codes(users, &usual()).len(), 2);
}

#[test]
fn a_foreign_keys_name() {
    let to = |names: &[&str], table_name: &str| {
        let mut sessions = table("sessions");
        for name in names {
            pointing(&mut sessions, name, table_name, Action::Cascade);
        }
        sessions
    };
    let bad = "convention-foreign-key-name";
    for (name, other) in [("user_id", "users"), ("audit_entry_id", "audit_entries")] {
        assert_eq!(codes(to(&[name], other), &usual()), [""; 0], "{name}");
    }
    for (name, other) in [
        ("user", "users"),
        ("users_id", "users"),
        ("owner_id", "users"),
        ("owner_user_id", "users"),
        ("user_uid", "users"),
    ] {
        assert_eq!(codes(to(&[name], other), &usual()), [bad], "{name}");
    }
    // Two ways to one table, and a way to itself, need a word of their own.
    assert_eq!(codes(to(&["user_id", "invited_by_user_id"], "users"), &usual()), [""; 0]);
    assert_eq!(codes(to(&["parent_session_id"], "sessions"), &usual()), [""; 0]);
    assert_eq!(codes(to(&["parent_id"], "sessions"), &usual()), [bad]);
    assert_eq!(
        found(to(&["owner_id"], "users"), &usual())[0].1,
        "the foreign key `sessions.owner_id` to `users` is not called `user_id`"
    );
    // A key of several columns has no one name.
    let mut several = to(&["owner_id", "owner_part"], "accounts");
    several.foreign_keys.pop();
    several.foreign_keys[0].columns.push("owner_part".into());
    assert_eq!(codes(several, &usual()), [""; 0]);
}

#[test]
fn an_on_delete_rule() {
    for (action, expected) in [
        (Action::NoAction, &["convention-on-delete"][..]),
        (Action::Restrict, &[]),
        (Action::Cascade, &[]),
        (Action::SetNull, &[]),
        (Action::SetDefault, &[]),
    ] {
        let mut sessions = table("sessions");
        pointing(&mut sessions, "user_id", "users", action);
        assert_eq!(codes(sessions, &usual()), expected, "{action:?}");
    }
}

/// A table that breaks every rule.
fn wild() -> Table {
    let mut wild = Table::new("Wild");
    wild.span = Hint::some(place(1));
    pointing(&mut wild, "userRef", "users", Action::NoAction);
    wild
}

#[test]
fn every_rule_can_be_switched_off_and_allowed() {
    let all: BTreeSet<Rule> = Rule::ALL.into();
    let told = codes(wild(), &usual());
    for rule in Rule::ALL {
        assert!(told.iter().any(|code| code == rule.code()), "{rule:?}: {told:?}");
        assert_eq!(rule.name().parse(), Ok(rule));
        let off = Conventions { off: [rule].into(), ..usual() };
        let allowance =
            Allowance { table: "Wild".into(), rules: [rule].into(), span: Some(place(9)) };
        let allowed = Conventions { allow: vec![allowance], ..usual() };
        for settings in [off, allowed] {
            let rest: Vec<String> =
                told.iter().filter(|code| *code != rule.code()).cloned().collect();
            assert_eq!(codes(wild(), &settings), rest);
        }
    }
    assert_eq!(codes(wild(), &Conventions { off: all, ..usual() }), [""; 0]);
}

#[test]
fn an_allowance_that_nothing_needs_is_told() {
    let allowance = |table: &str| Allowance {
        table: table.into(),
        rules: [Rule::Timestamps].into(),
        span: Some(place(9)),
    };
    for name in ["users", "gone"] {
        let settings = Conventions { allow: vec![allowance(name)], ..usual() };
        let mut schema = Schema::empty();
        schema.insert_table(table("users"));
        let [warning] = &conventions(&schema, &settings)[..] else { panic!("one warning") };
        assert_eq!(warning.code, "convention-unused-allowance");
        assert!(!warning.is_error());
        assert_eq!(warning.span, Some(place(9)));
    }
}

#[test]
fn what_is_anothers_is_held_to_nothing() {
    let mut external = wild();
    external.external = true;
    assert_eq!(codes(external, &usual()), [""; 0]);
    let mut part = wild();
    part.options.partition_of =
        Some(peristyle_schema::Partition { table: "events".into(), bound: "DEFAULT".into() });
    assert_eq!(codes(part, &usual()), [""; 0]);
}

#[test]
fn findings_stand_in_the_order_of_their_places() {
    let mut schema = Schema::empty();
    for (name, line) in [("a", 7), ("b", 3)] {
        let mut table = table(name);
        table.span = Hint::some(place(line));
        schema.insert_table(table);
    }
    let lines: Vec<u32> = conventions(&schema, &usual())
        .into_iter()
        .filter_map(|d| d.span)
        .map(|span| span.start.line)
        .collect();
    assert_eq!(lines, [3, 7]);
}
