//! The literate cases: every page of `tests/cases` is a test.
//!
//! `PERISTYLE_BLESS=1 cargo test -p peristyle-tests --test cases` rewrites what the pages expect; read the difference before
//! you commit it. `PERISTYLE_CASE=<words>` runs only the cases with these words in their heading,
//! `PERISTYLE_DIALECT=sqlite` only one dialect.

use std::path::{Path, PathBuf};

use peristyle_sql::DialectName;
use peristyle_tests::cases::{Case, DIALECTS, Expectation, Outcome, Page, check, compare};

/// A test for each page.
macro_rules! pages {
    ($($page:ident),* $(,)?) => {
        const PAGES: &[&str] = &[$(stringify!($page)),*];
        $(
            #[test]
            fn $page() {
                run(stringify!($page));
            }
        )*
    };
}

pages![
    arrays,
    checks,
    columns,
    comments,
    defaults,
    domains,
    enums,
    exclusion,
    extensions,
    foreign_keys,
    functions_and_triggers,
    generated,
    grants,
    identity_and_sequences,
    indexes,
    json,
    keep_data,
    keys,
    materialized_views,
    namespaces,
    not_valid,
    options,
    orders_of_steps,
    partitions,
    policies,
    postgres_enums,
    postgres_indexes,
    postgres_types,
    rebuilds,
    refused,
    renames,
    tables,
    triggers,
    types,
    views,
];

/// The fewest cases that there must be of each dialect.
const FEWEST: usize = 200;

#[test]
fn every_page_is_a_test() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.replace('-', "_")))
        .collect();
    found.sort();
    assert_eq!(found, PAGES);
    for dialect in DIALECTS {
        let tried = |page: &&str| {
            let (_, page) = open(page);
            page.cases.iter().filter(|case| case.expectation(dialect).is_some()).count()
        };
        let count: usize = PAGES.iter().map(tried).sum();
        println!("{count} cases of {dialect}");
        assert!(count >= FEWEST, "{count} cases of {dialect}");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn open(page: &str) -> (PathBuf, Page) {
    let name = format!("{}.md", page.replace('_', "-"));
    let path = folder().join(&name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    let page = Page::parse(&format!("tests/cases/{name}"), &text);
    (path, page.unwrap_or_else(|error| panic!("{error}")))
}

fn run(name: &str) {
    let (path, page) = open(name);
    let wanted = std::env::var("PERISTYLE_CASE").unwrap_or_default();
    let bless = std::env::var("PERISTYLE_BLESS").is_ok_and(|value| value == "1");
    let only: Option<DialectName> = std::env::var("PERISTYLE_DIALECT").ok().map(|name| {
        name.parse().unwrap_or_else(|_| panic!("PERISTYLE_DIALECT: {name} is not a dialect"))
    });
    let mut news = Vec::new();
    let mut failures = Vec::new();
    for case in &page.cases {
        let mut held = Vec::new();
        if case.title.contains(&wanted) {
            let asked = |dialect: &DialectName| match only {
                _ if case.options.only.is_some_and(|only| only != *dialect) => false,
                Some(only) => only == *dialect,
                None => true,
            };
            for dialect in DIALECTS.into_iter().filter(asked) {
                match check(case, dialect) {
                    Ok(outcome) => {
                        failures.extend(complaints(case, dialect, &outcome, bless));
                        held.push((dialect, outcome.expectation));
                    }
                    Err(message) => failures.push((case.line, case.title.clone(), message)),
                }
            }
        }
        news.push(held);
    }
    if bless {
        std::fs::write(&path, page.blessed(&news)).expect("a page can be written");
    }
    let told: Vec<String> = failures
        .iter()
        .map(|(line, title, message)| format!("{}:{line}: {title}\n{message}", page.file))
        .collect();
    let lines: std::collections::BTreeSet<usize> = failures.iter().map(|f| f.0).collect();
    let (failed, all) = (lines.len(), page.cases.len());
    assert!(told.is_empty(), "{failed} of {all} cases failed\n\n{}", told.join("\n"));
}

/// What is wrong with a case: its text, which blessing puts right, or what its SQL does, which it does not.
fn complaints(
    case: &Case,
    dialect: DialectName,
    outcome: &Outcome,
    bless: bool,
) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let mut complain = |message: String| {
        found.push((case.line, format!("{} ({dialect})", case.title), message));
    };
    if let Some(failure) = &outcome.failure {
        complain(failure.clone());
    }
    let expected = case.expectation(dialect);
    if !bless && expected.as_ref() != Some(&outcome.expectation) {
        let text = |expectation: &Expectation| match expectation {
            Expectation::Sql { up, down } => format!("up:\n{up}\ndown:\n{down}"),
            Expectation::Refused(words) => format!("refused:\n{words}"),
        };
        let expected = expected.as_ref().map(text).unwrap_or_default();
        let difference = compare(&expected, &text(&outcome.expectation));
        complain(format!("  not as the page says:\n{difference}"));
    }
    found
}
