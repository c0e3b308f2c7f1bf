//! Running one program to its end.

use std::process::{Command, Stdio};

use measure::{Spent, of_children};

use crate::Error;

/// How much of a failing program's words is kept: the last lines say why.
const WORDS: usize = 600;

/// Runs `command` without a terminal and gives what it wrote to its standard output.
///
/// # Errors
/// If it cannot be started or does not end with success.
pub fn output(command: &mut Command) -> Result<String, Error> {
    let program = words_of(command);
    let answer = command
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .output()
        .map_err(|reason| Error::NotStarted { program: program.clone(), reason, advice: "" })?;
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.stdout).into_owned());
    }
    let said = [answer.stdout.as_slice(), answer.stderr.as_slice()].concat();
    let said = String::from_utf8_lossy(&said);
    let skip = said.chars().count().saturating_sub(WORDS);
    Err(Error::Failed { program, words: said.chars().skip(skip).collect::<String>().trim().into() })
}

/// Runs `command` like [`output`] and says what it spent, its own children included.
///
/// # Errors
/// As [`output`].
pub fn timed(command: &mut Command) -> Result<Spent, Error> {
    let (answer, spent) = of_children(|| output(command));
    answer.map(|_| spent)
}

fn words_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
