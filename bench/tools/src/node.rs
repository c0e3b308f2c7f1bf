//! drizzle-kit and drizzle-orm, installed from npm by name into a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, output};

const PACKAGES: &str = include_str!("../package.json");

/// A folder with the peers that run on Node.
#[derive(Debug, Clone)]
pub struct Node {
    folder: PathBuf,
}

impl Node {
    /// The peers, installed now unless an earlier run has left them in the system's temporary folder.
    ///
    /// # Errors
    /// If npm is not there, or cannot install them.
    pub fn install() -> Result<Self, Error> {
        let folder = std::env::temp_dir().join("peristyle-bench-peers");
        let list = folder.join("package.json");
        let done = folder.join("installed");
        if fs::read_to_string(&list).is_ok_and(|text| text == PACKAGES)
            && done.exists()
            && !folder.join("hidden").exists()
        {
            return Ok(Self { folder });
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
        }
        fs::create_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
        fs::write(&list, PACKAGES).map_err(|reason| Error::file(&list, reason))?;
        output(
            Command::new("npm")
                .args(["install", "--no-audit", "--no-fund", "--no-package-lock"])
                .current_dir(&folder),
        )?;
        fs::write(&done, "").map_err(|reason| Error::file(&done, reason))?;
        Ok(Self { folder })
    }

    /// A new folder beside `node_modules`, so that what is run in it finds the peers.
    ///
    /// # Errors
    /// If it cannot be made anew.
    pub fn folder(&self, name: &str) -> Result<PathBuf, Error> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
        }
        fs::create_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
        Ok(folder)
    }

    /// drizzle-kit, run by Node itself: `npx` would add its own start to every figure.
    pub fn drizzle_kit(&self, folder: &Path) -> Command {
        let mut command = Command::new("node");
        command.arg(self.folder.join("node_modules/drizzle-kit/bin.cjs")).current_dir(folder);
        command
    }

    /// Node, to run `script` in `folder`.
    pub fn script(&self, folder: &Path, script: &Path) -> Command {
        let mut command = Command::new("node");
        command.arg(script).current_dir(folder);
        command
    }

    /// The versions of Node and of the peers.
    ///
    /// # Errors
    /// If Node cannot be run.
    pub fn versions(&self) -> Result<String, Error> {
        let node = output(Command::new("node").arg("--version"))?;
        let mut versions = format!("Node {}", node.trim().trim_start_matches('v'));
        for package in ["drizzle-kit", "drizzle-orm", "better-sqlite3", "@libsql/client"] {
            let version = self.version(package).unwrap_or_else(|| "not installed".to_owned());
            versions.push_str(&format!(", {package} {version}"));
        }
        Ok(versions)
    }

    /// Runs `work` while `package` is out of sight of everything that Node runs.
    ///
    /// # Errors
    /// Those of `work`, or if the package cannot be moved away and back.
    pub fn without<T>(
        &self,
        package: &str,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let place = self.folder.join("node_modules").join(package);
        let hidden = self.folder.join("hidden");
        rename(&place, &hidden)?;
        let answer = work();
        rename(&hidden, &place)?;
        answer
    }

    /// Whether npm could install this optional package here.
    pub fn has(&self, package: &str) -> bool {
        self.version(package).is_some()
    }

    fn version(&self, package: &str) -> Option<String> {
        let path = self.folder.join("node_modules").join(package).join("package.json");
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.trim_start().starts_with("\"version\""))?;
        line.split('"').nth(3).map(str::to_owned)
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    if !from.exists() {
        return Ok(());
    }
    fs::rename(from, to).map_err(|reason| Error::file(from, reason))
}
