//! What can go wrong in commons.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another article has this address already.
    #[error("there is an article under this address already; choose another title")]
    SlugTaken,
    /// An article cannot go there from where it stands.
    #[error("only an article that waits for review can be published")]
    NotInReview,
    /// Somebody has this name, or had it.
    #[error("this name is or was somebody else's")]
    ScreennameTaken,
    /// The seed's own data does not say what it should.
    #[error("the seed holds `{0}`, which is no value of its column")]
    SeedData(&'static str),
    /// The rows did not allow it.
    #[error(transparent)]
    Rows(#[from] peristyle::Error),
}

/// The result of what commons does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
