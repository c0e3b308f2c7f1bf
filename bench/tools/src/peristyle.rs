//! The binary `peristyle`, built from this repository in release mode.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, output};

/// The binary `peristyle`.
#[derive(Debug, Clone)]
pub struct Peristyle {
    binary: PathBuf,
}

impl Peristyle {
    /// The binary at `given`, or the one that is built now from the repository that this program was built in.
    ///
    /// # Errors
    /// If it does not build.
    pub fn find(given: Option<PathBuf>) -> Result<Self, Error> {
        if let Some(binary) = given {
            let binary = binary.canonicalize().map_err(|reason| Error::file(&binary, reason))?;
            return Ok(Self { binary });
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
        output(
            Command::new("cargo")
                .args(["build", "--release", "--quiet", "--package", "peristyle-cli"])
                .current_dir(&root),
        )?;
        Ok(Self { binary: target.join("release/peristyle") })
    }

    /// `peristyle`, to be run in `folder` with nothing of this terminal's settings.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.binary);
        command.current_dir(folder);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PERISTYLE_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// The version that it says it has.
    ///
    /// # Errors
    /// If it cannot be run.
    pub fn version(&self) -> Result<String, Error> {
        Ok(output(self.command(Path::new(".")).arg("--version"))?.trim().to_owned())
    }
}
