//! `hook`: git refuses to commit a change of a migration that is committed.

use std::path::Path;

use peristyle_migrate::Folder;
use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::config::Project;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{self, Failure};
use crate::git::{self, Repository};
use crate::render::{GOOD, styled};

/// Installs the hook, or does what it does.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Write git's pre-commit hook; one that is there is kept and runs first
    Install,
    /// Check what is about to be committed: git calls this
    Run,
}

#[derive(Serialize)]
struct Installed {
    hook: String,
    kept: Option<String>,
}

#[derive(Serialize)]
struct Checked<'a> {
    ok: bool,
    faults: &'a [Diagnostic],
}

/// Where a hook that was there before goes.
const KEPT: &str = "pre-commit.before-peristyle";
/// The second line of a hook of ours.
const MARK: &str = "# Written by `peristyle hook install`: committed migrations do not change.";

/// Installs, or checks; exit code 3 if something must not be committed.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    match args.action {
        Action::Install => install(&project, context),
        Action::Run => check(&project, context),
    }
}

fn install(project: &Project, context: &mut Context) -> Result<Exit, Failure> {
    let Some(config) = &project.file else {
        return Err(Failure::usage(
            Diagnostic::error("no-config", "there is no peristyle.toml that the hook could use")
                .help("write one with `peristyle init`"),
        ));
    };
    let repository = Repository::around(&project.root)?;
    let config = repository.relative(config)?;
    let hooks = repository.hooks()?;
    let path = hooks.join("pre-commit");
    let kept = hooks.join(KEPT);
    let old = match std::fs::read(&path) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failure::io("read", &path, &error)),
    };
    let own = old.as_ref().filter(|text| text.lines().nth(1) == Some(MARK));
    let mut lines: Vec<String> = own
        .map(|text| text.lines().filter(|line| line.contains(CALL)).map(str::to_owned).collect())
        .unwrap_or_default();
    let line = call(&config);
    if !lines.contains(&line) {
        lines.push(line);
    }
    std::fs::create_dir_all(&hooks).map_err(|error| failure::io("create", &hooks, &error))?;
    let moved = old.is_some() && own.is_none();
    if moved {
        if kept.exists() {
            let message = format!("{} and {} are both there", path.display(), kept.display());
            return Err(Failure::usage(
                Diagnostic::error("hook-taken", message)
                    .help("make one hook of the two, or remove the one that is not needed"),
            ));
        }
        std::fs::rename(&path, &kept).map_err(|error| failure::io("rename", &path, &error))?;
    }
    let program = std::env::current_exe().unwrap_or_else(|_| "peristyle".into());
    let text = script(&program, &lines);
    std::fs::write(&path, text).map_err(|error| failure::io("write", &path, &error))?;
    executable(&path)?;
    let output = &mut context.output;
    output.say(&styled(GOOD, "wrote"));
    output.data(&format!("{}\n", path.display()));
    if moved {
        output.say(&format!("the hook that was there runs first: {}", kept.display()));
    }
    output.json(&Installed {
        hook: path.display().to_string(),
        kept: kept.exists().then(|| kept.display().to_string()),
    });
    Ok(Exit::Ok)
}

#[cfg(unix)]
fn executable(path: &Path) -> Result<(), Failure> {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(path, mode).map_err(|error| failure::io("write", path, &error))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> Result<(), Failure> {
    // Git runs hooks by its own shell here, whatever their permissions.
    Ok(())
}

/// What a line of the hook begins with that checks a project.
const CALL: &str = "\"$peristyle\" hook run --config ";

fn call(config: &str) -> String {
    format!("{CALL}{} || exit $?", quoted(config))
}

/// A word of the shell's, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn script(program: &Path, lines: &[String]) -> String {
    let program = quoted(&program.display().to_string().replace('\\', "/"));
    format!(
        "#!/bin/sh\n{MARK}\nbefore=\"$(dirname \"$0\")/{KEPT}\"\n\
         if [ -x \"$before\" ]; then \"$before\" \"$@\" || exit $?; fi\n\
         peristyle={program}\n[ -x \"$peristyle\" ] || peristyle=peristyle\n{}\n",
        lines.join("\n")
    )
}

/// Checks what is about to be committed.
fn check(project: &Project, context: &mut Context) -> Result<Exit, Failure> {
    let repository = Repository::around(&project.root)?;
    let folder = repository.relative(&project.migrations)?;
    let mut changed = repository.changed(&folder)?;
    changed.retain(|change| is_part(&change.path, &folder));
    let mut faults = Vec::new();
    let files = repository.staged(&folder)?;
    if !changed.is_empty() {
        let parents = repository.lines(&folder, "-- Parent: ")?;
        changed.retain(|change| !gives_way(change, &parents, &files));
        let faulty = changed.iter();
        faults.extend(faulty.map(|change| committed(change, &project.migrations, &folder)));
    }
    if faults.is_empty() {
        let parts = files.iter().filter(|(path, _)| is_part(path, &folder));
        let parts: Vec<(&str, &str)> =
            parts.map(|(path, text)| (within(path, &folder), text.as_str())).collect();
        let staged = Folder::embedded(&project.migrations, &parts);
        faults.extend(staged.faults().iter().cloned());
        faults.extend(project.headers.faults(&staged));
    }
    context.output.notes(&faults);
    context.output.json(&Checked { ok: faults.is_empty(), faults: &faults });
    Ok(if faults.is_empty() { Exit::Ok } else { Exit::CheckFailed })
}

/// Whether a file goes because two branches were merged: another that is committed follows the same migration, and stays. It is
/// what `branched-migrations` asks for.
fn gives_way(
    change: &git::Change,
    parents: &[(String, String)],
    staged: &[(String, String)],
) -> bool {
    match &change.what {
        git::What::Edited => return false,
        git::What::Deleted | git::What::Renamed(_) => {}
    }
    // What a migration changes goes with it.
    let own = change.path.replace("/schema/", "/").replace(".json", ".sql");
    let of = |path: &str| {
        let mut lines = parents.iter();
        lines.find(|(other, _)| other == path).map(|(_, parent)| parent)
    };
    let rival =
        |(path, _): &(String, String)| *path != own && of(path).is_some() && of(path) == of(&own);
    staged.iter().any(rival) && staged.iter().all(|(path, _)| *path != own)
}

/// The path inside the migration folder.
fn within<'a>(path: &'a str, folder: &str) -> &'a str {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.strip_prefix('/').unwrap_or(inside)
}

/// Whether a file is a migration, or holds what one changes.
fn is_part(path: &str, folder: &str) -> bool {
    let inside = within(path, folder);
    match inside.split_once('/') {
        None => inside.ends_with(".sql"),
        Some(("schema", name)) => name.ends_with(".json") && !name.contains('/'),
        Some(_) => false,
    }
}

fn committed(change: &git::Change, place: &Path, folder: &str) -> Diagnostic {
    let file = place.join(within(&change.path, folder));
    let what = match &change.what {
        git::What::Edited => "was edited".to_owned(),
        git::What::Deleted => "was deleted".to_owned(),
        git::What::Renamed(to) => format!("was renamed to {to}"),
    };
    let message = format!("{} is committed, and {what}", file.display());
    Diagnostic::error("committed-migration", message).help(format!(
        "bring it back with `git restore --source=HEAD --staged --worktree -- {}`; put the change into a new migration: `peristyle generate`",
        quoted(&format!(":/{}", change.path))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_and_what_they_change_are_kept() {
        for path in ["a/m/0001_x.sql", "a/m/schema/0001_x.json"] {
            assert!(is_part(path, "a/m"), "{path}");
        }
        for path in ["a/m/README.md", "a/m/old/0001_x.sql", "a/m/schema/x/0001_x.json"] {
            assert!(!is_part(path, "a/m"), "{path}");
        }
        assert!(is_part("0001_x.sql", ""));
    }

    #[test]
    fn a_word_of_the_shell_is_one_word() {
        assert_eq!(quoted("a b's"), r"'a b'\''s'");
    }
}
