//! The trap: a parent is rebuilt, and the rows of its children go with the old table.
//!
//! `PRAGMA foreign_keys = OFF` does nothing inside a transaction, so a program that sets it there deletes every row of
//! a child with `ON DELETE CASCADE` when it drops the old parent. Here every child row is there afterwards, byte for byte.

use peristyle_migrate::{Choices, plan};
use peristyle_schema::{Pair, Schema};
use peristyle_sql::DialectName;
use peristyle_tests::declarations;
use peristyle_tests::engine::{Engine, SqliteEngine, sqlite};
use peristyle_tests::history::Project;
use peristyle_tests::journey::{Journey, statements};

/// How many rows each table has.
const ROWS: usize = 1_000;

/// The declarations, the parent's default being the one thing that changes.
fn source(default: &str) -> String {
    format!(
        r#"
#[derive(Table)]
#[unique(region, number)]
struct Parent {{
    #[key(auto)]
    id: Id<Parent>,
    region: String,
    number: i64,
    #[column(default = "{default}")]
    state: String,
    #[references(on_delete = cascade)]
    boss_id: Option<Id<Parent>>,
}}

#[derive(Table)]
struct Cascaded {{
    #[key(auto)]
    id: Id<Cascaded>,
    #[references(on_delete = cascade)]
    parent_id: Id<Parent>,
    payload: Vec<u8>,
}}

#[derive(Table)]
struct Nulled {{
    #[key(auto)]
    id: Id<Nulled>,
    #[references(on_delete = set_null)]
    parent_id: Option<Id<Parent>>,
    payload: Vec<u8>,
}}

#[derive(Table)]
struct Defaulted {{
    #[key(auto)]
    id: Id<Defaulted>,
    #[references(on_delete = set_default, on_update = cascade)]
    #[column(default = 1)]
    parent_id: Id<Parent>,
    payload: Vec<u8>,
}}

#[derive(Table)]
#[foreign_key(columns(region, number), references = Parent(region, number), on_delete = cascade)]
struct Composite {{
    #[key(auto)]
    id: Id<Composite>,
    region: String,
    number: i64,
    payload: Vec<u8>,
}}

#[derive(Table)]
struct Grandchild {{
    #[key(auto)]
    id: Id<Grandchild>,
    #[references(on_delete = cascade)]
    cascaded_id: Id<Cascaded>,
    payload: Vec<u8>,
}}
"#
    )
}

fn schema(default: &str) -> Schema {
    let schema = declarations::read("trap", &source(default)).expect("the declarations are right");
    sqlite().normalize(schema).expect("SQLite holds them")
}

fn populate(engine: &dyn Engine) {
    let child = |table: &str, column: &str| {
        format!("INSERT INTO {table} ({column}, payload) SELECT i, randomblob(16) FROM n;\n")
    };
    let script = format!(
        "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) SELECT i FROM n;
         BEGIN;
         INSERT INTO parents (id, region, number, state, boss_id)
             SELECT i, 'r' || (i % 7), i, 's' || i, nullif(i / 2, 0) FROM n;
         {}{}{}{}
         INSERT INTO composites (region, number, payload) SELECT 'r' || (i % 7), i, randomblob(16) FROM n;
         COMMIT; DROP TABLE n;",
        child("cascadeds", "parent_id"),
        child("nulleds", "parent_id"),
        child("defaulteds", "parent_id"),
        child("grandchilds", "cascaded_id"),
    );
    engine.script(&script).expect("the rows go in");
    for (table, rows) in engine.contents() {
        assert_eq!(rows.rows.len(), ROWS, "{table}");
    }
}

#[test]
fn every_child_row_is_there_after_a_rebuild_of_its_parent() {
    let schemas = Pair::new(schema("old"), schema("new"));
    let planned = plan(schemas, DialectName::Sqlite, &Choices::default(), "0001").expect("a plan");
    let engine = SqliteEngine::memory();
    let made = sqlite().create(&planned.schemas.old).expect("the old schema can be made");
    engine.migrate(&made).expect("the old schema is made");
    populate(&engine);
    let before = engine.contents();
    let text: String =
        statements(&planned.plan.up).iter().map(|s| format!("{}\n", s.sql)).collect();
    assert!(text.contains("DROP TABLE"), "the change rebuilds the parent:\n{text}");

    let journey = Journey::of(planned.schemas.as_ref(), &planned.changes, &planned.plan);
    if let Err(message) = journey.travel(&engine) {
        panic!("{message}");
    }
    assert_eq!(engine.contents(), before, "every row of every table, byte for byte");
}

/// The same through the product's own runner, on a file, with foreign keys on as an application has them.
#[test]
fn every_child_row_is_there_after_the_runner_rebuilt_its_parent() {
    let project = Project::with(&[("trap", &source("old"))]);
    project.migrate(&project.folder()).expect("the first migration runs");
    let contents = |project: &Project| {
        let mut contents = SqliteEngine::file(&project.database()).contents();
        contents.retain(|table, _| !table.starts_with('_'));
        contents
    };
    {
        let engine = SqliteEngine::file(&project.database());
        engine.script("PRAGMA foreign_keys = ON").expect("a pragma");
        populate(&engine);
    }
    let before = contents(&project);
    let project = project.then("default", &source("new"));
    project.migrate(&project.folder()).expect("the second migration runs");
    assert_eq!(contents(&project), before, "every row of every table, byte for byte");
    assert_eq!(SqliteEngine::file(&project.database()).ailments(), Vec::<String>::new());
}

/// The trap is real: the same statements with foreign keys on lose the children. Should SQLite ever change this, the
/// rebuild may be made simpler.
#[test]
fn the_trap_is_there() {
    let schemas = Pair::new(schema("old"), schema("new"));
    let planned = plan(schemas, DialectName::Sqlite, &Choices::default(), "0001").expect("a plan");
    let engine = SqliteEngine::memory();
    let made = sqlite().create(&planned.schemas.old).expect("the old schema can be made");
    engine.migrate(&made).expect("the old schema is made");
    populate(&engine);
    // A child whose key would be set to a default that goes with the parents saves all of them: the drop fails.
    engine.script("DELETE FROM defaulteds").expect("rows can be deleted");
    engine.script("PRAGMA foreign_keys = ON; BEGIN; PRAGMA foreign_keys = OFF;").expect("pragmas");
    for statement in statements(&planned.plan.up) {
        engine.script(&statement.sql).expect("SQLite does not complain, which is the trap");
    }
    for table in ["cascadeds", "grandchilds", "composites"] {
        let left = engine.query(&format!("SELECT count(*) FROM {table}")).expect("a count").1;
        assert_eq!(left, [["0".to_owned()]], "{table}");
    }
}
