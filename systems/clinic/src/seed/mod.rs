//! The seed: a provider, five patients and what happened to them. Running it again changes nothing.

mod data;

use peristyle::{Connection, Decimal, Id, Table, Timestamp, Uuid};

use crate::schema::{
    Allergy, Appointment, ChronicCondition, MedicalRecord, NewAllergy, NewAppointment,
    NewChronicCondition, NewMedicalRecord, NewPatient, NewPrescription, NewProvider, NewSymptom,
    NewVitalSigns, Patient, Prescription, Provider, Symptom, VitalSigns,
};
use crate::{Error, Result};

/// Under which address Dr. Demo signs in.
pub const PROVIDER_EMAIL: &str = "demo@clinic.example";

/// When the seeded rows came to be: the same rows every time.
const ENTERED: &str = "2029-11-01T08:00:00Z";

/// How many rows came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seeded {
    /// Providers.
    pub providers: u64,
    /// Patients.
    pub patients: u64,
    /// Allergies and chronic conditions.
    pub history: u64,
    /// Appointments.
    pub appointments: u64,
    /// Medical records and vital signs, with their symptoms and prescriptions.
    pub records: u64,
}

/// Enters what is not there yet, in one transaction.
pub fn run(connection: &Connection) -> Result<Seeded> {
    connection.transaction(|connection| {
        let before = Provider::all().count(connection)?;
        let provider = provider(connection)?;
        let mut seeding = Seeding {
            connection,
            provider: provider.id,
            entered: parse(ENTERED)?,
            next: 0,
            came: Seeded {
                providers: Provider::all().count(connection)?.saturating_sub(before),
                ..Seeded::default()
            },
        };
        for entry in data::PATIENTS {
            seeding.patient(entry)?;
        }
        Ok(seeding.came)
    })
}

/// Dr. Demo, who may be there already under another key.
fn provider(connection: &Connection) -> Result<Provider> {
    let entered: Timestamp = parse(ENTERED)?;
    let new = NewProvider {
        id: Some(Id::new(key(0))),
        specialty: Some("Family medicine".to_owned()),
        license_number: Some("IL-036-000000".to_owned()),
        phone: Some("+1-555-0100".to_owned()),
        created_at: Some(entered),
        updated_at: Some(entered),
        // Nothing hashes to this: nobody signs in as Dr. Demo until a password is set.
        ..NewProvider::new(PROVIDER_EMAIL, "!", "Dr.", "Demo")
    };
    Ok(Provider::insert(new).or_keep(Provider::EMAIL_KEY).one(connection)?)
}

struct Seeding<'c> {
    connection: &'c Connection,
    provider: Id<Provider>,
    entered: Timestamp,
    /// How many keys were given out.
    next: u128,
    came: Seeded,
}

impl Seeding<'_> {
    /// A key that is the same each time, because rows are entered in one order.
    fn key(&mut self) -> Uuid {
        self.next += 1;
        key(self.next)
    }

    fn patient(&mut self, entry: &data::Patient) -> Result<()> {
        let id: Id<Patient> = Id::new(self.key());
        let new = NewPatient {
            id: Some(id),
            phone: owned(entry.phone),
            email: owned(entry.email),
            address: owned(entry.address),
            city: owned(entry.city),
            state: owned(entry.state),
            zip_code: owned(entry.zip_code),
            emergency_contact_name: owned(entry.emergency.0),
            emergency_contact_phone: owned(entry.emergency.1),
            insurance_provider: entry.insurance.map(|(provider, _)| provider.to_owned()),
            insurance_policy_number: entry.insurance.map(|(_, number)| number.to_owned()),
            notes: entry.notes.map(str::to_owned),
            created_at: Some(self.entered),
            updated_at: Some(self.entered),
            ..NewPatient::new(
                self.provider,
                entry.first_name,
                entry.last_name,
                parse::<peristyle::Date>(entry.born)?,
                entry.sex,
            )
        };
        self.came.patients +=
            Patient::insert(new).or_keep(Patient::PRIMARY_KEY).run(self.connection)?;
        for (allergen, severity, reaction) in entry.allergies {
            let new = NewAllergy {
                id: Some(Id::new(self.key())),
                reaction: owned(reaction),
                created_at: Some(self.entered),
                updated_at: Some(self.entered),
                ..NewAllergy::new(id, *allergen, *severity)
            };
            self.came.history +=
                Allergy::insert(new).or_keep(Allergy::PRIMARY_KEY).run(self.connection)?;
        }
        for (condition, since, notes) in entry.conditions {
            let new = NewChronicCondition {
                id: Some(Id::new(self.key())),
                diagnosed_date: Some(parse(since)?),
                notes: owned(notes),
                created_at: Some(self.entered),
                updated_at: Some(self.entered),
                ..NewChronicCondition::new(id, *condition)
            };
            self.came.history += ChronicCondition::insert(new)
                .or_keep(ChronicCondition::PRIMARY_KEY)
                .run(self.connection)?;
        }
        entry.appointments.iter().try_for_each(|appointment| self.appointment(id, appointment))
    }

    fn appointment(&mut self, patient: Id<Patient>, entry: &data::Appointment) -> Result<()> {
        let id: Id<Appointment> = Id::new(self.key());
        let at: Timestamp = parse(entry.at)?;
        let new = NewAppointment {
            id: Some(id),
            status: Some(entry.status),
            reason: owned(entry.reason),
            created_at: Some(self.entered),
            updated_at: Some(self.entered),
            ..NewAppointment::new(patient, self.provider, at, entry.kind)
        };
        self.came.appointments +=
            Appointment::insert(new).or_keep(Appointment::PRIMARY_KEY).run(self.connection)?;
        match entry.visit {
            Some(visit) => self.visit(id, at, visit),
            None => Ok(()),
        }
    }

    /// The record of a visit and what was measured at it, written when it took place.
    fn visit(
        &mut self,
        appointment: Id<Appointment>,
        at: Timestamp,
        entry: &data::Visit,
    ) -> Result<()> {
        let record: Id<MedicalRecord> = Id::new(self.key());
        let new = NewMedicalRecord {
            id: Some(record),
            created_at: Some(at),
            updated_at: Some(at),
            ..NewMedicalRecord::new(
                appointment,
                entry.complaint,
                entry.subjective,
                entry.objective,
                entry.assessment,
                entry.plan,
            )
        };
        self.came.records +=
            MedicalRecord::insert(new).or_keep(MedicalRecord::PRIMARY_KEY).run(self.connection)?;
        let [systolic, diastolic, heart_rate, respiratory_rate, oxygen] = entry.measured;
        let [temperature, weight, height] = entry.body;
        let new = NewVitalSigns {
            id: Some(Id::new(self.key())),
            blood_pressure_systolic: Some(systolic),
            blood_pressure_diastolic: Some(diastolic),
            heart_rate: Some(heart_rate),
            temperature: Some(parse::<Decimal>(temperature)?),
            respiratory_rate: Some(respiratory_rate),
            oxygen_saturation: Some(oxygen),
            weight: Some(parse::<Decimal>(weight)?),
            height: Some(parse::<Decimal>(height)?),
            created_at: Some(at),
            updated_at: Some(at),
            ..NewVitalSigns::new(appointment)
        };
        self.came.records +=
            VitalSigns::insert(new).or_keep(VitalSigns::PRIMARY_KEY).run(self.connection)?;
        for (name, severity, duration) in entry.symptoms {
            let new = NewSymptom {
                id: Some(Id::new(self.key())),
                severity: Some(*severity),
                duration: owned(duration),
                created_at: Some(at),
                updated_at: Some(at),
                ..NewSymptom::new(record, *name)
            };
            self.came.records +=
                Symptom::insert(new).or_keep(Symptom::PRIMARY_KEY).run(self.connection)?;
        }
        for (medication, dosage, frequency, duration, quantity, refills) in entry.prescriptions {
            let new = NewPrescription {
                id: Some(Id::new(self.key())),
                quantity: owned(quantity),
                refills: Some(Some(*refills)),
                created_at: Some(at),
                updated_at: Some(at),
                ..NewPrescription::new(record, *medication, *dosage, *frequency, *duration)
            };
            self.came.records += Prescription::insert(new)
                .or_keep(Prescription::PRIMARY_KEY)
                .run(self.connection)?;
        }
        Ok(())
    }
}

/// A UUID of version 8 (<https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8>), which says that we chose its bits.
fn key(number: u128) -> Uuid {
    Uuid::from_u128(0xc11c_0000_0000_8000_8000_0000_0000_0000 | number)
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// What this crate's data states; a mistake in it is an error that shows the text.
fn parse<T: std::str::FromStr>(text: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::SeedData(text))
}
