//! What is promised of PostgreSQL whatever a role, a database or a server is set to.

mod support;

use peristyle_driver::Connection;
use support::court::Court;

/// A nickname more.
const NICK: (&str, &str) = (
    "    pub name: Option<String>,\n",
    "    pub name: Option<String>,\n    #[column(default = \"x\")]\n    pub nick: String,\n    #[column(default = now)]\n    pub seen: peristyle::Timestamp,\n",
);

fn set(court: &Court, settings: &[(&str, &str)]) {
    for (name, value) in settings {
        court.sql(&format!("ALTER DATABASE {} SET {name} = {value}", court.name));
    }
}

#[test]
fn nothing_depends_on_what_a_database_is_set_to() {
    let court = Court::new();
    court.sql("CREATE SCHEMA trap; CREATE TABLE trap.users (id text); CREATE TABLE trap._peristyle_migrations (id text)");
    set(
        &court,
        &[
            ("search_path", "trap, public"),
            ("TimeZone", "'Asia/Kathmandu'"),
            ("DateStyle", "'SQL, DMY'"),
            ("IntervalStyle", "sql_standard"),
            ("bytea_output", "escape"),
            ("extra_float_digits", "-5"),
            ("quote_all_identifiers", "on"),
            ("standard_conforming_strings", "off"),
            ("default_transaction_isolation", "serializable"),
            ("check_function_bodies", "off"),
            ("lock_timeout", "'1h'"),
        ],
    );
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.run(["check"]).ok().says("everything agrees");
    court.project.edit("src/schema.rs", NICK.0, NICK.1);
    court.run(["push"]).ok();
    court.run(["push"]).ok().says("nothing to do");
    court.run(["generate", "--name", "nick"]).ok();
    court.run(["reset", "--yes"]).ok();
    court.run(["check"]).ok().says("everything agrees");
    court.run(["rollback"]).ok();
    court.run(["migrate"]).ok();
    court.run(["pull", "--out", "pulled.rs"]).ok();
    assert!(court.project.read("pulled.rs").contains("pub seen"));
}

#[test]
fn a_limit_for_statements_does_not_stop_a_migration() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.run(["generate", "--empty", "--name", "slow"]).ok();
    let text = court.project.read("migrations/0002_slow.sql");
    let (header, _) = text.split_once("-- peristyle:up").expect("two parts");
    let text =
        format!("{header}-- peristyle:up\nSELECT pg_sleep(3);\n\n-- peristyle:down\nSELECT 1;\n");
    court.project.write("migrations/0002_slow.sql", text);
    set(&court, &[("statement_timeout", "'2s'"), ("idle_in_transaction_session_timeout", "'2s'")]);
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
}

#[test]
fn what_changes_or_inspects_goes_to_the_direct_address_and_the_application_to_the_other() {
    let court = Court::new();
    let direct = court.url.secret().expect("a URL").to_owned();
    // Nobody listens where the pooler would be.
    let pooled = "postgres://app@127.0.0.1:1/pooled";
    court.project.write(
        "peristyle.toml",
        format!(
            "[project]\nschema = \"src/schema.rs\"\nmigrations = \"migrations\"\ndialect = \"postgres\"\n\
             dev_url = \"{}\"\n[environments.dev]\nurl = \"{pooled}\"\ndirect_url = \"{direct}\"\ndisposable = true\n\
             [seed]\ncommand = [\"sh\", \"-c\", \"printf %s $DATABASE_URL > seen\"]\n",
            court.server.url.secret().expect("a URL")
        ),
    );
    court.run(["generate", "--name", "init"]).ok();
    for command in ["migrate", "status", "check", "push", "rollback"] {
        court.run([command]).ok();
    }
    court.run(["reset", "--yes"]).ok();
    court.run(["pull", "--out", "pulled.rs"]).ok();
    court.run(["seed"]).ok();
    assert_eq!(court.project.read("seen"), pooled);
}

#[test]
fn a_password_is_neither_shown_nor_kept() {
    const CANARY: &str = "canary-4711";
    let court = Court::new();
    let with = |text: &str| {
        text.replace("postgres://postgres@", &format!("postgres://postgres:{CANARY}@"))
    };
    let config = with(&court.project.read("peristyle.toml"));
    assert!(config.contains(CANARY), "{config}");
    court.project.write("peristyle.toml", &config);
    let url = with(court.url.secret().expect("a URL"));
    let wrong = format!("{url}_missing");
    let refused = url.replace('@', "@127.0.0.1:1,");
    let words: [&[&str]; 18] = [
        &["generate", "--name", "init"],
        &["migrate"],
        &["status"],
        &["check"],
        &["push"],
        &["pull", "--out", "-"],
        &["inspect", &url, "--dialect", "postgres"],
        &["diff", "--from", "empty", "--to", &url, "--dialect", "postgres"],
        &["rollback"],
        &["migrate", "--dry-run"],
        &["reset", "--yes"],
        &["check", "--url", &wrong],
        &["status", "--url", &wrong],
        &["migrate", "--url", &refused],
        &["generate", "--dev-url", &wrong],
        &["adopt", "--url", &wrong],
        &["kept", "list"],
        &["explain", "config"],
    ];
    for command in words {
        for form in [&[][..], &["--json"]] {
            let run = court.project.run(command.iter().chain(form));
            assert!(!format!("{run:?}").contains(CANARY), "{command:?}: {run:?}");
            assert_ne!(run.code, Some(101), "{command:?}");
        }
    }
    for file in court.project.list("migrations") {
        if file.ends_with(".sql") {
            assert!(!court.project.read(&format!("migrations/{file}")).contains(CANARY), "{file}");
        }
    }
    for table in ["_peristyle_migrations", "_peristyle_lease"] {
        let rows = court.open().query(&format!("SELECT * FROM {table}"), &[]).expect("rows");
        assert!(!rows.rows.is_empty() && !format!("{rows:?}").contains(CANARY), "{rows:?}");
    }
}
