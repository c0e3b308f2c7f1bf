//! The one command that passes all the tests.

use std::env;
use std::process::{Command, Stdio};

/// Checks the formatting and the lints where their tools are installed, then runs every test of the workspace.
pub fn run(arguments: &[String]) -> Result<(), String> {
    optional("fmt", &["fmt", "--all", "--check"])?;
    optional(
        "clippy",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    )?;
    let mut test = vec!["test", "--workspace", "--no-fail-fast"];
    test.extend(arguments.iter().map(String::as_str));
    cargo(&test)
}

/// Runs a check whose tool is a part of the toolchain that may not be installed; its absence is said aloud.
fn optional(tool: &str, arguments: &[&str]) -> Result<(), String> {
    let installed = Command::new(cargo_program())
        .args([tool, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !installed {
        eprintln!("cargo {tool} is not installed: NOT checked");
        return Ok(());
    }
    cargo(arguments)
}

fn cargo(arguments: &[&str]) -> Result<(), String> {
    eprintln!("$ cargo {}", arguments.join(" "));
    let status = Command::new(cargo_program())
        .args(arguments)
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", arguments.join(" "))) }
}

fn cargo_program() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
