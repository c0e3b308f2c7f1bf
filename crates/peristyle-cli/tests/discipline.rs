//! What a project wants its migrations to say of themselves.

mod support;

use support::{CONFIG, Project, Run};

const RULES: &str = "\n[migrations]\nrequire = [\"purpose\", \"ticket\", \"reversible\", \"rollback\"]\nticket = \"PANA-###\"\n";

const FILE: &str = "migrations/0001_init.sql";

fn project() -> Project {
    let project = Project::new();
    project.write("peristyle.toml", format!("{CONFIG}{RULES}"));
    project
}

/// The code of the first fault that `check` finds.
fn checked(project: &Project) -> String {
    let run = project.run(["check", "--no-database", "--json"]);
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    run.json()["faults"][0]["code"].as_str().expect("a code").to_owned()
}

#[track_caller]
fn refused(run: &Run, parts: &[&str]) {
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "no {part:?} in:\n{}", run.stderr);
    }
}

#[test]
fn what_generate_leaves_open_is_filled_in_and_sealed() {
    let project = project();
    project.run(["generate", "--name", "init"]).ok();
    let text = project.read(FILE);
    for line in [
        "-- Purpose: TODO: why, in business terms",
        "-- Ticket: TODO: the ticket's id, or N/A",
        "-- Reversible: Yes",
        "-- Rollback: the down part of this file; catalog and rows come back",
    ] {
        assert!(text.lines().take(30).any(|found| found == line), "no {line:?} in\n{text}");
    }
    let wanted = ["0001_init.sql:2:1", "`Purpose`", "in business terms", "generate --prove"];
    refused(&project.run(["check", "--no-database"]), &wanted);
    for command in [&["migrate"][..], &["generate", "--prove"], &["generate", "--empty"]] {
        refused(&project.run(command), &["unfilled-header", "0001_init.sql:2:1"]);
    }

    project.edit(FILE, "TODO: why, in business terms", "people can write posts");
    refused(&project.run(["check", "--no-database"]), &["0001_init.sql:3:1", "`Ticket`"]);
    project.edit(FILE, "TODO: the ticket's id, or N/A", "PANA-12");
    refused(&project.run(["generate", "--prove"]), &["`PANA-12`", "PANA-###", "sql:3:1"]);
    project.edit(FILE, "PANA-12", "PANA-123");
    assert_eq!(checked(&project), "unsealed-migration");
    refused(&project.run(["migrate"]), &["unsealed-migration", "generate --prove"]);

    let sealed = project.run(["generate", "--prove"]).ok();
    assert!(sealed.stderr.contains("sealed"), "{}", sealed.stderr);
    project.run(["check", "--no-database"]).ok();
    project.run(["migrate"]).ok();
    assert_eq!(project.query("SELECT count(*) FROM users"), "0");
}

#[test]
fn statements_that_were_changed_meanwhile_are_proven_again() {
    let project = project();
    project.run(["generate", "--name", "init", "--ticket", "N/A"]).ok();
    project.edit(FILE, "TODO: why, in business terms", "people can write posts");
    project.edit(FILE, "-- peristyle:down", "CREATE TABLE more (id INTEGER);\n-- peristyle:down");
    assert_eq!(checked(&project), "edited-migration");
    // The way back forgets the new table: this is no seal but a proof, and it fails.
    let run = project.run(["generate", "--prove"]);
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    project.edit(FILE, "-- peristyle:down", "-- peristyle:down\nDROP TABLE more;");
    let run = project.run(["generate", "--prove"]).ok();
    assert!(run.stderr.contains("proven"), "{}", run.stderr);
    project.run(["migrate"]).ok();
}

#[test]
fn purpose_and_ticket_can_be_given_at_once() {
    let project = project();
    let told = ["generate", "--name", "init", "--purpose", "posts", "--ticket"];
    let run = project.run(told.iter().chain(&["pana-1"]));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`pana-1`") && run.stderr.contains("N/A"), "{}", run.stderr);
    project.run(told.iter().chain(&["PANA-001"])).ok();
    project.run(["check", "--no-database"]).ok();
    project.run(["migrate"]).ok();
}

#[test]
fn reversible_is_what_was_proven() {
    let project = project();
    let told = ["--purpose", "posts", "--ticket", "N/A"];
    project.run(["generate", "--empty", "--name", "init"].iter().chain(&told)).ok();
    project.edit(FILE, "-- The statements that do it", "CREATE TABLE a (id INTEGER); --");
    assert_eq!(checked(&project), "wrong-reversible");
    project.edit(FILE, "-- Reversible: not proven yet", "-- Reversible: Yes");
    let parts = ["wrong-reversible", "0001_init.sql:4:1", "Reversible: No"];
    refused(&project.run(["generate", "--prove", "--allow-destructive"]), &parts);
    refused(&project.run(["migrate", "--allow-destructive"]), &parts);
    project.edit(FILE, "-- The statements that undo it", "DROP TABLE a; --");
    project.run(["generate", "--prove"]).ok();
    assert!(project.read(FILE).contains("\n-- Reversible: Yes\n"));
}

#[test]
fn what_is_missing_is_named_and_older_migrations_are_left_alone() {
    let project = Project::new();
    project.run(["generate", "--name", "init", "--ticket", "OLD-1"]).ok();
    project.write("peristyle.toml", format!("{CONFIG}{RULES}"));
    assert_eq!(checked(&project), "bad-ticket");
    project.write("peristyle.toml", format!("{CONFIG}{RULES}since = \"0002\"\n"));
    project.run(["check", "--no-database"]).ok();

    project.run(["generate", "--empty", "--name", "more", "--ticket", "N/A"]).ok();
    let second = "migrations/0002_more.sql";
    project.edit(second, "-- Purpose: TODO: why, in business terms\n", "");
    refused(
        &project.run(["generate", "--prove"]),
        &["missing-header", "`Purpose`", "first 30 lines", "0002_more.sql"],
    );
    project.edit(second, "-- Ticket:", &format!("{}-- Purpose: x\n-- Ticket:", "--\n".repeat(40)));
    refused(&project.run(["migrate"]), &["missing-header", "0002_more.sql:42:1"]);
}

#[test]
fn a_project_that_requires_nothing_goes_on_as_before() {
    let project = Project::migrated();
    assert!(!project.read(FILE).contains("TODO"));
    project.run(["check"]).ok();
}
