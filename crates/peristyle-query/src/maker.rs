//! The values that the application makes for a column.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

use crate::{Bind, Cuid2};

/// A new CUID2.
pub fn cuid2() -> Bind<'static> {
    Bind::Text(String::from(Cuid2::generate()).into())
}

/// A random UUID.
pub fn uuid4() -> Bind<'static> {
    Bind::Uuid(Uuid::new_v4())
}

/// A time-ordered UUID.
pub fn uuid7() -> Bind<'static> {
    Bind::Uuid(Uuid::now_v7())
}

/// A random UUID as text.
pub fn uuid4_text() -> Bind<'static> {
    Bind::Text(Uuid::new_v4().to_string().into())
}

/// A time-ordered UUID as text.
pub fn uuid7_text() -> Bind<'static> {
    Bind::Text(Uuid::now_v7().to_string().into())
}

/// The instant it is now.
pub fn now() -> Bind<'static> {
    Bind::Timestamp(Timestamp::now())
}

fn utc() -> Zoned {
    Timestamp::now().to_zoned(TimeZone::UTC)
}

/// The date and time it is now, in UTC.
pub fn now_datetime() -> Bind<'static> {
    Bind::DateTime(utc().datetime())
}

/// The date it is now, in UTC.
pub fn now_date() -> Bind<'static> {
    Bind::Date(utc().date())
}

/// The time of day it is now, in UTC.
pub fn now_time() -> Bind<'static> {
    Bind::Time(utc().time())
}
