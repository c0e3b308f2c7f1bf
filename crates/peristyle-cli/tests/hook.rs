//! Git keeps committed migrations as they are: real git, in a folder of the test's own.
#![cfg(unix)]

mod support;

use std::process::{Command, Output};

use support::{CONFIG, Project};

const RULES: &str = "\n[migrations]\nrequire = [\"purpose\", \"ticket\"]\n";
const FIRST: &str = "migrations/0001_init.sql";

/// Git, without any setting of the machine's.
fn try_git<const N: usize>(project: &Project, arguments: [&str; N]) -> Output {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.current_dir(project.path()).env("HOME", project.path());
    command.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("XDG_CONFIG_HOME");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
    command.args(arguments).output().expect("git runs")
}

#[track_caller]
fn git<const N: usize>(project: &Project, arguments: [&str; N]) {
    let output = try_git(project, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

/// Commits everything, which the hook must refuse with these words; then everything is as it was.
#[track_caller]
fn blocked(project: &Project, words: &[&str]) {
    git(project, ["add", "--all"]);
    let output = try_git(project, ["commit", "-m", "x"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // Git ends with 1 when a hook ends with anything but 0; the hook itself says 3.
    assert_eq!(output.status.code(), Some(1), "{said}");
    let hook = |config: &str| project.run(["hook", "run", "--config", config]).code;
    let configs = ["peristyle.toml", "it's/peristyle.toml"];
    let there = configs.iter().filter(|config| project.path().join(config).exists());
    assert!(there.copied().any(|config| hook(config) == Some(3)));
    for word in words {
        assert!(said.contains(word), "no {word:?} in:\n{said}");
    }
    git(project, ["reset", "-q", "--hard"]);
}

#[track_caller]
fn commit(project: &Project) {
    git(project, ["add", "--all"]);
    git(project, ["commit", "-q", "-m", "x"]);
}

fn project() -> Project {
    let project = Project::new();
    project.write("peristyle.toml", format!("{CONFIG}{RULES}"));
    project.write(".gitignore", "dev.db\n");
    git(&project, ["init", "-q", "-b", "main"]);
    project.run(["hook", "install"]).ok();
    generate(&project, "init");
    commit(&project);
    project
}

fn generate(project: &Project, name: &str) {
    project.run(["generate", "--name", name, "--purpose", "p", "--ticket", "N/A"]).ok();
}

fn add_column(project: &Project, name: &str) {
    project.edit(
        "src/schema.rs",
        "    pub email:",
        &format!("    pub {name}: Option<String>,\n    #[unique]\n    pub email:"),
    );
    project.edit("src/schema.rs", &format!("#[unique]\n    pub {name}"), &format!("pub {name}"));
}

#[test]
fn what_is_committed_stays_as_it_is() {
    let project = project();
    let fix = ["committed-migration", "0001_init.sql", "git restore", "peristyle generate"];

    project.edit(FIRST, "-- Purpose: p", "-- Purpose: q");
    blocked(&project, &[&fix[..], &["was edited"]].concat());
    git(&project, ["mv", FIRST, "migrations/0001_other.sql"]);
    blocked(&project, &[&fix[..], &["was renamed to migrations/0001_other.sql"]].concat());
    git(&project, ["rm", "-q", FIRST]);
    blocked(&project, &[&fix[..], &["was deleted"]].concat());

    project.edit("src/schema.rs", "/// Somebody.", "/// Someone.");
    commit(&project);
    add_column(&project, "nickname");
    generate(&project, "nickname");
    commit(&project);
}

#[test]
fn a_new_migration_says_what_is_required() {
    let project = project();
    add_column(&project, "nickname");
    project.run(["generate", "--name", "nickname"]).ok();
    blocked(&project, &["unfilled-header", "0002_nickname.sql:2:1", "generate --prove"]);

    add_column(&project, "nickname");
    generate(&project, "nickname");
    project.edit("migrations/0002_nickname.sql", "-- Purpose: p\n", "");
    blocked(&project, &["missing-header", "`Purpose`"]);

    // What counts is what is staged, not what lies in the folder.
    add_column(&project, "nickname");
    generate(&project, "nickname");
    git(&project, ["add", "--all"]);
    project.edit("migrations/0002_nickname.sql", "-- Purpose: p\n", "");
    git(&project, ["commit", "-q", "-m", "x"]);
}

#[test]
fn two_branches_are_brought_into_one_line() {
    let project = project();
    git(&project, ["checkout", "-q", "-b", "other"]);
    add_column(&project, "nickname");
    generate(&project, "nickname");
    commit(&project);
    git(&project, ["checkout", "-q", "main"]);
    project.edit(
        "src/schema.rs",
        "pub title: String",
        "pub title: String,\n    pub subtitle: Option<String>",
    );
    generate(&project, "subtitle");
    commit(&project);
    git(&project, ["merge", "-q", "--no-commit", "other"]);
    let merged = try_git(&project, ["commit", "-m", "x"]);
    let said = String::from_utf8_lossy(&merged.stderr).into_owned();
    assert!(!merged.status.success() && said.contains("branched-migrations"), "{said}");

    std::fs::remove_file(project.path().join("migrations/0002_subtitle.sql")).expect("it is there");
    generate(&project, "subtitle");
    assert_eq!(project.list("migrations")[2], "0003_subtitle.sql");
    commit(&project);
    project.run(["check", "--no-database"]).ok();
}

#[test]
fn a_hook_that_is_there_is_kept_and_runs_first() {
    let project = Project::new();
    git(&project, ["init", "-q", "-b", "main"]);
    let hook = ".git/hooks/pre-commit";
    project.write(hook, "#!/bin/sh\necho before >> seen\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(project.path().join(hook), mode).expect("a mode");
    let run = project.run(["hook", "install"]).ok();
    assert!(run.stderr.contains("pre-commit.before-peristyle"), "{}", run.stderr);
    let text = project.read(hook);
    project.run(["hook", "install"]).ok();
    assert_eq!(project.read(hook), text, "installing twice changes nothing");
    commit(&project);
    assert_eq!(project.read("seen"), "before\n");

    // A hook that somebody has put in place of ours is not overwritten, nor the one that was kept.
    project.write(hook, "#!/bin/sh\n");
    let run = project.run(["hook", "install"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("hook-taken"), "{}", run.stderr);
    assert_eq!(project.read(hook), "#!/bin/sh\n");
}

#[test]
fn several_projects_of_one_repository_share_the_hook() {
    let project = project();
    project.write("it's/peristyle.toml", format!("{CONFIG}{RULES}"));
    project.write("it's/src/schema.rs", support::SCHEMA);
    let run = |arguments: &[&str]| {
        project.run_with(arguments, |command| {
            command.current_dir(project.path().join("it's"));
        })
    };
    run(&["hook", "install"]).ok();
    run(&["generate", "--name", "init", "--purpose", "p", "--ticket", "N/A"]).ok();
    commit(&project);
    project.edit("it's/migrations/0001_init.sql", "-- Purpose: p", "-- Purpose: q");
    blocked(&project, &["committed-migration", "it's/migrations/0001_init.sql"]);
    project.edit(FIRST, "-- Purpose: p", "-- Purpose: q");
    blocked(&project, &["committed-migration", FIRST]);
}

#[test]
fn outside_of_a_repository_the_way_out_is_named() {
    let project = Project::new();
    let run = project.run_with(["hook", "run"], |command| {
        command.env("GIT_CEILING_DIRECTORIES", "/");
    });
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("no-repository"), "{}", run.stderr);
}
