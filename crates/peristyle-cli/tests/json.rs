//! Every command's `--json` has the shape that is published for it.

mod support;

use support::{Project, Run, shape};

#[track_caller]
fn fits(run: &Run, name: &str) {
    let differences = shape::differences(&run.json(), name);
    assert!(differences.is_empty(), "{name}: {differences:#?}\n{}", run.stdout);
    assert_eq!(run.stderr, "", "{name}: words beside the answer");
}

#[test]
fn every_answer_has_its_published_shape() {
    let project = Project::empty();
    fits(&project.run(["init", "--yes", "--json"]).ok(), "init");
    fits(&project.run(["generate", "--dry-run", "--json"]).ok(), "generate");
    fits(&project.run(["generate", "--name", "init", "--json"]).ok(), "generate");
    fits(&project.run(["generate", "--json"]).ok(), "generate");
    fits(&project.run(["status", "--json"]).ok(), "status");
    fits(&project.run(["check", "--json"]).ok(), "check");
    fits(&project.run(["migrate", "--dry-run", "--json"]).ok(), "migrate");
    fits(&project.run(["migrate", "--json"]).ok(), "migrate");
    fits(&project.run(["status", "--json"]).ok(), "status");
    fits(&project.run(["check", "--json"]).ok(), "check");
    fits(&project.run(["rollback", "--dry-run", "--json"]).ok(), "rollback");
    fits(&project.run(["rollback", "--json"]).ok(), "rollback");
    fits(&project.run(["push", "--dry-run", "--json"]).ok(), "push");
    fits(&project.run(["push", "--json"]).ok(), "push");
    fits(&project.run(["pull", "--out", "src/pulled.rs", "--json"]).ok(), "pull");
    fits(&project.run(["pull", "--out", "-", "--json"]).ok(), "pull");
    fits(&project.run(["reset", "--yes", "--json"]).ok(), "reset");
    project.write("seeds/1.sql", "INSERT INTO users (id, email) VALUES ('x', 'eve@example.org');");
    fits(&project.run(["seed", "--json"]).ok(), "seed");
    fits(&project.run(["kept", "list", "--json"]).ok(), "kept");
    fits(&project.run(["kept", "purge", "--all", "--json"]).ok(), "kept");
    fits(&project.run(["docs", "schema", "--json"]).ok(), "docs");
    fits(&project.run(["docs", "rollback", "--json"]).ok(), "docs");
    fits(&project.run(["explain", "--json"]).ok(), "explain");
    fits(&project.run(["explain", "json", "--json"]).ok(), "explain");
    fits(&project.run(["completions", "fish", "--json"]).ok(), "completions");
    let git = std::process::Command::new("git")
        .arg("-C")
        .arg(project.path())
        .args(["init", "-q"])
        .status();
    assert!(git.expect("git runs").success());
    fits(&project.run(["hook", "install", "--json"]).ok(), "hook");
    fits(&project.run(["hook", "run", "--json"]).ok(), "hook");
}

#[test]
fn schemas_and_differences_have_their_published_shape() {
    let project = Project::migrated();
    for format in ["sql", "json", "rust", "typescript", "mermaid", "markdown"] {
        let run = project.run([
            "inspect",
            "sqlite:dev.db",
            "--dialect",
            "sqlite",
            "--format",
            format,
            "--json",
        ]);
        fits(&run.ok(), "inspect");
    }
    for (from, to) in [("empty", "sqlite:dev.db"), ("sqlite:dev.db", "dir:migrations")] {
        let arguments = ["diff", "--from", from, "--to", to, "--dialect", "sqlite"];
        fits(&project.run(arguments.iter().chain(&["--json"])).ok(), "diff");
        fits(&project.run(arguments.iter().chain(&["--format", "json"])).ok(), "diff");
    }
}

#[test]
fn what_was_set_aside_has_its_published_shape() {
    let project = Project::migrated();
    project.edit("src/schema.rs", "    pub name: Option<String>,\n", "");
    fits(&project.run(["generate", "--json"]).exit(6), "error");
    fits(&project.run(["generate", "--keep-data", "--json"]).ok(), "generate");
    project.run(["migrate"]).ok();
    fits(&project.run(["kept", "list", "--json"]).ok(), "kept");
    fits(&project.run(["kept", "purge", "--all", "--yes", "--json"]).ok(), "kept");
}

#[test]
fn failures_have_their_published_shape() {
    let project = Project::new();
    fits(&project.run(["status", "--json", "--env", "nope"]).exit(2), "error");
    fits(&project.run(["--json", "nonsense"]).exit(2), "error");
    project.edit("src/schema.rs", "pub title: String", "pub title: u64");
    fits(&project.run(["generate", "--json"]).exit(1), "error");
}
