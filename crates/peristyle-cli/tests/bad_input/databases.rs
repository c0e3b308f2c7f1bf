//! Databases that are none, that are elsewhere, that may not be written, that are full.

use super::Base::{Fresh, Migrated};
use super::{Case, case, judge};

#[test]
fn databases() {
    judge(&cases());
}

pub fn cases() -> Vec<Case> {
    vec![
        case("not a database", Fresh, 8, "connection")
            .file("dev.db", "this is a letter, not a database\n".repeat(50))
            .run(&["migrate"]),
        case("not a database, and only looked at", Fresh, 8, "connection")
            .file("dev.db", "this is a letter, not a database\n".repeat(50))
            .run(&["status"]),
        case("a folder", Fresh, 8, "connection").file("dev.db/file", "").run(&["migrate"]),
        case("a folder that is not there", Fresh, 8, "connection").run(&[
            "migrate",
            "--url",
            "sqlite:none/dev.db",
        ]),
        case("a file that is not there", Fresh, 8, "connection").run(&[
            "inspect",
            "sqlite:none.db",
            "--dialect",
            "sqlite",
        ]),
        case("a database cut off in the middle", Migrated, 8, "connection")
            .arrange(|project| {
                let file = std::fs::File::options().write(true).open(project.path().join("dev.db"));
                file.and_then(|file| file.set_len(5000)).expect("cut off");
            })
            .run(&["status"]),
        case("a database with a damaged header", Migrated, 8, "connection")
            .arrange(|project| {
                let mut bytes = std::fs::read(project.path().join("dev.db")).expect("a database");
                bytes[..16].fill(0x7f);
                project.write("dev.db", bytes);
            })
            .run(&["migrate"]),
        case("a history that is not ours", Migrated, 3, "damaged-history")
            .arrange(|project| project.sql("UPDATE _peristyle_migrations SET checksum = 'x'"))
            .run(&["migrate"]),
        case("a row that breaks the new rule", Migrated, 7, "guard-failed")
            .arrange(|project| {
                project.edit("src/schema.rs", "pub title: String,", "pub title: i64,");
                project.run(["generate"]).ok();
            })
            .run(&["migrate"]),
        case("an address of no kind", Fresh, 2, "bad-url")
            .run(&["status", "--url", "dev.db"])
            .says("sqlite:dev.db"),
        case("an address of a later version", Fresh, 2, "bad-url").run(&[
            "status",
            "--url",
            "libsql://host?authToken=hunter2",
        ]),
        case("an empty address", Fresh, 2, "bad-url").run(&["status", "--url", ""]),
        case("read only", Migrated, 1, "read-only")
            .edit(
                "src/schema.rs",
                "pub title: String,",
                "pub title: String, pub body: Option<String>,",
            )
            .run(&["push", "--url", "sqlite:dev.db?mode=ro"]),
    ]
}
