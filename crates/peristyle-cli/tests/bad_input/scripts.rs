//! SQL that cannot be used.

use super::Base::{Empty, Fresh, Migrated};
use super::{Case, case, judge};

const DIFF: &[&str] = &["diff", "--from", "empty", "--to", "file:x.sql", "--dialect", "sqlite"];

#[test]
fn scripts() {
    judge(&cases());
}

pub fn cases() -> Vec<Case> {
    vec![
        case("a script that is not SQL", Empty, 1, "statement-failed")
            .file("x.sql", "CREATE TABEL x (id INTEGER);\n")
            .run(DIFF)
            .says("x.sql"),
        case("a string that does not end", Empty, 1, "sql-unclosed")
            .file("x.sql", "CREATE TABLE x (id TEXT DEFAULT 'a);\n")
            .run(DIFF),
        case("a table twice", Empty, 1, "statement-failed")
            .file("x.sql", "CREATE TABLE x (id);\nCREATE TABLE x (id);\n")
            .run(DIFF),
        case("a script that reaches for a file", Empty, 1, "refused-statement")
            .file("x.sql", "ATTACH DATABASE 'other.db' AS other;\nCREATE TABLE other.x (id);\n")
            .run(DIFF),
        case("a script that is not there", Empty, 1, "file").run(DIFF),
        case("a script that is a folder", Empty, 1, "file").file("x.sql/y", "").run(DIFF),
        case("a snapshot that is not JSON", Empty, 1, "bad-snapshot")
            .file("x.json", "{ \"tables\": ")
            .run(&["inspect", "file:x.json"])
            .says("x.json:1"),
        case("a snapshot of something else", Empty, 1, "bad-snapshot")
            .file("x.json", "{ \"tables\": 7 }\n")
            .run(&["inspect", "file:x.json"]),
        case("a snapshot that is a list", Empty, 1, "bad-snapshot")
            .file("x.json", "[]\n")
            .run(&["inspect", "file:x.json"]),
        case("a schema of another tool", Empty, 1, "not-yet")
            .file("x.prisma", "model User { id Int @id }\n")
            .run(&["inspect", "file:x.prisma"]),
        case("a source of no kind", Empty, 2, "unknown-source")
            .run(&["inspect", "schema", "--dialect", "sqlite"])
            .says("file:"),
        case("a file of no kind", Empty, 2, "unknown-source").file("x.txt", "").run(&[
            "inspect",
            "file:x.txt",
            "--dialect",
            "sqlite",
        ]),
        case("a seed that is not SQL", Migrated, 1, "statement-failed")
            .file("seeds/1.sql", "INSERT INTO users VALUES (;")
            .run(&["seed"])
            .says("seeds/1.sql"),
        case("a seed that breaks half-way", Migrated, 1, "statement-failed")
            .file("seeds/1.sql", "INSERT INTO users (email) VALUES ('new@example.org');\n")
            .file("seeds/2.sql", "INSERT INTO users (email) VALUES ('ada@example.org');\n")
            .run(&["seed"])
            .says("seeds/2.sql"),
        case("a seed that commits by itself", Migrated, 1, "refused-statement")
            .file("seeds/1.sql", "INSERT INTO users (email) VALUES ('new@example.org');\nCOMMIT;\n")
            .run(&["seed"]),
        case("a check that is not SQL", Fresh, 1, "bad-expression")
            .edit(
                "src/schema.rs",
                "pub title: String,",
                "#[column(check = \"length(\")] pub title: String,",
            )
            .run(&["generate"]),
        case("a check on a column that is not there", Fresh, 1, "unknown-column")
            .edit(
                "src/schema.rs",
                "pub title: String,",
                "#[column(check = \"titel <> ''\")] pub title: String,",
            )
            .run(&["generate"]),
        case("a trigger that is not one", Fresh, 1, "wrong-value")
            .edit(
                "src/schema.rs",
                "#[table(name = \"posts\")]",
                "#[table(name = \"posts\")]\n#[trigger(\"DROP TABLE users\")]",
            )
            .run(&["generate"]),
    ]
}
