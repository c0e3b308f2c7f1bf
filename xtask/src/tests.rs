//! The one command that passes all the tests.

use crate::postgres;
use crate::shell::{cargo, cargo_in, has_cargo_command};

/// Checks the formatting and the lints where their tools are installed, then runs every test of the workspace
/// beside a PostgreSQL server that is there for them alone.
pub fn run(arguments: &[String]) -> Result<(), String> {
    optional("fmt", &["fmt", "--all", "--check"])?;
    optional(
        "clippy",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    )?;
    let mut test = vec!["test", "--workspace", "--no-fail-fast"];
    test.extend(arguments.iter().map(String::as_str));
    let server = postgres::Server::for_tests()?;
    match server.own_url() {
        Some(url) => cargo_in(&[(postgres::VARIABLE, &url)], &test),
        // It is in the environment already, and may hold a password that is not to be printed.
        None => cargo(&test),
    }
}

/// Runs a check whose tool is a part of the toolchain that may not be installed; its absence is said aloud.
fn optional(tool: &str, arguments: &[&str]) -> Result<(), String> {
    if has_cargo_command(tool) {
        cargo(arguments)
    } else {
        eprintln!("cargo {tool} is not installed: NOT checked");
        Ok(())
    }
}
