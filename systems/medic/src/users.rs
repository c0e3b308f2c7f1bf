//! Users: one for an address, however its letters are written.

use peristyle::{Connection, Error as RowError, Table};

use crate::schema::{NewUser, Role, User};
use crate::{Error, Result};

/// Makes an account. The unique index decides between two who ask at once.
pub fn register(
    connection: &Connection,
    email: &str,
    hashed_password: &str,
    role: Role,
) -> Result<User> {
    let new = NewUser { role: Some(role), ..NewUser::new(email, hashed_password) };
    User::insert(new).one(connection).map_err(|error| match error {
        RowError::Unique { .. } => Error::EmailTaken,
        other => Error::Rows(other),
    })
}
