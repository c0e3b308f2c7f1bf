//! Declarations on a live PostgreSQL: what is declared is made, read back and found equal; what is read back is printed as Rust
//! that declares the same.

use peristyle_schema::{Pair, Schema, diff};
use peristyle_sql::{DialectName, lift};
use peristyle_tests::declarations::{print, read};
use peristyle_tests::engine::{Engine, fresh, postgres};

fn declared(text: &str) -> Schema {
    let schema = read("declared", text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
    postgres().normalize(schema).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"))
}

/// A database that holds what is declared.
fn made(schema: &Schema) -> Box<dyn Engine> {
    let engine = fresh(DialectName::Postgres);
    let statements = postgres().create(schema).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
    let script = statements.iter().map(|s| format!("{};\n", s.sql)).collect::<String>();
    engine.migrate(&statements).unwrap_or_else(|stopped| panic!("{stopped}\n{script}"));
    engine
}

fn assert_same(engine: &dyn Engine, declared: Schema, text: &str) {
    let live = engine.schema().expect("the catalog can be read");
    let in_its_words = engine.in_its_words(declared, &live);
    let changes = diff(Pair::new(&live, &in_its_words));
    assert_eq!(changes, [], "\n{text}");
}

/// Made, read back, printed, read again: the same each time.
fn goes_around(text: &str) -> String {
    let schema = declared(text);
    let engine = made(&schema);
    assert_same(&*engine, schema, text);
    let live = engine.schema().expect("the catalog can be read");
    let printed = print(&lift(postgres(), &live));
    let again = declared(&printed);
    assert_same(&*engine, again, &printed);
    printed
}

#[test]
fn every_attribute_goes_around() {
    let text = include_str!("../../crates/peristyle-declare/tests/fixtures/postgres.rs");
    goes_around(text);
}

/// What is simple is declared exactly as the server prints it, so that nothing need be asked.
#[test]
fn simple_texts_are_the_server_s_own() {
    let text = r#"
use peristyle::{Bytes, Date, DateTime, Decimal, Enum, Id, Json, Table, Time, Timestamp, Uuid};

#[derive(Enum)]
#[enum_type(name = "mood")]
pub enum Mood {
    Glad,
    #[value(name = "it's")]
    Odd,
}

#[derive(Table)]
pub struct Sample {
    #[key(auto)]
    pub id: Id<Sample>,
    #[column(default = true)]
    pub truth: bool,
    #[column(default = 5, check = "small > 0")]
    pub small: i16,
    #[column(default = -5)]
    pub medium: i32,
    #[column(default = 3000000000)]
    pub large: i64,
    #[column(default = -1.5)]
    pub double: f64,
    #[column(default = 0.0)]
    pub exact: Decimal,
    #[column(default = 1, precision = 10, scale = 2)]
    pub money: Decimal,
    #[column(default = "it's \\ back")]
    pub text: String,
    #[column(default = "x", type = "varchar(20)")]
    pub short: String,
    #[column(default = "x", type = "char(3)")]
    pub code: String,
    #[column(default = Mood::Odd)]
    pub mood: Mood,
    #[column(default = sql("'{\"b\":1,\"a\":[]}'"))]
    pub json: Json<serde_json::Value>,
    #[column(default = sql("'{}'"))]
    pub list: Vec<String>,
    #[column(default = sql("'{}'"))]
    pub moods: Vec<Mood>,
    #[column(default = sql("'2020-01-01'"))]
    pub day: Date,
    #[column(default = now)]
    pub today: Date,
    #[column(default = now)]
    pub instant: Timestamp,
    #[column(default = now)]
    pub local: DateTime,
    #[column(default = now)]
    pub time: Time,
    #[column(default = uuid4)]
    pub token: Uuid,
    #[column(default = sql("'A0EEBC999C0B4EF8BB6D6BB9BD380A11'"))]
    pub uuid: Uuid,
    #[column(default = b"\x00\xff")]
    pub bytes: Bytes,
    #[column(type = "inet", default = sql("'127.0.0.1'"))]
    pub host: String,
    #[column(type = "bit(3)", default = sql("'101'"))]
    pub bits: String,
}
"#;
    let schema = declared(text);
    let engine = made(&schema);
    let live = engine.schema().expect("the catalog can be read");
    assert_eq!(diff(Pair::new(&live, &schema)), [], "nothing has to be asked");
    let printed = print(&lift(postgres(), &live));
    for line in [
        "    #[column(default = true)]",
        "    #[column(default = -5)]",
        "    #[column(default = 3000000000)]",
        "    #[column(default = Mood::ItS)]",
        "    #[column(default = uuid4)]",
        "    pub moods: Vec<Mood>,",
        "    #[column(default = 5, check = \"small > 0\")]",
    ] {
        assert!(printed.lines().any(|l| l == line), "no {line:?} in\n{printed}");
    }
    for name in ["_pkey", "_check", "_key", "_fkey"] {
        assert!(!printed.contains(name), "{name} goes without saying:\n{printed}");
    }
}

#[test]
fn names_that_rust_cannot_hold_go_around() {
    goes_around(
        r#"
use peristyle::{Id, Table};

/// What is "odd", it's said.
#[derive(Table)]
#[table(name = "\"Odd.Place\".\"select\"")]
#[index(two, name = "Mixed Case")]
#[unique(one, two, name = "it's \"unique\"")]
#[check("\"type\" <> 'a;b' AND \"größe\" > 0", name = "Check")]
pub struct Odd {
    #[key(name = "Key")]
    #[column(name = "Id")]
    pub id: i64,
    /// A column.
    #[column(name = "type", default = "x")]
    pub kind: String,
    #[column(name = "größe")]
    pub size: i32,
    pub one: i32,
    #[column(name = "two words")]
    pub two: Option<i32>,
}

#[derive(Table)]
pub struct Child {
    #[key(auto)]
    pub id: Id<Child>,
    #[references(Odd, on_delete = cascade, deferrable = deferred, name = "to the odd")]
    pub odd: i64,
    #[references(on_delete = set_null)]
    pub child_id: Option<Id<Child>>,
}
"#,
    );
}
