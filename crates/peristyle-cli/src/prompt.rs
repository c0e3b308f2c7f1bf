//! Questions to a person: only on a terminal, never elsewhere.

use std::io::IsTerminal;

use inquire::{Confirm, InquireError, Select, Text};
use peristyle_sql::Decision;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use peristyle_schema::Diagnostic;

/// Whether there is a person to ask: standard input and standard error are a terminal, and the answer is not for a program.
pub fn possible(output: &Output) -> bool {
    !output.is_json() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for a yes; anything else is a no.
pub fn confirm(question: &str) -> Result<bool, Failure> {
    Confirm::new(question).with_default(false).prompt().map_err(failed)
}

/// Asks one decision; gives the flag that was chosen, its placeholder filled in. None: the person chose none.
pub fn decide(decision: &Decision) -> Result<Option<String>, Failure> {
    const NONE: &str = "none of these: stop here";
    let mut labels: Vec<String> =
        decision.answers.iter().map(|(flag, meaning)| format!("{meaning}  ({flag})")).collect();
    labels.push(NONE.to_owned());
    let chosen = Select::new(&decision.question, labels).raw_prompt().map_err(failed)?;
    let Some((flag, _)) = decision.answers.get(chosen.index) else { return Ok(None) };
    fill(flag).map(Some)
}

/// Asks for what stands between `<` and `>` in a flag.
fn fill(flag: &str) -> Result<String, Failure> {
    let Some((before, rest)) = flag.split_once('<') else { return Ok(flag.to_owned()) };
    let Some((placeholder, after)) = rest.split_once('>') else { return Ok(flag.to_owned()) };
    let value = Text::new(&format!("{placeholder}:")).prompt().map_err(failed)?;
    Ok(format!("{before}{value}{after}"))
}

fn failed(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure::interrupted()
        }
        other => Failure::new(
            Exit::Failure,
            Diagnostic::error("prompt", format!("cannot ask on this terminal: {other}")),
        ),
    }
}
