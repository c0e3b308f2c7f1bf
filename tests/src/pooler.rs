//! PgBouncer in transaction mode before the shared server, where it is installed.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use peristyle_driver::Url;
use tempfile::TempDir;

/// A pooler that gives a client a server's session for one transaction at a time.
#[derive(Debug)]
pub struct Pooler {
    process: Child,
    port: u16,
    folder: TempDir,
}

/// Where Debian's package and others put the program.
const PROGRAMS: [&str; 3] =
    ["/usr/sbin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];

/// The file in its folder that it says everything in.
const WORDS: &str = "words";

impl Pooler {
    /// A pooler before a server at a host and port; nothing if PgBouncer is not installed.
    pub fn before(host: &str, port: u16) -> Option<Self> {
        let program = PROGRAMS.iter().map(PathBuf::from).find(|path| path.exists())?;
        let folder = tempfile::Builder::new().prefix("peristyle-pool-").tempdir();
        let folder = folder.expect("a temporary folder can be made");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let own = listener.local_addr().expect("a listener has an address").port();
        drop(listener);
        let users = folder.path().join("users");
        std::fs::write(&users, "\"postgres\" \"\"\n").expect("a file can be written");
        let settings = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host={host} port={port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {own}\n\
             auth_type = trust\nauth_file = {}\npool_mode = transaction\ndefault_pool_size = 8\nmax_client_conn = 200\n\
             unix_socket_dir =\nignore_startup_parameters = extra_float_digits,options,search_path\n",
            users.display()
        );
        std::fs::write(&settings, text).expect("a file can be written");
        let process = start(&program, &settings, folder.path());
        let mut pooler = Self { process, port: own, folder };
        pooler.wait();
        Some(pooler)
    }

    /// A database of the server, by way of the pooler.
    pub fn url(&self, database: &str) -> Url {
        let text = format!("postgres://postgres@127.0.0.1:{}/{database}", self.port);
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Ok(Some(status)) = self.process.try_wait() {
                let words = std::fs::read_to_string(self.folder.path().join(WORDS));
                panic!("PgBouncer ended: {status}\n{}", words.unwrap_or_default());
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "PgBouncer listens");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// It does not run as root.
fn start(program: &Path, settings: &Path, folder: &Path) -> Child {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    // A pipe that nobody reads is full one day, and then it waits for ever.
    let words = std::fs::File::create(folder.join(WORDS)).expect("a file can be made");
    let mut command = Command::new(program);
    if is_root {
        let status = Command::new("chown").args(["-R", "postgres"]).arg(folder).status();
        assert!(status.is_ok_and(|status| status.success()), "the folder can be given away");
        command.args(["-u", "postgres"]);
    }
    command.arg(settings).stdout(Stdio::null()).stderr(words).spawn().expect("PgBouncer starts")
}

impl Drop for Pooler {
    fn drop(&mut self) {
        // It has nothing to lose, and nobody waits for it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
