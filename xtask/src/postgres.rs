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
    let has_apt = runs("apt-get", &["--version"]);
    let Some(words) = installer(has_apt, is_root(), || runs("sudo", &["-n", "true"])) else {
        return Err(by_hand);
    };
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends", package]] {
        let command = [words, arguments].concat();
        eprintln!("$ {}", command.join(" "));
        let ran = Command::new(command[0])
            .args(&command[1..])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
        if !ran.is_ok_and(|status| status.success()) {
            return Err(format!("apt-get failed; {by_hand}"));
        }
    }
    Ok(())
}

/// The words before what `apt-get` is to do, if it can be started without anybody being asked. A `sudo` keeps no variable, so
/// the one that keeps packages from asking is set behind it.
fn installer(
    has_apt: bool,
    is_root: bool,
    has_sudo: impl FnOnce() -> bool,
) -> Option<&'static [&'static str]> {
    const WORDS: [&str; 5] = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    match (has_apt, is_root) {
        (false, _) => None,
        (true, true) => Some(&WORDS[2..]),
        (true, false) => has_sudo().then_some(&WORDS[..]),
    }
}

/// `id` says 0.
fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::installer;

    #[test]
    fn packages_are_installed_only_where_nobody_is_asked() {
        let words = |apt, root, sudo: bool| installer(apt, root, || sudo).map(|words| words[0]);
        assert_eq!(words(true, true, false), Some("env"));
        assert_eq!(words(true, false, true), Some("sudo"));
        assert_eq!(words(true, false, false), None, "somebody would have to type a password");
        assert_eq!(words(false, true, true), None, "this is no Debian");
        assert_eq!(
            installer(true, true, || unreachable!()).map(|words| words[1]),
            Some("DEBIAN_FRONTEND=noninteractive")
        );
    }
}
