//! The server's process, its user and its end.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use super::super::Address;
use super::super::wire::Wire;
use super::{Binaries, NAME, log};
use crate::Error;

/// Whom the server runs as: never root, which PostgreSQL refuses.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    /// Another user than ours.
    other: Option<(u32, u32)>,
}

/// The users to run as where we are root, the best first.
const USERS: [&str; 2] = ["postgres", "nobody"];

impl User {
    /// Whom the server of a folder that we made runs as. What is in the folder is given to that user.
    pub(super) fn for_folder(folder: &Path) -> io::Result<Self> {
        // What we made has our number.
        if fs::metadata(folder)?.uid() != 0 {
            return Ok(Self { other: None });
        }
        let passwd = fs::read_to_string("/etc/passwd")?;
        let other = USERS.iter().find_map(|name| numbers(&passwd, name)).ok_or_else(|| {
            io::Error::other(
                "PostgreSQL does not run as root, and there is no user `postgres` or `nobody`",
            )
        })?;
        let (user, group) = other;
        chown(folder, Some(user), Some(group))?;
        for entry in fs::read_dir(folder)? {
            chown(entry?.path(), Some(user), Some(group))?;
        }
        Ok(Self { other: Some(other) })
    }

    fn run(self, command: &mut Command, folder: &Path) {
        if let Some((user, group)) = self.other {
            command.uid(user).gid(group);
        }
        // In a group of its own, so that an interrupt from the keyboard reaches us first; in a folder that its user can enter.
        command.process_group(0).current_dir(folder);
    }
}

/// The numbers of a user and its group in `/etc/passwd`.
fn numbers(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        (user != 0).then_some((user, group))
    })
}

/// Writes a file that only its owner can read, as the server demands of keys.
pub(super) fn private_file(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(contents)
}

/// Makes the data folder.
pub(super) fn initialize(binaries: &Binaries, user: &User, folder: &Path) -> Result<(), Error> {
    let mut said = String::new();
    // Not every system has the first one.
    for locale in ["C.UTF-8", "C"] {
        let mut command = binaries.command("initdb");
        command
            .args(["--username", NAME, "--auth=trust", "--encoding=UTF8", "--no-sync"])
            .arg(format!("--locale={locale}"))
            .arg("--pgdata")
            .arg(folder.join("data"))
            .stdin(Stdio::null());
        user.run(&mut command, folder);
        match command.output() {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => said = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => said = error.to_string(),
        }
    }
    Err(Error::NoServer(format!("a throw-away server could not be made: initdb says: {said}")))
}

/// Runs the server, and ends it when its own input ends, which it does when the process that holds the other end is gone.
/// `$1` is the folder; what follows is the server's command.
const WATCH: &str = r#"
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- >"$folder/log" 2>&1 &
server=$!
(
    read -r _ <&3
    kill -QUIT "$server" 2>/dev/null
    while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
    rm -rf "$folder"
) >/dev/null 2>&1 &
exec 3<&-
wait "$server"
"#;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server and what watches over it.
#[derive(Debug)]
pub(super) struct Process {
    watcher: Child,
    /// Its end is what ends the server.
    lifeline: Option<ChildStdin>,
}

impl Process {
    pub(super) fn start(
        binaries: &Binaries,
        user: &User,
        folder: &Path,
        settings: &[(&str, String)],
    ) -> Result<Self, Error> {
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(WATCH).arg("sh").arg(folder).arg(binaries.program("postgres"));
        command.arg("-D").arg(folder.join("data"));
        for (name, value) in settings {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        user.run(&mut command, folder);
        let mut watcher = command.spawn().map_err(|error| {
            Error::NoServer(format!("a throw-away server could not be started: {error}"))
        })?;
        let lifeline = watcher.stdin.take();
        Ok(Self { watcher, lifeline })
    }

    pub(super) fn wait_until_ready(
        &mut self,
        address: &Address,
        folder: &Path,
    ) -> Result<(), Error> {
        let started = Instant::now();
        loop {
            let Err(error) = Wire::connect(address) else { return Ok(()) };
            let ended = self.watcher.try_wait().is_ok_and(|status| status.is_some());
            if ended || started.elapsed() > PATIENCE {
                let said = log(folder);
                let said = if said.is_empty() { error.to_string() } else { said };
                return Err(Error::NoServer(format!(
                    "a throw-away server did not start: {}",
                    said.trim()
                )));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // It ends when the server has ended.
        let _ = self.watcher.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_and_root_never_is() {
        let passwd = "root:x:0:0::/root:/bin/sh\nfake:x:0:5::/:/x\npostgres:x:104:112:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(numbers(passwd, "postgres"), Some((104, 112)));
        assert_eq!(numbers(passwd, "root"), None);
        assert_eq!(numbers(passwd, "fake"), None);
        assert_eq!(numbers(passwd, "nobody"), None);
    }
}
