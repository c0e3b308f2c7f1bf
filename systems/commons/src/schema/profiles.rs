//! What people and businesses show of themselves.

use std::collections::BTreeMap;

use peristyle::{Decimal, Enum, Id, Json, Table, Timestamp};
use serde::{Deserialize, Serialize};

use super::auth::User;

/// A listing in the directory. It may be there before its owner has an account, and stays when the account goes.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "profiles")]
pub struct Profile {
    #[key(default = cuid2)]
    pub id: Id<Profile>,
    #[references(on_delete = set_null)]
    #[unique]
    pub user_id: Option<Id<User>>,
    #[unique]
    pub email: String,
    pub name: String,
    pub phone_number: Option<String>,
    pub pronouns: Option<String>,
    pub primary_image_id: Option<String>,
    pub primary_image_cdn: Option<String>,
    pub address_name: Option<String>,
    pub address_line1: Option<String>,
    pub address_line2: Option<String>,
    pub address_line3: Option<String>,
    pub address_locality: Option<String>,
    pub address_region: Option<String>,
    pub address_postal_code: Option<String>,
    pub address_country: Option<String>,
    #[column(precision = 10, scale = 7)]
    pub address_lat: Option<Decimal>,
    #[column(precision = 10, scale = 7)]
    pub address_lng: Option<Decimal>,
    pub address_google_place_id: Option<String>,
    /// Whether the listing is shown.
    #[index]
    #[column(default = false)]
    pub active: bool,
    pub locally_based: Option<String>,
    #[column(default = MembershipLevel::Free)]
    pub membership_level: MembershipLevel,
    pub descriptions: Option<Json<Descriptions>>,
    pub socials: Option<Json<Socials>>,
    /// Opening hours by day of the week.
    pub hours: Option<Json<BTreeMap<String, Hours>>>,
    pub images: Option<Json<Vec<Image>>>,
    pub categories: Option<Json<BTreeMap<String, bool>>>,
    pub counties: Option<Json<BTreeMap<String, bool>>>,
    pub locations: Option<Json<Vec<Location>>>,
    pub geo: Option<Json<Geo>>,
    pub mentoring: Option<Json<Mentoring>>,
    pub availability: Option<Json<Availability>>,
    pub verification: Option<Json<Verification>>,
    pub roles: Option<Json<BTreeMap<String, bool>>>,
    pub status: Option<Json<ListingStatus>>,
    pub administrative: Option<Json<Administrative>>,
    pub linked_profiles: Option<Json<Vec<LinkedProfile>>>,
    #[column(default = false)]
    pub whatsapp_community: bool,
    /// Whose recommendation brought the profile: the code alone; what is due for it is kept with the user.
    #[column(using = "affiliate ->> 'code'")]
    pub affiliate: Option<String>,
    /// Whether the profile may take part in the federation.
    #[column(default = true)]
    pub social_eligible: bool,
    pub social_eligible_at: Option<Timestamp>,
    pub social_ineligible_reason: Option<String>,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// What a member pays for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[enum_type(name = "membership_level")]
pub enum MembershipLevel {
    Free,
    Basic,
    Premium,
    Business,
    Partner,
}

/// The texts of a listing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Descriptions {
    #[serde(default)]
    pub tagline: Option<String>,
    #[serde(default)]
    pub details: Option<String>,
    #[serde(default)]
    pub background: Option<String>,
}

/// Addresses elsewhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Socials {
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub instagram: Option<String>,
    #[serde(default)]
    pub mastodon: Option<String>,
    #[serde(default)]
    pub other: Vec<String>,
}

/// From when to when, as `HH:MM`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    pub opens: String,
    pub closes: String,
}

/// A picture of the gallery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    pub id: String,
    pub cdn: String,
    #[serde(default)]
    pub description: Option<String>,
}

/// A place of business.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub name: String,
    pub lines: Vec<String>,
    #[serde(default)]
    pub geo: Option<Geo>,
}

/// A point on the map: degrees north, degrees east.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Geo {
    pub lat: f64,
    pub lng: f64,
}

/// What somebody teaches.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Mentoring {
    pub enabled: bool,
    #[serde(default)]
    pub expertise: Vec<String>,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub goals: Option<String>,
}

/// When a mentor has time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Availability {
    pub timezone: String,
    #[serde(default)]
    pub schedule: BTreeMap<String, Vec<Hours>>,
}

/// What was checked of a listing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Verification {
    #[serde(default)]
    pub local_business: bool,
    #[serde(default)]
    pub verified_at: Option<Timestamp>,
}

/// Where a listing stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListingStatus {
    #[serde(default)]
    pub submitted: Option<Timestamp>,
    #[serde(default)]
    pub approved: Option<Timestamp>,
    #[serde(default)]
    pub declined: Option<Timestamp>,
}

/// What only administrators see.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Administrative {
    #[serde(default)]
    pub notes: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
}

/// Another profile of the same people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedProfile {
    pub profile_id: Id<Profile>,
    pub relation: String,
}
