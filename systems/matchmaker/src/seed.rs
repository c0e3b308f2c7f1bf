//! The seed: practitioners and slots that an administrator enters. Running it again changes nothing.

use peristyle::{Connection, Id, Json, Table, Timestamp};

use crate::Result;
use crate::schema::{AvailabilitySlot, NewAvailabilitySlot, NewPractitioner, Practitioner};

struct Entry {
    id: &'static str,
    name: &'static str,
    registration_number: &'static str,
    credentials: &'static str,
    specialties: &'static [&'static str],
    modalities: &'static [&'static str],
    location: &'static str,
    fee: &'static str,
    telehealth: bool,
    is_active: bool,
    verified: bool,
}

const PRACTITIONERS: &[Entry] = &[
    Entry {
        id: "pr0000000000000000000001",
        name: "Dr. Ioanna Markou",
        registration_number: "GR-10442",
        credentials: "PhD, clinical psychologist",
        specialties: &["anxiety", "grief"],
        modalities: &["cbt", "act"],
        location: "Athens",
        fee: "70.00",
        telehealth: true,
        is_active: true,
        verified: true,
    },
    Entry {
        id: "pr0000000000000000000002",
        name: "Jonas Weber",
        registration_number: "DE-88120",
        credentials: "M.Sc., psychotherapist",
        specialties: &["anxiety", "burnout"],
        modalities: &["psychodynamic"],
        location: "Berlin",
        fee: "110.50",
        telehealth: false,
        is_active: true,
        verified: true,
    },
    Entry {
        id: "pr0000000000000000000003",
        name: "Amélie Durand",
        registration_number: "FR-55301",
        credentials: "M.A., family therapist",
        specialties: &["couples", "grief"],
        modalities: &["systemic"],
        location: "Lyon",
        fee: "85.00",
        telehealth: true,
        is_active: true,
        verified: false,
    },
    Entry {
        id: "pr0000000000000000000004",
        name: "Tom O'Neill",
        registration_number: "IE-20017",
        credentials: "B.Sc., counsellor",
        specialties: &["anxiety"],
        modalities: &["cbt"],
        location: "Cork",
        fee: "60.00",
        telehealth: true,
        is_active: false,
        verified: true,
    },
];

/// The day on which the seeded slots lie.
const DAY: &str = "2030-03-04";

/// What a run of the seed did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeded {
    /// Practitioners that came.
    pub practitioners: u64,
    /// Slots that came.
    pub slots: u64,
}

/// Enters the practitioners and their slots that are not there yet, in one transaction.
pub fn run(connection: &Connection) -> Result<Seeded> {
    connection.transaction(|connection| {
        let mut seeded = Seeded { practitioners: 0, slots: 0 };
        for entry in PRACTITIONERS {
            let verified_at = entry.verified.then(|| timestamp("2030-01-02T09:00:00Z"));
            let new = NewPractitioner {
                id: Some(id(entry.id)),
                specialties: Some(list(entry.specialties)),
                modalities: Some(list(entry.modalities)),
                telehealth: Some(entry.telehealth),
                is_active: Some(entry.is_active),
                verified_at,
                ..NewPractitioner::new(
                    entry.name,
                    entry.registration_number,
                    entry.credentials,
                    entry.location,
                    entry.fee.parse::<peristyle::Decimal>().unwrap_or_default(),
                )
            };
            seeded.practitioners += Practitioner::insert(new)
                .or_keep(Practitioner::REGISTRATION_NUMBER_KEY)
                .run(connection)?;
            for hour in 9..12 {
                let new = NewAvailabilitySlot {
                    id: Some(Id::new(format!("sl{}{hour:02}", &entry.id[4..]))),
                    ..NewAvailabilitySlot::new(
                        id(entry.id),
                        timestamp(&format!("{DAY}T{hour:02}:00:00Z")),
                        timestamp(&format!("{DAY}T{hour:02}:50:00Z")),
                    )
                };
                seeded.slots += AvailabilitySlot::insert(new)
                    .or_keep(AvailabilitySlot::PRACTITIONER_ID_STARTS_AT_KEY)
                    .run(connection)?;
            }
        }
        Ok(seeded)
    })
}

fn id(text: &str) -> Id<Practitioner> {
    Id::new(text.to_owned())
}

fn list(words: &[&str]) -> Json<Vec<String>> {
    Json(words.iter().map(|word| (*word).to_owned()).collect())
}

/// A moment that this file states; a typing error in it would show in every test.
fn timestamp(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
