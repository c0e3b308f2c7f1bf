//! Tokens: what is given to a user is brought back, as the same bytes, before it expires.

use peristyle::{Connection, DateTime, Id, Table};

use crate::schema::{NewUserToken, User, UserToken};
use crate::{Error, Result};

/// What a token is good for, and for how many days. A change of address carries the old one behind the word.
const VALIDITY: &[(&str, i64)] = &[("session", 60), ("confirm", 7), ("reset_password", 1)];

/// How many days a token of any other context is good for.
const OTHERWISE: i64 = 7;

/// Gives a token to a user.
pub fn give(
    connection: &Connection,
    user: &Id<User>,
    token: &[u8],
    context: &str,
    at: DateTime,
) -> Result<UserToken> {
    let new =
        NewUserToken { inserted_at: Some(at), ..NewUserToken::new(*user, token.to_vec(), context) };
    Ok(UserToken::insert(new).one(connection)?)
}

/// Whose token it is, if it was given for this and has not expired.
pub fn user(connection: &Connection, token: &[u8], context: &str, now: DateTime) -> Result<User> {
    let days = VALIDITY.iter().find(|(of, _)| *of == context).map_or(OTHERWISE, |(_, days)| *days);
    let token = UserToken::all()
        .filter(UserToken::CONTEXT.eq(context))
        .filter(UserToken::TOKEN.eq(token.to_vec()))
        .filter(UserToken::INSERTED_AT.gt(before(now, days)))
        .optional(connection)?
        .ok_or(Error::NoToken)?;
    Ok(User::get(token.user_id).one(connection)?)
}

/// Deletes the tokens that have expired, in one statement; says how many.
pub fn purge(connection: &Connection, now: DateTime) -> Result<u64> {
    let known = VALIDITY.iter().map(|(context, _)| (*context).to_owned());
    let mut expired =
        UserToken::CONTEXT.is_not_in(known) & UserToken::INSERTED_AT.le(before(now, OTHERWISE));
    for (context, days) in VALIDITY {
        expired = expired
            | (UserToken::CONTEXT.eq(*context) & UserToken::INSERTED_AT.le(before(now, *days)));
    }
    Ok(UserToken::delete_all().filter(expired).run(connection)?)
}

/// So many days earlier; the beginning of time where there is no such moment.
fn before(now: DateTime, days: i64) -> DateTime {
    now.saturating_sub(jiff::SignedDuration::from_hours(24 * days))
}
