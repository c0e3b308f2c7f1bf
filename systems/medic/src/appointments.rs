//! Appointments; those that were booked at Cal.com are told to us, any number of times.

use peristyle::{Connection, DateTime, Id, Table};

use crate::Result;
use crate::schema::{Appointment, Doctor, NewAppointment, Patient};

/// A booking as Cal.com tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// Cal.com's name for it.
    pub uid: String,
    /// Cal.com's number for it; a booking that is moved gets another one.
    pub booking_id: i32,
    pub doctor: Id<Doctor>,
    /// The patient, where we know them.
    pub patient: Option<Id<Patient>>,
    pub starts_at: DateTime,
    pub minutes: i32,
    pub status: String,
    pub meeting_url: Option<String>,
}

/// Takes a booking in: the first time it becomes an appointment, later it updates that.
pub fn booked_elsewhere(connection: &Connection, booking: Booking) -> Result<Appointment> {
    let new = NewAppointment {
        patient_id: booking.patient,
        duration_minutes: Some(booking.minutes),
        status: Some(booking.status),
        cal_com_booking_id: Some(booking.booking_id),
        cal_com_uid: Some(booking.uid),
        meeting_url: booking.meeting_url,
        ..NewAppointment::new(booking.doctor, booking.starts_at)
    };
    Ok(Appointment::insert(new)
        .or_update_only(
            Appointment::CAL_COM_UID_KEY,
            (
                Appointment::CAL_COM_BOOKING_ID,
                Appointment::SCHEDULED_AT,
                Appointment::DURATION_MINUTES,
                Appointment::STATUS,
                Appointment::MEETING_URL,
            ),
        )
        .one(connection)?)
}

/// A doctor's appointments from one moment to before another, in their order.
pub fn calendar(
    connection: &Connection,
    doctor: &Id<Doctor>,
    from: DateTime,
    to: DateTime,
) -> Result<Vec<Appointment>> {
    Ok(Appointment::all()
        .filter(Appointment::DOCTOR_ID.eq(*doctor))
        .filter(Appointment::SCHEDULED_AT.ge(from))
        .filter(Appointment::SCHEDULED_AT.lt(to))
        .order(Appointment::SCHEDULED_AT.asc())
        .all(connection)?)
}
