//! A shell in a project's folder, in which what a page shows is tried.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::page::Block;
use crate::support::Project;

/// Commands that set up a machine.
const NOT_HERE: &[&str] = &["cargo"];

/// Tools that may not be there. What they show is not compared then, which is said.
const TOOLS: &[&str] = &["sqlite3", "psql"];

/// A shell in a folder.
pub struct Session {
    folder: PathBuf,
    _own: Option<TempDir>,
    variables: Vec<(String, String)>,
    /// What is called otherwise on a page than here.
    called: Vec<(String, String)>,
    instead: Vec<(String, String)>,
}

impl Session {
    /// In an empty folder.
    pub fn new() -> Self {
        let own = TempDir::with_prefix("peristyle pages ü ").expect("a temporary folder");
        let session = Self::of(own.path().to_owned());
        Self { _own: Some(own), ..session }
    }

    /// In the folder of a project.
    pub fn at(project: &Project) -> Self {
        Self::of(project.path().to_owned())
    }

    fn of(folder: PathBuf) -> Self {
        let (variables, called, instead) = (Vec::new(), Vec::new(), Vec::new());
        Self { folder, _own: None, variables, called, instead }
    }

    /// The same with a variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, where the page has another word for something.
    pub fn stands_for(mut self, here: &str, on_the_page: &str) -> Self {
        self.called.push((here.to_owned(), on_the_page.to_owned()));
        self
    }

    /// The same, where another command does here what the page's does there.
    pub fn instead(mut self, on_the_page: &str, here: &str) -> Self {
        self.instead.push((on_the_page.to_owned(), here.to_owned()));
        self
    }

    pub fn folder(&self, name: &str) {
        std::fs::create_dir_all(self.folder.join(name)).expect("a folder");
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Runs the commands of a console; each says what the page shows.
    pub fn plays(&self, block: &Block) {
        for shown in block.commands() {
            let tool = shown.command.split(' ').next().unwrap_or_default();
            if NOT_HERE.contains(&tool) {
                continue;
            }
            if TOOLS.contains(&tool) && !is_there(tool) {
                println!("not tried, because {tool} is not installed: {}", shown.command);
                continue;
            }
            let said = self.run(shown.command);
            let said: Vec<String> = said.trim_end().lines().map(even).collect();
            let shows: Vec<String> = shown.says.join("\n").trim_end().lines().map(even).collect();
            assert!(
                fits(&shows, &said),
                "{}: $ {}\n--- the page shows\n{}\n--- it says\n{}\n",
                block.place,
                shown.command,
                shown.says.join("\n"),
                said.join("\n")
            );
        }
    }

    /// Runs one command line; everything that it says, in the order in which it says it.
    pub fn run(&self, command: &str) -> String {
        let mut command = command.to_owned();
        for (on_the_page, here) in &self.instead {
            if command == *on_the_page {
                command.clone_from(here);
            }
        }
        for (here, on_the_page) in &self.called {
            command = command.replace(on_the_page, here);
        }
        let binary = Path::new(env!("CARGO_BIN_EXE_peristyle")).parent().expect("a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = tempfile::NamedTempFile::new().expect("a file");
        let writer = || {
            let file = File::options().append(true).open(output.path());
            Stdio::from(file.expect("a file"))
        };
        let mut shell = Command::new("sh");
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("PERISTYLE_") || name == "DATABASE_URL" || name == "NO_COLOR" {
                shell.env_remove(name);
            }
        }
        shell
            .args(["-c", &command])
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", binary.display()))
            .env("PGOPTIONS", "-c client_min_messages=warning")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(writer())
            .stderr(writer());
        shell.status().expect("a shell");
        let mut text = String::new();
        File::open(output.path())
            .and_then(|mut file| file.read_to_string(&mut text))
            .expect("what it says is text");
        for (here, on_the_page) in &self.called {
            text = text.replace(here, on_the_page);
        }
        text
    }
}

fn is_there(tool: &str) -> bool {
    let asked = Command::new(tool).arg("--version").stdout(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

/// A line without what is another one each time: how long something took, and when it was.
fn even(line: &str) -> String {
    let words: Vec<&str> = line.trim_end().split(' ').collect();
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let timed = words.get(at + 1).is_some_and(|unit| ["ms", "s", "µs"].contains(unit))
            && word.parse::<f64>().is_ok();
        let instant = word.len() == 24 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
        let unit = at > 0 && out.last() == Some(&"TIME") && ["ms", "s", "µs"].contains(word);
        match (timed, instant, unit) {
            (true, ..) | (_, true, _) => out.push("TIME"),
            (.., true) => {}
            (false, false, false) => out.push(word),
        }
    }
    out.join(" ")
}

/// Whether what was said is what is shown, in which a line of `…` stands for any lines.
fn fits(shows: &[String], said: &[String]) -> bool {
    match shows.split_first() {
        None => said.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=said.len()).any(|skipped| fits(rest, &said[skipped..]))
        }
        Some((first, rest)) => said.first() == Some(first) && fits(rest, &said[1..]),
    }
}

#[test]
fn dots_stand_for_lines() {
    let lines = |text: &str| text.lines().map(even).collect::<Vec<_>>();
    assert!(fits(&lines("a\n …\nb"), &lines("a\nx\ny\nb")));
    assert!(fits(&lines("a\n…"), &lines("a")));
    assert!(!fits(&lines("a\n…\nb"), &lines("a\nc")));
    assert!(!fits(&lines("a"), &lines("a\nb")));
    assert_eq!(even("applied 0001_x  3.5 ms  "), even("applied 0001_x  41 ms"));
    assert_ne!(even("6 rows"), even("7 rows"));
}
