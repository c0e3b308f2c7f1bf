//! Migration folders that cannot be used.

use std::fs;

use super::Base::{Fresh, Migrated};
use super::{Case, case, judge};

#[test]
fn folder() {
    judge(&cases());
}

const FIRST: &str = "migrations/0001_init.sql";

pub fn cases() -> Vec<Case> {
    vec![
        case("an applied migration was edited", Migrated, 3, "edited-migration")
            .edit(FIRST, "-- peristyle:up", "-- peristyle:up\n-- an afterthought")
            .run(&["migrate"]),
        case("an applied migration is gone", Migrated, 3, "missing-migration")
            .arrange(|project| fs::remove_file(project.path().join(FIRST)).expect("removed"))
            .run(&["migrate"]),
        case("an applied migration was renamed", Migrated, 3, "renamed-migration")
            .arrange(|project| {
                let folder = project.path().join("migrations");
                fs::rename(folder.join("0001_init.sql"), folder.join("0001_start.sql"))
                    .expect("renamed");
            })
            .run(&["migrate"]),
        case("a migration without its parts", Fresh, 3, "edited-migration")
            .file("migrations/0001_x.sql", "CREATE TABLE x (id INTEGER);\n")
            .run(&["migrate"]),
        case("two migrations of one number", Migrated, 3, "renamed-migration")
            .arrange(|project| project.write("migrations/0001_other.sql", project.read(FIRST)))
            .run(&["migrate"]),
        case("a migration that is not UTF-8", Fresh, 3, "edited-migration")
            .file("migrations/0001_x.sql", b"-- peristyle:up\n\xff".as_slice())
            .run(&["migrate"]),
        case("a migration that is a folder", Fresh, 1, "file")
            .file("migrations/0001_x.sql/file", "")
            .run(&["migrate"]),
        case("a folder that is a file", Fresh, 1, "file").file("migrations", "").run(&["migrate"]),
    ]
}
