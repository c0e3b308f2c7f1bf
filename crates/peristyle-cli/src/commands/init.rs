//! `init`: the first files of a project, added to what is there and never in its place.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::FILE_NAME;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{self, Failure};
use crate::prompt;
use crate::render::{FAINT, GOOD, styled};

/// Starts a project in the working directory.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database engine
    #[arg(long, default_value = "sqlite")]
    pub engine: Engine,
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
}

/// The database engines a project may be started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// SQLite: a file.
    Sqlite,
    /// PostgreSQL: a server.
    Postgres,
    /// Turso / libSQL (not in this version).
    Turso,
}

const SCHEMA: &str = include_str!("../../templates/schema.rs");

/// What is different from engine to engine.
struct Texts {
    engine: &'static str,
    config: &'static str,
    env_example: &'static str,
    schema: fn() -> String,
    /// The database that `peristyle migrate` works on.
    database: &'static str,
}

const SQLITE: Texts = Texts {
    engine: "sqlite",
    config: include_str!("../../templates/peristyle.toml"),
    env_example: include_str!("../../templates/env.example"),
    schema: || SCHEMA.to_owned(),
    database: "dev.db",
};

const POSTGRES: Texts = Texts {
    engine: "postgres",
    config: include_str!("../../templates/peristyle.postgres.toml"),
    env_example: include_str!("../../templates/env.postgres.example"),
    // The collation is SQLite's.
    schema: || {
        SCHEMA
            .replace(" Compared without regard to case.", "")
            .replace("    #[column(collate = \"NOCASE\")]\n", "")
    },
    database: "the development database",
};
const ATTRIBUTES: &[&str] = &["migrations/*.sql text eol=lf"];
const IGNORED: &[&str] = &[".env", "*.db", "*.db-journal", "*.db-shm", "*.db-wal"];

/// One file of a new project.
struct Planned {
    path: &'static str,
    content: Content,
}

/// How a file comes about.
enum Content {
    /// Written whole if there is no such file.
    Whole(String),
    /// These lines are added if they are not there.
    Lines(&'static [&'static str]),
}

fn files(texts: &Texts) -> [Planned; 6] {
    let whole = |text: &str| Content::Whole(text.to_owned());
    [
        Planned { path: FILE_NAME, content: whole(texts.config) },
        Planned { path: "src/schema.rs", content: Content::Whole((texts.schema)()) },
        Planned { path: "migrations/.gitkeep", content: whole("") },
        Planned { path: ".gitattributes", content: Content::Lines(ATTRIBUTES) },
        Planned { path: ".gitignore", content: Content::Lines(IGNORED) },
        Planned { path: ".env.example", content: whole(texts.env_example) },
    ]
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Written,
    Extended,
    Kept,
}

#[derive(Serialize)]
struct Report {
    engine: &'static str,
    files: Vec<FileReport>,
    next: Vec<String>,
}

#[derive(Serialize)]
struct FileReport {
    path: &'static str,
    outcome: Outcome,
}

/// Writes the files that are missing.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let texts = texts(args.engine)?;
    let planned = files(texts);
    if !args.yes && prompt::possible(&context.output) {
        let names: Vec<&str> = planned.iter().map(|file| file.path).collect();
        context.output.say(&format!("This adds, where they are missing: {}", names.join(", ")));
        if !prompt::confirm("Go on?")? {
            context.output.say("nothing was written");
            return Ok(Exit::Ok);
        }
    }
    let files = planned
        .iter()
        .map(|file| Ok(FileReport { path: file.path, outcome: write(file)? }))
        .collect::<Result<Vec<_>, Failure>>()?;
    let report = Report { engine: texts.engine, files, next: next_steps(texts) };
    tell(&report, context);
    context.output.json(&report);
    Ok(Exit::Ok)
}

fn texts(engine: Engine) -> Result<&'static Texts, Failure> {
    match engine {
        Engine::Sqlite => Ok(&SQLITE),
        Engine::Postgres => Ok(&POSTGRES),
        Engine::Turso => Err(Failure::usage(
            Diagnostic::error(
                "engine-not-built",
                "this version of Peristyle has SQLite and PostgreSQL, not Turso",
            )
            .help("run `peristyle init --engine sqlite`; nothing was written"),
        )),
    }
}

fn write(file: &Planned) -> Result<Outcome, Failure> {
    let path = Path::new(file.path);
    match &file.content {
        Content::Whole(_) if path.exists() => Ok(Outcome::Kept),
        // A folder that has files needs no `.gitkeep`.
        Content::Whole(text) if text.is_empty() && path.parent().is_some_and(has_entries) => {
            Ok(Outcome::Kept)
        }
        Content::Whole(text) => {
            create(path, text)?;
            Ok(Outcome::Written)
        }
        Content::Lines(lines) => add_lines(path, lines),
    }
}

fn has_entries(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn create(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)
            .map_err(|error| failure::io("create the folder", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| failure::io("write", path, &error))
}

/// Adds the lines that a file does not have yet.
fn add_lines(path: &Path, lines: &[&str]) -> Result<Outcome, Failure> {
    let old = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failure::io("read", path, &error)),
    };
    let present: Vec<&str> = old.as_deref().unwrap_or_default().lines().map(str::trim).collect();
    let missing: Vec<&str> = lines.iter().copied().filter(|line| !present.contains(line)).collect();
    if missing.is_empty() {
        return Ok(Outcome::Kept);
    }
    let mut text = old.clone().unwrap_or_default();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    create(path, &text)?;
    Ok(if old.is_some() { Outcome::Extended } else { Outcome::Written })
}

/// What the newcomer does next, according to what is in the folder.
fn next_steps(texts: &Texts) -> Vec<String> {
    let mut steps = Vec::new();
    if let Ok(manifest) = fs::read_to_string("Cargo.toml") {
        if !manifest.contains("peristyle") {
            steps.push("add `peristyle` to the [dependencies] of Cargo.toml".to_owned());
        }
        let root = ["src/lib.rs", "src/main.rs"].into_iter().find(|path| Path::new(path).is_file());
        if let Some(root) = root
            && !fs::read_to_string(root).unwrap_or_default().contains("mod schema")
        {
            steps.push(format!("write `mod schema;` into {root}"));
        }
    }
    steps.push("write your tables into src/schema.rs".to_owned());
    steps.push("peristyle generate --name init     the first migration, proven".to_owned());
    steps.push(format!("peristyle migrate                  apply it to {}", texts.database));
    steps
}

fn tell(report: &Report, context: &Context) {
    for file in &report.files {
        let (style, word) = match file.outcome {
            Outcome::Written => (GOOD, "  wrote"),
            Outcome::Extended => (GOOD, "  added to"),
            Outcome::Kept => (FAINT, "  kept"),
        };
        context.output.say(&format!("{} {}", styled(style, format_args!("{word:<10}")), file.path));
    }
    context.output.say("\nnext:");
    for step in &report.next {
        context.output.say(&format!("  {step}"));
    }
}
