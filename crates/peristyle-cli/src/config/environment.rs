//! One environment of the configuration: which database, and what may be done to it.

/// A database that a project knows by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its name: `dev`.
    pub name: String,
    /// Where the database's address comes from, if it is said.
    pub url: Option<Address>,
    /// Where it is reached without a pooler between, for whoever changes or inspects it.
    pub direct_url: Option<Address>,
    /// The development server for its scratch databases.
    pub dev_url: Option<Address>,
    /// Whether everything in it may be thrown away.
    pub disposable: Disposable,
}

/// Where the address of a database comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// It stands in the file.
    Written(String),
    /// It stands in an environment variable (or in `.env`): `url.env = "DATABASE_URL"`.
    Variable(String),
}

/// Whether everything in a database may be thrown away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Disposable {
    /// It may: `reset` works on it.
    Yes,
    /// It may not.
    #[default]
    No,
}
