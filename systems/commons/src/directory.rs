//! The directory: profiles, and the names under which people are found.

use peristyle::{Connection, Error as RowError, Id, Query, Table, Timestamp};

use crate::schema::auth::User;
use crate::schema::engagement::{NewScreennameHistory, ScreennameHistory};
use crate::schema::profiles::{MembershipLevel, Profile};
use crate::{Error, Result};

/// The profiles that are shown, by name.
pub fn shown() -> Query<Profile> {
    Profile::all().filter(Profile::ACTIVE.eq(true)).order(Profile::NAME.asc())
}

/// The profiles that are shown whose member pays for one of these.
pub fn of_members(levels: &[MembershipLevel]) -> Query<Profile> {
    shown().filter(Profile::MEMBERSHIP_LEVEL.is_in(levels.iter().copied()))
}

/// Gives a user another name. The old one leads to them and is nobody else's.
pub fn rename(
    connection: &Connection,
    user: &Id<User>,
    screenname: &str,
    at: Timestamp,
) -> Result<User> {
    connection.transaction(|connection| {
        let before = User::get(user).one(connection)?;
        let was = ScreennameHistory::all().filter(ScreennameHistory::SCREENNAME.eq(screenname));
        if was.filter(ScreennameHistory::USER_ID.ne(user.clone())).exists(connection)? {
            return Err(Error::ScreennameTaken);
        }
        let renamed = User::update(user)
            .set(User::SCREENNAME, screenname)
            .set(User::LAST_SCREENNAME_CHANGE, Some(at))
            .one(connection)
            .map_err(|error| match error {
                RowError::Unique { .. } => Error::ScreennameTaken,
                other => Error::Rows(other),
            })?;
        if let Some(old) = before.screenname {
            let new = NewScreennameHistory {
                redirect_to: Some(screenname.to_owned()),
                ..NewScreennameHistory::new(old, user.clone())
            };
            ScreennameHistory::insert(new)
                .or_update_only(ScreennameHistory::SCREENNAME_KEY, ScreennameHistory::REDIRECT_TO)
                .run(connection)?;
        }
        Ok(renamed)
    })
}
