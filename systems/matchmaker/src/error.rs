//! What can go wrong in matchmaker.

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else has booked the slot.
    #[error("this slot has just been taken; please choose another")]
    SlotTaken,
    /// The slot's practitioner takes no bookings.
    #[error("this practitioner cannot be booked at present")]
    NotBookable,
    /// The rows did not allow it.
    #[error(transparent)]
    Rows(#[from] peristyle::Error),
}

/// The result of what matchmaker does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
