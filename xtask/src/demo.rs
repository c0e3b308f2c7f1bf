//! The main job, shown on a fresh SQLite file: from structs to a proven, applied, reversible migration, and back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{cargo, workspace};

/// A change of mind about matchmaker's declarations, as a person would make it in the editor.
struct Edit {
    what: &'static str,
    from: &'static str,
    to: &'static str,
}

const EDITS: &[Edit] = &[
    Edit {
        what: "`bio` becomes `about`: the declaration says what it was, nothing is guessed",
        from: "    pub bio: Option<String>,\n    #[column(default = now)]",
        to: "    #[column(was = \"bio\")]\n    pub about: Option<String>,\n    #[column(default = now)]",
    },
    Edit {
        what: "the view follows",
        from: "fee_currency, telehealth, bio \\",
        to: "fee_currency, telehealth, about \\",
    },
    Edit {
        what: "so does its struct",
        from: "    pub telehealth: bool,\n    pub bio: Option<String>,\n}",
        to: "    pub telehealth: bool,\n    pub about: Option<String>,\n}",
    },
    Edit {
        what: "fees are in Swiss francs unless said otherwise: SQLite cannot change a default in place, so the table is rebuilt",
        from: "default = \"EUR\"",
        to: "default = \"CHF\"",
    },
    Edit {
        what: "a booking can be made by telephone; existing ones were not",
        from: "    pub status: BookingStatus,\n    pub note: Option<String>,",
        to: "    pub status: BookingStatus,\n    #[column(fill = \"'web'\")]\n    pub channel: String,",
    },
];

/// Builds the two programs, then plays the story in `demo/`.
pub fn run(_: &[String]) -> Result<(), String> {
    cargo(&["build", "--quiet", "--package", "peristyle-cli", "--package", "matchmaker"])?;
    let stage = Stage::set()?;

    stage.chapter("A project: the declarations of matchmaker, and an empty folder of migrations");
    stage.peristyle(&["init", "--engine", "sqlite", "--yes"])?;
    stage.write_schema(&stage.matchmaker_schema()?)?;
    println!(
        "  src/schema.rs is now systems/matchmaker/src/schema.rs: 5 tables and a view, as Rust structs."
    );

    stage.chapter("From the structs, a migration that has been proven before it is written");
    stage.peristyle(&[
        "generate",
        "--name",
        "create_matchmaker",
        "--purpose",
        "practitioners, slots and bookings can be stored",
    ])?;
    stage.chapter("Applied");
    stage.peristyle(&["migrate"])?;
    stage.peristyle(&["status"])?;

    stage.chapter(
        "Rows: seeded twice (the second time changes nothing), then a visitor's whole way",
    );
    stage.matchmaker("seed")?;
    stage.matchmaker("seed")?;
    stage.matchmaker("journey")?;

    stage.chapter("A change of mind");
    let mut schema = stage.matchmaker_schema()?;
    for edit in EDITS {
        if schema.matches(edit.from).count() != 1 {
            return Err(format!(
                "the demonstration's edit does not fit the declarations: {}",
                edit.what
            ));
        }
        schema = schema.replacen(edit.from, edit.to, 1);
        println!("  - {}", edit.what);
    }
    stage.write_schema(&schema)?;
    println!(
        "\n  `bookings.note` is gone from the struct. Peristyle will not drop its data without being told:"
    );
    stage.peristyle_refusing(&["generate", "--name", "telephone", "--dry-run"])?;
    println!("  Told to keep the data, it sets it aside in the database:");
    stage.peristyle(&[
        "generate",
        "--name",
        "telephone",
        "--purpose",
        "bookings by telephone",
        "--keep-data",
    ])?;

    let before = stage.rows()?;
    println!("\n  Rows before:\n{before}");
    stage.peristyle(&["migrate"])?;
    println!("\n  Rows after:\n{}", stage.rows()?);
    stage.peristyle(&["check"])?;

    stage.chapter("And back: nothing was lost");
    stage.peristyle(&["rollback"])?;
    let after = stage.rows()?;
    println!("\n  Rows after the rollback:\n{after}");
    if before != after {
        return Err("rows differ after the rollback".to_owned());
    }
    println!("\n  Every row of every table is what it was before the change.");
    println!("\nLook around: {}", stage.folder.display());
    println!("  migrations/    the two files a person reviews\n  dev.db         the database");
    Ok(())
}

/// The folder in which the story plays, and the programs that play in it.
struct Stage {
    folder: PathBuf,
    programs: PathBuf,
}

impl Stage {
    /// Makes the folder anew. Only a folder that an earlier demonstration left is removed.
    fn set() -> Result<Self, String> {
        let folder = workspace().join("demo");
        if folder.exists() {
            if !folder.join("peristyle.toml").exists() {
                return Err(format!(
                    "{} exists and no demonstration made it: move it away",
                    folder.display()
                ));
            }
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        fs::create_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| workspace().join("target"), PathBuf::from);
        Ok(Self { folder, programs: target.join("debug") })
    }

    fn chapter(&self, title: &str) {
        println!("\n━━ {title} ━━\n");
    }

    fn matchmaker_schema(&self) -> Result<String, String> {
        read(&workspace().join("systems/matchmaker/src/schema.rs"))
    }

    fn write_schema(&self, text: &str) -> Result<(), String> {
        let path = self.folder.join("src/schema.rs");
        fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))
    }

    fn peristyle(&self, arguments: &[&str]) -> Result<(), String> {
        let code = self.play("peristyle", arguments)?;
        if code == 0 {
            Ok(())
        } else {
            Err(format!("peristyle {} ended with {code}", arguments.join(" ")))
        }
    }

    /// Plays a command that must refuse, with the exit code of a decision that is needed.
    fn peristyle_refusing(&self, arguments: &[&str]) -> Result<(), String> {
        match self.play("peristyle", arguments)? {
            6 => Ok(()),
            code => Err(format!("peristyle {} ended with {code}, not 6", arguments.join(" "))),
        }
    }

    fn matchmaker(&self, command: &str) -> Result<(), String> {
        match self.play("matchmaker", &[command, "sqlite:dev.db"])? {
            0 => Ok(()),
            code => Err(format!("matchmaker {command} ended with {code}")),
        }
    }

    /// How many rows each table holds, and a digest of their values.
    fn rows(&self) -> Result<String, String> {
        let output = self
            .command("matchmaker", &["rows", "sqlite:dev.db"])
            .output()
            .map_err(|e| format!("matchmaker could not be started: {e}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    }

    fn play(&self, program: &str, arguments: &[&str]) -> Result<i32, String> {
        println!("  $ {program} {}\n", quoted(arguments));
        let status = self
            .command(program, arguments)
            .status()
            .map_err(|e| format!("{program} could not be started: {e}"))?;
        println!();
        Ok(status.code().unwrap_or(-1))
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).current_dir(&self.folder).env_remove("DATABASE_URL");
        command
    }
}

fn quoted(arguments: &[&str]) -> String {
    let quote = |argument: &&str| {
        if argument.contains(' ') { format!("\"{argument}\"") } else { (*argument).to_owned() }
    };
    arguments.iter().map(quote).collect::<Vec<_>>().join(" ")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
