//! What the machine does to a run: a full disk, an interrupt, a closed pipe, a folder that cannot be written.
#![cfg(unix)]

mod support;

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use support::{Project, Run};

/// A project whose next migration rebuilds a table of many rows.
fn with_a_rebuild_ahead() -> Project {
    let project = Project::migrated();
    project.sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         INSERT INTO posts (author_id, title) SELECT 1, 'title number ' || i FROM n",
    );
    project.edit(
        "src/schema.rs",
        "pub title: String,",
        "#[column(default = \"none\")]\n    pub title: String,",
    );
    project.run(["generate", "--name", "titles"]).ok();
    project
}

/// Runs the binary by a shell that may write only files of so many kilobytes: what a full disk looks like to a database.
fn with_room_for(kilobytes: u32, project: &Project, arguments: &str) -> Run {
    let script =
        format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" {arguments}", u64::from(kilobytes) * 2);
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_peristyle")]).current_dir(project.path());
    Run::from(shell.stdin(Stdio::null()).output().expect("sh starts"))
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let project = with_a_rebuild_ahead();
    let rows = || project.query("SELECT * FROM posts ORDER BY id");
    let (before, schema) = (rows(), project.query("SELECT sql FROM sqlite_schema ORDER BY name"));
    let run = with_room_for(4, &project, "migrate").exit(1);
    assert!(!run.stderr.contains("internal"), "{}", run.stderr);
    assert!(run.stderr.contains("full") || run.stderr.contains("I/O"), "{}", run.stderr);
    assert_eq!(rows(), before);
    assert_eq!(project.query("SELECT sql FROM sqlite_schema ORDER BY name"), schema);
    assert_eq!(project.query("PRAGMA integrity_check"), "ok");
    project.run(["migrate"]).ok();
    assert_eq!(rows(), before);
}

#[test]
fn a_full_disk_leaves_no_piece_of_a_migration_file() {
    let project = Project::new();
    let run = with_room_for(0, &project, "generate --name init");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(project.list("migrations"), Vec::<String>::new());
    project.run(["generate", "--name", "init"]).ok();
}

#[test]
fn an_interrupt_ends_with_its_code_and_nothing_half_done() {
    let project = with_a_rebuild_ahead();
    let before = project.query("SELECT * FROM posts ORDER BY id");
    // The lock is held, so the run waits for it: a moment that lasts as long as the test needs.
    let holder = rusqlite::Connection::open(project.path().join("dev.db")).expect("it opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let mut run = project.command();
    let mut run = run.arg("migrate").stderr(Stdio::piped()).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(500));
    let killed = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(killed.expect("kill starts").success());
    let status = run.wait().expect("it ends");
    // A machine so slow that our handler was not there yet ends it by the signal itself, which is as well.
    assert!(status.code() == Some(130) || status.signal() == Some(2), "{status:?}");
    drop(holder);
    assert_eq!(project.query("SELECT * FROM posts ORDER BY id"), before);
    project.run(["migrate"]).ok();
}

#[test]
fn a_closed_pipe_does_not_change_the_verdict() {
    let project = Project::migrated();
    project.sql("CREATE TABLE stray (id INTEGER PRIMARY KEY)");
    let mut run = project.command();
    let mut run =
        run.arg("check").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    drop(run.stdout.take());
    assert_eq!(run.wait().expect("it ends").code(), Some(3));
}

#[test]
fn an_answer_is_never_read_from_a_pipe() {
    let project = Project::migrated();
    let before = project.snapshot();
    let mut run = project.command();
    let mut run = run
        .args(["reset"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // It may have ended before it could be written to, which is what is wanted.
    let _ = run.stdin.take().expect("piped").write_all(b"y\n");
    assert_eq!(run.wait().expect("it ends").code(), Some(6));
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_told() {
    let project = Project::new();
    project.write("migrations/0001_init.sql/x", "");
    project.run(["generate", "--name", "init"]).exit(1).says("0001_init.sql");
    let project = Project::empty();
    project.write("peristyle.toml/x", "");
    project.write("src", "a file");
    project.run(["init", "--yes"]).exit(1).says("src");
}
