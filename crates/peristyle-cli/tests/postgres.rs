//! The way through the house on PostgreSQL.

mod support;

use peristyle_driver::Connection;
use support::court::Court;

const ROWS: &str =
    "INSERT INTO users (email, name) VALUES ('ada@example.org', 'Ada'), ('bob@example.org', NULL);
    INSERT INTO posts (author_id, title) VALUES (1, 'one'), (2, 'two');";

#[test]
fn from_declarations_there_and_home() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    let file = court.project.read("migrations/0001_init.sql");
    assert!(file.contains("\n-- Catalog: "), "{file}");
    assert!(
        court.project.read("migrations/schema/0001_init.json").starts_with("[\n{\"CreateTable\"")
    );
    court.run(["migrate"]).ok();
    court.sql(ROWS);
    court.run(["check"]).ok().says("everything agrees");
    court.run(["generate"]).ok().says("nothing to do");
    court.run(["push"]).ok().says("nothing to do");

    // What is not in a transaction, too.
    let column = "    pub name: Option<String>,\n    #[index]\n    pub nick: Option<String>,\n";
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", column);
    court.run(["generate", "--name", "nick", "--concurrently"]).ok();
    assert!(court.project.read("migrations/0002_nick.sql").contains("-- peristyle:alone"));
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
    court.run(["rollback"]).ok();
    court.run(["check", "--no-database"]).ok();
    court.run(["check"]).exit(3).prints("0002_nick");
    court.run(["migrate"]).ok();
    court.run(["check"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM posts"), "2");

    // The database keeps what it holds, and so does the way back.
    court.project.edit("src/schema.rs", column, "");
    court.run(["generate", "--name", "gone"]).exit(6).says("--keep-data");
    court.run(["generate", "--name", "gone", "--keep-data"]).ok();
    court.run(["migrate"]).ok();
    court.run(["rollback"]).ok();
    assert_eq!(court.single("SELECT name FROM users ORDER BY id LIMIT 1"), "'Ada'");

    court.run(["reset", "--yes"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM users"), "0");
}

#[test]
fn what_cannot_be_set_aside_is_lost_only_where_that_was_said() {
    let court = Court::new();
    let address =
        "peristyle::object!(\"CREATE TYPE address AS (street text, city text)\");\n\n/// Somebody.";
    court.project.edit("src/schema.rs", "/// Somebody.", address);
    let home = "    #[column(type = \"address\")]\n    pub home: Option<String>,\n    pub name: Option<String>,\n";
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", home);
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court
        .sql("INSERT INTO users (email, name, home) VALUES ('a', 'Ada', ROW('Long Lane', 'York'))");
    court.project.edit("src/schema.rs", ", city text", "");
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", "");
    let asked = court.run(["generate"]).exit(6).says("the values of the field city of address");
    asked.says("it cannot be set aside").says("users.name would go");
    let asked = court.run(["generate", "--keep-data"]).exit(6);
    asked
        .says("the values of the field city of address")
        .says("generate --keep-data --allow-destructive");
    court.run(["generate", "--name", "less", "--keep-data", "--allow-destructive"]).ok();
    court.run(["migrate"]).ok();
    court.run(["rollback"]).ok();
    assert_eq!(court.single("SELECT name FROM users"), "'Ada'");
    assert_eq!(
        court.single("SELECT (home).street || coalesce((home).city, '') FROM users"),
        "'Long Lane'"
    );
}

#[test]
fn a_table_is_divided_by_the_steps_that_the_refusal_names() {
    let court = Court::new();
    let head = "use peristyle::{Id, Table, Timestamp};\n\n";
    let fields =
        "    pub id: i64,\n    pub made_at: Timestamp,\n    pub body: Option<String>,\n}\n";
    let plain = format!("#[derive(Table)]\n#[key(id, made_at)]\npub struct Event {{\n{fields}");
    court.project.write("src/schema.rs", format!("{head}{plain}"));
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.sql("INSERT INTO events SELECT n, now(), 'body ' || n FROM generate_series(1, 50) n");
    let by = "#[derive(Table)]\n#[table(partition_by = \"range (made_at)\")]\n";
    let divided = plain.replacen("#[derive(Table)]\n", by, 1);
    court.project.write("src/schema.rs", format!("{head}{divided}"));
    court.run(["generate"]).exit(1).says("partitioning-changes").says("under another name");

    // A new table under another name.
    let other = divided.replace("Event", "DatedEvent");
    let rest = "\n#[derive(Table)]\n#[table(name = \"events_rest\", partition_of(DatedEvent, \"default\"))]\npub struct EventsRest {}\n";
    court.project.write("src/schema.rs", format!("{head}{plain}\n{other}{rest}"));
    court.run(["generate", "--name", "dated"]).ok();
    // The rows move by a migration of one's own.
    court.run(["generate", "--name", "move", "--empty"]).ok();
    let script = |from: &str, to: &str| court.project.edit("migrations/0003_move.sql", from, to);
    script(
        "-- The statements that do it, each closed by a semicolon.",
        "INSERT INTO dated_events SELECT * FROM events;",
    );
    script(
        "-- The statements that undo it, each closed by a semicolon.",
        "DELETE FROM dated_events;",
    );
    court.run(["generate", "--prove", "--allow-destructive"]).ok();
    // The old declaration goes, and after that the new one gets its name.
    court.project.write("src/schema.rs", format!("{head}{other}{rest}"));
    court.run(["generate", "--name", "gone", "--keep-data"]).ok();
    let named =
        divided.replacen("#[table(partition_by", "#[table(was = \"dated_events\", partition_by", 1);
    let rest = rest.replace("DatedEvent", "Event");
    court.project.write("src/schema.rs", format!("{head}{named}{rest}"));
    court.run(["generate", "--name", "divided"]).ok();
    court.run(["migrate"]).ok();
    let parts = "SELECT relkind::text || ' ' || count(*) FROM events, pg_class WHERE pg_class.oid = 'events'::regclass GROUP BY relkind";
    assert_eq!(court.single(parts), "'p 50'");
    court.run(["check"]).ok();
    court.run(["rollback", "--to", "1"]).ok();
    assert_eq!(court.single(parts), "'r 50'");
}

#[test]
fn an_interrupted_migration_is_completed() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.sql(&format!("{ROWS} UPDATE users SET name = 'same'"));
    court.run(["generate", "--name", "x", "--empty"]).ok();
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that do it, each closed by a semicolon.",
        "ALTER TABLE users ADD COLUMN nick text;\n-- peristyle:alone\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_name ON users (name);\nCOMMENT ON COLUMN users.nick IS 'late';",
    );
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that undo it, each closed by a semicolon.",
        "-- peristyle:alone\nDROP INDEX CONCURRENTLY IF EXISTS one_name;\nALTER TABLE users DROP COLUMN nick;",
    );
    court.run(["generate", "--prove"]).ok();
    // Two users share a name: the index cannot be built, and what was committed before it stays.
    let failed = court.run(["migrate"]).exit(1).says("1 of its 3 statements is done");
    let failed = failed.says("`peristyle migrate` goes on from there");
    assert!(!failed.stderr.contains("undone"), "{}", failed.stderr);
    court.run(["status"]).ok().prints("half applied");
    court.run(["rollback"]).exit(3).says("peristyle migrate");
    court.sql("UPDATE users SET name = email");
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
    let valid =
        "SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid = 'one_name'::regclass";
    assert_eq!(court.single(valid), "1");
    court.run(["rollback"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM users"), "2");
}

#[test]
fn an_interrupted_way_back_is_completed() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.run(["generate", "--name", "x", "--empty"]).ok();
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that do it, each closed by a semicolon.",
        "ALTER TABLE users ADD COLUMN nick text;\nCREATE INDEX by_name ON users (name);",
    );
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that undo it, each closed by a semicolon.",
        "-- peristyle:guard nobody is called first\nSELECT email FROM users WHERE name = 'first';
         ALTER TABLE users DROP COLUMN nick;
         -- peristyle:alone\nDROP INDEX CONCURRENTLY IF EXISTS by_name;
         -- peristyle:guard nobody is called last\nSELECT email FROM users WHERE name = 'last';",
    );
    court.run(["generate", "--prove"]).ok();
    court.run(["migrate"]).ok();
    // What fails before anything is committed has never begun.
    court.sql("INSERT INTO users (email, name) VALUES ('a', 'first'), ('b', 'last')");
    let failed = court.run(["rollback"]).exit(7).says("nobody is called first: 1 row");
    assert!(!failed.stderr.contains("half"), "{}", failed.stderr);
    court.run(["status"]).ok().says("2 applied, 0 pending");
    // What fails later says where it stands, and whoever goes another way is told.
    court.sql("DELETE FROM users WHERE name = 'first'");
    let failed = court.run(["rollback"]).exit(7).says("nobody is called last: 1 row");
    failed.says("3 of its 4 statements are done").says("`peristyle rollback` goes on from there");
    court.run(["status"]).ok().prints("half taken back");
    court.run(["migrate"]).exit(3).says("`peristyle rollback` completes it");
    court.run(["rollback", "--to", "2"]).exit(3).says("`peristyle rollback` completes it");
    court.run(["check"]).exit(3).says("half-way");
    court.sql("DELETE FROM users WHERE name = 'last'");
    court.run(["rollback"]).ok();
    court.run(["status"]).ok().says("1 applied, 1 pending");
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
}

#[test]
fn a_database_that_is_there_is_adopted() {
    let court = Court::new();
    court.sql(
        "CREATE TABLE room (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL);
         INSERT INTO room (name) VALUES ('one');
         CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
         CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY);
         INSERT INTO _sqlx_migrations VALUES (1), (2);",
    );
    court.run(["adopt"]).exit(3).prints("create table users");
    court.run(["adopt", "--pull", "--force"]).ok().says("the history of sqlx, with 2 entries");
    court.run(["generate"]).ok().says("nothing to do");
    court.run(["check"]).ok();
    court.run(["adopt"]).exit(2).says("0001_baseline");
    assert_eq!(court.single("SELECT count(*) FROM room"), "1");
    court.project.edit(
        "src/schema.rs",
        "pub name: String",
        "pub size: Option<i32>,\n    pub name: String",
    );
    court.run(["generate", "--name", "size"]).ok();
    court.run(["migrate"]).ok();
    court.run(["push"]).ok().says("nothing to do");
    assert_eq!(court.single("SELECT count(*) FROM _sqlx_migrations"), "2");
}

#[test]
fn changes_beside_a_migration_are_not_trusted_but_checked() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.project.edit("migrations/schema/0001_init.json", "\"title\"", "\"other\"");
    court.run(["check"]).exit(3).says("edited-changes");
    // The history itself is as it was, and is replayed.
    court.run(["generate"]).ok().says("nothing to do");
}

#[test]
fn what_a_file_written_by_hand_loses_is_asked_about() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.sql(ROWS);
    court.run(["generate", "--empty", "--name", "tidy"]).ok();
    let text = court.project.read("migrations/0002_tidy.sql");
    let (header, _) = text.split_once("-- peristyle:up").expect("two parts");
    let with = |up: &str, down: &str| {
        let text = format!("{header}-- peristyle:up\n{up}\n\n-- peristyle:down\n{down}\n");
        court.project.write("migrations/0002_tidy.sql", text);
    };
    with("ALTER TABLE users DROP COLUMN name;\nTRUNCATE posts;", "");
    let asked = court.run(["generate", "--prove"]).exit(6);
    let asked = asked.says("column users.name is dropped").says("rows of posts go");
    asked.says("--allow-destructive");
    court.run(["migrate"]).exit(6).says("column users.name is dropped");
    assert_eq!(court.single("SELECT count(name) FROM users"), "1");

    // What the way back restores is not lost.
    with(
        "CREATE TABLE aside AS SELECT id, name FROM users;\nALTER TABLE users DROP COLUMN name;",
        "ALTER TABLE users ADD COLUMN name text;\nUPDATE users SET name = aside.name FROM aside WHERE aside.id = users.id;\nDROP TABLE aside;",
    );
    court.run(["generate", "--prove"]).ok();

    with("DELETE FROM posts WHERE title = 'two';", "");
    court.run(["migrate"]).exit(6).says("may find rows that the trial did not have");
    court.run(["migrate", "--allow-destructive"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM posts"), "1");
    let text = court.project.read("migrations/0002_tidy.sql");
    assert!(text.contains("data is lost: its DELETE in line"), "{text}");
}

#[test]
fn a_way_back_that_rows_block_is_freed_by_a_fill() {
    let court = Court::new();
    court.project.edit(
        "src/schema.rs",
        "pub name: Option<String>",
        "#[unique]\n    pub name: String",
    );
    court.run(["generate", "--name", "init"]).ok();
    court.project.edit("src/schema.rs", "pub name: String", "pub name: Option<String>");
    court.run(["generate", "--name", "optional"]).ok();
    court.run(["migrate"]).ok();
    court.sql(ROWS);
    let blocked = court.run(["rollback"]).exit(7);
    blocked.says("--fill users.name:").says("id = 2");
    court.run(["rollback", "--fill", "users.email:''"]).exit(2).says("unasked-fill");
    assert_eq!(court.single("SELECT count(*) FROM users WHERE name IS NULL"), "1");
    let shown = court.run(["rollback", "--fill", "users.name:'nobody'", "--dry-run"]).ok();
    shown.prints("UPDATE users\nSET name = 'nobody'\nWHERE name IS NULL;");
    court.run(["rollback", "--fill", "users.name:'nobody'"]).ok();
    assert_eq!(court.single("SELECT string_agg(name, ',' ORDER BY id) FROM users"), "'Ada,nobody'");
    court.run(["status"]).ok().says("1 applied, 1 pending");
}

#[test]
fn what_came_since_gets_a_value_when_a_kept_column_comes_back() {
    let court = Court::new();
    let column = "    pub name: Option<String>,\n    #[unique]\n    pub code: String,\n";
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", column);
    court.run(["generate", "--name", "init"]).ok();
    court.project.edit("src/schema.rs", column, "    pub name: Option<String>,\n");
    court.run(["generate", "--name", "drop_code", "--keep-data"]).ok();
    court.run(["migrate", "--to", "0001"]).ok();
    court.sql("INSERT INTO users (email, code) VALUES ('a', 'x1')");
    court.run(["migrate"]).ok();
    court.sql("INSERT INTO users (email) VALUES ('b'), ('c')");
    court.run(["rollback"]).exit(7).says("--fill users.code:").says("2 rows");
    court.run(["rollback", "--fill", "users.code:'new ' || id"]).ok();
    let codes = court.single("SELECT string_agg(code, ',' ORDER BY id) FROM users");
    assert_eq!(codes, "'x1,new 2,new 3'");
}

const SIDECAR: &str = r#"use peristyle::{Id, Table};

/// Somebody of the other application.
#[derive(Table)]
#[table(name = "users", external)]
pub struct User {
    #[key(auto)]
    pub id: Id<User>,
    pub email: String,
}

/// Something of ours.
#[derive(Table)]
#[table(name = "listings", schema = "market")]
pub struct Listing {
    #[key(auto)]
    pub id: Id<Listing>,
    #[references(on_delete = cascade)]
    pub owner_id: Id<User>,
}
"#;

#[test]
fn whoever_breaks_the_foreign_key_of_a_sidecar_is_warned() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.project.write("market/schema.rs", SIDECAR);
    let sidecar = ["--schema", "market/schema.rs", "--migrations", "market/migrations"];
    let beside = |verb: &str| {
        let mut arguments = vec![verb];
        arguments.extend(sidecar);
        court.project.run(arguments)
    };
    beside("generate").ok();
    beside("migrate").ok();
    beside("check").ok();
    court.run(["check"]).ok();
    let config = court.project.read("peristyle.toml");
    let with = config.replace("[project]\n", "[project]\nsidecars = [\"market/migrations\"]\n");

    // The key that the sidecar points to gets another type.
    court.project.edit("src/schema.rs", "pub id: Id<User>", "pub id: String");
    court.project.edit(
        "src/schema.rs",
        "#[key(auto)]\n    pub id: String",
        "#[key]\n    pub id: String",
    );
    court.project.edit(
        "src/schema.rs",
        "#[references(on_delete = cascade)]\n    pub author_id: Id<User>",
        "#[references(User, on_delete = cascade)]\n    pub author_id: String",
    );
    let warning = "the type of users.id changes, and market.listings (owner_id)";
    court.run(["check"]).exit(3).says(warning).says("what has the schema market to itself");
    court.project.write("peristyle.toml", &with);
    court.run(["check", "--no-database"]).exit(3).says(warning).says("market (market/migrations)");
    let generate = ["generate", "--allow-destructive", "--name", "text_keys"];
    court.run(generate).ok().says(warning).says("market (market/migrations)");
    court.run(["check"]).exit(3).says(warning);
    let failed = court.run(["migrate"]);
    assert_ne!(failed.code, Some(0));
    failed.says(warning);
    court.run(["status"]).ok().says("1 applied, 1 pending");
}

const STATES: &str = r#"use peristyle::{Enum, Id, Table};

#[derive(Enum)]
pub enum State {
    Open,
    Done,
}

#[derive(Table)]
#[table(name = "tasks")]
pub struct Task {
    #[key(auto)]
    pub id: Id<Task>,
    pub title: String,
    pub state: State,
}
"#;

#[test]
fn a_push_that_failed_half_way_is_finished_by_the_next() {
    let court = Court::new();
    court.project.write("src/schema.rs", STATES);
    court.run(["push"]).ok();
    court.sql("INSERT INTO tasks (title, state) VALUES ('same', 'open'), ('same', 'done')");
    court.project.edit("src/schema.rs", "    Done,\n", "    Done,\n    Dropped,\n");
    court.project.edit("src/schema.rs", "    pub title", "    #[unique]\n    pub title");
    let warning = "1 statement stands outside of any transaction";
    court.run(["push", "--dry-run"]).ok().says(warning);
    court.run(["push"]).exit(7).says(warning).says("these values stand in more than one row");
    let values = "SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum";
    assert_eq!(court.single(values), "'open,done,dropped'", "what stands alone is done");
    court.run(["push"]).exit(7).says("these values stand in more than one row");
    court.sql("UPDATE tasks SET title = 'other' WHERE state = 'done'");
    court.run(["push"]).ok();
    court.run(["push"]).ok().says("nothing to do");
}

#[test]
fn names_in_a_seed_mean_what_they_mean_in_a_migration() {
    let court = Court::new();
    court.run(["generate"]).ok();
    court.run(["migrate"]).ok();
    court.sql("CREATE SCHEMA trap; CREATE TABLE trap.users (LIKE public.users INCLUDING ALL)");
    court.sql(&format!("ALTER DATABASE {} SET search_path = trap, public", court.name));
    court.project.write("seeds/a.sql", "INSERT INTO users (email) VALUES ('a');");
    let config = court.project.read("peristyle.toml") + "[seed]\nfolder = \"seeds\"\n";
    court.project.write("peristyle.toml", config);
    court.run(["seed"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM public.users"), "1");
    assert_eq!(court.single("SELECT count(*) FROM trap.users"), "0");
    court.project.write("seeds/b.sql", "INSERT INTO users (email) VALUES ('b'), ('a');");
    court.run(["seed"]).exit(1);
    assert_eq!(court.single("SELECT count(*) FROM public.users"), "1", "all or nothing");
}

#[test]
fn a_reset_waits_for_whoever_migrates() {
    let court = Court::new();
    court.run(["generate"]).ok();
    court.run(["migrate"]).ok();
    let mut other = court.open();
    other.lease("a deployment").expect("the lease");
    court.run(["reset", "--yes", "--lock-timeout", "1"]).exit(5).says("a deployment");
    assert_eq!(court.single("SELECT count(*) FROM users"), "0", "nothing went");
    other.release().expect("it is given back");
    court.run(["reset", "--yes"]).ok();
    court.run(["check"]).ok();
}
