//! Charts: a patient with everything that was recorded about them.
//!
//! Each level is one statement, however many rows it has: a chart of one patient and the charts of a thousand are read
//! with the same seven statements.

use peristyle::{Children, Connection, Id, Table};

use crate::Result;
use crate::schema::{
    Allergy, Appointment, ChronicCondition, MedicalRecord, Patient, Prescription, Symptom,
    VitalSigns,
};

/// How many statements [`load`] runs, however many patients there are.
pub const STATEMENTS: u64 = 7;

/// A patient with everything below.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub patient: Patient,
    pub allergies: Vec<Allergy>,
    pub conditions: Vec<ChronicCondition>,
    /// The newest first.
    pub visits: Vec<Visit>,
}

/// An appointment, with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub appointment: Appointment,
    pub vital_signs: Option<VitalSigns>,
    pub record: Option<Record>,
}

/// A medical record with its symptoms and prescriptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub record: MedicalRecord,
    pub symptoms: Vec<Symptom>,
    pub prescriptions: Vec<Prescription>,
}

/// The chart of one patient.
pub fn open(connection: &Connection, patient: &Id<Patient>) -> Result<Chart> {
    let patient = Patient::get(patient).one(connection)?;
    let mut charts = load(connection, vec![patient])?;
    Ok(charts.remove(0))
}

/// The charts of these patients, in their order.
pub fn load(connection: &Connection, patients: Vec<Patient>) -> Result<Vec<Chart>> {
    let allergies =
        Allergy::PATIENT.children_of(&patients).order(Allergy::ALLERGEN.asc()).load(connection)?;
    let conditions = ChronicCondition::PATIENT
        .children_of(&patients)
        .order(ChronicCondition::CONDITION.asc())
        .load(connection)?;
    let appointments = Appointment::PATIENT
        .children_of(&patients)
        .order(Appointment::APPOINTMENT_DATE.desc())
        .load(connection)?;
    let visits = visits(connection, &appointments)?;
    let mut visits = visits.into_iter();
    let charts = patients.into_iter().enumerate().map(|(at, patient)| Chart {
        patient,
        allergies: allergies.of(at).to_vec(),
        conditions: conditions.of(at).to_vec(),
        visits: visits.by_ref().take(appointments.of(at).len()).collect(),
    });
    Ok(charts.collect())
}

/// What came of these appointments, in the order of their patients.
fn visits(connection: &Connection, appointments: &Children<Appointment>) -> Result<Vec<Visit>> {
    let appointments: Vec<&Appointment> = appointments.iter().flatten().collect();
    let vital_signs =
        VitalSigns::APPOINTMENT.children_of(appointments.iter().copied()).load(connection)?;
    let records =
        MedicalRecord::APPOINTMENT.children_of(appointments.iter().copied()).load(connection)?;
    let all: Vec<&MedicalRecord> = records.iter().flatten().collect();
    let symptoms = Symptom::MEDICAL_RECORD
        .children_of(all.iter().copied())
        .order(Symptom::SEVERITY.desc())
        .order(Symptom::NAME.asc())
        .load(connection)?;
    let prescriptions = Prescription::MEDICAL_RECORD
        .children_of(all.iter().copied())
        .order(Prescription::MEDICATION.asc())
        .load(connection)?;
    let mut below = all.iter().enumerate().map(|(at, record)| Record {
        record: (*record).clone(),
        symptoms: symptoms.of(at).to_vec(),
        prescriptions: prescriptions.of(at).to_vec(),
    });
    let visits = appointments.iter().enumerate().map(|(at, appointment)| Visit {
        appointment: (*appointment).clone(),
        vital_signs: vital_signs.of(at).first().cloned(),
        // One to one: a record for the appointment, or none.
        record: below.by_ref().take(records.of(at).len()).next(),
    });
    Ok(visits.collect())
}
