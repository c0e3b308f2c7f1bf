//! The declarations of bookings. What commons owns is declared as far as it is read, and marked as another's.

use peristyle::{Id, Table, Timestamp};

/// Somebody with an account at commons.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", external)]
pub struct User {
    #[key(default = cuid2)]
    pub id: Id<User>,
    pub email: String,
    pub name: Option<String>,
}

/// Somebody who is signed in at commons.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sessions", external)]
pub struct Session {
    #[key]
    pub session_token: String,
    pub user_id: Id<User>,
    pub expires: Timestamp,
}

/// What a sitter offers.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "listings", schema = "bookings")]
pub struct Listing {
    #[key(default = cuid2)]
    pub id: Id<Listing>,
    /// Who sits. Their listings go with their account.
    #[references(on_delete = cascade)]
    #[index]
    pub sitter_id: Id<User>,
    pub title: String,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

/// An owner leaves their animal with a sitter.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "bookings", schema = "bookings")]
#[check("ends_at > starts_at")]
pub struct Booking {
    #[key(default = cuid2)]
    pub id: Id<Booking>,
    #[references(on_delete = restrict)]
    #[index]
    pub listing_id: Id<Listing>,
    #[references(on_delete = cascade)]
    #[index]
    pub owner_id: Id<User>,
    #[references(on_delete = cascade)]
    #[index]
    pub sitter_id: Id<User>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Where it stands.
    #[column(
        default = "requested",
        check = "status in ('requested', 'confirmed', 'declined', 'cancelled')"
    )]
    pub status: String,
    #[column(default = app::now)]
    pub created_at: Timestamp,
    #[column(default = app::now, on_update = now)]
    pub updated_at: Timestamp,
}

peristyle::object!("CREATE SCHEMA bookings");
