//! What each index gains: its query with it and without it, on the [large clinic](crate::large).

use std::time::{Duration, Instant};

use peristyle::query::Source;
use peristyle::{Connection, Id, Query};

use crate::large::{Of, email, first_name, key, last_name, moment, phone};
use crate::schema::{
    Allergy, Appointment, AppointmentStatus, ChronicCondition, Patient, Prescription, Symptom,
};
use crate::{Result, desk};

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

/// Every index that was made for a query, with that query, asked of a [large clinic](crate::large) of at least 600 patients.
pub fn claims() -> Vec<Claim> {
    let text = |text: &str| format!("'{text}'");
    let [patient, provider, record] =
        [key(Of::Patient, 321), key(Of::Provider, 1), key(Of::Record, 321)];
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
