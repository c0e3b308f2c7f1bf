//! A PostgreSQL server that a test can stop as a loss of power would, and start again.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use peristyle_driver::Url;
use peristyle_driver::postgres::cluster::Binaries;
use tempfile::TempDir;

/// A server of the test's own, on a socket in a temporary folder. It syncs what it commits, as one that holds data does.
#[derive(Debug)]
pub struct StoppableServer {
    folder: TempDir,
    programs: Binaries,
    user: Option<&'static str>,
}

impl StoppableServer {
    /// Makes a server and starts it.
    pub fn start() -> Self {
        let programs = Binaries::find().unwrap_or_else(|error| panic!("{error}"));
        let folder = tempfile::Builder::new().prefix("peristyle-stop-").tempdir();
        let folder = folder.expect("a temporary folder can be made");
        // PostgreSQL does not run as root; its packages bring a user of their own.
        let user = is_root().then_some("postgres");
        if let Some(user) = user {
            run(Command::new("chown").arg(user).arg(folder.path()));
        }
        let server = Self { folder, programs, user };
        run(server
            .program("initdb")
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"])
            .arg("-D")
            .arg(server.data()));
        server.start_again();
        server
    }

    /// Starts it after it was stopped; it recovers first.
    pub fn start_again(&self) {
        let settings = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c timezone=UTC",
            self.folder.path().display()
        );
        run(self
            .control("start")
            .arg("-w")
            .arg("-l")
            .arg(self.folder.path().join("log"))
            .arg("-o")
            .arg(settings));
    }

    /// Stops it at once, without letting anything come to its end.
    pub fn stop_immediately(&self) {
        run(self.control("stop").args(["-m", "immediate", "-w"]));
    }

    /// Its maintenance database.
    pub fn url(&self) -> Url {
        let text =
            format!("postgres://postgres@localhost/postgres?host={}", self.folder.path().display());
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn control(&self, verb: &str) -> Command {
        let mut command = self.program("pg_ctl");
        command.arg(verb).arg("-D").arg(self.data());
        command
    }

    /// One of the server's programs, as a user that it accepts.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.program(name);
        let mut command = match self.user {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args([OsStr::new("-u"), OsStr::new(user), OsStr::new("--"), &program]);
                command
            }
        };
        command.current_dir(Path::new("/"));
        command
    }
}

impl Drop for StoppableServer {
    fn drop(&mut self) {
        // One that does not run any more needs no stop.
        let _ = self.control("stop").args(["-m", "immediate"]).stderr(Stdio::null()).output();
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("`id` says who we are");
    output.stdout == b"0\n"
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}
