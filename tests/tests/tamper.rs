//! Tampering with the migration folder: whatever is edited, removed, renamed, swapped or inserted is named; what editors and
//! version control do to line ends is not.
//!
//! `PERISTYLE_TAMPERS=500` sets how many edits are tried.

use std::fs;
use std::path::{Path, PathBuf};

use peristyle_migrate::Folder;
use peristyle_tests::history::{Project, rounds};
use peristyle_tests::random::Dice;

/// A way in which an editor or a checkout rewrites a file without changing what it says.
type Conversion<'a> = &'a dyn Fn(&str) -> String;

/// How many random edits are tried.
const TAMPERS: usize = 500;

const STEPS: &[(&str, &str)] = &[
    ("users", "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String }"),
    (
        "email",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String, email: Option<String> }",
    ),
    (
        "default",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, #[column(default = \"x\")] name: String, email: Option<String> }",
    ),
    (
        "rename",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, #[column(default = \"x\", was = \"name\")] full_name: String, email: Option<String> }",
    ),
    (
        "notes",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, #[column(default = \"x\")] full_name: String, email: Option<String> }
         #[derive(Table)] struct Note { #[key(auto)] id: Id<Note>, user_id: Id<User> }",
    ),
];

#[test]
fn every_edit_is_named() {
    let project = applied();
    let last = files(&project.folder()).pop().expect("a last file");
    let mut dice = Dice::of(4);
    let mut missed = Vec::new();
    let tries = rounds("PERISTYLE_TAMPERS", TAMPERS);
    for round in 0..tries {
        let copy = copied(&project);
        let (what, names) = tamper(&mut dice, copy.path());
        let named = |told: &str| names.iter().any(|name| told.contains(name.as_str()));
        // The folder by itself tells everything but that its end is missing: that only a database can know.
        let cut = files(copy.path()).last().and_then(|file| file.file_name()) != last.file_name()
            && what.ends_with("removed");
        let alone = told_by_the_folder(copy.path());
        if !named(&alone) && !cut {
            missed.push(format!("round {round}: {what}; the folder alone says: {alone}"));
        }
        let told = told(&project, copy.path());
        if !named(&told) {
            missed.push(format!("round {round}: {what}; the database says: {told}"));
        }
    }
    assert!(missed.is_empty(), "{} of {tries} not named:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn line_ends_and_marks_are_not_edits() {
    let project = applied();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let conversions: [(&str, Conversion<'_>); 7] = [
        ("CRLF", &crlf),
        ("a BOM", &|text| format!("\u{feff}{text}")),
        ("a BOM and CRLF", &|text| format!("\u{feff}{}", crlf(text))),
        ("no newline at the end", &|text| text.trim_end().to_owned()),
        ("two newlines at the end", &|text| format!("{text}\n")),
        ("CRLF and none at the end", &|text| crlf(text).trim_end().to_owned()),
        ("CRLF twice at the end", &|text| crlf(&format!("{text}\n"))),
    ];
    for (what, convert) in conversions {
        let all = copied(&project);
        for file in files(all.path()) {
            let one = copied(&project);
            for path in [file.clone(), one.path().join(file.file_name().expect("a name"))] {
                let text = fs::read_to_string(&path).expect("a migration can be read");
                fs::write(&path, convert(&text)).expect("a migration can be written");
            }
            assert_eq!(told(&project, one.path()), "", "{what} in {}", file.display());
        }
        assert_eq!(told(&project, all.path()), "", "{what} in every file");
    }
}

fn applied() -> Project {
    let project = Project::with(STEPS);
    project.migrate(&project.folder()).expect("the migrations run");
    project
}

fn copied(project: &Project) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    for file in files(&project.folder()) {
        let name = file.file_name().expect("a file has a name");
        fs::copy(&file, copy.path().join(name)).expect("a migration can be copied");
    }
    copy
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// What is said of a folder without a database.
fn told_by_the_folder(folder: &Path) -> String {
    match Folder::open(folder) {
        Ok(folder) => folder.faults().iter().map(|fault| format!("{fault}\n")).collect(),
        Err(error) => error.to_string(),
    }
}

/// What is said of a folder by itself, or else by a database that has all of its migrations.
fn told(project: &Project, folder: &Path) -> String {
    let faults = told_by_the_folder(folder);
    if !faults.is_empty() {
        return faults;
    }
    match project.migrate(folder) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

/// The name of a migration without the end of its file's.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What a text is once line ends, a mark at its start and newlines at its end are left aside.
fn essence(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut out = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        if !(*byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')) {
            out.push(*byte);
        }
    }
    while out.last() == Some(&b'\n') {
        out.pop();
    }
    out
}

/// Does something that must be noticed; says what, and the names one of which must be said.
fn tamper(dice: &mut Dice, folder: &Path) -> (String, Vec<String>) {
    let files = files(folder);
    let file = dice.pick(&files).clone();
    let name = stem(&file);
    match dice.below(8) {
        0..=3 => loop {
            let old = fs::read(&file).expect("a migration can be read");
            let (what, new) = edited(dice, old.clone());
            if essence(&new) != essence(&old) {
                fs::write(&file, new).expect("a migration can be written");
                return (format!("{what} in {name}"), vec![name]);
            }
        },
        4 => {
            fs::remove_file(&file).expect("a migration can be removed");
            (format!("{name} removed"), vec![name])
        }
        5 => {
            let to = format!("{}_renamed", &name[..name.len() - dice.place(3)]);
            fs::rename(&file, folder.join(format!("{to}.sql"))).expect("a file can be renamed");
            (format!("{name} renamed to {to}"), vec![name, to])
        }
        6 => {
            let other = files[(dice.place(files.len() - 1) + 1) % files.len()].clone();
            let other = if other == file {
                files.iter().find(|f| **f != file).expect("two").clone()
            } else {
                other
            };
            let (one, two) = (fs::read(&file).expect("read"), fs::read(&other).expect("read"));
            fs::write(&file, two).expect("write");
            fs::write(&other, one).expect("write");
            (format!("{name} and {} swapped", stem(&other)), vec![name, stem(&other)])
        }
        _ => {
            let number = dice.below(9);
            let to = format!("{number:04}_inserted_{}", dice.below(100));
            fs::copy(&file, folder.join(format!("{to}.sql"))).expect("a file can be copied");
            (format!("{name} copied to {to}"), vec![to, name])
        }
    }
}

/// A text with something of it changed.
fn edited(dice: &mut Dice, mut bytes: Vec<u8>) -> (String, Vec<u8>) {
    let at = dice.place(bytes.len());
    let byte = (dice.below(95) + 32) as u8;
    let what = match dice.below(5) {
        0 => {
            bytes[at] ^= 1 << dice.below(8);
            "a bit flipped"
        }
        1 => {
            bytes[at] = byte;
            "a byte replaced"
        }
        2 => {
            bytes.insert(at, byte);
            "a byte inserted"
        }
        3 => {
            bytes.remove(at);
            "a byte removed"
        }
        _ => {
            let mut lines: Vec<Vec<u8>> =
                bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            let line = dice.place(lines.len());
            match dice.below(3) {
                0 => drop(lines.remove(line)),
                1 => lines.insert(line, lines[line].clone()),
                _ => {
                    let next = (line + 1) % lines.len();
                    lines.swap(line, next);
                }
            }
            bytes = lines.concat();
            "a line moved"
        }
    };
    (format!("{what} at {at}"), bytes)
}
