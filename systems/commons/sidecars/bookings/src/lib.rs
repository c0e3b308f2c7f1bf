//! Bookings: pet sitting for the people of commons. Who they are and whether they are signed in is read from commons' own tables,
//! which this application declares as another's and never alters.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod schema;

use peristyle::{Connection, Result, Table, Timestamp};

use schema::{Booking, Listing, NewBooking, Session, User};

/// Who is signed in with this token, at this moment.
pub fn signed_in(connection: &Connection, token: &str, now: Timestamp) -> Result<Option<User>> {
    let session = Session::all()
        .filter(Session::SESSION_TOKEN.eq(token))
        .filter(Session::EXPIRES.gt(now))
        .optional(connection)?;
    match session {
        Some(session) => User::get(session.user_id).optional(connection),
        None => Ok(None),
    }
}

/// Asks the sitter of a listing for some days.
pub fn book(
    connection: &Connection,
    owner: &User,
    listing: &Listing,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<Booking> {
    let new = NewBooking::new(
        listing.id.clone(),
        owner.id.clone(),
        listing.sitter_id.clone(),
        starts_at,
        ends_at,
    );
    Booking::insert(new).one(connection)
}
