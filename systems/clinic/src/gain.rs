//! What each index gains: its query with it and without it, on a clinic of many rows.

use std::time::{Duration, Instant};

use peristyle::query::Source;
use peristyle::{Connection, Id, Query, Table, Timestamp, Uuid};

use crate::schema::{
    Allergy, AllergySeverity, Appointment, AppointmentStatus, AppointmentType, ChronicCondition,
    MedicalRecord, NewAllergy, NewAppointment, NewChronicCondition, NewMedicalRecord, NewPatient,
    NewPrescription, NewProvider, NewSymptom, Patient, Prescription, Provider, Sex, Symptom,
};
use crate::{Result, desk};

/// How many patients a provider of the large clinic has.
const PATIENTS_OF_A_PROVIDER: u32 = 200;

/// How many appointments of the large clinic there are for one that is in progress.
const APPOINTMENTS_FOR_ONE_IN_PROGRESS: u32 = 500;

/// An index, and the query that it was made for.
pub struct Claim {
    /// The index.
    pub index: &'static str,
    /// The query.
    pub query: Asked,
    /// The query's values, as SQL literals.
    pub values: Vec<String>,
}

/// A query over one of the tables.
pub enum Asked {
    Patients(Query<Patient>),
    Allergies(Query<Allergy>),
    Conditions(Query<ChronicCondition>),
    Appointments(Query<Appointment>),
    Symptoms(Query<Symptom>),
    Prescriptions(Query<Prescription>),
}

impl Asked {
    /// Its SQL.
    pub fn sql(&self, connection: &Connection) -> String {
        match self {
            Self::Patients(query) => query.sql(connection),
            Self::Allergies(query) => query.sql(connection),
            Self::Conditions(query) => query.sql(connection),
            Self::Appointments(query) => query.sql(connection),
            Self::Symptoms(query) => query.sql(connection),
            Self::Prescriptions(query) => query.sql(connection),
        }
    }

    /// How many rows it gives, all of them read.
    pub fn rows(&self, connection: &Connection) -> Result<usize> {
        fn read<S: Source>(query: &Query<S>, connection: &Connection) -> Result<usize> {
            Ok(query.clone().all(connection)?.len())
        }
        match self {
            Self::Patients(query) => read(query, connection),
            Self::Allergies(query) => read(query, connection),
            Self::Conditions(query) => read(query, connection),
            Self::Appointments(query) => read(query, connection),
            Self::Symptoms(query) => read(query, connection),
            Self::Prescriptions(query) => read(query, connection),
        }
    }
}

/// Every index that was made for a query, with that query, asked of a clinic of at least 600 patients.
pub fn claims() -> Vec<Claim> {
    let text = |text: &str| format!("'{text}'");
    let [patient, provider, record] = [key(PATIENT, 321), key(PROVIDER, 1), key(RECORD, 321)];
    let from = moment(300);
    let to = moment(320);
    let claim = |index, query, values| Claim { index, query, values };
    vec![
        claim(
            "patients_last_name_first_name_idx",
            Asked::Patients(desk::named(&last_name(321), &first_name(321))),
            vec![text(&last_name(321)), text(&first_name(321))],
        ),
        claim(
            "patients_phone_idx",
            Asked::Patients(desk::with_phone(&phone(321))),
            vec![text(&phone(321))],
        ),
        claim(
            "patients_email_idx",
            Asked::Patients(desk::with_email(&email(321))),
            vec![text(&email(321))],
        ),
        claim(
            "patients_provider_id_idx",
            Asked::Patients(desk::patients_of(&Id::new(provider))),
            vec![text(&provider.to_string())],
        ),
        claim(
            "allergies_patient_id_idx",
            Asked::Allergies(desk::allergies_of(&Id::new(patient))),
            vec![text(&patient.to_string())],
        ),
        claim(
            "chronic_conditions_patient_id_idx",
            Asked::Conditions(desk::conditions_of(&Id::new(patient))),
            vec![text(&patient.to_string())],
        ),
        claim(
            "appointments_patient_id_idx",
            Asked::Appointments(desk::appointments_of(&Id::new(patient))),
            vec![text(&patient.to_string())],
        ),
        claim(
            "appointments_provider_id_idx",
            Asked::Appointments(desk::agenda(&Id::new(provider))),
            vec![text(&provider.to_string())],
        ),
        claim(
            "appointments_appointment_date_idx",
            Asked::Appointments(desk::between(from, to)),
            vec![text(&from.to_string()), text(&to.to_string())],
        ),
        claim(
            "appointments_status_idx",
            Asked::Appointments(desk::standing(AppointmentStatus::InProgress)),
            vec![text("in_progress")],
        ),
        claim(
            "symptoms_medical_record_id_idx",
            Asked::Symptoms(desk::symptoms_of(&Id::new(record))),
            vec![text(&record.to_string())],
        ),
        claim(
            "prescriptions_medical_record_id_idx",
            Asked::Prescriptions(desk::prescriptions_of(&Id::new(record))),
            vec![text(&record.to_string())],
        ),
    ]
}

/// What an index gains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// The index.
    pub index: &'static str,
    /// How many rows its query gives.
    pub rows: usize,
    /// The median time of the query with the index.
    pub with: Duration,
    /// The median time of the query without it.
    pub without: Duration,
}

impl Gain {
    /// How many times faster the query is with the index.
    pub fn ratio(&self) -> f64 {
        self.without.as_secs_f64() / self.with.as_secs_f64()
    }
}

/// Times each query with its index, and without it in a transaction that is taken back.
pub fn measure(connection: &Connection) -> Result<Vec<Gain>> {
    claims().iter().map(|claim| measure_one(connection, claim)).collect()
}

fn measure_one(connection: &Connection, claim: &Claim) -> Result<Gain> {
    let rows = claim.query.rows(connection)?;
    let with = median(31, || claim.query.rows(connection))?;
    let undone = connection.begin()?;
    undone.execute_script(&format!("DROP INDEX {}", claim.index))?;
    let without = median(7, || claim.query.rows(&undone));
    drop(undone);
    Ok(Gain { index: claim.index, rows, with, without: without? })
}

/// The median time of so many runs, after one that warms up.
fn median(runs: usize, mut run: impl FnMut() -> Result<usize>) -> Result<Duration> {
    run()?;
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let begun = Instant::now();
        run()?;
        times.push(begun.elapsed());
    }
    times.sort();
    Ok(times[runs / 2])
}

/// Fills an empty clinic with so many patients, each with an allergy, a condition and an appointment with a record, a
/// symptom and a prescription; then lets the database look at its rows (`ANALYZE`).
pub fn fill(connection: &Connection, patients: u32) -> Result<()> {
    connection.transaction(|connection| {
        let providers = (0..patients.div_ceil(PATIENTS_OF_A_PROVIDER)).map(|number| NewProvider {
            id: Some(Id::new(key(PROVIDER, number))),
            ..NewProvider::new(format!("p{number}@example.org"), "!", "Given", "Family")
        });
        Provider::insert_many(providers).run(connection)?;
        for begin in (0..patients).step_by(1000) {
            fill_some(connection, begin..patients.min(begin + 1000))?;
        }
        Ok::<_, crate::Error>(())
    })?;
    connection.execute_script("ANALYZE")?;
    Ok(())
}

fn fill_some(connection: &Connection, numbers: std::ops::Range<u32>) -> Result<()> {
    let patients = numbers.clone().map(|number| NewPatient {
        id: Some(Id::new(key(PATIENT, number))),
        phone: Some(phone(number)),
        email: Some(email(number)),
        ..NewPatient::new(
            provider_of(number),
            first_name(number),
            last_name(number),
            peristyle::Date::constant(1980, 1, 1),
            Sex::Other,
        )
    });
    Patient::insert_many(patients).run(connection)?;
    let of = |number| Id::new(key(PATIENT, number));
    let allergies =
        numbers.clone().map(|number| NewAllergy::new(of(number), "Pollen", AllergySeverity::Mild));
    Allergy::insert_many(allergies).run(connection)?;
    let conditions = numbers.clone().map(|number| NewChronicCondition::new(of(number), "Asthma"));
    ChronicCondition::insert_many(conditions).run(connection)?;
    let appointments = numbers.clone().map(|number| NewAppointment {
        id: Some(Id::new(key(APPOINTMENT, number))),
        status: Some(if number % APPOINTMENTS_FOR_ONE_IN_PROGRESS == 0 {
            AppointmentStatus::InProgress
        } else {
            AppointmentStatus::Completed
        }),
        ..NewAppointment::new(
            of(number),
            provider_of(number),
            moment(number),
            AppointmentType::FollowUp,
        )
    });
    Appointment::insert_many(appointments).run(connection)?;
    let records = numbers.clone().map(|number| NewMedicalRecord {
        id: Some(Id::new(key(RECORD, number))),
        ..NewMedicalRecord::new(Id::new(key(APPOINTMENT, number)), "Cough", "", "", "", "")
    });
    MedicalRecord::insert_many(records).run(connection)?;
    let record = |number| Id::new(key(RECORD, number));
    let symptoms = numbers.clone().map(|number| NewSymptom::new(record(number), "Cough"));
    Symptom::insert_many(symptoms).run(connection)?;
    let prescriptions = numbers
        .map(|number| NewPrescription::new(record(number), "Honey", "5 mL", "Daily", "5 days"));
    Prescription::insert_many(prescriptions).run(connection)?;
    Ok(())
}

const PROVIDER: u128 = 1;
const PATIENT: u128 = 2;
const APPOINTMENT: u128 = 3;
const RECORD: u128 = 4;

/// The key of a row of the large clinic: what it is of, and its number. Numbers are spread as random keys are.
fn key(kind: u128, number: u32) -> Uuid {
    let spread = u128::from(number.wrapping_mul(0x9E37_79B1));
    Uuid::from_u128((spread << 96) | 0x8000_8000_0000_0000_0000 | (kind << 32) | u128::from(number))
}

fn provider_of(number: u32) -> Id<Provider> {
    Id::new(key(PROVIDER, number / PATIENTS_OF_A_PROVIDER))
}

fn last_name(number: u32) -> String {
    format!("Family{:05}", number / 10)
}

fn first_name(number: u32) -> String {
    format!("Given{}", number % 10)
}

fn phone(number: u32) -> String {
    format!("+1-555-{number:07}")
}

fn email(number: u32) -> String {
    format!("patient{number}@example.org")
}

/// Appointments begin five minutes apart.
fn moment(number: u32) -> Timestamp {
    Timestamp::constant(1_893_456_000, 0) + jiff::SignedDuration::from_mins(5 * i64::from(number))
}
