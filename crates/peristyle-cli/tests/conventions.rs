//! The conventions: off until they are turned on, told at the declaration, and switched off or allowed one by one.

mod support;

use support::{CONFIG, Project, Run};

/// A project whose declarations and migrations agree, with more in its configuration.
fn with(settings: &str) -> Project {
    let project = Project::migrated();
    project.write("peristyle.toml", format!("{CONFIG}\n{settings}"));
    project
}

/// The codes and places that a check has told.
fn lint(run: &Run) -> Vec<(String, String)> {
    let findings = run.json()["lint"].as_array().expect("a list").clone();
    findings
        .iter()
        .map(|finding| {
            let span = &finding["span"];
            let code = finding["code"].as_str().expect("a code").to_owned();
            let file = span["file"].as_str().expect("a file");
            let start = &span["start"];
            (code, format!("{file}:{}:{}", start["line"], start["column"]))
        })
        .collect()
}

#[test]
fn they_are_off_until_they_are_turned_on() {
    let run = with("").run(["check", "--json"]).ok();
    assert!(lint(&run).is_empty(), "{run:?}");
}

#[test]
fn what_breaks_them_is_told_at_its_place_and_fails_the_check() {
    let project = with("[lint.conventions]\n");
    let run = project.run(["check", "--json"]).exit(4);
    assert_eq!(run.json()["ok"], false);
    let codes = |line: &str| -> Vec<String> {
        let place = format!("src/schema.rs:{line}");
        lint(&run)
            .into_iter()
            .filter(|(_, at)| at.replace('\\', "/").ends_with(&place))
            .map(|(code, _)| code)
            .collect()
    };
    assert_eq!(codes("6:12"), ["convention-timestamps"; 2], "{run:?}");
    assert_eq!(codes("8:9"), ["convention-primary-key"], "{run:?}");
    assert_eq!(codes("21:9"), ["convention-foreign-key-name"], "{run:?}");
    assert_eq!(lint(&run).len(), 7);

    let told = project.run(["check"]).exit(4);
    assert!(told.stderr.contains("the foreign key `posts.author_id` to `users`"), "{told:?}");
    assert!(told.stderr.contains("call it `user_id`"), "{told:?}");
    assert!(told.stderr.contains("src/schema.rs:21:9"), "{told:?}");
    assert!(!told.stderr.contains("everything agrees"), "{told:?}");
}

#[test]
fn a_rule_is_switched_off_or_allowed_for_a_table() {
    let rest = "key = \"any\"\noff = [\"timestamps\"]\n";
    let project = with(&format!("[lint.conventions]\n{rest}"));
    let run = project.run(["check", "--json"]).exit(4);
    let [(code, _)] = &lint(&run)[..] else { panic!("{run:?}") };
    assert_eq!(code, "convention-foreign-key-name");
    let project =
        with(&format!("[lint.conventions]\n{rest}allow.posts = [\"foreign_key_name\"]\n"));
    let run = project.run(["check"]).ok();
    assert!(run.stderr.contains("everything agrees"), "{run:?}");
    // An allowance that nothing needs is told, and fails nothing.
    let project = with(&format!(
        "[lint.conventions]\n{rest}allow.posts = [\"foreign_key_name\", \"on_delete\"]\n"
    ));
    let run = project.run(["check", "--json"]).ok();
    let [(code, place)] = &lint(&run)[..] else { panic!("{run:?}") };
    assert_eq!(code, "convention-unused-allowance");
    assert!(place.contains("peristyle.toml:16:15"), "{place}");
}

#[test]
fn what_is_not_generated_yet_is_told_first() {
    let project = with("[lint.conventions]\n");
    project.edit(
        "src/schema.rs",
        "    pub title: String,\n",
        "    pub title: String,\n    pub text: String,\n",
    );
    let run = project.run(["check", "--json"]).exit(3);
    assert_eq!(lint(&run).len(), 7, "{run:?}");
}

#[test]
fn generate_tells_them_and_writes_all_the_same() {
    let project = Project::new();
    project.write("peristyle.toml", format!("{CONFIG}\n[lint.conventions]\n"));
    let run = project.run(["generate", "--name", "init"]).ok();
    assert!(run.stderr.contains("warning[convention-primary-key]"), "{run:?}");
    assert!(!run.stderr.contains("error["), "{run:?}");
    assert!(project.path().join("migrations/0001_init.sql").is_file());
}

#[test]
fn a_rule_that_is_none_is_told() {
    let run = with("[lint.conventions]\noff = [\"timestamp\"]\n").run(["check"]).exit(2);
    assert!(run.stderr.contains("did you mean `timestamps`?"), "{run:?}");
}

#[test]
fn accounts_follows_them_on_both_databases() {
    let accounts = concat!(env!("CARGO_MANIFEST_DIR"), "/../../systems/accounts");
    for config in ["peristyle.toml", "postgres.toml"] {
        let config = format!("{accounts}/{config}");
        let check = ["check", "--no-database", "--json", "--config", &config];
        let run = Project::empty().run(check).ok();
        assert!(lint(&run).is_empty(), "{run:?}");
        // They are on there: the one table that has no `updated_at` is allowed.
        let text = std::fs::read_to_string(&config).expect("the configuration");
        assert!(text.contains("[lint.conventions]\nallow.sessions"), "{text}");
    }
}
