//! A database to make things in, and what is read of them.

use peristyle_driver::postgres::Postgres;
use peristyle_tests::postgres::Database;

/// A database of one test, dropped at its end.
pub struct Live {
    pub connection: Postgres,
    _database: Database,
}

impl Live {
    pub fn new() -> Self {
        let database = Database::fresh("catalog");
        Self { connection: database.open(), _database: database }
    }
}
