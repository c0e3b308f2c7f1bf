//! Migration folders that cannot be used.

use std::fs;

use super::Base::{Fresh, Migrated};
use super::support::Project;
use super::{Case, case, judge};

#[test]
fn folder() {
    judge(&cases());
}

const FIRST: &str = "migrations/0001_init.sql";

pub fn cases() -> Vec<Case> {
    let mut cases = in_the_folder();
    cases.extend(by_hand());
    cases
}

/// Writes a migration by hand after the first one, with these parts.
fn by_hand_case(name: &'static str, exit: i32, code: &'static str, write: fn(&Project)) -> Case {
    case(name, Migrated, exit, code).arrange(write).run(&["generate", "--prove"])
}

fn write_by_hand(project: &Project, up: &str, down: &str) {
    project.run(["generate", "--empty", "--name", "by_hand"]).ok();
    let name = "migrations/0002_by_hand.sql";
    project.edit(name, "-- peristyle:up\n", &format!("-- peristyle:up\n{up}\n"));
    project.edit(name, "-- peristyle:down\n", &format!("-- peristyle:down\n{down}\n"));
}

/// Migrations written by hand that do not prove right.
fn by_hand() -> Vec<Case> {
    vec![
        by_hand_case("SQL that is none", 1, "statement-failed", |project| {
            write_by_hand(project, "CREATE TABEL x (id INTEGER);", "");
        }),
        by_hand_case("a transaction of its own", 1, "refused-statement", |project| {
            write_by_hand(
                project,
                "BEGIN;\nCREATE TABLE x (id INTEGER);\nCOMMIT;",
                "DROP TABLE x;",
            );
        }),
        by_hand_case("a setting that it must not change", 1, "refused-statement", |project| {
            write_by_hand(project, "PRAGMA foreign_keys = ON;", "");
        }),
        by_hand_case("a way back that does not lead back", 7, "verification-failed", |project| {
            write_by_hand(
                project,
                "CREATE TABLE x (id INTEGER PRIMARY KEY);\nCREATE TABLE y (id INTEGER PRIMARY KEY);",
                "DROP TABLE x;",
            );
        }),
        by_hand_case("a guard that finds rows", 7, "guard-failed", |project| {
            write_by_hand(project, "-- peristyle:guard there is one\nSELECT 1;", "");
        }),
        by_hand_case("data that would be lost", 6, "decision-needed", |project| {
            write_by_hand(project, "DELETE FROM posts;", "");
        }),
        by_hand_case("a string that does not end", 1, "sql-unclosed", |project| {
            write_by_hand(project, "UPDATE users SET name = 'x;", "");
        }),
    ]
}

fn in_the_folder() -> Vec<Case> {
    vec![
        case("rows that point to nothing", Migrated, 7, "constraint")
            .arrange(|project| {
                write_by_hand(project, "DELETE FROM users;", "");
                project.run(["generate", "--prove", "--allow-destructive"]).ok();
            })
            .run(&["migrate"]),
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
        case("a header that was edited", Migrated, 3, "edited-migration")
            .edit(FIRST, "-- Purpose:", "-- Purpose: really,")
            .run(&["migrate"]),
        case("a misnamed file", Migrated, 3, "misnamed-migration")
            .file("migrations/add a table.sql", "CREATE TABLE x (id INTEGER);\n")
            .run(&["migrate"]),
        case("an edited migration below a new one", Migrated, 3, "edited-migration")
            .edit(FIRST, "-- peristyle:down", "-- peristyle:down\n-- and so on")
            .run(&["generate", "--empty", "--name", "more"]),
        case("a migration that is not there", Migrated, 2, "unknown-migration")
            .run(&["migrate", "--to", "0009"]),
        case("a way back to what is not there", Migrated, 2, "unknown-migration")
            .run(&["rollback", "--to", "0009_x"]),
        case("a migration that is a folder", Fresh, 1, "file")
            .file("migrations/0001_x.sql/file", "")
            .run(&["migrate"]),
        case("a folder that is a file", Fresh, 1, "file").file("migrations", "").run(&["migrate"]),
    ]
}
