//! Declarations that cannot be used: the diagnostic stands at the line.

use super::Base::Fresh;
use super::{Case, case, judge};

const SCHEMA: &str = "src/schema.rs";
const GENERATE: &[&str] = &["generate", "--name", "change"];
const NAME: &str = "pub name: Option<String>,";
const TITLE: &str = "pub title: String,";

#[test]
fn declarations() {
    judge(&cases());
}

/// A case in which a piece of the first schema is replaced.
fn bad(name: &'static str, code: &'static str, old: &'static str, new: &'static str) -> Case {
    case(name, Fresh, 1, code).edit(SCHEMA, old, new).run(GENERATE).says("src/schema.rs:")
}

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("no such file", Fresh, 1, "unreadable-file").run(&[
            "generate",
            "--schema",
            "src/none.rs",
        ]),
        case("a folder without declarations", Fresh, 1, "no-declarations")
            .file("other/x.txt", "")
            .run(&["generate", "--schema", "other"]),
        case("not UTF-8", Fresh, 1, "unreadable-file")
            .file(SCHEMA, b"// \xff\xfe".as_slice())
            .run(GENERATE),
        bad("not Rust", "syntax", "pub struct User {", "pub struct User {{"),
        bad(
            "a module that is not there",
            "missing-module",
            "use peristyle::{Id, Table};",
            "mod nowhere;",
        ),
    ];
    cases.extend(attributes());
    cases.extend(types());
    cases.extend(references());
    cases.extend(of_the_database());
    cases
}

fn attributes() -> Vec<Case> {
    vec![
        bad(
            "an unknown option of a column",
            "unknown-option",
            NAME,
            "#[column(colate = \"NOCASE\")] pub name: Option<String>,",
        ),
        bad(
            "an unknown option of a table",
            "unknown-option",
            "name = \"users\"",
            "nmae = \"users\"",
        ),
        bad(
            "an option without its value",
            "wrong-value",
            NAME,
            "#[column(check)] pub name: Option<String>,",
        ),
        bad("a number where a text stands", "wrong-value", "name = \"users\"", "name = 7"),
        bad(
            "an index on nothing",
            "unknown-field",
            "#[table(name = \"users\")]",
            "#[table(name = \"users\")]\n#[index(emial)]",
        ),
        bad(
            "a unique on nothing",
            "unknown-field",
            "#[table(name = \"users\")]",
            "#[table(name = \"users\")]\n#[unique(name, emial)]",
        ),
        bad(
            "an action that does not exist",
            "wrong-value",
            "on_delete = cascade",
            "on_delete = explode",
        ),
        bad(
            "stored without generated",
            "contradiction",
            NAME,
            "#[column(stored)] pub name: Option<String>,",
        ),
        bad(
            "a default that is none",
            "wrong-value",
            TITLE,
            "#[column(default = nonsense)] pub title: String,",
        ),
        bad("two names for one table", "duplicate-name", "name = \"posts\"", "name = \"users\""),
        bad(
            "two columns of one name",
            "duplicate-name",
            TITLE,
            "#[column(name = \"id\")] pub title: String,",
        ),
        bad("two keys", "two-keys", NAME, "#[key] pub name: String,"),
    ]
}

fn types() -> Vec<Case> {
    vec![
        bad("an unsigned integer", "unsupported-type", TITLE, "pub title: u64,"),
        bad("a map", "unsupported-type", TITLE, "pub title: HashMap<String, String>,"),
        bad("a list", "unsupported-type", TITLE, "pub title: Vec<String>,"),
        bad("an unknown type", "unknown-type", TITLE, "pub title: Titel,"),
        bad(
            "a tuple struct",
            "no-named-fields",
            "use peristyle::{Id, Table};",
            "#[derive(Table)] struct Pair(i64, i64);",
        ),
        bad("a generic struct", "generic-struct", "pub struct User {", "pub struct User<T> {"),
        bad(
            "an enum with data",
            "variant-with-fields",
            "use peristyle::{Id, Table};",
            "#[derive(Enum)] enum Status { On(i64), Off }",
        ),
        bad(
            "a key of no type",
            "unknown-key-type",
            "#[key(auto)]\n    pub id: Id<User>,",
            "#[key]\n    pub id: Id<User>,",
        ),
    ]
}

fn references() -> Vec<Case> {
    vec![
        bad(
            "a reference to nothing",
            "unknown-table",
            "pub author_id: Id<User>,",
            "pub author_id: Id<Nobody>,",
        ),
        bad(
            "a foreign key of unequal sides",
            "foreign-key-mismatch",
            "#[table(name = \"posts\")]",
            "#[table(name = \"posts\")]\n#[foreign_key(columns(author_id, title), references = User(id))]",
        ),
        bad(
            "a set null on a column that cannot be null",
            "contradiction",
            "on_delete = cascade",
            "on_delete = set_null",
        ),
    ]
}

/// What Rust and the grammar allow, and SQLite does not.
fn of_the_database() -> Vec<Case> {
    vec![
        bad(
            "a name of the database's own",
            "reserved-name",
            "name = \"users\"",
            "name = \"sqlite_users\"",
        ),
        bad("a name of ours", "reserved-name", "name = \"users\"", "name = \"_peristyle_users\""),
        bad("an empty name", "wrong-value", "name = \"users\"", "name = \"\""),
        bad(
            "without rowid and without a key",
            "without-rowid-key",
            "    #[key(auto)]\n    pub id: Id<Post>,",
            "    pub id: i64,",
        )
        .edit(SCHEMA, "name = \"posts\"", "name = \"posts\", without_rowid"),
        bad(
            "a reference to what is not unique",
            "foreign-key-target",
            "#[table(name = \"posts\")]",
            "#[table(name = \"posts\")]\n#[foreign_key(columns(title), references = User(name))]",
        ),
        bad(
            "a column made from itself",
            "generated-loop",
            TITLE,
            "#[column(generated = \"upper(title)\")] pub title: String,",
        ),
        bad(
            "an index on no expression",
            "bad-expression",
            "#[table(name = \"posts\")]",
            "#[table(name = \"posts\")]\n#[index(\"lower(\")]",
        ),
        bad(
            "a declaration in a macro",
            "hidden-declaration",
            "use peristyle::{Id, Table};",
            "make! { #[derive(Table)] struct Hidden { id: i64 } }",
        ),
        bad(
            "a view without its query",
            "no-select",
            "use peristyle::{Id, Table};",
            "#[derive(View)] struct Recent { id: i64 }",
        ),
        bad(
            "a value of the database that only the application can make",
            "unsupported-default",
            TITLE,
            "#[column(default = db::uuid7)] pub title: Uuid,",
        ),
    ]
}
