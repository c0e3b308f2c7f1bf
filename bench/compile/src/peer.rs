//! Who is compared, and the crate that each of them makes of the same tables and queries.

use std::fmt::Write;

/// What the generated crate is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// tokio-postgres with structs and SQL by hand.
    Raw,
    /// Peristyle.
    Peristyle,
    /// Diesel, synchronous, on libpq.
    Diesel,
    /// SeaORM.
    SeaOrm,
    /// Toasty.
    Toasty,
}

/// The texts that a crate is put together from.
struct Texts {
    dependencies: &'static str,
    main: &'static str,
    /// One line for each table, in `main`.
    call: &'static str,
    table: &'static str,
    /// How the file of a table comes by the one that it references.
    parent: &'static str,
    /// The query that joins the two, behind the table, and its call.
    join: &'static str,
    joined: &'static str,
    /// What stands in the struct of a table that references another one.
    relation: &'static str,
    /// What the first table has in place of a join.
    first: &'static str,
}

macro_rules! texts {
    ($folder:literal, relation: $relation:expr, first: $first:expr) => {
        Texts {
            dependencies: include_str!(concat!("../templates/", $folder, "/dependencies.toml")),
            main: include_str!(concat!("../templates/", $folder, "/main.rs.tpl")),
            call: include_str!(concat!("../templates/", $folder, "/call.rs.tpl")),
            table: include_str!(concat!("../templates/", $folder, "/table.rs.tpl")),
            parent: include_str!(concat!("../templates/", $folder, "/parent.rs.tpl")),
            join: include_str!(concat!("../templates/", $folder, "/join.rs.tpl")),
            joined: include_str!(concat!("../templates/", $folder, "/joined.rs.tpl")),
            relation: $relation,
            first: $first,
        }
    };
}

impl Peer {
    /// Everybody; the first is what the others are compared with.
    pub const ALL: [Self; 5] =
        [Self::Raw, Self::Peristyle, Self::Diesel, Self::SeaOrm, Self::Toasty];

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "tokio-postgres, by hand",
            Self::Peristyle => "Peristyle",
            Self::Diesel => "Diesel",
            Self::SeaOrm => "SeaORM",
            Self::Toasty => "Toasty",
        }
    }

    /// Its name as a crate.
    pub fn package(self, tables: usize) -> String {
        let name = match self {
            Self::Raw => "raw",
            Self::Peristyle => "peristyle",
            Self::Diesel => "diesel",
            Self::SeaOrm => "sea-orm",
            Self::Toasty => "toasty",
        };
        format!("on-{name}-{tables}")
    }

    /// What the library is called on crates.io, for its version.
    pub fn library(self) -> &'static str {
        match self {
            Self::Raw => "tokio-postgres",
            Self::Peristyle => "peristyle",
            Self::Diesel => "diesel",
            Self::SeaOrm => "sea-orm",
            Self::Toasty => "toasty",
        }
    }

    fn texts(self) -> Texts {
        match self {
            Self::Raw => texts!("raw", relation: "", first: ""),
            Self::Peristyle => texts!("peristyle", relation: "", first: ""),
            Self::Diesel => texts!("diesel", relation: "", first: ""),
            Self::SeaOrm => {
                texts!("sea_orm", relation: "", first: include_str!("../templates/sea_orm/first.rs.tpl"))
            }
            Self::Toasty => texts!(
                "toasty",
                relation: include_str!("../templates/toasty/relation.rs.tpl"),
                first: ""
            ),
        }
    }

    /// The manifest of the crate.
    pub fn manifest(self, tables: usize, peristyle: &str) -> String {
        let dependencies = self.texts().dependencies.replace("@PERISTYLE@", peristyle);
        let package = self.package(tables);
        format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        )
    }

    /// The crate's root.
    pub fn main(self, tables: usize) -> String {
        let texts = self.texts();
        let (mut modules, mut calls) = (String::new(), String::new());
        for number in 0..tables {
            let _ = writeln!(modules, "mod t{};", three(number));
            calls.push_str(&texts.call.replace("@N@", &three(number)));
        }
        texts.main.replace("@MODULES@\n", &modules).replace("@CALLS@\n", &calls)
    }

    /// The file of a table: eight columns, and five queries, or four where there is nothing to join with. Each references
    /// the one before it; the first one itself.
    pub fn table(self, number: usize) -> String {
        let texts = self.texts();
        let (parent, relation, join, joined) = match number {
            0 => ("", "", texts.first, ""),
            _ => (texts.parent, texts.relation, texts.join, texts.joined),
        };
        let text = texts.table.replace("@JOINED@\n", joined).replace("@RELATION@\n", relation);
        format!("{parent}{text}{join}")
            .replace("@N@", &three(number))
            .replace("@P@", &three(number.saturating_sub(1)))
            .replace("@I@", &number.to_string())
    }
}

/// A number as it stands in names.
pub fn three(number: usize) -> String {
    format!("{number:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_be_filled_in() {
        for peer in Peer::ALL {
            for text in [peer.main(3), peer.table(0), peer.table(2), peer.manifest(3, "/p")] {
                assert!(!text.contains('@'), "{}: {text}", peer.name());
            }
            assert!(peer.table(2).contains("t001"), "{} joins", peer.name());
        }
    }
}
