//! The clinic on the command line: `clinic seed|charts|gain [URL]`; the address may stand in `DATABASE_URL`.

use std::process::ExitCode;

use clinic::schema::Patient;
use clinic::{chart, gain, large, seed};
use peristyle::{Connection, Table};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let url = arguments.next().or_else(|| std::env::var("DATABASE_URL").ok());
    let (Some(command), Some(url), None) = (command, url, arguments.next()) else {
        eprintln!("usage: clinic seed|charts|gain sqlite:dev.db");
        return ExitCode::from(2);
    };
    let done = Connection::open(&url).map_err(Into::into).and_then(|c| match command.as_str() {
        "seed" => seed_it(&c),
        "charts" => charts(&c),
        "gain" => gains(&c, &url),
        other => Err(format!("there is no command `{other}`").into()),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("clinic: {error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn seed_it(connection: &Connection) -> Outcome {
    let came = seed::run(connection)?;
    println!(
        "{} provider, {} patients, {} allergies and conditions, {} appointments, {} rows of records came",
        came.providers, came.patients, came.history, came.appointments, came.records
    );
    Ok(())
}

fn charts(connection: &Connection) -> Outcome {
    let patients = Patient::all().order(Patient::LAST_NAME.asc()).all(connection)?;
    for chart in chart::load(connection, patients)? {
        println!("{}, {}", chart.patient.last_name, chart.patient.first_name);
        for visit in &chart.visits {
            let complaint = visit.record.as_ref().map(|record| &record.record.chief_complaint);
            println!(
                "  {}  {:?}  {}",
                visit.appointment.appointment_date,
                visit.appointment.status,
                complaint.or(visit.appointment.reason.as_ref()).map_or("", String::as_str)
            );
        }
    }
    Ok(())
}

/// Fills an empty clinic with 100,000 patients and measures every index.
fn gains(connection: &Connection, url: &str) -> Outcome {
    if Patient::all().exists(connection)? {
        return Err("this clinic has patients; measure on an empty, migrated database".into());
    }
    large::fill(connection, url, 100_000)?;
    println!("| index | rows | with, µs | without, µs | times faster |\n|---|---:|---:|---:|---:|");
    for gain in gain::measure(connection)? {
        println!(
            "| `{}` | {} | {} | {} | {:.0} |",
            gain.index,
            gain.rows,
            gain.with.as_micros(),
            gain.without.as_micros(),
            gain.ratio()
        );
    }
    Ok(())
}
