//! The main way through the commands, on real SQLite files.

mod support;

use support::{Project, SCHEMA};

const ROWS: &str = "SELECT id, email, name FROM users ORDER BY id";
const POSTS: &str = "SELECT author_id, title FROM posts ORDER BY id";

#[test]
fn init_generate_migrate_status_check_rollback() {
    let project = Project::empty();
    project.run(["init", "--yes"]).ok();
    let run = project
        .run(["generate", "--name", "init", "--purpose", "the first tables", "--ticket", "T-1"])
        .ok();
    assert_eq!(run.stdout, "migrations/0001_init.sql\n");
    let run = run.says("create table users").says("CREATE TABLE").says("proven").says("next:");
    assert!(!run.stderr.contains('\u{1b}'));
    let file = project.read("migrations/0001_init.sql");
    assert!(
        file.contains("-- Purpose: the first tables") && file.contains("-- Ticket: T-1"),
        "{file}"
    );

    project.run(["status"]).ok().prints("0001_init").prints("pending").says("not there yet");
    assert!(!project.path().join("dev.db").exists(), "status must not make the database");
    let dry = project.run(["migrate", "--dry-run"]).ok().prints("CREATE TABLE");
    assert!(dry.stderr.contains("would be applied"));
    assert!(!project.path().join("dev.db").exists(), "--dry-run must not make the database");

    project.run(["migrate"]).ok().says("applied 0001_init").says("1 migration applied");
    project.run(["status"]).ok().prints("applied").says("1 applied, 0 pending");
    project.run(["check"]).ok().says("everything agrees");
    project.run(["migrate"]).ok().says("nothing to do");
    project.run(["generate"]).ok().says("nothing to do");

    project.run(["rollback"]).ok().says("taken back 0001_init");
    assert_eq!(
        project.query("SELECT name FROM sqlite_schema WHERE name IN ('users', 'posts')"),
        ""
    );
    project.run(["rollback"]).ok().says("nothing to take back");
    project.run(["migrate"]).ok();
}

#[test]
fn a_changed_schema_keeps_its_rows_there_and_back() {
    let project = Project::migrated();
    let (rows, posts) = (project.query(ROWS), project.query(POSTS));
    project.edit(
        "src/schema.rs",
        "pub title: String,",
        "#[column(default = \"untitled\")]\n    pub title: String,\n    pub body: Option<String>,",
    );
    project.run(["check"]).exit(3).prints("declarations are ahead").prints("posts.body");
    project.run(["generate", "--name", "bodies"]).ok().says("rebuil");
    project.run(["check"]).exit(3).prints("1 migration pending").prints("0002_bodies");
    project.run(["migrate"]).ok();
    project.run(["check"]).ok();
    assert_eq!((project.query(ROWS), project.query(POSTS)), (rows.clone(), posts.clone()));
    project.run(["rollback", "--to", "0001_init"]).ok();
    assert_eq!((project.query(ROWS), project.query(POSTS)), (rows, posts));
}

#[test]
fn a_dry_generate_prints_and_writes_nothing() {
    let project = Project::new();
    let before = project.snapshot();
    let run = project.run(["generate", "--name", "init", "--dry-run"]).ok().says("was not written");
    assert!(run.stdout.starts_with("-- Migration: 0001_init\n"), "{}", run.stdout);
    assert_eq!(project.snapshot(), before);
}

#[test]
fn without_a_terminal_a_rename_is_not_guessed() {
    let project = Project::migrated();
    project.edit("src/schema.rs", "pub name: Option<String>", "pub full_name: Option<String>");
    let before = project.snapshot();
    let run = project
        .run(["generate"])
        .exit(6)
        .says("--rename users.name:full_name")
        .says("--keep-data")
        .says("--allow-destructive")
        .says("peristyle generate --rename users.name:full_name");
    assert!(run.stdout.is_empty());
    let json = project.run(["generate", "--json"]).exit(6).json();
    assert_eq!(json["error"]["code"], "decision-needed");
    assert_eq!(
        json["error"]["decisions"][0]["answers"][0]["flag"],
        "--rename users.name:full_name"
    );
    assert_eq!(project.snapshot(), before);

    project.run(["generate", "--rename", "users.name:full_name"]).ok();
    project.run(["migrate"]).ok();
    assert_eq!(project.query("SELECT full_name FROM users ORDER BY id"), "Ada\nNULL");
}

#[test]
fn a_new_column_without_a_value_asks_for_one() {
    let project = Project::migrated();
    project.edit(
        "src/schema.rs",
        "pub title: String,",
        "pub title: String,\n    pub kind: String,",
    );
    project.run(["generate"]).exit(6).says("--fill posts.kind:");
    project.run(["generate", "--fill", "posts.kind:'note'"]).ok();
    project.run(["migrate"]).ok();
    assert_eq!(project.query("SELECT DISTINCT kind FROM posts"), "note");
}

#[test]
fn what_goes_is_refused_or_kept_or_lost_as_decided() {
    let gone =
        |project: &Project| project.edit("src/schema.rs", "    pub name: Option<String>,\n", "");
    let lost = Project::migrated();
    gone(&lost);
    lost.run(["generate"]).exit(6).says("users.name");
    lost.run(["generate", "--allow-destructive"]).ok().says("data loss");
    lost.run(["migrate"]).ok();
    lost.run(["kept", "list"]).ok().says("nothing is set aside");

    let kept = Project::migrated();
    let rows = kept.query(ROWS);
    gone(&kept);
    kept.run(["generate", "--keep-data", "--name", "no_names"]).ok().says("data kept");
    kept.run(["migrate"]).ok();
    kept.run(["kept", "list"]).ok().prints("0002").prints("users.name");
    kept.run(["rollback"]).ok();
    assert_eq!(kept.query(ROWS), rows);
    kept.run(["migrate"]).ok();
    kept.run(["kept", "purge", "0002"]).exit(6).says("--yes");
    kept.run(["kept", "purge", "9999", "--yes"]).exit(2).says("unknown-kept");
    kept.run(["kept", "purge", "0002", "--yes"]).ok().says("dropped users.name");
    kept.run(["kept", "list"]).ok().says("nothing is set aside");
}

#[test]
fn sql_written_by_hand_is_proven_too() {
    let project = Project::migrated();
    project.run(["generate", "--empty", "--name", "upper"]).ok();
    let name = "migrations/0002_upper.sql";
    project.edit(
        name,
        "-- peristyle:up\n",
        "-- peristyle:up\n\nUPDATE users SET email = upper(email);\n\n",
    );
    project.edit(
        name,
        "-- peristyle:down\n",
        "-- peristyle:down\n\nUPDATE users SET email = lower(email);\n",
    );
    project.run(["generate", "--prove"]).ok().says("proven");
    project.run(["migrate"]).ok();
    assert_eq!(project.query("SELECT email FROM users WHERE id = 1"), "ADA@EXAMPLE.ORG");
    project.run(["rollback"]).ok();
    assert_eq!(project.query("SELECT email FROM users WHERE id = 1"), "ada@example.org");
}

#[test]
fn push_and_pull_go_round() {
    let project = Project::new();
    project.run(["push", "--dry-run"]).ok().prints("CREATE TABLE");
    assert!(!project.path().join("dev.db").exists());
    project.run(["push"]).ok().says("ran");
    project.run(["push"]).ok().says("nothing to do");
    project.run(["pull"]).exit(6).says("--out").says("--force");
    assert_eq!(project.read("src/schema.rs"), SCHEMA);
    project.run(["pull", "--out", "src/pulled.rs"]).ok().says("2 tables");
    project.run(["pull", "--out", "src/pulled.rs"]).ok().says("unchanged");
    project.run(["push", "--schema", "src/pulled.rs"]).ok().says("nothing to do");
    project.sql("ALTER TABLE users ADD COLUMN age INTEGER");
    project.run(["pull", "--out", "src/pulled.rs"]).ok().says("wrote");
    project.edit("src/pulled.rs", "struct", "struct /* mine */");
    project.run(["pull", "--out", "src/pulled.rs"]).exit(6);
    project.run(["pull", "--out", "src/pulled.rs", "--force"]).ok();
    project.run(["pull", "--out", "-"]).ok().prints("age");
}

#[test]
fn drift_is_found_and_shown() {
    let project = Project::migrated();
    project.sql("CREATE TABLE stray (id INTEGER PRIMARY KEY)");
    project.run(["check"]).exit(3).prints("stray");
    let json = project.run(["check", "--json"]).exit(3).json();
    assert_eq!(json["ok"], false);
    assert!(!json["drift"].as_array().expect("a list").is_empty());
    project.run(["check", "--no-database"]).ok();
}

#[test]
fn diff_is_empty_for_equals_and_a_script_for_others() {
    let project = Project::migrated();
    let diff = |from: &str, to: &str| {
        project.run(["diff", "--from", from, "--to", to, "--dialect", "sqlite"])
    };
    let equal = diff("dir:migrations", "file:src/schema.rs").ok();
    assert_eq!((equal.stdout.as_str(), equal.stderr.as_str()), ("", ""));
    assert_eq!(diff("sqlite:dev.db", "dir:migrations").ok().stdout, "");
    let script = diff("empty", "file:src/schema.rs").ok().prints("CREATE TABLE").stdout;
    project.write("made.sql", script);
    assert_eq!(diff("file:made.sql", "sqlite:dev.db").ok().stdout, "");
    diff("sqlite:dev.db", "empty").exit(6).says("--allow-destructive");
    let gone = project
        .run([
            "diff",
            "--from",
            "sqlite:dev.db",
            "--to",
            "empty",
            "--dialect",
            "sqlite",
            "--allow-destructive",
        ])
        .ok();
    project.sql(&gone.stdout);
    let json = project
        .run([
            "diff",
            "--from",
            "empty",
            "--to",
            "file:src/schema.rs",
            "--dialect",
            "sqlite",
            "--format",
            "json",
        ])
        .ok()
        .json();
    assert!(!json["plan"]["up"].as_array().expect("steps").is_empty());
    project
        .run(["diff", "--from", "empty", "--to", "empty", "--dialect", "oracle"])
        .exit(2)
        .says("use `sqlite` or `postgres`");
}

#[test]
fn a_schema_is_shown_in_every_form() {
    let project = Project::new();
    let inspect = |format: &str| {
        project
            .run(["inspect", "file:src/schema.rs", "--dialect", "sqlite", "--format", format])
            .ok()
    };
    inspect("sql").prints("CREATE TABLE");
    inspect("rust").prints("pub struct User").prints("Somebody.");
    inspect("typescript").prints("email: string");
    inspect("mermaid").prints("erDiagram");
    inspect("markdown").prints("Somebody.");
    let json = inspect("json");
    project.write("snapshot.json", &json.stdout);
    let same = project
        .run([
            "diff",
            "--from",
            "file:snapshot.json",
            "--to",
            "file:src/schema.rs",
            "--dialect",
            "sqlite",
        ])
        .ok();
    assert_eq!(same.stdout, "");
}

#[test]
fn seeds_are_run_in_order_and_whole() {
    let project = Project::migrated();
    project.run(["seed"]).ok().says("nothing to seed with");
    project.write("seeds/2_posts.sql", "INSERT INTO posts (author_id, title) SELECT id, 'hello' FROM users WHERE email = 'eve@example.org';");
    project.write(
        "seeds/1_users.sql",
        "-- who\nINSERT INTO users (email) VALUES ('eve@example.org') ON CONFLICT DO NOTHING;\n",
    );
    project.run(["seed"]).ok().says("1_users.sql").says("2_posts.sql");
    assert_eq!(project.query("SELECT count(*) FROM posts WHERE title = 'hello'"), "1");
}

#[cfg(unix)]
#[test]
fn a_seed_command_gets_the_address() {
    let project = Project::migrated();
    project.edit(
        "peristyle.toml",
        "folder = \"seeds\"",
        "command = [\"sh\", \"-c\", \"echo \\\"$DATABASE_URL\\\" > out; echo noise\"]",
    );
    project.write("sub/x", "");
    let folders: [(&str, &[&str]); 3] =
        [("", &["seed"]), ("sub", &["seed"]), ("sub", &["seed", "--config", "../peristyle.toml"])];
    for (folder, arguments) in folders {
        project.write("out", "");
        let run = project.run_with(arguments, |command| {
            command.current_dir(project.path().join(folder));
        });
        let run = run.ok();
        assert_eq!(run.stdout, "");
        let url = project.read("out");
        assert!(url.starts_with("sqlite:/") && url.trim_end().ends_with("dev.db"), "{url}");
    }
}

#[test]
fn reset_makes_a_disposable_database_anew() {
    let project = Project::migrated();
    project.write("seeds/1.sql", "INSERT INTO users (email) VALUES ('eve@example.org');");
    project.run(["reset"]).exit(6).says("--yes");
    assert_eq!(project.query("SELECT count(*) FROM users"), "2");
    project.run(["reset", "--yes"]).ok().says("dropped").says("applied 0001_init");
    assert_eq!(project.query("SELECT email FROM users"), "eve@example.org");
    project.edit("peristyle.toml", "disposable = true\n", "");
    project.run(["reset", "--yes"]).exit(2).says("not-disposable");
}

#[test]
fn a_project_is_found_from_any_folder_in_it() {
    let project = Project::migrated();
    project.write("deep/er/file", "");
    let run = project.run_with(["check"], |command| {
        command.current_dir(project.path().join("deep/er"));
    });
    run.ok().says("everything agrees");
}

#[test]
fn the_stronger_setting_wins() {
    let project = Project::migrated();
    let database = |arguments: &[&str], variable: Option<&str>| {
        let run = project.run_with(["status", "--json"].iter().chain(arguments), |command| {
            if let Some(url) = variable {
                command.env("PERISTYLE_URL", url);
            }
        });
        run.ok().json()["database"].as_str().expect("an address").to_owned()
    };
    assert_eq!(database(&[], None), "sqlite:dev.db");
    project.write(".env", "PERISTYLE_URL=sqlite:dotenv.db\n");
    assert_eq!(database(&[], None), "sqlite:dotenv.db");
    assert_eq!(database(&[], Some("sqlite:variable.db")), "sqlite:variable.db");
    assert_eq!(
        database(&["--url", "sqlite:flag.db"], Some("sqlite:variable.db")),
        "sqlite:flag.db"
    );
}

#[test]
fn two_at_once_wait_and_give_up_with_the_code_for_it() {
    let project = Project::migrated();
    project.edit(
        "src/schema.rs",
        "pub title: String,",
        "pub title: String,\n    pub body: Option<String>,",
    );
    project.run(["generate"]).ok();
    let holder = rusqlite::Connection::open(project.path().join("dev.db")).expect("it opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    project.run(["migrate", "--lock-timeout", "0"]).exit(5);
    holder.execute_batch("ROLLBACK").expect("released");
    project.run(["migrate"]).ok();
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let project = Project::new();
    let run = project.run(["generate", "--name", "init", "--quiet"]).ok();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("migrations/0001_init.sql\n", ""));
    let run = project.run(["migrate", "-q"]).ok();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert!(!project.run(["migrate", "-q", "--to", "9"]).exit(2).stderr.is_empty());
}

#[test]
fn secrets_are_never_shown() {
    let project = Project::new();
    for arguments in [
        &["status", "--url", "postgres://me:hunter2@host/db?password=hunter2"][..],
        &["inspect", "libsql://x.turso.io?authToken=hunter2", "--dialect", "sqlite"],
        &["status", "--url", "mysql://me:hunter2@host/db"],
    ] {
        for run in [project.run(arguments), project.run(arguments.iter().chain(&["--json"]))] {
            assert_ne!(run.code, Some(0));
            assert!(!format!("{run:?}").contains("hunter2"), "{run:?}");
        }
    }
}

#[test]
fn a_kept_column_under_a_rule_comes_back_with_a_value_for_who_came_since() {
    let project = Project::new();
    let rules = "    #[column(check = \"code > 0\")]\n    #[unique]\n    pub code: i64,\n    pub name: Option<String>,\n";
    project.edit("src/schema.rs", "    pub name: Option<String>,\n", rules);
    project.run(["generate", "--name", "init"]).ok();
    project.run(["migrate"]).ok();
    project.sql("INSERT INTO users (email, code) VALUES ('a', 5), ('b', 6)");
    project.edit("src/schema.rs", rules, "    pub name: Option<String>,\n");
    project.run(["generate", "--name", "no_code", "--keep-data"]).ok();
    project.run(["migrate"]).ok();
    project.sql("INSERT INTO users (email) VALUES ('c')");
    let stopped = project.run(["rollback"]).exit(7).says("email = 'c'");
    let (_, flag) = stopped.stderr.split_once("give one with --fill ").expect("a flag");
    let (place, _) = flag.split_once(':').expect("a place");
    project.run(["rollback", "--fill", &format!("{place}:-1")]).exit(7).says("code > 0");
    project.run(["rollback", "--fill", &format!("{place}:7")]).ok();
    assert_eq!(project.query("SELECT email, code FROM users ORDER BY id"), "a|5\nb|6\nc|7");
}
