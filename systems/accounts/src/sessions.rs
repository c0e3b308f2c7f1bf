//! Sessions: who is signed in, and until when.

use peristyle::{Connection, Id, Table, Timestamp};

use crate::schema::{NewSession, Session, User};
use crate::{Error, Result};

/// Signs a user in until a moment.
pub fn start(connection: &Connection, user: &Id<User>, until: Timestamp) -> Result<Session> {
    Ok(Session::insert(NewSession::new(user.clone(), until)).one(connection)?)
}

/// The user of a session that has not ended at this moment.
pub fn user(connection: &Connection, session: &Id<Session>, now: Timestamp) -> Result<User> {
    let session = Session::all()
        .filter(Session::ID.eq(session))
        .filter(Session::EXPIRES_AT.gt(now))
        .optional(connection)?
        .ok_or(Error::NoSession)?;
    Ok(User::get(session.user_id).one(connection)?)
}

/// Signs out of one session; says whether there was one.
pub fn end(connection: &Connection, session: &Id<Session>) -> Result<bool> {
    Ok(Session::delete_all().filter(Session::ID.eq(session)).run(connection)? == 1)
}

/// Signs a user out everywhere; says of how many sessions.
pub fn end_all(connection: &Connection, user: &Id<User>) -> Result<u64> {
    Ok(Session::delete_all().filter(Session::USER_ID.eq(user)).run(connection)?)
}

/// Deletes the sessions that have ended at this moment, in one statement; says how many.
pub fn purge(connection: &Connection, now: Timestamp) -> Result<u64> {
    Ok(Session::delete_all().filter(Session::EXPIRES_AT.le(now)).run(connection)?)
}
