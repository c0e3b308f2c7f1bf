//! The seed: specialties in two languages, doctors and patients. Running it again changes nothing. All of it is invented.

use peristyle::{Connection, DateTime, Decimal, Id, Table, Uuid};

use crate::schema::{
    Appointment, Doctor, NewAppointment, NewDoctor, NewPatient, NewSpecialty, NewUser, Patient,
    Role, Specialty, User,
};
use crate::{Error, Result};

/// English name, Greek name, slug, icon.
const SPECIALTIES: &[(&str, &str, &str, &str)] = &[
    ("Cardiology", "Καρδιολογία", "cardiology", "heart"),
    ("Dermatology", "Δερματολογία", "dermatology", "skin"),
    ("General practice", "Γενική ιατρική", "general-practice", "stethoscope"),
    ("Gynaecology", "Γυναικολογία", "gynaecology", "female"),
    ("Ophthalmology", "Οφθαλμολογία", "ophthalmology", "eye"),
    ("Orthopaedics", "Ορθοπαιδική", "orthopaedics", "bone"),
    ("Paediatrics", "Παιδιατρική", "paediatrics", "child"),
    ("Psychiatry", "Ψυχιατρική", "psychiatry", "mind"),
];

struct DoctorEntry {
    email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    specialty: &'static str,
    bio: &'static str,
    bio_el: Option<&'static str>,
    city: &'static str,
    location: (f64, f64),
    rating: &'static str,
    reviews: i32,
    fee: &'static str,
    verified: bool,
}

const DOCTORS: &[DoctorEntry] = &[
    DoctorEntry {
        email: "eleni.papadaki@example.org",
        first_name: "Ελένη",
        last_name: "Παπαδάκη",
        specialty: "cardiology",
        bio: "Twenty years of echocardiography; sees patients with heart failure.",
        bio_el: Some(
            "Είκοσι χρόνια υπερηχοκαρδιογραφίας· παρακολουθεί ασθενείς με καρδιακή ανεπάρκεια.",
        ),
        city: "Athens",
        location: (37.9755, 23.7348),
        rating: "4.9",
        reviews: 212,
        fee: "70.00",
        verified: true,
    },
    DoctorEntry {
        email: "giorgos.nikolaidis@example.org",
        first_name: "Γιώργος",
        last_name: "Νικολαΐδης",
        specialty: "cardiology",
        bio: "Arrhythmias and pacemakers.",
        bio_el: Some("Αρρυθμίες και βηματοδότες."),
        city: "Athens",
        location: (37.9902, 23.7610),
        rating: "4.6",
        reviews: 98,
        fee: "60.00",
        verified: true,
    },
    DoctorEntry {
        email: "maria.ioannou@example.org",
        first_name: "Μαρία",
        last_name: "Ιωάννου",
        specialty: "paediatrics",
        bio: "Newborns to teenagers, in a practice full of toys.",
        bio_el: None,
        city: "Thessaloniki",
        location: (40.6401, 22.9444),
        rating: "4.8",
        reviews: 154,
        fee: "45.50",
        verified: true,
    },
    DoctorEntry {
        email: "andreas.kostas@example.org",
        first_name: "Ανδρέας",
        last_name: "Κώστας",
        specialty: "cardiology",
        bio: "New in town; licence being checked.",
        bio_el: None,
        city: "Athens",
        location: (37.9838, 23.7275),
        rating: "0.0",
        reviews: 0,
        fee: "50.00",
        verified: false,
    },
];

/// Address, first name, last name, date of birth, telephone number.
const PATIENTS: &[(&str, &str, &str, &str, &str)] = &[
    ("sofia.dimitriou@example.org", "Σοφία", "Δημητρίου", "1985-03-25", "+30 210 5550101"),
    ("nikos.vlachos@example.org", "Νίκος", "Βλάχος", "1958-10-28", "+30 210 5550102"),
    ("jane.harper@example.org", "Jane", "Harper", "1993-07-14", "+44 20 7946 0018"),
];

/// When the seeded rows came to be: the same rows every time.
const ENTERED: &str = "2030-01-02T08:00:00";

/// How many rows came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seeded {
    pub specialties: u64,
    pub users: u64,
    pub doctors: u64,
    pub patients: u64,
    pub appointments: u64,
}

/// Enters what is not there yet, in one transaction.
pub fn run(connection: &Connection) -> Result<Seeded> {
    connection.transaction(|connection| {
        let at: DateTime = parse(ENTERED)?;
        let mut came = Seeded::default();
        for (number, (name_en, name_el, slug, icon)) in (0..).zip(SPECIALTIES) {
            let new = NewSpecialty {
                id: Some(Id::new(key(1, number))),
                icon: Some((*icon).to_owned()),
                inserted_at: Some(at),
                updated_at: Some(at),
                ..NewSpecialty::new(*name_en, *name_el, *slug)
            };
            came.specialties +=
                Specialty::insert(new).or_keep(Specialty::SLUG_KEY).run(connection)?;
        }
        for (number, entry) in (0..).zip(DOCTORS) {
            let user = user(connection, 100 + number, entry.email, Role::Doctor, at, &mut came)?;
            came.doctors += doctor(connection, number, entry, user, at)?;
        }
        for (number, (email, first_name, last_name, born, phone)) in (0..).zip(PATIENTS) {
            let user = user(connection, 200 + number, email, Role::Patient, at, &mut came)?;
            let new = NewPatient {
                id: Some(Id::new(key(4, number))),
                date_of_birth: Some(parse(born)?),
                phone: Some((*phone).to_owned()),
                inserted_at: Some(at),
                updated_at: Some(at),
                ..NewPatient::new(user, *first_name, *last_name)
            };
            came.patients += Patient::insert(new).or_keep(Patient::PRIMARY_KEY).run(connection)?;
            let new = NewAppointment {
                id: Some(Id::new(key(5, number))),
                patient_id: Some(Id::new(key(4, number))),
                status: Some("confirmed".to_owned()),
                inserted_at: Some(at),
                updated_at: Some(at),
                ..NewAppointment::new(
                    Id::new(key(3, number)),
                    parse::<DateTime>("2030-02-11T10:30:00")?,
                )
            };
            came.appointments +=
                Appointment::insert(new).or_keep(Appointment::PRIMARY_KEY).run(connection)?;
        }
        Ok(came)
    })
}

fn user(
    connection: &Connection,
    number: u128,
    email: &'static str,
    role: Role,
    at: DateTime,
    came: &mut Seeded,
) -> Result<Id<User>> {
    let id = Id::new(key(2, number));
    let new = NewUser {
        id: Some(id),
        role: Some(role),
        confirmed_at: Some(at),
        inserted_at: Some(at),
        updated_at: Some(at),
        // Nothing hashes to this: nobody signs in with it until a password is set.
        ..NewUser::new(email, "!")
    };
    came.users += User::insert(new).or_keep(User::PRIMARY_KEY).run(connection)?;
    Ok(id)
}

fn doctor(
    connection: &Connection,
    number: u128,
    entry: &'static DoctorEntry,
    user: Id<User>,
    at: DateTime,
) -> Result<u64> {
    let specialty = Specialty::all().filter(Specialty::SLUG.eq(entry.specialty)).one(connection)?;
    let new = NewDoctor {
        id: Some(Id::new(key(3, number))),
        specialty_id: Some(specialty.id),
        bio: Some(entry.bio.to_owned()),
        bio_el: entry.bio_el.map(str::to_owned),
        location_lat: Some(entry.location.0),
        location_lng: Some(entry.location.1),
        city: Some(entry.city.to_owned()),
        rating: Some(parse::<Decimal>(entry.rating)?),
        review_count: Some(entry.reviews),
        consultation_fee: Some(parse::<Decimal>(entry.fee)?),
        verified_at: entry.verified.then_some(at),
        inserted_at: Some(at),
        updated_at: Some(at),
        ..NewDoctor::new(user, entry.first_name, entry.last_name)
    };
    Ok(Doctor::insert(new).or_keep(Doctor::PRIMARY_KEY).run(connection)?)
}

/// A UUID of version 8 (<https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8>), which says that we chose its bits:
/// what it is of, and its number.
fn key(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(0x3ed1_c000_0000_8000_8000_0000_0000_0000 | (kind << 32) | number)
}

/// What this file states; a mistake in it is an error that shows the text.
fn parse<T: std::str::FromStr>(text: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::SeedData(text))
}
