//! A program that migrates and nothing else, to be started many times at once and killed at any instant.
//!
//! `migrator <migrate|rollback> <folder> <path or URL of the database>` prints the name of each migration that it ran, and exits as the
//! command line would.

use std::path::Path;
use std::process::ExitCode;

use peristyle_driver::{Options, Url};
use peristyle_migrate::{Error, Folder, MigrateOptions, RollbackOptions, Run, migrate, rollback};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [verb, folder, database] = arguments.as_slice() else {
        eprintln!("usage: migrator <migrate|rollback> <folder> <database>");
        return ExitCode::from(2);
    };
    match run(verb, Path::new(folder), database) {
        Ok(runs) => {
            for run in runs {
                println!("{}", run.id);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.kind().exit_code())
        }
    }
}

fn run(verb: &str, folder: &Path, database: &str) -> Result<Vec<Run>, Error> {
    let folder = Folder::open(folder)?;
    let (url, options) = match database.contains("://") {
        true => (database.parse()?, Options::default()),
        false => (Url::file(database), Options::create()),
    };
    let mut connection = peristyle_driver::open(&url, &options)?;
    match verb {
        "rollback" => {
            let options = RollbackOptions::default();
            Ok(rollback(connection.as_mut(), &folder, &options, &mut |_| {})?.undone)
        }
        _ => {
            let options = MigrateOptions::default();
            Ok(migrate(connection.as_mut(), &folder, &options, &mut |_| {})?.applied)
        }
    }
}
