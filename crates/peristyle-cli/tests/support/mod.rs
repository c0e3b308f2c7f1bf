//! A project in a folder of its own, and the built binary run in it.
#![allow(dead_code, reason = "each test file uses its own part of the support")]

pub mod court;
pub mod shape;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The configuration of the projects of these tests.
pub const CONFIG: &str = "[project]\nschema = \"src/schema.rs\"\nmigrations = \"migrations\"\ndialect = \"sqlite\"\n\n\
                          [environments.dev]\nurl = \"sqlite:dev.db\"\ndisposable = true\n\n[seed]\nfolder = \"seeds\"\n";

/// A first schema: one table with a key, and one that references it.
pub const SCHEMA: &str = r#"use peristyle::{Id, Table};

/// Somebody.
#[derive(Table)]
#[table(name = "users")]
pub struct User {
    #[key(auto)]
    pub id: Id<User>,
    #[unique]
    pub email: String,
    pub name: Option<String>,
}

/// Something that somebody wrote.
#[derive(Table)]
#[table(name = "posts")]
pub struct Post {
    #[key(auto)]
    pub id: Id<Post>,
    #[references(on_delete = cascade)]
    pub author_id: Id<User>,
    pub title: String,
}
"#;

/// A folder with a project in it.
pub struct Project {
    folder: TempDir,
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Project {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::with_prefix("peristyle cli ü ").expect("a temporary folder") }
    }

    /// A folder with a configuration and the first schema.
    pub fn new() -> Self {
        let project = Self::empty();
        project.write("peristyle.toml", CONFIG);
        project.write("src/schema.rs", SCHEMA);
        project
    }

    /// A project whose first migration has been generated and applied, with two users and three posts.
    pub fn migrated() -> Self {
        let project = Self::new();
        project.run(["generate", "--name", "init"]).ok();
        project.run(["migrate"]).ok();
        project.sql(
            "INSERT INTO users (id, email, name) VALUES (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', NULL);
             INSERT INTO posts (author_id, title) VALUES (1, 'one'), (1, 'two'), (2, 'three');",
        );
        project
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, content).expect("a file");
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Changes the schema by replacing a text that it must contain.
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert!(text.contains(old), "{name} does not contain {old:?}");
        self.write(name, text.replacen(old, new, 1));
    }

    /// The names of the files in a folder, in order.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path().join(folder))
            .map(|entries| {
                entries
                    .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
                    .collect()
            })
            .unwrap_or_default();
        names.sort();
        names
    }

    /// Runs the binary in the folder, without a terminal.
    pub fn run<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Run {
        self.run_with(arguments, |_| {})
    }

    /// Runs the binary with something arranged first.
    pub fn run_with<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(
        &self,
        arguments: I,
        arrange: impl FnOnce(&mut Command),
    ) -> Run {
        let mut command = self.command();
        command.args(arguments);
        arrange(&mut command);
        Run::from(command.output().expect("the binary starts"))
    }

    /// The binary, ready to be run in the folder without a terminal or any variable of ours.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_peristyle"));
        command.current_dir(self.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PERISTYLE_") {
                command.env_remove(name);
            }
        }
        command.env_remove("DATABASE_URL").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    /// Executes statements in the development database.
    pub fn sql(&self, statements: &str) {
        self.database().execute_batch(statements).expect("the statements run");
    }

    /// The rows of a query as text, one a line, values separated by `|`.
    pub fn query(&self, query: &str) -> String {
        let database = self.database();
        let mut statement = database.prepare(query).expect("the query is right");
        let columns = statement.column_count();
        let rows = statement
            .query_map([], |row| {
                let cells: Result<Vec<String>, _> = (0..columns)
                    .map(|i| row.get::<_, rusqlite::types::Value>(i).map(|value| show(&value)))
                    .collect();
                cells.map(|cells| cells.join("|"))
            })
            .expect("the query runs");
        rows.map(|row| row.expect("a row")).collect::<Vec<_>>().join("\n")
    }

    fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path().join("dev.db")).expect("the database opens")
    }

    /// Every file below the folder with its bytes.
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.path(), &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.insert(path.join(""), Vec::new());
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            files.insert(path, bytes);
        }
    }
}

fn show(value: &rusqlite::types::Value) -> String {
    use rusqlite::types::Value;
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => format!("{bytes:?}"),
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

impl Run {
    /// The run, which must have ended with this exit code.
    #[track_caller]
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The run, which must have ended well.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.exit(0)
    }

    /// The run, whose words must contain this.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "not said: {words}\nstderr:\n{}", self.stderr);
        self
    }

    /// The run, whose data must contain this.
    #[track_caller]
    pub fn prints(self, data: &str) -> Self {
        assert!(
            self.stdout.contains(data),
            "not printed: {data}\nstdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// The data as JSON: exactly one value on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("{error}\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr)
        })
    }
}
