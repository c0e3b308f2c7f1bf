//! The folder that everybody's crates are made in, and what is done with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::Spent;
use tools::{Error, output, timed};

use crate::Failure;
use crate::peer::{Peer, three};

/// A workspace of generated crates. The dependencies that they share are built once.
#[derive(Debug)]
pub struct Project {
    folder: PathBuf,
    jobs: usize,
}

impl Project {
    /// Writes all crates.
    pub fn new(folder: PathBuf, sizes: &[usize], jobs: usize) -> Result<Self, Failure> {
        let peristyle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/peristyle");
        let peristyle = peristyle.canonicalize()?.display().to_string();
        let mut members = Vec::new();
        for (peer, &tables) in
            Peer::ALL.iter().flat_map(|peer| sizes.iter().map(move |n| (peer, n)))
        {
            let package = peer.package(tables);
            let source = folder.join(&package).join("src");
            fs::create_dir_all(&source)?;
            fs::write(folder.join(&package).join("Cargo.toml"), peer.manifest(tables, &peristyle))?;
            fs::write(source.join("main.rs"), peer.main(tables))?;
            for number in 0..tables {
                fs::write(source.join(format!("t{}.rs", three(number))), peer.table(number))?;
            }
            members.push(format!("\"{package}\""));
        }
        let workspace =
            format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        fs::write(folder.join("Cargo.toml"), workspace)?;
        Ok(Self { folder, jobs })
    }

    fn cargo(&self, command: &str, package: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.folder).args([command, "--quiet", "-p", package]);
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }

    fn build(&self, package: &str) -> Command {
        let mut cargo = self.cargo("build", package);
        cargo.args(["--jobs", &self.jobs.to_string()]);
        cargo
    }

    /// Builds a crate and everything that it depends on.
    pub fn ready(&self, package: &str) -> Result<(), Error> {
        output(&mut self.build(package)).map(drop)
    }

    /// Builds the crate itself from nothing, its dependencies being built.
    pub fn anew(&self, package: &str) -> Result<Spent, Error> {
        output(&mut self.cargo("clean", package))?;
        timed(&mut self.build(package))
    }

    /// Builds after a change of the middle table's file: a line above everything moves all that stands in it.
    pub fn touched(&self, package: &str, tables: usize, round: usize) -> Result<Spent, Failure> {
        let number = tables / 2;
        let file = self.folder.join(package).join(format!("src/t{}.rs", three(number)));
        let text = fs::read_to_string(&file)?;
        fs::write(&file, format!("// Changed {round}.\n{text}"))?;
        let spent = timed(&mut self.build(package))?;
        Ok(spent)
    }

    /// The size of the optimised program, stripped of its symbols.
    pub fn program(&self, package: &str) -> Result<u64, Failure> {
        let mut build = self.build(package);
        output(build.arg("--release").env("CARGO_PROFILE_RELEASE_STRIP", "true"))?;
        Ok(fs::metadata(self.folder.join("target/release").join(package))?.len())
    }

    /// How many crates are built for it, itself not counted.
    pub fn crates(&self, package: &str) -> Result<usize, Error> {
        let mut tree = self.cargo("tree", package);
        tree.args(["-e", "normal,build", "--prefix", "none", "--format", "{p}"]);
        let listed = output(&mut tree)?;
        let mut crates: Vec<&str> =
            listed.lines().filter_map(|line| line.strip_suffix(" (*)").or(Some(line))).collect();
        crates.sort_unstable();
        crates.dedup();
        Ok(crates.len().saturating_sub(1))
    }

    /// The version of a library that they were built with.
    pub fn version(&self, library: &str) -> Result<String, Failure> {
        let lock = fs::read_to_string(self.folder.join("Cargo.lock"))?;
        let mut lines = lock.lines();
        let wanted = format!("name = \"{library}\"");
        lines.by_ref().find(|line| *line == wanted);
        let version = lines.next().and_then(|line| line.split('"').nth(1));
        Ok(version.unwrap_or("unknown").to_owned())
    }
}
