//! The clinic changes its mind about an enum while rows hold its values.

use clinic::schema::{Appointment, AppointmentStatus};
use clinic::{chart, seed};
use peristyle::{Connection, Table};
use peristyle_migrate::{Choices, DroppedData, Error};
use systems_support::{Change, Database, System, on_every_engine};

const CLINIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

on_every_engine! { CLINIC on [sqlite, postgres]; {
    a_value_comes_between_others,
    a_value_that_nobody_has_goes,
    a_value_that_rows_have_does_not_go,
    a_value_is_renamed,
}}

fn change(database: &Database, old: &str, new: &str) -> Change {
    let choices = Choices { dropped: DroppedData::Lose, ..Choices::default() };
    Change::generate(&CLINIC, database, old, new, choices).unwrap()
}

/// All charts: a migration must not touch what it does not change.
fn charts(connection: &Connection) -> Vec<chart::Chart> {
    let patients = clinic::schema::Patient::all().all(connection).unwrap();
    chart::load(connection, patients).unwrap()
}

/// The words that a column holds, each once.
fn held(database: &Database, table: &str, column: &str) -> Vec<String> {
    let rows = database.query(&format!("SELECT DISTINCT {column} FROM {table} ORDER BY 1")).rows;
    let mut words: Vec<String> =
        rows.iter().map(|row| row[0].as_text().unwrap().to_owned()).collect();
    words.sort();
    words
}

fn a_value_comes_between_others(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let before = charts(connection);
    let set = "UPDATE appointments SET status = 'confirmed' WHERE status = 'scheduled'";
    assert!(database.execute(set).is_err());
    let change = change(database, "    Scheduled,\n", "    Scheduled,\n    Confirmed,\n");
    change.apply(database).unwrap();
    assert_eq!(charts(&database.open()), before);
    assert!(database.execute(set).unwrap() > 0);
    assert!(held(database, "appointments", "status").contains(&"confirmed".to_owned()));
    // The way back is stopped by a row that has no place in it, and goes once it has.
    assert!(matches!(change.take_back(database), Err(Error::Guard(_))));
    assert!(held(database, "appointments", "status").contains(&"confirmed".to_owned()));
    let reset = "UPDATE appointments SET status = 'scheduled' WHERE status = 'confirmed'";
    database.execute(reset).unwrap();
    change.take_back(database).unwrap();
    assert_eq!(charts(&database.open()), before);
    assert!(database.execute(set).is_err());
}

fn a_value_that_nobody_has_goes(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    Appointment::delete_all()
        .filter(Appointment::STATUS.eq(AppointmentStatus::NoShow))
        .run(connection)
        .unwrap();
    let before = charts(connection);
    let change = change(database, "    NoShow,\n", "");
    change.apply(database).unwrap();
    assert_eq!(charts(&database.open()), before);
    let set = "UPDATE appointments SET status = 'no_show'";
    assert!(database.execute(set).is_err());
    change.take_back(database).unwrap();
    assert_eq!(charts(&database.open()), before);
    assert!(database.execute(set).unwrap() > 0);
}

fn a_value_that_rows_have_does_not_go(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let before = charts(connection);
    let schema = database.schema();
    let change = change(database, "    NoShow,\n", "");
    let error = change.apply(database).unwrap_err();
    let Error::Guard(failure) = &error else { panic!("{error}") };
    assert!(format!("{:?}", failure.rows).contains("no_show"), "{failure:?}");
    assert_eq!(charts(&database.open()), before);
    assert_eq!(database.schema(), schema);
}

fn a_value_is_renamed(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let before = held(database, "appointments", "appointment_type");
    assert!(before.contains(&"telehealth".to_owned()));
    let change = change(
        database,
        "    Telehealth,\n",
        "    #[value(was = \"telehealth\")]\n    VideoVisit,\n",
    );
    change.apply(database).unwrap();
    let after = held(database, "appointments", "appointment_type");
    assert!(after.contains(&"video_visit".to_owned()) && !after.contains(&"telehealth".to_owned()));
    assert_eq!(after.len(), before.len());
    change.take_back(database).unwrap();
    assert_eq!(held(database, "appointments", "appointment_type"), before);
}
