//! What can go wrong in medic.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody has an account under this address.
    #[error("there is an account with this address already; sign in instead")]
    EmailTaken,
    /// The token was not given for this, or has expired.
    #[error("this link has expired; please ask for a new one")]
    NoToken,
    /// The seed's own data does not say what it should.
    #[error("the seed holds `{0}`, which is no value of its column")]
    SeedData(&'static str),
    /// The rows did not allow it.
    #[error(transparent)]
    Rows(#[from] peristyle::Error),
}

/// The result of what medic does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
