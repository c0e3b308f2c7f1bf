//! The declarations of the clinic: the single source of its migrations, rows and documents.

use peristyle::{Date, Decimal, Enum, Id, Table, Timestamp};

/// Somebody who treats patients and signs records.
///
/// A provider with patients or appointments cannot be deleted: records must keep their author.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "providers")]
pub struct Provider {
    #[key(default = uuid4)]
    pub id: Id<Provider>,
    /// The name under which the provider signs in.
    #[unique]
    pub email: String,
    /// What the password hashes to; never the password.
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub specialty: Option<String>,
    /// The number of the licence to practise, as the authority prints it.
    pub license_number: Option<String>,
    pub phone: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Somebody who is treated.
///
/// Deleting a patient deletes everything that was recorded about them, and nothing else.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "patients")]
#[index(last_name, first_name)]
pub struct Patient {
    #[key(default = uuid4)]
    pub id: Id<Patient>,
    /// The provider who is responsible for the patient.
    #[references(on_delete = restrict)]
    #[index]
    pub provider_id: Id<Provider>,
    pub first_name: String,
    pub last_name: String,
    pub date_of_birth: Date,
    pub sex: Sex,
    #[index]
    pub phone: Option<String>,
    #[index]
    pub email: Option<String>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub zip_code: Option<String>,
    pub emergency_contact_name: Option<String>,
    pub emergency_contact_phone: Option<String>,
    pub insurance_provider: Option<String>,
    pub insurance_policy_number: Option<String>,
    pub notes: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Something a patient must not be given.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "allergies")]
pub struct Allergy {
    #[key(default = uuid4)]
    pub id: Id<Allergy>,
    /// Whose allergy it is. Indexed, because it is read whenever the patient is opened.
    #[references(on_delete = cascade)]
    #[index]
    pub patient_id: Id<Patient>,
    /// What it is an allergy to: a substance, a food, an animal.
    pub allergen: String,
    pub severity: AllergySeverity,
    /// What happens.
    pub reaction: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A condition that stays.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "chronic_conditions")]
pub struct ChronicCondition {
    #[key(default = uuid4)]
    pub id: Id<ChronicCondition>,
    /// Whose condition it is. Indexed, because it is read whenever the patient is opened.
    #[references(on_delete = cascade)]
    #[index]
    pub patient_id: Id<Patient>,
    pub condition: String,
    pub diagnosed_date: Option<Date>,
    pub notes: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A patient meets a provider.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "appointments")]
pub struct Appointment {
    #[key(default = uuid4)]
    pub id: Id<Appointment>,
    #[references(on_delete = cascade)]
    #[index]
    pub patient_id: Id<Patient>,
    #[references(on_delete = restrict)]
    #[index]
    pub provider_id: Id<Provider>,
    /// When it begins.
    #[index]
    pub appointment_date: Timestamp,
    pub appointment_type: AppointmentType,
    /// Where the appointment stands; a new one is scheduled.
    #[index]
    #[column(default = AppointmentStatus::Scheduled)]
    pub status: AppointmentStatus,
    pub reason: Option<String>,
    pub notes: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// What was found and decided at an appointment, in SOAP form: subjective, objective, assessment, plan.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "medical_records")]
pub struct MedicalRecord {
    #[key(default = uuid4)]
    pub id: Id<MedicalRecord>,
    /// The appointment that the record is of; it has one record at most.
    #[references(on_delete = cascade)]
    #[unique]
    pub appointment_id: Id<Appointment>,
    /// Why the patient came, in a few words.
    pub chief_complaint: String,
    /// What the patient tells.
    pub subjective: String,
    /// What the provider sees and measures.
    pub objective: String,
    /// What the provider thinks it is.
    pub assessment: String,
    /// What is done about it.
    pub plan: String,
    /// What was said, as a machine wrote it down.
    pub ai_transcript: Option<String>,
    /// A machine's summary; nobody has signed it.
    pub ai_summary: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Something the patient complains of.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "symptoms")]
pub struct Symptom {
    #[key(default = uuid4)]
    pub id: Id<Symptom>,
    #[references(on_delete = cascade)]
    #[index]
    pub medical_record_id: Id<MedicalRecord>,
    pub name: String,
    /// From 1 (hardly felt) to 10 (unbearable).
    #[column(check = "severity between 1 and 10")]
    pub severity: Option<i32>,
    pub duration: Option<String>,
    pub notes: Option<String>,
    /// Whether a machine proposed it.
    #[column(default = false)]
    pub ai_generated: bool,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A medication that the patient is to take.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "prescriptions")]
pub struct Prescription {
    #[key(default = uuid4)]
    pub id: Id<Prescription>,
    #[references(on_delete = cascade)]
    #[index]
    pub medical_record_id: Id<MedicalRecord>,
    pub medication: String,
    pub dosage: String,
    pub frequency: String,
    pub duration: String,
    pub quantity: Option<String>,
    /// How often the pharmacy may fill it again.
    #[column(default = 0)]
    pub refills: Option<i32>,
    pub instructions: Option<String>,
    /// Whether a machine proposed it.
    #[column(default = false)]
    pub ai_generated: bool,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// What was measured at an appointment.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "vital_signs")]
pub struct VitalSigns {
    #[key(default = uuid4)]
    pub id: Id<VitalSigns>,
    /// The appointment at which it was measured; it is measured once.
    #[references(on_delete = cascade)]
    #[unique]
    pub appointment_id: Id<Appointment>,
    /// Millimetres of mercury.
    pub blood_pressure_systolic: Option<i32>,
    /// Millimetres of mercury.
    pub blood_pressure_diastolic: Option<i32>,
    /// Beats a minute.
    pub heart_rate: Option<i32>,
    /// Degrees Celsius.
    #[column(precision = 4, scale = 1)]
    pub temperature: Option<Decimal>,
    /// Breaths a minute.
    pub respiratory_rate: Option<i32>,
    /// Percent.
    pub oxygen_saturation: Option<i32>,
    /// Kilograms.
    #[column(precision = 5, scale = 1)]
    pub weight: Option<Decimal>,
    /// Centimetres.
    #[column(precision = 5, scale = 1)]
    pub height: Option<Decimal>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A patient's sex, as it is recorded.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "sex")]
pub enum Sex {
    Male,
    Female,
    Other,
}

/// How much harm an allergen does.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "allergy_severity")]
pub enum AllergySeverity {
    Mild,
    Moderate,
    Severe,
    LifeThreatening,
}

/// Why somebody comes.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "appointment_type")]
pub enum AppointmentType {
    NewPatient,
    FollowUp,
    RoutineCheckup,
    SickVisit,
    Telehealth,
}

/// Where an appointment stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "appointment_status")]
pub enum AppointmentStatus {
    Scheduled,
    CheckedIn,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}
