//! Times as PostgreSQL counts them: days and microseconds from the beginning of the year 2000.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Span, Timestamp};

/// The first day of the year 2000.
const EPOCH: Date = Date::constant(2000, 1, 1);

/// Seconds from 1970 to 2000.
const UNIX: i64 = 946_684_800;

const MICROS_OF_A_DAY: i64 = 86_400_000_000;

/// Days since the epoch.
pub(super) fn days(date: Date) -> i32 {
    // Every year that a date can have is a number of days that fits.
    (date - EPOCH).get_days()
}

pub(super) fn date(days: i32) -> Option<Date> {
    EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Microseconds since midnight; what is finer is cut off.
pub(super) fn micros_of_day(time: Time) -> i64 {
    let seconds =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.subsec_nanosecond() / 1_000)
}

/// `None` for `24:00:00`, which PostgreSQL has and the type has not.
pub(super) fn time(micros: i64) -> Option<Time> {
    if !(0..MICROS_OF_A_DAY).contains(&micros) {
        return None;
    }
    Time::midnight().checked_add(SignedDuration::from_micros(micros)).ok()
}

/// Microseconds since the epoch; what is finer is cut off.
pub(super) fn micros(at: Timestamp) -> i64 {
    let micros = at.as_nanosecond().div_euclid(1_000) - i128::from(UNIX) * 1_000_000;
    // Every instant of the type is less than 10,000 years from the epoch.
    micros as i64
}

/// `None` for `infinity` and for what is outside of the type.
pub(super) fn timestamp(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros.checked_add(UNIX * 1_000_000)?).ok()
}

/// Microseconds since the epoch; what is finer is cut off.
pub(super) fn civil_micros(at: DateTime) -> i64 {
    i64::from(days(at.date())) * MICROS_OF_A_DAY + micros_of_day(at.time())
}

/// `None` for `infinity` and for what is outside of the type.
pub(super) fn datetime(micros: i64) -> Option<DateTime> {
    let date = date(i32::try_from(micros.div_euclid(MICROS_OF_A_DAY)).ok()?)?;
    Some(date.to_datetime(time(micros.rem_euclid(MICROS_OF_A_DAY))?))
}

/// A date as every setting of `DateStyle` reads it.
pub(super) fn date_text(date: Date) -> String {
    let year = i32::from(date.year());
    // The year before 1 is 1 BC.
    let (year, era) = if year > 0 { (year, "") } else { (1 - year, " BC") };
    format!("{year:04}-{:02}-{:02}{era}", date.month(), date.day())
}

pub(super) fn time_text(time: Time) -> String {
    let micros = time.subsec_nanosecond() / 1_000;
    format!("{:02}:{:02}:{:02}.{micros:06}", time.hour(), time.minute(), time.second())
}

pub(super) fn datetime_text(at: DateTime, zone: &str) -> String {
    let date = date_text(at.date());
    let (day, era) = date.split_once(' ').map_or((date.as_str(), ""), |(day, _)| (day, " BC"));
    format!("{day} {}{zone}{era}", time_text(at.time()))
}

pub(super) fn timestamp_text(at: Timestamp) -> String {
    datetime_text(Offset::UTC.to_datetime(at), "+00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_microseconds_count_from_the_year_2000() {
        assert_eq!(days(Date::constant(2000, 1, 1)), 0);
        assert_eq!(days(Date::constant(2024, 2, 29)), 8825);
        assert_eq!(days(Date::constant(1999, 12, 31)), -1);
        assert_eq!(micros_of_day(Time::constant(23, 59, 59, 999_999_999)), 86_399_999_999);
        assert_eq!(micros("2000-01-01T00:00:01Z".parse().expect("an instant")), 1_000_000);
        assert_eq!(micros("1999-12-31T23:59:59.9999995Z".parse().expect("an instant")), -1);
    }

    #[test]
    fn what_is_written_is_read() {
        for date_of in [Date::MIN, Date::MAX, Date::constant(1582, 10, 4), EPOCH] {
            assert_eq!(date(days(date_of)), Some(date_of));
            let at = date_of.to_datetime(Time::constant(1, 2, 3, 456_789_000));
            assert_eq!(datetime(civil_micros(at)), Some(at));
        }
        for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH] {
            assert_eq!(timestamp(micros(at)), Some(at));
        }
    }

    #[test]
    fn what_the_types_do_not_have_is_nothing() {
        assert_eq!(time(MICROS_OF_A_DAY), None);
        for infinity in [i64::MIN, i64::MAX] {
            assert_eq!((timestamp(infinity), datetime(infinity)), (None, None));
        }
        assert_eq!((date(i32::MAX), date(i32::MIN)), (None, None));
    }

    #[test]
    fn text_has_the_era_behind() {
        let at = Date::constant(-43, 3, 15).to_datetime(Time::constant(9, 0, 0, 0));
        assert_eq!(date_text(at.date()), "0044-03-15 BC");
        assert_eq!(datetime_text(at, "+00"), "0044-03-15 09:00:00.000000+00 BC");
        assert_eq!(datetime_text(EPOCH.at(1, 2, 3, 4_000), ""), "2000-01-01 01:02:03.000004");
    }
}
