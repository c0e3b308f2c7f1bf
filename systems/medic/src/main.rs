//! Medic on the command line: `medic seed [URL]`; the address may stand in `DATABASE_URL`.

use std::process::ExitCode;

use peristyle::Connection;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let url = arguments.next().or_else(|| std::env::var("DATABASE_URL").ok());
    let (Some("seed"), Some(url), None) = (command.as_deref(), url, arguments.next()) else {
        eprintln!("usage: medic seed postgres://localhost/medic");
        return ExitCode::from(2);
    };
    match seed(&url) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("medic: {error}");
            ExitCode::FAILURE
        }
    }
}

fn seed(url: &str) -> medic::Result<()> {
    let came = medic::seed::run(&Connection::open(url)?)?;
    println!(
        "{} specialties, {} users, {} doctors, {} patients, {} appointments came",
        came.specialties, came.users, came.doctors, came.patients, came.appointments
    );
    Ok(())
}
