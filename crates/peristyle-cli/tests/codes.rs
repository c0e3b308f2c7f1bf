//! Every diagnostic's code that the crates use can be explained.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::Project;

/// Words of the sources that are written as codes are, and are none.
const NOT_CODES: [&str; 11] = [
    "check-failed",
    "exit-codes",
    "kebab-case",
    "lint-errors",
    "lock-held",
    "ls-files",
    "peristyle-lease",
    "pre-commit",
    "rev-parse",
    "verify-ca",
    "verify-full",
];

#[test]
fn every_code_in_use_is_explained() {
    let mut used = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut used);
    assert!(used.len() > 50, "the scan has found too little: {used:?}");
    let list = Project::empty().run(["explain", "--json"]).ok().json();
    let explained: BTreeSet<&str> = list["codes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|code| code["name"].as_str())
        .collect();
    let missing: Vec<&String> =
        used.iter().filter(|code| !explained.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "add these to src/explain/codes.rs: {missing:?}");
}

/// The codes in the sources below the crates' `src` folders.
fn collect(folder: &Path, used: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let elsewhere = ["tests", "target", "tests.rs", "peristyle-query", "explain"];
        if elsewhere.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() {
            collect(&path, used);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            used.extend(hyphenated(code).filter(|word| !NOT_CODES.contains(&word.as_str())));
        }
    }
}

/// The texts in a source that are written as codes are: `no-database`.
fn hyphenated(source: &str) -> impl Iterator<Item = String> + '_ {
    source.split('"').filter_map(|word| {
        let code = word.contains('-') && word.starts_with(|c: char| c.is_ascii_lowercase());
        (code && word.split('-').all(is_plain)).then(|| word.to_owned())
    })
}

fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
