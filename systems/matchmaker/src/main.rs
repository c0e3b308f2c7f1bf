//! Matchmaker on the command line: `matchmaker seed|journey|rows sqlite:dev.db`.

use std::process::ExitCode;

use matchmaker::schema::{ChatMessage, NeedsProfile, Practitioner, Role};
use matchmaker::{Error, booking, intake, matching, seed};
use peristyle::{Connection, Table, Timestamp};
use peristyle_driver::{Options, Url, Value};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["seed", url] => open(url).and_then(|c| seed_it(&c)),
        ["journey", url] => open(url).and_then(|c| journey(&c)),
        ["rows", url] => rows(url),
        _ => {
            eprintln!("usage: matchmaker seed|journey|rows sqlite:dev.db");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("matchmaker: {error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn open(url: &str) -> Result<Connection, Box<dyn std::error::Error>> {
    Ok(Connection::open(url)?)
}

fn seed_it(connection: &Connection) -> Outcome {
    let seeded = seed::run(connection)?;
    println!("  {} practitioners and {} slots came", seeded.practitioners, seeded.slots);
    Ok(())
}

/// A visitor's whole way, told step by step.
fn journey(connection: &Connection) -> Outcome {
    let session = intake::start(connection, None)?;
    println!("  a visitor without an account starts session {}", session.id);
    intake::say(
        connection,
        &session.id,
        ChatMessage {
            role: Role::Visitor,
            text: "I cannot sleep before exams.".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        },
    )?;
    let profile = NeedsProfile {
        concerns: vec!["anxiety".to_owned()],
        preferred_modalities: vec!["cbt".to_owned()],
        budget: Some("90".parse()?),
        ..NeedsProfile::default()
    };
    intake::store_profile(connection, &session.id, profile.clone())?;
    let matches = matching::find(connection, &profile)?;
    intake::store_matches(connection, &session.id, matches.clone())?;
    println!(
        "  anxiety, at most 90: {} of {} practitioners match (the others are too dear, inactive, not verified or do other things)",
        matches.len(),
        Practitioner::all().count(connection)?,
    );
    let best = matches.first().ok_or("nobody matches: seed first")?;
    println!("  best: {} ({})", best.practitioner_id, best.reasons.join(", "));
    let slots = booking::free_slots(connection, &best.practitioner_id, Timestamp::UNIX_EPOCH)?;
    let slot = slots.first().ok_or("no free slot is left")?;
    let requested = booking::request(connection, &session.id, &slot.id, Some("first visit"))?;
    println!("  slot {} is requested: {:?}", slot.starts_at, requested.status);
    match booking::request(connection, &session.id, &slot.id, None) {
        Err(Error::SlotTaken) => println!("  a second request for it: {}", Error::SlotTaken),
        other => return Err(format!("a slot was booked twice: {other:?}").into()),
    }
    let email = format!("{}@example.org", session.id);
    let user = intake::sign_up(connection, &session.id, &email, Some("Ada"))?;
    println!("  the visitor signs up: session and booking now carry user {}", user.id);
    Ok(())
}

/// How many rows each table holds, and a digest of their values, whatever their columns are.
fn rows(url: &str) -> Outcome {
    let url: Url = url.parse()?;
    let mut connection = peristyle_driver::open(&url, &Options::default())?;
    let tables = connection.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name NOT LIKE '\\_peristyle\\_%' ESCAPE '\\' ORDER BY name",
        &[],
    )?;
    for table in tables.rows {
        let Some(Value::Text(name)) = table.into_iter().next() else { continue };
        let quoted = name.replace('"', "\"\"");
        let rows = connection.query(&format!("SELECT * FROM \"{quoted}\" ORDER BY 1"), &[])?.rows;
        println!("    {name:20} {:4} rows  {:016x}", rows.len(), digest(&format!("{rows:?}")));
    }
    Ok(())
}

/// FNV-1a: enough to see that nothing changed.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}
