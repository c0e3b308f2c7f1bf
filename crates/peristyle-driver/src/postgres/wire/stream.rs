//! The bytes' way to the server.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use super::super::error::unreachable;
use super::super::{Address, Encryption, Host};
use super::tls::{self, Encrypted};
use crate::Error;

/// A connection before anything is said on it.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    Tls(Box<Encrypted>),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// After how much silence the other side is asked whether it is there, and how often again.
const SILENCE: Duration = Duration::from_secs(60);
const PROBE: Duration = Duration::from_secs(10);

/// Where servers commonly have their socket: Debian's place, then PostgreSQL's own.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

impl Stream {
    /// Connects, and encrypts the connection if the address demands it. A read waits as long as connecting may take.
    pub(super) fn connect(address: &Address) -> Result<Self, Error> {
        let failed = |error: io::Error| unreachable(address, &error);
        let timeout = Some(address.connect_timeout);
        let stream = match &address.host {
            Host::Name(name) => {
                let plain = tcp(name, address.port, address.connect_timeout).map_err(failed)?;
                plain.set_read_timeout(timeout).map_err(failed)?;
                return match address.encryption {
                    Encryption::Disabled => Ok(Self::Tcp(plain)),
                    Encryption::Unverified | Encryption::Authority | Encryption::Full => {
                        tls::encrypt(plain, address, name).map(|stream| Self::Tls(Box::new(stream)))
                    }
                };
            }
            Host::Socket(folder) => socket(&socket_file(folder, address.port)),
            Host::AnySocket => SOCKET_FOLDERS
                .iter()
                .map(|folder| socket_file(Path::new(folder), address.port))
                .find(|file| file.exists())
                .map_or_else(
                    || Err(io::Error::new(io::ErrorKind::NotFound, no_socket(address.port))),
                    |file| socket(&file),
                ),
        };
        let stream = stream.map_err(failed)?;
        stream.set_read_timeout(timeout).map_err(failed)?;
        Ok(stream)
    }

    /// Whether nobody between can listen in or interfere.
    pub(super) fn is_encrypted(&self) -> bool {
        match self {
            Self::Tls(_) => true,
            Self::Tcp(_) => false,
            #[cfg(unix)]
            Self::Unix(_) => false,
        }
    }

    /// Limits how long a read waits, or lifts the limit.
    pub(super) fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_read_timeout(timeout),
            Self::Tls(stream) => stream.sock.set_read_timeout(timeout),
            #[cfg(unix)]
            Self::Unix(stream) => stream.set_read_timeout(timeout),
        }
    }

    /// Whether reads and writes return rather than wait.
    pub(super) fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.set_nonblocking(nonblocking),
            Self::Tls(stream) => stream.sock.set_nonblocking(nonblocking),
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
fn tcp(name: &str, port: u16, timeout: Duration) -> io::Result<TcpStream> {
    let mut last = None;
    for address in (name, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, timeout) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                keep_alive(&stream)?;
                return Ok(stream);
            }
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, "the host's name has no address")
    }))
}

/// While a long statement runs nothing is sent, and what stands between forgets a silent connection; and a server whose machine
/// is gone would be waited for until the end of time.
fn keep_alive(stream: &TcpStream) -> io::Result<()> {
    let probes = TcpKeepalive::new().with_time(SILENCE).with_interval(PROBE);
    SockRef::from(stream).set_tcp_keepalive(&probes)
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
            Self::Tls(stream) => stream.read(buffer),
            #[cfg(unix)]
            Self::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(buffer),
            Self::Tls(stream) => stream.write(buffer),
            #[cfg(unix)]
            Self::Unix(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
            #[cfg(unix)]
            Self::Unix(stream) => stream.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_silent_connection_is_kept_alive() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let stream = tcp("127.0.0.1", port, Duration::from_secs(5)).expect("it connects");
        assert!(SockRef::from(&stream).keepalive().expect("it is known"));
        assert!(stream.nodelay().expect("it is known"));
    }
}
