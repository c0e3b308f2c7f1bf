use peristyle_driver::postgres::Postgres;
use peristyle_driver::{Options, Url};

use super::{Engine, Names};
use crate::Error;
use crate::Result;

/// Connects as a migrator does.
pub(crate) fn connect(url: &Url) -> Result<Postgres> {
    Postgres::open(url, &Options::default())
        .map_err(|error| Error::Connection { reason: error.to_string() })
}

/// The engine over a connection.
pub(crate) fn engine(postgres: Postgres, names: Names) -> Engine {
    Engine::new(postgres.into_wire(), names)
}

/// Whether the URL says that it leads to a pooler.
pub(crate) fn is_pooled(url: &Url) -> bool {
    url.address().is_some_and(|address| address.pooled)
}
