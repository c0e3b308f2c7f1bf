//! Configuration that cannot be used.

use super::Base::{Empty, Fresh};
use super::{Case, case, judge};

const FILE: &str = "peristyle.toml";
const DEV: &str = "url = \"sqlite:dev.db\"";

#[test]
fn configuration() {
    judge(&cases());
}

pub fn cases() -> Vec<Case> {
    vec![
        case("not TOML", Empty, 2, "config-syntax")
            .file(FILE, "[project\n")
            .run(&["status"])
            .says("peristyle.toml:1"),
        case("a value is missing", Empty, 2, "config-syntax")
            .file(FILE, "[project]\nschema =\n")
            .run(&["generate"])
            .says("peristyle.toml:2"),
        case("a key twice", Empty, 2, "config-syntax")
            .file(FILE, "[project]\nschema = \"a\"\nschema = \"b\"\n")
            .run(&["generate"])
            .says("peristyle.toml:3"),
        case("not UTF-8", Empty, 2, "config-unreadable")
            .file(FILE, b"[project]\nschema = \"\xff\"\n".as_slice())
            .run(&["status"])
            .says("not UTF-8"),
        case("an unknown section", Fresh, 2, "config-unknown-key")
            .edit(FILE, "[environments.dev]", "[environment.dev]")
            .run(&["status"])
            .says("did you mean `environments`?"),
        case("an unknown key of a project", Fresh, 2, "config-unknown-key")
            .edit(FILE, "migrations =", "migration =")
            .run(&["generate"])
            .says("did you mean `migrations`?")
            .says("peristyle.toml:3:1"),
        case("an unknown key of an environment", Fresh, 2, "config-unknown-key")
            .edit(FILE, "disposable =", "throwaway =")
            .run(&["migrate"])
            .says("known here: url, direct_url, dev_url, disposable"),
        case("an unknown key of a seed", Fresh, 2, "config-unknown-key")
            .edit(FILE, "folder =", "folders =")
            .run(&["seed"])
            .says("did you mean `folder`?"),
        case("a number where a path stands", Fresh, 2, "config-type")
            .edit(FILE, "\"src/schema.rs\"", "7")
            .run(&["generate"])
            .says("an integer here"),
        case("a word where a yes or no stands", Fresh, 2, "config-type")
            .edit(FILE, "disposable = true", "disposable = \"yes\"")
            .run(&["reset", "--yes"])
            .says("`true` or `false`"),
        case("a text where a table stands", Empty, 2, "config-type")
            .file(FILE, "project = \"src\"\n")
            .run(&["generate"])
            .says("must be a table"),
        case("an environment that is no table", Empty, 2, "config-type")
            .file(FILE, "[environments]\ndev = \"sqlite:dev.db\"\n")
            .run(&["status"])
            .says("environments.dev"),
        case("an empty path", Fresh, 2, "config-empty")
            .edit(FILE, "\"src/schema.rs\"", "\"\"")
            .run(&["generate"]),
        case("an empty command", Fresh, 2, "config-empty")
            .edit(FILE, "folder = \"seeds\"", "command = []")
            .run(&["seed"]),
        case("an unknown dialect", Fresh, 2, "unknown-dialect")
            .edit(FILE, "\"sqlite\"", "\"oracle\"")
            .run(&["generate"])
            .says("peristyle.toml:4"),
        case("an address without a variable", Fresh, 2, "config-unknown-key")
            .edit(FILE, DEV, "url = { variable = \"X\" }")
            .run(&["status"]),
        case("a variable that is not set", Fresh, 2, "no-database")
            .edit(FILE, DEV, "url.env = \"NOT_SET_ANYWHERE\"")
            .run(&["migrate"])
            .says("NOT_SET_ANYWHERE"),
        case("an environment without an address", Fresh, 2, "no-database")
            .edit(FILE, DEV, "")
            .run(&["status"]),
        case("no configuration at all", Empty, 2, "no-database")
            .run(&["status"])
            .says("peristyle init"),
        case("an unknown environment", Fresh, 2, "unknown-environment")
            .run(&["status", "--env", "develop"])
            .says("known: dev"),
        case("a mistyped environment", Fresh, 2, "unknown-environment")
            .variable("PERISTYLE_ENV", "dve")
            .run(&["status"])
            .says("did you mean `dev`?"),
        case("a configuration that is not there", Empty, 2, "config-unreadable")
            .run(&["status", "--config", "no.toml"]),
        case("a configuration that is a folder", Empty, 2, "config-unreadable")
            .file("folder/x", "")
            .run(&["status", "--config", "folder"]),
        case("a bad line in .env", Fresh, 2, "dotenv-syntax")
            .file(".env", "A=1\nsecret words\n")
            .run(&["status"])
            .says(".env:2"),
    ]
}
