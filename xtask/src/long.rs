//! Runs of the suites in `tests/` that take long, or that write.

use crate::shell::cargo_in;

/// A suite with a number of its own: its tests, the variable that sets the number, and the full number.
struct Suite {
    test: &'static str,
    filter: &'static str,
    variable: &'static str,
    full: &'static str,
}

/// One chore on each database.
struct Suites {
    sqlite: Suite,
    postgres: Suite,
}

/// The literate cases rewrite what they expect, and so do the tests of rows; `--rows` does the latter alone.
pub fn bless(arguments: &[String]) -> Result<(), String> {
    let rows = arguments.iter().any(|argument| argument == "--rows");
    let one = arguments.iter().any(|argument| argument.starts_with("--") && argument != "--rows");
    let variables = [("PERISTYLE_BLESS", "1"), ("PERISTYLE_DIALECT", dialect(arguments))];
    if !rows {
        let asked = if one { &variables[..] } else { &variables[..1] };
        cargo_in(asked, &["test", "-p", "peristyle-tests", "--test", "cases"])?;
    }
    if !one || dialect(arguments) == "sqlite" {
        cargo_in(&variables[..1], &["test", "-p", "peristyle", "--test", "rows"])?;
    }
    if !one || dialect(arguments) == "postgres" {
        cargo_in(&variables[..1], &["test", "-p", "peristyle-tests", "--test", "postgres_rows"])?;
    }
    Ok(())
}

/// The laws, on 10,000 random pairs.
pub fn laws(arguments: &[String]) -> Result<(), String> {
    let suite = |filter, variable, full| Suite { test: "laws", filter, variable, full };
    let suites = Suites {
        sqlite: suite("the_laws_hold_for_random_pairs", "PERISTYLE_LAWS", "10000"),
        postgres: suite("the_laws_hold_on_postgres", "PERISTYLE_LAWS_POSTGRES", "2000"),
    };
    start(&suites, arguments)
}

/// Ten thousand random queries.
pub fn queries(arguments: &[String]) -> Result<(), String> {
    let suite = |filter, variable| Suite { test: "queries", filter, variable, full: "10000" };
    let suites = Suites {
        sqlite: suite("random_queries_on_sqlite", "PERISTYLE_QUERIES"),
        postgres: suite("random_queries_on_postgres", "PERISTYLE_QUERIES_POSTGRES"),
    };
    start(&suites, arguments)
}

/// Rounds of transactions that are dropped, cancelled, ended.
pub fn cancel(arguments: &[String]) -> Result<(), String> {
    let suite =
        |filter| Suite { test: "cancelled", filter, variable: "PERISTYLE_CANCELLED", full: "200" };
    start(&Suites { sqlite: suite("on_sqlite"), postgres: suite("on_postgres") }, arguments)
}

/// A thousand kills.
pub fn kill(arguments: &[String]) -> Result<(), String> {
    let suite = |test, full| Suite { test, filter: "killed", variable: "PERISTYLE_KILLS", full };
    let suites = Suites { sqlite: suite("kill", "1000"), postgres: suite("postgres_kill", "500") };
    start(&suites, arguments)
}

/// Immediate stops of a PostgreSQL server.
pub fn stop(arguments: &[String]) -> Result<(), String> {
    let suite = || Suite {
        test: "postgres_kill",
        filter: "stopped",
        variable: "PERISTYLE_STOPS",
        full: "50",
    };
    start(&Suites { sqlite: suite(), postgres: suite() }, arguments)
}

/// Fifty rounds of sixteen migrators.
pub fn race(arguments: &[String]) -> Result<(), String> {
    let suite = |test, full| Suite { test, filter: "", variable: "PERISTYLE_RACES", full };
    let suites =
        Suites { sqlite: suite("concurrent", "50"), postgres: suite("postgres_race", "20") };
    start(&suites, arguments)
}

/// The database that the arguments ask for.
fn dialect(arguments: &[String]) -> &'static str {
    if arguments.iter().any(|argument| argument == "--postgres") { "postgres" } else { "sqlite" }
}

/// Runs a suite with its full number, or with the one that was asked for.
fn start(suites: &Suites, arguments: &[String]) -> Result<(), String> {
    let suite = match dialect(arguments) {
        "postgres" => &suites.postgres,
        _ => &suites.sqlite,
    };
    let asked = arguments.iter().find(|argument| !argument.starts_with("--"));
    let number = asked.map_or(suite.full, String::as_str);
    let command = ["test", "-p", "peristyle-tests", "--test", suite.test, "--"];
    let command = [&command[..], &[suite.filter, "--nocapture"]].concat();
    cargo_in(&[(suite.variable, number)], &command)
}
