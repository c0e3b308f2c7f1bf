//! The `peristyle` command: arguments, configuration, prompts, printing, exit codes. It decides nothing about schemas.

mod args;
mod commands;
mod config;
mod context;
mod decide;
mod exit;
mod explain;
mod failure;
mod git;
mod lint;
mod output;
mod panic;
mod plan;
mod progress;
mod prompt;
#[cfg(test)]
mod reference;
mod render;
mod shell;
mod suggest;
mod target;
mod usage;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;
use crate::context::Context;
use crate::exit::Exit;

fn main() -> ExitCode {
    panic::install();
    // A handler that cannot be installed leaves the system's own behaviour, which is as safe: what runs in a database
    // is rolled back there.
    let _ = ctrlc::set_handler(interrupted);
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(usage::report(&error).code()),
    };
    let mut context = Context::new(cli.globals);
    let exit = match commands::run(cli.command, &mut context) {
        Ok(exit) => exit,
        Err(failure) => context.output.failure(&failure),
    };
    ExitCode::from(context.output.finish(exit).code())
}

fn interrupted() {
    let _ = writeln!(
        std::io::stderr(),
        "\ninterrupted: nothing is half done; run the command again to go on"
    );
    std::process::exit(i32::from(Exit::Interrupted.code()));
}
