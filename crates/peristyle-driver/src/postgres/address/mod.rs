//! Where a PostgreSQL server is, and as whom to speak to it.

mod parse;

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Url;
use crate::url::percent_encode;

/// A server, a database on it, and how to log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// Where the server is.
    pub host: Host,
    /// Its port; for a socket it is a part of the file's name.
    pub port: u16,
    /// The role to log in as.
    pub user: String,
    /// Its password.
    pub password: Option<String>,
    /// The database.
    pub database: String,
    /// Whether and how the connection is encrypted.
    pub encryption: Encryption,
    /// A file of certificates to trust instead of the system's.
    pub root_certificates: Option<PathBuf>,
    /// What the server's lists of sessions call us.
    pub application_name: String,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// Whether the server is a pooler that lends out one of its sessions for each transaction.
    pub pooled: bool,
    /// Settings of the session, sent when it begins.
    pub settings: Vec<(String, String)>,
}

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    /// A host by its name or number.
    Name(String),
    /// The folder of a Unix socket.
    Socket(PathBuf),
    /// A socket in one of the folders where servers commonly have it.
    AnySocket,
}

/// Whether and how a connection is encrypted. There is no “encrypt if the server happens to”: an attacker decides that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encryption {
    /// In clear text.
    Disabled,
    /// Encrypted, to whomever answers.
    Unverified,
    /// Encrypted; the certificate must be signed by a trusted authority.
    Authority,
    /// Encrypted; the certificate must be signed by a trusted authority and be the host's.
    Full,
}

impl Host {
    /// How a connection to it is encrypted unless something else is asked for.
    fn encryption(&self) -> Encryption {
        if self.is_local() { Encryption::Disabled } else { Encryption::Full }
    }

    /// Whether nobody but this machine can be listening in.
    pub fn is_local(&self) -> bool {
        match self {
            Self::Socket(_) | Self::AnySocket => true,
            Self::Name(name) => {
                name.eq_ignore_ascii_case("localhost")
                    || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            }
        }
    }
}

/// What is meant where a URL does not say.
const PORT: u16 = 5432;
const NAME: &str = "peristyle";
const PATIENCE: Duration = Duration::from_secs(10);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("database", &self.database)
            .field("encryption", &self.encryption)
            .finish_non_exhaustive()
    }
}

impl Address {
    /// The URL of this address, with its secrets inside.
    pub fn url(&self) -> Url {
        let login = match &self.password {
            Some(password) => {
                format!("{}:{}", percent_encode(&self.user), percent_encode(password))
            }
            None => percent_encode(&self.user),
        };
        let mut query = Vec::new();
        let server = match &self.host {
            Host::Name(name) if name.contains(':') => format!("[{name}]{}", self.colon_port()),
            Host::Name(name) => format!("{}{}", percent_encode(name), self.colon_port()),
            Host::Socket(folder) => {
                query.push(format!("host={}", percent_path(folder)));
                String::new()
            }
            Host::AnySocket => String::new(),
        };
        let in_socket = !matches!(self.host, Host::Name(_));
        if in_socket && self.port != PORT {
            query.push(format!("port={}", self.port));
        }
        if self.encryption != self.host.encryption() {
            query.push(format!("sslmode={}", self.encryption.mode()));
        }
        if let Some(file) = &self.root_certificates {
            query.push(format!("sslrootcert={}", percent_path(file)));
        }
        if self.application_name != NAME {
            query.push(format!("application_name={}", percent_encode(&self.application_name)));
        }
        if self.connect_timeout != PATIENCE {
            query.push(format!("connect_timeout={}", self.connect_timeout.as_secs()));
        }
        if self.pooled {
            query.push("pgbouncer=true".to_owned());
        }
        // What else a session begins with is ours, and no part of where the database is.
        for (name, value) in self.settings.iter().filter(|(name, _)| name == "options") {
            query.push(format!("{name}={}", percent_encode(value)));
        }
        let database = percent_encode(&self.database);
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        Url::server(format!("postgres://{login}@{server}/{database}{query}"))
    }

    fn colon_port(&self) -> String {
        if self.port == PORT { String::new() } else { format!(":{}", self.port) }
    }

    /// The same server and login, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self { database: database.to_owned(), ..self.clone() }
    }
}

impl Encryption {
    /// The word for it in a URL.
    pub fn mode(self) -> &'static str {
        match self {
            Self::Disabled => "disable",
            Self::Unverified => "require",
            Self::Authority => "verify-ca",
            Self::Full => "verify-full",
        }
    }
}

fn percent_path(path: &Path) -> String {
    // A slash is no secret and no separator in a query.
    percent_encode(&path.to_string_lossy()).replace("%2F", "/")
}
