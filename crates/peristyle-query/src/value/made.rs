use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

use super::{Cuid2, ValueError};
use crate::Bind;

/// A value that the application makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The time it is now.
    Now,
    /// A random UUID.
    Uuid4,
    /// A time-ordered UUID.
    Uuid7,
    /// A CUID2.
    Cuid2,
}

impl Made {
    /// It for a column of text.
    pub(super) fn text(self) -> Bind<'static> {
        let text = match self {
            Self::Now => Timestamp::now().to_string(),
            Self::Uuid4 => Uuid::new_v4().to_string(),
            Self::Uuid7 => Uuid::now_v7().to_string(),
            Self::Cuid2 => Cuid2::generate().into(),
        };
        Bind::Text(text.into())
    }

    /// It for a column of UUIDs.
    pub(super) fn uuid(self) -> Bind<'static> {
        match self {
            Self::Uuid4 => Bind::Uuid(Uuid::new_v4()),
            Self::Uuid7 => Bind::Uuid(Uuid::now_v7()),
            Self::Now | Self::Cuid2 => self.refused("a UUID"),
        }
    }

    /// It for a column of time; `of` takes what the column holds out of the time it is now in UTC.
    pub(super) fn time(self, of: impl FnOnce(Zoned) -> Bind<'static>) -> Bind<'static> {
        match self {
            Self::Now => of(Timestamp::now().to_zoned(TimeZone::UTC)),
            Self::Uuid4 | Self::Uuid7 | Self::Cuid2 => self.refused("a time"),
        }
    }

    /// It for a column that cannot hold it.
    pub(super) fn refused(self, expected: &'static str) -> Bind<'static> {
        Bind::Failed(ValueError::kind(expected, format!("the default `{self:?}`")))
    }
}
