//! A server of one's own, for as long as it is needed.
//!
//! Its data are in a temporary folder and nothing of it is ever synced to the disk. It listens on a socket in that folder,
//! which only its user can enter, and ends with the process that started it, however that ends.

mod binaries;
#[cfg(unix)]
mod process;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Address, Encryption, Host};
use crate::{Error, Url};

pub use self::binaries::Binaries;

/// How to start a cluster.
#[derive(Debug, Clone, Default)]
pub struct ClusterOptions {
    /// Which version of PostgreSQL; without one it is looked for.
    pub binaries: Option<Binaries>,
    /// Settings of the server.
    pub settings: Vec<(String, String)>,
    /// Whether it also listens on a free port of the loopback interface. Everybody on this machine can then connect to it.
    pub loopback: bool,
    /// Files to put into its folder first, such as certificates: names and contents. Only the server's user can read them.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A running server that ends when this is dropped, or when the process is gone.
#[derive(Debug)]
pub struct Cluster {
    #[cfg(unix)]
    process: process::Process,
    folder: TempDir,
    port: u16,
    loopback: bool,
}

/// The role that the cluster belongs to, and the database that everybody can connect to.
const NAME: &str = "postgres";

impl Cluster {
    /// Makes a cluster and starts it.
    #[cfg(unix)]
    pub fn start(options: &ClusterOptions) -> Result<Self, Error> {
        let binaries = match &options.binaries {
            Some(binaries) => binaries.clone(),
            None => Binaries::find()?,
        };
        let failed = |error: std::io::Error| {
            Error::NoServer(format!("no folder for a throw-away server can be made: {error}"))
        };
        let folder = tempfile::Builder::new().prefix("peristyle-").tempdir().map_err(failed)?;
        for (name, contents) in &options.files {
            process::private_file(&folder.path().join(name), contents).map_err(failed)?;
        }
        let user = process::User::for_folder(folder.path()).map_err(failed)?;
        process::initialize(&binaries, &user, folder.path())?;
        let port = if options.loopback { free_port().map_err(failed)? } else { 5432 };
        let mut settings = vec![
            ("listen_addresses", if options.loopback { "127.0.0.1" } else { "" }.to_owned()),
            ("port", port.to_string()),
            ("unix_socket_directories", folder.path().display().to_string()),
            // What is thrown away need not survive a loss of power.
            ("fsync", "off".to_owned()),
            ("synchronous_commit", "off".to_owned()),
            ("full_page_writes", "off".to_owned()),
            ("wal_level", "minimal".to_owned()),
            ("max_wal_senders", "0".to_owned()),
            ("max_connections", "200".to_owned()),
            ("timezone", "UTC".to_owned()),
        ];
        for (name, value) in &options.settings {
            let inside = value.replace("{folder}", &folder.path().display().to_string());
            settings.push((name, inside));
        }
        let process = process::Process::start(&binaries, &user, folder.path(), &settings)?;
        let mut cluster = Self { process, folder, port, loopback: options.loopback };
        cluster.process.wait_until_ready(&cluster.address(), cluster.folder.path())?;
        Ok(cluster)
    }

    /// Says that this system cannot have one.
    #[cfg(not(unix))]
    pub fn start(_options: &ClusterOptions) -> Result<Self, Error> {
        Err(Error::NoServer(
            "throw-away servers need Unix sockets, which this system does not have; name a server for development".to_owned(),
        ))
    }

    /// Its maintenance database, by the socket.
    pub fn url(&self) -> Url {
        self.address().url()
    }

    /// Its maintenance database, by the loopback interface, if it listens there.
    pub fn loopback_url(&self) -> Option<Url> {
        self.loopback.then(|| {
            let host = Host::Name("127.0.0.1".to_owned());
            Address { host, ..self.address() }.url()
        })
    }

    /// The folder that all of it is in: `data`, the socket, `log`, and the files that it was given.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The port it listens on, which is also a part of its socket's name.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the server logged so far.
    pub fn log(&self) -> String {
        log(self.folder.path())
    }

    fn address(&self) -> Address {
        Address {
            host: Host::Socket(self.folder.path().to_owned()),
            port: self.port,
            user: NAME.to_owned(),
            password: None,
            database: NAME.to_owned(),
            encryption: Encryption::Disabled,
            root_certificates: None,
            application_name: "peristyle".to_owned(),
            connect_timeout: std::time::Duration::from_secs(10),
            settings: Vec::new(),
            pooled: false,
        }
    }
}

/// A port that nobody listens on at this moment.
#[cfg(unix)]
fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn log(folder: &Path) -> String {
    fs::read(folder.join("log"))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}
