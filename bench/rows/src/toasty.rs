//! Toasty, in a program of its own: its SQLite (libsqlite3-sys 0.38) cannot be linked beside that of sqlx and Diesel.

use std::path::{Path, PathBuf};
use std::process::Command;

use scenarios::Failure;
use scenarios::remote::Remote;

use crate::place::Place;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../toasty")
}

fn program() -> PathBuf {
    folder().join("target/release/rows-toasty")
}

/// Whether the program is there: who asked first was told if not.
pub fn is_built() -> bool {
    program().exists()
}

/// Builds the program where it is not built, and starts it on a database with the rows.
pub fn start(place: &Place, name: &str) -> Result<Remote, Failure> {
    let mut build = Command::new(env!("CARGO"));
    tools::output(
        build
            .args(["build", "--release", "--quiet", "--target-dir", "target"])
            .current_dir(folder()),
    )?;
    let mut program = Command::new(program());
    match place {
        // It fills one in memory itself: nobody else can reach it.
        Place::Memory => program.arg("memory"),
        Place::File(_) => program.args(["sqlite", &place.filled(name)?]),
        Place::Server(..) => program.args(["postgres", &place.filled(name)?]),
    };
    Remote::start(&mut program)
}
