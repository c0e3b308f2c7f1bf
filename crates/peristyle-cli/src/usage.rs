//! Arguments that were not understood.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use peristyle_schema::Diagnostic;

use crate::exit::Exit;
use crate::output;

/// Commands of the plan that this version does not have: a hint is kinder than “unrecognized subcommand”.
const LATER: [&str; 11] = [
    "dev", "lint", "docs", "types", "studio", "rebase", "squash", "repair", "fleet", "hooks",
    "doctor",
];

/// Tells what was wrong with the arguments, or prints the help that was asked for; gives the exit code.
pub fn report(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match error.print() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Exit::Failure,
            _ => Exit::Ok,
        };
    }
    let later = later(error);
    if std::env::args_os().any(|argument| argument == "--json") {
        let message = later.unwrap_or_else(|| one_line(error));
        output::print_error(Exit::Usage, "usage", &[Diagnostic::error("usage", message)], &[]);
    } else if let Some(message) = later {
        let _ =
            writeln!(anstream::stderr(), "error: {message}\n\nFor more information, try '--help'.");
    } else {
        let _ = error.print();
    }
    Exit::Usage
}

/// The hint for a command that a later version will have.
fn later(error: &clap::Error) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    LATER
        .contains(&name.as_str())
        .then(|| format!("`{name}` is not part of this version of Peristyle"))
}

/// Clap's message without its heading and its usage lines.
fn one_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let line = words.join(" ");
    line.strip_prefix("error: ").unwrap_or(&line).to_owned()
}
