//! Intake: a conversation that may begin without an account.

use peristyle::{Connection, Id, Json, Table, Timestamp};

use crate::Result;
use crate::schema::{
    Booking, ChatMessage, Match, NeedsProfile, NewSession, NewUser, Session, User,
};

/// Starts a session for a visitor whom nobody knows yet.
pub fn start(connection: &Connection, expires_at: Option<Timestamp>) -> Result<Session> {
    let session = NewSession { expires_at, ..NewSession::new() };
    Ok(Session::insert(session).one(connection)?)
}

/// Adds a message to the conversation.
pub fn say(
    connection: &Connection,
    session: &Id<Session>,
    message: ChatMessage,
) -> Result<Session> {
    connection.transaction(|connection| {
        let mut history = Session::get(session).one(connection)?.chat_history;
        history.push(message);
        Ok(Session::update(session).set(Session::CHAT_HISTORY, history).one(connection)?)
    })
}

/// Stores what the conversation has shown that the visitor needs.
pub fn store_profile(
    connection: &Connection,
    session: &Id<Session>,
    profile: NeedsProfile,
) -> Result<Session> {
    Ok(Session::update(session).set(Session::NEEDS_PROFILE, Some(Json(profile))).one(connection)?)
}

/// Stores the practitioners proposed.
pub fn store_matches(
    connection: &Connection,
    session: &Id<Session>,
    matches: Vec<Match>,
) -> Result<Session> {
    Ok(Session::update(session).set(Session::MATCHES, Some(Json(matches))).one(connection)?)
}

/// Gives the visitor an account; the session and its bookings are theirs from now on.
pub fn sign_up(
    connection: &Connection,
    session: &Id<Session>,
    email: &str,
    name: Option<&str>,
) -> Result<User> {
    connection.transaction(|connection| {
        let new = NewUser { name: name.map(str::to_owned), ..NewUser::new(email) };
        let user = User::insert(new).one(connection)?;
        Session::update(session).set(Session::USER_ID, Some(user.id.clone())).one(connection)?;
        Booking::update_all()
            .set(Booking::USER_ID, Some(user.id.clone()))
            .filter(Booking::SESSION_ID.eq(session))
            .run(connection)?;
        Ok(user)
    })
}

/// Deletes the sessions that have expired and led to no booking; says how many.
pub fn purge_expired(connection: &Connection, now: Timestamp) -> Result<u64> {
    connection.transaction(|connection| {
        let booked = Booking::all().select(Booking::SESSION_ID);
        Ok(Session::delete_all()
            .filter(Session::EXPIRES_AT.le(now))
            .filter(Session::ID.is_not_in(booked))
            .run(connection)?)
    })
}
