//! A hundred pieces of bad input: each gets a clear diagnostic and a documented exit code, and leaves every file and
//! every byte of the database as it was.

#[path = "../support/mod.rs"]
mod support;

mod config;
mod databases;
mod declarations;
mod flags;
mod folder;
mod scripts;

use std::fmt::Write;

use support::{Project, Run};

/// What a case starts from.
#[derive(Clone, Copy)]
enum Base {
    /// An empty folder.
    Empty,
    /// A configuration and a first schema.
    Fresh,
    /// The same, with its first migration applied and rows in the tables.
    Migrated,
}

/// One piece of bad input.
struct Case {
    name: &'static str,
    base: Base,
    files: Vec<(&'static str, Vec<u8>)>,
    edits: Vec<(&'static str, &'static str, &'static str)>,
    arrange: fn(&Project),
    variables: Vec<(&'static str, &'static str)>,
    arguments: Vec<&'static str>,
    exit: i32,
    code: &'static str,
    says: Vec<&'static str>,
}

/// A case that ends with this exit code and this diagnostic.
fn case(name: &'static str, base: Base, exit: i32, code: &'static str) -> Case {
    Case {
        name,
        base,
        files: Vec::new(),
        edits: Vec::new(),
        arrange: |_| {},
        variables: Vec::new(),
        arguments: Vec::new(),
        exit,
        code,
        says: Vec::new(),
    }
}

impl Case {
    /// Writes a file first.
    fn file(mut self, name: &'static str, content: impl Into<Vec<u8>>) -> Self {
        self.files.push((name, content.into()));
        self
    }

    /// Replaces a text in a file first.
    fn edit(mut self, name: &'static str, old: &'static str, new: &'static str) -> Self {
        self.edits.push((name, old, new));
        self
    }

    /// Does something else first.
    fn arrange(mut self, arrange: fn(&Project)) -> Self {
        self.arrange = arrange;
        self
    }

    /// Sets a variable.
    fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Runs this.
    fn run(mut self, arguments: &[&'static str]) -> Self {
        self.arguments = arguments.to_vec();
        self
    }

    /// The words must contain this.
    fn says(mut self, words: &'static str) -> Self {
        self.says.push(words);
        self
    }

    /// Everything that is wrong with how the case went.
    fn problems(&self) -> Vec<String> {
        let project = match self.base {
            Base::Empty => Project::empty(),
            Base::Fresh => Project::new(),
            Base::Migrated => Project::migrated(),
        };
        for (name, content) in &self.files {
            project.write(name, content);
        }
        for (name, old, new) in &self.edits {
            project.edit(name, old, new);
        }
        (self.arrange)(&project);
        let before = project.snapshot();
        let mut problems = Vec::new();
        let words = self.start(&project, &[]);
        self.judge_words(&words, &mut problems);
        let json = self.start(&project, &["--json"]);
        self.judge_json(&json, &mut problems);
        if project.snapshot() != before {
            problems.push("files or the database were changed".to_owned());
        }
        if !problems.is_empty() {
            problems.push(format!(
                "exit {:?}\nstdout: {}\nstderr: {}",
                words.code, words.stdout, words.stderr
            ));
        }
        problems
    }

    fn start(&self, project: &Project, more: &[&str]) -> Run {
        project.run_with(self.arguments.iter().chain(more), |command| {
            for (name, value) in &self.variables {
                command.env(name, value);
            }
        })
    }

    fn judge_words(&self, run: &Run, problems: &mut Vec<String>) {
        if run.code != Some(self.exit) {
            problems.push(format!("exit code {:?}, not {}", run.code, self.exit));
        }
        if run.stderr.contains("error[internal]") {
            problems.push("a panic".to_owned());
        }
        let code = format!("[{}]", self.code);
        if !matches!(self.code, "usage" | "decision-needed") && !run.stderr.contains(&code) {
            problems.push(format!("the diagnostic {code} is missing"));
        }
        for words in &self.says {
            if !run.stderr.contains(words) {
                problems.push(format!("not said: {words}"));
            }
        }
    }

    fn judge_json(&self, run: &Run, problems: &mut Vec<String>) {
        let Ok(answer) = serde_json::from_str::<serde_json::Value>(&run.stdout) else {
            problems.push(format!("--json gave no JSON: {}", run.stdout));
            return;
        };
        let error = &answer["error"];
        if error["exit"].as_i64() != Some(i64::from(self.exit)) || error["code"] != self.code {
            problems.push(format!("--json says {} {}", error["exit"], error["code"]));
        }
        if !run.stderr.is_empty() {
            problems.push(format!("--json has words: {}", run.stderr));
        }
    }
}

/// Judges all cases and tells everything that went wrong at once.
#[track_caller]
fn judge(cases: &[Case]) {
    let mut report = String::new();
    for case in cases {
        let problems = case.problems();
        if !problems.is_empty() {
            let _ = writeln!(report, "── {}\n{}\n", case.name, problems.join("\n"));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn there_are_a_hundred() {
    let count = [
        config::cases(),
        databases::cases(),
        declarations::cases(),
        flags::cases(),
        folder::cases(),
        scripts::cases(),
    ]
    .iter()
    .map(Vec::len)
    .sum::<usize>();
    assert!(count >= 100, "{count}");
}
