//! A clinic of many patients, each with an allergy, a condition and an appointment with a record, a symptom and a prescription.
//!
//! The database makes the rows itself, one statement for each table: a hundred thousand patients come in seconds.

use peristyle::{Connection, Timestamp, Uuid};

use crate::Result;

/// How many patients a provider has.
const PATIENTS_OF_A_PROVIDER: u32 = 200;

/// How many appointments there are for one that is in progress.
const APPOINTMENTS_FOR_ONE_IN_PROGRESS: u32 = 500;

/// When the first appointment begins.
const BEGINNING: i64 = 1_893_456_000;

/// How many minutes apart appointments begin.
const MINUTES_APART: u32 = 5;

/// Keys are spread as random ones are: numbers are multiplied by this, modulo 2³².
const SPREAD: u32 = 0x9E37_79B1;

/// What a key is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of {
    Provider = 1,
    Patient = 2,
    Appointment = 3,
    Record = 4,
}

/// The key of a row: what it is of, and its number.
pub(crate) fn key(of: Of, number: u32) -> Uuid {
    let spread = u128::from(number.wrapping_mul(SPREAD));
    let of = of as u128;
    Uuid::from_u128((spread << 96) | 0x8000_8000_0000_0000_0000 | (of << 32) | u128::from(number))
}

pub(crate) fn last_name(number: u32) -> String {
    format!("Family{:05}", number / 10)
}

pub(crate) fn first_name(number: u32) -> String {
    format!("Given{}", number % 10)
}

pub(crate) fn phone(number: u32) -> String {
    format!("+1-555-{number:07}")
}

pub(crate) fn email(number: u32) -> String {
    format!("patient{number}@example.org")
}

/// When an appointment begins.
pub(crate) fn moment(number: u32) -> Timestamp {
    let after = jiff::SignedDuration::from_mins(i64::from(MINUTES_APART) * i64::from(number));
    Timestamp::constant(BEGINNING, 0) + after
}

/// Fills an empty clinic with so many patients; then lets the database look at its rows (`ANALYZE`). The address says in which
/// of its two languages the database is spoken to.
pub fn fill(connection: &Connection, url: &str, patients: u32) -> Result<()> {
    let words = if url.starts_with("postgres") { &POSTGRES } else { &SQLITE };
    connection.execute_script(words.before)?;
    connection.transaction(|connection| {
        connection.execute_script(words.first)?;
        connection.execute_script(&rows(words, patients))?;
        connection.execute_script(words.last)
    })?;
    connection.execute_script(words.after)?;
    Ok(())
}

/// What the databases say in different words. `$n` is the number of a row.
struct Words {
    /// The key of a row: `$of` is what it is of.
    key: &'static str,
    /// A number with leading zeros, `$width` digits in all.
    padded: &'static str,
    /// The moment so many seconds (`$seconds`) after 1970 began.
    moment: &'static str,
    /// A text as a value of an enum.
    status: &'static str,
    /// What comes before the transaction that makes the rows.
    before: &'static str,
    /// What the transaction begins with.
    first: &'static str,
    /// What it ends with.
    last: &'static str,
    /// What comes after it.
    after: &'static str,
}

const SQLITE: Words = Words {
    key: "printf('%08x-0000-8000-8000-%04x%08x', ($n * $spread) & 4294967295, $of, $n)",
    padded: "printf('%0$widthd', $n)",
    moment: "strftime('%Y-%m-%dT%H:%M:%f000Z', $seconds, 'unixepoch')",
    status: "$text",
    // Keys come in no order, so each row is on another page: all pages are kept until the rows are there.
    before: "PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF",
    first: "",
    last: "",
    after: "PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000; ANALYZE",
};

const POSTGRES: Words = Words {
    key: "CAST(lpad(to_hex(($n * $spread) & 4294967295), 8, '0') || '-0000-8000-8000-' \
          || lpad(to_hex($of), 4, '0') || lpad(to_hex($n), 8, '0') AS uuid)",
    padded: "lpad(CAST($n AS text), $width, '0')",
    moment: "to_timestamp($seconds)",
    status: "CAST($text AS appointment_status)",
    before: "",
    // One look at all rows is far faster than one for each: https://www.postgresql.org/docs/current/populate.html#POPULATE-RM-FKEYS
    first: "CREATE TEMPORARY TABLE keys AS
            SELECT conrelid::regclass AS of, conname AS name, pg_get_constraintdef(oid) AS text
            FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace;
        DO $$ DECLARE key record; BEGIN FOR key IN SELECT * FROM keys LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.of, key.name);
        END LOOP; END $$",
    last: "DO $$ DECLARE key record; BEGIN FOR key IN SELECT * FROM keys LOOP
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', key.of, key.name, key.text);
        END LOOP; END $$;
        DROP TABLE keys",
    after: "ANALYZE",
};

/// The rows: their keys first, which several tables share.
fn rows(words: &Words, patients: u32) -> String {
    let key = |of: Of, n: &str| {
        let key = words.key.replace("$of", &(of as u32).to_string());
        key.replace("$n", n).replace("$spread", &SPREAD.to_string())
    };
    let padded =
        |n: &str, width: u32| words.padded.replace("$n", n).replace("$width", &width.to_string());
    let of_provider = format!("(n / {PATIENTS_OF_A_PROVIDER})");
    let status = format!(
        "CASE WHEN n % {APPOINTMENTS_FOR_ONE_IN_PROGRESS} = 0 THEN 'in_progress' ELSE 'completed' END"
    );
    let seconds = format!("{BEGINNING} + {} * n", 60 * MINUTES_APART);
    format!(
        "CREATE TEMPORARY TABLE numbered AS
            WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < {patients})
            SELECT n, {provider} AS provider, {patient} AS patient, {appointment} AS appointment, {record} AS record
            FROM counted;
        INSERT INTO providers (id, email, password_hash, first_name, last_name)
            SELECT DISTINCT provider, 'p' || {of_provider} || '@example.org', '!', 'Given', 'Family' FROM numbered;
        INSERT INTO patients (id, provider_id, first_name, last_name, date_of_birth, sex, phone, email)
            SELECT patient, provider, 'Given' || (n % 10), 'Family' || {family}, '1980-01-01', 'other',
                '+1-555-' || {phone}, 'patient' || n || '@example.org'
            FROM numbered;
        INSERT INTO allergies (patient_id, allergen, severity) SELECT patient, 'Pollen', 'mild' FROM numbered;
        INSERT INTO chronic_conditions (patient_id, condition) SELECT patient, 'Asthma' FROM numbered;
        INSERT INTO appointments (id, patient_id, provider_id, appointment_date, appointment_type, status)
            SELECT appointment, patient, provider, {moment}, 'follow_up', {status} FROM numbered;
        INSERT INTO medical_records (id, appointment_id, chief_complaint, subjective, objective, assessment, plan)
            SELECT record, appointment, 'Cough', '', '', '', '' FROM numbered;
        INSERT INTO symptoms (medical_record_id, name) SELECT record, 'Cough' FROM numbered;
        INSERT INTO prescriptions (medical_record_id, medication, dosage, frequency, duration)
            SELECT record, 'Honey', '5 mL', 'Daily', '5 days' FROM numbered;
        DROP TABLE numbered",
        provider = key(Of::Provider, &of_provider),
        patient = key(Of::Patient, "n"),
        appointment = key(Of::Appointment, "n"),
        record = key(Of::Record, "n"),
        family = padded("(n / 10)", 5),
        phone = padded("n", 7),
        moment = words.moment.replace("$seconds", &seconds),
        status = words.status.replace("$text", &status),
    )
}
