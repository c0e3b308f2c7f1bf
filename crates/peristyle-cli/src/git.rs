//! What git says of the repository around a project, by git's own commands.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use peristyle_schema::Diagnostic;

use crate::exit::Exit;
use crate::failure::{self, Failure};

/// The repository around a project.
#[derive(Debug)]
pub struct Repository {
    /// The folder that is checked out.
    top: PathBuf,
}

/// A committed file that is about to be committed otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path in the repository, as it is committed.
    pub path: String,
    /// What becomes of it.
    pub what: What,
}

/// What becomes of a committed file.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// Its content or kind changes.
    Edited,
    /// It goes.
    Deleted,
    /// It goes, and what it held stands under another name.
    Renamed(String),
}

impl Repository {
    /// The repository that a folder is in.
    pub fn around(folder: &Path) -> Result<Self, Failure> {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let top = git(here, ["rev-parse", "--show-toplevel"])?;
        Ok(Self { top: PathBuf::from(top.trim_end_matches(['\n', '\r'])) })
    }

    /// The folder of the repository's hooks.
    pub fn hooks(&self) -> Result<PathBuf, Failure> {
        let path = git(&self.top, ["rev-parse", "--git-path", "hooks"])?;
        Ok(self.top.join(path.trim_end_matches(['\n', '\r'])))
    }

    /// A path as git writes it: from the top, with slashes. What is not there need not be.
    pub fn relative(&self, path: &Path) -> Result<String, Failure> {
        let failed = |error: std::io::Error| failure::io("find", path, &error);
        let whole = match (path.canonicalize(), path.parent(), path.file_name()) {
            (Ok(whole), ..) => whole,
            (Err(_), Some(parent), Some(name)) => {
                let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
                parent.canonicalize().map_err(failed)?.join(name)
            }
            (Err(error), ..) => return Err(failed(error)),
        };
        let top = self.top.canonicalize().map_err(failed)?;
        let inside = whole.strip_prefix(&top).map_err(|_| {
            let message = format!("{} is not in the repository {}", path.display(), top.display());
            Failure::usage(
                Diagnostic::error("no-repository", message)
                    .help("run it where the migrations are in the same repository"),
            )
        })?;
        let parts: Vec<String> =
            inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        Ok(parts.join("/"))
    }

    /// The files of a folder that are committed and are about to be committed otherwise.
    pub fn changed(&self, folder: &str) -> Result<Vec<Change>, Failure> {
        let head = ["rev-parse", "--verify", "--quiet", "HEAD"];
        let first = Command::new("git").arg("-C").arg(&self.top).args(head).output();
        if !first.map_err(|error| no_git(&error))?.status.success() {
            // Nothing is committed yet.
            return Ok(Vec::new());
        }
        let only = literal(folder);
        let arguments =
            ["diff", "--cached", "--name-status", "-z", "-M", "--no-ext-diff", "HEAD", "--", &only];
        Ok(changes(&git(&self.top, arguments)?))
    }

    /// The lines that begin with a text, by file, in what is committed: in the folder, on this branch and the one being merged.
    pub fn lines(&self, folder: &str, beginning: &str) -> Result<Vec<(String, String)>, Failure> {
        let mut found = Vec::new();
        for commit in ["HEAD", "MERGE_HEAD"] {
            let mut command = Command::new("git");
            command.arg("-C").arg(&self.top).args(["grep", "-z", "--no-color", "-F", "-e"]);
            command.args([beginning, commit, "--", &literal(folder)]);
            let output = command.output().map_err(|error| no_git(&error))?;
            // What is not there holds no line: most commits are no merge.
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            for line in text.lines() {
                let place = line.strip_prefix(commit).and_then(|rest| rest.strip_prefix(':'));
                if let Some((path, line)) = place.and_then(|place| place.split_once('\0'))
                    && line.starts_with(beginning)
                {
                    found.push((path.to_owned(), line.to_owned()));
                }
            }
        }
        Ok(found)
    }

    /// The files of a folder as they are about to be committed, each with its text.
    pub fn staged(&self, folder: &str) -> Result<Vec<(String, String)>, Failure> {
        let names = git(&self.top, ["ls-files", "--cached", "-z", "--", &literal(folder)])?;
        let names = names.split('\0').filter(|name| !name.is_empty());
        names
            .map(|name| Ok((name.to_owned(), git(&self.top, ["show", &format!(":0:{name}")])?)))
            .collect()
    }
}

/// A path that git takes by its letters.
fn literal(folder: &str) -> String {
    let folder = if folder.is_empty() { "." } else { folder };
    format!(":(literal){folder}")
}

/// Reads git's list of what changes.
fn changes(list: &str) -> Vec<Change> {
    let mut found = Vec::new();
    let mut words = list.split('\0');
    while let (Some(status), Some(path)) = (words.next(), words.next()) {
        let what = match status.chars().next() {
            Some('A') => continue,
            Some('C') => {
                words.next();
                continue;
            }
            Some('R') => What::Renamed(words.next().unwrap_or_default().to_owned()),
            Some('D') => What::Deleted,
            Some(_) | None => What::Edited,
        };
        found.push(Change { path: path.to_owned(), what });
    }
    found
}

fn git<const N: usize>(folder: &Path, arguments: [&str; N]) -> Result<String, Failure> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments.map(OsStr::new));
    let output = command.output().map_err(|error| no_git(&error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let message = format!("git {}: {}", arguments[0], said.trim());
    Err(Failure::new(
        Exit::Failure,
        Diagnostic::error("no-repository", message)
            .help("run it inside of a git repository that is checked out"),
    ))
}

fn no_git(error: &std::io::Error) -> Failure {
    Failure::new(
        Exit::Failure,
        Diagnostic::error("no-git", format!("git cannot be run: {error}"))
            .help("install git; `peristyle check --no-database` needs none"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_no_change_of_what_is_there() {
        let list = "A\0m/3.sql\0M\0m/1.sql\0R098\0m/2.sql\0m/4.sql\0D\0m/5.sql\0C100\0m/1.sql\0m/6.sql\0T\0m/7.sql\0";
        let found: Vec<(String, What)> =
            changes(list).into_iter().map(|change| (change.path, change.what)).collect();
        let file = |name: &str| format!("m/{name}.sql");
        assert_eq!(
            found,
            [
                (file("1"), What::Edited),
                (file("2"), What::Renamed(file("4"))),
                (file("5"), What::Deleted),
                (file("7"), What::Edited),
            ]
        );
        assert!(changes("").is_empty());
    }
}
