//! Booking: one slot, one booking that is not cancelled.

use peristyle::{Connection, Error as RowError, Id, Table, Timestamp, View};

use crate::schema::{
    AvailabilitySlot, Booking, BookingStatus, NewBooking, Practitioner, Session,
    VisiblePractitioner,
};
use crate::{Error, Result};

/// The free slots of a practitioner from a moment on, earliest first.
pub fn free_slots(
    connection: &Connection,
    practitioner: &Id<Practitioner>,
    from: Timestamp,
) -> Result<Vec<AvailabilitySlot>> {
    Ok(AvailabilitySlot::all()
        .filter(AvailabilitySlot::PRACTITIONER_ID.eq(practitioner))
        .filter(AvailabilitySlot::IS_BOOKED.eq(false))
        .filter(AvailabilitySlot::STARTS_AT.ge(from))
        .order(AvailabilitySlot::STARTS_AT.asc())
        .all(connection)?)
}

/// Requests a slot for a session.
///
/// The unique index on the slot decides between two visitors who ask at once: one is booked, the other gets
/// [`Error::SlotTaken`].
pub fn request(
    connection: &Connection,
    session: &Id<Session>,
    slot: &Id<AvailabilitySlot>,
    note: Option<&str>,
) -> Result<Booking> {
    connection.transaction(|connection| {
        let session = Session::get(session).one(connection)?;
        let slot = AvailabilitySlot::get(slot).one(connection)?;
        let visible = VisiblePractitioner::all()
            .filter(VisiblePractitioner::ID.eq(&slot.practitioner_id))
            .exists(connection)?;
        if !visible {
            return Err(Error::NotBookable);
        }
        let new = NewBooking {
            user_id: session.user_id,
            note: note.map(str::to_owned),
            ..NewBooking::new(session.id, slot.practitioner_id, slot.id.clone())
        };
        let booking = Booking::insert(new).one(connection).map_err(|error| match error {
            RowError::Unique { .. } => Error::SlotTaken,
            other => Error::Rows(other),
        })?;
        AvailabilitySlot::update(slot.id).set(AvailabilitySlot::IS_BOOKED, true).run(connection)?;
        Ok(booking)
    })
}

/// Cancels a booking; its slot is free again.
pub fn cancel(connection: &Connection, booking: &Id<Booking>) -> Result<Booking> {
    connection.transaction(|connection| {
        let booking = Booking::update(booking)
            .set(Booking::STATUS, BookingStatus::Cancelled)
            .one(connection)?;
        AvailabilitySlot::update(&booking.slot_id)
            .set(AvailabilitySlot::IS_BOOKED, false)
            .run(connection)?;
        Ok(booking)
    })
}
