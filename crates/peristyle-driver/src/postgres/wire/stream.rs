//! The bytes' way to the server.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::{Address, Host};

/// A connection before anything is said on it.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// Where servers commonly have their socket: Debian's place, then PostgreSQL's own.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

impl Stream {
    pub(super) fn connect(address: &Address) -> io::Result<Self> {
        match &address.host {
            Host::Name(name) => tcp(name, address.port, address.connect_timeout),
            Host::Socket(folder) => socket(&socket_file(folder, address.port)),
            Host::AnySocket => SOCKET_FOLDERS
                .iter()
                .map(|folder| socket_file(Path::new(folder), address.port))
                .find(|file| file.exists())
                .map_or_else(
                    || Err(io::Error::new(io::ErrorKind::NotFound, no_socket(address.port))),
                    |file| socket(&file),
                ),
        }
    }

    /// Limits how long a read waits, or lifts the limit.
    pub(super) fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_read_timeout(timeout),
            #[cfg(unix)]
            Self::Unix(stream) => stream.set_read_timeout(timeout),
        }
    }

    /// Whether reads and writes return rather than wait.
    pub(super) fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_nonblocking(nonblocking),
            #[cfg(unix)]
            Self::Unix(stream) => stream.set_nonblocking(nonblocking),
        }
    }
}

fn socket_file(folder: &Path, port: u16) -> PathBuf {
    folder.join(format!(".s.PGSQL.{port}"))
}

fn no_socket(port: u16) -> String {
    format!(
        "no host is named, and there is no socket for port {port} in {}",
        SOCKET_FOLDERS.join(" or ")
    )
}

/// Tries every address of the host, as its resolver orders them.
fn tcp(name: &str, port: u16, timeout: Duration) -> io::Result<Stream> {
    let mut last = None;
    for address in (name, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, timeout) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(Stream::Tcp(stream));
            }
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, "the host's name has no address")
    }))
}

#[cfg(unix)]
fn socket(file: &Path) -> io::Result<Stream> {
    UnixStream::connect(file).map(Stream::Unix)
}

#[cfg(not(unix))]
fn socket(_file: &Path) -> io::Result<Stream> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no Unix sockets"))
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(buffer),
            #[cfg(unix)]
            Self::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(buffer),
            #[cfg(unix)]
            Self::Unix(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.flush(),
            #[cfg(unix)]
            Self::Unix(stream) => stream.flush(),
        }
    }
}
