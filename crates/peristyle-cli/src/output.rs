//! Where everything that a person or a program reads leaves the house: data to standard output, words to standard error.

use std::io::{self, Write};

use anstream::ColorChoice;
use peristyle_schema::Diagnostic;
use peristyle_sql::Decision;
use serde::Serialize;

use crate::args::{Color, Globals};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{render, shell};

/// What a run prints.
#[derive(Debug)]
pub struct Output {
    form: Form,
    quiet: bool,
    /// Standard output failed in a way that must be told.
    broken: Option<io::Error>,
}

/// For whom the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A person: text and tables.
    Human,
    /// A program: one JSON object on standard output.
    Json,
}

impl Output {
    /// The output that the arguments ask for.
    pub fn new(globals: &Globals) -> Self {
        match globals.color {
            Color::Auto => {}
            Color::Always => ColorChoice::Always.write_global(),
            Color::Never => ColorChoice::Never.write_global(),
        }
        let form = if globals.json { Form::Json } else { Form::Human };
        Self { form, quiet: globals.quiet, broken: None }
    }

    /// Whether one JSON object is wanted.
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Writes data for a person to standard output; nothing where JSON is wanted.
    pub fn data(&mut self, text: &str) {
        if self.form == Form::Human {
            self.write(text);
        }
    }

    /// Writes data as JSON for a person who asked for this form of it; nothing where the answer is JSON as a whole.
    pub fn data_json<T: Serialize>(&mut self, value: &T) {
        if self.form == Form::Human {
            self.write_json(value);
        }
    }

    /// Writes the answer of the command as JSON, where that is wanted.
    pub fn json<T: Serialize>(&mut self, answer: &T) {
        if self.form == Form::Json {
            self.write_json(answer);
        }
    }

    fn write_json<T: Serialize>(&mut self, value: &T) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.write(&(text + "\n")),
            Err(error) => self.broken = Some(io::Error::other(error)),
        }
    }

    /// Says something to a person on standard error, unless `--quiet` or `--json` asks for silence.
    pub fn say(&self, words: &str) {
        if !self.quiet && self.form == Form::Human {
            complain(words);
        }
    }

    /// Tells diagnostics that do not end the run. In JSON they are a part of the answer.
    pub fn notes(&self, diagnostics: &[Diagnostic]) {
        if self.form == Form::Human {
            for diagnostic in diagnostics.iter().filter(|d| d.is_error() || !self.quiet) {
                complain(&render::diagnostic(diagnostic));
            }
        }
    }

    /// Tells why the command did not do what it was asked; gives the exit code.
    pub fn failure(&mut self, failure: &Failure) -> Exit {
        if self.form == Form::Json {
            print_error(failure.exit, failure.code(), &failure.diagnostics, &failure.decisions);
            return failure.exit;
        }
        for diagnostic in &failure.diagnostics {
            complain(&render::diagnostic(diagnostic));
        }
        if !failure.decisions.is_empty() {
            complain(&render::decisions(&failure.decisions));
        }
        failure.exit
    }

    /// Ends the output: an answer that could not be written turns success into failure.
    pub fn finish(self, exit: Exit) -> Exit {
        let flushed = io::stdout().flush().err().filter(worth_telling);
        let Some(error) = self.broken.or(flushed) else { return exit };
        complain(&render::diagnostic(&Diagnostic::error(
            "io",
            format!("cannot write to standard output: {error}"),
        )));
        if exit == Exit::Ok { Exit::Failure } else { exit }
    }

    fn write(&mut self, text: &str) {
        let mut stdout = anstream::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        if let Err(error) = written
            && worth_telling(&error)
        {
            self.broken = Some(error);
        }
    }
}

/// A reader that has seen enough (`| head`) is no failure.
fn worth_telling(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::BrokenPipe
}

/// Writes words to standard error; where that cannot be written, nobody could be told.
fn complain(words: &str) {
    let mut stderr = anstream::stderr().lock();
    let _ = stderr.write_all(words.as_bytes());
    if !words.ends_with('\n') {
        let _ = stderr.write_all(b"\n");
    }
}

/// An error as JSON on standard output.
pub fn print_error(exit: Exit, code: &str, diagnostics: &[Diagnostic], decisions: &[Decision]) {
    let report = ErrorReport {
        error: ErrorBody {
            code,
            exit: exit.code(),
            diagnostics,
            decisions: decisions.iter().map(DecisionReport::from).collect(),
        },
    };
    if let Ok(text) = serde_json::to_string_pretty(&report) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }
}

#[derive(Serialize)]
struct ErrorReport<'a> {
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    code: &'a str,
    exit: u8,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<DecisionReport<'a>>,
}

#[derive(Serialize)]
struct DecisionReport<'a> {
    question: &'a str,
    answers: Vec<AnswerReport<'a>>,
}

#[derive(Serialize)]
struct AnswerReport<'a> {
    flag: &'a str,
    meaning: &'a str,
    command: String,
}

impl<'a> From<&'a Decision> for DecisionReport<'a> {
    fn from(decision: &'a Decision) -> Self {
        let answers = decision
            .answers
            .iter()
            .map(|(flag, meaning)| AnswerReport {
                flag,
                meaning,
                command: shell::again([flag.as_str()]),
            })
            .collect();
        Self { question: &decision.question, answers }
    }
}
