//! Users: who has an account.

use peristyle::{Connection, Error as RowError, Id, Table};

use crate::schema::{NewUser, User};
use crate::{Error, Result};

/// Makes an account. The unique address decides between two who ask at once.
pub fn sign_up(connection: &Connection, email: &str, name: Option<&str>) -> Result<User> {
    let new = NewUser { name: name.map(str::to_owned), ..NewUser::new(email) };
    User::insert(new).one(connection).map_err(|error| match error {
        RowError::Unique { .. } => Error::EmailTaken,
        other => Error::Rows(other),
    })
}

/// The account under an address.
pub fn with_email(connection: &Connection, email: &str) -> Result<Option<User>> {
    Ok(User::all().filter(User::EMAIL.eq(email)).optional(connection)?)
}

/// Notes that the mail to the address was answered.
pub fn verify_email(connection: &Connection, user: &Id<User>) -> Result<User> {
    Ok(User::update(user).set(User::EMAIL_VERIFIED, true).one(connection)?)
}

/// Deletes an account and every session of it.
pub fn delete(connection: &Connection, user: &Id<User>) -> Result<()> {
    User::delete(user).run(connection)?;
    Ok(())
}
