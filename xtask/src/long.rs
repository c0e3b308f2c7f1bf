//! Runs of the suites in `tests/` that take long, or that write.

use crate::shell::cargo_in;

/// A suite with a number of its own: the variable that sets it, and the full number.
struct Suite {
    test: &'static str,
    variable: &'static str,
    full: &'static str,
}

/// The literate cases rewrite what they expect.
pub fn bless(_: &[String]) -> Result<(), String> {
    start(&Suite { test: "cases", variable: "PERISTYLE_BLESS", full: "1" }, &[])
}

/// The laws, on 10,000 random pairs.
pub fn laws(arguments: &[String]) -> Result<(), String> {
    start(&Suite { test: "laws", variable: "PERISTYLE_LAWS", full: "10000" }, arguments)
}

/// A thousand kills.
pub fn kill(arguments: &[String]) -> Result<(), String> {
    start(&Suite { test: "kill", variable: "PERISTYLE_KILLS", full: "1000" }, arguments)
}

/// Fifty rounds of sixteen migrators.
pub fn race(arguments: &[String]) -> Result<(), String> {
    start(&Suite { test: "concurrent", variable: "PERISTYLE_RACES", full: "50" }, arguments)
}

/// Runs a suite with its full number, or with the one that was asked for.
fn start(suite: &Suite, arguments: &[String]) -> Result<(), String> {
    let number = arguments.first().map_or(suite.full, String::as_str);
    let command = ["test", "-p", "peristyle-tests", "--test", suite.test, "--", "--nocapture"];
    cargo_in(&[(suite.variable, number)], &command)
}
