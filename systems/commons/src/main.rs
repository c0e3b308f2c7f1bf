//! Commons on the command line: `commons seed [URL]`; the address may stand in `DATABASE_URL`.

use std::process::ExitCode;

use peristyle::Connection;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let url = arguments.next().or_else(|| std::env::var("DATABASE_URL").ok());
    let (Some("seed"), Some(url), None) = (command.as_deref(), url, arguments.next()) else {
        eprintln!("usage: commons seed postgres://localhost/commons");
        return ExitCode::from(2);
    };
    match seed(&url) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("commons: {error}");
            ExitCode::FAILURE
        }
    }
}

fn seed(url: &str) -> commons::Result<()> {
    let came = commons::seed::run(&Connection::open(url)?)?;
    println!(
        "{} users, {} profiles, {} actors, {} articles, {} other rows came",
        came.users, came.profiles, came.actors, came.articles, came.others
    );
    Ok(())
}
