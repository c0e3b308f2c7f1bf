//! What can go wrong in accounts.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody has an account under this address.
    #[error("there is an account with this address already; sign in instead")]
    EmailTaken,
    /// The session has ended, or never was.
    #[error("this session has ended; please sign in again")]
    NoSession,
    /// The rows did not allow it.
    #[error(transparent)]
    Rows(#[from] peristyle::Error),
}

/// The result of what accounts does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
