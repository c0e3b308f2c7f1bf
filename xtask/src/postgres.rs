//! The PostgreSQL server that the tests run beside.

use std::process::{Command, Stdio};

use peristyle_driver::postgres::cluster::{Binaries, Cluster, ClusterOptions};

/// The variable that names a server on which databases may be made and dropped.
pub const VARIABLE: &str = "PERISTYLE_TEST_POSTGRES_URL";

/// The Debian packages that the tests need, and a program of each. Without the second one its tests are left out, aloud.
const PACKAGES: [(&str, &str); 2] = [("postgresql", "postgres"), ("pgbouncer", "pgbouncer")];

/// A server; one that was started here ends with it, and with this process.
pub struct Server {
    own: Option<Cluster>,
}

impl Server {
    /// The server that is named, or one of our own from the installed binaries, which are installed where that can be done.
    pub fn for_tests() -> Result<Self, String> {
        if std::env::var_os(VARIABLE).is_some() {
            eprintln!("PostgreSQL: the server that {VARIABLE} names");
            return Ok(Self { own: None });
        }
        let binaries = match installed() {
            Some(binaries) => binaries,
            None => {
                install(PACKAGES[0].0)?;
                installed().ok_or("PostgreSQL was installed and is not found")?
            }
        };
        if !has_pgbouncer()
            && let Err(reason) = install(PACKAGES[1].0)
        {
            eprintln!("pgbouncer is not installed ({reason}): what needs it is NOT tested");
        }
        let version = binaries.version;
        let own = Cluster::start(&ClusterOptions {
            binaries: Some(binaries),
            ..ClusterOptions::default()
        })
        .map_err(|error| error.to_string())?;
        eprintln!(
            "PostgreSQL {version}: a server in {}, for this run alone",
            own.folder().display()
        );
        Ok(Self { own: Some(own) })
    }

    /// The maintenance database of a server of our own.
    pub fn own_url(&self) -> Option<String> {
        self.own.as_ref().and_then(|own| own.url().secret().map(str::to_owned))
    }
}

fn installed() -> Option<Binaries> {
    Binaries::find().ok()
}

/// Debian has it in a folder that is not on everybody's path.
fn has_pgbouncer() -> bool {
    ["pgbouncer", "/usr/sbin/pgbouncer"].iter().any(|program| runs(program, &["--version"]))
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs a Debian package, as root or with a `sudo` that does not ask.
fn install(package: &str) -> Result<(), String> {
    let by_hand = format!(
        "install `{package}` (Debian: `apt-get install {package}`), or set {VARIABLE} to the URL of a server on which databases may be made and dropped"
    );
    if !runs("apt-get", &["--version"]) {
        return Err(by_hand);
    }
    let sudo = !is_root();
    if sudo && !runs("sudo", &["-n", "true"]) {
        return Err(by_hand);
    }
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends", package]] {
        let program = if sudo { "sudo" } else { "apt-get" };
        let mut command = Command::new(program);
        if sudo {
            command.args(["-n", "apt-get"]);
        }
        eprintln!("$ apt-get {}", arguments.join(" "));
        let ran = command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null())
            .status();
        if !ran.is_ok_and(|status| status.success()) {
            return Err(format!("apt-get failed; {by_hand}"));
        }
    }
    Ok(())
}

/// `id` says 0.
fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}
