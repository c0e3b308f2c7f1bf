//! The declarations of medic: the single source of its migrations, rows and documents.
//!
//! The database was made by another tool, whose conventions it keeps: instants are held as timestamps without zone, in UTC;
//! keys and the two times of a row are made by the application.

use peristyle::{Bytes, Date, DateTime, Decimal, Enum, Id, Table};

/// Somebody who signs in: a patient, a doctor or an administrator.
///
/// An address belongs to one user, however its letters are written.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
#[index("lower(email)", unique, name = "users_email_index")]
pub struct User {
    #[key(default = app::uuid4)]
    pub id: Id<User>,
    /// Where mail reaches the user, as they wrote it.
    pub email: String,
    /// What the password hashes to; never the password.
    pub hashed_password: String,
    #[column(default = Role::Patient)]
    pub role: Role,
    /// When the mail to the address was answered.
    pub confirmed_at: Option<DateTime>,
    /// The shared secret of the second factor, as bytes; none where it is not set up.
    pub totp_secret: Option<Bytes>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
    #[column(default = app::now, on_update = now)]
    pub updated_at: DateTime,
}

/// A token that was given to a user: a session, a link in a mail. Only its hash is kept where it leaves the house.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users_tokens")]
#[unique(context, token)]
pub struct UserToken {
    #[key(default = app::uuid4)]
    pub id: Id<UserToken>,
    #[references(on_delete = cascade)]
    #[index]
    pub user_id: Id<User>,
    /// The token or its hash: bytes, compared exactly.
    pub token: Bytes,
    /// What the token is good for: `session`, `confirm`, `reset_password`, `change:<address>`.
    pub context: String,
    /// The address that it was sent to.
    pub sent_to: Option<String>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
}

/// A field of medicine, named in English and in Greek.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "specialties")]
pub struct Specialty {
    #[key(default = app::uuid4)]
    pub id: Id<Specialty>,
    pub name_en: String,
    pub name_el: String,
    /// The word for addresses of pages, the same in both languages.
    #[unique]
    pub slug: String,
    /// The name of a picture.
    pub icon: Option<String>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
    #[column(default = app::now, on_update = now)]
    pub updated_at: DateTime,
}

/// A doctor's profile. A user has one at most.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "doctors")]
pub struct Doctor {
    #[key(default = app::uuid4)]
    pub id: Id<Doctor>,
    #[references(on_delete = cascade)]
    #[unique]
    pub user_id: Id<User>,
    /// The doctor's field. A field that is given up leaves its doctors without one.
    #[references(on_delete = set_null)]
    #[index]
    pub specialty_id: Option<Id<Specialty>>,
    pub first_name: String,
    pub last_name: String,
    pub bio: Option<String>,
    /// The same in Greek.
    pub bio_el: Option<String>,
    pub profile_image_url: Option<String>,
    pub location_lat: Option<f64>,
    pub location_lng: Option<f64>,
    pub address: Option<String>,
    #[index]
    pub city: Option<String>,
    /// The mean of the reviews, from 0.0 (none yet) to 5.0.
    #[index]
    #[column(default = 0.0)]
    pub rating: Decimal,
    #[column(default = 0)]
    pub review_count: i32,
    /// What a consultation costs, in euro.
    #[column(precision = 10, scale = 2)]
    pub consultation_fee: Option<Decimal>,
    /// The doctor's user at Cal.com, where bookings come from.
    pub cal_com_user_id: Option<i32>,
    pub cal_com_event_type_id: Option<i32>,
    pub cal_com_username: Option<String>,
    /// The next free slot as Cal.com last told it.
    #[index]
    pub next_available_slot: Option<DateTime>,
    /// When an administrator checked the licence.
    pub verified_at: Option<DateTime>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
    #[column(default = app::now, on_update = now)]
    pub updated_at: DateTime,
}

/// A patient's profile. A user has one at most.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "patients")]
pub struct Patient {
    #[key(default = app::uuid4)]
    pub id: Id<Patient>,
    #[references(on_delete = cascade)]
    #[unique]
    pub user_id: Id<User>,
    pub first_name: String,
    pub last_name: String,
    pub date_of_birth: Option<Date>,
    pub phone: Option<String>,
    pub emergency_contact: Option<String>,
    pub profile_image_url: Option<String>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
    #[column(default = app::now, on_update = now)]
    pub updated_at: DateTime,
}

/// A patient meets a doctor; booked here or at Cal.com.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "appointments")]
pub struct Appointment {
    #[key(default = app::uuid4)]
    pub id: Id<Appointment>,
    /// Who comes. A patient who is deleted leaves the doctor's calendar as it was.
    #[references(on_delete = set_null)]
    #[index]
    pub patient_id: Option<Id<Patient>>,
    /// Whom they see. The original said `on delete set null` of this column, which must have a value: deleting a doctor failed
    /// whenever there was an appointment. It says now what it did: a doctor with appointments stays.
    #[references(on_delete = restrict)]
    #[index]
    pub doctor_id: Id<Doctor>,
    #[index]
    pub scheduled_at: DateTime,
    #[column(default = 30)]
    pub duration_minutes: i32,
    #[index]
    #[column(default = "pending")]
    pub status: String,
    pub cal_com_booking_id: Option<i32>,
    /// Cal.com's name for the booking; the same booking may be told any number of times.
    #[unique]
    pub cal_com_uid: Option<String>,
    pub meeting_url: Option<String>,
    #[column(default = "in_person")]
    pub appointment_type: String,
    pub notes: Option<String>,
    pub cancellation_reason: Option<String>,
    pub cancelled_at: Option<DateTime>,
    #[column(default = app::now)]
    pub inserted_at: DateTime,
    #[column(default = app::now, on_update = now)]
    pub updated_at: DateTime,
}

/// What a user may do.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "user_role")]
pub enum Role {
    Patient,
    Doctor,
    Admin,
}
