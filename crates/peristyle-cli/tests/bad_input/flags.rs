//! Arguments that cannot be used.

use super::Base::{Empty, Fresh, Migrated};
use super::{Case, case, judge};

#[test]
fn flags() {
    judge(&cases());
}

pub fn cases() -> Vec<Case> {
    vec![
        case("no command", Empty, 2, "usage").run(&[]).says("requires a subcommand"),
        case("an unknown command", Empty, 2, "usage").run(&["generat"]).says("generate"),
        case("a command of a later version", Empty, 2, "usage")
            .run(&["lint"])
            .says("not part of this version"),
        case("an unknown flag", Fresh, 2, "usage").run(&["status", "--sttus"]).says("--sttus"),
        case("a flag without its value", Fresh, 2, "usage")
            .run(&["generate", "--name"])
            .says("--name"),
        case("too many arguments", Fresh, 2, "usage").run(&["status", "extra"]).says("extra"),
        case("an unknown colour", Fresh, 2, "usage")
            .run(&["status", "--color", "blue"])
            .says("always"),
        case("an unknown shell", Empty, 2, "usage").run(&["completions", "tcsh"]).says("zsh"),
        case("an unknown engine", Empty, 2, "usage")
            .run(&["init", "--engine", "oracle"])
            .says("sqlite"),
        case("an engine of a later version", Empty, 2, "engine-not-built")
            .run(&["init", "--engine", "turso", "--yes"])
            .says("not Turso"),
        case("nothing to explain", Empty, 2, "unknown-topic")
            .run(&["explain", "exit-kodes"])
            .says("exit-codes"),
        case("a rename without a colon", Fresh, 2, "bad-rename")
            .run(&["generate", "--rename", "users.name"])
            .says("table.old:new"),
        case("a rename to nothing declared", Migrated, 2, "bad-rename")
            .run(&["generate", "--rename", "users.name:nmae"])
            .says("no column users.nmae"),
        case("a rename of a table to nothing declared", Migrated, 2, "bad-rename")
            .run(&["generate", "--rename", "users:people"])
            .says("no table people"),
        case("a fill without a value", Fresh, 2, "bad-fill")
            .run(&["generate", "--fill", "users.name"])
            .says("table.column:value"),
        case("a fill without a table", Fresh, 2, "bad-fill")
            .run(&["generate", "--fill", "name:1"])
            .says("table.column:value"),
        case("a migration's name that is no name", Fresh, 2, "bad-migration-name")
            .run(&["generate", "--name", "…"]),
        case("steps that are no number", Migrated, 2, "usage")
            .run(&["rollback", "--steps", "one"])
            .says("--steps"),
        case("no steps", Migrated, 2, "usage").run(&["rollback", "--steps", "0"]).says("--steps"),
        case("steps and a target at once", Migrated, 2, "usage")
            .run(&["rollback", "--steps", "1", "--to", "0001_init"])
            .says("cannot be used with"),
        case("a diff without its sides", Empty, 2, "usage")
            .run(&["diff", "--dialect", "sqlite"])
            .says("--from"),
        case("a diff in an unknown dialect", Empty, 2, "unknown-dialect").run(&[
            "diff",
            "--from",
            "empty",
            "--to",
            "empty",
            "--dialect",
            "oracle",
        ]),
        case("an unknown format", Empty, 2, "usage")
            .run(&["inspect", "empty", "--format", "xml"])
            .says("mermaid"),
        case("a reset that nobody confirmed", Migrated, 6, "decision-needed")
            .run(&["reset"])
            .says("--yes"),
        case("a reset of a database that is not disposable", Migrated, 2, "not-disposable")
            .run(&["reset", "--yes", "--url", "sqlite:dev.db"])
            .says("disposable = true"),
    ]
}
