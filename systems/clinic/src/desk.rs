//! The front desk: finding patients and appointments. Each query here has an index of its own.

use peristyle::{Id, Query, Table, Timestamp};

use crate::schema::{
    Allergy, Appointment, AppointmentStatus, ChronicCondition, MedicalRecord, Patient,
    Prescription, Provider, Symptom,
};

/// Patients by their whole name.
pub fn named(last_name: &str, first_name: &str) -> Query<Patient> {
    Patient::all()
        .filter(Patient::LAST_NAME.eq(last_name.to_owned()))
        .filter(Patient::FIRST_NAME.eq(first_name.to_owned()))
}

/// Patients by telephone number: who is calling?
pub fn with_phone(phone: &str) -> Query<Patient> {
    Patient::all().filter(Patient::PHONE.eq(phone.to_owned()))
}

/// Patients by address of mail. A family may share one.
pub fn with_email(email: &str) -> Query<Patient> {
    Patient::all().filter(Patient::EMAIL.eq(email.to_owned()))
}

/// The patients of a provider.
pub fn patients_of(provider: &Id<Provider>) -> Query<Patient> {
    Patient::all().filter(Patient::PROVIDER_ID.eq(*provider))
}

/// What a patient must not be given.
pub fn allergies_of(patient: &Id<Patient>) -> Query<Allergy> {
    Allergy::all().filter(Allergy::PATIENT_ID.eq(*patient))
}

/// The conditions that a patient has to live with.
pub fn conditions_of(patient: &Id<Patient>) -> Query<ChronicCondition> {
    ChronicCondition::all().filter(ChronicCondition::PATIENT_ID.eq(*patient))
}

/// The appointments of a patient.
pub fn appointments_of(patient: &Id<Patient>) -> Query<Appointment> {
    Appointment::all().filter(Appointment::PATIENT_ID.eq(*patient))
}

/// The appointments of a provider.
pub fn agenda(provider: &Id<Provider>) -> Query<Appointment> {
    Appointment::all().filter(Appointment::PROVIDER_ID.eq(*provider))
}

/// The appointments from one moment to before another, in their order: a day.
pub fn between(from: Timestamp, to: Timestamp) -> Query<Appointment> {
    Appointment::all()
        .filter(Appointment::APPOINTMENT_DATE.ge(from))
        .filter(Appointment::APPOINTMENT_DATE.lt(to))
        .order(Appointment::APPOINTMENT_DATE.asc())
}

/// The appointments that stand here: who is waiting, who is with a provider.
pub fn standing(status: AppointmentStatus) -> Query<Appointment> {
    Appointment::all().filter(Appointment::STATUS.eq(status))
}

/// What was complained of.
pub fn symptoms_of(record: &Id<MedicalRecord>) -> Query<Symptom> {
    Symptom::all().filter(Symptom::MEDICAL_RECORD_ID.eq(*record))
}

/// What was prescribed.
pub fn prescriptions_of(record: &Id<MedicalRecord>) -> Query<Prescription> {
    Prescription::all().filter(Prescription::MEDICAL_RECORD_ID.eq(*record))
}
