//! What can go wrong in the clinic.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The seed's own data does not say what it should.
    #[error("the seed holds `{0}`, which is no value of its column")]
    SeedData(&'static str),
    /// The rows did not allow it.
    #[error(transparent)]
    Rows(#[from] peristyle::Error),
}

/// The result of what the clinic does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
