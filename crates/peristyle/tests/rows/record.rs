//! Every statement that a test runs stands in a file beside the tests, one file for each room and database: there a person reads
//! them, and a statement that changes is seen. `cargo xtask bless` writes the files.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// The test that runs on this thread.
#[derive(Debug, Clone)]
struct Test {
    /// The file with its statements.
    file: PathBuf,
    /// Where it stands among the tests of its room, and its name.
    place: (usize, String),
}

/// The tests of one room, and their statements, in the order of the source.
type Room = BTreeMap<(usize, String), Vec<String>>;

thread_local! {
    static TEST: RefCell<Option<Test>> = const { RefCell::new(None) };
    static LISTENER: RefCell<Option<DefaultGuard>> = const { RefCell::new(None) };
}

/// What was run so far, by file.
static RUN: Mutex<BTreeMap<PathBuf, Room>> = Mutex::new(BTreeMap::new());

/// Listens to the statements of the test that calls this, until its end.
#[track_caller]
pub fn listen(dialect: &str) {
    let caller = Location::caller();
    let source = root(caller.file()).join(caller.file());
    let room = source.file_stem().expect("its name").to_string_lossy();
    let folder = source.parent().expect("its folder").canonicalize().expect("a folder");
    let file = folder.join("statements").join(format!("{room}.{dialect}.sql"));
    let text = std::fs::read_to_string(&source).expect("the source is read");
    let place = enclosing(&text, caller.line() as usize);
    TEST.set(Some(Test { file, place }));
    LISTENER.with_borrow_mut(|listener| {
        listener.get_or_insert_with(|| tracing::subscriber::set_default(Listener));
    });
}

/// Listens no longer: which statements run is a matter of time.
pub fn stop() {
    TEST.set(None);
}

/// The function around a line of a source, and the line where it begins.
fn enclosing(source: &str, line: usize) -> (usize, String) {
    let name = |line: &str| {
        // Functions inside of others stand further in.
        let head = line.trim_start_matches("pub ").trim_start_matches("async ");
        let name = head.strip_prefix("fn ")?.split(['(', '<']).next()?;
        Some(name.to_owned())
    };
    let before: Vec<&str> = source.lines().take(line).collect();
    let found = before.iter().enumerate().rev().find_map(|(at, line)| Some((at, name(line)?)));
    let (at, name) = found.expect("a function");
    let is_test = at.checked_sub(1).and_then(|at| before.get(at)).is_some_and(|attribute| {
        attribute.contains("#[test]") || attribute.contains("#[tokio::test")
    });
    assert!(is_test, "`{name}` is no test: it needs #[track_caller], so that its caller is known");
    (at, name)
}

/// A statement is to be run.
fn run(sql: &str) {
    let Some(Test { file, place }) = TEST.with_borrow(Clone::clone) else { return };
    let mut all = RUN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let room = all.entry(file.clone()).or_default();
    let statements = room.entry(place.clone()).or_default();
    if statements.iter().any(|known| known == sql) {
        return;
    }
    statements.push(sql.to_owned());
    let ran = section(&place.1, statements);
    if std::env::var_os("PERISTYLE_BLESS").is_some() {
        let text = room.iter().map(|((_, test), statements)| section(test, statements));
        let text: Vec<String> = text.collect();
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(&file, text.join("\n")).expect("the statements are written");
        return;
    }
    drop(all);
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let head = format!("-- {}\n", place.1);
    let known = known.split("\n\n").find(|section| section.starts_with(&head)).unwrap_or_default();
    assert!(
        format!("{}\n", known.trim_end()).starts_with(&ran),
        "a statement that is not the one in {}:\n{sql}\n\nIf it is meant: `cargo xtask bless`, and read the difference.\n\nSo far: {ran}\nThere: {known}",
        file.display()
    );
}

/// The statements of a test as they stand in the file.
fn section(test: &str, statements: &[String]) -> String {
    let mut text = format!("-- {test}\n");
    for statement in statements {
        // An empty line would end the section.
        let lines: Vec<&str> = statement.lines().filter(|line| !line.trim().is_empty()).collect();
        let _ = writeln!(text, "{};", abridged(&lines.join("\n")));
    }
    text
}

/// The statement with the first of many rows alone.
fn abridged(statement: &str) -> String {
    let Some((head, rest)) = statement.split_once(" VALUES (") else { return statement.to_owned() };
    let rows: Vec<&str> = rest.split("), (").collect();
    let (Some(first), Some((_, tail))) =
        (rows.first(), rows.last().and_then(|row| row.split_once(')')))
    else {
        return statement.to_owned();
    };
    match rows.len() {
        0..3 => statement.to_owned(),
        count => format!("{head} VALUES ({first}), … {count} rows{tail}"),
    }
}

/// Hears the SQL of each statement.
struct Listener;

impl Visit for Listener {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            run(value);
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn Debug) {}
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "peristyle::statement"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Listener);
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}
    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn event(&self, _event: &Event<'_>) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

/// The root of the repository, in which `file!()` and its kin are written.
fn root(file: &str) -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join(file).exists())
        .expect("the source file of the test")
}

/// A test that is gone leaves nothing in the files.
#[test]
fn no_statements_of_a_test_that_is_gone() {
    for folder in ["crates/peristyle/tests/rows", "tests/tests/postgres_rows"] {
        let folder = root(file!()).join(folder);
        let files = std::fs::read_dir(folder.join("statements")).expect("the statements");
        let mut tests = 0;
        for file in files {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("its name").to_string_lossy().into_owned();
            let room = name.split('.').next().expect("its room");
            let source = folder.join(room).with_extension("rs");
            let source = std::fs::read_to_string(source).expect("its source");
            let text = std::fs::read_to_string(&path).expect("the statements");
            for test in text.lines().filter_map(|line| line.strip_prefix("-- ")) {
                assert!(source.contains(&format!("fn {test}(")), "{name}: no test `{test}`");
                tests += 1;
            }
        }
        assert!(tests > 0);
    }
}
