//! The declarations of matchmaker: the single source of its migrations, rows and documents.

use peristyle::{Decimal, Enum, Id, Json, Table, Timestamp, View};
use serde::{Deserialize, Serialize};

/// Somebody with an account.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[key(default = cuid2)]
    pub id: Id<User>,
    /// Where mail reaches the user; the name under which they sign in. Compared without regard to case, because people
    /// write their own address in more than one way.
    #[unique]
    #[column(collate = "NOCASE", check = "length(email) between 3 and 254")]
    pub email: String,
    pub name: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// One intake conversation and what came of it.
///
/// A session may start before its visitor has an account; signing up claims it by setting `user_id`.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sessions")]
#[index(expires_at, where = "expires_at is not null")]
pub struct Session {
    #[key(default = cuid2)]
    pub id: Id<Session>,
    /// Who the session belongs to, once that is known. Deleting the user keeps the session.
    #[references(on_delete = set_null)]
    #[index]
    pub user_id: Option<Id<User>>,
    /// What was said, in order.
    #[column(default = "[]")]
    pub chat_history: Json<Vec<ChatMessage>>,
    /// What the visitor is looking for, once the conversation has shown it.
    pub needs_profile: Option<Json<NeedsProfile>>,
    /// The practitioners proposed, best first.
    pub matches: Option<Json<Vec<Match>>>,
    /// When the session may be purged; no value means never.
    pub expires_at: Option<Timestamp>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// A licensed practitioner that intake sessions are matched with.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "practitioners")]
#[index(location, is_active)]
pub struct Practitioner {
    #[key(default = cuid2)]
    pub id: Id<Practitioner>,
    pub name: String,
    /// The number under which the licensing authority lists the practitioner.
    #[unique]
    pub registration_number: String,
    /// Degrees and titles, as they are printed behind the name.
    pub credentials: String,
    #[column(default = "[]")]
    pub specialties: Json<Vec<String>>,
    #[column(default = "[]")]
    pub modalities: Json<Vec<String>>,
    pub location: String,
    /// The price of one session, in `fee_currency`.
    #[column(precision = 10, scale = 2, check = "fee >= 0")]
    pub fee: Decimal,
    /// The currency of the fee: three letters of ISO 4217.
    #[column(default = "EUR", check = "length(fee_currency) = 3")]
    pub fee_currency: String,
    #[column(default = false)]
    pub telehealth: bool,
    /// Whether the practitioner takes new clients. Nobody is shown before somebody has looked: the default is no.
    #[column(default = false)]
    pub is_active: bool,
    /// When the licence was checked; no value means that it was not.
    pub verified_at: Option<Timestamp>,
    pub bio: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// The practitioners that visitors may see: active **and** verified. Matching reads this view and nothing else.
#[derive(View, Debug, Clone, PartialEq)]
#[view(
    name = "visible_practitioners",
    sql = "select id, name, credentials, specialties, modalities, location, fee, fee_currency, telehealth, bio \
           from practitioners where is_active and verified_at is not null"
)]
pub struct VisiblePractitioner {
    pub id: Id<Practitioner>,
    pub name: String,
    pub credentials: String,
    pub specialties: Json<Vec<String>>,
    pub modalities: Json<Vec<String>>,
    pub location: String,
    pub fee: Decimal,
    pub fee_currency: String,
    pub telehealth: bool,
    pub bio: Option<String>,
}

/// A stretch of time that a practitioner offers. Each is made by hand; there is no recurrence.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "availability_slots")]
#[unique(practitioner_id, starts_at)]
#[check("ends_at > starts_at")]
pub struct AvailabilitySlot {
    #[key(default = cuid2)]
    pub id: Id<AvailabilitySlot>,
    #[references(on_delete = cascade)]
    pub practitioner_id: Id<Practitioner>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    #[column(default = false)]
    pub is_booked: bool,
}

/// A visitor's request for one slot.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "bookings")]
#[unique(slot_id, where = "status <> 'cancelled'", name = "bookings_live_slot_key")]
pub struct Booking {
    #[key(default = cuid2)]
    pub id: Id<Booking>,
    /// The intake that the request came from. A session with a booking is not deleted: the booking is its reason to stay.
    #[references(on_delete = restrict)]
    #[index]
    pub session_id: Id<Session>,
    #[references(on_delete = set_null)]
    #[index]
    pub user_id: Option<Id<User>>,
    #[references(on_delete = restrict)]
    #[index]
    pub practitioner_id: Id<Practitioner>,
    /// The slot asked for. A slot is taken once, unless the booking is cancelled.
    #[references(on_delete = restrict)]
    pub slot_id: Id<AvailabilitySlot>,
    #[column(default = BookingStatus::Requested)]
    pub status: BookingStatus,
    pub note: Option<String>,
    #[column(default = now)]
    pub created_at: Timestamp,
    #[column(default = now, on_update = now)]
    pub updated_at: Timestamp,
}

/// Where a booking stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[enum_type(name = "booking_status")]
pub enum BookingStatus {
    Requested,
    Confirmed,
    Declined,
    Cancelled,
}

/// One message of an intake conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatMessage {
    pub role: Role,
    pub text: String,
    pub at: Timestamp,
}

/// Who said a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Visitor,
    Assistant,
}

/// What a visitor is looking for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NeedsProfile {
    pub concerns: Vec<String>,
    #[serde(default)]
    pub preferred_modalities: Vec<String>,
    #[serde(default)]
    pub location: Option<String>,
    /// The most that one session may cost, in the currency of the visitor's choice.
    #[serde(default)]
    pub budget: Option<Decimal>,
    #[serde(default)]
    pub wants_telehealth: bool,
}

/// A practitioner proposed to a visitor, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub practitioner_id: Id<Practitioner>,
    pub score: f64,
    pub reasons: Vec<String>,
}
