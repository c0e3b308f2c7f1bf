//! `completions`: what a shell needs to complete our commands.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;

/// Prints the completions of a shell to standard output.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    pub shell: Shell,
}

/// Prints the completions.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "peristyle", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    context.output.data(&script);
    context.output.json(&serde_json::json!({ "shell": args.shell.to_string(), "script": script }));
    Ok(Exit::Ok)
}
