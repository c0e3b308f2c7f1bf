//! `init`, `explain`, `completions`, help, and what every command line shares.

mod support;

use std::io::Read;
use std::process::Stdio;

use support::Project;

#[test]
fn init_fills_an_empty_folder_and_is_idempotent() {
    let project = Project::empty();
    project.run(["init", "--engine", "sqlite", "--yes"]).ok().says("wrote").says("next:");
    for name in [
        "peristyle.toml",
        "src/schema.rs",
        "migrations/.gitkeep",
        ".gitattributes",
        ".gitignore",
        ".env.example",
    ] {
        assert!(project.path().join(name).is_file(), "{name}");
    }
    assert_eq!(project.read(".gitattributes"), "migrations/*.sql text eol=lf\n");
    let before = project.snapshot();
    project.run(["init", "--yes"]).ok().says("kept");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn init_adds_to_a_cargo_project_and_replaces_nothing() {
    let project = Project::empty();
    project.write("Cargo.toml", "[package]\nname = \"x\"\n");
    project.write("src/main.rs", "fn main() {}\n");
    project.write(".gitignore", "/target\n*.db");
    project.write("src/schema.rs", "// mine\n");
    let run = project.run(["init", "--yes"]).ok().says("add `peristyle`").says("mod schema;");
    assert!(run.stdout.is_empty());
    assert_eq!(project.read("src/schema.rs"), "// mine\n");
    assert_eq!(project.read("Cargo.toml"), "[package]\nname = \"x\"\n");
    assert!(project.read(".gitignore").starts_with("/target\n*.db\n.env\n"));
}

#[test]
fn an_engine_that_is_not_built_is_not_pretended() {
    let project = Project::empty();
    project.run(["init", "--engine", "turso", "--yes"]).exit(2).says("not Turso");
    assert!(project.snapshot().is_empty());
}

#[test]
fn a_project_can_begin_on_postgres() {
    let project = Project::empty();
    project.run(["init", "--engine", "postgres", "--yes"]).ok();
    assert!(project.read("peristyle.toml").contains("dialect = \"postgres\""));
    assert!(!project.read("src/schema.rs").contains("NOCASE"));
    let sql = project.run(["inspect", "file:src/schema.rs", "--dialect", "postgres"]);
    assert!(sql.ok().stdout.contains("CREATE TYPE post_status"));
}

#[test]
fn every_topic_and_every_code_can_be_explained() {
    let project = Project::empty();
    let list = project.run(["explain", "--json"]).ok().json();
    for kind in ["topics", "codes"] {
        for entry in list[kind].as_array().expect("a list") {
            let name = entry["name"].as_str().expect("a name");
            let run = project.run(["explain", name]).ok();
            assert!(run.stdout.len() > 20, "{name}: {}", run.stdout);
        }
    }
    for code in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "130"] {
        project.run(["explain", code]).ok().prints(&format!("exit code {code} "));
    }
    project.run(["explain", "exit-code"]).exit(2).says("did you mean `exit-codes`?");
}

#[test]
fn completions_are_made_for_every_shell() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        project.run(["completions", shell]).ok().prints("rollback");
    }
}

#[test]
fn help_lists_the_exit_codes_and_only_commands_that_exist() {
    let project = Project::empty();
    let run = project.run(["--help"]).ok().prints("130  interrupted").prints("generate");
    assert!(!run.stdout.contains("studio"));
    project.run(["studio"]).exit(2).says("`studio` is not part of this version");
    project.run(["generat"]).exit(2).says("'generate'");
    project.run::<_, &str>([]).exit(2);
}

#[test]
fn a_usage_error_is_json_where_json_is_asked_for() {
    let project = Project::empty();
    for arguments in [
        &["--json", "lint"][..],
        &["nonsense", "--json"],
        &["--json"],
        &["status", "--json", "--nope"],
    ] {
        let run = project.run(arguments).exit(2);
        let error = &run.json()["error"];
        assert_eq!((error["code"].as_str(), error["exit"].as_i64()), (Some("usage"), Some(2)));
        assert!(run.stderr.is_empty(), "{}", run.stderr);
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_insist() {
    let project = Project::empty();
    let escape = '\u{1b}';
    let bad = ["explain", "nothing-like-it"];
    assert!(!project.run(bad).stderr.contains(escape));
    assert!(project.run(["--color", "always"].iter().chain(&bad)).stderr.contains(escape));
    let plain = project.run_with(bad, |command| {
        command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "0");
    });
    assert!(!plain.stderr.contains(escape));
    assert!(!project.run(["--color", "never"].iter().chain(&bad)).stderr.contains(escape));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let project = Project::empty();
    let mut child = project
        .command()
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let status = child.wait().expect("it ends");
    let mut words = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut words).expect("words");
    assert_eq!((status.code(), words.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn data_that_cannot_be_written_is_a_failure_and_words_are_not() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let project = Project::empty();
    let status = project.command().arg("explain").stdout(full()).stderr(Stdio::null()).status();
    assert_eq!(status.expect("it ends").code(), Some(1));
    let mut command = project.command();
    let status =
        command.args(["explain", "nothing-like-it"]).stdout(full()).stderr(full()).status();
    assert_eq!(status.expect("it ends").code(), Some(2));
}
